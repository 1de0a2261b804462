"""What the page comes with, and what of it is fitted to the loan that the reader types."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from jiebei.loan.loan import Loan
from jiebei.notebook.fit import Fit, again, begin, repayment

__all__ = ["EXAMPLE", "fitted"]

EXAMPLE: Mapping[str, Any] = MappingProxyType(
    {
        "principal": 50000,
        "daily_rate": 0.0004,
        "months": 12,
        "method": "equal_instalment",
        "start": "2026-12-01",
        "repay_amount": 20000,
        "repay_on": "2027-03-01",
        "reborrow_amount": 20000,
        "reborrow_on": "2027-06-01",
        "reborrow_months": 6,
        "extend_months": 6,
        "extend_on": "2027-06-01",
        "cash_in_hand": 25000,
        "monthly_income": 12000,
        "monthly_expenses": 7000,
        "other_loans": 0,
        "payday": 1,
        "bad_drop": 0.3,
        "bad_months": 12,
        "who": "household",
        "chance": {},
        "accepted": 0.05,
        "households": 20000,
        "seed": 1,
        "shop_income": [
            28000,
            20000,
            3000,
            4000,
            8000,
            15000,
            32000,
            36000,
            20000,
            14000,
            12000,
            48000,
        ],
        "shop_expenses": 15000,
    }
)


def fitted(loan: Loan, typed: Mapping[str, Any]) -> Fit:
    """Fit the repayment, the new loan and the extension to the loan."""
    mine = again(repayment(begin(typed, EXAMPLE), loan), loan)
    return mine.day("extend_on", loan)
