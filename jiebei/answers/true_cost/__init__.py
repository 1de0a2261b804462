"""What does the loan really cost?"""

from jiebei.answers.true_cost import extras, lines, published
from jiebei.answers.true_cost.example import EXAMPLE
from jiebei.answers.true_cost.for_days import for_days
from jiebei.answers.true_cost.verdict import (
    Lines,
    answer,
    lines_on,
    misreadings,
    monthly_rate,
    note,
)

__all__ = [
    "EXAMPLE",
    "Lines",
    "answer",
    "extras",
    "for_days",
    "lines",
    "lines_on",
    "misreadings",
    "monthly_rate",
    "note",
    "published",
]
