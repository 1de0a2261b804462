"""Checks in plain sight (核对): a page counts what it has checked, and stops where one fails."""

from __future__ import annotations

from jiebei.language.words import say

__all__ = ["Checks"]


class Checks:
    """Count the checks that hold; unlike `assert` none vanishes when Python runs optimised.

    Examples
    --------
    >>> holds = Checks()
    >>> holds(round(0.1 + 0.2, 2) == 0.3)
    >>> holds(True)
    >>> holds
    All 2 checks hold.
    >>> holds(1 > 2)
    Traceback (most recent call last):
        ...
    AssertionError: check 3 does not hold.
    """

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, true: object) -> None:
        """Count a check, or raise AssertionError where it fails."""
        self.count += 1
        if not true:
            raise AssertionError(say("checks.fails", number=self.count))

    def __repr__(self) -> str:
        """Say how many hold."""
        return say("answer.checks", n=self.count)
