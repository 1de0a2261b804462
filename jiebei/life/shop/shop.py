"""A shop's cash: when customers pay, when suppliers and the rent want theirs.

A season is a list of monthly sales, spread evenly over the days of each month. What is sold by a
day is a curve; what is paid for it is the same curve moved in time: to the right by the days that
customers take, to the left by the days that goods lie before they sell, less the days that
suppliers give. So nothing is estimated month by month, and no fen gets lost.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from jiebei.language.errors import JiebeiError
from jiebei.units.days import MISSING, Ints, as_days, day_of_month, due_date, iso, month_of
from jiebei.units.fen import RATE_SCALE, divided
from jiebei.units.reading import money, share, whole_number

__all__ = ["MOST_DAYS", "Shop", "last_day"]

MOST_DAYS = 365  # that customers take, suppliers give, or goods lie
BEFORE, AFTER = 36, 108  # months kept around the list: 3 x 365 days before, a loan and more after
MILLION = 10**6  # shares of the cost of goods are kept to a millionth: more would not fit int64


@dataclass(frozen=True, eq=False)
class Shop:
    """Describe a shop (店铺): what it sells each month, and when money comes and goes.

    Attributes
    ----------
    sales : list of yuan
        Sales a calendar month, the first for the month of `start`: 12 figures or 24, 36, ...
        Before them lie years like the first one, after them years like the last one.
    goods_share : decimal
        Cost of goods as a share of sales (进货成本率), 0 to 1.
    fixed_costs : yuan
        Rent, wages, taxes and what the owner lives on, paid on the first of each month.
    customer_days : int
        Days that customers take to pay (应收账款周转天数), 0 to 365.
    supplier_days : int
        Days that suppliers give (应付账款周转天数), 0 to 365.
    stock_days : int
        Days that goods lie before they sell (存货周转天数), 0 to 365.
    start : date
        The day from whose end on cash is counted.

    Raises
    ------
    JiebeiError
        For anything outside its range, or a list of sales that is not whole years.

    Notes
    -----
    Through a day t, counted from the end of `start`, with S(t) sold and G(t) the cost of it:
    received S(t - customer_days), paid for goods G(t + stock_days - supplier_days), both less their
    value at `start`. The three days are those of the cash conversion cycle (现金周转期):
    stock_days + customer_days - supplier_days. S and G are rounded half up to the fen each day.

    Examples
    --------
    >>> shop = Shop([3_100] * 12, 0.5, 1_000, 0, 30, 30, "2026-12-01")
    >>> day = np.array([as_days("2027-01-01", "day")[0]])
    >>> shop.received(day) / 100, shop.paid_for_goods(day) / 100, shop.paid_fixed(day) / 100
    (array([3100.]), array([1550.]), array([1000.]))
    """

    sales: Any
    goods_share: float
    fixed_costs: float
    customer_days: int
    supplier_days: int
    stock_days: int
    start: Any
    first_day: int = field(init=False)
    sold_a_month: Ints = field(init=False, repr=False)
    used_a_month: Ints = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Check the figures and lay the years around them."""
        sales = money(self.sales, "sales", zero=True)
        if sales.ndim != 1 or not sales.size or sales.size % 12:
            raise JiebeiError("error.sales", figures=sales.size)
        for name in ("customer_days", "supplier_days", "stock_days"):
            whole_number(getattr(self, name), name, 0, MOST_DAYS)
        money(self.fixed_costs, "fixed_costs", zero=True)
        start, after_drawdown = as_days(self.start, "start")
        if after_drawdown or start.ndim or start == MISSING:
            raise JiebeiError("error.give_a_date", name="start", value=self.start)
        part = divided(share(self.goods_share, "goods_share"), RATE_SCALE // MILLION)
        used = divided(sales * part, MILLION)
        object.__setattr__(self, "first_day", int(start))
        object.__setattr__(self, "sold_a_month", _with_years_around(sales))
        object.__setattr__(self, "used_a_month", _with_years_around(used))

    # What has moved through the end of each day, in fen since `start` --------------------------

    def received(self, days: Any, late: Any = 0) -> Ints:
        """Return what customers have paid; from `start` on each pays `late` days later."""
        since = self.first_day - self.customer_days
        longer = whole_number(late, "late", 0, MOST_DAYS)
        until = np.maximum(np.asarray(days) - self.customer_days - longer, since)
        return self._sold(until) - self._sold(since)

    def paid_for_goods(self, days: Any, longer: Any = 0) -> Ints:
        """Return what suppliers have got; from `start` on goods lie `longer` days.

        Suppliers who want their money so many days sooner come to the same.
        """
        ahead = self.stock_days - self.supplier_days
        since = self.first_day + ahead
        more = whole_number(longer, "longer", 0, MOST_DAYS)
        until = np.maximum(np.asarray(days) + ahead + more, since)
        return self._used(until) - self._used(since)

    def paid_fixed(self, days: Any) -> Ints:
        """Return the fixed costs paid, on the first of each month after `start`."""
        months = month_of(days) - month_of(self.first_day)
        return np.asarray(months * money(self.fixed_costs, "fixed_costs", zero=True))

    def available(self, days: Any, late: Any = 0, longer: Any = 0) -> Ints:
        """Return the cash available for debt service (可用于还债的现金, CFADS), summed up.

        What customers have paid, less goods, less fixed costs; `late` and `longer` broadcast.
        """
        costs = self.paid_for_goods(days, longer) + self.paid_fixed(days)
        return self.received(days, late) - costs

    def owed_by_customers(self, days: Any, late: Any = 0) -> Ints:
        """Return what customers owe at the end of each day (应收账款), in fen."""
        at_first = self._sold(self.first_day) - self._sold(self.first_day - self.customer_days)
        return at_first + self.sold(days) - self.received(days, late)

    def balances(self, until: Any) -> bool:
        """Tell whether what customers owe on a day is what they owed, plus sold, less received."""
        day = last_day(until, self.first_day)
        owed = self._sold(day) - self._sold(day - self.customer_days)
        return bool(owed == self.owed_by_customers(day))

    def sold(self, days: Any) -> Ints:
        """Return what was sold since `start`, in fen."""
        return self._sold(days) - self._sold(self.first_day)

    def _sold(self, days: Any) -> Ints:
        return _through(self.sold_a_month, month_of(self.first_day) - BEFORE, days)

    def _used(self, days: Any) -> Ints:
        return _through(self.used_a_month, month_of(self.first_day) - BEFORE, days)

    def __repr__(self) -> str:
        """Show the shop in a line."""
        sales = pd.Series(self.sales)
        return f"Shop(sales of {sales.sum():,.0f} in {len(sales)} months, from {self.start})"


def last_day(until: Any, first: int) -> int:
    """Read the last day that is looked at, the shop's first or a later one.

    Examples
    --------
    >>> last_day("2026-11-01", 20_788)
    Traceback (most recent call last):
        ...
    jiebei.JiebeiError: until=2026-11-01: the shop begins on 2026-12-01; give that day or a later \
one.
    """
    days, after_drawdown = as_days(until, "until")
    if after_drawdown or days.ndim or days == MISSING:
        raise JiebeiError("error.give_a_date", name="until", value=until)
    if days < first:
        raise JiebeiError("error.shop_until", until=iso(days), first=iso(first))
    return int(days)


def _with_years_around(figures: Ints) -> Ints:
    return np.concatenate(
        [np.tile(figures[:12], BEFORE // 12), figures, np.tile(figures[-12:], AFTER // 12)]
    )


def _through(figures: Ints, first: Any, days: Any) -> Ints:
    """Return the sum of monthly figures through the end of each day.

    Each month is spread evenly over its days, rounded half up; at its end it is whole.
    """
    month = month_of(days)
    place = month - first
    beyond = (place < 0) | (place >= len(figures))
    if np.any(beyond):
        ends = [
            due_date(first, 1),
            due_date(first + len(figures) - 1, 31),
            np.extract(beyond, days)[0],
        ]
        shown = dict(zip(("first", "last", "day"), map(iso, ends), strict=True))
        raise JiebeiError("error.shop_far", **shown)
    length = day_of_month(due_date(month, 31))
    before = np.concatenate([[0], np.cumsum(figures)])[place]
    return np.asarray(before + divided(figures[place] * day_of_month(days), length))
