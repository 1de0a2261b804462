"""Paying late: what it costs, how several loans are caught up, and what the record keeps.

It stands on `jiebei.loan` and `jiebei.life.rules`. The penalty itself runs in
`jiebei.engine.arrears`.
"""

from jiebei.life.late.card import CardBill, unpaid_card
from jiebei.life.late.catching_up import Means, catch_up, loans_of
from jiebei.life.late.costs import Elsewhere, late_cost, parts_of
from jiebei.life.late.when_short import Extension

__all__ = [
    "CardBill",
    "Elsewhere",
    "Extension",
    "Means",
    "catch_up",
    "late_cost",
    "loans_of",
    "parts_of",
    "unpaid_card",
]
