"""Decisions that make no sense on their day: collected over all scenarios, then said at once."""

from __future__ import annotations

from typing import Any

import numpy as np

from jiebei.language.errors import JiebeiError
from jiebei.language.words import say
from jiebei.units.days import iso

__all__ = ["Noted", "Refusals"]


class Refusals:
    """Collect what the engine must refuse, and raise the first kind of it in words."""

    first: int  # number of the first scenario of the block that is run

    def __init__(self) -> None:
        self.found: dict[Any, list[Any]] = {}

    def note(
        self, book: Any, rows: Any, refused: Any, one: str, many: str | None = None, **shown: Any
    ) -> None:
        """Note the loans of `rows` that are refused, with what the message shows of the first.

        What is shown is text, or amounts in fen, one a loan; `one` and `many` are keys of the table
        of words: for one scenario, and for several.
        """
        if not refused.any():
            return
        book.refused[rows] |= refused
        place = int(np.flatnonzero(refused)[0])
        values = {
            name: each if isinstance(each, str) else f"{each[place] / 100:,.2f}"
            for name, each in shown.items()
        }
        values["date"] = iso(book.date[rows][place])
        self.add(book.loan[rows][refused], one, many or one, values)

    def add(self, loans: Any, one: str, many: str, values: dict[str, str]) -> None:
        """Count the loans of one kind, in ascending order, and keep what to show of the first."""
        scenarios = loans + self.first
        kind = self.found.setdefault(
            (one, values.get("decision")), [set(), scenarios[0], many, values]
        )
        kind[0].update(scenarios.tolist())
        if scenarios[0] < kind[1]:
            kind[1], kind[3] = scenarios[0], values

    def speak(self, scenarios: int) -> None:
        """Raise what was refused, if anything was."""
        if not self.found:
            return
        (one, _), (found, scenario, many, values) = min(
            self.found.items(), key=lambda kind: kind[1][1]
        )
        if scenarios == 1:
            raise JiebeiError(one, **values)
        refused = {"refused": len(found), "size": scenarios, "first": scenario}
        raise JiebeiError("error.scenarios", **refused, words=say(many, **values))


class Noted(Refusals):
    """Collect what must be refused, and leave it at that."""

    def speak(self, scenarios: int) -> None:
        """Raise nothing."""

    def scenarios(self) -> list[int]:
        """Return the numbers of the scenarios that are refused."""
        return sorted({each for kind in self.found.values() for each in kind[0]})
