"""What the page comes with, and what of it is fitted to the loan that the reader types."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from jiebei.loan.loan import Loan
from jiebei.notebook.fit import Fit, begin, repayment, round_part

__all__ = ["EXAMPLE", "fitted"]

EXAMPLE: Mapping[str, Any] = MappingProxyType(
    {
        "principal": 50_000,
        "daily_rate": 0.0004,
        "months": 12,
        "method": "equal_instalment",
        "start": "2026-12-01",
        "repay_amount": 20_000,
        "repay_on": "2027-03-01",
        "prepay_fee_rate": 0.0,
        "savings_rate": 0.02,
        "cash_in_hand": 25_000,
        "monthly_surplus": 5_000,
        "free_by": "2027-06-01",
        "save_goal": 1_000,
    }
)


def fitted(loan: Loan, typed: Mapping[str, Any]) -> Fit:
    """Fit the repayment and the two goals to the loan."""
    mine = repayment(begin(typed, EXAMPLE), loan)
    if not mine.own("free_by"):  # a day that is typed is answered, whichever it is
        first = mine.repay_on if mine.repay_amount else None
        mine = mine.day("free_by", loan, first=first)
    at_best = _cost(loan) - _cost(loan.settle(on=mine.repay_on))
    if not mine.own("save_goal") and 1 <= at_best < mine.save_goal:
        mine = mine.take(save_goal=round_part(at_best))
    return mine


def _cost(loan: Loan) -> float:
    total = loan.summary()
    return float(total.interest + total.fee)
