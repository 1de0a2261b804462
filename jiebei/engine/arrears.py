"""What is overdue, instalment by instalment: kept apart from the rest of the debt.

Money in whole fen; the penalty is exact: whole fen and the rest of one, in 1e-10. Each column holds
a row of loans for each item: first the oldest one of every loan, then the next; places not needed
are empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt

from jiebei.engine.columns import Bools, Columns, Places, kept, put
from jiebei.units.days import Ints
from jiebei.units.fen import RATE_SCALE, divided, half_up, parted

__all__ = ["NOT_LATE", "NO_PLAN", "ORDERS", "PARTS", "SPREADS", "Arrears", "no_arrears"]

Parts = dict[str, Ints]

NO_PLAN = -1
NOT_LATE = np.int64(10_000_000)  # a day that never comes: where there is no item
PARTS = ("penalty", "fee", "interest", "principal")
ORDERS = {  # what a payment goes to first
    "penalty_first": ("penalty", "fee", "interest", "principal"),
    "principal_first": ("principal", "interest", "fee", "penalty"),
}
SPREADS = ("oldest", "component")  # whether it pays item by item, or part by part of them all
_EMPTY = {"due": NOT_LATE} | dict.fromkeys(
    ("principal", "interest", "fee", "penalty", "rest", "grace"), 0
)


class Arrears(Columns):
    """What a block of loans owes and should have paid, and what was agreed for that."""

    due: Ints  # the day on which it should have been paid
    principal: Ints
    interest: Ints
    fee: Ints
    penalty: Ints  # run up, in whole fen
    rest: Ints  # of a fen, in 1e-10
    grace: Ints  # its days without penalty
    rate: Ints  # of the loan: the penalty rate, as a multiple of its own, in 1e-10
    on_interest: Bools  # whether penalty runs on overdue interest too
    grace_days: Ints  # of each instalment
    order: Ints  # place in ORDERS
    spread: Ints  # place in SPREADS
    rounding: Ints | None  # places in ROUNDINGS; None is half up for all
    planned: Ints  # instalments behind us when the last new plan was agreed, or NO_PLAN

    @property
    def since(self) -> Ints:
        """Return the due day of the oldest item of each loan, NOT_LATE where it has none."""
        return np.asarray(self.due[0])

    def among(self, rows: Any) -> tuple[Places, Places]:
        """Return which of some loans are late, and their places in the book."""
        late = np.flatnonzero(self.since[rows] < NOT_LATE)
        return late, late if isinstance(rows, slice) else rows[late]

    def accrue(self, rows: Any, daily_rate: Ints, days: Ints) -> None:
        """Let the penalty run for so many days, without rounding."""
        late, places = self.among(rows)
        if not late.size:
            return
        days = days[late]
        on_interest = kept(self.interest, places) * self.on_interest[places]
        bears = kept(self.principal, places) + on_interest
        penalty_rate = half_up(daily_rate[late], self.rate[places])
        fen, part = parted(bears * penalty_rate, RATE_SCALE)  # a day; years of it still fit
        run_up = zip(self._run_up(places), (fen, part), strict=True)
        self._write(places, *(so_far + days * more for so_far, more in run_up))

    def days_late(self, rows: Any, today: Ints) -> Ints:
        """Return the days past due (逾期天数) of the oldest item, 0 where nothing is overdue."""
        return np.asarray(np.maximum(today - self.since[rows], 0))

    def in_grace(self, rows: Any, today: Ints) -> Bools:
        """Tell which items are still inside their days of grace."""
        grace = kept(self.grace, rows)
        return np.asarray((grace > 0) & (today - kept(self.due, rows) <= grace))

    def owed(self, rows: Any, today: Ints) -> Parts:
        """Return what is overdue, by part; its penalty rounded once."""
        parts = {name: kept(getattr(self, name), rows).sum(0) for name in PARTS[1:]}
        fen, rest = self._charged(rows, today)
        return {"penalty": self._rounded(rows, fen.sum(0), rest.sum(0))} | parts

    def total(self, rows: Any, today: Ints) -> Ints:
        """Return all that is overdue."""
        return np.asarray(sum(self.owed(rows, today).values()))

    def _run_up(self, rows: Any) -> Iterator[Ints]:
        """Yield the exact penalty of each item: in fen, and the rest of one."""
        yield from (kept(self.penalty, rows), kept(self.rest, rows))

    def _charged(self, rows: Any, today: Ints) -> Iterator[Ints]:
        """Yield the exact penalty of each item, in fen and its rest: none within its grace."""
        charged = ~self.in_grace(rows, today)
        yield from (each * charged for each in self._run_up(rows))

    def _write(self, rows: Any, fen: Ints, rest: Ints) -> None:
        """Write the exact penalty of each item."""
        for column, each in zip((self.penalty, self.rest), _carried(fen, rest), strict=True):
            put(column, rows, each)

    def _rounded(self, rows: Any, fen: Ints, rest: Ints) -> Ints:
        """Return fen and the rest of one in whole fen, rounded as agreed."""
        rounding = None if self.rounding is None else self.rounding[rows]
        odd = fen % 2  # all of it in 1e-10 might not fit
        return np.asarray(fen - odd + divided(odd * RATE_SCALE + rest, RATE_SCALE, rounding))

    def _owed_of_each(self, rows: Any, today: Ints) -> Ints:
        """Return what is overdue, by part and item.

        The penalty of the oldest ones together is rounded, so the shares add up to the whole.
        """
        fen, rest = self._charged(rows, today)
        rounded = self._rounded(rows, fen.cumsum(0), rest.cumsum(0))
        penalty = np.diff(rounded, axis=0, prepend=0)
        return np.array([penalty, *(kept(getattr(self, name), rows) for name in PARTS[1:])])

    def add(self, rows: Ints, today: Ints, parts: Mapping[str, Ints], grace: Ints) -> None:
        """Leave unpaid what falls due today: one item more, where there is something."""
        unpaid = np.flatnonzero(np.asarray(sum(parts.values())) > 0)
        rows = rows[unpaid]
        place = (kept(self.due, rows) < NOT_LATE).sum(0)
        if place.max(initial=0) == len(self.due):
            self._make_room()
        self.due[place, rows], self.grace[place, rows] = today[unpaid], grace[unpaid]
        for name, amount in parts.items():
            getattr(self, name)[place, rows] = amount[unpaid]

    def _make_room(self) -> None:
        for name, empty in _EMPTY.items():
            column = getattr(self, name)
            setattr(self, name, np.concatenate([column, np.full_like(column[:1], empty)]))

    def pay(self, rows: Ints, today: Ints, cash: Ints) -> Parts:
        """Take cash for what is overdue, in the order of payment; return what goes to each part."""
        owed = self._owed_of_each(rows, today)
        claims = _claims(owed.shape[1])[self.order[rows], self.spread[rows]].T
        paid = _covered(owed, cash, claims)
        self._take_off_penalty(rows, today, paid[0].sum(0))
        for name, part in zip(PARTS[1:], paid[1:], strict=True):
            put(getattr(self, name), rows, kept(getattr(self, name), rows) - part)
        self._let_go(rows, today)
        return dict(zip(PARTS, paid.sum(1), strict=True))

    def pay_all(self, rows: Any, today: Ints) -> Parts:
        """Take all that is overdue; return its parts. What ran up within the grace is gone."""
        owed = self.owed(rows, today)
        for name, empty in _EMPTY.items():
            put(getattr(self, name), rows, repeat(empty, len(self.due)))
        return owed

    def let_principal_go(self, rows: Ints, today: Ints) -> Ints:
        """Let the overdue principal run on; return it."""
        principal = np.asarray(kept(self.principal, rows).sum(0))
        put(self.principal, rows, repeat(0, len(self.due)))
        self._let_go(rows, today)
        return principal

    def cover(self, rows: Ints, owed: Parts, cash: Ints) -> Parts:
        """Split cash over what is one debt, in the order of payment."""
        amounts = np.array([owed[name] for name in PARTS])[:, None]
        paid = _covered(amounts, cash, _claims(1)[self.order[rows], 0].T)
        return dict(zip(PARTS, paid[:, 0], strict=True))

    def _take_off_penalty(self, rows: Ints, today: Ints, paid: Ints) -> None:
        """Take off what is paid as it ran up, the oldest first; nothing stays of the whole."""
        fen, rest = _carried(*(each.cumsum(0) for each in self._charged(rows, today)))
        whole = (paid > 0) & (paid == self._rounded(rows, fen[-1], rest[-1]))
        stays = (fen >= paid) & ~whole
        left = [np.diff(np.where(stays, each, 0), axis=0, prepend=0) for each in (fen - paid, rest)]
        grace, both = self.in_grace(rows, today), zip(self._run_up(rows), left, strict=True)
        self._write(rows, *(np.where(grace, *each) for each in both))

    def _let_go(self, rows: Ints, today: Ints) -> None:
        """Let go of what is paid in full; what rounding left of it goes over to the next."""
        stays = self._owed_of_each(rows, today).sum(0) > 0
        if (stays == (kept(self.due, rows) < NOT_LATE)).all():
            return
        gone = [(each * ~stays).sum(0) for each in self._charged(rows, today)]
        heirs = stays & ~self.in_grace(rows, today)
        heir = heirs & (heirs.cumsum(0) == 1)
        inherited = zip(self._run_up(rows), gone, strict=True)
        self._write(rows, *(own + heir * more for own, more in inherited))
        order = np.argsort(~stays, axis=0, kind="stable")
        for name, empty in _EMPTY.items():
            column = np.where(stays, kept(getattr(self, name), rows), empty)
            put(getattr(self, name), rows, np.take_along_axis(column, order, 0))


def _carried(fen: Ints, rest: Ints) -> tuple[Ints, Ints]:
    """Return the same penalty with a rest of less than a fen: whole ones go to the fen."""
    whole, rest = parted(rest, RATE_SCALE)
    return fen + whole, rest


def _claims(items: int) -> npt.NDArray[np.intp]:
    """Return, by order and spread, the places of parts and items in which cash goes to them."""
    places = np.arange(items, dtype=np.intp)
    found = []
    for order in ORDERS.values():
        by_part = np.array([PARTS.index(each) for each in order], np.intp)[:, None] * items + places
        found.append([by_part.T.ravel(), by_part.ravel()])
    return np.array(found)


def _covered(owed: Ints, cash: Ints, claims: npt.NDArray[np.intp]) -> Ints:
    """Return what cash covers of what is owed, by part and item, one claim after the other."""
    queue = np.take_along_axis(owed.reshape(claims.shape), claims, 0)
    taken = np.clip(cash - (queue.cumsum(0) - queue), 0, queue)
    paid = np.empty_like(queue)
    np.put_along_axis(paid, claims, taken, 0)
    return paid.reshape(owed.shape)


def no_arrears(terms: Mapping[str, npt.NDArray[Any]], rounding: Ints | None) -> Arrears:
    """Return the arrears of loans just drawn: none."""
    size = len(terms["start"])
    items = {name: np.full((1, size), empty, np.int64) for name, empty in _EMPTY.items()}
    return Arrears(
        **items,
        rate=terms["penalty_multiple"],
        on_interest=terms["penalty_on_interest"],
        grace_days=terms["grace_days"],
        order=terms["payment_order"],
        spread=terms["payment_spread"],
        rounding=rounding,
        planned=np.full(size, NO_PLAN, np.int64),
    )
