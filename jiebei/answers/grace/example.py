"""What the page comes with, and what of it is fitted to the loan that the reader types."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from jiebei.answers.grace.terms import check
from jiebei.compare.goals import day_of
from jiebei.language.words import say
from jiebei.loan.loan import Loan
from jiebei.notebook.fit import Fit, begin, due_days
from jiebei.units.days import iso

__all__ = ["EXAMPLE", "fitted"]

EXAMPLE: Mapping[str, Any] = MappingProxyType(
    {
        "principal": 50_000,
        "daily_rate": 0.0004,
        "months": 12,
        "method": "equal_instalment",
        "start": "2026-12-01",
        "grace_months": 3,
        "grace_interest": "billed",
        "holiday_on": "2027-06-02",
        "grace_days": 0,
        "late_instalment": 3,
        "days_late": 30,
        "penalty_multiple": 1.5,
        "savings_rate": 0.02,
        "cash_in_hand": 25_000,
        "monthly_surplus": 5_000,
        "thin_months": {"2027-01-01": 12_000, "2027-02-01": 12_000, "2027-03-01": 12_000},
    }
)


def fitted(loan: Loan, typed: Mapping[str, Any]) -> Fit:
    """Fit the grace, the late instalment and the thin months to the loan."""
    mine = begin(typed, EXAMPLE).number("late_instalment", int(loan.terms["instalments"]))
    mine = mine.day("holiday_on", loan)
    if "holiday_on" in mine.taken and day_of(loan, mine.holiday_on) in due_days(loan):
        mine = mine.take(holiday_on=iso(day_of(loan, mine.holiday_on) + 1))  # best for a waiver
    if loan.method == "bullet" and not mine.own("grace_months"):
        mine = mine.take(grace_months=0).leave_out(say("answer.grace.left_out"))
    if not mine.own("thin_months"):
        mine = _thin(mine, loan)
    check(loan, mine.grace_months, mine.late_instalment, mine.holiday_on)
    return mine


def _thin(mine: Fit, loan: Loan) -> Fit:
    """Let the thin months of the example be the first of the loan, where they are not in it."""
    last = day_of(loan, iso(loan.summary().payoff_date.astype("M8[D]").astype(int)))
    first = int(loan.terms["start"])
    if all(first < day_of(loan, each) <= last for each in mine.thin_months):
        return mine
    days = [*due_days(loan), last][: len(mine.thin_months)]
    amounts = list(mine.thin_months.values())[: len(days)]
    return mine.take(thin_months=dict(zip(map(iso, days), amounts, strict=True)))
