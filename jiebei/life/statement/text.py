"""Cut a text into rows and cells: whatever parts the cells of the row of heads parts all others."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from functools import partial

from jiebei.language.errors import JiebeiError
from jiebei.life.statement.heads import MOST_BEFORE, best_score
from jiebei.life.statement.notes import note, refused
from jiebei.life.statement.sheet import Row, Sheet

__all__ = ["cut"]

BLANKS = re.compile(r"[\s\u3000]+")
GAPS = re.compile(r"[\t\u3000]+|\s{2,}")


def cut(text: str) -> Sheet:
    r"""Return the rows of a text, by the way of parting cells that names most columns.

    Examples
    --------
    >>> cut("期数\t还款日\t月供\n1\t2026-04-07\t2,729.20").rows[1].cells
    ('1', '2026-04-07', '2,729.20')
    """
    text = text.replace("\ufeff", "").replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    way = _best_way(text)
    rows = way(text)
    if not rows:
        raise refused("empty")
    notes = (note("lost_characters"),) if "\ufffd" in text else ()
    return Sheet(rows, notes, text, way.func is _by)


Way = partial[tuple[Row, ...]]


def _best_way(text: str) -> Way:
    """Return the way of parting cells that names most columns; the usual one of several."""
    begin = "\n".join(text.split("\n")[:MOST_BEFORE])
    ways: list[Way] = [partial(_by_mark, mark=mark) for mark in ",\t;|，；"]
    ways += [partial(_by, split=GAPS.split), partial(_by, split=BLANKS.split)]
    return max(ways, key=lambda way: best_score(_or_nothing(way, begin)))


def _or_nothing(way: Way, text: str) -> tuple[Row, ...]:
    """Return the rows of the beginning; none where a quote that opens in it is closed later."""
    try:
        return way(text)
    except JiebeiError:
        return ()


def _by_mark(text: str, mark: str) -> tuple[Row, ...]:
    """Read as CSV; a quoted cell may go on over lines, and its row bears the first one's number."""
    reader = csv.reader(io.StringIO(text), delimiter=mark, strict=True)
    rows, number = [], 1
    try:
        for cells in reader:
            rows.append(_row(number, cells))
            number = reader.line_num + 1
    except csv.Error:
        raise refused("quote", row=_open_quote(text)) from None
    return tuple(each for each in rows if any(each.cells))


def _by(text: str, split: Callable[[str], list[str]]) -> tuple[Row, ...]:
    rows = (_row(number, split(line.strip())) for number, line in enumerate(text.split("\n"), 1))
    return tuple(each for each in rows if any(each.cells))


def _row(number: int, cells: list[str]) -> Row:
    return Row(number, tuple(map(_plain, cells)))


def _plain(cell: str) -> str:
    """Return a cell without the blanks around it, and without what keeps it a text in a table."""
    cell = cell.strip()
    kept = re.fullmatch(r'="([^"=]*)"|\'([-+¥￥\d.,/:]+)', cell)
    return (kept[1] or kept[2] or "").strip() if kept else cell


def _open_quote(text: str) -> int:
    """Return the number of the first line with an odd number of quotes."""
    lines = enumerate(text.split("\n"), start=1)
    return next((number for number, line in lines if line.count('"') % 2), 1)
