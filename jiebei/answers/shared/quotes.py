"""How rates are put into words: a day, a year, and how far apart."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np

from jiebei.language.words import Words, number
from jiebei.value.rates import annual_rate

__all__ = ["change", "points", "side", "yearly"]


def yearly(daily_rate: Any) -> Any:
    """Return the simple rate a year; 0.00015 a day is 5.475 %, not a hair less.

    Examples
    --------
    >>> print(yearly(0.00015))
    0.05475
    """
    return np.round(annual_rate(daily_rate), 10)[()]


def _apart(rate: float, line: float) -> float:
    """Return by how many points two rates differ as they are shown, with two decimals."""
    return float(_shown(rate) - _shown(line))


def _shown(rate: float) -> Decimal:
    """Return a rate in per cent as `percent` rounds it, half a unit away from zero."""
    return (100 * Decimal(repr(float(rate)))).quantize(Decimal("0.01"), ROUND_HALF_UP)


def points(rate: float, line: float) -> Words:
    """Write the distance between two rates in percentage points.

    Examples
    --------
    >>> points(0.1562, 0.146), points(0.24, 0.23725)  # 23.73% is shown
    (1.02 points, 0.27 points)
    """
    return Words("chart.label.points", points=abs(_apart(rate, line)))


def change(rate: float, line: float) -> str:
    """Write how many percentage points a rate lies above another, below it with a minus.

    Examples
    --------
    >>> change(0.1250, 0.1562)
    '−3.12'
    """
    return number(_apart(rate, line), 2)


def side(rate: float, line: float, words: tuple[str, str, str] = ("below", "at", "above")) -> str:
    """Return the first word where a rate is shown as less than a line, the last where as more.

    Examples
    --------
    >>> side(0.2399, 0.24), side(0.24001, 0.24)
    ('below', 'at')
    """
    return words[1 + int(np.sign(_apart(rate, line)))]
