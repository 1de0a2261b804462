"""Decide now, adapt later: one programme over a few dozen futures of income and of the line.

What is decided today is the same in all of them. What is decided later may know all of its own
future, which is more than anybody knows; or only whether more or less has come in so far than in
half of the futures, which everybody knows. What can be had lies between the two. In a future cash
may fall to zero, below the reserve; what is missing even then is carried at the penalty rate
(罚息), and counted as a loss.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from jiebei.life.best.best import Best
from jiebei.life.best.ground import Ground
from jiebei.life.best.lanes import Floats, let_off_first
from jiebei.life.best.layout import Layout, lay_out
from jiebei.life.best.programme import Programme
from jiebei.life.household.futures import futures
from jiebei.loan.terms import PENALTY_MULTIPLE
from jiebei.units.days import Ints

__all__ = ["Today", "Tried", "futures_of", "policies", "repaid_now"]

FEW = 24  # futures
Early = dict[tuple[int, int], float]


@dataclass(frozen=True, eq=False)
class Futures:
    """Hold what may come: arrays with a row a future.

    Attributes
    ----------
    net : float array (futures, days)
    closed : bool array
        Where the line lends no more.
    """

    net: Floats
    closed: Any


@dataclass(frozen=True, eq=False)
class Today:
    """What is decided today: yuan repaid early on each lane, and what of each future comes of it.

    Attributes
    ----------
    early : dict of (lane, place among its days) to yuan of principal
        Of today, and of tomorrow where that is a day of the plan.
    repaid : yuan
        The cash that it takes.
    left : float array
        Yuan on the last day, one a future, where later decisions know all that comes.
    unknowing : float array
        Where they only know whether more or less than in half of the futures has come in so far.
    """

    early: Early
    repaid: float
    left: Floats
    unknowing: Floats


@dataclass(frozen=True, eq=False)
class Tried:
    """What several ways to decide today come to in the same futures.

    Attributes
    ----------
    ways : dict of str to Today
        "plan", as the best plan for the expected income does; "nothing" repaid today; "on_average",
        what leaves most on average; "least_regret", what is never far from the best in hindsight.
    hindsight : float array
        What could be had in each future by whoever knew it today.
    """

    ways: dict[str, Today]
    hindsight: Floats

    def table(self) -> pd.DataFrame:
        """Show each way: repaid today, the averages, the worst future, and the most regret."""
        rows = {
            name: {
                "repaid_today": way.repaid,
                "at_least": float(way.unknowing.mean()),
                "average": float(way.left.mean()),
                "worst": float(way.left.min()),
                "regret": float((self.hindsight - way.left).max()),
            }
            for name, way in self.ways.items()
        }
        return pd.DataFrame.from_dict(rows, orient="index")


def futures_of(
    there: Ground, shocks: pd.DataFrame, closes: float = 0.0, number: int = FEW, seed: int = 1
) -> Futures:
    """Draw futures of the income, and whether the line still lends in each.

    Parameters
    ----------
    there : Ground
    shocks : DataFrame
        As `jiebei.life.household.futures.assumed` returns them.
    closes : decimal
        The chance that the limit does not come back.
    number : int
        How many futures.
    seed : int

    Examples
    --------
    >>> from jiebei.life.best.drawn import borrower
    >>> from jiebei.life.best.ground import ground
    >>> from jiebei.life.household.futures import assumed
    >>> there = ground(borrower(1))
    >>> futures_of(there, assumed("household"), number=3).net.shape == (3, len(there.days))
    True
    """
    last = np.int64(there.days[-1]).astype("M8[D]")
    drawn = futures(there.borrower.budget, shocks, last, households=number, seed=seed, threads=1)
    net = np.zeros((number, len(there.days)))
    comes = np.diff(drawn.cash, axis=0, prepend=0) / 100
    net[:, np.searchsorted(there.days, drawn.date)] = comes.T
    luck = np.random.default_rng([seed, 1]).random(number)
    return Futures(net, luck < closes)


def policies(found: Best, coming: Futures) -> Tried:
    """Try several ways to decide today in the same futures.

    Examples
    --------
    >>> from jiebei.life.best.best import best
    >>> from jiebei.life.best.drawn import borrower
    >>> from jiebei.life.household.futures import assumed
    >>> plan = best(borrower(1))
    >>> tried = policies(plan, futures_of(plan.ground, assumed("household"), number=3))
    >>> table = tried.table()
    >>> bool(table["average"].idxmax() == "on_average"), bool((table["regret"] > -1e-6).all())
    (True, True)
    """
    there = found.ground
    relaxed = _taken(found)
    planned = {each.lane: each.early for each in found.choices}
    now: Early = {
        (lane, place): planned[lane][int(there.lanes[lane].early[place])][0]
        for _, lane, place in _now(there)
        if int(there.lanes[lane].early[place]) in planned.get(lane, {})
    }
    known, halves = _known(there, coming), _halves(there, coming)
    hindsight = np.array(
        [_solved(there, _only(coming, at), relaxed, known[[at]])[1][0] for at in range(len(known))]
    )
    asked: dict[str, tuple[Early | None, Floats | None]] = {
        "plan": (now, None),
        "nothing": ({}, None),
        "on_average": (None, None),
        "least_regret": (None, hindsight),
    }
    ways = {}
    for name, (at, least) in asked.items():
        early, left = _solved(there, coming, relaxed, known, at, least)
        _, unknowing = _solved(there, coming, relaxed, halves, early)
        ways[name] = Today(early, _cash(there, early), left, unknowing)
    plan = replace(ways["plan"], repaid=repaid_now(found))
    return Tried(ways | {"plan": plan}, hindsight)


def repaid_now(found: Best) -> float:
    """Return what a plan repays early today, or tomorrow where it is better to wait a day."""
    days = found.ground.days[: _days_now(found.ground)]
    return sum(found.played.early(int(day)) for day in days)


def _only(coming: Futures, at: int) -> Futures:
    return Futures(coming.net[[at]], coming.closed[[at]])


def _known(there: Ground, coming: Futures) -> Ints:
    """Return what tells futures apart on each day: nothing before a payday, then everything."""
    every = np.tile(np.arange(len(coming.net), dtype=np.int64)[:, None], coming.net.shape[1])
    every[:, : _unknown(there)] = 0
    return every


def _halves(there: Ground, coming: Futures) -> Ints:
    """Return what tells them apart where nobody knows what comes: how it has gone so far."""
    so_far = np.cumsum(coming.net, axis=1).round(2)
    half: Ints = (so_far > np.median(so_far, axis=0)) + 2 * coming.closed[:, None]
    half[:, : _unknown(there)] = 0
    return half


def _unknown(there: Ground) -> int:
    """Return how many days come before the next payday."""
    return max(int(np.searchsorted(there.days, there.months.date[1])), 1)


def _days_now(there: Ground) -> int:
    """Return how many days are now: today, and tomorrow where it comes before the next payday."""
    return min(int((there.days <= there.days[0] + 1).sum()), _unknown(there))


def _taken(found: Best) -> dict[int, float]:
    """Return which lanes the plan takes: in every future they stay."""
    taken = {each.lane for each in found.choices}
    return {number: float(number in taken) for number in range(len(found.ground.lanes))}


def _solved(
    there: Ground,
    coming: Futures,
    relaxed: dict[int, float],
    seen: Ints,
    at: Early | None = None,
    hindsight: Floats | None = None,
) -> tuple[Early, Floats]:
    """Solve all futures at once; return what is repaid today on each lane, and what each leaves.

    Futures with the same `seen` on a day decide alike on it. `at` fixes what is repaid today;
    `hindsight` asks for the least regret.
    """
    model = Programme()
    # What is missing is carried as if it were overdue at the dearest rate.
    rate = max(PENALTY_MULTIPLE * max(each.rate for each in there.lanes), _saved(there))
    copies: list[Layout] = []
    leaves: list[int] = []
    for net, closed in zip(coming.net, coming.closed, strict=True):
        copies.append(lay_out(there, model, net, 0.0, bool(closed), rate, relaxed))
        leaves.append(_leaves(model))
    paid: list[tuple[int, float]] = []
    now = _now(there)
    for day, lane, place in _decisions(there):
        chosen = [copy.lanes[lane].early[place] for copy in copies]
        first: dict[int, int] = {}
        for which, each in zip(seen[:, day], chosen, strict=True):
            if first.setdefault(int(which), each) != each:
                model.equal([(first[int(which)], 1.0), (each, -1.0)], 0.0)
        if (day, lane, place) not in now:
            continue
        if at is None:
            paid.append((chosen[0], 1.0 + float(there.lanes[lane].on_top[place])))
        else:
            fixed = min(at.get((lane, place), 0.0), model.most[chosen[0]])
            model.least[chosen[0]] = model.most[chosen[0]] = fixed
    if paid:  # what is missing later is lent; today there is the cash in hand and no more
        model.row(paid, -np.inf, there.borrower.budget.reserve)
    model.gains = {each: 1.0 / len(leaves) for each in leaves}
    if hindsight is not None:
        regret = model.new()
        for best_left, left in zip(hindsight, leaves, strict=True):
            model.row([(left, 1.0), (regret, 1.0)], float(best_left), np.inf)
        model.gains = {regret: -1.0} | dict.fromkeys(leaves, 1e-6)
    # A card's floor and the like are left to the plan: here all numbers may be broken.
    model.whole = [False] * len(model.whole)
    found = model.solve()
    assert found is not None  # whatever is missing is lent
    early = {
        (lane, place): float(found.x[copies[0].lanes[lane].early[place]]) for _, lane, place in now
    }
    return early, np.array([found.x[each] for each in leaves])


def _cash(there: Ground, early: Early) -> float:
    """Return the cash that early repayments of now take."""
    cash = 0.0
    for (number, place), amount in early.items():
        lane = there.lanes[number]
        cash += amount * (1 + float(lane.on_top[place])) - let_off_first(lane, place, amount)
    return cash


def _saved(there: Ground) -> float:
    """Return the most that cash earns a day: nobody is lent at less what he could then save."""
    return float(((there.growth - 1) / np.diff(there.days)).max()) * (1 + 1e-6)


def _leaves(model: Programme) -> int:
    """Return a variable that is what one future leaves: its gains, which are handed over to it."""
    left = model.new(least=-np.inf)
    model.equal([(left, -1.0), *model.gains.items()], 0.0)
    model.gains = {}
    return left


def _decisions(there: Ground) -> list[tuple[int, int, int]]:
    """Return all early repayments: the number of the day, the lane, the place among its days."""
    return [
        (int(day), number, place)
        for number, lane in enumerate(there.lanes)
        for place, day in enumerate(np.searchsorted(there.days, lane.early))
    ]


def _now(there: Ground) -> list[tuple[int, int, int]]:
    """Return those of today, and of tomorrow."""
    return [each for each in _decisions(there) if each[0] < _days_now(there)]
