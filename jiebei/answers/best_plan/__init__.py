"""What is the best plan of all, and how far is every other from it?"""

from jiebei.answers.best_plan import charts, depends, futures, lesson, rules, worth
from jiebei.answers.best_plan.days import due_days
from jiebei.answers.best_plan.example import EXAMPLE, asked_by, borrower, fitted
from jiebei.answers.best_plan.steps import calendar
from jiebei.answers.best_plan.verdict import (
    answer,
    check,
    how,
    in_short,
    sheets,
)

__all__ = [
    "EXAMPLE",
    "answer",
    "asked_by",
    "borrower",
    "calendar",
    "charts",
    "check",
    "depends",
    "due_days",
    "fitted",
    "futures",
    "how",
    "in_short",
    "lesson",
    "rules",
    "sheets",
    "worth",
]
