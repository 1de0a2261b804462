"""Rates as lenders quote them: the roundest rate within a range, a day, a month or a year."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from jiebei.units.reading import RATE_SCALE

__all__ = ["Quote", "quotes"]

MOST_OF_A_KIND = 24
EVENLY = 96
UNUSUAL = 20


class Quote(NamedTuple):
    """A daily rate in 1e-10, and how it may have been quoted: the rate, for how many days."""

    units: int
    quoted: float
    year: int  # 1 a day, 30 a month, 360 or 365 a year
    rank: int  # 0 is the roundest


# How round a quoted rate is, the roundest first: its step, and the days that it is for.
STEPS = (
    (1e-4, 1), (5e-5, 1), (1e-5, 1), (1e-2, 365), (1e-2, 360), (5e-6, 1), (1e-3, 365), (1e-3, 360),
    (1e-3, 30), (1e-6, 1), (5e-4, 365), (5e-4, 360), (1e-4, 30), (1e-4, 365), (1e-4, 360),
    (1e-7, 1), (1e-8, 1), (1e-9, 1),
)  # fmt: skip


def quotes(least: int, most: int, thirty: bool = False) -> list[Quote]:
    """Return rates from `least` to `most`, in 1e-10 a day, the roundest first.

    Where months count as 30 days, few divide by 365: such rates come last of the round ones.

    Examples
    --------
    >>> quotes(4_499_000, 4_501_000)[0]
    Quote(units=4500000, quoted=0.00045, year=1, rank=1)
    >>> quotes(4_246_574, 4_246_577)[0]
    Quote(units=4246575, quoted=0.155, year=365, rank=6)
    """
    found: dict[int, Quote] = {}
    for rank, (step, year) in enumerate(STEPS):
        size = step * RATE_SCALE / year
        first, last = int(np.ceil((least - 0.5) / size)), int(np.floor((most + 0.5) / size))
        if last - first < MOST_OF_A_KIND:
            for times in range(first, last + 1):
                units = round(times * size)
                if least <= units <= most:
                    unusual = UNUSUAL if thirty and year == 365 else 0
                    quote = Quote(units, round(times * step, 10), year, rank + unusual)
                    found.setdefault(units, quote)
    for units in np.unique(np.linspace(least, most, EVENLY).astype(np.int64)).tolist():
        found.setdefault(units, Quote(units, units / RATE_SCALE, 1, 2 * UNUSUAL))
    return sorted(found.values(), key=lambda each: each.rank)
