"""What the page comes with, and what of it is fitted to the loan that the reader types."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from jiebei.answers.shared.example import AGAIN, EXTENDED, LOAN, OFFERED, REPAID, SAVINGS
from jiebei.compare.goals import can_shorten
from jiebei.language.words import Words
from jiebei.loan.loan import Loan
from jiebei.notebook.fit import Fit, again, begin, repayment

__all__ = ["EXAMPLE", "fitted"]

EXAMPLE: Mapping[str, Any] = MappingProxyType(
    {
        **LOAN,
        **{name: SAVINGS[name] for name in ("cash_in_hand", "monthly_surplus", "savings_rate")},
        **REPAID,
        **AGAIN,
        **EXTENDED,
        "cash_then": 3_000,
        "surplus_then": 3_000,
        "other_rate": 0.18,
        "offered": [*OFFERED],
        "as_of": "2026-12-01",
    }
)


def fitted(loan: Loan, typed: Mapping[str, Any]) -> Fit:
    """Fit the repayment, the new loan and the extension to the loan.

    Where there is no instalment to keep, shortening the term is left out.
    """
    mine = again(repayment(begin(typed, EXAMPLE), loan), loan).day("extend_on", loan)
    if not mine.repay_amount or can_shorten(loan, mine.repay_on):
        return mine
    return mine.leave_out(Words("answer.repay_early.no_shorten"))
