"""The state of a loan in words, after what happened that day."""

from __future__ import annotations

from typing import Any

import numpy as np

from jiebei.engine.arrears import NO_PLAN, NOT_LATE
from jiebei.engine.book import Book
from jiebei.engine.columns import Rows
from jiebei.engine.events import EVENT
from jiebei.units.days import Ints

__all__ = ["STATUSES", "status_of"]

STATUSES = (
    "on time",
    "in grace",
    "overdue",
    "non-accrual",
    "negotiated",
    "settled",
    "closed",
)
_CODE = {name: code for code, name in enumerate(STATUSES)}
_PAID_AT_ONCE = [EVENT[each] for each in ("payoff", "settlement")]
NON_ACCRUAL_AFTER = 90  # days late; the lender then stops to book interest, the debt still grows


def status_of(book: Book, rows: Rows, event: Any) -> Ints:
    """Return the code of each loan's state: its place in `STATUSES`."""
    state = np.full(book.balance[rows].shape, _CODE["on time"], np.int64)
    if book.late is not None:
        state[book.late.planned[rows] > NO_PLAN] = _CODE["negotiated"]
        late = book.late.since[rows] < NOT_LATE
        days = book.late.days_late(rows, book.date[rows])
        in_grace = book.late.in_grace(rows, book.date[rows])[0]
        how = np.where(days > NON_ACCRUAL_AFTER, _CODE["non-accrual"], _CODE["overdue"])
        state = np.where(late, np.where(in_grace, _CODE["in grace"], how), state)
    done = (book.principal(rows) == 0) & (book.overdue(rows) == 0)
    ended = np.where(np.isin(event, _PAID_AT_ONCE), _CODE["settled"], _CODE["closed"])
    return np.asarray(np.where(done, ended, state))
