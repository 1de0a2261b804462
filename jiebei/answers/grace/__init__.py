"""What does a grace period cost?"""

from jiebei.answers.grace import carried, charts, days, depends, flips, terms
from jiebei.answers.grace.example import EXAMPLE, asked_by, fitted, supposed
from jiebei.answers.grace.verdict import (
    Grace,
    advised,
    answer,
    extremes,
    kind_name,
    measure,
    ways,
)

__all__ = [
    "EXAMPLE",
    "Grace",
    "advised",
    "answer",
    "asked_by",
    "carried",
    "charts",
    "days",
    "depends",
    "extremes",
    "fitted",
    "flips",
    "kind_name",
    "measure",
    "supposed",
    "terms",
    "ways",
]
