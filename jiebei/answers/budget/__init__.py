"""How much loan does a budget carry?"""

from jiebei.answers.budget import chances, limits, months
from jiebei.answers.budget.example import EXAMPLE, fitted

__all__ = ["EXAMPLE", "chances", "fitted", "limits", "months"]
