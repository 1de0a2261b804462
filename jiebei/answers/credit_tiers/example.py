"""What the page comes with, and what of it is fitted to the loan that the reader types."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from jiebei.answers.credit_tiers.verdict import answer, histories
from jiebei.answers.shared.example import LOAN, Reader, without
from jiebei.life.credit.tiers import Borrower
from jiebei.life.credit.years import years
from jiebei.loan.terms import PENALTY_MULTIPLE
from jiebei.notebook.answer import Answer
from jiebei.notebook.fit import Fit, begin
from jiebei.units.days import as_days, iso

__all__ = ["EXAMPLE", "asked_by", "fitted"]

EXAMPLE: Mapping[str, Any] = MappingProxyType(
    {
        **without(LOAN, "daily_rate"),
        "reborrow_amount": 20_000,
        "reborrow_every": 4,
        "years_ahead": 3,
        "past_months": 6,
        "lenders": 2,
        "late_by_days": 5,
        "late_month": 6,
        "late_every": 4,
        "fallback_rate": 0.00065,
        "penalty_multiple": PENALTY_MULTIPLE,
        "restore_days": 30,
        "restore_chance": 0.9,
        "limit_cut_on": "2027-07-15",
        "limit_cut_to": 30_000,
    }
)
YEAR = 12
CUT_AFTER = 7  # months, as in the example


def fitted(borrower: Borrower, typed: Mapping[str, Any]) -> Fit:
    """Fit the day of the cut and the payment that is late to the loan and the years ahead."""
    mine = begin(typed, EXAMPLE)
    first, last = (int(borrower.due_day(each)) for each in (0, YEAR * mine.years_ahead))
    if not mine.own("limit_cut_on") and not first <= as_days(mine.limit_cut_on, "on")[0] <= last:
        mine = mine.take(limit_cut_on=iso(borrower.due_day(CUT_AFTER)))
    if mine.own("late_month") or mine.late_month > YEAR * mine.years_ahead:
        return mine
    due = np.flatnonzero(years(borrower, np.zeros(YEAR * mine.years_ahead, np.int64)).due)
    if due.size and mine.late_month not in due:
        after = due[due > mine.late_month]
        mine = mine.take(late_month=int(after[0] if after.size else due[-1]))
    return mine


def asked_by(reader: Reader) -> Answer:
    """Answer for a reader's loan, with the habits of the example."""
    typed = reader.typed_into(EXAMPLE)
    names = [
        *("principal", "months", "method", "start", "reborrow_amount", "reborrow_every"),
        *("past_months", "lenders", "fallback_rate", "penalty_multiple"),
    ]
    borrower = Borrower(*(typed[name] for name in names))
    mine = fitted(borrower, typed)
    late = histories(mine.years_ahead, mine.late_by_days, mine.late_month, mine.late_every)
    return answer(borrower, late)
