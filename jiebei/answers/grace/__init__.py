"""What does a grace period cost?"""

from jiebei.answers.grace import cash, charts, days, depends, flips, terms
from jiebei.answers.grace.verdict import (
    Grace,
    answer,
    extremes,
    kind_name,
    measure,
    rate_words,
    ways,
)

__all__ = [
    "Grace",
    "answer",
    "cash",
    "charts",
    "days",
    "depends",
    "extremes",
    "flips",
    "kind_name",
    "measure",
    "rate_words",
    "terms",
    "ways",
]
