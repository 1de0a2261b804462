"""What all decisions have in common, and what comes first on one day.

A decision holds the values of all scenarios, checked and in the engine's units. `on` is a day, or
MISSING where the decision is not taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import FrozenInstanceError
from typing import Any, ClassVar, dataclass_transform

import numpy as np

from jiebei.engine.book import Book
from jiebei.engine.refusals import Refusals
from jiebei.units.days import Ints

__all__ = [
    "CHANGES_WHAT_IS_DUE",
    "COUPON",
    "EXTRA",
    "FALLS_DUE",
    "INSTALMENT",
    "LATE",
    "PHASES",
    "RATE",
    "Decision",
    "Row",
    "Values",
    "refuse_open",
]

# The order on one date: coupons, all of a loan falling due, what changes what is due, ...
COUPON, FALLS_DUE, CHANGES_WHAT_IS_DUE, INSTALMENT, LATE, EXTRA, RATE, PHASES = range(8)

Values = Mapping[str, Ints]
Row = dict[str, Any]


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Record:
    """Values by name, which nobody changes.

    No dataclass: what `dataclass` writes for each was half of what `import jiebei` took.
    """

    def __init__(self, **values: Any) -> None:
        """Take each value by its name."""
        vars(self).update(values)

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse to change what was decided."""
        raise FrozenInstanceError(f"cannot assign to field {name!r}")


class Decision(Record):
    """The base of all decisions: a day, and arrays that broadcast against the loan's."""

    on: Ints

    name: ClassVar[str]
    phase: ClassVar[int]
    brings: ClassVar[frozenset[str]] = frozenset()  # what a plain loan's book does not keep
    stops: ClassVar[bool] = False  # whether it simply ends with the loan
    idle_at_the_end: ClassVar[bool] = False  # whether the loan's last day leaves nothing to do
    awaits_an_instalment: ClassVar[bool] = False  # whether a number, not a day, says when

    def values(self) -> dict[str, Ints]:
        """Return the arrays of this decision by name."""
        return dict(vars(self))

    @staticmethod
    def rows(values: Values) -> Ints:
        """Return how many rows it may lead to."""
        return np.ones((), np.int64)

    def months_more(self) -> Ints:
        """Return how many months it may add."""
        return np.zeros((), np.int64)

    @staticmethod
    def act(book: Book, rows: Ints, values: Values, refusals: Refusals) -> Row:
        """Act on the loans in `rows` and return what goes into their row of the cash flows."""
        raise NotImplementedError

    @staticmethod
    def again(values: Values, done: Ints) -> Ints | None:
        """Return the day on which it acts next, after `done` times; None if it acts once."""
        return None

    @staticmethod
    def day_in(book: Book, values: Values) -> Ints | None:
        """Return the day on which the state of the loans makes it act, if that decides it."""
        return None

    @staticmethod
    def leaves_unpaid(book: Book, values: Values, number: Ints, began: Ints) -> Any:
        """Tell whether it leaves the instalment of this number, which falls due today, unpaid."""
        raise NotImplementedError

    @staticmethod
    def last(values: Values) -> Any:
        """Return the number of the last instalment that it may leave unpaid, as far as is known."""
        return 0

    @staticmethod
    def pays_on(values: Values, began: Ints) -> Ints | None:
        """Return the day on which it pays what it left unpaid from the day `began` on."""
        return None


def refuse_open(book: Book, rows: Ints, refusals: Refusals, name: str) -> None:
    """Refuse what concerns instalments ahead where only what is overdue is left."""
    key = "error.open"
    refusals.note(book, rows, book.balance[rows] == 0, key, decision=name)
