"""How figures are written, in whatever language: half up, thousands separated, a real minus."""

from __future__ import annotations

import math
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd

__all__ = ["EMPTY", "daily_words", "display_width", "is_empty", "number", "percent", "yuan"]

EMPTY = "–"  # what an empty figure looks like
MINUS = "−"


def is_empty(value: Any) -> bool:
    """Tell whether a figure is missing."""
    return value is None or bool(pd.isna(value))


def digits(value: Any, places: int, *, before: str = "", after: str = "", signed: bool) -> str:
    """Write a figure half up, with thousands separated and a real minus; zero has no sign."""
    if is_empty(value) or math.isinf(value):
        return EMPTY
    exact = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    sign = MINUS if exact < 0 else "+" if signed and exact > 0 else ""
    return f"{sign}{before}{abs(exact):,.{places}f}{after}"


def number(value: Any, places: int = 0, *, signed: bool = False) -> str:
    """Write a plain figure.

    Examples
    --------
    >>> number(-1234.5, 1)
    '−1,234.5'
    """
    return digits(value, places, signed=signed)


def yuan(amount: Any, places: int = 2, *, signed: bool = False) -> str:
    """Write an amount of money to the fen, 元角分.

    Examples
    --------
    >>> yuan(1234.56), yuan(-1234.5, 0), yuan(1234.56, signed=True), yuan(float("nan"))
    ('¥1,234.56', '−¥1,235', '+¥1,234.56', '–')

    Parameters
    ----------
    amount : float
        Yuan.
    places : int
        Decimals; half a unit is rounded away from zero.
    signed : bool
        Whether a gain carries a plus.
    """
    return digits(amount, places, before="¥", signed=signed)


def percent(share: Any, places: int = 2, *, signed: bool = False) -> str:
    """Write a share as a percentage.

    Examples
    --------
    >>> percent(0.146), percent(0.15623, 1), percent(-0.012, 1, signed=True)
    ('14.60%', '15.6%', '−1.2%')
    """
    if not is_empty(share):
        share = Decimal(repr(float(share))) * 100
    return digits(share, places, after="%", signed=signed)


def daily_words(rate: Any) -> str:
    """Write a daily rate with three decimals, and with more where it has them.

    Examples
    --------
    >>> daily_words(0.0004), daily_words(0.000438356)
    ('0.040%', '0.043836%')
    """
    if is_empty(rate):
        return EMPTY
    shown = f"{100 * rate:.6f}".rstrip("0")
    return percent(rate, max(3, len(shown.partition(".")[2])))


def display_width(text: str) -> int:
    """Return how many columns a text takes; a Chinese character takes two.

    Examples
    --------
    >>> display_width("repay 提前还款")
    14
    """
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
