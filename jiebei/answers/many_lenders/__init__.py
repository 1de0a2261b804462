"""Which of several debts to pay first?"""

from jiebei.answers.many_lenders import chain, flips, missed, months
from jiebei.answers.many_lenders.example import EXAMPLE, asked_by, fitted, of_line, owing
from jiebei.answers.many_lenders.orders import orders_chart
from jiebei.answers.many_lenders.verdict import answer, burden, choice, in_words

__all__ = [
    "EXAMPLE",
    "answer",
    "asked_by",
    "burden",
    "chain",
    "choice",
    "fitted",
    "flips",
    "in_words",
    "missed",
    "months",
    "of_line",
    "orders_chart",
    "owing",
]
