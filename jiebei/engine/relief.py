"""What is let off of the interest: by a holiday that waives it, and by a coupon besides."""

from __future__ import annotations

import numpy as np

from jiebei.engine.columns import Bools, Columns, Rows
from jiebei.units.days import Ints
from jiebei.units.fen import RATE_SCALE, divided, half_up

__all__ = [
    "NOTHING",
    "NO_LIMIT",
    "Interest",
    "Relief",
    "is_limit",
    "let_off",
    "no_relief",
]

NO_LIMIT = np.int64(10**15)  # fen
NOTHING = np.zeros((), np.int64)
Interest = tuple[Ints, Ints, Ints]  # to pay, let off, and the part of that by a coupon


class Relief(Columns):
    """Factors that run free since interest was last settled, and how long more of them do."""

    waiver: Ints  # by a holiday
    waiver_until: Ints  # all interest is let off until that day
    coupon: Ints  # by a coupon, besides
    share: Ints  # of the rate, in 1e-10, until that day
    until: Ints
    most_principal: Ints  # on which a coupon lets off
    left: Ints  # the most that it may still let off

    def of_rate(self, rows: Rows, daily_rate: Ints) -> Ints:
        """Return the part of the rate that a running coupon lets off."""
        return half_up(daily_rate, self.share[rows])

    def accrue(self, rows: Rows, daily_rate: Ints, waived: Ints, relieved: Ints) -> None:
        """Let so many days run free; a day is let off once."""
        self.waiver[rows] += daily_rate * waived
        self.coupon[rows] += self.of_rate(rows, daily_rate) * np.maximum(relieved - waived, 0)

    def forget(self, rows: Rows) -> None:
        """Begin anew: interest has just been settled."""
        self.waiver[rows] = self.coupon[rows] = 0


def let_off(
    amount: Ints,
    factor: Ints,
    waiver: Ints,
    coupon: Ints,
    free: Ints,
    most: Ints,
    rounding: Ints | None,
) -> Interest:
    """Take off what a holiday lets off, then what a coupon does of `free`, `most` at most."""
    owed = amount * (factor - waiver)
    exact = amount * factor, owed, owed - free * coupon
    full, left, paid = (np.asarray(divided(each, RATE_SCALE, rounding)) for each in exact)
    by_coupon = np.minimum(left - paid, most)
    return left - by_coupon, full - left + by_coupon, by_coupon


def no_relief(size: int) -> Relief:
    """Return that of loans just drawn: none, and no limit to what a coupon may let off."""
    no_limit = {name: np.full(size, NO_LIMIT) for name in ("most_principal", "left")}
    return Relief.zeros(size, **no_limit)


def is_limit(amount: Ints) -> Bools:
    """Tell a limit from none, of which something may have been used up."""
    return np.asarray(amount < NO_LIMIT // 2)
