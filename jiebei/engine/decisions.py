"""What a borrower can decide: small records, each of which knows how it acts on the book.

A decision holds the values of all scenarios, checked and in the engine's units. `on` is a day, or
MISSING where the decision is not taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar

import numpy as np

from jiebei.engine.book import EVENTS, NO_INSTALMENT, Book
from jiebei.engine.instalments import recast, shorten
from jiebei.engine.prepayment import on_top, prepay, settles_all
from jiebei.engine.refusals import Refusals
from jiebei.units.days import MISSING, Ints, day_of_month, due_date, month_of
from jiebei.units.reading import RATE_SCALE

__all__ = [
    "CHANGES_WHAT_IS_DUE",
    "COUPON",
    "EVENT",
    "FALLS_DUE",
    "INSTALMENT",
    "LATE",
    "RATE",
    "THEN",
    "Decision",
    "PayExtra",
    "Prepay",
    "Row",
    "Settle",
    "Values",
    "refuse_open",
]

THEN = ("lower", "shorten")
# The order on one date: coupons, all of a loan falling due, what changes what is due, ...
COUPON, FALLS_DUE, CHANGES_WHAT_IS_DUE, INSTALMENT, LATE, EXTRA, RATE = range(1, 8)

Values = Mapping[str, Ints]
Row = dict[str, Any]

EVENT = {name: code for code, name in enumerate(EVENTS)}


@dataclass(frozen=True, eq=False)
class Decision:
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

    @staticmethod
    def day_in(book: Book, values: Values) -> Ints | None:
        """Return the day on which the state of the loans makes it act, if that decides it."""
        return None

    @staticmethod
    def leaves_unpaid(book: Book, values: Values, number: Ints, began: Ints) -> Any:
        """Tell whether it leaves the instalment of this number, which falls due today, unpaid."""
        raise NotImplementedError

    @staticmethod
    def pays_on(values: Values, began: Ints) -> Ints | None:
        """Return the day on which it pays what it left unpaid from the day `began` on."""
        return None


def _repay(book: Book, rows: Ints, amount: Ints) -> Row:
    """Repay principal early with the interest and fee that go with it."""
    days = np.maximum(book.days[rows], book.least(rows))
    interest, waived, fee = prepay(book, rows, amount)
    closes = book.balance[rows] == 0
    carried = np.where(closes, book.carried[rows], 0)  # of a payment holiday
    book.carried[rows] -= carried
    return {
        "event": np.where(closes, EVENT["payoff"], EVENT["prepayment"]),
        "days": days,
        "interest": interest + carried,
        "principal": amount,
        "fee": fee,
        "waived_interest": waived,
    }


def _repay_some(book: Book, rows: Ints, amount: Ints, early: Any) -> Row:
    """Repay principal early where `early` says so; elsewhere it was a late payment."""
    if early.all():
        return _repay(book, rows, amount)
    part = _repay(book, rows[early], amount[early])
    row: Row = {name: np.zeros(len(rows), np.int64) for name in part}
    row["event"][:] = EVENT["late payment"]
    for name, each in part.items():
        row[name][early] = each
    return row


def _with_arrears(row: Row, paid: Mapping[str, Ints]) -> Row:
    """Add to a row what was paid of the arrears."""
    return row | {name: row.get(name, 0) + each for name, each in paid.items()}


def refuse_open(book: Book, rows: Ints, refusals: Refusals, name: str) -> None:
    """Refuse what concerns instalments ahead where only what is overdue is left."""
    key = "error.open"
    refusals.note(book, rows, book.balance[rows] == 0, key, decision=name)


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
        overdue, owed = book.overdue(rows), book.balance[rows]
        refusals.note(
            book,
            rows,
            overdue > 0,
            "error.prepay_late",
            amount=values["amount"],
            overdue=overdue,
        )
        refusals.note(
            book,
            rows,
            (values["amount"] > owed) & (overdue == 0),
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
        """Pay what is overdue, then as much principal as the cash covers with interest and fee."""
        cash, paid = values["amount"], dict[str, Ints]()
        if book.late is not None:
            paid = book.late.pay(rows, book.date[rows], cash)
            cash = cash - sum(paid.values())
        principal = _affordable(book, rows, cash)
        first, *_ = on_top(book, rows, np.ones_like(principal))
        refusals.note(
            book,
            rows,
            (principal == 0) & (cash == values["amount"]),
            "error.pay_extra",
            amount=values["amount"],
            interest=first,
        )
        early = principal > 0
        some = {name: each[early] for name, each in values.items()}
        _refuse_shortening(book, rows[early], some, refusals)
        row = _repay_some(book, rows, principal, early)
        _then(book, rows[early], some["then"])
        return _with_arrears(row, paid)

    @staticmethod
    def again(values: Values, done: Ints) -> Ints | None:
        """Return the same day of the next month, clamped without drift."""
        later = due_date(month_of(values["on"]) + done, day_of_month(values["on"]))
        return np.where(done < values["repeat"], later, MISSING)


def _affordable(book: Book, rows: Ints, cash: Ints) -> Ints:
    """Return the largest principal that `cash` repays together with its interest and fee."""
    owed = book.balance[rows]

    def cost(principal: Ints) -> Ints:
        interest, _, _, fee = on_top(book, rows, principal)
        return principal + interest + fee + np.where(principal == owed, book.carried[rows], 0)

    factor, waiver, relief = book.factors(rows)
    grows = np.where(settles_all(book, rows), 0, factor - waiver - relief) + book.fee_rate[rows]
    near = (cash - cost(np.zeros_like(owed))) / (1 + grows / RATE_SCALE)
    principal = np.minimum(np.maximum(near, 0).astype(np.int64) + 2, owed)
    principal -= (principal == owed) & (cost(owed) > cash)  # carried interest is left to the last
    steepest = 1 + (factor + book.fee_rate[rows]) / RATE_SCALE
    while True:
        too_much = (cost(principal) > cash) & (principal > 0)
        if not too_much.any():
            return principal
        step = np.maximum((cost(principal) - cash - 1) / steepest, 1).astype(np.int64)
        principal = np.maximum(principal - np.where(too_much, step, 0), 0)


@dataclass(frozen=True, eq=False)
class Settle(Decision):
    """Pay all that is owed that day (提前结清)."""

    name: ClassVar[str] = "settle"
    phase: ClassVar[int] = EXTRA
    idle_at_the_end: ClassVar[bool] = True

    @staticmethod
    def act(book: Book, rows: Ints, values: Values, refusals: Refusals) -> Row:
        """Pay what is overdue, and repay the whole balance."""
        paid = dict[str, Ints]()
        if book.late is not None:
            paid = book.late.pay_all(rows, book.date[rows])
        return _with_arrears(_repay(book, rows, book.balance[rows]), paid)
