"""How much loan does a budget carry?"""

from jiebei.answers.budget import chances, limits, months

__all__ = ["chances", "limits", "months"]
