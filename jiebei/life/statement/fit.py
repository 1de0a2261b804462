"""Find the daily rate at which the engine gives what is stated, or comes nearest to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from jiebei.language.errors import JiebeiError
from jiebei.life.statement.notes import refused
from jiebei.life.statement.rounds import EVENLY, Quote, quotes
from jiebei.life.statement.stated import Stated, expected
from jiebei.loan.loan import Loan
from jiebei.units.days import Ints
from jiebei.units.reading import HIGHEST_DAILY_RATE, RATE_SCALE

__all__ = ["Fitted", "differences", "fitted"]

HIGHEST = int(HIGHEST_DAILY_RATE * RATE_SCALE)
AT_ONCE = 128  # rates that the engine takes together

Make = Callable[[Any], Loan]  # daily rates to loans


class Fitted(NamedTuple):
    """The best rate for one set of conventions, and what it leaves unexplained, in fen."""

    difference: int
    quote: Quote


def fitted(make: Make, stated: Stated, thirty: bool) -> Fitted | None:
    """Return the rate that explains most, the roundest of several; None where none can be tried.

    The total paid grows with the rate. Where it meets what was paid, and a fen a row on either
    side, all round rates are tried, and some between them; the whole rows decide.
    """
    try:
        least, most = _range(make, stated)
        tried = quotes(least, most, thirty)
        off = differences(make(_rates([each.units for each in tried])), stated)
    except JiebeiError:  # these conventions cannot have been meant
        return None
    best = _best(tried, off)
    if best.difference:  # between the rates tried
        gap = (most - least) // EVENLY + 1
        near = quotes(max(best.quote.units - gap, 0), min(best.quote.units + gap, HIGHEST), thirty)
        best = min(best, _best(near, differences(make(_rates([e.units for e in near])), stated)))
    return best


def _best(tried: Sequence[Quote], off: Ints) -> Fitted:
    """Return the rate that is off least, of several the roundest."""
    place = min(range(len(tried)), key=lambda place: (off[place], tried[place].rank))
    return Fitted(int(off[place]), tried[place])


def differences(loan: Loan, stated: Stated) -> Ints:
    """Return by how many fen the rows of each scenario are off, payments and interest added."""
    payment, interest = expected(loan, stated)
    counted = stated.counted
    off = np.abs(payment[:, :-1] - stated.payment)[:, counted].sum(1) + payment[:, -1]
    if stated.interest is not None:
        off = off + np.abs(interest[:, :-1] - stated.interest)[:, counted].sum(1)
    return np.asarray(off)


def _range(make: Make, stated: Stated) -> tuple[int, int]:
    """Return between which rates the total paid is what it was, give or take a fen a row."""
    counted = stated.counted
    goal = int(stated.payment[counted].sum())
    least, most = 0, HIGHEST
    while most - least > 1:
        units = np.unique(np.linspace(least, most, AT_ONCE).astype(np.int64))
        total = expected(make(_rates(units)), stated)[0][:, :-1][:, counted].sum(1)
        above = int(np.searchsorted(total >= goal, True))
        off = goal - int(total[min(above, len(units) - 1)])
        if above == len(units) or (above == 0 and -off > len(stated.days) and units[0] == 0):
            raise refused("nothing_fits")
        if above == 0:
            most = int(units[0])
            break
        least, most = int(units[above - 1]), int(units[above])
    return _widened(make, stated, most)


def _widened(make: Make, stated: Stated, units: int) -> tuple[int, int]:
    """Return the range around a rate within which each row may be off by a fen."""
    counted = stated.counted
    step = max(units // 100, 1_000)
    pair = _rates([max(units - step, 0), units + step])
    low, high = expected(make(pair), stated)[0][:, :-1][:, counted].sum(1)
    a_fen = 2 * step / max(int(high - low), 1)
    slack = int(np.ceil(a_fen * (len(stated.days) + 1))) + 1
    return max(units - slack, 0), min(units + slack, HIGHEST)


def _rates(units: Sequence[int] | Ints) -> Any:
    return np.asarray(units, np.int64) / RATE_SCALE
