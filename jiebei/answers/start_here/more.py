"""Which notebook answers my question? The later ones, at the examples that they come with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from jiebei.answers import (
    budget,
    cheapest_money,
    credit_tiers,
    grace,
    many_lenders,
    negotiate,
    overdue,
    small_business,
)
from jiebei.compare.compare import Cash, Strategy
from jiebei.language.errors import JiebeiError
from jiebei.language.words import passage
from jiebei.life.credit.tiers import Borrower
from jiebei.life.household.budget import Budget
from jiebei.life.offers.entered import read as read_offers
from jiebei.life.shop.shop import Shop
from jiebei.life.shop.till import sweep
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer
from jiebei.units.days import iso

__all__ = ["answers"]


def answers(
    loan: Loan, ways: Mapping[str, Strategy], savings_rate: float, other_rate: float, cash: Cash
) -> dict[str, Answer]:
    """Answer the questions of the later notebooks for your loan, at their examples.

    Parameters
    ----------
    loan : Loan
        As agreed, one scenario.
    ways : dict
        Name to loan or plan, what you could do with it; the first is to keep it.
    savings_rate, other_rate : decimal
        What your savings earn a year, and what money costs you elsewhere.
    cash : Cash
        In hand, and left each month.

    Returns
    -------
    dict
        A key of `start_here.QUESTIONS` to the answer. Each notebook fits its example to the loan
        by itself; where it makes no sense even so, the answer says why.
    """
    asked: dict[str, Callable[[], Answer]] = {
        "grace": lambda: _grace(loan, savings_rate, cash),
        "overdue": lambda: _overdue(loan, other_rate),
        "negotiate": lambda: _negotiate(loan, savings_rate),
        "cheapest": lambda: _cheapest(loan, savings_rate, cash),
        "tiers": lambda: _tiers(loan),
        "budget": lambda: _budget(loan, ways, cash),
        "lenders": lambda: _lenders(loan),
        "business": lambda: _business(loan, cash.in_hand),
    }
    return {key: _or_why_not(ask) for key, ask in asked.items()}


def _or_why_not(ask: Callable[[], Answer]) -> Answer:
    try:
        return ask()
    except JiebeiError as refused:
        return Answer(refused.words, pd.DataFrame())


def _with(example: Mapping[str, Any], loan: Loan) -> dict[str, Any]:
    """Return the example of a notebook with this loan typed into it."""
    typed = {
        "principal": float(loan.principal),
        "daily_rate": float(loan.daily_rate),
        "months": int(loan.months),
        "method": str(loan.method),
        "start": iso(loan.terms["start"]),
    }
    return {**example, **{name: value for name, value in typed.items() if name in example}}


def _grace(loan: Loan, savings_rate: float, cash: Cash) -> Answer:
    of = grace.EXAMPLE
    loan = loan.but(grace_days=of["grace_days"], penalty_multiple=of["penalty_multiple"])
    mine = grace.fitted(loan, _with(of, loan))
    if mine.left_out:  # no grace is to be had for this loan
        return Answer(passage(mine.left_out), pd.DataFrame())
    means = grace.terms.cash(cash.in_hand, cash.monthly, cash.since, mine.thin_months)
    months, interest = mine.grace_months, mine.grace_interest
    return grace.answer(loan, months, loan.start, interest, savings_rate, means)


def _overdue(loan: Loan, other_rate: float) -> Answer:
    mine = overdue.fitted(loan, _with(overdue.EXAMPLE, loan))
    elsewhere = overdue.Elsewhere(other_rate, mine.other_fee)
    return overdue.answer(loan, mine.late_instalment, mine.days_late, elsewhere)


def _negotiate(loan: Loan, savings_rate: float) -> Answer:
    mine = negotiate.fitted(loan, _with(negotiate.EXAMPLE, loan))
    debt = negotiate.behind(loan, mine.late_instalment, mine.offer_on)
    means = negotiate.means(debt, mine.cash_now, mine.surplus_now, mine.keep_back)
    return negotiate.answer(debt, negotiate.offers.ways(debt, mine.offers), means, savings_rate)


def _cheapest(loan: Loan, savings_rate: float, cash: Cash) -> Answer:
    mine = cheapest_money.fitted(_with(cheapest_money.EXAMPLE, loan))
    market = read_offers(
        mine.needs,
        mine.needed_months,
        mine.method,
        mine.daily_rate,
        mine.coupons,
        mine.subsidised_share,
        mine.other_offers,
        savings_rate,
        cash.in_hand,
        cash.monthly,
    )
    return cheapest_money.answer(market)


def _tiers(loan: Loan) -> Answer:
    typed = _with(credit_tiers.EXAMPLE, loan)
    names = [
        *("principal", "months", "method", "start", "reborrow_amount", "reborrow_every"),
        *("past_months", "lenders", "fallback_rate", "penalty_multiple"),
    ]
    borrower = Borrower(*(typed[name] for name in names))
    mine = credit_tiers.fitted(borrower, typed)
    late = credit_tiers.histories(
        mine.years_ahead, mine.late_by_days, mine.late_month, mine.late_every
    )
    return credit_tiers.answer(borrower, late)


def _budget(loan: Loan, ways: Mapping[str, Strategy], cash: Cash) -> Answer:
    of = budget.EXAMPLE
    household = Budget(of["monthly_income"], of["monthly_expenses"], cash.in_hand, loan.start)
    return budget.months.answer(ways, household)


def _lenders(loan: Loan) -> Answer:
    mine = many_lenders.fitted(_with(many_lenders.EXAMPLE, loan))
    return many_lenders.answer(many_lenders.owing(mine), mine.debt_budget)


def _business(loan: Loan, cash_in_hand: float) -> Answer:
    mine = small_business.fitted(_with(small_business.EXAMPLE, loan))
    shop = Shop(
        mine.sales,
        mine.goods_share,
        mine.fixed_costs,
        mine.customer_days,
        mine.supplier_days,
        mine.stock_days,
        mine.start,
    )
    terms = {"daily_rate": mine.daily_rate, "start": mine.start}

    def borrow(principal: float, **change: Any) -> dict[str, Strategy]:
        equal = Loan(principal, months=mine.months, **terms)
        interest_only = Loan(principal, months=mine.months, method="interest_only", **terms)
        later = change.pop("shop", shop)
        good_months = sweep(interest_only, later, cash_in_hand, mine.till_reserve, **change)
        once = Loan(principal, months=mine.season_months, method="bullet", **terms)
        ways = (equal, interest_only, good_months, once)
        return dict(zip(small_business.ways(), ways, strict=True))

    reserve, limit = mine.till_reserve, mine.shop_limit
    return small_business.answer(borrow, mine.principal, shop, cash_in_hand, reserve, limit)
