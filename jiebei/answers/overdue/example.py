"""What the page comes with, and what of it is fitted to the loan that the reader types."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from jiebei.answers.overdue.verdict import answer
from jiebei.answers.shared.example import LOAN, Reader
from jiebei.life.late.costs import Elsewhere, due_dates, due_then
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer
from jiebei.notebook.fit import Fit, begin, round_part

__all__ = ["EXAMPLE", "asked_by", "fitted"]

EXAMPLE: Mapping[str, Any] = MappingProxyType(
    {
        **LOAN,
        "late_instalment": 3,
        "days_late": 30,
        "penalty_multiple": 1.5,
        "penalty_on": "principal_and_interest",
        "grace_days": 0,
        "accelerate_after": 0,
        "can_pay": 2_000,
        "other_rate": 0.18,
        "other_fee": 0.0,
        "extend_months": 6,
        "extend_fee": 0.0,
        "savings_rate": 0.02,
        "late_loans": [
            {"name": "A", "principal": 20_000, "daily_rate": 0.0005, "months": 12},
            {
                "name": "B",
                "principal": 12_000,
                "daily_rate": 0.0003,
                "months": 6,
                "accelerate_after": 60,
            },
            {"name": "C", "principal": 8_000, "daily_rate": 0.0004, "months": 6},
        ],
        "short_cash": 3_000,
        "short_months": 2,
        "later_cash": 7_000,
    }
)


def fitted(loan: Loan, typed: Mapping[str, Any]) -> Fit:
    """Fit the number of the late instalment, and what can be paid of it, to the loan."""
    mine = begin(typed, EXAMPLE).number("late_instalment", len(due_dates(loan)), least=1)
    whole = due_then(loan, mine.late_instalment)[1]
    if mine.can_pay < whole or mine.own("can_pay"):
        return mine
    return mine.take(can_pay=round_part(whole))


def asked_by(reader: Reader) -> Answer:
    """Answer for a reader's loan, paid late as in the example."""
    mine = fitted(reader.loan, reader.typed_into(EXAMPLE))
    elsewhere = Elsewhere(reader.other_rate, mine.other_fee)
    return answer(reader.loan, mine.late_instalment, mine.days_late, elsewhere)
