"""What a budget survives: a bad spell wherever it strikes, and the largest loan it carries then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from jiebei.compare.compare import Strategy, horizon
from jiebei.compare.goals import least
from jiebei.language.errors import refuse_call, refuse_kind
from jiebei.life.household.budget import LIST_MONTHS, Budget, Months, service, taken
from jiebei.units.arrays import alone
from jiebei.units.days import Ints, as_dates
from jiebei.units.fen import RATE_SCALE, divided
from jiebei.units.reading import money, share, whole_number

__all__ = ["largest_loan", "least_left"]

TRIED = 1_150  # amounts at once: rounding never moves the largest loan by so many fen


def least_left(
    strategy: Strategy, budget: Budget, drop: float = 0.0, bad_months: int = 0
) -> pd.DataFrame:
    """Return the least cash of each month, at worst, if a bad spell strikes (最低现金).

    In the spell, `bad_months` in a row, the income is lower by the share `drop`; each month shows
    the worst of all days on which it can begin.

    Returns
    -------
    DataFrame
        `date` and `lowest_cash` in yuan, until the loan is paid off.

    Examples
    --------
    >>> import jiebei as jb
    >>> from jiebei.life.household.budget import Budget
    >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> budget = Budget(12_000, 7_000, 25_000, "2026-12-01")
    >>> print(least_left(loan, budget, drop=0.5, bad_months=6)["lowest_cash"].min())
    -8018.66
    """
    months = budget.months(horizon(strategy))
    takes = service(strategy, months.date)
    left = _worst(months, drop, bad_months) - taken(takes)[0]
    date = as_dates(months.date)
    return pd.DataFrame({"date": date, "lowest_cash": left / 100})


def _worst(months: Months, drop: float, bad_months: int) -> Ints:
    """Return the cash in hand after the worst that a bad spell can have done by each month."""
    whole = whole_number(bad_months, "bad_months", 0, LIST_MONTHS)
    spell = int(alone(whole, bad_months, "bad_months"))
    part = int(alone(share(drop, "drop"), drop, "drop"))
    # Python's whole numbers have no end.
    lost = np.array([divided(int(each) * part, RATE_SCALE) for each in months.income], np.int64)
    total = np.cumsum(lost)
    within = total - np.concatenate([np.zeros(spell, np.int64), total])[: len(total)]
    return months.cash - np.maximum.accumulate(within)


def largest_loan(
    borrow: Callable[[Any], Strategy],
    budget: Budget,
    drop: float = 0.0,
    bad_months: int = 0,
    most: float = 1_000_000,
) -> float:
    """Find the largest loan that leaves no month without cash, at worst (最多能借多少).

    Parameters
    ----------
    borrow : callable
        Takes amounts in yuan, an array, and returns the loan, or the strategy, for each.
    budget : Budget
    drop, bad_months
        The bad spell that it must survive, wherever it strikes; see `least_left`.
    most : yuan
        Amounts up to this one are tried.

    Returns
    -------
    float
        Yuan, to the fen: a fen more does not do. 0 where none does.

    Notes
    -----
    What a loan takes grows with its amount but for the rounding of its instalments, which moves
    the largest amount by a few fen: see `goals.least`.

    Examples
    --------
    >>> import jiebei as jb
    >>> from jiebei.life.household.budget import Budget
    >>> budget = Budget(12_000, 7_000, reserve=25_000, since="2026-12-01")
    >>> def borrow(amount):
    ...     return jb.Loan(amount, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> largest_loan(borrow, budget), largest_loan(borrow, budget, drop=0.5, bad_months=6)
    (78649.35, 35160.86)
    """
    refuse_call(borrow, "borrow", "lambda amount: jb.Loan(amount, ...)")
    refuse_kind(budget, (Budget,), "budget", "error.kind_budget")
    top = int(alone(money(most, "most"), most, "most"))
    months = budget.months(horizon(borrow(np.array([most]))))
    cash = _worst(months, drop, bad_months)

    def survives(negative: Ints) -> Any:
        takes = service(borrow(-negative / 100), months.date)
        return (cash >= taken(takes)).all(axis=1)

    found, does = least(survives, -top, -1, True, TRIED)
    return -found / 100 if does else 0.0
