"""What a yuan more is worth on each day, what binds, and what other terms would be worth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from jiebei.life.best.best import Best, best
from jiebei.life.best.borrower import Borrower
from jiebei.life.best.programme import Solved
from jiebei.value.worth import DAYS_A_YEAR

__all__ = ["by_day", "less_kept", "with_yuan"]


def by_day(found: Best) -> pd.DataFrame:
    """Show what one yuan more on each payday leaves more on the last day (每多一元值多少).

    Parameters
    ----------
    found : Best

    Returns
    -------
    DataFrame
        A row a day on which money comes in, today first: `day`; `worth`, yuan on the last day for
        a yuan more on that day; `saved`, what that yuan would be worth in savings alone; `cash`,
        yuan at the end of the day; `binds`, whether that is the reserve.

    Notes
    -----
    These are the dual values (对偶值) of the rows of the cash, with what is taken or not left as it
    is. At a corner of the programme the first yuan more is worth at most so much, and the last one
    at least so much.

    Examples
    --------
    >>> from jiebei.life.best.borrower import Borrower
    >>> from jiebei.life.household.budget import Budget
    >>> from jiebei.loan.loan import Loan
    >>> loan = Loan(9_000, daily_rate=0.0004, months=3, start="2026-12-01")
    >>> there = Borrower((loan,), Budget(5_000, 1_000, 4_000, "2026-12-01"), 500, 0.02)
    >>> by_day(best(there))["worth"].round(4).to_list()
    [1.0261, 1.0139, 1.0015, 1.0]
    """
    ground = found.ground
    paydays = ground.months.date
    at = np.searchsorted(ground.days, paydays)
    rows = np.array(found.layout.days)[at]
    years = (ground.days[-1] - paydays) / DAYS_A_YEAR
    cash = found.played.cash[at]
    return pd.DataFrame(
        {
            "day": paydays,
            "worth": found.solved.worth[rows],
            "saved": (1 + ground.borrower.savings_rate) ** years,
            "cash": cash,
            "binds": cash < ground.borrower.keep + 1.0,
        }
    )


def with_yuan(found: Best, place: int, more: float = 1.0) -> Solved | None:
    """Solve again with so many yuan more on one of the days of `by_day`, all else as it was.

    What is taken or not is left as it is: this is what the dual value is checked against.
    """
    ground = found.ground
    row = found.layout.days[int(np.searchsorted(ground.days, ground.months.date[place]))]
    programme = found.layout.programme
    right = np.array(programme.high)
    right[row] += more
    low = np.array(programme.low)
    low[row] += more
    return programme.settle(found.solved.x, low, right)


def less_kept(borrower: Borrower, less: float) -> Best | None:
    """Find the best plan of a borrower who keeps so many yuan less in reserve."""
    return best(replace(borrower, keep=max(borrower.keep - less, 0.0)))
