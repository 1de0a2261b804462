"""Extensions that are offered, and what the line lends again, as a borrower writes them down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from jiebei.language.errors import JiebeiError, nearest
from jiebei.life.best.borrower import Again, Extension
from jiebei.loan.terms import MOST_MONTHS
from jiebei.units.arrays import alone
from jiebei.units.days import iso, one_day
from jiebei.units.reading import money, rate, share, whole_number

__all__ = ["MOST_EXTENSIONS", "read_again", "read_extensions"]

MOST_EXTENSIONS = 4
OFFERED = ("months", "fee", "daily_rate", "until")
LENDS = ("limit", "months", "daily_rate", "lost")


def read_extensions(table: Iterable[Mapping[str, Any]], on: Any) -> tuple[Extension, ...]:
    """Read what the lender of this line offers from a day on (可办的展期).

    Parameters
    ----------
    table : list of dict
        Each has `months`, how many instalments more; if you like `fee` (yuan), a new `daily_rate`,
        and `until`, the last day on which the offer stands, if not that day only. At most 4.
    on : date

    Raises
    ------
    JiebeiError
        For anything missing, unknown or out of range.

    Examples
    --------
    >>> read_extensions([{"months": 6, "fee": 200}], "2026-12-01")
    (Extension(months=6, on='2026-12-01', fee=200.0, daily_rate=None, until=None),)
    """
    rows = list(table)
    if len(rows) > MOST_EXTENSIONS:
        raise JiebeiError("error.best_extensions", n=len(rows), most=MOST_EXTENSIONS)
    return tuple(_extension(row, on) for row in rows)


def _extension(row: Mapping[str, Any], on: Any) -> Extension:
    _refuse_unknown(row, OFFERED, "extensions_offered")
    months = int(_number(row.get("months"), "months", 1))
    daily = row.get("daily_rate")
    if daily is not None:
        rate(daily, "daily_rate")
    until = row.get("until")
    if until is not None and one_day(until, "until") < one_day(on, "as_of"):
        raise JiebeiError("error.best_until", until=until, today=iso(one_day(on, "as_of")))
    return Extension(months, on, _yuan(row.get("fee", 0), "fee"), daily, until)


def read_again(given: Mapping[str, Any]) -> tuple[Again | None, float]:
    """Read what this line lends again, and the chance that it does not after all.

    Parameters
    ----------
    given : dict
        Empty where it lends no more; else `limit` (yuan, what is owed on the line included) and
        `months`; if you like the `daily_rate` it then has, and `lost`, the chance that the limit
        does not come back.

    Examples
    --------
    >>> read_again({"limit": 60_000, "months": 6, "lost": 0.1})
    (Again(limit=60000.0, months=6, daily_rate=None), 0.1)
    >>> read_again({})
    (None, 0.0)
    """
    if not given:
        return None, 0.0
    _refuse_unknown(given, LENDS, "lends_again")
    lost = given.get("lost", 0.0)
    share(lost, "lost")
    daily = given.get("daily_rate")
    if daily is not None:
        rate(daily, "daily_rate")
    months = int(_number(given.get("months"), "months", 1))
    return Again(_yuan(given.get("limit"), "limit"), months, daily), float(lost)


def _refuse_unknown(row: Mapping[str, Any], known: tuple[str, ...], name: str) -> None:
    for each in row:
        if each not in known:
            near = nearest(str(each), known)
            raise JiebeiError("error.best_key", name=name, key=repr(each), nearest=near)


def _number(value: Any, name: str, least: int) -> Any:
    return alone(whole_number(value, name, least, MOST_MONTHS), value, name)


def _yuan(value: Any, name: str) -> float:
    return float(alone(money(value, name, zero=True), value, name)) / 100
