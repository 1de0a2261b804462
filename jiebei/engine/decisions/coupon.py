"""Coupons: a part of the interest is let off, for a time, on a slice, up to a cap."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from jiebei.engine.book import Book
from jiebei.engine.columns import brought
from jiebei.engine.decisions.decision import COUPON, Decision, Row, Values, refuse_open
from jiebei.engine.events import EVENT
from jiebei.engine.refusals import Refusals
from jiebei.engine.relief import is_limit
from jiebei.units.days import Ints

__all__ = ["Coupon"]


class Coupon(Decision):
    """Let off the share `off` of the interest for some time (免息券, 利率折扣券)."""

    length: Ints  # days, or NO_LIMIT
    instalments: Ints  # 0, or until the due day of so many instalments
    expires: Ints  # the last day on which it works
    off: Ints
    principal: Ints  # on so much of it at most
    cap: Ints
    name: ClassVar[str] = "coupon"
    phase: ClassVar[int] = COUPON  # it concerns only the days to come
    brings: ClassVar[frozenset[str]] = frozenset({"relief"})

    @staticmethod
    def act(book: Book, rows: Ints, values: Values, refusals: Refusals) -> Row:
        """Let a part of the factor run free; the principal follows the undiscounted schedule."""
        refuse_open(book, rows, refusals, "coupon")
        _refuse_to_mix(book, rows, values, refusals)
        relief = brought(book.relief)
        first_day = np.where(book.date[rows] == book.start[rows], book.days[rows], 0)
        relief.share[rows] = values["off"]
        relief.most_principal[rows], relief.left[rows] = values["principal"], values["cap"]
        relief.until[rows] = np.minimum(
            _last_day(book, rows, values, first_day), values["expires"] + book.least_days[rows]
        )
        counted = relief.of_rate(rows, book.rate[rows]) * first_day  # where both ends count
        relief.coupon[rows] = np.where(first_day > 0, counted, relief.coupon[rows])
        return {"event": np.full(len(rows), EVENT["coupon"], np.int64)}


def _last_day(book: Book, rows: Ints, values: Values, first_day: Ints) -> Ints:
    """Return the last day of a coupon that runs for days, or for instalments from tomorrow on."""
    today = book.date[rows]
    skipped = (book.due[rows] == today) | book.in_holiday(rows)
    due = book.next_due(rows, values["instalments"] + skipped)
    by_days = today + values["length"] - first_day
    return np.where(values["instalments"] > 0, due, by_days)


def _refuse_to_mix(book: Book, rows: Ints, values: Values, refusals: Refusals) -> None:
    """Refuse a coupon with limits while interest let off by another one is not yet settled."""
    relief = brought(book.relief)
    limited = is_limit(values["principal"]) | is_limit(values["cap"])
    limited |= is_limit(relief.most_principal[rows]) | is_limit(relief.left[rows])
    refusals.note(book, rows, (relief.coupon[rows] > 0) & limited, "error.coupon_mixed")
