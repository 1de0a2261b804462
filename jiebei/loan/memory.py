"""What was worked out once for few loans is kept: a notebook asks about the same ones many times.

The terms and the values of the decisions say everything about a loan, so they are what it is known
by. Nothing is kept of large batches, whose results take room, and nothing of what was refused.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from jiebei.engine.decisions.decision import Decision
from jiebei.engine.run import Terms
from jiebei.units.days import Ints

__all__ = ["Flat", "few", "recall"]

MOST_LOANS = 100
MOST_RESULTS = 200  # of the largest a megabyte each

Flat = tuple[Terms, Sequence[Decision], Sequence[dict[str, Ints]]]


@dataclass(frozen=True)
class _Question:
    """What is asked, and how the answer is found."""

    known_by: Hashable
    answer: Callable[[], Any] = field(compare=False)


def few(flats: Sequence[Flat]) -> bool:
    """Tell whether what these loans lead to takes little enough room to be kept."""
    return sum(len(terms["start"]) for terms, _, _ in flats) <= MOST_LOANS


def recall(make: Callable[..., Any], flats: Sequence[Flat], *more: Hashable) -> Any:
    """Return `make(flats, *more)`, of few loans the very same object if it was made before.

    Whoever hands it on makes sure that it cannot be changed by those who get it.
    """
    if not few(flats):
        return make(flats, *more)
    known_by = (make, more, *map(_known_by, flats))
    return _answer(_Question(known_by, lambda: make(flats, *more)))


@lru_cache(MOST_RESULTS)
def _answer(question: _Question) -> Any:
    return question.answer()


def _known_by(flat: Flat) -> Hashable:
    terms, decisions, values = flat
    return (
        tuple(each.tobytes() for each in terms.values()),
        tuple(map(type, decisions)),
        tuple(each.tobytes() for value in values for each in value.values()),
    )
