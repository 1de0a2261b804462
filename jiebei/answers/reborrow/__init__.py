"""Repay and borrow again, or keep the money?"""

from jiebei.answers.reborrow import chance, flips, rollover
from jiebei.answers.reborrow.example import EXAMPLE, fitted
from jiebei.answers.reborrow.verdict import answer, need, why

__all__ = ["EXAMPLE", "answer", "chance", "fitted", "flips", "need", "rollover", "why"]
