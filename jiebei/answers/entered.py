"""Check what was entered in a notebook, and say what is wrong under the names of its cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from jiebei.agreements import INTEREST
from jiebei.budget import check_amount
from jiebei.calendar import MISSING, as_days, iso
from jiebei.checks import choices, money, rate, share, whole_number
from jiebei.debts import KINDS
from jiebei.errors import JiebeiError
from jiebei.facts import facts
from jiebei.loan import Loan
from jiebei.optimise import day_of, owed
from jiebei.orders import ORDERS
from jiebei.terms import (
    METHODS,
    MOST_DAYS_LATE,
    MOST_GRACE_DAYS,
    MOST_MONTHS,
    MOST_MULTIPLE,
    PENALTY_ON,
)
from jiebei.words import day, say, yuan

__all__ = ["RULES", "check", "day_in_life", "in_order", "repayment"]

# What a parameter may be, by its name: it has the same one in every notebook --------------------


def _date(value: Any, name: str) -> None:
    days, _ = as_days(value, name)
    if days.ndim or days == MISSING:
        raise JiebeiError(say("error.give_a_date", name=name, value=value))


def _who(value: Any, name: str) -> None:
    choices(value, name, list(facts("shocks")["who"].unique()))


def _kind(value: Any, name: str, kind: type, example: str) -> None:
    if not isinstance(value, kind):
        raise JiebeiError(say("error.entered_kind", name=name, value=repr(value), example=example))


def _rows(value: Any, name: str, example: str) -> None:
    _kind(value, name, list, example)
    for each in value:
        _kind(each, name, dict, example)


def _whole(least: int, most: int) -> Callable[[Any, str], object]:
    return partial(whole_number, least=least, most=most)


def _one_of(known: Sequence[str]) -> Callable[[Any, str], object]:
    return partial(choices, known=known)


_DATES: tuple[str, ...] = (
    "start",
    "as_of",
    "repay_on",
    "extend_on",
    "reborrow_on",
    "free_by",
    "holiday_on",
)
_DATES += ("offer_on", "limit_cut_on")
_MORE_THAN_NOTHING = ("principal", "debt_budget")
_DAILY_RATES = ("daily_rate", "reborrow_rate", "fallback_rate", "extend_rate_rise")
_SHARES: tuple[str, ...] = (
    "savings_rate",
    "other_rate",
    "coupon_off",
    "limit_lost",
    "subsidised_share",
)
_SHARES += ("restore_chance", "bad_drop", "accepted", "goods_share")
_YUAN: tuple[str, ...] = (
    "repay_amount",
    "reborrow_amount",
    "cash_then",
    "surplus_then",
    "cash_in_hand",
)
_YUAN += ("monthly_surplus", "what_if_fee", "save_goal", "extend_fee", "can_pay", "other_fee")
_YUAN += ("short_cash", "later_cash", "cash_now", "surplus_now", "keep_back", "limit_cut_to")
_YUAN += ("line_limit", "take_home_pay", "own_money", "fixed_costs", "till_reserve", "shop_limit")
_A_MONTH = ("monthly_income", "monthly_expenses", "other_loans", "shop_income", "shop_expenses")
_TERMS = ("months", "reborrow_months", "needed_months", "new_loan_months")
_WHOLE = {
    **dict.fromkeys(("ask_months", "roll_months", "season_months"), (1, MOST_MONTHS)),
    **dict.fromkeys(("reborrow_every", "late_every"), (1, MOST_MONTHS)),
    **dict.fromkeys(("extend_months", "grace_months", "bad_months"), (0, MOST_MONTHS)),
    **dict.fromkeys(("days_late", "accelerate_after", "restore_days"), (0, MOST_DAYS_LATE)),
    **dict.fromkeys(("customer_days", "supplier_days", "stock_days", "customers_late"), (0, 365)),
    "late_instalment": (0, MOST_MONTHS),
    "grace_days": (0, MOST_GRACE_DAYS),
    "coupon_days": (0, MOST_DAYS_LATE),
    "short_months": (0, 36),
    "years_ahead": (1, 5),
    "late_month": (1, MOST_MONTHS),
    "past_months": (1, 120),
    "lenders": (1, 20),
    "late_by_days": (0, 90),
    "payday": (1, 31),
    "households": (1, 200_000),
    "seed": (0, 2**32 - 1),
}
_CHOICES = {
    "method": METHODS,
    "grace_interest": INTEREST,
    "penalty_on": PENALTY_ON,
    "order": ("cheapest", *ORDERS),
}
_DEBT = f'[{{"name": "card", "kind": "{KINDS[1]}", "balance": 18_000, "daily_rate": 0.0005}}]'
_LISTS = {
    "offered": '["equal_instalment", "interest_only"]',
    "sales": "[40_000] * 12",
}
_ROWS = {
    "late_loans": '[{"name": "A", "principal": 20_000, "daily_rate": 0.0005, "months": 12}]',
    "coupons": '[{"name": "30 days free", "days": 30}]',
    "other_offers": '[{"name": "bank", "yearly_rate": 0.06}]',
    "other_debts": _DEBT,
}
_BY_NAME = {
    "need": '{"2027-06-01": 20_000}',
    "needs": '{"2026-12-01": 30_000}',
    "thin_months": '{"2027-01-01": 12_000}',
    "offers": '{"longer": {"months": 24}}',
    "chance": '{"job loss": 0.02}',
}

_SEVERAL = {*_A_MONTH, *_LISTS, *_ROWS, *_BY_NAME}

RULES: Mapping[str, Callable[[Any, str], object]] = {
    **dict.fromkeys(_DATES, _date),
    **dict.fromkeys(_MORE_THAN_NOTHING, money),
    **dict.fromkeys(_YUAN, partial(money, zero=True)),
    **dict.fromkeys(_A_MONTH, check_amount),
    **dict.fromkeys(_DAILY_RATES, rate),
    **dict.fromkeys(_SHARES, share),
    **dict.fromkeys(_TERMS, partial(whole_number, least=1, most=MOST_MONTHS, rule="error.months")),
    "who": _who,
    "prepay_fee_rate": partial(share, most=0.1),
    "penalty_multiple": partial(share, most=MOST_MULTIPLE),
    **{name: _whole(*ends) for name, ends in _WHOLE.items()},
    **{name: _one_of(known) for name, known in _CHOICES.items()},
    **{name: partial(_kind, kind=list, example=each) for name, each in _LISTS.items()},
    **{name: partial(_rows, example=each) for name, each in _ROWS.items()},
    **{name: partial(_kind, kind=dict, example=each) for name, each in _BY_NAME.items()},
}


def check(given: Mapping[str, Any]) -> None:
    """Refuse parameters that are none (检查参数), before anything is worked out from them.

    Parameters
    ----------
    given : dict
        Name to value; names without a rule are passed over, so `globals()` will do.

    Raises
    ------
    JiebeiError
        With the name of the first parameter that is wrong, its value, and what it may be.

    Examples
    --------
    >>> check({"principal": 50_000, "extend_months": -1})
    Traceback (most recent call last):
        ...
    jiebei.errors.JiebeiError: extend_months=-1: a whole number from 0 to 60.
    """
    for name, rule in RULES.items():
        if name not in given:
            continue
        value = given[name]
        several = hasattr(value, "__len__") and not isinstance(value, str | dict)
        if several and name not in _SEVERAL:
            raise JiebeiError(say("error.entered_one", name=name))
        rule(value, name)


# What goes together -------------------------------------------------------------------------


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


def in_order(repay_on: Any, reborrow_on: Any) -> None:
    """Refuse to borrow again before anything is repaid.

    Examples
    --------
    >>> in_order("2027-03-01", "2027-02-01")
    Traceback (most recent call last):
        ...
    jiebei.errors.JiebeiError: reborrow_on=2027-02-01: you repay on 2027-03-01; choose a later day.
    """
    repay = int(as_days(repay_on, "repay_on")[0])
    again = int(as_days(reborrow_on, "reborrow_on")[0])
    if again < repay:
        raise JiebeiError(say("error.reborrow_on", again=iso(again), repay=iso(repay)))
