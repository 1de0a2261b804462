"""Rules of thumb beside the best plan: what people do, or are told to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np

from jiebei.life.best.ground import Ground
from jiebei.life.best.lanes import Floats, Lane
from jiebei.life.best.played import ALL, Choice, Played, play

__all__ = ["RULES", "Rule", "follow", "ruled"]

HALF_A_YEAR = 6
SPARE = 1.0  # yuan that stays too, as each payment is rounded


@dataclass(frozen=True)
class Rule:
    """Say what goes to which debt, beside all that falls due.

    Attributes
    ----------
    order : callable
        A lane and what is owed on it to its rank; the smallest is repaid first. None: nothing is.
    once : bool
        Whether that is done today only.
    months : int
        So many months of spending are kept in hand, or the reserve where that is more.
    """

    order: Callable[[Lane, float], Any] | None
    once: bool = False
    months: int = 0


def _dearest(lane: Lane, owed: float) -> Any:
    return -lane.rate


def _smallest(lane: Lane, owed: float) -> Any:
    return owed


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "as_agreed": Rule(None),
        "at_once": Rule(_dearest, once=True),
        "highest_rate": Rule(_dearest),
        "smallest_first": Rule(_smallest),
        "half_a_year": Rule(_dearest, months=HALF_A_YEAR),
    }
)


def follow(ground: Ground, rule: Rule) -> tuple[list[Choice], Floats]:
    """Follow a rule from day to day, with every debt as agreed and nothing drawn.

    What falls due before the next payday is kept; what comes later is not looked at.

    Returns
    -------
    list of Choice, float array
        What is decided, and the cash at the end of each day, in real numbers.

    Examples
    --------
    >>> from jiebei.life.best.borrower import Borrower
    >>> from jiebei.life.best.ground import ground
    >>> from jiebei.life.household.budget import Budget
    >>> from jiebei.loan.loan import Loan
    >>> loan = Loan(9_000, daily_rate=0.0004, months=3, start="2026-12-01")
    >>> there = ground(Borrower((loan,), Budget(5_000, 1_000, 4_000, "2026-12-01"), keep=500))
    >>> [choice], cash = follow(there, RULES["highest_rate"])
    >>> {day: round(float(yuan), 2) for day, (yuan, _) in choice.early.items()}, cash.round(2)[:2]
    ({20788: 3497.6, 20819: 2120.93, 20850: 790.62}, array([501., 501.]))
    """
    lanes = [(number, each) for number, each in enumerate(ground.lanes) if each.as_agreed]
    owed = {number: lane.owed for number, lane in lanes}
    early: dict[int, dict[int, tuple[float, bool]]] = {number: {} for number, _ in lanes}
    keep, paydays = _kept(ground, rule), ground.months.date
    cash, left = np.zeros(len(ground.days)), 0.0
    for at, day in enumerate(ground.days):
        left = left * (float(ground.growth[at - 1]) if at else 1.0) + float(ground.net[at])
        for number, lane in lanes:
            paid, owed[number] = _due(lane, int(day), owed[number], not early[number])
            left -= paid
        if rule.order is not None and not (rule.once and at):
            later = paydays[paydays > day]
            until = int(later[0]) if len(later) else int(day) + 1
            soon = sum(_soon(each, int(day), until, owed[n], not early[n]) for n, each in lanes)
            free = left - keep - SPARE - soon
            ranked = sorted(lanes, key=lambda each: rule.order(each[1], owed[each[0]]))  # type: ignore[misc]
            for number, lane in ranked:
                place = np.flatnonzero(lane.early == day)
                if not place.size or owed[number] < ALL or free < 1:
                    continue
                top = 1 + float(lane.on_top[place[0]])
                amount = min(owed[number], free / top)
                if amount < min(lane.least, owed[number]):
                    continue
                owed[number] -= amount
                left, free = left - amount * top, free - amount * top
                whole = owed[number] < ALL
                early[number][int(day)] = (np.floor(amount * 100) / 100, whole)
        cash[at] = left
    left_over = sum(owed[number] for number, _ in lanes)
    cash[-1] -= left_over
    return [Choice(number, 0.0, early[number]) for number, _ in lanes], cash


@lru_cache(4 * len(RULES))  # an answer, its picture and the checks ask alike
def ruled(ground: Ground, name: str) -> Played:
    """Return what following a rule comes to, through the engine.

    Examples
    --------
    >>> from jiebei.life.best.borrower import Borrower
    >>> from jiebei.life.best.ground import ground
    >>> from jiebei.life.household.budget import Budget
    >>> from jiebei.loan.loan import Loan
    >>> loan = Loan(9_000, daily_rate=0.0004, months=3, start="2026-12-01")
    >>> there = ground(Borrower((loan,), Budget(5_000, 1_000, 4_000, "2026-12-01")))
    >>> ruled(there, "as_agreed").cost
    220.51
    """
    return play(ground, follow(ground, RULES[name])[0])


def _soon(lane: Lane, day: int, until: int, owed: float, stands: bool) -> float:
    """Return what falls due after a day and before the next payday."""
    total = 0.0
    for due in lane.due[(lane.due > day) & (lane.due < until)]:
        paid, owed = _due(lane, int(due), owed, stands)
        total += paid
    return total


def _kept(ground: Ground, rule: Rule) -> float:
    spent = ground.months.expenses[1:]
    monthly = float(spent.mean()) / 100 if len(spent) else 0.0
    return max(ground.borrower.keep, rule.months * monthly)


def _due(lane: Lane, day: int, owed: float, stands: bool) -> tuple[float, float]:
    """Return what falls due on a day, and what is owed after it.

    `stands` tells whether nothing was repaid early before.
    """
    place = int(np.searchsorted(lane.due, day))
    if place == len(lane.due) or lane.due[place] != day or owed < 1e-9:
        return 0.0, owed
    paid = owed * float(lane.pays[place]) + float(lane.fixed[place])
    left = owed * float(lane.keeps[place])
    if stands and len(lane.stands_paid):
        paid, left = paid + float(lane.stands_paid[place]), left + float(lane.stands_kept[place])
    if lane.floor:
        more = min(max(lane.floor - paid, 0.0), left)
        paid, left = paid + more, left - more
    return paid, left
