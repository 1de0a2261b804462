"""How much of a loan cash repays early: what it affords, and what a sum of it comes to."""

from __future__ import annotations

from typing import Any

import pandas as pd

from jiebei.compare.compare import Cash, lowest_cash
from jiebei.compare.goals import owed
from jiebei.engine.events import VOLUNTARY
from jiebei.loan.loan import Loan
from jiebei.units.fen import FEN

__all__ = ["affordable", "principal_for", "repaid_early"]


def affordable(loan: Loan, on: Any, cash: Cash) -> float:
    """Return the most principal that can be repaid early, so that the cash never runs out.

    The instalment falls. The loan as agreed is taken to be carried: then less always does.

    Examples
    --------
    >>> loan = Loan(20_551.90, daily_rate=0.00045, months=8, start="2026-11-10")
    >>> affordable(loan, "2026-11-25", Cash(15_000, 5_000, "2026-11-10"))
    14899.43
    """
    low, high = 0, owed(loan, on)
    while low < high:
        half = (low + high + 1) // 2
        if lowest_cash(loan.prepay(half / 100, on=on), cash)[0] > -FEN:
            low = half
        else:
            high = half - 1
    return low / 100


def principal_for(loan: Loan, cash: float, on: Any) -> float:
    """Return the principal that a sum of cash repays early: interest and fee are paid from it.

    Examples
    --------
    >>> loan = Loan(20_551.90, daily_rate=0.00045, months=8, start="2026-11-10")
    >>> principal_for(loan, 15_000, "2026-11-25")
    14899.43
    """
    return float(repaid_early(loan.pay_extra(cash, on=on), loan)["principal"])


def repaid_early(early: Loan, agreed: Loan) -> pd.Series[float]:
    """Return what is repaid early beyond what was before: `payment`, `principal` and `fee`.

    Examples
    --------
    >>> loan = Loan(20_551.90, daily_rate=0.00045, months=8, start="2026-11-10")
    >>> before = loan.prepay(500, on="2026-11-20")
    >>> float(repaid_early(before.prepay(1_000, on="2026-11-25"), before)["payment"])
    1006.75
    """
    return (_early(early) - _early(agreed)).round(2)


def _early(loan: Loan) -> pd.Series[float]:
    flows = loan.cashflows(["event", "payment", "principal", "fee"])
    rows = flows["event"].isin(VOLUNTARY)
    return flows.loc[rows, ["payment", "principal", "fee"]].sum()
