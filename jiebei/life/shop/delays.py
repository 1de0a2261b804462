"""How far a shop's cash bends: customers who pay late, and goods that lie longer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from jiebei.life.shop.shop import MOST_DAYS, Shop, last_day
from jiebei.life.shop.till import Strategy, cash_by_day, lowest
from jiebei.units.days import Ints

__all__ = ["EVERY_DELAY", "Borrow", "Limit", "beyond", "window"]

Borrow = Callable[..., Mapping[str, Strategy]]  # principal, daily_rate, late, longer to the ways

EVERY_DELAY = np.arange(MOST_DAYS + 1, dtype=np.int64)[:, None]


def window(shop: Shop, until: Any) -> Ints:
    """Return every day from the shop's first to the last."""
    return np.arange(shop.first_day, last_day(until, shop.first_day) + 1, dtype=np.int64)


class Limit(NamedTuple):
    """The most days that can be carried (-1: not even none), and when the next one breaks."""

    days: int
    runs_out: Any  # a date, None where nothing breaks within a year


def beyond(
    way: Strategy, shop: Shop, cash_in_hand: float, until: Any, change: str = "late"
) -> Limit:
    """Find how many days later customers may pay, or how much longer goods may lie.

    All of them are tried at once: more days never leave more cash on any day.

    Parameters
    ----------
    way : Loan or Plan
        One scenario, or one for each of 0 to 365 days where the plan follows the change.
    shop : Shop
    cash_in_hand : yuan
    until : date
        The last day on which the cash must suffice.
    change : {"late", "longer"}

    Examples
    --------
    >>> import jiebei as jb
    >>> shop = Shop([30_000] * 12, 0.6, 6_000, 10, 0, 0, "2026-12-01")
    >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> beyond(loan, shop, 0, "2027-12-01").days
    53
    """
    days = window(shop, until)
    least = lowest(cash_by_day(way, shop, cash_in_hand, days, **{change: EVERY_DELAY}), days)
    broken = least.fen < 0
    if not broken.any():
        return Limit(MOST_DAYS, None)
    first = int(broken.argmax())
    return Limit(first - 1, least.runs_out[first].astype("M8[D]"))
