"""What a due day brings: an instalment that is paid or missed, or the end of a payment holiday."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from jiebei.engine.arrears import NOT_LATE
from jiebei.engine.book import EVERYONE, LEVEL, NEVER, Book
from jiebei.engine.columns import brought, where
from jiebei.engine.events import EVENT
from jiebei.engine.holiday import BILLED, CAPITALISED, NO_HOLIDAY
from jiebei.engine.instalments import recast

__all__ = ["begin_equal_parts", "fall_due"]

Row = dict[str, Any]


def fall_due(book: Book, ahead: Sequence[Any]) -> Row:
    """Let the instalment fall due: interest since it was last settled, then principal.

    `ahead` are the decisions to come, of which some leave instalments unpaid.
    """
    book.paid = book.paid + 1
    balance = book.balance
    interest, waived, by_coupon = book.interest_run_up(EVERYONE)
    undiscounted = interest + waived if book.relief is not None else interest
    part = where(book.style == LEVEL, book.level - undiscounted, book.level)
    if book.residual is not None:
        part = part + book.residual.take(book.paid > book.interest_only)
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
    unpaid, first = np.zeros(len(book), np.bool_), int(book.number.min(initial=NEVER))
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


def begin_equal_parts(book: Book) -> None:
    """Recast the instalments where the first of those that carry principal comes next."""
    begins = book.paid == book.interest_only
    if np.count_nonzero(begins):
        recast(book, np.flatnonzero(begins))
