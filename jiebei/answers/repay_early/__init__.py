"""Does it pay to repay early?"""

from jiebei.answers.repay_early import amounts, cash, flips, when
from jiebei.answers.repay_early.example import EXAMPLE, fitted
from jiebei.answers.repay_early.verdict import answer, possible, remaining_interest, ways

__all__ = [
    "EXAMPLE",
    "amounts",
    "answer",
    "cash",
    "fitted",
    "flips",
    "possible",
    "remaining_interest",
    "ways",
    "when",
]
