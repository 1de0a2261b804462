"""What the page comes with, and what of it is fitted to the loan that the reader types."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from jiebei.answers.shared.example import EXTENDED, LOAN, REPAID, SAVINGS, SO_FAR
from jiebei.notebook.fit import Fit, begin
from jiebei.notebook.so_far import SoFar, decided

__all__ = ["EXAMPLE", "fitted"]

EXAMPLE: Mapping[str, Any] = MappingProxyType(
    {
        **LOAN,
        **SO_FAR,
        **REPAID,
        "prepay_fee_rate": 0.0,
        "reborrow_amount": 20_000,
        "reborrow_on": "2027-06-01",
        "reborrow_rate": 0.0004,
        "reborrow_months": 6,
        "need": {"2027-06-01": 20_000},
        "limit_lost": 0.1,
        "fallback_rate": 0.00065,
        **EXTENDED,
        "extend_fee": 0.0,
        **SAVINGS,
        "roll_months": 12,
    }
)


def fitted(now: SoFar, typed: Mapping[str, Any]) -> Fit:
    """Fit the repayment, the new loan, what it is needed for, and the extension to the loan.

    No day before today will do. What is needed is what is borrowed again, on that day, unless
    something else was typed.
    """
    mine = now.fit_day(decided(now, begin(typed, EXAMPLE)), "extend_on")
    if mine.own("need"):
        return mine
    return mine.take(need={mine.reborrow_on: mine.reborrow_amount})
