"""Where an answer turns: the rate at which a gain becomes a loss, the charge that uses it up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

__all__ = ["turns", "used_up"]

TRIED = 65  # at once


def turns(
    measure: Callable[[Any], Any], low: float, high: float, fine: float = 1e-8
) -> list[tuple[float, float]]:
    """Find where a measure goes from above zero to zero or below, or back.

    Parameters
    ----------
    measure : callable
        An array of what is tried to the values.
    low, high : float
        The range; turns closer than a 64th of it may be missed.
    fine : float
        How close to each other the two ends of a turn shall be.

    Returns
    -------
    list of (float, float)
        The last place before each turn, and the first behind it.

    Examples
    --------
    >>> [(low, high)] = turns(lambda rate: 0.24 - 365 * rate, 0.0, 0.005)
    >>> low < 0.24 / 365 <= high < low + 1e-8
    True
    """
    grid = np.linspace(low, high, TRIED)
    above = np.asarray(measure(grid)) > 0
    places = np.flatnonzero(above[:-1] != above[1:])
    ends = [(float(grid[place]), float(grid[place + 1])) for place in places]
    if high - low <= fine * (TRIED - 1):
        return ends
    return [found for one, two in ends for found in turns(measure, one, two, fine)]


def used_up(charged: Sequence[float], gains: Sequence[float]) -> float:
    """Return the charge at which nothing of a gain is left, where each takes its part of it.

    Parameters
    ----------
    charged : list
        From nothing to the highest charge.
    gains : list
        What is gained at each: it falls in proportion.

    Examples
    --------
    >>> used_up([0.0, 0.01, 0.02], [300.0, 200.0, 100.0])
    0.03
    """
    falls = (gains[0] - gains[-1]) / charged[-1]
    return gains[0] / falls if falls > 0 else 0.0
