"""What the page comes with, and what of it is fitted to the loan that the reader types."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from jiebei.answers.budget import months
from jiebei.answers.shared.example import AGAIN, EXTENDED, LOAN, REPAID, Reader
from jiebei.life.household.budget import Budget
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer
from jiebei.notebook.fit import Fit, again, begin, repayment

__all__ = ["EXAMPLE", "asked_by", "fitted"]

EXAMPLE: Mapping[str, Any] = MappingProxyType(
    {
        **LOAN,
        **REPAID,
        **AGAIN,
        **EXTENDED,
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
    mine = mine.day("extend_on", loan)
    return mine.leave_out(mine.supposed("fit.example_shop", "shop_income"))


def asked_by(reader: Reader) -> Answer:
    """Answer for a reader's loan and cash, with the income of the example."""
    income, spent = EXAMPLE["monthly_income"], EXAMPLE["monthly_expenses"]
    household = Budget(income, spent, reader.cash.in_hand, reader.loan.start)
    return months.answer(reader.ways, household)
