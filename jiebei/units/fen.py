"""Whole fen, and parts of them at rates of 1e-10: exact in whole numbers, rounded as agreed."""

from __future__ import annotations

from typing import Any

import numpy as np

from jiebei.units.days import Ints

__all__ = ["ADDED", "FEN", "RATE_SCALE", "ROUNDINGS", "divided", "half_up", "parted", "share_of"]

FEN = 0.005  # yuan: two sums that are less apart are the same
RATE_SCALE = 10**10  # rates and shares are whole numbers of 1e-10
ROUNDINGS = ("half_up", "half_even", "down", "up")  # 四舍五入, 四舍六入五成双, 舍去, 进位
ADDED = np.array([0.5, 0.5, 0.0, 1.0])  # by each of them, before what is behind the point is cut


def divided(amount: Any, by: Any, rounding: Any = None) -> Any:
    """Return amount / by in whole numbers, exactly; `rounding` is a place in ROUNDINGS.

    Without one it is half up, and quick.

    Examples
    --------
    >>> [int(divided(25, 10, ROUNDINGS.index(each))) for each in ROUNDINGS]
    [3, 2, 2, 3]
    """
    if rounding is None:
        return (amount + by // 2) // by
    whole, rest = divmod(amount, by)
    past_half, at_half = 2 * rest > by, 2 * rest == by
    half_even = past_half | (at_half & (whole % 2 == 1))
    return whole + np.choose(rounding, (past_half | at_half, half_even, False, rest > 0))


def parted(amount: Ints, by: int) -> tuple[Ints, Ints]:
    """Return how often `by` is in each amount, and what is left: as `divmod`, in half the time.

    Examples
    --------
    >>> [int(each) for each in parted(np.array(1_234), 100)]
    [12, 34]
    """
    whole = amount // by
    return whole, amount - whole * by


def half_up(amount: Ints, factor: Ints) -> Ints:
    """Return amount x factor / 1e10 in fen, half up (四舍五入), exact in whole numbers.

    Examples
    --------
    >>> half_up(np.array([12_345, 12_350]), np.array(100_000_000))  # 1 %: 123.45, 123.50
    array([123, 124])
    """
    return np.asarray(divided(amount * factor, RATE_SCALE))


def share_of(amount: Ints, share: Ints) -> Ints:
    """Return that share, in 1e-10, of an amount, half up to the fen; the amount may be large.

    Examples
    --------
    >>> share_of(np.array(2_000_000_001), np.array(5_000_000_000))  # half of it
    array(1000000001)
    """
    whole, part = parted(share, 10**5)  # a product of the two as they are might not fit
    fen, rest = parted(amount * whole, 10**5)
    return np.asarray(fen + divided(rest * 10**5 + amount * part, RATE_SCALE))
