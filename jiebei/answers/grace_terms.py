"""What the reader entered about the grace, read under the names of the parameters cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jiebei.agreements import INTEREST
from jiebei.calendar import as_days, iso
from jiebei.checks import choices, money, whole_number
from jiebei.compare import Cash
from jiebei.errors import JiebeiError
from jiebei.loan import Loan
from jiebei.terms import MOST_DAYS_LATE, MOST_MONTHS
from jiebei.words import say

__all__ = ["cash", "check"]


def check(
    loan: Loan,
    *,
    grace_months: int,
    grace_interest: str,
    holiday_on: Any,
    late_instalment: int,
    days_late: int,
) -> None:
    """Say in words what is wrong with what was entered, if anything is.

    Raises
    ------
    JiebeiError
        With the name of the parameter.

    Examples
    --------
    >>> loan = Loan(50_000, daily_rate=0.0004, months=3, start="2026-12-01")
    >>> terms = {"grace_months": 3, "grace_interest": "paid", "late_instalment": 1, "days_late": 30}
    >>> check(loan, holiday_on="2027-06-01", **terms)
    Traceback (most recent call last):
        ...
    jiebei.errors.JiebeiError: holiday_on=2027-06-01: the loan runs from 2026-12-01 and is paid off
    on 2027-03-01; choose a day between them.
    """
    if loan.method == "bullet":
        raise JiebeiError(say("error.grace.bullet"))
    whole_number(grace_months, "grace_months", 0, MOST_MONTHS)
    choices(grace_interest, "grace_interest", INTEREST)
    whole_number(late_instalment, "late_instalment", 0, int(loan.months))
    whole_number(days_late, "days_late", 0, MOST_DAYS_LATE)
    on = _date(holiday_on, "holiday_on")
    first, last = iso(loan.terms["start"]), str(loan.summary().payoff_date)
    if not first <= on <= last:
        fields = {"day": on, "first": first, "last": last}
        raise JiebeiError(say("error.day_in_life", name="holiday_on", **fields))


def _date(value: Any, name: str) -> str:
    """Read a date; whole days after the drawdown are none."""
    days, after_drawdown = as_days(value, name)
    if after_drawdown:
        raise JiebeiError(say("error.give_a_date", name=name, value=value))
    return iso(days)


def cash(cash_in_hand: float, monthly_surplus: float, start: Any, thin_months: Any) -> Cash:
    """Return the reader's cash: in hand, left each month, and less on some days.

    Examples
    --------
    >>> cash(25_000, 5_000, "2026-12-01", {"2027-01-01": 12_000}).spends
    {'2027-01-01': 12000}
    """
    money(cash_in_hand, "cash_in_hand", zero=True)
    money(monthly_surplus, "monthly_surplus", zero=True)
    if not isinstance(thin_months, Mapping):
        fields = {"example": '{"2027-01-01": 12_000}', "none": "{}"}
        raise JiebeiError(say("error.grace.thin", value=repr(thin_months), **fields))
    for on, amount in thin_months.items():
        _date(on, "thin_months")
        money(amount, "thin_months", zero=True)
    return Cash(cash_in_hand, monthly_surplus, since=start, spends=thin_months)
