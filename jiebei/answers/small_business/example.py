"""What the page comes with, and what of it is fitted to the loan that the reader types."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from jiebei.notebook.fit import Fit, begin, rounded_up

__all__ = ["EXAMPLE", "fitted"]

EXAMPLE: Mapping[str, Any] = MappingProxyType(
    {
        "principal": 50_000,
        "daily_rate": 0.0004,
        "months": 12,
        "start": "2026-12-01",
        "cash_in_hand": 25_000,
        "sales": [
            40_000,
            110_000,
            50_000,
            25_000,
            28_000,
            32_000,
            28_000,
            22_000,
            25_000,
            30_000,
            35_000,
            40_000,
        ],
        "goods_share": 0.62,
        "fixed_costs": 9_500,
        "customer_days": 15,
        "supplier_days": 30,
        "stock_days": 60,
        "customers_late": 30,
        "till_reserve": 10_000,
        "season_months": 4,
        "shop_limit": 200_000,
    }
)
ROOM = 1.2  # times what is borrowed


def fitted(typed: Mapping[str, Any]) -> Fit:
    """Fit the limit to the loan."""
    mine = begin(typed, EXAMPLE).still_example("sales", "sales")
    if not mine.own("shop_limit") and mine.shop_limit < mine.principal:
        mine = mine.take(shop_limit=rounded_up(ROOM * mine.principal))
    return mine
