"""Several loans and not enough money: what becomes of them, month by month, by every order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from jiebei.language.errors import JiebeiError, nearest
from jiebei.loan.loan import Loan, arguments
from jiebei.loan.terms import MOST_MONTHS
from jiebei.units.days import Ints, day_of_month, due_date, month_of
from jiebei.units.reading import money, whole_number

__all__ = [
    "LONGEST",
    "CaughtUp",
    "Means",
    "by_penalty_rate",
    "catch_up",
    "loans_of",
    "ranking",
]

MOST_LOANS = 4  # 24 orders
LONGEST = 36  # months in which one may catch up
ALL = 1e9  # yuan: more than anybody owes

_TERMS = tuple(each for each in arguments() if each != "start")


@dataclass(frozen=True)
class Means:
    """What there is for all loans together on each due day, in yuan.

    Attributes
    ----------
    short : yuan
        In each of the first `months`.
    months : int
        How long money is short, 0 to 36.
    later : yuan
        Each month afterwards. What is not needed is kept for the next.
    """

    short: float
    months: int
    later: float

    def fen(self, month: int) -> int:
        """Return what comes in before the due day of a month, in fen."""
        whole_number(self.months, "short_months", 0, LONGEST)
        given = {"short_cash": self.short, "later_cash": self.later}
        name = "short_cash" if month <= self.months else "later_cash"
        return int(money(given[name], name, zero=True))


@dataclass(frozen=True)
class CaughtUp:
    """How each order ends; arrays of shape (orders,), the last two (loans, orders).

    Attributes
    ----------
    orders : int array (orders, loans)
        Places of the loans, the one paid first first.
    cost : yuan
        Interest, penalty and fees more than if all were paid on time; NaN where it never ends.
    caught_up : datetime64[D]
        The first due day after which nothing is overdue any more; NaT where there is none.
    days_late : int
        The most days late of each loan.
    called : bool
        Whether the whole loan fell due on the way.
    """

    orders: Ints
    cost: npt.NDArray[np.float64]
    caught_up: Any
    days_late: Ints
    called: npt.NDArray[np.bool_]


def loans_of(table: Sequence[Mapping[str, Any]], start: Any) -> dict[str, Loan]:
    """Read loans that were drawn on one day from a table: `name`, and the arguments of a loan.

    Examples
    --------
    >>> rows = [{"name": "A", "principal": 20_000, "daily_rate": 0.0005, "months": 12}]
    >>> loans_of(rows, "2026-12-01")["A"].summary().instalment
    1835.79
    """
    rows = list(table)
    if not 1 <= len(rows) <= MOST_LOANS:
        raise JiebeiError("error.overdue.loans", n=len(rows), most=MOST_LOANS)
    loans: dict[str, Loan] = {}
    for row in rows:
        name = str(row.get("name", "")).strip()
        if not name or name in loans:
            raise JiebeiError("error.overdue.name", name=repr(row.get("name")))
        terms = {key: value for key, value in row.items() if key != "name"}
        for key in terms:
            if key not in _TERMS:
                near = nearest(str(key), _TERMS)
                raise JiebeiError("error.overdue.key", key=key, nearest=near)
        for key in ("principal", "daily_rate", "months"):
            if key not in terms:
                raise JiebeiError("error.overdue.missing", key=key, name=name)
        loans[name] = Loan(start=start, **terms)
    return loans


def catch_up(loans: Mapping[str, Loan], means: Means) -> CaughtUp:
    """Pay several loans by every order, month by month, until nothing is overdue (补还顺序).

    On each due day the money goes to the first loan of the order until nothing of it is due or
    overdue, then to the next; the last one paid may get a part. Nothing is repaid early.

    Parameters
    ----------
    loans : dict of name to Loan
        Drawn on one day, each as agreed, one scenario.
    means : Means
        The money there is.

    Examples
    --------
    >>> terms = {"months": 2, "start": "2026-12-01"}
    >>> loans = {"dear": Loan(1_000, daily_rate=0.0006, **terms)}
    >>> loans["cheap"] = Loan(1_000, daily_rate=0.0002, **terms)
    >>> found = catch_up(loans, Means(short=520, months=1, later=2_000))
    >>> found.cost, found.days_late.tolist()
    (array([ 4.64, 13.91]), [[0, 31], [31, 0]])
    """
    orders = np.array(list(permutations(range(len(loans)))))
    each_order = np.arange(len(orders), dtype=np.int64)
    unpaid = [loan.miss(1, times=2 * MOST_MONTHS) for loan in loans.values()]
    on_time = [loan.summary() for loan in loans.values()]
    last = max(each.payoff_date for each in on_time)
    left = np.zeros(len(orders), np.int64)
    given = np.zeros((len(loans), len(orders)), np.int64)
    closed = np.zeros(given.shape, bool)
    caught_up: Any = np.full(len(orders), np.datetime64("NaT"), "M8[D]")
    for month in range(1, LONGEST + 1):
        today = _due_day(loans, month)
        left = left + means.fen(month)
        all_paid = [_all_paid(*each, today) for each in zip(unpaid, closed, strict=True)]
        owed = np.array([fen for fen, _ in all_paid]) - given
        paid = np.zeros_like(owed)
        for place in orders.T:
            part = np.minimum(owed[place, each_order], left)
            paid[place, each_order] = part
            left = left - part
        unpaid = [each.pay(fen / 100, on=today) for each, fen in zip(unpaid, paid, strict=True)]
        given = given + paid
        closed |= np.array([ends for _, ends in all_paid]) & (owed == paid)
        clear = (owed == paid).all(axis=0)
        caught_up = np.where(clear & np.isnat(caught_up), today, caught_up)
        caught_up = np.where(clear, caught_up, np.datetime64("NaT"))
        if clear.all() and today >= last:
            break
    totals = [each.summary() for each in unpaid]
    cost = sum(
        late.interest + late.penalty + late.fee - kept.interest - kept.penalty - kept.fee
        for late, kept in zip(totals, on_time, strict=True)
    )
    ended = ~np.isnat([each.payoff_date for each in totals]).any(axis=0)
    return CaughtUp(
        orders=orders,
        cost=np.where(ended, np.round(cost, 2), np.nan),
        caught_up=caught_up,
        days_late=np.array([each.days_late for each in totals]),
        called=np.array([_called(each, len(orders)) for each in unpaid]),
    )


def by_penalty_rate(loans: Mapping[str, Loan], found: CaughtUp) -> int:
    """Return the place of the order by penalty rate, the highest first."""
    rates = [-float(each.daily_rate) * float(each.penalty_multiple) for each in loans.values()]
    order = np.argsort(rates, kind="stable")
    return int(np.flatnonzero((found.orders == order).all(axis=1))[0])


def ranking(found: CaughtUp, first: int) -> Ints:
    """Return the places of the orders, the cheapest first; of equally cheap ones that at `first`.

    Orders that never end come last.
    """
    cost = np.nan_to_num(found.cost, nan=np.inf)
    return np.lexsort((np.arange(len(cost), dtype=np.int64) != first, cost))


def _due_day(loans: Mapping[str, Loan], month: int) -> np.datetime64:
    start = int(next(iter(loans.values())).terms["start"])
    day = due_date(month_of(start) + month, day_of_month(start))
    return np.datetime64(int(day), "D")


def _all_paid(loan: Loan, closed: npt.NDArray[np.bool_], today: np.datetime64) -> tuple[Ints, Any]:
    """Return what has been paid in all once nothing is overdue today, and where that ends a loan.

    In fen, one place an order.
    """
    nothing = closed | (_arrears(loan, today, len(closed)) == 0)  # then there is nothing to pay
    after = loan.pay(np.where(nothing, 0.0, ALL), on=today).summary()
    return np.rint(np.multiply(after.total_paid, 100)).astype(np.int64), ~np.isnat(
        after.payoff_date
    )


def _arrears(loan: Loan, today: np.datetime64, orders: int) -> npt.NDArray[np.float64]:
    """Return what is due and unpaid at the end of a day, in yuan, one place an order."""
    flows = loan.cashflows(["loan", "date", "arrears"])
    last = flows[flows["date"] <= pd.Timestamp(today)].groupby("loan")["arrears"].last().to_numpy()
    return np.broadcast_to(last, orders)


def _called(loan: Loan, orders: int) -> npt.NDArray[np.bool_]:
    flows = loan.cashflows(["loan", "event"])
    found = np.zeros(orders, bool)
    found[flows.loc[flows["event"] == "acceleration", "loan"].to_numpy()] = True
    return found
