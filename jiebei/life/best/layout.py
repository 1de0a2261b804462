"""The programme of a borrower: its variables and rows, lane by lane and day by day.

Docs/best_plan.md has it on paper, in the same order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from jiebei.life.best.ground import Ground
from jiebei.life.best.lanes import Lane
from jiebei.life.best.programme import Programme
from jiebei.life.best.uneven import stands

__all__ = ["LaneTerms", "Layout", "lay_out", "left_after"]

SOMETHING = 1.0  # yuan that must be owed where an extension or a coupon is taken later


@dataclass
class LaneTerms:
    """The variables of one lane."""

    owed: list[int] = field(default_factory=list)  # before each due day, and after the last
    rows: list[int] = field(default_factory=list)  # the row of each of these
    early: list[int] = field(default_factory=list)
    off: list[tuple[int, float]] = field(default_factory=list)  # what a coupon lets off
    taken: int | None = None  # 1 where the lane is chosen
    drawn: int | None = None
    stands: list[int] = field(default_factory=list)  # 1 until an early repayment spreads it anew
    least: list[int] = field(default_factory=list)  # whether some, or all, is repaid on each day


@dataclass
class Layout:
    """A programme, and where in it a borrower's plan stands.

    Attributes
    ----------
    programme : Programme
    ground : Ground
    cash : list of int
        The variable of the cash at the end of each day.
    days : list of int
        The row of each day's cash: its right side is what comes in.
    lanes : list of LaneTerms
    """

    programme: Programme
    ground: Ground
    cash: list[int]
    days: list[int]
    lanes: list[LaneTerms]


def lay_out(
    ground: Ground,
    into: Programme | None = None,
    net: Any = None,
    keep: float | None = None,
    closed: bool = False,
    short_rate: float | None = None,
    relaxed: Mapping[int, float] | None = None,
) -> Layout:
    """Write a borrower's programme down.

    Parameters
    ----------
    ground : Ground
    into : Programme, optional
        One that is added to, as one future of several.
    net : array, optional
        What comes in on each day, if not as in `ground`.
    keep : yuan, optional
        Another reserve.
    closed : bool
        Whether nothing can be drawn on the line again.
    short_rate : decimal, optional
        A day: what cash below the reserve costs until it is made up; without it it never falls so.
    relaxed : dict of int to float, optional
        The lanes that are taken: number of the lane to 0 or 1, where that is decided already.

    Examples
    --------
    >>> from jiebei.life.best.borrower import Borrower
    >>> from jiebei.life.best.ground import ground
    >>> from jiebei.life.household.budget import Budget
    >>> from jiebei.loan.loan import Loan
    >>> loan = Loan(9_000, daily_rate=0.0004, months=3, start="2026-12-01")
    >>> there = ground(Borrower((loan,), Budget(5_000, 1_000, 4_000, "2026-12-01")))
    >>> round(lay_out(there).programme.solve().value, 2)
    6923.19
    """
    model = Programme() if into is None else into
    flows: list[list[tuple[int, float]]] = [[] for _ in ground.days]
    lanes = [
        _lane(model, ground, number, lane, flows, closed, relaxed)
        for number, lane in enumerate(ground.lanes)
    ]
    _choose(model, ground, lanes)
    _within_limit(model, ground, lanes)
    _within_offers(model, ground, lanes)
    kept = ground.borrower.keep if keep is None else keep
    cash = [model.new(least=kept) for _ in ground.days]
    if short_rate is not None:
        _let_short(model, ground, flows, short_rate)
    comes = ground.net if net is None else net
    days = []
    for at, flow in enumerate(flows):
        terms = [(cash[at], 1.0), *((variable, -factor) for variable, factor in flow)]
        if at:
            terms.append((cash[at - 1], -float(ground.growth[at - 1])))
        days.append(model.equal(terms, float(comes[at])))
    model.gain([(cash[-1], 1.0)])
    for lane, terms_of in zip(ground.lanes, lanes, strict=True):
        if lane.kind == "card":
            model.gain([(terms_of.owed[-1], -1.0)])
    return Layout(model, ground, cash, days, lanes)


def _lane(
    model: Programme,
    ground: Ground,
    number: int,
    lane: Lane,
    flows: list[list[tuple[int, float]]],
    closed: bool,
    relaxed: Mapping[int, float] | None,
) -> LaneTerms:
    """Write one lane: what is owed before each due day, and what is repaid early in between."""
    found = LaneTerms()
    alone = sum(each.debt == lane.debt for each in ground.lanes) == 1
    first: list[tuple[int, float]] = []
    right = lane.owed
    if lane.drawn:
        most = 0.0 if closed and lane.on_line else lane.owed
        found.drawn = model.new(most=most)
        first, right = [(found.drawn, 1.0)], 0.0
        flows[_at(ground, lane.begins)].append((found.drawn, 1.0))
    if (lane.drawn and lane.once) or not (alone or lane.drawn):
        fixed = None if relaxed is None else relaxed.get(number)
        found.taken = _choice(model, fixed)
        if lane.drawn:
            model.at_most([(found.drawn or 0, 1.0), (found.taken, -lane.owed)], 0.0)
        else:
            first, right = [(found.taken, lane.owed)], 0.0
        for day, cost in lane.once:
            flows[_at(ground, day)].append((found.taken, -cost))
    found.early = [model.new(most=lane.owed) for _ in lane.early]
    for x, day, top in zip(found.early, lane.early, lane.on_top, strict=True):
        flows[_at(ground, int(day))].append((x, -1.0 - float(top)))
    found.stands = stands(model, lane, found.early, found.taken)
    before = first
    for place in range(len(lane.due) + 1):
        owed = model.new()
        repaid = [x for x, behind in zip(found.early, lane.behind, strict=True) if behind == place]
        terms = [(owed, -1.0), *before, *((x, -1.0) for x in repaid)]
        found.rows.append(model.equal(terms, -right if place == 0 and right else 0.0))
        found.owed.append(owed)
        if place == len(lane.due):
            break
        before = _fall_due(model, ground, lane, place, owed, flows, found)
    _still_owed(model, ground, lane, found)
    if lane.least:
        for at in range(len(lane.early)):
            _at_least(model, lane, at, found)
    for at in map(int, np.flatnonzero(lane.waives_early > 0)):
        flows[_at(ground, int(lane.early[at]))].append(_let_off_early(model, lane, at, found))
    if found.off and np.isfinite(lane.cap):
        model.at_most(found.off, lane.cap)
    return found


def _still_owed(model: Programme, ground: Ground, lane: Lane, found: LaneTerms) -> None:
    """Take an extension or a coupon later only while something is owed."""
    day = max((day for day, _ in lane.takes), default=0)
    if found.taken is not None and day > ground.borrower.today:
        place = int(np.searchsorted(lane.due, day))
        left = [(each, -factor) for each, factor in _left(lane, place, day, found)]
        model.at_most([*left, (found.taken, SOMETHING)], 0.0)


def _at_least(model: Programme, lane: Lane, at: int, found: LaneTerms) -> None:
    """Repay nothing on a day, at least so much, or all that is owed (起还金额)."""
    most = _most(lane, int(lane.behind[at]))
    some, all_ = model.new(most=1.0, whole=True), model.new(most=1.0, whole=True)
    repaid, least = found.early[at], min(lane.least, most)
    model.at_most([(repaid, 1.0), (some, -most)], 0.0)
    model.at_most([(some, least), (all_, -least), (repaid, -1.0)], 0.0)
    model.at_most([*left_after(lane, at, found), (all_, most)], most)
    found.least += [some, all_]


def left_after(lane: Lane, at: int, found: LaneTerms) -> list[tuple[int, float]]:
    """Return the terms of what is owed after an early repayment."""
    return _left(lane, int(lane.behind[at]), int(lane.early[at]), found)


def _left(lane: Lane, place: int, day: int, found: LaneTerms) -> list[tuple[int, float]]:
    """Return the terms of what is owed after a day that has so many due days behind it."""
    later = np.flatnonzero((lane.behind == place) & (lane.early > day))
    return [(found.owed[place], 1.0), *((found.early[each], 1.0) for each in later)]


def _choice(model: Programme, fixed: float | None) -> int:
    if fixed is None:
        return model.new(most=1.0, whole=True)
    return model.new(least=fixed, most=fixed)


def _fall_due(
    model: Programme,
    ground: Ground,
    lane: Lane,
    place: int,
    owed: int,
    flows: list[list[tuple[int, float]]],
    found: LaneTerms,
) -> list[tuple[int, float]]:
    """Write one due day; return the terms of what is owed after it."""
    flow = flows[_at(ground, int(lane.due[place]))]
    if len(lane.waives) and lane.waives[place] > 0:
        _let_off(model, lane, place, owed, flow, found)
    if lane.level:
        return _keep_instalment(model, lane, place, owed, flow)
    flow.append((owed, -float(lane.pays[place])))
    if lane.fixed[place]:
        open_ = model.new(most=1.0, whole=True)
        model.at_most([(owed, 1.0), (open_, -_most(lane, place))], 0.0)
        flow.append((open_, -float(lane.fixed[place])))
    _pay_floor(model, lane, place, owed, found)
    left = [(owed, float(lane.keeps[place]))]
    if found.stands:
        as_it_was = found.stands[place]
        flow.append((as_it_was, -float(lane.stands_paid[place])))
        left.append((as_it_was, float(lane.stands_kept[place])))
        model.at_most([(as_it_was, float(lane.agreed[place])), (owed, -1.0)], 0.0)
    return left


def _most(lane: Lane, place: int) -> float:
    """Return the most that can be owed before a due day."""
    anew = float(lane.owed * np.prod(np.maximum(lane.keeps[:place], 0.0)))
    return max(anew, float(lane.agreed[place])) * (1 + 1e-9)


def _keep_instalment(
    model: Programme, lane: Lane, place: int, owed: int, flow: list[tuple[int, float]]
) -> list[tuple[int, float]]:
    """Keep the instalment until nothing is left: it is paid whole, or it ends the loan.

    Of equal slices it is the principal that is kept.
    """
    last = place == len(lane.due) - 1
    interest = float(lane.interest[place])
    kept = model.new(most=np.inf if last else lane.level)
    grows = 1.0 if lane.by_slices else 1.0 + interest
    left = [(owed, grows), (kept, -1.0)]
    if last:
        model.equal(left, 0.0)
    else:
        goes_on = model.new(most=1.0, whole=True)
        model.at_most([(goes_on, lane.level), (kept, -1.0)], 0.0)
        model.at_most([*left, (goes_on, -lane.owed)], 0.0)
        model.row(left, 0.0, np.inf)
    flow.append((kept, -1.0))
    if lane.by_slices:
        flow.append((owed, -interest))
    return left


def _let_off(
    model: Programme,
    lane: Lane,
    place: int,
    owed: int,
    flow: list[tuple[int, float]],
    found: LaneTerms,
) -> None:
    """Let a coupon with limits take something off: its part, on its slice, up to its cap."""
    share = float(lane.waives[place])
    off = model.new(most=min(lane.cap, share * lane.slice))
    model.at_most([(off, 1.0), (owed, -share)], 0.0)
    flow.append((off, 1.0))
    found.off.append((off, 1.0))


def _let_off_early(model: Programme, lane: Lane, at: int, found: LaneTerms) -> tuple[int, float]:
    """Let a coupon take off the interest of what is repaid early of its slice.

    A repayment takes the rest first: of its slice is what it leaves less owed than the slice.
    """
    place, less = int(lane.behind[at]), float(lane.waives_early[at])
    free, most = model.new(most=lane.slice), _most(lane, place)
    model.at_most([(free, 1.0), (found.early[at], -1.0)], 0.0)
    if lane.slice < most:
        into = model.new(most=1.0, whole=True)  # whether the slice is reached
        model.at_most([(free, 1.0), (into, -lane.slice)], 0.0)
        model.at_most([(free, 1.0), *left_after(lane, at, found), (into, most - lane.slice)], most)
    found.off.append((free, less))
    return free, less


def _pay_floor(model: Programme, lane: Lane, place: int, owed: int, found: LaneTerms) -> None:
    """Let a card take at least its floor while anything is left, and not go beyond its limit."""
    if lane.kind != "card":
        return
    x = [e for e, behind in zip(found.early, lane.behind, strict=True) if behind == place + 1]
    share = float(lane.pays[place])
    extra = [(each, -1.0) for each in x]
    left = [(owed, float(lane.keeps[place])), *extra]
    if lane.floor:
        goes_on = model.new(most=1.0, whole=True)
        model.at_most([(goes_on, lane.floor), (owed, -share), *extra], 0.0)
        model.at_most([*left, (goes_on, -_most(lane, place + 1))], 0.0)
    if np.isfinite(lane.limit):
        model.at_most(left, lane.limit)


def _choose(model: Programme, ground: Ground, lanes: list[LaneTerms]) -> None:
    """Take one of the ways of each debt."""
    for debt in {each.debt for each in ground.lanes}:
        ways = [
            (terms.taken, 1.0)
            for lane, terms in zip(ground.lanes, lanes, strict=True)
            if lane.debt == debt and not lane.drawn and terms.taken is not None
        ]
        if ways:
            model.equal(ways, 1.0)


def _within_limit(model: Programme, ground: Ground, lanes: list[LaneTerms]) -> None:
    """Keep what is owed on the line within its limit on every day on which it lends."""
    again = ground.borrower.again
    if again is None:
        return
    for day in {each.begins for each in ground.lanes if each.drawn and each.on_line}:
        if _agreed(ground, day) > again.limit:  # there is no room: nothing is drawn that day
            for lane, found in zip(ground.lanes, lanes, strict=True):
                if lane.drawn and lane.on_line and lane.begins == day:
                    model.most[found.drawn or 0] = 0.0
            continue
        terms: list[tuple[int, float]] = []
        for lane, found in zip(ground.lanes, lanes, strict=True):
            if not lane.on_line or lane.begins > day or (lane.drawn and lane.begins == day):
                if lane.begins == day and found.drawn is not None:
                    terms.append((found.drawn, 1.0))
                continue
            if day < lane.due[-1]:
                place = int(np.searchsorted(lane.due, day, side="right"))
                terms += _left(lane, place, day, found)
        model.at_most(terms, again.limit)


def _within_offers(model: Programme, ground: Ground, lanes: list[LaneTerms]) -> None:
    """Draw from another lender no more than it offers, on whichever days."""
    for lender in {each.lender for each in ground.lanes if each.lender}:
        pairs = zip(ground.lanes, lanes, strict=True)
        mine = [(lane, found.drawn or 0) for lane, found in pairs if lane.lender == lender]
        model.at_most([(drawn, 1.0) for _, drawn in mine], max(lane.owed for lane, _ in mine))


def _agreed(ground: Ground, day: int) -> float:
    """Return the most that is owed on the line on a day with nothing repaid early."""
    most: dict[int, float] = {}
    for lane in ground.lanes:
        if lane.on_line and not lane.drawn and day < lane.due[-1]:
            owed = float(lane.agreed[int(np.searchsorted(lane.due, day, side="right"))])
            most[lane.debt] = max(owed, most.get(lane.debt, 0.0))
    return sum(most.values())


def _let_short(
    model: Programme,
    ground: Ground,
    flows: list[list[tuple[int, float]]],
    rate: float,
) -> None:
    """Let cash be short at a price: it is carried at that rate, and taken off what is left."""
    before = None
    for at, day in enumerate(ground.days):
        owed, more, less = model.new(), model.new(), model.new()
        terms = [(owed, 1.0), (more, -1.0), (less, 1.0)]
        if before is not None:
            terms.append((before, -(1.0 + rate * float(day - ground.days[at - 1]))))
        model.equal(terms, 0.0)
        flows[at] += [(more, 1.0), (less, -1.0)]
        before = owed
    model.gain([(before or 0, -1.0)])


def _at(ground: Ground, day: int) -> int:
    return int(np.searchsorted(ground.days, day))
