"""What does paying late cost, and how to catch up?"""

from jiebei.answers.overdue import catch_up, costs, flips, orders, record, ways
from jiebei.answers.overdue.example import EXAMPLE, fitted
from jiebei.answers.overdue.verdict import answer, why

__all__ = [
    "EXAMPLE",
    "answer",
    "catch_up",
    "costs",
    "fitted",
    "flips",
    "orders",
    "record",
    "ways",
    "why",
]
