"""The rows of a block of loans: written as they come, read loan by loan."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from jiebei.engine.columns import Places
from jiebei.units.days import Ints

__all__ = ["CODES", "Block"]

CODES = ("event", "status")  # columns of small numbers, which stand for words


class Block:
    """Columns of at most `rows` rows of at most `loans` loans, in whole numbers.

    They stand as time passes, those of all loans that something happens to at once together: no
    loan leaves a gap while nothing happens to it.
    """

    def __init__(self, names: Iterable[str], rows: int, loans: int) -> None:
        self.columns: dict[str, npt.NDArray[Any]] = {
            name: np.empty(rows, np.int8 if name in CODES else np.int64) for name in names
        }
        self.loan = np.empty(rows, np.uint16)  # of each row; numbers of 16 bits are sorted fast
        self.room = loans
        self.clear(loans)

    def clear(self, loans: int) -> None:
        """Make room for the next `loans` loans."""
        self.loans, self.size, self.writes = loans, 0, 0

    def wants(self, name: str) -> bool:
        """Tell whether somebody reads this column."""
        return name in self.columns

    def write(self, loans: Ints, **row: Any) -> None:
        """Write one row for each of `loans`; columns not given stay 0."""
        rows = slice(self.size, self.size + len(loans))
        self.loan[rows] = loans
        for name, column in self.columns.items():
            column[rows] = row.get(name, 0)
        self.size, self.writes = rows.stop, self.writes + 1

    def column(self, name: str) -> Ints:
        """Return a column as it was written."""
        return np.asarray(self.columns[name][: self.size])

    def counts(self) -> Ints:
        """Return how many rows each loan has."""
        return np.bincount(self.loan[: self.size], minlength=self.loans).astype(np.int64)

    def places(self) -> Places | None:
        """Return where the rows stand, loan by loan; None where each was written for all loans."""
        if self.size == self.writes * self.loans:
            return None
        return np.argsort(self.loan[: self.size], kind="stable")

    def by_loan(self, column: Ints, places: Places | None) -> Ints:
        """Return a column's values loan by loan: one after another; a row each without places."""
        return column.reshape(self.writes, self.loans).T if places is None else column.take(places)

    def padded(self, names: Iterable[str]) -> dict[str, Ints]:
        """Return columns as (rows of a loan, loans), 0 where a loan has no more rows."""
        places = self.places()
        if places is None:
            shape = self.writes, self.loans
            return {name: self.column(name).reshape(shape) for name in names}
        count, loan = self.counts(), self.loan.take(places)
        begins = (np.cumsum(count) - count).take(loan)
        cell = np.empty_like(places)
        cell[places] = (np.arange(self.size, dtype=np.int64) - begins) * self.loans + loan
        found = {}
        for name in names:
            column = self.column(name)
            grid = np.zeros((max(count.max(), 1), self.loans), column.dtype)
            grid.ravel()[cell] = column
            found[name] = grid
        return found
