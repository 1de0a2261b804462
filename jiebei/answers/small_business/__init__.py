"""Does the loan carry a shop through its season?"""

from jiebei.answers.small_business import delays, season, way_out
from jiebei.answers.small_business.example import EXAMPLE, asked_by, fitted
from jiebei.answers.small_business.verdict import answer, figures, ways
from jiebei.life.shop import covered_by_itself, within

__all__ = [
    "EXAMPLE",
    "answer",
    "asked_by",
    "covered_by_itself",
    "delays",
    "figures",
    "fitted",
    "season",
    "way_out",
    "ways",
    "within",
]
