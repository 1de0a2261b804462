"""What can I do with my loan, and which page answers it?"""

from jiebei.answers.start_here import more
from jiebei.answers.start_here.verdict import (
    QUESTIONS,
    Contents,
    Question,
    answer,
    balance,
    chart,
    questions,
)

__all__ = ["QUESTIONS", "Contents", "Question", "answer", "balance", "chart", "more", "questions"]
