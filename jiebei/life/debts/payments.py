"""Paying several debts from one monthly amount: what must be paid first, the rest by an order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from jiebei.life.debts.debt import NO_DAY, Debt, payday
from jiebei.life.debts.ledgers import MOST, PARTS, Ledger, open_ledger
from jiebei.units.days import Ints, month_of

__all__ = ["COLUMNS", "LEFT", "Month", "frame", "last_payday", "months", "paydays"]

MONTHS_AHEAD = 360  # who is not free by then is taken as never free
LEFT = 100  # the rank of a debt that is paid only what must be paid
PAID = ("interest", "penalty", "fee", "principal")
COLUMNS = (
    "debt",
    "date",
    "days",
    "opening",
    "drawn",
    *PAID,
    "payment",
    "capitalised",
    "closing",
    "due",
)

Bools = npt.NDArray[np.bool_]


class Month:
    """One payday of all debts; arrays in fen of shape (debts, scenarios)."""

    def __init__(self, day: int, days: int, ledgers: Sequence[Ledger]) -> None:
        """Bill every debt: what must be paid is paid."""
        self.day, self.days, self.ledgers = day, days, ledgers
        self.opening = np.array([each.owed for each in ledgers])
        self.parts = {name: np.zeros_like(self.opening) for name in PARTS}
        for place, each in enumerate(ledgers):
            each.bill(day, self.row(place))
        self.due = self.payment
        self.counts: Bools = np.ones(self.opening.shape[1], np.bool_)  # where it takes place

    def row(self, place: int) -> dict[str, Ints]:
        """Return what happens to one debt, to be added to."""
        return {name: each[place] for name, each in self.parts.items()}

    @property
    def payment(self) -> Ints:
        """Return interest + penalty + fee + principal."""
        return np.asarray(np.sum([self.parts[name] for name in PAID], axis=0))

    @property
    def closing(self) -> Ints:
        """Return opening + drawn + capitalised - principal."""
        added = self.parts["drawn"] + self.parts["capitalised"]
        return np.asarray(self.opening + added - self.parts["principal"])

    def pay_on_top(self, cash: Ints, ranks: Ints) -> Ints:
        """Pay the debts in the order of their ranks while the cash lasts; return what is left."""
        cash = cash.copy()
        order = np.argsort(ranks, axis=0, kind="stable")
        for turn in order:
            for place, ledger in enumerate(self.ledgers):
                mine = (turn == place) & (cash > 0) & (ranks[place] < LEFT)
                places = np.flatnonzero(mine & (ledger.owed > 0))
                if places.size:
                    cash[places] -= ledger.pay(places, cash[places], self.row(place))
        return cash


def months(debts: Sequence[Debt], monthly: Ints, ranks: Ints, lead: Ints) -> Iterator[Month]:
    """Pay month by month until every scenario is free of debt, fails, or the years run out.

    Parameters
    ----------
    debts : list of Debt
    monthly : fen, shape (scenarios,)
        For all debts together.
    ranks : shape (debts, scenarios)
        Which debt takes what is left, the smallest first; LEFT: none of it.
    lead : months, shape (scenarios,)
        A debt with a deadline goes first on so many paydays up to it. Family money does so on the
        last of them in any case, and from then on until it is repaid; a card at 0 never does.

    Yields
    ------
    Month
        `counts` is False where the amount did not cover what had to be paid, then or before.
    """
    ledgers = [open_ledger(each, len(monthly)) for each in debts]
    alive = np.ones(len(monthly), np.bool_)
    for month in paydays(debts, ledgers, MONTHS_AHEAD):
        cash = monthly - month.due.sum(axis=0)
        alive &= (cash >= 0) & (month.opening.max(axis=0) < MOST)
        month.counts = alive.copy()
        month.pay_on_top(np.where(alive, cash, 0), _now(debts, month.day, ranks, lead))
        yield month
        if not (alive & month.closing.any(axis=0)).any():
            return


def paydays(debts: Sequence[Debt], ledgers: Sequence[Ledger], until: int) -> Iterator[Month]:
    """Yield so many months in turn, each with its bills paid."""
    start = last = debts[0].start
    for count in range(1, until + 1):
        day = payday(start, count)
        yield Month(day, day - last, ledgers)
        last = day


def last_payday(debt: Debt) -> int:
    """Return the number of the last payday that meets the deadline of a debt."""
    count = int(month_of(debt.deadline) - month_of(debt.start))
    return count if payday(debt.start, count) <= debt.deadline else count - 1


def _now(debts: Sequence[Debt], day: int, ranks: Ints, lead: Ints) -> Ints:
    """Return the ranks of this month: what has a deadline near, or is late, goes first."""
    now = ranks.copy()
    for place, debt in enumerate(debts):
        if debt.deadline == NO_DAY:
            continue
        ahead = last_payday(debt) - int(month_of(day) - month_of(debt.start))
        # Family money must be paid on its last payday; a card whose free period ends need not.
        first = np.maximum(lead, 1) if debt.kind == "family" else lead
        is_near = (ahead < first) & (first > 0)
        now[place] = np.where(is_near, place - LEFT, ranks[place])
    return now


def frame(debts: Sequence[Debt], run: Iterable[Month], scenario: int = 0) -> pd.DataFrame:
    """Return the dated cash flows of one scenario (现金流), a row a debt a payday.

    Returns
    -------
    DataFrame
        `debt`, `date`, `days` of interest; in yuan `opening`, `drawn`, `interest`, `penalty`,
        `fee`, `principal`, `payment` (the sum of these four), `capitalised` (interest of a card
        that its payment did not cover), `closing` = opening + drawn + capitalised - principal, and
        `due`, the part of the payment that had to be paid. A debt that is paid off has no rows.
    """
    rows = []
    for month in run:
        if not month.counts[scenario]:
            break
        yuan = {name: each[:, scenario] / 100 for name, each in month.parts.items()}
        for name in ("opening", "closing", "payment", "due"):
            yuan[name] = getattr(month, name)[:, scenario] / 100
        called = [str(each.name) for each in debts]
        names = pd.Categorical(called, called)
        date = np.datetime64(month.day, "D").astype("M8[s]")
        table = pd.DataFrame({"debt": names, "date": date, "days": month.days, **yuan})
        rows.append(table[(table["opening"] > 0) | (table["drawn"] > 0)])
    if not rows:
        return pd.DataFrame(columns=[*COLUMNS])
    return pd.concat(rows, ignore_index=True)[[*COLUMNS]]
