"""What the page comes with, and what of it is fitted to the loan that the reader types."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from jiebei.answers.budget import months
from jiebei.answers.shared.example import AGAIN, EXTENDED, LOAN, REPAID, SO_FAR, Reader
from jiebei.life.household.budget import Budget
from jiebei.notebook.answer import Answer
from jiebei.notebook.fit import Fit, begin
from jiebei.notebook.so_far import SoFar, decided

__all__ = ["EXAMPLE", "asked_by", "fitted"]

EXAMPLE: Mapping[str, Any] = MappingProxyType(
    {
        **LOAN,
        **SO_FAR,
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


def fitted(now: SoFar, typed: Mapping[str, Any]) -> Fit:
    """Fit the repayment, the new loan and the extension to the loan as it is today."""
    mine = now.fit_day(decided(now, begin(typed, EXAMPLE)), "extend_on")
    return mine.leave_out(mine.supposed("fit.example_shop", "shop_income"))


def asked_by(reader: Reader) -> Answer:
    """Answer for a reader's loan and cash, with an income that leaves what he has each month."""
    left = float(reader.cash.monthly)
    income = round(max(EXAMPLE["monthly_expenses"] + left, 0.0), 2)
    spent, cash = round(income - left, 2), reader.cash
    household = Budget(income, spent, cash.in_hand, cash.since, payday=cash.payday or None)
    return months.answer(reader.ways, household)
