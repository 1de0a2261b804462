"""What the page comes with, and what of it is fitted to the need that the reader types."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from jiebei.answers.cheapest_money.verdict import answer
from jiebei.answers.shared.example import SAVINGS, Reader
from jiebei.life.offers.entered import read, read_need
from jiebei.loan.terms import INTEREST_ONLY_MONTHS, METHODS, least_months
from jiebei.notebook.answer import Answer
from jiebei.notebook.fit import Fit, begin
from jiebei.units.days import as_days, iso

__all__ = ["EXAMPLE", "asked_by", "fitted"]

EXAMPLE: Mapping[str, Any] = MappingProxyType(
    {
        "needs": {"2026-12-01": 30_000, "2027-01-15": 10_000},
        "needed_months": 6,
        "method": "equal_instalment",
        "daily_rate": 0.0004,
        "coupons": [
            {"days": 30, "principal": 20_000, "use_by": "2026-12-31"},
            {"instalments": 6, "off": 0.2, "cap": 300},
        ],
        "subsidised_share": 0.0,
        "other_offers": [
            {"name": "card", "monthly_fee": 0.0049, "fee_stays": True},
            {
                "name": "platform",
                "daily_rate": 0.0005,
                "off": 0.1,
                "prepay_fee_rate": 0.01,
                "prepay_fee_months": 3,
            },
            {"name": "family", "daily_rate": 0.0, "limit": 8_000},
        ],
        **SAVINGS,
    }
)
DAYS_TO_USE = 30  # as in the example, from the first need on


def fitted(typed: Mapping[str, Any]) -> Fit:
    """Fit the term to the method, and the last day of a coupon to the first need."""
    mine = begin(typed, EXAMPLE)
    known = mine.method in METHODS and not mine.own("needed_months")
    if known and mine.needed_months < least_months(mine.method):
        mine = mine.take(needed_months=2 * INTEREST_ONLY_MONTHS)
    first = min(read_need(mine.needs, mine.needed_months, mine.method).amounts)
    by_then, *others = mine.coupons if not mine.own("coupons") else [None]
    if by_then is None or first <= by_then["use_by"]:
        return mine
    use_by = iso(int(as_days(first, "needs")[0]) + DAYS_TO_USE)
    return mine.take(coupons=[by_then | {"use_by": use_by}, *others])


def asked_by(reader: Reader) -> Answer:
    """Answer for a reader's rate and cash, with the need and the offers of the example."""
    mine = fitted(reader.typed_into(EXAMPLE))
    market = read(
        mine.needs,
        mine.needed_months,
        mine.method,
        mine.daily_rate,
        mine.coupons,
        mine.subsidised_share,
        mine.other_offers,
        reader.savings_rate,
        reader.cash.in_hand,
        reader.cash.monthly,
    )
    return answer(market)
