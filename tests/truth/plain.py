"""Plain sums that several pages are held against: payments by day, worth, cash, turns."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from jiebei.loan.plan import Strategy

Moves = Mapping[date, int]  # fen that come in (or go out, with a minus), by day
CENT = 0.005


def moves(strategy: Strategy, draws: bool = True) -> Moves:
    """Return what a loan or a plan brings and takes, by day; also without its first drawdown."""
    flows = strategy.cashflows(["date", "drawn", "payment"])
    found: Counter[date] = Counter()
    rows = zip(flows["date"], flows["drawn"], flows["payment"], strict=True)
    for place, (day, drawn, paid) in enumerate(rows):
        first = place == 0 and not draws
        found[day.date()] += round(100 * ((0 if first else drawn) - paid))
    return found


def less(ours: Moves, theirs: Moves) -> Moves:
    """Return the difference of two, by day."""
    days = sorted({*ours, *theirs})
    return {day: ours.get(day, 0) - theirs.get(day, 0) for day in days}


def worth(of: Moves, rate: float, at: date) -> float:
    """Return what moves are worth on a day in yuan, if they go in and out of savings."""
    grown = (fen * (1 + rate) ** ((at - day).days / 365) for day, fen in of.items())
    return float(sum(grown)) / 100


def turning(of: Moves) -> list[float]:
    """Return the savings rates up to 100 % at which the worth changes its sign."""
    at = min(of)
    grid = [1e-6, *(place / 400 for place in range(1, 401))]
    values = [worth(of, rate, at) for rate in grid]
    found = []
    for (low, one), (high, two) in pairwise(zip(grid, values, strict=True)):
        if (one > 0) != (two > 0):
            found.append(_halved(of, at, low, high))
    return found


def _halved(of: Moves, at: date, low: float, high: float) -> float:
    rises = worth(of, high, at) > worth(of, low, at)
    for _ in range(40):
        half = (low + high) / 2
        low, high = (low, half) if (worth(of, half, at) > 0) == rises else (half, high)
    return (low + high) / 2


def unless(of: Moves, savings: float) -> tuple[str, dict[str, float]]:
    """Return how a verdict at a savings rate has to be limited: the key and its rates."""
    rates = turning(of)
    below = [rate for rate in rates if rate <= savings]
    above = [rate for rate in rates if rate > savings]
    if below and above:
        return "answer.shared.unless_between", {"low": below[-1], "high": above[0]}
    if above:
        return "answer.shared.unless_above", {"rate": above[0]}
    if below:
        return "answer.shared.unless_below", {"rate": below[-1]}
    return "answer.shared.unless_always", {}


def paydays(since: date, until: date, on: int = 0) -> Iterable[date]:
    """Yield that day of every month after a day, the last of the month where it has none.

    The same day of the month, if none is given.
    """
    months = since.year * 12 + since.month - 1
    while True:
        year, month = months // 12, months % 12 + 1
        day = date(year, month, min(on or since.day, calendar.monthrange(year, month)[1]))
        if day > until:
            return
        if day > since:
            yield day
        months += 1


def lowest(
    of: Moves,
    in_hand: float,
    monthly: float,
    since: date,
    spends: Mapping[date, float] = {},
    payday: int = 0,
) -> tuple[float, date]:
    """Return the least cash in hand at the end of a day, and the first day of it."""
    last = max([since, *of, *spends])
    by_day: Counter[date] = Counter({since: round(100 * in_hand)})
    for day in paydays(since, last, payday):
        by_day[day] += round(100 * monthly)
    for day, fen in of.items():
        if day >= since:
            by_day[day] += fen
    for day, yuan in spends.items():
        by_day[day] -= round(100 * yuan)
    left, least = 0, (float("inf"), since)
    for day in sorted(by_day):
        left += by_day[day]
        least = min(least, (left / 100, day), key=lambda each: each[0])
    return least


def sooner(
    ways: Mapping[Any, Moves], in_hand: float, monthly: float, since: date
) -> tuple[date, tuple[Any, ...]] | None:
    """Return a tightest day, and the short ways carried if the surplus came on its day of months.

    The first such day; None where there is none.
    """
    lows = {name: lowest(each, in_hand, monthly, since) for name, each in ways.items()}
    short = [name for name, (low, _) in lows.items() if low <= -CENT]
    for due in (lows[name][1] for name in short):
        least = {
            name: lowest(ways[name], in_hand, monthly, since, payday=due.day)[0] for name in short
        }
        if carried := tuple(name for name in short if least[name] > -CENT):
            return due, carried
    return None
