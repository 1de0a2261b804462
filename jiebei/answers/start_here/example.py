"""What the page comes with, and what of it is fitted to the loan that the reader types."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from jiebei.compare.goals import can_shorten
from jiebei.language.words import say
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
        "as_of": "2026-12-01",
        "repay_amount": 20_000,
        "repay_on": "2027-03-01",
        "extend_months": 6,
        "extend_on": "2027-06-01",
        "reborrow_amount": 20_000,
        "reborrow_on": "2027-06-01",
        "reborrow_months": 6,
        "cash_then": 3_000,
        "surplus_then": 3_000,
        "other_rate": 0.18,
        "savings_rate": 0.02,
        "cash_in_hand": 25_000,
        "monthly_surplus": 5_000,
        "offered": [
            "equal_instalment",
            "interest_only",
            "equal_principal",
            "bullet",
            "interest_then_equal",
        ],
    }
)


def fitted(loan: Loan, typed: Mapping[str, Any]) -> Fit:
    """Fit the repayment, the new loan and the extension to the loan.

    Where there is no instalment to keep, shortening the term is left out.
    """
    mine = again(repayment(begin(typed, EXAMPLE), loan), loan).day("extend_on", loan)
    if not mine.repay_amount or can_shorten(loan, mine.repay_on):
        return mine
    return mine.leave_out(say("answer.repay_early.no_shorten"))
