"""What paying several debts comes to: when you are free of them, at what cost, what is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from jiebei.life.debts.debt import Debt
from jiebei.life.debts.payments import Month, last_payday, months
from jiebei.units.days import Ints
from jiebei.units.reading import money

__all__ = ["Bools", "Freedom", "freedom"]

Bools = npt.NDArray[np.bool_]


@dataclass
class Freedom:
    """What paying comes to: arrays, one place a scenario; money in fen.

    Attributes
    ----------
    months : int array
        Until nothing is owed; 0 where that never happens.
    cost, interest, penalty, fee : int arrays
        `cost` is all that is paid beyond what is owed today.
    late : int array
        What is still owed to the family after the last payday that meets a deadline.
    short_month, short : int arrays
        The first month in which the amount does not cover what must be paid (0: none), and what
        is missing then.
    most_due : int array
        The most that must be paid in a month.
    ends : int array of shape (debts, scenarios)
        The month in which each debt is paid off; 0 if never.
    """

    months: Ints
    cost: Ints
    interest: Ints
    penalty: Ints
    fee: Ints
    late: Ints
    short_month: Ints
    short: Ints
    most_due: Ints
    ends: Ints

    @property
    def free(self) -> Bools:
        """Tell where every debt is paid off."""
        return np.asarray(self.months > 0)

    @property
    def kept(self) -> Bools:
        """Tell where every debt is paid off, and every deadline is met."""
        return np.asarray(self.free & (self.late == 0))


def freedom(debts: Sequence[Debt], monthly: Any, ranks: Any, lead: Any = 0) -> Freedom:
    """Pay several debts from a monthly amount and say what it comes to, without a frame.

    Parameters
    ----------
    debts : list of Debt
        As `jiebei.life.debts.debt.read` returns them.
    monthly : yuan
        A month for all debts together (每月还债预算); an array is many scenarios.
    ranks : array of shape (debts,) or (debts, scenarios)
        As `jiebei.life.debts.orders.ranks` returns them.
    lead : int or array
        On so many paydays up to a deadline that debt goes first.

    Examples
    --------
    >>> from jiebei.life.debts.debt import read
    >>> card = {"name": "card", "kind": "card", "balance": 10_000, "daily_rate": 0.0005}
    >>> found = freedom(read([card], "2026-12-01"), [2_000, 4_000], [0])
    >>> found.months, found.interest / 100
    (array([6, 3]), array([480.96, 281.91]))
    """
    fen, lead = np.broadcast_arrays(np.atleast_1d(money(monthly, "monthly")), np.asarray(lead))
    ranks = np.asarray(ranks, np.int64).reshape(len(debts), -1)
    size = max(len(fen), ranks.shape[1])
    fen, lead = np.broadcast_to(fen, size), np.broadcast_to(lead, size)
    ranks = np.broadcast_to(ranks, (len(debts), size))
    found = _nothing_yet(len(debts), size)
    for count, month in enumerate(months(debts, fen, ranks, lead), start=1):
        _add(found, debts, month, count, fen)
    return found


def _nothing_yet(debts: int, size: int) -> Freedom:
    shapes = {each.name: size for each in fields(Freedom)} | {"ends": (debts, size)}
    return Freedom(**{name: np.zeros(shape, np.int64) for name, shape in shapes.items()})


def _add(found: Freedom, debts: Sequence[Debt], month: Month, count: int, monthly: Ints) -> None:
    """Add one month."""
    counts, closing, due = month.counts, month.closing, month.due.sum(axis=0)
    open_before = counts & (found.months == 0)
    fails = (due > monthly) & (found.short_month == 0) & (found.months == 0)
    found.short_month[fails], found.short[fails] = count, (due - monthly)[fails]
    for name in ("interest", "penalty", "fee"):
        getattr(found, name)[:] += month.parts[name].sum(axis=0) * counts
    found.interest[:] += month.parts["capitalised"].sum(axis=0) * counts
    found.cost[:] = found.interest + found.penalty + found.fee
    np.maximum(found.most_due, due * (counts | fails), out=found.most_due)
    for place, debt in enumerate(debts):
        if debt.kind == "family" and count == last_payday(debt):
            found.late[:] += closing[place] * counts
    ends = (closing == 0) & (month.opening > 0) & counts
    found.ends[ends] = count
    found.months[open_before & ~closing.any(axis=0)] = count
