"""The instalments: what each takes, what its due day brings, and what a decision makes of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from jiebei.engine.arrears import NOT_LATE
from jiebei.engine.book import EVERYONE, LEVEL, NEVER, SLICE, Book
from jiebei.engine.columns import Bools, Rows, brought, picked, where
from jiebei.engine.events import EVENT
from jiebei.engine.holiday import BILLED, CAPITALISED, NO_HOLIDAY
from jiebei.units.days import Ints
from jiebei.units.fen import ADDED, RATE_SCALE, divided

__all__ = [
    "begin_equal_parts",
    "fall_due",
    "level_of",
    "level_payment",
    "recast",
    "shorten",
    "worth_of_level",
]

Floats = npt.NDArray[np.float64]
Row = dict[str, Any]


def level_payment(book: Book, rows: Rows) -> Ints:
    """Return the payment that clears the balance over the instalments that remain.

    balance / sum over k of the product over j up to k of 1 / (1 + rate x days of period j),
    rounded to the fen. Where the floating result lies near a tie it is found in whole numbers.
    """
    worth, rounding = worth_of_level(book, rows), book.rounding_of(rows)
    rounded, near_tie = level_of(book.balance[rows], worth, rounding)
    if near_tie.any():
        places = np.arange(len(book), dtype=np.intp)[rows][near_tie]
        rounded[near_tie] = [_exact_level(book, place) for place in places]
    return rounded


def worth_of_level(book: Book, rows: Rows) -> Floats:
    """Return what 1 fen with each instalment that remains is worth today."""
    remaining = book.instalments[rows] - book.paid[rows]
    fewest, most = int(remaining.min(initial=NEVER)), int(remaining.max(initial=0))
    discounts, worth = RATE_SCALE / book.growths(rows, most), np.zeros(remaining.shape)
    for ahead in range(most, 0, -1):
        worth += 1.0 if ahead <= fewest else ahead <= remaining
        worth *= discounts[ahead - 1]
    return worth


def level_of(balance: Ints, worth: Any, rounding: Any = None) -> tuple[Ints, Bools]:
    """Return the payment whose worth is the balance, rounded, and where it lies near a tie."""
    payment = balance / worth
    above = payment + (0.5 if rounding is None else ADDED[rounding])
    near_tie = np.abs(above - np.rint(above)) < payment * 1e-13
    return np.floor(above).astype(np.int64), near_tie


def _exact_level(book: Book, place: int) -> int:
    remaining = int(book.instalments[place] - book.paid[place])
    growths = book.growths(np.array([place]), remaining).ravel().tolist()
    worth, scale = 0, 1  # worth / scale is what 1 fen at each due date is worth today
    for growth in reversed(growths):
        worth, scale = RATE_SCALE * (scale + worth), growth * scale
    rounding = None if book.rounding is None else int(book.rounding[place])
    return int(divided(int(book.balance[place]) * scale, worth, rounding))


def recast(book: Book, rows: Rows) -> None:
    """Lower (or raise) the instalment so that the remaining ones clear the balance."""
    owes, style = book.balance[rows] > 0, book.style[rows]
    level = owes & (style == LEVEL) & (book.paid[rows] >= book.interest_only[rows])
    if np.count_nonzero(level):
        some = picked(rows, level)
        book.level[some] = level_payment(book, some)
    slices = owes & (style == SLICE)
    if np.count_nonzero(slices):
        some = picked(rows, slices)
        remaining = book.instalments[some] - book.paid[some]
        book.level[some] = divided(book.balance[some], remaining, book.rounding_of(some))
    if book.residual is not None:
        some = picked(rows, level | slices)
        book.residual.put(some, _left_to_the_last(book, some))


def _left_to_the_last(book: Book, rows: Rows) -> Ints:
    """Return by how much the last instalment differs from the others, all as they are agreed."""
    remaining = book.instalments[rows] - book.paid[rows]
    more = np.zeros_like(remaining)
    for ahead, (balance, part) in enumerate(_as_agreed(book, rows, remaining), start=1):
        more += (balance - part) * (ahead == remaining)
    return more


def _as_agreed(book: Book, rows: Rows, remaining: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Yield the principal owed before each instalment that remains, and its equal part of it."""
    balance, level, level_pays = book.balance[rows], book.level[rows], book.style[rows] == LEVEL
    for growth in book.growths(rows, int(remaining.max(initial=0))):
        part = level - level_pays * book.rounded(rows, balance, growth - RATE_SCALE)
        yield balance, part
        balance = balance - np.clip(part, 0, balance)


def shorten(book: Book, rows: Ints) -> None:
    """Keep the instalment and lower the agreed number to the least that clears the balance."""
    agreed, paid = book.instalments[rows], book.paid[rows]
    needed = np.zeros_like(paid)
    for balance, _ in _as_agreed(book, rows, agreed - paid):
        needed += balance > 0
    book.instalments[rows] = np.minimum(agreed, paid + needed)
    if book.residual is not None:
        book.residual.more[rows] = 0


def begin_equal_parts(book: Book) -> None:
    """Recast the instalments where the first of those that carry principal comes next."""
    begins = book.paid == book.interest_only
    if np.count_nonzero(begins):
        recast(book, np.flatnonzero(begins))


def fall_due(book: Book, ahead: Sequence[Any]) -> Row:
    """Let the instalment fall due: interest since it was last settled, then principal.

    `ahead` are the decisions to come, of which some leave instalments unpaid.
    """
    book.paid, book.month = book.paid + 1, book.month + 1
    balance = book.balance
    interest, waived, by_coupon = book.interest_run_up(EVERYONE)
    undiscounted = interest + waived if book.relief is not None else interest
    part = where(book.style == LEVEL, book.level - undiscounted, book.level)
    if book.residual is not None:
        part = part + book.residual.take()
    principal = np.minimum(np.maximum(part, 0), balance)
    principal[book.paid <= book.interest_only] = 0
    principal = where(book.paid >= book.instalments, balance, principal)
    row: Row = {
        "event": EVENT["instalment"],
        "days": book.days,
        "interest": interest,
        "principal": principal,
        "fee": book.instalment_fee,
        "waived_interest": waived,
    }
    book.balance = balance - principal
    book.factor[:] = 0
    book.days = np.zeros(balance.shape, np.int64)  # the old ones are in the row
    book.settled(EVERYONE, by_coupon)
    if book.holiday is not None:
        _end_holidays(book, row)
    if book.late is not None:
        _leave_unpaid_or_collect(book, ahead, row)
    return row


def _end_holidays(book: Book, row: Row) -> None:
    """On the last day of a holiday nothing is paid: its interest is carried or capitalised."""
    holiday, interest = brought(book.holiday), row["interest"]
    ends = holiday.runs(EVERYONE)
    row["event"] = np.where(ends, EVENT["deferral"], row["event"])
    row["interest"] = np.where(ends, 0, interest + holiday.carried)
    row["fee"] = np.where(ends, 0, row["fee"])
    row["capitalised"] = np.where(holiday.kind == CAPITALISED, interest, 0)
    book.balance = book.balance + row["capitalised"]
    billed = interest * (holiday.kind == BILLED)
    holiday.carried = np.where(ends, holiday.carried + billed, 0)
    holiday.ended += ends
    holiday.kind[:] = NO_HOLIDAY


def _leave_unpaid_or_collect(book: Book, ahead: Sequence[Any], row: Row) -> None:
    """Let an instalment that is missed become overdue; let one that is paid collect what is."""
    late = brought(book.late)
    falls_due = row["event"] == EVENT["instalment"]
    unpaid, first = np.zeros(len(book), np.bool_), book.number.min(where=falls_due, initial=NEVER)
    for each in ahead:
        if each.last >= first:
            unpaid |= each.leaves_unpaid(book, falls_due)
    missed = np.flatnonzero(unpaid)
    collects = np.flatnonzero(falls_due & ~unpaid & (late.since < NOT_LATE))
    if not (missed.size or collects.size):
        return
    due = {name: row[name][missed] for name in ("interest", "principal", "fee")}
    late.add(missed, book.date[missed], due, late.grace_days[missed])
    for name, part in late.pay_all(collects, book.date[collects]).items():
        paid = np.array(row[name]) if name in row else np.zeros_like(book.paid)
        paid[missed] = 0
        paid[collects] += part
        row[name] = paid
    row["event"] = np.where(unpaid, EVENT["missed"], row["event"])
