"""Read what a lender, an app or a person wrote down: a plan, a record, an account statement."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pandas as pd

from jiebei.life.statement.account import account_heads, read_account
from jiebei.life.statement.decode import decoded, refuse_other_kinds
from jiebei.life.statement.heads import MOST_BEFORE, find_heads
from jiebei.life.statement.lines import labelled, sentence
from jiebei.life.statement.notes import note, refused
from jiebei.life.statement.sheet import Row, Sheet
from jiebei.life.statement.table import read_table
from jiebei.life.statement.text import cut
from jiebei.life.statement.workbook import is_workbook, read_workbook

__all__ = ["read"]

MOST_BYTES = 60_000_000
FILE = re.compile(r"[^\n\t]{1,1000}\.(csv|tsv|txt|xlsx?|xlsm|md|pdf|zip|png|jpe?g)", re.IGNORECASE)


def read(source: str | Path) -> pd.DataFrame:
    r"""Read a repayment plan (还款计划), a record of payments, or an account statement (对账单).

    Parameters
    ----------
    source : str or Path
        The path of a file (CSV, text, .xlsx), seen from here or from one of the two folders above;
        or the text itself: a table, lines as
        "2027-03-01 应还 4,503.11 本金 3,943.11 利息 560.00", or "月供 913.94, 12 期, 借 10,000".

    Returns
    -------
    DataFrame
        One row a payment, by date; the index, `row`, is its row in the file. `date`, in yuan
        `payment`, and `principal`, `interest`, `fee`, `penalty`, `closing` (still owed) where
        stated; `drawn` where a drawdown is; `early` where the words say so. In `attrs`: `kind`
        ("plan", "record", "account" or "sentence"), `loan` (what is said of it above the table)
        and `notes`: each thing that was left out, put in order or does not add up, in words.

    Raises
    ------
    JiebeiError
        For a file that cannot be read without guessing, naming row and column. No formula, macro
        or link in a file is followed.

    Examples
    --------
    >>> plan = read("应还日期,应还总额\n2026-04-07,5025.50\n2026-05-07,5025.49\n合计,10050.99")
    >>> plan
              date  payment
    row
    2   2026-04-07  5025.50
    3   2026-05-07  5025.49
    >>> for each in plan.attrs["notes"]:
    ...     print(each)
    Totals, left out: row 4.
    """
    path = _path(source)
    sheet = _from_file(path) if path else cut(str(source))
    for place, row in enumerate(sheet.rows[:MOST_BEFORE]):
        if account_heads(row):
            return read_account(sheet, place)
    place_of_heads = find_heads(sheet.rows)
    if place_of_heads is not None:
        return read_table(sheet, place_of_heads)
    return _without_heads(sheet)


def _path(source: str | Path) -> Path | None:
    """Return the file that is meant; None for a text."""
    if isinstance(source, Path):
        path = source
    elif not isinstance(source, str):
        raise refused("no_source", kind=type(source).__name__)
    elif FILE.fullmatch(source.strip()) or _is_file(source.strip()):
        path = Path(source.strip())
    else:
        return None
    path = _here_or_above(path.expanduser())
    if not path.exists():
        raise refused("no_file", path=str(path))
    if path.is_dir():
        raise refused("folder", path=str(path))
    return path


def _here_or_above(path: Path) -> Path:
    """Return the path from here or from a folder above: pages lie one or two folders deep."""
    tried = (folder / path for folder in (Path(), *Path.cwd().parents[:2]))
    return next((each for each in tried if each.exists()), path)


def _is_file(text: str) -> bool:
    return 0 < len(text) < 1_000 and "\n" not in text and os.path.isfile(text)


def _from_file(path: Path) -> Sheet:
    if path.stat().st_size > MOST_BYTES:
        raise refused("too_large", name=path.name)
    data = path.read_bytes()
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise refused("empty")
    if is_workbook(data, path.name):
        return read_workbook(data, path.name)
    refuse_other_kinds(data, path.name)
    text, encoding = decoded(data, path.name)
    sheet = cut(text)
    return replace(sheet, notes=(note("encoding", encoding=encoding), *sheet.notes))


def _without_heads(sheet: Sheet) -> pd.DataFrame:
    """Read lines that name each amount themselves, or a sentence."""
    text = sheet.text or "\n".join(row.text for row in sheet.rows)
    lines = labelled(text)
    if lines is not None:
        return read_table(Sheet(lines.rows, (*sheet.notes, *lines.notes)), _heads_at(lines))
    told = sentence(text)
    if told is not None:
        return read_table(Sheet(told.rows, sheet.notes), 1, "sentence")
    first = next(iter(sheet.rows))
    raise refused("no_heads", row=first.number, text=first.text[:60])


def _heads_at(sheet: Sheet) -> int:
    return next(place for place, row in enumerate(sheet.rows) if row.number == 0 and _named(row))


def _named(row: Row) -> bool:
    return "date" in row.cells
