"""What does paying late cost, and how to catch up?"""

from jiebei.answers.overdue import card, flips, orders, record, ways
from jiebei.answers.overdue.example import EXAMPLE, asked_by, before_late, fitted
from jiebei.answers.overdue.picture import picture
from jiebei.answers.overdue.verdict import answer, why
from jiebei.life.late import (
    CardBill,
    Elsewhere,
    Extension,
    Means,
    late_cost,
    loans_of,
    parts_of,
)

__all__ = [
    "EXAMPLE",
    "CardBill",
    "Elsewhere",
    "Extension",
    "Means",
    "answer",
    "asked_by",
    "before_late",
    "card",
    "fitted",
    "flips",
    "late_cost",
    "loans_of",
    "orders",
    "parts_of",
    "picture",
    "record",
    "ways",
    "why",
]
