"""A negotiated plan: something is let off, something paid down, the rest starts anew."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from jiebei.engine.arrears import PARTS
from jiebei.engine.book import LEVEL, Book
from jiebei.engine.columns import brought
from jiebei.engine.decisions.decision import CHANGES_WHAT_IS_DUE, Decision, Row, Values
from jiebei.engine.decisions.new_terms import count_from_today, new_rate
from jiebei.engine.events import EVENT
from jiebei.engine.holiday import NO_HOLIDAY
from jiebei.engine.instalments import recast
from jiebei.engine.refusals import Refusals
from jiebei.units.days import Ints
from jiebei.units.fen import share_of

__all__ = ["Restructure"]


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
    brings: ClassVar[frozenset[str]] = frozenset({"arrears", "settlement"})

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
        late = brought(book.late)
        days = book.days[rows]
        owed, by_coupon = _gather(book, rows)
        let_off = {
            "penalty": share_of(owed["penalty"], values["waive"]),
            "interest": share_of(owed["interest"], values["waive_interest"]),
            "principal": share_of(owed["principal"], values["haircut"]),
        }
        left = {name: owed[name] - let_off.get(name, 0) for name in PARTS}
        total = np.asarray(sum(left.values()))
        refusals.note(
            book, rows, values["down"] > total, "error.down", down=values["down"], owed=total
        )
        cash = np.where(values["months"] == 0, total, np.minimum(values["down"], total))
        paid = late.cover(rows, left, cash)
        added = {name: left[name] - paid[name] for name in PARTS}
        _spread_anew(book, rows, np.asarray(sum(added.values())), values)
        return {
            "event": np.full(len(rows), EVENT["settlement"], np.int64),
            "days": days,
            "capitalised": added["penalty"] + added["fee"] + added["interest"],
            "capitalised_penalty": added["penalty"],
            "capitalised_fee": added["fee"],
            "waived_interest": by_coupon + let_off["interest"],
            "waived_penalty": let_off["penalty"],
            "waived_principal": let_off["principal"],
            **paid,
        }


def _gather(book: Book, rows: Ints) -> tuple[dict[str, Ints], Ints]:
    """Return all that is owed, as one debt, and what a coupon or a holiday lets off."""
    late = brought(book.late)
    interest, waived = book.bill(rows)
    owed = late.pay_all(rows, book.date[rows])
    owed["interest"] = owed["interest"] + interest
    owed["principal"] = owed["principal"] + book.balance[rows]
    return owed, waived


def _spread_anew(book: Book, rows: Ints, principal: Ints, values: Values) -> None:
    """Make a level plan of what is left, from today."""
    book.balance[rows] = principal
    new_rate(book, rows, values["rate"])
    book.style[rows], book.interest_only[rows] = LEVEL, 0
    if book.holiday is not None:
        book.holiday.kind[rows] = NO_HOLIDAY
    if book.relief is not None:
        book.relief.waiver_until[rows] = book.relief.until[rows] = book.date[rows]
    book.instalments[rows] = book.paid[rows] + values["months"]
    brought(book.late).planned[rows] = book.number[rows]
    count_from_today(book, rows)
    recast(book, rows)
