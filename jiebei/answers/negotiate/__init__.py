"""Which negotiated plan is better, and what to ask for?"""

from jiebei.answers.negotiate import ask, cash, concessions, debt, flips, offers, parts, relief
from jiebei.answers.negotiate.example import EXAMPLE, fitted
from jiebei.answers.negotiate.verdict import answer, ranked, table

__all__ = [
    "EXAMPLE",
    "answer",
    "ask",
    "cash",
    "concessions",
    "debt",
    "fitted",
    "flips",
    "offers",
    "parts",
    "ranked",
    "relief",
    "table",
]
