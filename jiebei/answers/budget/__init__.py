"""How much loan does a budget carry?"""

from jiebei.answers.budget import chances, limits, months
from jiebei.answers.budget.example import EXAMPLE, asked_by, fitted

__all__ = ["EXAMPLE", "asked_by", "chances", "fitted", "limits", "months"]
