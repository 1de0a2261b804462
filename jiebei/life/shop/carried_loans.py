"""Which loans a shop's cash carries: the least and the most, to the yuan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jiebei.compare.goals import least
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
    loans that are carried lie side by side, and have two ends.

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
    low, cash = least(least_cash, 1, most, 0, POINTS)
    if cash < 0:
        return (0, 0) if without else None
    high = -least(lambda negative: least_cash(-negative), -most, -1, 0, POINTS)[0]
    return 0 if without else low, high
