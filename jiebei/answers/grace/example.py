"""What the page comes with, and what of it is fitted to the loan that the reader types."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from jiebei.answers.grace.terms import cash, check
from jiebei.answers.grace.verdict import answer
from jiebei.answers.shared.example import LOAN, SAVINGS, SO_FAR, Reader
from jiebei.compare.goals import day_of
from jiebei.language.words import Text, Words, passage
from jiebei.life.late.costs import due_dates
from jiebei.loan.loan import Loan
from jiebei.loan.terms import PENALTY_MULTIPLE
from jiebei.notebook.answer import Answer
from jiebei.notebook.fit import Fit, begin, due_days, rounded_up
from jiebei.notebook.so_far import SoFar, so_far
from jiebei.units.days import iso

__all__ = ["EXAMPLE", "asked_by", "fitted", "supposed"]

EXAMPLE: Mapping[str, Any] = MappingProxyType(
    {
        **LOAN,
        **SO_FAR,
        "grace_months": 3,
        "grace_interest": "billed",
        "holiday_on": "2027-06-02",
        "grace_days": 0,
        "late_instalment": 3,
        "days_late": 30,
        "penalty_multiple": PENALTY_MULTIPLE,
        **SAVINGS,
        "thin_months": {"2027-01-01": 12_000, "2027-02-01": 12_000, "2027-03-01": 12_000},
    }
)


def fitted(now: SoFar, typed: Mapping[str, Any]) -> Fit:
    """Fit the grace, the late instalment and the thin months to the loan as it is today."""
    now.refuse_late()
    loan = now.ahead
    mine = begin(typed, EXAMPLE).number("late_instalment", int(loan.terms["instalments"]))
    mine = now.fit_day(mine, "holiday_on")
    if "holiday_on" in mine.taken and day_of(loan, mine.holiday_on) in due_days(loan):
        mine = mine.take(holiday_on=iso(day_of(loan, mine.holiday_on) + 1))  # best for a waiver
    if loan.method == "bullet" and not mine.own("grace_months"):
        mine = mine.take(grace_months=0).leave_out(Words("answer.grace.left_out"))
    if not mine.own("thin_months"):
        mine = _thin(mine, loan, day_of(loan, now.today))
    check(loan, mine.grace_months, mine.late_instalment, mine.holiday_on)
    return now.tell_late(mine, loan, due_dates(loan).astype("i8"))


def _thin(mine: Fit, loan: Loan, today: int) -> Fit:
    """Let the thin months of the example be no thinner than the loan is small, and within it.

    Where they are not in it, they are its first.
    """
    smaller = min(float(loan.principal) / EXAMPLE["principal"], 1.0)
    amounts = [rounded_up(each * smaller) for each in mine.thin_months.values()]
    mine = mine.take(thin_months=dict(zip(mine.thin_months, amounts, strict=True)))
    last = day_of(loan, iso(loan.summary().payoff_date.astype("M8[D]").astype("i8")))
    if all(today < day_of(loan, each) <= last for each in mine.thin_months):
        return mine
    days = [each for each in (*due_days(loan), last) if each > today][: len(mine.thin_months)]
    return mine.take(thin_months=dict(zip(map(iso, days), amounts, strict=False)))


def supposed(mine: Fit) -> Text:
    """Say that the thin months are the example's, where the loan or the cash is the reader's.

    Examples
    --------
    >>> supposed(begin(EXAMPLE, EXAMPLE))
    ''
    """
    days, most = tuple(mine.thin_months), max(mine.thin_months.values(), default=0)
    fields: dict[str, Any] = {"days": days, "none": "{}", "amount": most}
    return mine.supposed("answer.grace.supposed", "thin_months", **fields)


def asked_by(reader: Reader) -> Answer:
    """Answer for a reader's loan and cash, with the grace of the example."""
    late = {name: EXAMPLE[name] for name in ("grace_days", "penalty_multiple")}
    loan, own = reader.loan.but(**late), reader.cash
    mine = fitted(so_far(loan, {}, str(own.since)), reader.typed_into(EXAMPLE))
    if mine.left_out:  # no grace is to be had for this loan
        return Answer(passage(mine.left_out), pd.DataFrame())
    means = cash(own.in_hand, own.monthly, own.since, mine.thin_months)
    months, interest = mine.grace_months, mine.grace_interest
    return answer(loan, months, own.since, interest, reader.savings_rate, means)
