"""What a reader plans by a list: several early repayments, a monthly extra."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from jiebei.compare.compare import Cash, Strategy, lowest_cash
from jiebei.compare.goals import can_shorten, owed
from jiebei.language.errors import JiebeiError
from jiebei.language.words import Text, Words
from jiebei.loan.loan import Loan
from jiebei.notebook import parameters
from jiebei.notebook.fit import due_days
from jiebei.notebook.so_far import SoFar
from jiebei.units.days import day_of_month, due_date, iso, month_of, one_day
from jiebei.units.fen import FEN
from jiebei.units.reading import money

__all__ = ["planned", "said"]


def planned(
    now: SoFar,
    repayments: Mapping[str, float],
    extra_monthly: float,
    loan: Loan | None = None,
    name: str = "strategy.own_list",
) -> dict[Any, Strategy]:
    """Return what a reader plans as one more way, none where nothing is planned (我的清单).

    The term shortens where there is an instalment to keep; else the instalments fall.

    Parameters
    ----------
    now : SoFar
        The loan as it is today.
    repayments : dict of date to yuan
        Of principal; interest and fee come on top.
    extra_monthly : yuan
        Of cash, on every due day from the next one on. A loan without such is repaid on the day of
        the month of its drawdown.
    loan : Loan, optional
        What it is planned for, if not for the loan as agreed.
    name : str
        Key of the name of the way.

    Raises
    ------
    JiebeiError
        For a repayment that is past or cannot be, by its day.

    Examples
    --------
    >>> from jiebei.notebook.so_far import so_far
    >>> now = so_far(Loan(9_000, daily_rate=0.0, months=3, start="2026-12-01"), {}, "")
    >>> (mine,) = planned(now, {"2027-01-01": 1_000}, 2_000).values()
    >>> mine.cashflows(["date", "payment"]).iloc[1:]
            date  payment
    1 2027-01-01   3000.0
    2 2027-01-01   2000.0
    3 2027-01-01   1000.0
    4 2027-02-01   3000.0
    """
    money(extra_monthly, "extra_monthly", zero=True)
    loan = now.ahead if loan is None else loan
    found = loan
    for day in _monthly_days(loan, one_day(now.today, "as_of")) if extra_monthly else ():
        found = found.pay_extra(extra_monthly, on=day, then=_then(loan, day))
    for day in sorted(repayments, key=lambda each: one_day(each, "repayments")):
        now.refuse_before("repayments", day)
        found = _repaid(found, loan, repayments[day], day)
    return {Words(name): found} if found is not loan else {}


def _repaid(found: Loan, loan: Loan, amount: float, day: str) -> Loan:
    if not money(amount, f'repayments["{day}"]', zero=True):
        return found
    parameters.day_in_life(loan, day, "repayments")
    try:
        left = owed(found, day) / 100
    except JiebeiError:
        raise JiebeiError("error.own_list_paid", day=day) from None
    if amount > left:
        raise JiebeiError("error.own_list", day=day, amount=float(amount), owed=left)
    return found.prepay(amount, on=day, then=_then(loan, day))


def _then(loan: Loan, day: str) -> str:
    return "shorten" if can_shorten(loan, day) else "lower"


def _monthly_days(loan: Loan, today: int) -> list[str]:
    """Return the due days ahead that leave something owed; of a bullet one day a month."""
    end = int(loan.summary().payoff_date.astype("M8[D]").astype(np.int64))
    days = due_days(loan).tolist()
    if not days:
        start = int(loan.terms["start"])
        months = range(1, int(month_of(end) - month_of(start)) + 1)
        days = [int(due_date(month_of(start) + each, day_of_month(start))) for each in months]
    return [iso(each) for each in days if today < each < end]


def said(
    other: Strategy, name: Any, planned: Mapping[Any, Strategy], cash: Cash | None = None
) -> list[Text]:
    """Say until when one pays by the list, and how much less than by another way; or nothing.

    Where the cash is given and does not carry the list, that too.
    """
    told: list[Text] = [_said(other, each, name) for each in planned.values()]
    if cash is not None:
        for lowest, day in (lowest_cash(each, cash) for each in planned.values()):
            told += [Words("answer.shared.own_list_short", short=-lowest, day=day)] * (
                lowest <= -FEN
            )
    return told


def _said(other: Strategy, mine: Strategy, name: Any) -> Words:
    before, after = other.summary(), mine.summary()
    saved = float((before.interest + before.fee) - (after.interest + after.fee))
    key = "same" if abs(saved) < FEN else "saves" if saved > 0 else "costs"
    return Words(
        f"answer.shared.own_list_{key}", end=after.payoff_date, amount=abs(saved), name=name
    )
