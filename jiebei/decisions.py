"""What a borrower can decide: small records, each of which knows how it acts on the book.

A decision holds the values of all scenarios, checked and in the engine's units. `on` is a day, or
MISSING where the decision is not taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar

import numpy as np

from jiebei.book import EVENTS, NO_INSTALMENT, Book
from jiebei.calendar import MISSING, Ints, day_of_month, due_date, month_of
from jiebei.checks import RATE_SCALE
from jiebei.instalments import recast, shorten
from jiebei.refusals import Refusals

__all__ = ["KEEP_RATE", "THEN", "Coupon", "Decision", "Extend", "PayExtra", "Prepay", "Settle"]

THEN = ("lower", "shorten")
KEEP_RATE = -1
COUPON, CHANGES_WHAT_IS_DUE, INSTALMENT, EXTRA = 1, 2, 3, 5  # the order on one date

Values = Mapping[str, Ints]
Row = dict[str, Any]

_EVENT = {name: code for code, name in enumerate(EVENTS)}


@dataclass(frozen=True, eq=False)
class Decision:
    """The base of all decisions: a day, and arrays that broadcast against the loan's."""

    on: Ints

    name: ClassVar[str]
    phase: ClassVar[int]
    stops: ClassVar[bool] = False  # whether it simply ends with the loan
    idle_at_the_end: ClassVar[bool] = False  # whether the loan's last day leaves nothing to do

    def values(self) -> dict[str, Ints]:
        """Return the arrays of this decision by name."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

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


def _repay(book: Book, rows: Ints, amount: Ints) -> Row:
    """Repay principal early with the interest and fee that go with it."""
    days = np.maximum(book.days[rows], book.least(rows))
    interest, waived, fee = book.prepay(rows, amount)
    left = book.balance[rows]
    return {
        "event": np.where(left == 0, _EVENT["payoff"], _EVENT["prepayment"]),
        "days": days,
        "interest": interest,
        "principal": amount,
        "fee": fee,
        "waived_interest": waived,
        "closing": left,
    }


def _then(book: Book, rows: Ints, then: Ints) -> None:
    recast(book, rows[then == 0])
    shorten(book, rows[(then == 1) & (book.balance[rows] > 0)])


def _refuse_shortening(book: Book, rows: Ints, values: Values, refusals: Refusals) -> None:
    nothing_kept = (book.style[rows] == NO_INSTALMENT) | (
        book.paid[rows] < book.interest_only[rows]
    )
    refusals.note(
        book,
        rows,
        (values["then"] == 1) & nothing_kept & (book.balance[rows] > 0),
        "error.shorten",
    )


@dataclass(frozen=True, eq=False)
class Prepay(Decision):
    """Repay `amount` of principal early (提前还款)."""

    amount: Ints
    then: Ints
    name: ClassVar[str] = "prepay"
    phase: ClassVar[int] = EXTRA

    @staticmethod
    def act(book: Book, rows: Ints, values: Values, refusals: Refusals) -> Row:
        """Repay, then lower the instalment or shorten the term."""
        owed = book.balance[rows]
        refusals.note(
            book,
            rows,
            values["amount"] > owed,
            "error.prepay",
            "error.prepay_many",
            amount=values["amount"],
            owed=owed,
        )
        _refuse_shortening(book, rows, values, refusals)
        row = _repay(book, rows, np.minimum(values["amount"], owed))
        _then(book, rows, values["then"])
        return row


@dataclass(frozen=True, eq=False)
class PayExtra(Decision):
    """Pay `amount` in cash on top, once or monthly; it stops at what is owed (多还一笔)."""

    amount: Ints
    repeat: Ints
    then: Ints
    name: ClassVar[str] = "pay_extra"
    phase: ClassVar[int] = EXTRA
    stops: ClassVar[bool] = True

    @staticmethod
    def rows(values: Values) -> Ints:
        """Return how many rows it may lead to."""
        return values["repeat"]

    @staticmethod
    def act(book: Book, rows: Ints, values: Values, refusals: Refusals) -> Row:
        """Prepay as much principal as the cash covers with its interest and fee."""
        _refuse_shortening(book, rows, values, refusals)
        principal = _affordable(book, rows, values["amount"])
        first, _, _ = book.on_top(rows, np.ones_like(principal))
        refusals.note(
            book,
            rows,
            principal == 0,
            "error.pay_extra",
            amount=values["amount"],
            interest=first,
        )
        row = _repay(book, rows, principal)
        _then(book, rows, values["then"])
        return row

    @staticmethod
    def again(values: Values, done: Ints) -> Ints | None:
        """Return the same day of the next month, clamped without drift."""
        later = due_date(month_of(values["on"]) + done, day_of_month(values["on"]))
        return np.where(done < values["repeat"], later, MISSING)


def _affordable(book: Book, rows: Ints, cash: Ints) -> Ints:
    """Return the largest principal that `cash` repays together with its interest and fee."""
    owed = book.balance[rows]

    def cost(principal: Ints) -> Ints:
        interest, _, fee = book.on_top(rows, principal)
        return principal + interest + fee

    factor, relief = book.factors(rows)
    grows = np.where(book.settles_all(rows), 0, factor - relief) + book.fee_rate[rows]
    near = (cash - cost(np.zeros_like(owed))) / (1 + grows / RATE_SCALE)
    principal = np.minimum(np.maximum(near, 0).astype(np.int64) + 2, owed)
    for _ in range(8):
        principal = principal - ((cost(principal) > cash) & (principal > 0))
    return principal


@dataclass(frozen=True, eq=False)
class Settle(Decision):
    """Pay all that is owed that day (提前结清)."""

    name: ClassVar[str] = "settle"
    phase: ClassVar[int] = EXTRA
    idle_at_the_end: ClassVar[bool] = True

    @staticmethod
    def act(book: Book, rows: Ints, values: Values, refusals: Refusals) -> Row:
        """Repay the whole balance."""
        return _repay(book, rows, book.balance[rows])


@dataclass(frozen=True, eq=False)
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
        return 1 + values["months"]

    def months_more(self) -> Ints:
        """Return how many months it may add."""
        return self.months + -(-self.more_days // 28)

    @staticmethod
    def act(book: Book, rows: Ints, values: Values, refusals: Refusals) -> Row:
        """Add instalments and recast those that remain; a bullet falls due later."""
        book.rate[rows] = np.where(values["rate"] == KEEP_RATE, book.rate[rows], values["rate"])
        bullet = (book.style[rows] == NO_INSTALMENT) & (book.interest_only[rows] == 0)
        refusals.note(
            book,
            rows,
            (values["more_days"] > 0) & ~bullet,
            "error.extend_days",
        )
        _later(book, rows[bullet], values["months"][bullet], values["more_days"][bullet])
        book.instalments[rows] += np.where(bullet, 0, values["months"])
        recast(book, rows)
        return {
            "event": np.full(len(rows), _EVENT["extension"]),
            "fee": values["fee"],
            "closing": book.balance[rows],
        }


def _later(book: Book, rows: Ints, months: Ints, days: Ints) -> None:
    due = due_date(book.anchor[rows] + 1 + months, book.due_day[rows]) + days
    moved = days > 0
    book.anchor[rows] = np.where(moved, month_of(due) - 1, book.anchor[rows] + months)
    book.due_day[rows] = np.where(moved, day_of_month(due), book.due_day[rows])
    book.period[rows] += 30 * months + days
    book.due[rows] = due


@dataclass(frozen=True, eq=False)
class Coupon(Decision):
    """Let off the share `off` of the interest for `length` days (免息券, 利率折扣券)."""

    length: Ints
    off: Ints
    name: ClassVar[str] = "coupon"
    phase: ClassVar[int] = COUPON  # it concerns only the days to come

    @staticmethod
    def act(book: Book, rows: Ints, values: Values, refusals: Refusals) -> Row:
        """Let a part of the factor run free; the principal follows the undiscounted schedule."""
        first_day = np.where(book.date[rows] == book.start[rows], book.days[rows], 0)
        book.relief_share[rows] = values["off"]
        book.relief_until[rows] = book.date[rows] + values["length"] - first_day
        counted = book.relief_rate(rows) * first_day  # where both ends count
        book.relief[rows] = np.where(first_day > 0, counted, book.relief[rows])
        return {
            "event": np.full(len(rows), _EVENT["coupon"]),
            "closing": book.balance[rows],
        }
