"""What was found, left out or put right while a file was read: said, never silent."""

from __future__ import annotations

from typing import Any

from jiebei.language.errors import JiebeiError
from jiebei.language.words import Words

__all__ = ["column_name", "note", "refused", "rows_named"]

FEW = 6  # rows that are named one by one


def note(key: str, **fields: Any) -> Words:
    """Return a sentence of the statement's words on what was done; rows may be given as a tuple.

    Examples
    --------
    >>> print(note("totals", rows=(14,)))
    Totals, left out: row 14.
    """
    return Words(f"statement.note.{key}", **_named(fields))


def refused(key: str, **fields: Any) -> JiebeiError:
    """Return the error of a rule of the statement's words."""
    return JiebeiError(f"statement.error.{key}", **_named(fields))


def _named(fields: dict[str, Any]) -> dict[str, Any]:
    return {
        name: rows_named(value) if isinstance(value, tuple) else value
        for name, value in fields.items()
    }


def rows_named(rows: tuple[int, ...]) -> Words:
    """Name rows as a reader finds them.

    Examples
    --------
    >>> print(rows_named((5,)), "|", rows_named((5, 6, 9)), "|", rows_named(tuple(range(40))))
    row 5 | rows 5, 6, 9 | 40 rows between row 0 and row 39
    """
    if len(rows) == 1:
        return Words("statement.row", row=rows[0])
    if len(rows) > FEW:
        return Words("statement.rows_many", n=len(rows), row=rows[0], last=rows[-1])
    return Words("statement.rows", rows=", ".join(map(str, rows)))


def column_name(place: int, head: str = "") -> str:
    """Name a column as spreadsheets do, with its head: C (应还总额).

    Examples
    --------
    >>> column_name(2, "应还总额"), column_name(27)
    ('C (应还总额)', 'AB')
    """
    letters, rest = "", place + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters} ({head.strip()})" if head.strip() else letters
