"""Which loan a shop carries: the least and the most, to the yuan, and the way out."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from jiebei.language.words import Text, Words, passage
from jiebei.life.shop.carried_loans import carried_loans
from jiebei.life.shop.delays import Borrow, window
from jiebei.life.shop.shop import Shop
from jiebei.life.shop.till import Strategy, cash_by_day, lowest
from jiebei.notebook.answer import Answer

__all__ = ["way_out"]


def _one_way(borrow: Borrow, name: Any, late: int, principal: Any) -> Strategy:
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
    note = Words("answer.small_business.loans_note")
    return Answer(_loans(table, principal, shop_limit, late), table, note)


def _loans(table: pd.DataFrame, principal: float, shop_limit: int, late: int) -> Text:
    """Say which loans are carried in the first way, and what helps where the planned one is not."""
    row = table.iloc[0]
    low, high, own = row["carried_from"], row["carried_to"], row["own_missing"]
    named = Words("answer.small_business.name_late", name=row.name, days=late)
    fields = {
        "name": named if late else row.name,
        "low": low,
        "high": high,
        "principal": principal,
        "own": own,
    }
    if np.isnan(low):
        key = "none"
    elif high == 0:
        key = "only_without"
    elif high >= shop_limit:
        key = "any" if low == 0 else "from"
    else:
        key = "up_to" if low == 0 else "range"
    parts = [Words(f"answer.small_business.loans_{key}", **fields)]
    if own > 0:
        parts.append(Words("answer.small_business.loans_own", **fields))
    return passage(parts)
