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
from jiebei.answers.cheapest_money.reading import read as read_offers
from jiebei.compare.compare import Cash, Strategy
from jiebei.language.errors import JiebeiError
from jiebei.life.credit.tiers import Borrower
from jiebei.life.household.budget import Budget
from jiebei.life.shop.shop import Shop
from jiebei.life.shop.till import sweep
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer
from jiebei.units.days import iso

__all__ = ["EXAMPLES", "answers"]

# What the later notebooks begin with; a test holds these to be the same figures.
EXAMPLES: Mapping[str, Any] = {
    "grace_months": 3,
    "grace_interest": "billed",
    "thin_months": {"2027-01-01": 12_000, "2027-02-01": 12_000, "2027-03-01": 12_000},
    "needs": {"2026-12-01": 30_000, "2027-01-15": 10_000},
    "needed_months": 6,
    "coupons": [
        {"days": 30, "principal": 20_000, "use_by": "2026-12-31"},
        {"instalments": 6, "off": 0.2, "cap": 300},
    ],
    "subsidised_share": 0.0,
    "other_offers": [
        {"name": "card", "monthly_fee": 0.0049},
        {"name": "platform", "daily_rate": 0.0005, "off": 0.1},
        {"name": "family", "daily_rate": 0.0, "limit": 8_000},
    ],
    "reborrow_amount": 20_000,
    "reborrow_every": 4,
    "fallback_rate": 0.00065,
    "years_ahead": 3,
    "past_months": 6,
    "lenders": 2,
    "late_by_days": 5,
    "late_month": 6,
    "late_every": 4,
    "monthly_income": 12_000,
    "monthly_expenses": 7_000,
    "sales": [
        *(40_000, 110_000, 50_000, 25_000, 28_000, 32_000),
        *(28_000, 22_000, 25_000, 30_000, 35_000, 40_000),
    ],
    "goods_share": 0.62,
    "fixed_costs": 9_500,
    "customer_days": 15,
    "supplier_days": 30,
    "stock_days": 60,
    "till_reserve": 10_000,
    "season_months": 4,
    "shop_limit": 200_000,
}


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
        A key of `start_here.QUESTIONS` to the answer; where an example makes no sense for your
        loan, the answer says why.
    """
    of = EXAMPLES
    asked: dict[str, Callable[[], Answer]] = {
        "grace": lambda: grace.answer(
            loan,
            of["grace_months"],
            loan.start,
            of["grace_interest"],
            savings_rate,
            Cash(cash.in_hand, cash.monthly, cash.since, of["thin_months"]),
        ),
        "overdue": lambda: _overdue(loan, other_rate),
        "negotiate": lambda: _negotiate(loan, savings_rate),
        "cheapest": lambda: _cheapest(loan, savings_rate, cash),
        "tiers": lambda: _tiers(loan),
        "budget": lambda: budget.months.answer(
            ways, Budget(of["monthly_income"], of["monthly_expenses"], cash.in_hand, loan.start)
        ),
        "lenders": lambda: _lenders(loan),
        "business": lambda: _business(loan, cash.in_hand),
    }
    return {key: _or_why_not(ask) for key, ask in asked.items()}


def _or_why_not(ask: Callable[[], Answer]) -> Answer:
    try:
        return ask()
    except JiebeiError as refused:
        return Answer(str(refused), pd.DataFrame())


def _overdue(loan: Loan, other_rate: float) -> Answer:
    mine = overdue.fitted(loan, overdue.EXAMPLE)
    elsewhere = overdue.costs.Elsewhere(other_rate, mine.other_fee)
    return overdue.answer(loan, mine.late_instalment, mine.days_late, elsewhere)


def _negotiate(loan: Loan, savings_rate: float) -> Answer:
    mine = negotiate.fitted(loan, negotiate.EXAMPLE)
    debt = negotiate.debt.behind(loan, mine.late_instalment, mine.offer_on)
    means = negotiate.cash.means(debt, mine.cash_now, mine.surplus_now, mine.keep_back)
    return negotiate.answer(debt, negotiate.offers.ways(debt, mine.offers), means, savings_rate)


def _cheapest(loan: Loan, savings_rate: float, cash: Cash) -> Answer:
    of = EXAMPLES
    market = read_offers(
        of["needs"],
        of["needed_months"],
        str(loan.method),
        float(loan.daily_rate),
        of["coupons"],
        of["subsidised_share"],
        of["other_offers"],
        savings_rate,
        cash.in_hand,
        cash.monthly,
    )
    return cheapest_money.answer(market)


def _tiers(loan: Loan) -> Answer:
    of = EXAMPLES
    borrower = Borrower(
        float(loan.principal),
        int(loan.months),
        str(loan.method),
        loan.start,
        of["reborrow_amount"],
        of["reborrow_every"],
        of["past_months"],
        of["lenders"],
        of["fallback_rate"],
    )
    late = credit_tiers.histories(
        of["years_ahead"], of["late_by_days"], of["late_month"], of["late_every"]
    )
    return credit_tiers.answer(borrower, late)


def _lenders(loan: Loan) -> Answer:
    this_line = {
        "principal": float(loan.principal),
        "daily_rate": float(loan.daily_rate),
        "months": int(loan.months),
        "method": str(loan.method),
        "start": loan.start,
    }
    mine = many_lenders.fitted({**many_lenders.EXAMPLE, **this_line})
    return many_lenders.answer(many_lenders.owing(mine), mine.debt_budget)


def _business(loan: Loan, cash_in_hand: float) -> Answer:
    of = EXAMPLES
    shop = Shop(
        of["sales"],
        of["goods_share"],
        of["fixed_costs"],
        of["customer_days"],
        of["supplier_days"],
        of["stock_days"],
        iso(loan.terms["start"]),
    )
    terms = {"daily_rate": loan.daily_rate, "start": loan.start}

    def borrow(principal: float, **change: Any) -> dict[str, Strategy]:
        equal = Loan(principal, months=loan.months, **terms)
        interest_only = Loan(principal, months=loan.months, method="interest_only", **terms)
        later = change.pop("shop", shop)
        good_months = sweep(interest_only, later, cash_in_hand, of["till_reserve"], **change)
        once = Loan(principal, months=of["season_months"], method="bullet", **terms)
        ways = (equal, interest_only, good_months, once)
        return dict(zip(small_business.ways(), ways, strict=True))

    principal = float(loan.principal)
    limit = max(of["shop_limit"], principal)
    return small_business.answer(borrow, principal, shop, cash_in_hand, of["till_reserve"], limit)
