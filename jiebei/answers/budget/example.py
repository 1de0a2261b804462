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
        "principal": 50_000,
        "daily_rate": 0.0004,
        "months": 12,
        "method": "equal_instalment",
        "start": "2026-12-01",
        "repay_amount": 20_000,
        "repay_on": "2027-03-01",
        "reborrow_amount": 20_000,
        "reborrow_on": "2027-06-01",
        "reborrow_months": 6,
        "extend_months": 6,
        "extend_on": "2027-06-01",
        "cash_in_hand": 25_000,
        "monthly_income": 12_000,
        "monthly_expenses": 7_000,
        "other_loans": 0,
        "payday": 1,
        "bad_drop": 0.3,
        "bad_months": 12,
        "who": "household",
        "chance": {},
        "accepted": 0.05,
        "households": 20_000,
        "seed": 1,
        "shop_income": [
            28_000,
            20_000,
            3_000,
            4_000,
            8_000,
            15_000,
            32_000,
            36_000,
            20_000,
            14_000,
            12_000,
            48_000,
        ],
        "shop_expenses": 15_000,
    }
)


def fitted(loan: Loan, typed: Mapping[str, Any]) -> Fit:
    """Fit the repayment, the new loan and the extension to the loan."""
    mine = again(repayment(begin(typed, EXAMPLE), loan), loan)
    return mine.day("extend_on", loan).still_example("shop_income", "shop")
