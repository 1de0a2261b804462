"""A revolving credit line: how much of the limit is drawn, and how much can be drawn, by date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from jiebei.language.errors import JiebeiError, refuse
from jiebei.language.figures import yuan
from jiebei.language.words import day
from jiebei.life.credit.limits import followed
from jiebei.loan.loan import Loan
from jiebei.loan.plan import Plan
from jiebei.units.days import as_dates, as_days, iso

__all__ = ["available", "drawdowns", "on_days"]


def available(
    loans: Loan | Plan | Sequence[Loan],
    limit: Any,
    *,
    changes: Mapping[Any, float] | None = None,
    delay_days: Any = 0,
    chance: Any = 1.0,
    seed: int = 0,
) -> pd.DataFrame:
    """Follow a revolving credit line (循环额度): what is drawn, and what can be drawn, by date.

    Every loan is a contract of its own; together they may not take more than the limit. Repaid
    principal can be drawn again at once, later, or perhaps.

    Parameters
    ----------
    loans : Loan, Plan or list of Loan
        The drawdowns (支用). Their scenarios broadcast with the arguments below: each place is one
        line.
    limit : yuan or array
        The limit (授信额度) on the first day, 0 or more.
    changes : dict of date to yuan, optional
        A new limit from that day on; 0 closes the line. What is owed stays owed.
    delay_days : int or array
        Days until repaid principal can be drawn again, 0 to 3650.
    chance : decimal or array
        The chance that repaid principal can be drawn again at all, 0 to 1. Where it cannot, the
        limit falls by it, on the day it is repaid.
    seed : int
        The same seed makes the same luck.

    Returns
    -------
    DataFrame
        One row a line and date on which anything moves, as the day ends: `line` (number of the
        scenario), `date`; in yuan `limit`, `drawn`, `waiting` (the part of `drawn` that is repaid
        but not back yet) and `available`. Always drawn + available = limit: where a line is cut
        below what is drawn, `available` is below zero, and by so much.

    Raises
    ------
    JiebeiError
        When a drawdown is more than is available that day, and for arguments out of range.

    Notes
    -----
    On one date: what is repaid comes back, then the limit changes, then money is drawn.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(
    ...     50_000, daily_rate=0.0004, months=3, start="2026-12-01", method="interest_only"
    ... )
    >>> plan = loan.prepay(20_000, on="2026-12-20").reborrow(10_000, on="2027-01-05", months=1)
    >>> table = available(plan, 60_000, delay_days=30)
    >>> table[["date", "drawn", "waiting", "available"]]
            date    drawn  waiting  available
    0 2026-12-01  50000.0      0.0    10000.0
    1 2026-12-20  50000.0  20000.0    10000.0
    2 2027-01-05  60000.0  20000.0        0.0
    3 2027-01-19  40000.0      0.0    20000.0
    4 2027-02-01  40000.0  10000.0    20000.0
    5 2027-03-01  40000.0  40000.0    20000.0
    6 2027-03-03  30000.0  30000.0    30000.0
    7 2027-03-31      0.0      0.0    60000.0

    >>> available(plan, 55_000, delay_days=30)
    Traceback (most recent call last):
        ...
    jiebei.JiebeiError: ¥10,000.00 drawn on 2027-01-05: of the limit of ¥55,000.00 only \
¥5,000.00 is available that day; draw at most that, or repay first.
    """
    table, draws = followed(loans, limit, changes, delay_days, chance, seed)
    _refuse_overdrawn(draws)
    return _in_yuan(table, ["limit", "drawn", "waiting", "available"])


def drawdowns(
    loans: Loan | Plan | Sequence[Loan],
    limit: Any,
    *,
    changes: Mapping[Any, float] | None = None,
    delay_days: Any = 0,
    chance: Any = 1.0,
    seed: int = 0,
) -> pd.DataFrame:
    """Tell of every day with a drawdown (支用) whether it fits, and refuse none.

    The arguments are those of `available`. Later days are judged as if all had been drawn.

    Returns
    -------
    DataFrame
        One row a line and day with a drawdown: `line`, `date`; in yuan `amount`, `limit`, and
        `available` before it is drawn; `fits`.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(9_000, daily_rate=0.0, months=3, start="2026-12-01")
    >>> plan = loan.reborrow(5_000, on="2027-01-01")
    >>> drawdowns(plan, 10_000)[["date", "amount", "available", "fits"]]
            date  amount  available   fits
    0 2026-12-01  9000.0    10000.0   True
    1 2027-01-01  5000.0     4000.0  False
    """
    _, draws = followed(loans, limit, changes, delay_days, chance, seed)
    frame = _in_yuan(draws, ["amount", "limit", "available"])
    return frame.assign(fits=(draws["amount"] <= draws["available"]).to_numpy())


def on_days(table: pd.DataFrame, dates: Any) -> pd.DataFrame:
    """Return how one line stands at the end of some days.

    Parameters
    ----------
    table : DataFrame
        What `available` returns, of one line.
    dates : array of dates
        None before the first drawdown.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(9_000, daily_rate=0.0, months=3, start="2026-12-01")
    >>> on_days(available(loan, 10_000), ["2026-12-31", "2027-01-01"])["available"].to_list()
    [1000.0, 4000.0]
    """
    if table["line"].nunique() > 1:
        raise JiebeiError("error.line.several", lines=table["line"].nunique())
    wanted = np.atleast_1d(as_days(dates, "dates")[0])
    known = as_days(table["date"].to_numpy(), "date")[0]
    refuse(wanted < known[0], wanted.astype("M8[D]"), "dates", "error.early", start=iso(known[0]))
    place = np.searchsorted(known, wanted, side="right") - 1
    return table.iloc[place].assign(date=as_dates(wanted)).reset_index(drop=True)


def _in_yuan(table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    money = {name: table[name].to_numpy() / 100 for name in columns}
    return pd.DataFrame({"line": table["line"].to_numpy(), "date": as_dates(table["day"]), **money})


def _refuse_overdrawn(draws: pd.DataFrame) -> None:
    """Refuse to draw more than is available."""
    over = draws[draws["amount"] > draws["available"]]
    if over.empty:
        return
    each = over.iloc[0]
    fields: dict[str, object] = {
        "amount": yuan(each["amount"] / 100),
        "day": day(np.int64(each["day"]).astype("M8[D]")),
        "limit": yuan(each["limit"] / 100),
        "left": yuan(max(each["available"], 0) / 100),
    }
    lines = draws["line"].nunique()
    if lines > 1:
        fields |= {"refused": over["line"].nunique(), "size": lines, "first": each["line"]}
        raise JiebeiError("error.line.overdrawn_some", **fields)
    untouched = each["available"] == each["limit"]
    key = "error.line.overdrawn_first" if untouched else "error.line.overdrawn"
    raise JiebeiError(key, **fields)
