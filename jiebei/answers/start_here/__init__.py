"""What can I do with my loan, and which page answers it?"""

from jiebei.answers.shared.example import Reader
from jiebei.answers.start_here.example import EXAMPLE, by_method, fitted
from jiebei.answers.start_here.later import best, later
from jiebei.answers.start_here.timeline import before_after, timeline
from jiebei.answers.start_here.verdict import (
    QUESTIONS,
    Contents,
    Question,
    answer,
    chart,
    questions,
)

__all__ = [
    "EXAMPLE",
    "QUESTIONS",
    "Contents",
    "Question",
    "Reader",
    "answer",
    "before_after",
    "best",
    "by_method",
    "chart",
    "fitted",
    "later",
    "questions",
    "timeline",
]
