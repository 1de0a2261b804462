"""What can I do with my loan, and which page answers it?"""

from jiebei.answers.start_here import more
from jiebei.answers.start_here.example import EXAMPLE, fitted
from jiebei.answers.start_here.verdict import (
    QUESTIONS,
    Contents,
    Question,
    answer,
    balance,
    chart,
    questions,
)

__all__ = [
    "EXAMPLE",
    "QUESTIONS",
    "Contents",
    "Question",
    "answer",
    "balance",
    "chart",
    "fitted",
    "more",
    "questions",
]
