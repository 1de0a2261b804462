"""What the page comes with, and what of it is fitted to the loan that the reader types."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from jiebei.answers.shared.example import LOAN, Reader, without
from jiebei.answers.small_business.verdict import answer, ways
from jiebei.compare.compare import Strategy
from jiebei.language.words import Words
from jiebei.life.shop.shop import Shop
from jiebei.life.shop.till import sweep
from jiebei.notebook.answer import Answer
from jiebei.notebook.fit import Fit, begin, rounded_up

__all__ = ["EXAMPLE", "asked_by", "fitted"]

EXAMPLE: Mapping[str, Any] = MappingProxyType(
    {
        **without(LOAN, "method"),
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
    mine = begin(typed, EXAMPLE)
    mine = mine.leave_out(mine.supposed("fit.example_sales", "sales"))
    if not mine.own("shop_limit") and mine.shop_limit < mine.principal:
        mine = mine.take(shop_limit=rounded_up(ROOM * mine.principal))
    return mine


def asked_by(reader: Reader) -> Answer:
    """Answer for a reader's loan and cash, with the shop of the example."""
    mine, own = fitted(reader.typed_into(EXAMPLE)), reader.cash.in_hand
    shop = Shop(
        mine.sales,
        mine.goods_share,
        mine.fixed_costs,
        mine.customer_days,
        mine.supplier_days,
        mine.stock_days,
        mine.start,
    )
    loan, method = reader.loan, reader.loan.method

    def borrow(principal: float, shop: Shop = shop, **change: Any) -> dict[Any, Strategy]:
        own_way = loan.but(principal=principal)
        interest_only = loan.but(principal=principal, method="interest_only")
        good_months = sweep(interest_only, shop, own, mine.till_reserve, **change)
        once = loan.but(principal=principal, months=mine.season_months, method="bullet")
        names = dict(zip(ways()[1:], (interest_only, good_months, once), strict=True))
        if method == "interest_only":
            names.pop(ways()[1])
        return {Words(f"method.{method}"): own_way, **names}

    return answer(borrow, mine.principal, shop, own, mine.till_reserve, mine.shop_limit)
