"""The cash in a shop's till, day by day: what the shop leaves, what the loan brings and takes."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from jiebei.language.errors import JiebeiError
from jiebei.life.shop.shop import Shop, last_day
from jiebei.loan.loan import Loan
from jiebei.loan.plan import Strategy
from jiebei.units.days import Ints, day_of_month, due_date, iso, month_of
from jiebei.units.reading import money

__all__ = [
    "Lowest",
    "Strategy",
    "cash_by_day",
    "day_numbers",
    "due_days",
    "lowest",
    "sweep",
    "within",
]


def due_days(start: int, until: Any) -> Ints:
    """Return the ends of the months of a loan from its drawdown on, the last one at `until`.

    Examples
    --------
    >>> due_days(20_820, "2027-03-01").astype("M8[D]").tolist()[-1]
    datetime.date(2027, 3, 1)
    """
    last = last_day(until, start)
    months = np.arange(1, int(month_of(last) - month_of(start)) + 1, dtype=np.int64)
    ends = due_date(month_of(start) + months, day_of_month(start))
    return np.append(ends[ends < last], last)


def cash_by_day(
    strategy: Strategy, shop: Shop, in_hand: Any, days: Ints, late: Any = 0, longer: Any = 0
) -> Ints:
    """Return the cash in the till at the end of each day (账上现金), in fen.

    Parameters
    ----------
    strategy : Loan or Plan
        Its scenarios go before the axis of the days, and broadcast with `late` and `longer`.
    shop : Shop
    in_hand : yuan
        The owner's money at the end of the first day, beside what is drawn.
    days : array
        Days since 1970-01-01, the shop's first day or later.
    late, longer : int or array
        Days that customers pay later, or goods lie longer; arrays end in an axis of length 1.

    Notes
    -----
    cash = in hand + drawn - paid to the lender + received - paid for goods - fixed costs, each a
    sum of whole fen: none gets lost.
    """
    within(strategy, shop)
    flows = strategy.cashflows(["loan", "date", "drawn", "payment"])
    moved = np.zeros((int(np.prod(strategy.shape)), days.size + 1), np.int64)
    fen = np.rint((flows["drawn"] - flows["payment"]).to_numpy() * 100).astype(np.int64)
    place = np.searchsorted(days, day_numbers(flows["date"]))
    np.add.at(moved, (strategy.scenario_of(flows), place), fen)
    held = moved[:, :-1].cumsum(axis=1).reshape(*strategy.shape, days.size)
    return np.asarray(
        money(in_hand, "cash_in_hand", zero=True) + held + shop.available(days, late, longer)
    )


def within(strategy: Strategy, shop: Shop) -> None:
    """Refuse a loan that is drawn before the shop's first day.

    Examples
    --------
    >>> shop = Shop([3_100] * 12, 0.5, 1_000, 0, 30, 30, "2027-01-01")
    >>> within(Loan(5_000, daily_rate=0.0004, months=12, start="2021-01-01"), shop)
    Traceback (most recent call last):
        ...
    jiebei.JiebeiError: the loan is drawn on 2021-01-01, before the shop's first day, 2027-01-01: \
the till knows nothing of the days before; let both start on the same day.
    """
    drawn = int(day_numbers(strategy.cashflows(["date"])["date"]).min())
    if drawn < shop.first_day:
        raise JiebeiError("error.shop_drawn", drawn=iso(drawn), first=iso(shop.first_day))


class Lowest(NamedTuple):
    """The least cash in fen, the first day of it, the first day below zero (0: there is none)."""

    fen: Ints
    day: Ints
    runs_out: Ints


def lowest(cash: Ints, days: Ints) -> Lowest:
    """Return the lowest cash along the last axis, when that is, and when it runs out.

    Examples
    --------
    >>> lowest(np.array([[500, -100, -300], [5, 4, 6]]), np.array([7, 8, 9]))
    Lowest(fen=array([-300,    4]), day=array([9, 8]), runs_out=array([8, 0]))
    """
    out = cash < 0
    runs_out = np.where(out.any(axis=-1), days[out.argmax(axis=-1)], 0)
    return Lowest(cash.min(axis=-1), days[cash.argmin(axis=-1)], runs_out[()])


def sweep(
    loan: Loan, shop: Shop, in_hand: Any, reserve: Any, late: Any = 0, longer: Any = 0
) -> Loan:
    """Repay on every due date what no later day needs (旺季多还, a cash sweep).

    The cash of each later day but the last stays at the reserve or above: on a due date goes what
    has become spare since the one before. What the repayments save in interest is left in the till.

    Parameters
    ----------
    loan : Loan
        One with interest only, due on the same days in all its scenarios.
    shop : Shop
    in_hand, reserve : yuan
        The owner's money on the first day; what shall always stay in the till.
    late, longer : int or array
        As for `cash_by_day`; arrays make as many plans.

    Examples
    --------
    >>> import jiebei as jb
    >>> shop = Shop([30_000] * 12, 0.6, 6_000, 0, 0, 0, "2026-12-01")
    >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=3, method="interest_only",
    ...     start="2026-12-01")
    >>> sweep(loan, shop, 10_000, 60_000).cashflows(["date", "event", "closing"])
            date       event   closing
    0 2026-12-01        draw  50000.00
    1 2027-01-01  instalment  50000.00
    2 2027-01-01  prepayment  44620.00
    3 2027-02-01  instalment  44620.00
    4 2027-02-01  prepayment  39198.52
    5 2027-03-01  instalment      0.00
    """
    ends = _due_dates(loan)
    days = np.arange(shop.first_day, ends[-1], dtype=np.int64)
    spare = cash_by_day(loan, shop, in_hand, days, late, longer)
    spare = spare - money(reserve, "reserve", zero=True)
    spare = np.minimum.accumulate(spare[..., ::-1], axis=-1)[..., ::-1]
    spare = np.maximum(spare[..., ends[:-1] - shop.first_day], 0)
    extra = np.diff(spare, prepend=0)
    for place, end in enumerate(ends[:-1]):
        if extra[..., place].any():
            on = np.int64(end).astype("M8[D]")
            loan = loan.pay_extra(extra[..., place] / 100, on=on)
    return loan


def _due_dates(loan: Loan) -> Ints:
    """Return the days on which instalments fall due, alike in all scenarios."""
    terms = {name: np.ravel(loan.terms[name])[0] for name in ("anchor", "due_day", "instalments")}
    return due_date(
        terms["anchor"] + np.arange(1, terms["instalments"] + 1, dtype=np.int64), terms["due_day"]
    )


def day_numbers(dates: pd.Series[Any]) -> Ints:
    """Return dates as days since 1970-01-01."""
    return dates.to_numpy().astype("M8[D]").astype(np.int64)
