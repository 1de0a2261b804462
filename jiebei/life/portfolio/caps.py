"""A ceiling on rates: what it does to borrowers, to what lending earns, and to who is served."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from jiebei.loan.loan import Loan
from jiebei.loan.terms import PENALTY_MULTIPLE
from jiebei.value.worth import DAYS_A_YEAR

__all__ = ["capped", "shut_out"]


def capped(loan: Loan, most: float, penalty_multiple: float = PENALTY_MULTIPLE) -> Loan:
    """Return loans under a ceiling on all that they cost a year (利率上限), penalty included.

    Parameters
    ----------
    loan : Loan
        With its decisions, which stay.
    most : decimal
        A year, simple, 365 days: 0.24, or 4 x LPR.
    penalty_multiple : decimal
        As agreed; lowered where the penalty rate would pass the ceiling.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(10_000, daily_rate=[0.0003, 0.0006], months=12, start="2026-12-01")
    >>> lower = capped(loan, 0.146)
    >>> print(lower.daily_rate, lower.penalty_multiple.round(4))
    [0.0003 0.0004] [1.3333 1.    ]
    """
    rate = np.asarray(loan.daily_rate, np.float64)
    lower = np.minimum(rate, np.floor(most / DAYS_A_YEAR * 1e10 + 1e-4) / 1e10)
    with np.errstate(divide="ignore", invalid="ignore"):
        multiple = np.where(lower > 0, most / DAYS_A_YEAR / lower, penalty_multiple)
    return loan.but(
        daily_rate=lower,
        penalty_multiple=np.clip(np.floor(multiple * 1e10) / 1e10, 0.0, penalty_multiple),
    )


def shut_out(margins: pd.Series[Any]) -> pd.Series[Any]:
    """Tell which tiers a lender who wants to cover costs and losses no longer lends to.

    Examples
    --------
    >>> shut_out(pd.Series({"A": 0.01, "E": -0.02})).to_list()
    [False, True]
    """
    return margins < 0
