"""Decisions that make no sense on their day: collected over all scenarios, then said at once."""

from __future__ import annotations

from typing import Any

import numpy as np

from jiebei.calendar import iso
from jiebei.errors import JiebeiError

__all__ = ["Refusals"]


class Refusals:
    """Collect what the engine must refuse, and raise the first kind of it in words."""

    def __init__(self, first: int = 0) -> None:
        self.first = first  # number of the block's first scenario
        self.found: dict[str, list[Any]] = {}

    def note(
        self, book: Any, rows: Any, refused: Any, one: str, many: str | None = None, **shown: Any
    ) -> None:
        """Note the loans of `rows` that are refused, with what the message shows of the first."""
        if not refused.any():
            return
        scenarios = book.loan[rows][refused] + self.first
        least = int(np.argmin(scenarios))
        place = int(np.flatnonzero(refused)[least])
        values = {name: f"{each[place] / 100:,.2f}" for name, each in shown.items()}
        values["date"] = iso(book.date[rows][place])
        values["day"] = str(book.date[rows][place] - book.start[rows][place])
        self.add(len(scenarios), int(scenarios[least]), one, many or one, values)

    def add(self, count: int, scenario: int, one: str, many: str, values: dict[str, str]) -> None:
        """Count refusals of one kind and keep the first of them."""
        entry = self.found.setdefault(one, [0, scenario, many, values])
        entry[0] += count
        if scenario < entry[1]:
            entry[1], entry[3] = scenario, values

    def speak(self, scenarios: int) -> None:
        """Raise what was refused, if anything was."""
        if not self.found:
            return
        one, (count, scenario, many, values) = min(self.found.items(), key=lambda kind: kind[1][1])
        if scenarios == 1:
            raise JiebeiError(one.format(**values))
        raise JiebeiError(
            f"{count:,} of {scenarios:,} scenarios: {many.format(**values)} "
            f"(scenario {scenario:,} is the first)"
        )
