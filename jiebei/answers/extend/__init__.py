"""What does it cost to extend?"""

from jiebei.answers.extend import cash, frontiers, limits, prices
from jiebei.answers.extend.example import EXAMPLE, fitted, supposed
from jiebei.answers.extend.terms import lengthened
from jiebei.answers.extend.verdict import Relief, answer, on_the_eve, postponed_rate, relief

__all__ = [
    "EXAMPLE",
    "Relief",
    "answer",
    "cash",
    "fitted",
    "frontiers",
    "lengthened",
    "limits",
    "on_the_eve",
    "postponed_rate",
    "prices",
    "relief",
    "supposed",
]
