"""Does it pay to repay early?"""

from jiebei.answers.repay_early import amounts, flips, when
from jiebei.answers.repay_early.example import EXAMPLE, fitted
from jiebei.answers.repay_early.verdict import answer, possible, remaining_interest, ways

__all__ = [
    "EXAMPLE",
    "amounts",
    "answer",
    "fitted",
    "flips",
    "possible",
    "remaining_interest",
    "ways",
    "when",
]
