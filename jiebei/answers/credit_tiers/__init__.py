"""What is a credit tier worth, and what moves it?"""

from jiebei.answers.credit_tiers import late, line, moves
from jiebei.answers.credit_tiers.example import EXAMPLE, asked_by, fitted
from jiebei.answers.credit_tiers.pictures import first_chart, tier_chart, ways_chart
from jiebei.answers.credit_tiers.verdict import (
    answer,
    by_tier,
    histories,
    lived,
)
from jiebei.life.credit.on_time import by_date, everything

__all__ = [
    "EXAMPLE",
    "answer",
    "asked_by",
    "by_date",
    "by_tier",
    "everything",
    "first_chart",
    "fitted",
    "histories",
    "late",
    "line",
    "lived",
    "moves",
    "tier_chart",
    "ways_chart",
]
