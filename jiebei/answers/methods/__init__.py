"""Which repayment method costs what?"""

from jiebei.answers.methods import charts, flips
from jiebei.answers.methods.example import EXAMPLE
from jiebei.answers.methods.verdict import answer, figures, misconception, possible

__all__ = ["EXAMPLE", "answer", "charts", "figures", "flips", "misconception", "possible"]
