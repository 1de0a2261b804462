"""What you take with you: tables as a file, due dates as a calendar.

A file is written whole or not at all, and none that is there already is touched.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from jiebei.language.errors import JiebeiError, one_of, refuse_kind
from jiebei.language.frames import kind, table_frame
from jiebei.language.shown import spoken
from jiebei.language.table import language
from jiebei.language.words import count, day, number, say, yuan
from jiebei.notebook.about import about

if TYPE_CHECKING:
    from jiebei.loan.loan import Loan
    from jiebei.loan.plan import Plan

__all__ = ["save", "save_calendar", "take_home"]

FORMATS = {"yuan": "#,##0.00", "percent": "0.00%", "daily": "0.000###%"}  # the rest as it is
WIDEST = 40  # columns of a sheet
FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # how a text begins that Excel would work out
MOST_FIGURE = 1e15  # beyond it a sheet loses digits
VOLUNTARY = ("prepayment", "payoff")  # events that nobody asks for: no such day is a due day
UNWRITTEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")  # what no file holds

# Names that not every computer takes: signs, the devices of Windows, and what is too long.
UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff]')
DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)\.", re.IGNORECASE)
LONGEST = 255  # bytes


class Note(str):
    """A sentence that a notebook shows as it stands, without quotes."""

    __slots__ = ()
    __repr__ = str.__str__


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
        Where to write; ends in .xlsx or .csv. "" or None writes nothing.

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
    target = _target(path, (".xlsx", ".csv"))
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
    _write(target, content)
    return _saved(target, count(len(named), "table"))


def save_calendar(strategy: Loan | Plan, path: str | Path | None, since: Any = None) -> Note:
    """Write the due dates and amounts of a strategy to a calendar file (还款日历).

    Every day on which something is to be paid becomes a whole-day entry with the amount, and a
    reminder at nine o'clock the day before.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> save_calendar(loan, "")
    Nothing was written: give a file name, such as "my_loan.ics".

    Parameters
    ----------
    strategy : Loan or Plan
        One scenario.
    path : str
        Where to write; ends in .ics. "" or None writes nothing.
    since : date, optional
        Only what is to be paid after that day is written: today, of a loan that runs.

    Raises
    ------
    JiebeiError
        As `save` does; and for arrays of scenarios.
    """
    from jiebei.loan.plan import check_strategy

    check_strategy(strategy, "strategy")
    if strategy.shape:
        raise JiebeiError("error.calendar", scenarios=np.prod(strategy.shape))
    target = _target(path, (".ics",))
    if target is None:
        return Note(say("export.nothing", example="my_loan.ics"))
    days = _by_day(strategy.cashflows())
    if since is not None:
        days = days[days.index > pd.Timestamp(str(since))]
    _write(target, _calendar(days))
    return _saved(target, count(len(days), "entry"))


def take_home(
    tables: Mapping[Any, pd.DataFrame],
    export_to: str | Path | None,
    strategy: Loan | Plan | None = None,
    calendar_to: str | Path | None = "",
    since: Any = None,
) -> None:
    """Write what a page gives to take home, and say of each file what has become of it (带走).

    What is refused is said as well; the other file is written all the same, and the page goes on.

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
        As in `save_calendar`; None where the page has no calendar.
    """
    if str(export_to or "").strip().lower().endswith(".xlsx"):
        tables = {**about(tables), **tables}
    writers = [partial(save, tables, export_to)]
    if strategy is not None:
        writers.insert(0, partial(save_calendar, strategy, calendar_to, since))
    for write in writers:
        try:
            print(write())
        except JiebeiError as refused:
            print(refused)


# Where to ---------------------------------------------------------------------------------------


def _target(path: Any, endings: tuple[str, ...]) -> Path | None:
    """Return where to write, None for nowhere, or say what stands in the way."""
    if path is None or not str(path).strip():
        return None
    if not isinstance(path, str | Path):
        raise JiebeiError("error.file_name", name=path, example=f"my_loan{endings[0]}")
    target = _at_home(Path(path))
    if target.suffix.lower() not in endings:
        raise JiebeiError("error.ending", name=target.name, endings=one_of(endings))
    _refuse_unfit(target.name)
    if not os.path.isdir(target.parent):
        raise JiebeiError("error.folder", path=str(path), folder=str(target.parent))
    _refuse_to_overwrite(target)
    return target


def _refuse_to_overwrite(target: Path) -> None:
    if os.path.lexists(target):
        free = next(
            name
            for number in range(2, 10_000)
            if not os.path.lexists(name := target.with_stem(f"{target.stem}-{number}"))
        )
        raise JiebeiError("error.there", name=target.name, free=free.name)


def _at_home(path: Path) -> Path:
    """Return the path with ~ filled in."""
    try:
        return path.expanduser()
    except RuntimeError:
        raise JiebeiError("error.folder", path=str(path), folder=path.parts[0]) from None


def _refuse_unfit(name: str) -> None:
    """Refuse a name that another computer could not read, or that would not be shown as it is."""
    if UNFIT.search(name) or DEVICE.match(name):
        raise JiebeiError("error.unfit_name", name=name)
    if len(name.encode()) > LONGEST:
        raise JiebeiError("error.long_name", name=name[:20], most=LONGEST)


def _write(target: Path, content: bytes) -> None:
    """Put the content in its place in one step; whatever fails, no part of it is left behind."""
    beside = target.with_name(f".{secrets.token_hex(8)}")  # short: the name may be a long one
    try:
        beside.write_bytes(content)
        _refuse_to_overwrite(target)
        os.replace(beside, target)
    except (OSError, UnicodeError) as problem:
        why = getattr(problem, "strerror", None) or problem
        raise JiebeiError("error.written", name=target.name, why=why) from problem
    finally:
        with suppress(OSError, UnicodeError):
            beside.unlink(missing_ok=True)


def _saved(target: Path, what: str) -> Note:
    """Say what was written, and into which folder."""
    folder = target.absolute().parent
    return Note(say("export.saved", path=target.name, folder=folder, what=what))


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
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for place, (name, holds) in enumerate(zip(frame.columns, kinds, strict=True), start=1):
        values = [_plain(str(name)), *map(_plain, frame[name])]
        widest = 0
        for row, value in enumerate(values, start=1):
            cell = sheet.cell(row, place, value)
            if isinstance(value, str):
                cell.data_type = "s"
            elif isinstance(value, dt.date):
                cell.number_format = "yyyy-mm-dd"
            elif value is not None and holds in FORMATS:
                cell.number_format = FORMATS[holds]
            shown = number(value, 2) if isinstance(value, float) else str(value)
            widest = max(widest, len(shown.encode("gbk", "replace")))
        sheet.cell(1, place).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = min(widest + 3, WIDEST)
    sheet.freeze_panes = "B2"


# Calendars --------------------------------------------------------------------------------------


def _by_day(flows: pd.DataFrame) -> pd.DataFrame:
    """Return what is paid on each day, of it what is `early`, and what is owed after it."""
    owed = (flows["closing"] - flows["opening"]).groupby(flows["date"]).sum().cumsum().round(2)
    flows = flows.assign(early=flows["payment"].where(flows["event"].isin(VOLUNTARY), 0.0))
    parts = ["payment", "early", "principal", "interest", "fee", "penalty"]
    days = flows.groupby("date")[parts].sum().round(2).assign(closing=owed)
    return days[days["payment"] > 0]


def _calendar(days: pd.DataFrame) -> bytes:
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//jiebei//repayments//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", say("export.calendar"))
    for date, paid in days.iterrows():
        when = pd.Timestamp(str(date)).date()
        kind, amounts = _said_of(paid)
        event, alarm = Event(), Alarm()
        event.add("uid", f"{when:%Y%m%d}-{round(paid['payment'] * 100)}@jiebei")
        event.add("dtstamp", pd.Timestamp(when, tz="UTC").to_pydatetime())  # no clock is read
        event.add("dtstart", when)
        event.add("dtend", when + pd.Timedelta(days=1).to_pytimedelta())
        event.add("summary", say(f"export.event{kind}", **amounts))
        event.add("description", _parts(paid))
        event.add("transp", "TRANSPARENT")
        alarm.add("action", "DISPLAY")
        alarm.add("description", say(f"export.reminder{kind}", day=day(when), **amounts))
        alarm.add("trigger", -pd.Timedelta(hours=15).to_pytimedelta())
        event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _said_of(paid: Any) -> tuple[str, dict[str, str]]:
    """Return whether what is paid on a day falls due, is paid early or both, and its amounts."""
    due = round(paid["payment"] - paid["early"], 2)
    kind = "" if not paid["early"] else "_both" if due else "_early"
    amounts = {"amount": paid["payment"], "early": paid["early"], "due": due}
    return kind, {name: yuan(each) for name, each in amounts.items()}


def _parts(paid: Any) -> str:
    """Say what a payment is made of, and what is owed after it."""
    colon = "：" if language() == "zh" else ": "
    names = ["principal", "interest", *(each for each in ("fee", "penalty") if paid[each])]
    lines = [f"{say(f'column.{name}')}{colon}{yuan(paid[name])}" for name in names]
    return "\n".join([*lines, say("export.left", amount=yuan(paid["closing"]))])
