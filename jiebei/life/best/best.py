"""The best plan of all, played to the fen, and the proof: what no plan exceeds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from jiebei.language.errors import JiebeiError
from jiebei.life.best.borrower import Borrower
from jiebei.life.best.ground import Ground, ground
from jiebei.life.best.lanes import TRIFLE, Floats, Lane
from jiebei.life.best.layout import LaneTerms, Layout, lay_out, left_after
from jiebei.life.best.played import ALL, Choice, Played, play
from jiebei.life.best.programme import GAP, Programme, Solved
from jiebei.life.best.rounding import most_left
from jiebei.life.best.rules import RULES, follow
from jiebei.units.fen import FEN
from jiebei.value.worth import DAYS_A_YEAR

__all__ = ["Best", "best", "between_days", "choices_in"]

STEP = 0.02
TRIFLING = 0.05  # yuan: what leaving out a trifle may lose
NEAREST, DOWN = 0.5, 1e-3  # how a fen is rounded
TRIES = (NEAREST, *(DOWN,) * 4)  # to keep the reserve: each payment is rounded
NOTHING = 1e-3  # yuan: what the solver may be off


@dataclass(frozen=True, eq=False)
class Best:
    """Hold the best plan.

    Attributes
    ----------
    ground : Ground
    played : Played
        The plan, through the engine.
    proved : yuan
        In real numbers no plan leaves more: the solver's own bound.
    programme : yuan
        What the programme itself makes of the best plan, in real numbers.
    solved : Solved
        Of the programme, its whole numbers settled: the worth of every row.
    layout : Layout
    choices : tuple of Choice
    """

    ground: Ground
    played: Played
    proved: float
    programme: float
    solved: Solved
    layout: Layout
    choices: tuple[Choice, ...]

    @cached_property
    def bound(self) -> float:
        """Return what no plan leaves more of, however its payments are rounded, in yuan.

        It takes a programme of its own, so it is not looked for before it is asked for.
        """
        return most_left(self.ground, self.programme) + between_days(self.ground)

    @property
    def gap(self) -> float:
        """Return by how much another plan could be better at most."""
        return self.bound - self.played.left


def best(borrower: Borrower) -> Best | None:
    """Find the plan that leaves most on the last day (最优方案); None where none keeps all dues.

    Parameters
    ----------
    borrower : Borrower

    Returns
    -------
    Best or None
        All due payments are met, cash never falls below the reserve, limits are kept.

    Notes
    -----
    The programme counts in real numbers, the engine rounds each payment to the fen. `bound` is the
    solver's own where every rounding is left to it, and with `between_days`; the plan is what the
    engine makes of it. See docs/best_plan.md.

    Examples
    --------
    >>> from jiebei.life.household.budget import Budget
    >>> from jiebei.loan.loan import Loan
    >>> loan = Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> budget = Budget(12_000, 7_000, reserve=25_000, since="2026-12-01")
    >>> found = best(Borrower((loan,), budget, keep=5_000, savings_rate=0.02))
    >>> found.played.left, found.gap < 1
    (33864.95, True)
    """
    return _best(borrower)


@lru_cache(16)  # an answer and its pictures ask for the same one
def _best(borrower: Borrower) -> Best | None:
    there = ground(borrower)
    layout = lay_out(there)
    found = layout.programme.solve(float(there.net.sum()))
    if found is None:
        return None
    return _as_played(layout, found)


def between_days(there: Ground) -> float:
    """Return the most that repaying on a day that is not looked at could gain."""
    return there.waits + _capped(there)


def _capped(there: Ground) -> float:
    """Return what reaching the cap of a coupon between two days could gain.

    Until it is reached a yuan is kept at the discounted rate, then at the full one. That day is
    best only where savings earn more than the one and less than the other. It then gains what they
    earn above the discounted rate, for as long as the cap lasts at the difference of the two.
    """
    borrower = there.borrower
    lanes = [each for each in there.lanes if np.isfinite(each.cap)]
    gap = float(np.diff(there.days).max())
    found = [0.0]
    for coupon in borrower.coupons:
        for lane in lanes:
            on_top = 1 + float(lane.on_top.max(initial=0.0))
            earns = ((1 + borrower.savings_rate) ** (gap / DAYS_A_YEAR) - 1) / gap * on_top
            discounted = lane.rate * (1 - coupon.off)
            late = np.log1p(borrower.savings_rate) / DAYS_A_YEAR >= lane.rate
            if coupon.cap is not None and not (late or discounted >= earns):
                share = (earns - discounted) / (lane.rate - discounted)
                found.append(min(coupon.cap * share, lane.owed * earns * gap))
    return max(found)


def _as_played(layout: Layout, found: Solved) -> Best:
    """Play the plan; where rounding takes a fen of the reserve, keep a little more that day."""
    there, programme = layout.ground, layout.programme
    at = _plainest(layout, found)
    _leave_out_trifles(layout, at)
    _leave_out_idle(layout, at)
    candidates: list[tuple[bool, float, Played, Solved, tuple[Choice, ...]]] = []
    first: Solved | None = None
    low, high = np.array(programme.low), np.array(programme.high)
    for up in TRIES:
        settled = programme.settle(at, low, high)
        if settled is None:
            break
        first = settled if first is None else first
        choices = tuple(choices_in(layout, settled, up))
        day, margin = 0, STEP
        try:
            played = play(there, choices)
        except JiebeiError:  # a fen too much somewhere: a little less will do
            pass
        else:
            holds = played.lowest > -FEN
            candidates.append((holds, played.left, played, settled, choices))
            if holds:
                break
            day = int(np.argmax(played.cash < there.borrower.keep - FEN))
            margin = STEP - 1.1 * played.lowest
        if up == NEAREST:  # to round down may be enough
            continue
        low[layout.days[day]] -= margin
        high[layout.days[day]] -= margin
    agreed = tuple(follow(there, RULES["as_agreed"])[0])
    played = play(there, agreed)
    if first is not None:
        candidates.append((played.lowest > -FEN, played.left, played, first, agreed))
    _, _, played, settled, choices = max(candidates, key=lambda each: each[:2])
    proof = (found.bound, found.value)
    return Best(there, played, *proof, first or settled, layout, choices)


def _plainest(layout: Layout, found: Solved) -> Floats:
    """Return the plan with nothing taken that is worth nothing: an extension, a coupon."""
    agreed = {
        lane.debt: terms
        for lane, terms in zip(layout.ground.lanes, layout.lanes, strict=True)
        if lane.as_agreed
    }
    at = found.x
    for lane, terms in zip(layout.ground.lanes, layout.lanes, strict=True):
        if lane.takes and terms.taken is not None and at[terms.taken] > 0.5:
            plain = at.copy()
            other = agreed[lane.debt]
            plain[terms.taken], plain[other.taken or 0] = 0.0, 1.0
            plain[other.stands] = _untouched(lane, terms, at)[: len(other.stands)]
            settled = layout.programme.settle(plain)
            if settled is not None and settled.value > found.value - GAP:
                at = plain
    return at


def _untouched(lane: Lane, terms: LaneTerms, at: Floats) -> Any:
    """Tell of each due day, and one more, whether nothing is repaid early before it."""
    repaid = lane.behind[at[terms.early] >= FEN] if terms.early else lane.behind
    return np.arange(len(lane.due) + 1, dtype=np.int64) < repaid.min(initial=len(lane.due) + 1)


def _leave_out_trifles(layout: Layout, at: Floats) -> None:
    """Close the days on which the plan repays next to nothing, where that loses next to nothing."""
    settled = layout.programme.settle(at)
    if settled is None:
        return
    trifles = list[int]()
    for lane, terms in zip(layout.ground.lanes, layout.lanes, strict=True):
        for place, x in enumerate(terms.early):
            left = sum(settled.x[each] * factor for each, factor in left_after(lane, place, terms))
            if FEN <= settled.x[x] < TRIFLE - FEN and left >= ALL:
                trifles.append(x)
    _close(layout.programme, at, trifles, settled.value - TRIFLING)


def _leave_out_idle(layout: Layout, at: Floats) -> None:
    """Close the days on which a debt that costs no more than savings earn is repaid for nothing."""
    programme = layout.programme
    earns = np.log1p(layout.ground.borrower.savings_rate) / DAYS_A_YEAR
    for lane, terms in zip(layout.ground.lanes, layout.lanes, strict=True):
        settled = programme.settle(at) if lane.rate <= earns and len(terms.early) else None
        if settled is not None and max(settled.x[terms.early]) >= FEN:
            _close(programme, at, terms.early, settled.value - NOTHING)


def _close(programme: Programme, at: Floats, early: list[int], least: float) -> None:
    """Close these days, unless the plan then leaves less than so much."""
    if not early:
        return
    most = list(programme.most)
    for x in early:
        programme.most[x] = 0.0
    again = programme.settle(at)
    if again is None or again.value < least:
        programme.most = most


def choices_in(layout: Layout, solved: Solved, up: float = DOWN) -> Iterator[Choice]:
    """Yield what is decided on every lane that is taken."""
    for number, (lane, terms) in enumerate(zip(layout.ground.lanes, layout.lanes, strict=True)):
        x = solved.x
        if terms.drawn is not None:
            drawn = np.floor(x[terms.drawn] * 100 + 0.5) / 100
            if drawn < FEN:
                continue
        else:
            drawn = 0.0
            if terms.taken is not None and x[terms.taken] < 0.5:
                continue
        yield Choice(number, float(drawn), _early(lane, terms, x, up))


def _early(lane: Lane, terms: Any, x: Any, up: float) -> dict[int, tuple[float, bool]]:
    """Return what is repaid early on each day: whole fen, or all that is owed."""
    found: dict[int, tuple[float, bool]] = {}
    for place in range(len(lane.due)):
        here = np.flatnonzero(lane.behind == place)
        left = x[terms.owed[place]] + sum(x[terms.early[at]] for at in here)
        for at in here:
            amount = float(x[terms.early[at]])
            left -= amount
            amount -= _to_floor(lane, place, x[terms.owed[place - 1]]) if place else 0.0
            if amount < FEN:
                continue
            if left < ALL:
                found[int(lane.early[at])] = (amount, True)
                return found
            found[int(lane.early[at])] = (np.floor(amount * 100 + up) / 100, False)
    return {day: each for day, each in found.items() if each[0] >= FEN or each[1]}


def _to_floor(lane: Lane, place: int, owed: float) -> float:
    """Return what a card's minimum takes beyond its share of the statement before a due day."""
    if not lane.floor and not np.isfinite(lane.limit):
        return 0.0
    share = owed * float(lane.pays[place - 1])
    statement = share + owed * float(lane.keeps[place - 1])
    beyond = statement - lane.limit
    return float(max(min(lane.floor, statement) - share, beyond - share, 0.0))
