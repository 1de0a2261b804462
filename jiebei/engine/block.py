"""The rows of a block of loans: written step by step, read loan by loan."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from jiebei.units.days import Ints

__all__ = ["CODES", "Block"]

CODES = ("event", "status")  # columns of small numbers, which stand for words


class Block:
    """Columns of rows for at most `loans` loans, in whole numbers; steps are added as needed.

    A step holds at most one row of each loan; a loan with none leaves a gap.
    """

    def __init__(self, names: Iterable[str], steps: int, loans: int) -> None:
        self.columns = {
            name: np.empty((steps, loans), np.int8 if name in CODES else np.int64) for name in names
        }
        self.held = np.zeros((steps, loans), np.bool_)
        self.lane: npt.NDArray[np.intp] | None = None  # of each loan, if not as they came
        self.steps = 0
        self.loans = self.room = loans

    def clear(self, loans: int) -> None:
        """Make room for the next `loans` loans."""
        self.held[: self.steps] = False
        self.steps, self.loans, self.lane = 0, loans, None

    def wants(self, name: str) -> bool:
        """Tell whether somebody reads this column."""
        return name in self.columns

    def write(self, loans: Ints, **row: Any) -> None:
        """Write one row for each of `loans` into this step; columns not given stay 0."""
        size = len(loans)  # in ascending order
        where: Any = slice(size) if size and loans[-1] == size - 1 else loans
        self.held[self.steps][where] = True
        for name, column in self.columns.items():
            column[self.steps][where] = row.get(name, 0)

    def step(self) -> None:
        """Go on to the next step."""
        self.steps += 1
        if self.steps == len(self.held):
            self.held = np.concatenate([self.held, np.zeros_like(self.held)])
            for name, column in self.columns.items():
                self.columns[name] = np.concatenate([column, np.empty_like(column)])

    def padded(self, names: Iterable[str]) -> dict[str, Ints]:
        """Return columns as (steps, loans), 0 in the gaps."""
        gaps = ~self.held[: self.steps, : self.loans]
        columns = {name: self.columns[name][: self.steps, : self.loans] for name in names}
        if gaps.any():
            for each in columns.values():
                np.copyto(each, 0, where=gaps)
        if self.lane is None:
            return columns
        return {name: each.take(self.lane, 1) for name, each in columns.items()}

    def counts(self) -> Ints:
        """Return how many rows each loan has."""
        held, lane = self.held[: self.steps, : self.loans], self.lane
        if held.all():
            return np.full(self.loans, self.steps, np.int64)
        return np.asarray(held.sum(0) if lane is None else held.sum(0)[lane])

    def places(self) -> npt.NDArray[np.intp] | None:
        """Return where in the padded column each row lies, loan by loan.

        None if there are no gaps, and loans stand as they came.
        """
        held, lane = self.held[: self.steps, : self.loans], self.lane
        if lane is None and held.all():
            return None
        rows = np.flatnonzero((held.T if lane is None else held.T[lane]).ravel())
        loan = rows // self.steps
        step = rows - loan * self.steps
        return step * self.loans + (loan if lane is None else lane[loan])

    def by_loan(self, name: str, places: npt.NDArray[np.intp] | None) -> Ints:
        """Return a column's rows loan by loan: one after another, or without gaps a row a loan."""
        column = self.columns[name][: self.steps, : self.loans]
        return column.T if places is None else column.ravel().take(places)
