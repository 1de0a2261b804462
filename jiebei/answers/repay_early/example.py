"""What the page comes with, and what of it is fitted to the loan that the reader types."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from jiebei.answers.shared.example import LOAN, NEW_RATES, OWN_LIST, REPAID, SAVINGS, SO_FAR
from jiebei.loan.loan import Loan
from jiebei.notebook.fit import Fit, begin, repayment, round_part
from jiebei.notebook.so_far import SoFar

__all__ = ["EXAMPLE", "fitted"]

EXAMPLE: Mapping[str, Any] = MappingProxyType(
    {
        **LOAN,
        **SO_FAR,
        **NEW_RATES,
        **REPAID,
        "prepay_fee_rate": 0.0,
        **OWN_LIST,
        **SAVINGS,
        "surplus_day": 0,
        "free_by": "2027-06-01",
        "save_goal": 1_000,
        "drawdowns": [],
    }
)


def fitted(now: SoFar, typed: Mapping[str, Any]) -> Fit:
    """Fit the repayment and the two goals to the loan as it is today."""
    now.refuse_late()
    loan, mine = now.ahead, begin(typed, EXAMPLE)
    if mine.own("repay_on"):
        now.refuse_before("repay_on", mine.repay_on)
    mine = repayment(mine, loan, now.today)
    if not mine.own("free_by"):  # a day that is typed is answered, whichever it is
        first = mine.repay_on if mine.repay_amount else now.today
        mine = mine.day("free_by", loan, first=first)
    at_best = _cost(loan) - _cost(loan.settle(on=mine.repay_on))
    if not mine.own("save_goal") and 1 <= at_best < mine.save_goal:
        mine = mine.take(save_goal=round_part(at_best))
    return mine


def _cost(loan: Loan) -> float:
    total = loan.summary()
    return float(total.interest + total.fee)
