"""Which loan a shop carries: the least and the most, to the yuan, and the way out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from jiebei.answers.small_business.limits import Borrow, window
from jiebei.language.errors import JiebeiError
from jiebei.language.words import count, headline_yuan, say, sentence, sentences
from jiebei.life.shop.shop import MOST_DAYS, Shop
from jiebei.life.shop.till import Strategy, cash_by_day, lowest
from jiebei.loan.terms import MOST_MONTHS
from jiebei.notebook.answer import Answer
from jiebei.units.days import Ints
from jiebei.units.reading import money, whole_number

__all__ = ["carried_loans", "way_out", "within"]

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
    one = 1 if without and least_cash(np.array([1]))[0] >= 0 else _one(least_cash, most)
    if one is None:
        return (0, 0) if without else None
    low = 0 if without else _edge(least_cash, one, 0)
    all_of_it = least_cash(np.array([most]))[0] >= 0
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


def _one_way(borrow: Borrow, name: str, late: int, principal: Any) -> Strategy:
    return borrow(principal, late=late)[name]


def way_out(
    borrow: Borrow,
    principal: float,
    shop: Shop,
    cash_in_hand: float,
    until: Any,
    shop_limit: int,
    late: int = 0,
) -> Answer:
    """Show which loans each way carries, and how much of one's own the planned loan takes.

    Parameters
    ----------
    borrow : callable
        `borrow(principal)` returns the ways to repay.
    principal, shop, cash_in_hand, until, late
        As before.
    shop_limit : yuan
        The most that can be borrowed.
    """
    days, rows = window(shop, until), {}
    for name, planned in borrow(principal, late=late).items():
        way = partial(_one_way, borrow, name, late)
        found = carried_loans(way, shop, cash_in_hand, until, shop_limit, late)
        least = lowest(cash_by_day(planned, shop, cash_in_hand, days, late), days).fen.item() / 100
        low, high = found or (np.nan, np.nan)
        missing = max(0.0, -least)
        rows[name] = {"carried_from": low, "carried_to": high, "own_missing": missing}
    table = pd.DataFrame.from_dict(rows, orient="index", dtype=float).rename_axis("strategy")
    note = say("answer.small_business.loans_note")
    return Answer(_loans(table, principal, shop_limit, late), table, note)


def _loans(table: pd.DataFrame, principal: float, shop_limit: int, late: int) -> str:
    """Say which loans are carried in the first way, and what helps where the planned one is not."""
    row = table.iloc[0]
    low, high, own = row["carried_from"], row["carried_to"], row["own_missing"]
    named = say("answer.small_business.name_late", name=row.name, days=count(late, "day"))
    fields = {
        "name": named if late else row.name,
        "low": headline_yuan(low),
        "high": headline_yuan(high),
        "principal": headline_yuan(principal),
        "own": headline_yuan(own),
    }
    if np.isnan(low):
        key = "none"
    elif high == 0:
        key = "only_without"
    elif high >= shop_limit:
        key = "any" if low == 0 else "from"
    else:
        key = "up_to" if low == 0 else "range"
    parts = [say(f"answer.small_business.loans_{key}", **fields)]
    if own > 0:
        parts.append(say("answer.small_business.loans_own", **fields))
    return sentences([sentence(each) for each in parts])
