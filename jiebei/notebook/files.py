"""What you take with you: tables as a file, due dates as a calendar.

A file is written whole or not at all, and none that is there already is touched.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from jiebei.language.errors import JiebeiError, refuse_kind
from jiebei.language.frames import kind, table_frame
from jiebei.language.shown import spoken
from jiebei.language.words import count, number, say
from jiebei.notebook.about import about
from jiebei.notebook.calendars import save_calendar
from jiebei.notebook.parameters import page
from jiebei.notebook.places import Note, saved, target_of, write

if TYPE_CHECKING:
    from jiebei.loan.loan import Loan
    from jiebei.loan.plan import Plan
    from jiebei.notebook.fit import Fit

__all__ = ["save", "take_home"]

FORMATS = {"yuan": "#,##0.00", "percent": "0.00%", "daily": "0.000###%"}  # the rest as it is
WIDEST = 40  # columns of a sheet
FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # how a text begins that Excel would work out
MOST_FIGURE = 1e15  # beyond it a sheet loses digits
UNWRITTEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")  # what no file holds


def save(frames: Mapping[Any, pd.DataFrame] | pd.DataFrame, path: str | Path | None) -> Note:
    """Write tables to an Excel file, or one table to a .csv file (导出).

    Examples
    --------
    >>> save(pd.DataFrame({"interest": [1.5]}), "")
    Nothing was written: give a file name, such as "my_loan.xlsx".

    Parameters
    ----------
    frames : dict of name to DataFrame, or one DataFrame
        In an Excel file each is a sheet of its name. Columns are named in the language in use;
        figures stay figures; in a .csv file a text that begins like a formula gets a ' in front.
    path : str
        Where to write; ends in .xlsx or .csv, .xlsx where it has no ending. "" or None writes
        nothing.

    Returns
    -------
    str
        What was written, in words.

    Raises
    ------
    JiebeiError
        When a file of that name is there (the message proposes a free name), the folder is not,
        the name ends in something else or is none that every computer takes, or a .csv file is
        asked to hold several tables.
    """
    if not isinstance(frames, Mapping):
        frames = {say("export.table"): frames}
    if not frames:
        raise JiebeiError("error.no_tables")
    for name, frame in frames.items():
        refuse_kind(frame, (pd.DataFrame,), str(name), "error.kind_table")
    target = target_of(path, (".xlsx", ".csv"))
    if target is None:
        return Note(say("export.nothing", example="my_loan.xlsx"))
    named = {str(name): _named(spoken(frame)) for name, frame in frames.items()}
    if target.suffix.lower() == ".csv":
        if len(named) > 1:
            better = target.with_suffix(".xlsx").name
            raise JiebeiError("error.csv", name=target.name, tables=len(named), better=better)
        content = _csv(*named.values())
    else:
        content = _workbook(named)
    write(target, content)
    return saved(target, count(len(named), "table"))


def take_home(
    tables: Mapping[Any, pd.DataFrame],
    export_to: str | Path | None,
    strategy: Loan | Plan | pd.DataFrame | None = None,
    calendar_to: str | Path | None = "",
    since: Any = None,
    mine: Fit | None = None,
) -> None:
    """Write what a page gives to take home, and say of each file what has become of it (带走).

    What is refused is said as well; the other file is written all the same, and the page goes on.
    Where no file is asked for, that is said once.

    Examples
    --------
    >>> take_home({"schedule": pd.DataFrame({"interest": [1.5]})}, "", None, "")
    Nothing was written: give a file name, such as "my_loan.xlsx".
    >>> take_home({"schedule": pd.DataFrame({"interest": [1.5]})}, "my_loan.doc")
    'my_loan.doc': the name of the file ends in .xlsx or .csv.

    Parameters
    ----------
    tables, export_to
        As in `save`; an Excel file begins with what was put in, and what the answer assumes.
    strategy, calendar_to, since
        As in `save_calendar`; None where the page has no calendar. Nothing before the day on
        which it is written goes into it.
    mine : Fit, optional
        What was fitted to the loan: the values that were used.
    """
    named = str(export_to or "").strip()
    if named and not named.lower().endswith(".csv"):
        tables = {**about(tables, mine.taken if mine else {}), **tables}
    _, _, typed = page()
    if typed.get("as_of") or typed.get("paid"):
        tables = {name: _left(each, typed.get("start")) for name, each in tables.items()}
    writers = [partial(save, tables, export_to)]
    if strategy is not None and (named or str(calendar_to or "").strip()):
        ahead = max(since or "", _yesterday())
        writers.insert(0, partial(save_calendar, strategy, calendar_to, ahead))
    for each in writers:
        try:
            print(each())
        except JiebeiError as refused:
            print(refused)


def _left(frame: pd.DataFrame, drawn_on: Any) -> pd.DataFrame:
    """Return the cash flows of a loan that runs with what is left of it first, for a drawdown."""
    if not drawn_on or frame.empty or not {"event", "date", "drawn", "opening"} <= {*frame}:
        return frame
    first = frame.iloc[0]
    if first["event"] != "draw" or first["date"] <= pd.Timestamp(str(drawn_on)):
        return frame
    begins = np.arange(len(frame)) == 0
    return frame.assign(
        event=frame["event"].cat.add_categories(["left"]).where(~begins, "left"),
        opening=frame["opening"].where(~begins, first["drawn"]),
        drawn=frame["drawn"].where(~begins, 0.0),
    )


def _yesterday() -> str:
    return (dt.date.today() - dt.timedelta(days=1)).isoformat()


# Tables -----------------------------------------------------------------------------------------


def _named(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Return a table as it is written, and what each of its columns holds."""
    if frame.index.name is not None or not isinstance(frame.index, pd.RangeIndex):
        frame = frame.reset_index(names=frame.index.name or "strategy")
    if "event" in frame and "loan" in frame:  # people count loans from 1
        frame = frame.assign(loan=frame["loan"] + 1)
    kinds = [kind(str(name)) for name in frame]
    return table_frame(frame), kinds


def _csv(table: tuple[pd.DataFrame, list[str]]) -> bytes:
    frame, _ = table
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_no_formula(_plain(str(each))) for each in frame.columns])
    for row in frame.itertuples(index=False):
        writer.writerow([_no_formula(_plain(value)) for value in row])
    return text.getvalue().encode("utf-8-sig")  # so that Excel reads Chinese


def _no_formula(value: Any) -> Any:
    """Return a text so that Excel shows it, and does not work it out."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _plain(value: Any) -> Any:
    """Return a figure as a file holds it: empty where there is none, days without a time.

    What is neither figure nor day, or too large for a sheet, is written as text.
    """
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return None
    if isinstance(value, np.datetime64 | dt.date):
        return pd.Timestamp(value).date()
    figure = value.item() if isinstance(value, np.generic) else value
    if isinstance(figure, int | float) and abs(figure) < MOST_FIGURE:
        return figure
    return UNWRITTEN.sub("\ufffd", str(figure))


def _workbook(tables: Mapping[str, tuple[pd.DataFrame, list[str]]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, (frame, kinds) in tables.items():
        _fill(book.create_sheet(_sheet_name(name, book.sheetnames)), frame, kinds)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _sheet_name(name: str, taken: list[str]) -> str:
    """Return a name that Excel accepts: 31 characters, no brackets or slashes, no two alike."""
    clean = re.sub(r"[\[\]:*?/\\]", " ", name).strip().strip("'")[:31] or say("export.table")
    known = {each.lower() for each in taken}
    tries = [clean, *(f"{clean[:28].rstrip()} {number}" for number in range(2, len(taken) + 3))]
    return next(each for each in tries if each.lower() not in known)


def _fill(sheet: Any, frame: pd.DataFrame, kinds: list[str]) -> None:
    """Write a table to a sheet: figures as figures, words as words, never as formulas."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for place, (name, holds) in enumerate(zip(frame.columns, kinds, strict=True), start=1):
        values = [_plain(str(name)), *map(_plain, frame[name])]
        widest = 0
        for row, value in enumerate(values, start=1):
            cell = sheet.cell(row, place, value)
            if isinstance(value, str):
                cell.data_type = "s"
                cell.alignment = Alignment(wrap_text=row > 1, vertical="top")
            elif isinstance(value, dt.date):
                cell.number_format = "yyyy-mm-dd"
            elif value is not None and holds in FORMATS:
                cell.number_format = FORMATS[holds]
            shown = number(value, 2) if isinstance(value, float) else str(value)
            widest = max(widest, len(shown.encode("gbk", "replace")))
        sheet.cell(1, place).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = min(widest + 3, WIDEST)
    sheet.freeze_panes = "B2"
