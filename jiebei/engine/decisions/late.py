"""What a borrower does who cannot pay on the day: miss, pay late, pay a part of it.

And what the lender may do then: call the whole loan.
"""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from jiebei.engine.arrears import NOT_LATE
from jiebei.engine.book import NEVER, NO_DUE_DAY, Book
from jiebei.engine.columns import brought
from jiebei.engine.decisions.decision import FALLS_DUE, LATE, Decision, Row, Values
from jiebei.engine.events import EVENT
from jiebei.engine.holiday import NO_HOLIDAY
from jiebei.engine.refusals import Refusals
from jiebei.units.days import MISSING, Ints

__all__ = ["Accelerate", "Miss", "Pay", "PayLate"]

ARREARS = frozenset({"arrears"})


class Miss(Decision):
    """Leave `times` instalments unpaid (逾期未还); the next one that is paid collects them."""

    instalment: Ints
    times: Ints
    name: ClassVar[str] = "miss"
    phase: ClassVar[int] = LATE
    brings: ClassVar[frozenset[str]] = ARREARS
    awaits_an_instalment: ClassVar[bool] = True

    @staticmethod
    def rows(values: Values) -> Ints:
        """Return how many rows it may lead to: those of the instalments are counted already."""
        return np.zeros((), np.int64)

    @staticmethod
    def last(values: Values) -> Any:
        """Return the number of the last instalment that is missed."""
        return values["instalment"] + values["times"] - 1

    @staticmethod
    def leaves_unpaid(book: Book, values: Values, number: Ints, began: Ints) -> Any:
        """Tell whether this is one of the instalments missed; a new plan ends a run of them."""
        first = values["instalment"]
        in_run = (number >= first) & (number < first + values["times"])
        return in_run & (first > brought(book.late).planned)


class PayLate(Decision):
    """Pay nothing from an instalment on, and all that is overdue so many days after it (晚还)."""

    instalment: Ints
    days: Ints
    name: ClassVar[str] = "pay_late"
    phase: ClassVar[int] = LATE
    brings: ClassVar[frozenset[str]] = ARREARS
    stops: ClassVar[bool] = True
    awaits_an_instalment: ClassVar[bool] = True

    @staticmethod
    def last(values: Values) -> Any:
        """Return a number beyond all: it may leave whatever falls due until then unpaid."""
        return NEVER

    @staticmethod
    def leaves_unpaid(book: Book, values: Values, number: Ints, began: Ints) -> Any:
        """Tell whether the day on which all is paid is still ahead."""
        return (began <= book.date) & (book.date < began + values["days"])

    @staticmethod
    def pays_on(values: Values, began: Ints) -> Ints:
        """Return the day on which all is paid."""
        return began + values["days"]

    @staticmethod
    def act(book: Book, rows: Ints, values: Values, refusals: Refusals) -> Row:
        """Pay all that is overdue, if anything still is."""
        late = brought(book.late)
        acted = late.since[rows] < NOT_LATE
        owed = late.pay_all(rows, book.date[rows])
        return {
            "event": np.full(len(rows), EVENT["late payment"], np.int64),
            "acted": acted,
            **owed,
        }


class Pay(Decision):
    """Pay a sum towards what is overdue (还一部分欠款), in the order of payment."""

    amount: Ints
    name: ClassVar[str] = "pay"
    phase: ClassVar[int] = LATE
    brings: ClassVar[frozenset[str]] = ARREARS

    @staticmethod
    def act(book: Book, rows: Ints, values: Values, refusals: Refusals) -> Row:
        """Pay; it stops at what is overdue."""
        late = brought(book.late)
        refusals.note(book, rows, book.overdue(rows) == 0, "error.pay", amount=values["amount"])
        paid = late.pay(rows, book.date[rows], values["amount"])
        return {"event": np.full(len(rows), EVENT["late payment"], np.int64), **paid}


class Accelerate(Decision):
    """Let the whole loan fall due (提前到期) once it is late for `after` days, not in its grace."""

    after: Ints
    name: ClassVar[str] = "acceleration"
    phase: ClassVar[int] = FALLS_DUE
    brings: ClassVar[frozenset[str]] = ARREARS
    stops: ClassVar[bool] = True

    @staticmethod
    def day_in(book: Book, values: Values) -> Ints:
        """Return the day on which it happens, if what is overdue is not paid before."""
        late = brought(book.late)
        day = late.since + np.maximum(values["after"], late.grace_days + 1)
        happens = (book.balance > 0) & (values["on"] != MISSING)
        return np.where(happens, day, MISSING)

    @staticmethod
    def act(book: Book, rows: Ints, values: Values, refusals: Refusals) -> Row:
        """Turn all that is owed into what is overdue."""
        late = brought(book.late)
        days = book.days[rows]
        interest, waived = book.bill(rows)
        called = {"interest": interest, "principal": book.balance[rows]}
        late.add(rows, book.date[rows], called, grace=np.zeros_like(rows))
        book.balance[rows] = 0
        book.due[rows] = NO_DUE_DAY
        if book.holiday is not None:
            book.holiday.kind[rows] = NO_HOLIDAY
        if book.relief is not None:
            book.relief.waiver_until[rows] = book.date[rows]
        begun = book.interest_only[rows] < NEVER
        book.interest_only[rows] = np.where(
            begun, np.minimum(book.interest_only[rows], book.paid[rows]), NEVER
        )
        return {
            "event": np.full(len(rows), EVENT["acceleration"], np.int64),
            "days": days,
            "waived_interest": waived,
        }
