"""Which loans a shop's cash carries: the least and the most, to the yuan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from jiebei.language.errors import JiebeiError
from jiebei.life.shop.delays import window
from jiebei.life.shop.shop import MOST_DAYS, Shop
from jiebei.life.shop.till import Strategy, cash_by_day, lowest
from jiebei.loan.terms import MOST_MONTHS
from jiebei.units.days import Ints
from jiebei.units.reading import money, whole_number

__all__ = ["carried_loans", "within"]

POINTS = 450  # loans tried at once


def within(
    principal: float, shop_limit: float, customers_late: int = 0, season_months: int = 1
) -> None:
    """Refuse to borrow more than the line holds, a delay of over a year, and what is no term.

    Examples
    --------
    >>> within(50_000, 40_000)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    jiebei.JiebeiError: principal=50,000: your line goes up to 40,000; ...
    """
    money(shop_limit, "shop_limit")
    whole_number(customers_late, "customers_late", 0, MOST_DAYS)
    whole_number(season_months, "season_months", 1, MOST_MONTHS)
    if principal > shop_limit:
        raise JiebeiError("error.shop_limit", principal=principal, limit=shop_limit)


def carried_loans(
    way: Callable[[Any], Strategy],
    shop: Shop,
    cash_in_hand: float,
    until: Any,
    most: int,
    late: int = 0,
) -> tuple[int, int] | None:
    """Find the least and the most whole yuan to borrow so that the cash never runs out.

    A loan brings cash on its first day and takes it later, so both too little and too much can
    break the shop. The lowest cash is concave in the principal, but for the rounding of a few fen:
    loans that are carried lie side by side, and ever finer grids find both ends.

    Parameters
    ----------
    way : callable
        A principal, or an array of them, to the loan.
    shop, cash_in_hand, until
        As for `beyond`.
    most : yuan
        The most that can be borrowed, whole yuan of 1 or more.
    late : int
        Days that customers pay later.

    Returns
    -------
    (least, most) in yuan, or None where no loan is carried. A least of 0: it goes without one.
    """
    days = window(shop, until)

    def least_cash(principals: Ints) -> Ints:
        return lowest(cash_by_day(way(principals), shop, cash_in_hand, days, late), days).fen

    without = shop.available(days, late).min() + round(cash_in_hand * 100) >= 0
    one = 1 if without and least_cash(np.array([1], np.int64))[0] >= 0 else _one(least_cash, most)
    if one is None:
        return (0, 0) if without else None
    low = 0 if without else _edge(least_cash, one, 0)
    all_of_it = least_cash(np.array([most], np.int64))[0] >= 0
    return low, most if all_of_it else _edge(least_cash, one, most)


def _one(least_cash: Callable[[Ints], Ints], most: int) -> int | None:
    """Return a loan that is carried, if there is one."""
    low, high = 1, most
    while True:
        tried = _between(low, high)
        cash = least_cash(tried)
        best = int(cash.argmax())
        if cash[best] >= 0:
            return int(tried[best])
        if high - low < POINTS:
            return None
        low, high = int(tried[max(best - 1, 0)]), int(tried[min(best + 1, tried.size - 1)])


def _edge(least_cash: Callable[[Ints], Ints], good: int, bad: int) -> int:
    """Return the last loan that is carried on the way to one that is not."""
    while abs(bad - good) > 1:
        tried = _between(*sorted((good, bad)))[1:-1]
        tried = tried if bad > good else tried[::-1]
        broken = np.flatnonzero(least_cash(tried) < 0)
        first = int(broken[0]) if broken.size else tried.size
        good, bad = (
            int(tried[first - 1]) if first else good,
            int(tried[first]) if first < tried.size else bad,
        )
    return good


def _between(low: int, high: int) -> Ints:
    return np.unique(np.rint(np.linspace(low, high, POINTS)).astype(np.int64))
