"""Check what was entered in a notebook, and say what is wrong under the names of its cell."""

from __future__ import annotations

from typing import Any

from jiebei.calendar import iso
from jiebei.checks import money
from jiebei.errors import JiebeiError
from jiebei.loan import Loan
from jiebei.optimise import day_of, owed
from jiebei.words import day, say, yuan

__all__ = ["day_in_life", "repayment"]


def day_in_life(loan: Loan, on: Any, name: str) -> None:
    """Refuse a day on which the loan does not run, under the name of the parameter.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=3, start="2026-12-01")
    >>> day_in_life(loan, "2027-06-01", "extend_on")
    Traceback (most recent call last):
        ...
    jiebei.errors.JiebeiError: extend_on=2027-06-01: the loan runs from 2026-12-01 and is paid off \
on 2027-03-01; choose a day between them.
    """
    _refuse_outside(loan, on, name, 0)


def _refuse_outside(loan: Loan, on: Any, name: str, days_before_the_end: int) -> None:
    found, first = day_of(loan, on), int(loan.terms["start"])
    last = loan.summary().payoff_date.astype("M8[D]").astype(int)
    if not first <= found <= last - days_before_the_end:
        shown = {"day": day(iso(found)), "first": day(iso(first)), "last": day(iso(last))}
        raise JiebeiError(say("error.day_in_life", name=name, **shown))


def repayment(loan: Loan, repay_amount: Any, repay_on: Any) -> None:
    """Refuse an early repayment that the loan does not allow, under the names of the cell.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(5_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> repayment(loan, 20_000, "2027-03-01")
    Traceback (most recent call last):
        ...
    jiebei.errors.JiebeiError: repay_amount=20,000: on 2027-03-01 only ¥3,815.50 of principal is \
owed; give at most that.
    """
    if not money(repay_amount, "repay_amount", zero=True):
        return
    _refuse_outside(loan, repay_on, "repay_on", 1)  # on the last day the instalment repays all
    left = owed(loan, repay_on) / 100
    if repay_amount > left:
        shown = {"amount": f"{repay_amount:,}", "day": day(iso(day_of(loan, repay_on)))}
        raise JiebeiError(say("error.repay_amount", owed=yuan(left), **shown))
