"""Which negotiated plan is better, and what to ask for?"""

from jiebei.answers.negotiate import ask, concessions, flips, offers, parts, relief
from jiebei.answers.negotiate.example import EXAMPLE, asked_by, fitted
from jiebei.answers.negotiate.picture import chart
from jiebei.answers.negotiate.verdict import answer, ranked, table
from jiebei.life.negotiation import behind, least_months, means

__all__ = [
    "EXAMPLE",
    "answer",
    "ask",
    "asked_by",
    "behind",
    "chart",
    "concessions",
    "fitted",
    "flips",
    "least_months",
    "means",
    "offers",
    "parts",
    "ranked",
    "relief",
    "table",
]
