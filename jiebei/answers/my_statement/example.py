"""What the page comes with, and what of it is fitted to the loan that the reader types."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from jiebei.answers.shared.example import LOAN
from jiebei.language.words import Words
from jiebei.loan.loan import Loan
from jiebei.notebook.fit import Fit, begin
from jiebei.units.days import due_date, iso, month_of, one_day

__all__ = ["EXAMPLE", "fitted"]

EXAMPLE: Mapping[str, Any] = MappingProxyType(
    {
        **LOAN,
        "statement": "data/statements/plan_both_ends.csv",
        "record": "data/statements/account_statement.csv",
        "instalment": 913.94,
        "instalments": 12,
        "borrowed": 10_000,
        "paid": {
            "2027-01-01": 4_503.11,
            "2027-02-01": 4_503.11,
            "2027-04-15": 3_000,
            "2027-05-13": 3_000,
        },
        "today": "2027-05-20",
    }
)
PAID = 2  # instalments, as in the example
PART, OF_THE_LAST = 0.75, 0.4  # of an instalment, twice


def fitted(cell: Mapping[str, Any]) -> Fit:
    """Return the parameters as they are used: what was paid fits the loan, if nobody typed it.

    Examples
    --------
    >>> mine = fitted(EXAMPLE | {"start": "2027-01-31", "months": 1})
    >>> mine.paid, mine.today
    ({'2027-04-11': 20224.0, '2027-05-11': 20224.0}, '2027-05-16')
    """
    mine = begin(cell, EXAMPLE)
    if mine.own("paid") or mine.own("today") or not any(map(mine.own, LOAN)):
        return mine
    loan = Loan(
        mine.principal,
        daily_rate=mine.daily_rate,
        months=mine.months,
        method=mine.method,
        start=mine.start,
    )
    paid, today = _like_the_example(loan)
    return mine.take(paid=paid, today=today).leave_out(Words("answer.my_statement.like_example"))


def _like_the_example(loan: Loan) -> tuple[dict[str, float], str]:
    """Return two instalments paid, then none for three months, with two part payments meanwhile."""
    flows = loan.cashflows(["date", "event", "payment"]).iloc[1:]
    due = [str(each)[:10] for each in flows["date"]]
    whole = min(PAID, len(due) - 1)
    paid = dict(zip(due[:whole], flows["payment"][:whole].tolist(), strict=True))
    share = PART if len(due) > whole + 1 else OF_THE_LAST
    part = round(share * float(flows["payment"].iloc[whole]), 2)
    missed = due[whole]
    for months, day in ((1, 14), (2, 13)):
        if part > 0:
            paid[_later(missed, months, day)] = part
    return paid, _later(missed, 2, 18)


def _later(day: str, months: int, days: int) -> str:
    """Return so many months and days after a day."""
    first = one_day(day, "day")
    month_end = due_date(month_of(first) + months, int(day[8:]))
    return iso(int(month_end) + days)
