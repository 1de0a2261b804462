"""What is the best plan of all, and how far is every other from it?"""

from jiebei.answers.best_plan import charts, depends, futures, lesson, rules, worth
from jiebei.answers.best_plan.example import EXAMPLE, borrower, fitted
from jiebei.answers.best_plan.verdict import answer, calendar, check, sheets

__all__ = [
    "EXAMPLE",
    "answer",
    "borrower",
    "calendar",
    "charts",
    "check",
    "depends",
    "fitted",
    "futures",
    "lesson",
    "rules",
    "sheets",
    "worth",
]
