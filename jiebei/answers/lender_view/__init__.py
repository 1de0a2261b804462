"""Who will not pay back, how early could one know, and does leniency pay?"""

from jiebei.answers.lender_view import ceilings, checks, early, late, leniency, who
from jiebei.answers.lender_view.ask import assumptions, draw, question, tables
from jiebei.answers.lender_view.asked import asked_by, leniency_asked_by
from jiebei.answers.lender_view.example import EXAMPLE
from jiebei.answers.lender_view.picture import picture

__all__ = [
    "EXAMPLE",
    "asked_by",
    "assumptions",
    "ceilings",
    "checks",
    "draw",
    "early",
    "late",
    "leniency",
    "leniency_asked_by",
    "picture",
    "question",
    "tables",
    "who",
]
