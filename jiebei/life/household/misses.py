"""How many futures miss a payment under a strategy, and what reserve keeps that chance small.

More reserve shifts the cash of every future by as much: the chance for any reserve is read off
sorted lists.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from jiebei.compare.compare import Strategy
from jiebei.life.household.budget import service, taken
from jiebei.life.household.futures import Futures
from jiebei.units.days import Ints
from jiebei.units.reading import RATE_SCALE, money, share

__all__ = ["Tightest", "cash_paths", "missed", "reserve_needed", "tightest"]

FAR = np.int64(2**61)  # fen: more than anybody has


class Tightest(NamedTuple):
    """The least that each future leaves, in fen, an array each; below zero cash does not suffice.

    Early repayment is a choice: who cannot afford it goes on without.
    """

    due: Ints  # after payments that fall due
    early: Ints  # after what is repaid early, FAR where nothing is
    otherwise: Ints  # after payments that fall due, for those who do not repay early

    @property
    def left(self) -> Ints:
        """Return the least that is left after payments that fall due."""
        return np.where(self.early >= 0, self.due, self.otherwise)


def tightest(strategy: Strategy, found: Futures, otherwise: Strategy | None = None) -> Tightest:
    """Return the least that each future leaves after the payments of a strategy.

    Parameters
    ----------
    strategy : Loan or Plan
        One scenario.
    found : Futures
    otherwise : Loan or Plan, optional
        What those do who cannot afford to repay early; without it early repayments are payments
        like any others.
    """
    takes = service(strategy, found.date)
    most, falls_due, early = taken(takes)[0], takes.instalments[0] > 0, takes.early[0] > 0
    if otherwise is None:
        due = _least(found, most, falls_due | early)
        return Tightest(due, np.full_like(due, FAR), due)
    due, chosen = _least(found, most, falls_due), _least(found, most, early)
    return Tightest(due, chosen, tightest(otherwise, found).due if early.any() else due)


def _least(found: Futures, most: Ints, months: npt.NDArray[np.bool_]) -> Ints:
    left = np.full(found.cash.shape[1], FAR, np.int64)
    for month in np.flatnonzero(months):
        np.minimum(left, found.cash[month] - most[month], out=left)
    return left


def missed(low: Tightest, more: Any = 0.0) -> npt.NDArray[np.float64]:
    """Return the share of futures that miss a payment (逾期概率), with more reserve or less.

    Parameters
    ----------
    low : Tightest
    more : yuan, an array or one figure
        In reserve, beyond what there is.

    Examples
    --------
    >>> low = np.array([-500, -200, 100, 900])
    >>> never = np.full(4, FAR)
    >>> missed(Tightest(low, never, low), [0.0, 2.0, 5.0])
    array([0.5 , 0.25, 0.  ])
    """
    fen = np.rint(np.asarray(more, float) * 100).astype(np.int64)
    counts = [len(each) - np.searchsorted(each, fen, side="right") for each in _ends(low)]
    return np.asarray((counts[0] - counts[1] + counts[2]) / len(low.due))


def _ends(low: Tightest) -> tuple[Ints, Ints, Ints]:
    """Return, sorted, where the futures begin and cease to miss a payment as reserve grows.

    One that cannot repay early, more < -early, misses while more < -otherwise; one that can, while
    more < -due.
    """
    can = -low.early
    ends = np.maximum(can, -low.due), can, np.minimum(can, -low.otherwise)
    return np.sort(ends[0]), np.sort(ends[1]), np.sort(ends[2])


def reserve_needed(low: Tightest, reserve: float, accepted: float) -> float:
    """Return the reserve from which on no more than a share of the futures misses a payment.

    Parameters
    ----------
    low : Tightest
        With the reserve that there is.
    reserve : yuan
        That reserve.
    accepted : decimal
        The share.

    Examples
    --------
    >>> low = np.array([-500, -200, 100, 900])
    >>> reserve_needed(Tightest(low, np.full(4, FAR), low), reserve=10.0, accepted=0.25)
    12.0
    """
    have, may_miss = int(money(reserve, "reserve", zero=True)), share(accepted, "accepted")
    ends = _ends(low)
    # The chance falls only at these; look just below each of them.
    falls = np.concatenate([ends[0], ends[2]])
    falls = falls[falls > -have]
    counts = [len(each) - np.searchsorted(each, falls) for each in ends]
    missing = (counts[0] - counts[1] + counts[2]).astype(np.int64)
    too_many = falls[missing * RATE_SCALE > int(may_miss) * len(low.due)]
    return float(have + too_many.max(initial=-have)) / 100


def cash_paths(strategy: Strategy, found: Futures) -> npt.NDArray[np.float64]:
    """Return the cash after each month's payments, in yuan, of shape (households, months)."""
    takes = service(strategy, found.date)
    paid = np.cumsum(takes.instalments + takes.early - takes.drawn, axis=1)[0]
    return np.asarray((found.cash - paid[:, None]).T / 100)
