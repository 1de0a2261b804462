"""What the page comes with, and what of it is fitted to the loan that the reader types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np

from jiebei.answers.overdue.verdict import answer
from jiebei.answers.shared.example import LOAN, SO_FAR, Reader
from jiebei.compare.goals import day_of
from jiebei.language.errors import JiebeiError
from jiebei.language.words import Words
from jiebei.life.late.costs import Elsewhere, due_date, due_dates, due_then
from jiebei.loan.history import rows_of, until
from jiebei.loan.loan import Loan
from jiebei.loan.terms import PENALTY_MULTIPLE
from jiebei.notebook.answer import Answer
from jiebei.notebook.fit import Fit, begin, round_part
from jiebei.notebook.so_far import SoFar, so_far
from jiebei.units.days import iso

__all__ = ["EXAMPLE", "asked_by", "before_late", "fitted"]

EXAMPLE: Mapping[str, Any] = MappingProxyType(
    {
        **LOAN,
        **SO_FAR,
        "late_instalment": 3,
        "days_late": 30,
        "penalty_multiple": PENALTY_MULTIPLE,
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
        "card_balance": 5_000,
        "card_minimum": 0.1,
        "card_late_fee": 0.05,
    }
)


def before_late(now: SoFar) -> Loan:
    """Return the loan as it was on the eve of the oldest instalment that is overdue today.

    What is missed since is then a question of the page, as for a loan on which nothing is late.

    Raises
    ------
    JiebeiError
        Where something was paid since: a part payment, which the questions do not know.

    Examples
    --------
    >>> loan = Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> before_late(so_far(loan, {"2027-01-01": 4503.11}, "2027-03-20"))
    Loan(46,116.89 at 0.0004 a day, 11 months, equal_instalment, from 2027-01-01, running)
    """
    owed = now.whole.owed(now.today)
    if not owed.overdue:
        return now.ahead
    since = int(owed.since.astype("i8"))
    for row in rows_of(now.whole):
        if row.payment and since <= row.day <= day_of(now.whole, now.today):
            shown = {"on": iso(row.day), "amount": row.payment / 100, "since": iso(since)}
            raise JiebeiError("error.overdue.part", **shown)
    eve = since - 1
    return until(now.whole, eve).rest(iso(eve))


def fitted(now: SoFar, typed: Mapping[str, Any]) -> Fit:
    """Fit which instalment is late, how late, and what can be paid of it, to the loan.

    Where something is overdue today, that is what is late, and it is not paid before today.
    """
    loan = before_late(now)
    dues = due_dates(loan)
    mine = begin(typed, EXAMPLE).number("late_instalment", len(dues), least=1)
    owed = now.whole.owed(now.today)
    if owed.overdue:
        number = int(np.searchsorted(dues, owed.since)) + 1
        shown = {"today": now.today, "amount": owed.overdue, "since": iso(owed.since.astype("i8"))}
        mine = replace(mine, typed={**mine.typed, "late_instalment": number})
        mine = mine.leave_out(Words("answer.overdue.today", number=number, **shown))
        mine = _not_before(mine, loan, now)
    else:
        mine = now.tell_late(mine, loan, dues.astype("i8"))
    whole = due_then(loan, mine.late_instalment)[1]
    if mine.can_pay < whole or mine.own("can_pay"):
        return mine
    return mine.take(can_pay=round_part(whole))


def _not_before(mine: Fit, loan: Loan, now: SoFar) -> Fit:
    """Let what is overdue be paid today at the earliest; refuse an earlier day that is typed."""
    due = int(due_date(loan, mine.late_instalment).astype("i8"))
    least = day_of(loan, now.today) - due
    if mine.days_late >= least:
        return mine
    if mine.own("days_late"):
        shown = {"days": mine.days_late, "day": iso(due + mine.days_late)}
        raise JiebeiError("error.overdue.past", least=least, today=now.today, **shown)
    return mine.take(days_late=least)


def asked_by(reader: Reader) -> Answer:
    """Answer for a reader's loan, paid late as in the example."""
    mine = fitted(so_far(reader.loan, {}, ""), reader.typed_into(EXAMPLE))
    elsewhere = Elsewhere(reader.other_rate, mine.other_fee)
    return answer(reader.loan, mine.late_instalment, mine.days_late, elsewhere, reader.behind)
