"""What is a credit tier worth, and what moves it?"""

from jiebei.answers.credit_tiers import late, line, moves
from jiebei.answers.credit_tiers.example import EXAMPLE, fitted
from jiebei.answers.credit_tiers.verdict import answer, by_tier, histories, lived, tier_chart

__all__ = [
    "EXAMPLE",
    "answer",
    "by_tier",
    "fitted",
    "histories",
    "late",
    "line",
    "lived",
    "moves",
    "tier_chart",
]
