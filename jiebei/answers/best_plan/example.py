"""What the page comes with, and what of it is fitted to the loan that the reader types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from jiebei.answers import cheapest_money, many_lenders
from jiebei.answers.best_plan.verdict import answer, in_short
from jiebei.answers.shared.example import LOAN, Reader
from jiebei.language.frames import called
from jiebei.language.words import Words
from jiebei.life.best.best import best
from jiebei.life.best.borrower import Borrower
from jiebei.life.best.cure import cure
from jiebei.life.best.entered import read_again, read_extensions
from jiebei.life.debts.debt import payday, read
from jiebei.life.household.budget import Budget
from jiebei.life.offers.entered import read_coupons, read_offers
from jiebei.notebook.answer import Answer
from jiebei.notebook.fit import Fit, begin, rounded_up
from jiebei.notebook.so_far import SoFar
from jiebei.units.days import iso, one_day

__all__ = ["EXAMPLE", "asked_by", "borrower", "fitted"]

EXAMPLE: Mapping[str, Any] = MappingProxyType(
    {
        **LOAN,
        "as_of": "",
        "paid": {},
        "prepay_fee_rate": 0.0,
        "prepay_least": 0,
        "other_debts": many_lenders.EXAMPLE["other_debts"],
        "cash_in_hand": 25_000,
        "reserve": 8_000,
        "take_home_pay": 25_000,
        "monthly_expenses": 7_000,
        "payday": 1,
        "savings_rate": 0.02,
        "extensions_offered": [],
        "coupons": cheapest_money.EXAMPLE["coupons"],
        "new_offers": [],
        "lends_again": {},
        "seed": 1,
    }
)
FAMILY_MONTHS = 9  # from today to the deadline of the example's family money
SPARE = 1.1  # times the least income that does


def fitted(now: SoFar, typed: Mapping[str, Any]) -> Fit:
    """Fit the deadline of the family and the income to the loan as it is today."""
    now.refuse_late()
    mine = begin(typed, EXAMPLE)
    mine = mine.leave_out(mine.supposed("fit.example_debts", "other_debts"))
    if not mine.own("other_debts"):
        mine = _with_deadline_ahead(mine, one_day(now.today, "as_of"))
    if not mine.own("reserve") and mine.reserve > mine.cash_in_hand:
        mine = mine.take(reserve=0)
    if mine.own("take_home_pay") or best(borrower(now, mine)) is not None:
        return mine
    more = cure(borrower(now, mine)).a_month
    if more is None:
        return mine
    return mine.take(take_home_pay=rounded_up(SPARE * (mine.take_home_pay + more)))


def _with_deadline_ahead(mine: Fit, today: int) -> Fit:
    """Move the deadline of the example's family money to so many months from today."""
    due = iso(payday(today, FAMILY_MONTHS))
    debts = [each | {"due": due} if "due" in each else each for each in mine.other_debts]
    if debts == mine.other_debts:
        return mine
    mine = replace(mine, typed={**mine.typed, "other_debts": debts})
    for each in debts:
        if "due" in each:
            mine = mine.leave_out(Words("fit.due", name=called(each["name"]), day=due))
    return mine


def borrower(now: SoFar, mine: Fit, **change: Any) -> Borrower:
    """Return all that the plan is made for; `change` sets parameters anew.

    Examples
    --------
    >>> from jiebei.loan.loan import Loan
    >>> from jiebei.notebook.so_far import so_far
    >>> loan = Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> now = so_far(loan, {}, "")
    >>> there = borrower(now, begin(EXAMPLE, EXAMPLE), reserve=5_000)
    >>> there.keep, len(there.debts), len(there.coupons)
    (5000, 3, 2)
    """
    mine = mine.take(**change)
    budget = Budget(
        mine.take_home_pay,
        mine.monthly_expenses,
        reserve=mine.cash_in_hand,
        since=now.today,
        payday=mine.payday,
    )
    return Borrower(
        (now.ahead,),
        budget,
        mine.reserve,
        mine.savings_rate,
        tuple(read(mine.other_debts, now.today)) if mine.other_debts else (),
        read_extensions(mine.extensions_offered, now.today),
        tuple(read_coupons(mine.coupons)),
        tuple(read_offers(mine.new_offers, "new_offers")),
        read_again(mine.lends_again)[0],
        mine.prepay_least,
    )


def asked_by(reader: Reader) -> Answer:
    """Answer in short for a reader's loan and cash: this line alone, with nothing offered."""
    left = float(reader.cash.monthly)
    budget = Budget(max(left, 0.0), max(-left, 0.0), reader.cash.in_hand, reader.cash.since)
    there = Borrower((reader.loan,), budget, savings_rate=reader.savings_rate)
    found = answer(there)
    return Answer(in_short(there), found.figures, found.remark)
