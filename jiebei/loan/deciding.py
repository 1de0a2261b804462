"""Where a decision goes: to a loan, or to one of the loans of a plan."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, Self

from jiebei.engine.decisions.decision import Decision
from jiebei.units.days import Ints

__all__ = ["Deciding"]


class Deciding(ABC):
    """Let decisions be written one after the other; each returns something new.

    Each decision takes `loan`, the place of a loan in a plan: the newest, if not given.
    """

    @abstractmethod
    def _with(self, decision: Decision, loan: int) -> Self:
        """Return the same with one more decision on one of its loans."""

    @abstractmethod
    def _day(self, on: Any, loan: int, taken: Any = True, name: str = "on") -> Ints:
        """Return the day of a decision, MISSING where it is not taken."""

    @abstractmethod
    def _drawdown(self, loan: int) -> Any:
        """Return the day on which one of its loans was drawn, as a date."""
