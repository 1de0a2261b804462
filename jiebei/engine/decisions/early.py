"""What a borrower repays early: some of the principal, cash on top, or all that is owed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np

from jiebei.engine.book import NO_INSTALMENT, Book
from jiebei.engine.columns import picked
from jiebei.engine.decisions.decision import EXTRA, Decision, Row, Values
from jiebei.engine.events import EVENT
from jiebei.engine.instalments import recast, shorten
from jiebei.engine.prepayment import on_top, prepay
from jiebei.engine.refusals import Refusals
from jiebei.units.days import MISSING, Ints, day_of_month, due_date, month_of
from jiebei.units.fen import RATE_SCALE

__all__ = ["THEN", "PayExtra", "Prepay", "Settle"]

THEN = ("lower", "shorten")
PREPAYMENTS = frozenset({"prepayments"})


def _repay(book: Book, rows: Ints, amount: Ints) -> Row:
    """Repay principal early with the interest and fee that go with it."""
    days = np.maximum(book.days[rows], book.least(rows))
    interest, waived, fee = prepay(book, rows, amount)
    closes = book.balance[rows] == 0
    if book.holiday is not None:
        carried = np.where(closes, book.carried(rows), 0)
        book.holiday.carried[rows] -= carried
        interest = interest + carried
    return {
        "event": np.where(closes, EVENT["payoff"], EVENT["prepayment"]),
        "days": days,
        "interest": interest,
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


def _then(book: Book, rows: Ints, then: Ints) -> None:
    recast(book, picked(rows, then == 0))
    if then.any():
        shorten(book, rows[then == 1])


def _refuse_shortening(book: Book, rows: Ints, values: Values, refusals: Refusals) -> None:
    if not np.count_nonzero(values["then"]):
        return
    shortens = values["then"] == 1
    nothing_kept = (book.style[rows] == NO_INSTALMENT) | (
        book.paid[rows] < book.interest_only[rows]
    )
    refusals.note(book, rows, shortens & nothing_kept, "error.shorten")


class Prepay(Decision):
    """Repay `amount` of principal early (提前还款)."""

    amount: Ints
    then: Ints
    name: ClassVar[str] = "prepay"
    phase: ClassVar[int] = EXTRA
    brings: ClassVar[frozenset[str]] = PREPAYMENTS

    @staticmethod
    def act(book: Book, rows: Ints, values: Values, refusals: Refusals) -> Row:
        """Repay, then lower the instalment or shorten the term."""
        amount, owed = values["amount"], book.balance[rows]
        beyond = amount > owed
        if book.late is not None:
            overdue = book.overdue(rows)
            refusals.note(
                book, rows, overdue > 0, "error.prepay_late", amount=amount, overdue=overdue
            )
            beyond &= overdue == 0
        keys = "error.prepay", "error.prepay_many"
        refusals.note(book, rows, beyond, *keys, amount=amount, owed=owed)
        _refuse_shortening(book, rows, values, refusals)
        row = _repay(book, rows, np.minimum(amount, owed))
        _then(book, rows, values["then"])
        return row


class PayExtra(Decision):
    """Pay `amount` in cash on top, once or monthly; it stops at what is owed (多还一笔)."""

    amount: Ints
    repeat: Ints
    then: Ints
    name: ClassVar[str] = "pay_extra"
    phase: ClassVar[int] = EXTRA
    brings: ClassVar[frozenset[str]] = PREPAYMENTS
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
        return principal + interest + fee + np.where(principal == owed, book.carried(rows), 0)

    principal = np.minimum(cash, owed)
    principal -= (principal == owed) & (cost(owed) > cash)  # carried interest is left to the last
    steepest = 1 + (book.factors(rows)[0] + book.fee_rate[rows]) / RATE_SCALE
    while True:
        too_much = (cost(principal) > cash) & (principal > 0)
        if not too_much.any():
            return principal
        step = np.maximum((cost(principal) - cash - 1) / steepest, 1).astype(np.int64)
        principal = np.maximum(principal - np.where(too_much, step, 0), 0)


class Settle(Decision):
    """Pay all that is owed that day (提前结清)."""

    name: ClassVar[str] = "settle"
    phase: ClassVar[int] = EXTRA
    brings: ClassVar[frozenset[str]] = PREPAYMENTS
    idle_at_the_end: ClassVar[bool] = True

    @staticmethod
    def act(book: Book, rows: Ints, values: Values, refusals: Refusals) -> Row:
        """Pay what is overdue, and repay the whole balance."""
        paid = dict[str, Ints]()
        if book.late is not None:
            paid = book.late.pay_all(rows, book.date[rows])
        return _with_arrears(_repay(book, rows, book.balance[rows]), paid)
