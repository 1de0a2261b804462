"""What borrower and lender agree on while a loan runs: longer, later, another rate."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from jiebei.engine.book import LEVEL, NEVER, NO_DUE_DAY, NO_INSTALMENT, Book
from jiebei.engine.columns import brought
from jiebei.engine.decisions.decision import (
    CHANGES_WHAT_IS_DUE,
    RATE,
    Decision,
    Row,
    Values,
    refuse_open,
)
from jiebei.engine.events import EVENT
from jiebei.engine.holiday import BILLED, CAPITALISED, NO_HOLIDAY
from jiebei.engine.instalments import recast
from jiebei.engine.refusals import Refusals
from jiebei.units.days import Ints, day_of_month, month_of

__all__ = ["INTEREST", "KEEP_RATE", "Defer", "Extend", "Reprice", "count_from_today", "new_rate"]

KEEP_RATE = -1
INTEREST = ("paid", "billed", "capitalised", "waived")  # of a payment holiday
PAID, WAIVED = INTEREST.index("paid"), INTEREST.index("waived")
_HOLIDAY = np.array([NO_HOLIDAY, BILLED, CAPITALISED, BILLED])


class Extend(Decision):
    """Agree on more instalments, or a later maturity (展期)."""

    months: Ints
    more_days: Ints
    fee: Ints
    rate: Ints
    name: ClassVar[str] = "extend"
    phase: ClassVar[int] = CHANGES_WHAT_IS_DUE

    @staticmethod
    def rows(values: Values) -> Ints:
        """Return how many rows it may lead to."""
        return 1 + values["months"] + (values["more_days"] > 0)

    def months_more(self) -> Ints:
        """Return how many months it may add."""
        return self.months + -(-self.more_days // 28)

    @staticmethod
    def act(book: Book, rows: Ints, values: Values, refusals: Refusals) -> Row:
        """Add instalments and recast those that remain; a bullet falls due later."""
        new_rate(book, rows, values["rate"])
        bullet = _repaid_once(book, rows)
        refusals.note(book, rows, (values["more_days"] > 0) & ~bullet, "error.extend_days")
        ended = book.balance[rows] == 0
        _take_back(book, rows[ended])
        ahead = values["months"] + ~ended  # after the last due day they count from today
        _later(book, rows[bullet], ahead[bullet], values["more_days"][bullet])
        more = np.where(bullet, ended, np.maximum(values["months"], ended))
        book.instalments[rows] = np.where(ended, book.paid[rows], book.instalments[rows]) + more
        book.due[rows[book.balance[rows] == 0]] = NO_DUE_DAY
        recast(book, rows)
        return {"event": np.full(len(rows), EVENT["extension"], np.int64), "fee": values["fee"]}


def _repaid_once(book: Book, rows: Ints) -> Ints:
    return np.asarray((book.style[rows] == NO_INSTALMENT) & (book.interest_only[rows] == 0))


def new_rate(book: Book, rows: Ints, new: Ints) -> None:
    """Let another rate run from today, where there is one."""
    book.rate[rows] = np.where(new == KEEP_RATE, book.rate[rows], new)


def _later(book: Book, rows: Ints, ahead: Ints, days: Ints) -> None:
    """Let what is repaid once fall due so many due days ahead, and days after that."""
    due = book.next_due(rows, ahead) + days
    book.month[rows] = month_of(due) - 1
    book.due_day[rows] = np.where(days > 0, day_of_month(due), book.due_day[rows])
    book.lengthen(rows, 30 * (ahead - 1) + days)
    book.due[rows] = due


def _take_back(book: Book, rows: Ints) -> None:
    """After the last due day, take what is overdue of the principal back into the plan."""
    late = book.late
    if late is None:
        return
    book.balance[rows] = late.let_principal_go(rows, book.date[rows])
    count_from_today(book, rows)


def count_from_today(book: Book, rows: Ints) -> None:
    """Let the instalments fall due a month from today, and so on."""
    today = book.date[rows]
    book.forget_interest(rows)
    book.month[rows] = month_of(today)
    book.due_day[rows] = day_of_month(today)
    book.due[rows] = book.next_due(rows, 1)
    if book.thirty is not None:
        book.thirty.begin(rows, today)


class Defer(Decision):
    """Pay no principal for a while (延期还本, 宽限期); the plan goes on later."""

    months: Ints
    more_days: Ints
    interest: Ints  # place in INTEREST
    name: ClassVar[str] = "defer"
    phase: ClassVar[int] = CHANGES_WHAT_IS_DUE
    brings: ClassVar[frozenset[str]] = frozenset({"holidays", "relief"})

    @staticmethod
    def rows(values: Values) -> Ints:
        """Return how many rows it may lead to."""
        return 1 + np.maximum(values["months"], 1)

    def months_more(self) -> Ints:
        """Return how many months it may add."""
        return self.months + -(-self.more_days // 28)

    @staticmethod
    def act(book: Book, rows: Ints, values: Values, refusals: Refusals) -> Row:
        """Let the next due days carry interest only, or nothing until the holiday ends."""
        refusals.note(book, rows, _repaid_once(book, rows), "error.defer_bullet")
        refuse_open(book, rows, refusals, "defer")
        refusals.note(book, rows, book.in_holiday(rows), "error.defer_twice")
        in_days = values["more_days"] > 0
        if book.thirty is not None:
            thirty = book.thirty.agreed[rows]
            refusals.note(book, rows, in_days & thirty, "error.defer_thirty")
        paid = values["interest"] == PAID
        more = np.where(paid, values["months"], 1)
        carries_none = np.maximum(book.interest_only[rows], book.paid[rows]) + more
        book.interest_only[rows] = np.minimum(carries_none, NEVER)
        book.instalments[rows] += more
        pauses = ~paid & (book.due[rows] < NO_DUE_DAY)
        for place, start in ((pauses & ~in_days, _pause_months), (pauses & in_days, _pause_days)):
            start(book, rows[place], values["months"][place] + values["more_days"][place])
        brought(book.holiday).kind[rows] = _HOLIDAY[values["interest"]]
        _waive(book, rows[values["interest"] == WAIVED])
        return {"event": np.full(len(rows), EVENT["deferral"], np.int64)}


def _pause_months(book: Book, rows: Ints, months: Ints) -> None:
    """Let the last of the due days that are left out be the end of the holiday."""
    brought(book.holiday).paused[rows] = book.due[rows]
    book.month[rows] += months - 1
    book.lengthen(rows, 30 * (months - 1))
    book.due[rows] = book.next_due(rows, 1)


def _pause_days(book: Book, rows: Ints, days: Ints) -> None:
    """Let the holiday end after so many days, and the due days be so many days later."""
    due = book.due[rows] + days
    book.month[rows] = month_of(due) - 2
    book.due_day[rows] = day_of_month(due)
    book.due[rows] = book.date[rows] + days


def _waive(book: Book, rows: Ints) -> None:
    """Let off all interest until the holiday ends, also where the day of the drawdown counts."""
    first, relief = rows[book.date[rows] == book.start[rows]], brought(book.relief)
    relief.waiver[first], relief.coupon[first] = book.factor[first], 0
    relief.waiver_until[rows] = book.due[rows]


class Reprice(Decision):
    """Change the daily rate (利率调整) from that day on."""

    rate: Ints
    name: ClassVar[str] = "reprice"
    phase: ClassVar[int] = RATE
    stops: ClassVar[bool] = True

    @staticmethod
    def act(book: Book, rows: Ints, values: Values, refusals: Refusals) -> Row:
        """Change the rate and recast the instalments that remain."""
        refuse_open(book, rows, refusals, "reprice")
        book.rate[rows] = values["rate"]
        recast(book, rows[book.style[rows] == LEVEL])
        return {"event": np.full(len(rows), EVENT["rate change"], np.int64)}
