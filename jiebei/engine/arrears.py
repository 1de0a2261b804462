"""What is overdue: kept apart from the rest of the debt, with the penalty that runs on it.

Money in whole fen; the penalty is exact: whole fen and the rest of one, in 1e-10.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from jiebei.units.days import Ints
from jiebei.units.reading import RATE_SCALE

__all__ = ["ORDERS", "Arrears", "no_arrears"]

Bools = npt.NDArray[np.bool_]

NOT_LATE = np.int64(10**7)  # a day that never comes: since when a loan is late that is not
PARTS = ("penalty", "fee", "interest", "principal")
ORDERS = {  # what a payment goes to first
    "penalty_first": ("penalty", "fee", "interest", "principal"),
    "principal_first": ("principal", "interest", "fee", "penalty"),
}
_PLACES = np.array([[PARTS.index(part) for part in order] for order in ORDERS.values()])


@dataclass
class Arrears:
    """What a block of loans owes and should have paid; one array a column, one place a loan."""

    principal: Ints
    interest: Ints
    fee: Ints
    penalty: Ints  # run up, in whole fen
    rest: Ints  # of a fen, in 1e-10
    since: Ints  # the oldest due day on which something stayed unpaid
    rate: Ints  # the penalty rate, as a multiple of the loan's, in 1e-10
    on_interest: Bools  # whether penalty runs on overdue interest too
    grace: Ints  # days late without penalty
    order: Ints  # place in ORDERS

    def keep(self, stays: Bools) -> None:
        """Drop the loans that are done."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name)[stays])

    def accrue(self, rows: Any, daily_rate: Ints, days: Ints) -> None:
        """Let the penalty run for so many days, without rounding."""
        late = self.since[rows] < NOT_LATE
        if not late.any():
            return
        places = np.arange(len(self.since), dtype=np.intp)[rows][late]
        bears = self.principal[places] + self.interest[places] * self.on_interest[places]
        penalty_rate = (daily_rate[late] * self.rate[places] + RATE_SCALE // 2) // RATE_SCALE
        fen, part = np.divmod(bears * penalty_rate, RATE_SCALE)  # a day; years of it still fit
        more, self.rest[places] = np.divmod(part * days[late] + self.rest[places], RATE_SCALE)
        self.penalty[places] += fen * days[late] + more

    def days_late(self, rows: Any, today: Ints) -> Ints:
        """Return the days past due (逾期天数), 0 where nothing is."""
        return np.asarray(np.maximum(today - self.since[rows], 0))

    def penalty_owed(self, rows: Any, today: Ints) -> Ints:
        """Return the penalty to pay, half up to the fen: none within the grace days."""
        rounded = self.penalty[rows] + (2 * self.rest[rows] >= RATE_SCALE)
        return np.where(today - self.since[rows] > self.grace[rows], rounded, 0)

    def owed(self, rows: Any, today: Ints) -> dict[str, Ints]:
        """Return what is overdue, by part."""
        parts = {name: getattr(self, name)[rows] for name in PARTS}
        return parts | {"penalty": self.penalty_owed(rows, today)}

    def total(self, rows: Any, today: Ints) -> Ints:
        """Return all that is overdue."""
        return np.asarray(sum(self.owed(rows, today).values()))

    def add(self, rows: Any, today: Ints, parts: Mapping[str, Ints]) -> None:
        """Leave unpaid what falls due today."""
        for name, amount in parts.items():
            getattr(self, name)[rows] += amount
        unpaid = np.asarray(sum(parts.values())) > 0
        self.since[rows] = np.where(unpaid, np.minimum(self.since[rows], today), self.since[rows])

    def pay(self, rows: Any, today: Ints, cash: Ints) -> dict[str, Ints]:
        """Take cash for what is overdue, in the order of payment; return what goes to each part."""
        owed = np.array([*self.owed(rows, today).values()])
        paid, left = np.zeros_like(owed), np.array(cash)
        each = np.arange(owed.shape[1], dtype=np.intp)
        for place in _PLACES[self.order[rows]].T:
            part = np.minimum(owed[place, each], left)
            paid[place, each] = part
            left -= part
        parts = dict(zip(PARTS, paid, strict=True))
        self.take_off(rows, today, parts)
        return parts

    def take_off(self, rows: Any, today: Ints, parts: Mapping[str, Ints]) -> None:
        """Take off what is paid or let off; a loan that owes nothing of it is not late any more."""
        whole = (parts["penalty"] > 0) & (parts["penalty"] == self.penalty_owed(rows, today))
        for name, amount in parts.items():
            getattr(self, name)[rows] -= amount
        clear = self.total(rows, today) == 0
        self.penalty[rows] = np.where(whole | clear, 0, self.penalty[rows])
        self.rest[rows] = np.where(whole | clear, 0, self.rest[rows])
        self.since[rows] = np.where(clear, NOT_LATE, self.since[rows])


def no_arrears(terms: Mapping[str, npt.NDArray[Any]]) -> Arrears:
    """Return the arrears of loans just drawn: none."""
    size = len(terms["start"])

    def zeros() -> Ints:
        return np.zeros(size, np.int64)

    return Arrears(
        principal=zeros(),
        interest=zeros(),
        fee=zeros(),
        penalty=zeros(),
        rest=zeros(),
        since=np.full(size, NOT_LATE, np.int64),
        rate=terms["penalty_multiple"],
        on_interest=terms["penalty_on_interest"],
        grace=terms["grace_days"],
        order=terms["payment_order"],
    )
