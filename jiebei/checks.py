"""Turn what the borrower wrote into the engine's whole numbers, or say in words why not."""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Real
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from jiebei.calendar import Ints
from jiebei.errors import JiebeiError, nearest, refuse

__all__ = [
    "RATE_SCALE",
    "choices",
    "flat",
    "money",
    "rate",
    "share",
    "whole_number",
    "yearly_rate",
]

RATE_SCALE = 10**10  # rates are whole numbers of 1e-10 a day
HIGHEST_DAILY_RATE = 0.005
MOST_YUAN = 1e10


def _numbers(value: Any, name: str, rule: str) -> npt.NDArray[np.float64]:
    raw = value.to_numpy() if hasattr(value, "to_numpy") else value
    array = np.asarray(raw)
    if array.dtype.kind not in "iuf":
        array = array.astype(object)
        bad = [isinstance(each, bool) or not isinstance(each, Real) for each in array.flat]
        refuse(np.reshape(bad, array.shape), array, name, rule)
    numbers = array.astype(np.float64, copy=False)
    refuse(~np.isfinite(numbers), numbers, name, rule)
    return numbers


def money(value: Any, name: str, *, zero: bool = False) -> Ints:
    """Read an amount in yuan as fen.

    Raises
    ------
    JiebeiError
        For text, NaN, infinity, a negative amount, zero unless allowed, fractions of a fen.
    """
    least = "0 or more" if zero else "more than 0"
    rule = f"an amount of money in yuan is a number, {least}."
    yuan = _numbers(value, name, rule)
    refuse((yuan < 0) | ((yuan == 0) & (not zero)), yuan, name, rule)
    refuse(yuan > MOST_YUAN, yuan, name, f"at most {MOST_YUAN:,.0f} yuan are counted exactly.")
    fen = np.rint(yuan * 100)
    broken = np.abs(yuan * 100 - fen) > 1e-4
    refuse(broken, yuan, name, "the smallest amount is a fen, 0.01 yuan: round to two decimals.")
    return np.asarray(fen).astype(np.int64)


def rate(value: Any, name: str) -> Ints:
    """Read a daily rate as a decimal, in whole 1e-10 a day."""
    rule = "a daily rate is a decimal number, 0 or more: 0.0004 for 0.04 % a day."
    daily = _numbers(value, name, rule)
    refuse(daily < 0, daily, name, rule)
    refuse(
        daily > HIGHEST_DAILY_RATE,
        daily,
        name,
        f"a daily rate is a decimal of at most {HIGHEST_DAILY_RATE}; "
        "0.04 % a day (万分之四) is 0.0004: divide a percentage by 100, a yearly rate by 365.",
    )
    return np.asarray(np.rint(daily * RATE_SCALE)).astype(np.int64)


def share(value: Any, name: str, most: float = 1.0) -> Ints:
    """Read a share between 0 and `most` as a decimal, in whole 1e-10."""
    rule = f"a share is a decimal from 0 to {most:g}, 0.01 for 1 %."
    part = _numbers(value, name, rule)
    refuse((part < 0) | (part > most), part, name, rule)
    return np.asarray(np.rint(part * RATE_SCALE)).astype(np.int64)


def yearly_rate(value: Any, name: str) -> npt.NDArray[np.float64]:
    """Read a yearly rate as a decimal."""
    rule = "a yearly rate is a decimal from 0 to 1, 0.02 for 2 % a year."
    yearly = _numbers(value, name, rule)
    refuse((yearly < 0) | (yearly > 1), yearly, name, rule)
    return yearly


def whole_number(value: Any, name: str, least: int, most: int, rule: str) -> Ints:
    """Read a whole number between `least` and `most`."""
    number = _numbers(value, name, rule)
    refuse((number != np.rint(number)) | (number < least) | (number > most), number, name, rule)
    return number.astype(np.int64)


def choices(value: Any, name: str, known: Sequence[str]) -> Ints:
    """Read one of several names, or an array of them, as its position in `known`."""
    codes, names = pd.factorize(np.asarray(value, dtype=object).ravel())
    positions = {each: position for position, each in enumerate(known)}
    for each in names:
        if each not in positions:
            raise JiebeiError(f"{name}={each!r} is unknown: {nearest(str(each), known)}")
    if (codes < 0).any():
        raise JiebeiError(f"{name} is missing: {nearest('', known)}")
    found = np.array([positions[each] for each in names], np.int64)[codes]
    return found.reshape(np.shape(value))


def flat(value: Any, shape: tuple[int, ...]) -> Any:
    """Return the values of all scenarios in C order."""
    return np.broadcast_to(value, shape).reshape(-1)
