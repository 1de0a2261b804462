"""A negotiated plan: something is let off, something paid down, the rest starts anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from jiebei.engine.agreed import count_from_today, new_rate
from jiebei.engine.book import LEVEL, NO_DUE_DAY, NO_HOLIDAY, Book, half_up
from jiebei.engine.decisions import CHANGES_WHAT_IS_DUE, EVENT, Decision, Row, Values
from jiebei.engine.instalments import recast
from jiebei.engine.refusals import Refusals
from jiebei.units.days import Ints

__all__ = ["Restructure"]


@dataclass(frozen=True, eq=False)
class Restructure(Decision):
    """Agree on a new plan for all that is owed (协商还款)."""

    months: Ints  # 0: all that is left is paid that day
    rate: Ints
    waive: Ints  # shares let off, in 1e-10
    waive_interest: Ints
    haircut: Ints
    down: Ints
    name: ClassVar[str] = "restructure"
    phase: ClassVar[int] = CHANGES_WHAT_IS_DUE
    brings: ClassVar[frozenset[str]] = frozenset({"arrears", "relief", "holidays"})

    @staticmethod
    def rows(values: Values) -> Ints:
        """Return how many rows it may lead to."""
        return 1 + values["months"]

    def months_more(self) -> Ints:
        """Return how many months it may add."""
        return self.months

    @staticmethod
    def act(book: Book, rows: Ints, values: Values, refusals: Refusals) -> Row:
        """Let off what is let off, pay what is paid down, and spread the rest anew."""
        late = book.late
        assert late is not None
        days = book.days[rows]
        let_off = _gather(book, rows)
        for name, share in (
            ("penalty", values["waive"]),
            ("interest", values["waive_interest"]),
            ("principal", values["haircut"]),
        ):
            part = half_up(late.owed(rows, book.date[rows])[name], share)
            late.take_off(rows, book.date[rows], {"penalty": np.zeros_like(part), name: part})
            let_off[f"waived_{name}"] = let_off.get(f"waived_{name}", 0) + part
        left = book.overdue(rows)
        refusals.note(
            book, rows, values["down"] > left, "error.down", down=values["down"], owed=left
        )
        cash = np.where(values["months"] == 0, left, np.minimum(values["down"], left))
        paid = late.pay(rows, book.date[rows], cash)
        capitalised = _spread_anew(book, rows, values)
        event = np.full(len(rows), EVENT["settlement"], np.int64)
        return {"event": event, "days": days, "capitalised": capitalised} | let_off | paid


def _gather(book: Book, rows: Ints) -> Row:
    """Let all that is owed fall due; return what a coupon or the grace lets off."""
    late = book.late
    assert late is not None
    interest, waived = book.bill(rows)
    late.add(rows, book.date[rows], {"interest": interest, "principal": book.balance[rows]})
    book.balance[rows] = 0
    return {"waived_interest": waived}


def _spread_anew(book: Book, rows: Ints, values: Values) -> Ints:
    """Make a level plan of what is left, from today; return what is added to the principal."""
    late = book.late
    assert late is not None
    left = late.owed(rows, book.date[rows])
    late.take_off(rows, book.date[rows], left)
    book.balance[rows] = sum(left.values())
    new_rate(book, rows, values["rate"])
    book.style[rows], book.interest_only[rows], book.holiday[rows] = LEVEL, 0, NO_HOLIDAY
    book.relief_until[rows] = book.date[rows]
    book.instalments[rows] = book.paid[rows] + values["months"]
    book.negotiated[rows] = True
    count_from_today(book, rows)
    book.due[rows[book.balance[rows] == 0]] = NO_DUE_DAY
    recast(book, rows)
    return np.asarray(left["penalty"] + left["fee"] + left["interest"])
