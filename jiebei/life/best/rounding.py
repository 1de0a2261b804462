"""What no plan exceeds, however it is rounded: the programme again, its roundings left to it.

The engine rounds to the fen what the programme counts in real numbers. Here every such rounding is
a variable between its limits, and the programme takes of them what suits it best. So where a loan
is paid off nothing is rounded any more, and a fee is only rounded where it is worth asking for.
See docs/best_plan.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from jiebei.life.best.ground import Ground
from jiebei.life.best.lanes import Floats, Lane
from jiebei.life.best.layout import LaneTerms, Layout, lay_out

__all__ = ["most_left"]

HALF, WHOLE = 0.005, 0.01  # yuan: a fen that is rounded to the nearest, or one way
SLACK = 1e-6  # of floating numbers
NEAR = 0.1  # yuan: to bring the bound nearer takes longer than it tells


def most_left(ground: Ground, reached: float) -> float:
    """Return what no plan leaves more of on the last day, in yuan, on the days of the ground.

    Parameters
    ----------
    ground : Ground
    reached : yuan
        What a plan leaves in real numbers.

    Examples
    --------
    >>> from jiebei.life.best.borrower import Borrower
    >>> from jiebei.life.best.ground import ground
    >>> from jiebei.life.household.budget import Budget
    >>> from jiebei.loan.loan import Loan
    >>> loan = Loan(9_000, daily_rate=0.0004, months=3, start="2026-12-01")
    >>> there = ground(Borrower((loan,), Budget(5_000, 1_000, 4_000, "2026-12-01")))
    >>> round(most_left(there, 6_923.19), 2)
    6923.21
    """
    lanes = tuple(replace(each, anew_from=WHOLE) for each in ground.lanes)
    layout = lay_out(replace(ground, lanes=lanes))
    one_way = any(each.rounding in ("down", "up") for each in ground.borrower.loans)
    for lane, terms in zip(ground.lanes, layout.lanes, strict=True):
        rounding = _Rounding(layout, lane, terms, WHOLE if one_way else HALF)
        rounding.due()
        rounding.early()
        rounding.principal()
    model = layout.programme
    model.row(model.gains.items(), reached - NEAR, np.inf)  # less is not looked at
    scale = float(ground.net.sum())
    found = model.solve(scale, NEAR, presolve=False) or model.solve(scale, NEAR)
    assert found is not None  # the plan itself, with nothing gained
    return found.bound


@dataclass(frozen=True, eq=False)
class _Rounding:
    """The roundings of one lane; each is off by at most `off` yuan."""

    layout: Layout
    lane: Lane
    terms: LaneTerms
    off: float

    def due(self) -> None:
        """Leave the interest of each due day to the programme, and what a coupon lets off of it.

        It is rounded by the engine, and was where the coefficient was read. A kept instalment is
        paid whole: what its interest gains is principal.
        """
        lane, waives = self.lane, self.lane.waives
        read, opening = self._read(), self._opening
        for place in np.flatnonzero(lane.interest > 0):
            coupon = bool(len(waives) and waives[place] > 0)
            owed = self.terms.owed[place]
            off = read[place] + 2 * coupon * self.off / opening[place]
            most = (owed, lane.interest[place]), (owed, off), (1 + coupon) * self.off
            self._gain(int(lane.due[place]), *most)
            if lane.level and place < len(lane.due) - 1:
                into = self._gained(*most)
                self._add(self.terms.rows[place + 1], into, -1.0)

    def _read(self) -> Floats:
        """Return by how much the interest of a yuan may have been read too high on each due day.

        Where it is the daily rate for the days since the last one, rounded, that is known.
        """
        lane, opening = self.lane, self._opening[:-1]
        over = lane.interest - lane.rate * np.diff(lane.due, prepend=lane.begins)
        known = np.abs(over) * opening <= self.off * (1 + SLACK)
        return np.where(known, np.maximum(over, 0.0), self.off / opening)

    def early(self) -> None:
        """Leave the interest and the fee of each early repayment to the programme."""
        lane = self.lane
        for at, (x, day) in enumerate(zip(self.terms.early, lane.early, strict=True)):
            top, fee = float(lane.on_top[at]), int(lane.fee > 0)
            coupon = bool(len(lane.waives_early) and lane.waives_early[at] > 0)
            figures = fee + int(top - lane.fee > lane.rate / 2) + coupon  # a probe is rounded too
            if figures:
                probed = lane.agreed[int(lane.behind[at])] / 2
                read = (figures + coupon) * self.off / probed
                self._gain(int(day), (x, top), (x, read), figures * self.off)

    def principal(self) -> None:
        """Leave to the programme when the fen of principal are paid that rounding moves.

        A loan moves away from the exact one by the rounding of its interest and of its instalment
        on every due day, and that grows by its interest; so does the one that was read.
        """
        lane, model = self.lane, self.layout.programme
        if lane.level or lane.kind == "family":
            return
        before, away = None, 0.0
        for place in range(len(lane.due) - 1):
            away = away * (1 + float(lane.interest[place])) + 2 * self.off
            moved = model.new(least=-np.inf)
            self._add(self.terms.rows[place + 1], moved, 1.0)
            self._add(self._cash(int(lane.due[place])), moved, -1.0)
            apart = model.new(least=-2 * away, most=2 * away)
            carried: list[tuple[int, float]] = (
                [] if before is None else [(before, float(lane.keeps[place]))]
            )
            model.equal([(apart, -1.0), (moved, 1.0), *carried], 0.0)
            model.at_most([(apart, 1.0), (self.terms.owed[place + 1], -1.0)], 0.0)
            before = apart

    @property
    def _opening(self) -> Floats:
        """Return what is owed before each due day as agreed, where the coefficients were read."""
        return self.lane.spread

    def _gain(self, day: int, all_: tuple[int, float], read: tuple[int, float], off: float) -> None:
        self._add(self._cash(day), self._gained(all_, read, off), -1.0)

    def _gained(self, all_: tuple[int, float], read: tuple[int, float], off: float) -> int:
        """Gain at most the figure itself, and at most what rounding takes off it."""
        model = self.layout.programme
        gained = model.new()
        for (variable, factor), right in ((all_, 0.0), (read, off)):
            model.at_most([(gained, 1.0), (variable, -float(factor))], right)
        return gained

    def _cash(self, day: int) -> int:
        return self.layout.days[int(np.searchsorted(self.layout.ground.days, day))]

    def _add(self, row: int, variable: int, factor: float) -> None:
        self.layout.programme.entries.append((row, variable, factor))
