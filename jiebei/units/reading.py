"""Turn what the borrower wrote into the engine's whole numbers, or say in words why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, wraps
from numbers import Real
from typing import Any, Concatenate, ParamSpec

import numpy as np
import numpy.typing as npt
import pandas as pd

from jiebei.language.errors import JiebeiError, nearest, refuse
from jiebei.language.words import Words
from jiebei.units.arrays import plain
from jiebei.units.days import Ints
from jiebei.units.fen import RATE_SCALE

__all__ = [
    "RATE_SCALE",
    "choices",
    "flat",
    "money",
    "numbers",
    "rate",
    "share",
    "whole_number",
    "yearly_rate",
]

HIGHEST_DAILY_RATE = 0.005
MOST_YUAN = 1e10
MOST_REMEMBERED = 1_000  # numbers

How = ParamSpec("How")
Reader = Callable[Concatenate[Any, How], Ints]


def remembered(read: Reader[How]) -> Reader[How]:
    """Remember what was read of one plain number: most arguments of most loans are the defaults."""

    def once(value: Any, /, *how: How.args, **more: How.kwargs) -> Ints:
        found = read(value, *how, **more)
        found.setflags(write=False)
        return found

    known: Any = lru_cache(MOST_REMEMBERED)(once)

    @wraps(read)
    def quick(value: Any, /, *how: How.args, **more: How.kwargs) -> Ints:
        again: Reader[How] = known if type(value) in (int, float) else read
        return again(value, *how, **more)

    return quick


def numbers(value: Any, name: str, rule: str, **fields: object) -> npt.NDArray[np.float64]:
    """Read finite numbers, or raise the rule."""
    array = plain(value, name)
    if array.dtype.kind not in "iuf":
        array = array.astype(object)
        bad = [isinstance(each, bool) or not isinstance(each, Real) for each in array.flat]
        # One bad cell makes a whole column of a file text: that cell is named, not the first.
        worst = [each and not _spelled(value) for each, value in zip(bad, array.flat, strict=True)]
        for refused in (worst, bad):
            refuse(np.reshape(refused, array.shape), array, name, rule, **fields)
    found = array.astype(np.float64, copy=False)
    refuse(~np.isfinite(found), found, name, rule, **fields)
    return found


def _spelled(value: object) -> bool:
    """Tell whether it is a text in which nothing but a number is written."""
    try:
        return isinstance(value, str) and bool(np.isfinite(float(value)))
    except ValueError:
        return False


@remembered
def money(value: Any, name: str, *, zero: bool = False) -> Ints:
    """Read an amount in yuan as fen.

    Raises
    ------
    JiebeiError
        For text, NaN, infinity, a negative amount, zero unless allowed, fractions of a fen.
    """
    rule = "error.money_or_none" if zero else "error.money"
    yuan = numbers(value, name, rule)
    refuse((yuan < 0) | ((yuan == 0) & (not zero)), yuan, name, rule)
    refuse(yuan > MOST_YUAN, yuan, name, "error.money_most", most=MOST_YUAN)
    fen = np.rint(yuan * 100)
    broken = np.abs(yuan * 100 - fen) > 1e-4
    refuse(broken, yuan, name, "error.fen")
    return np.asarray(fen).astype(np.int64)


@remembered
def rate(value: Any, name: str) -> Ints:
    """Read a daily rate as a decimal, in whole 1e-10 a day."""
    daily = numbers(value, name, "error.daily_rate")
    refuse(daily < 0, daily, name, "error.daily_rate")
    too_high = daily > HIGHEST_DAILY_RATE
    refuse(too_high, daily, name, "error.daily_rate_most", most=HIGHEST_DAILY_RATE)
    return np.asarray(np.rint(daily * RATE_SCALE)).astype(np.int64)


@remembered
def share(value: Any, name: str, most: float = 1.0) -> Ints:
    """Read a share between 0 and `most` as a decimal, in whole 1e-10."""
    part = numbers(value, name, "error.share", most=most)
    refuse((part < 0) | (part > most), part, name, "error.share", most=most)
    return np.asarray(np.rint(part * RATE_SCALE)).astype(np.int64)


def yearly_rate(value: Any, name: str) -> npt.NDArray[np.float64]:
    """Read a yearly rate as a decimal."""
    yearly = numbers(value, name, "error.yearly_rate")
    refuse((yearly < 0) | (yearly > 1), yearly, name, "error.yearly_rate")
    return yearly


@remembered
def whole_number(
    value: Any, name: str, least: int, most: int, rule: str = "error.whole_number"
) -> Ints:
    """Read a whole number between `least` and `most`."""
    number = numbers(value, name, rule, least=least, most=most)
    bad = (number != np.rint(number)) | (number < least) | (number > most)
    refuse(bad, number, name, rule, least=least, most=most)
    return number.astype(np.int64)


def choices(value: Any, name: str, known: Sequence[str]) -> Ints:
    """Read one of several names, or an array of them, as its position in `known`."""
    if isinstance(value, str) and value in known:
        return np.array(known.index(value), np.int64)
    given = plain(value, name).astype(object)
    try:
        codes, names = pd.factorize(given.ravel())
    except TypeError as cause:  # a list, a dict: no name at all
        near = nearest("", known)
        raise JiebeiError("error.choice", name=name, value=value, nearest=near) from cause
    positions = {each: position for position, each in enumerate(known)}
    for place, each in enumerate(names):
        if each not in positions:
            fields = {"name": name, "value": each, "nearest": nearest(each, known)}
            _refuse_choice("error.choice", given, codes == place, **fields)
    if (codes < 0).any():
        fields = {"name": name, "nearest": nearest("", known)}
        _refuse_choice("error.choice_missing", given, codes < 0, **fields)
    found = np.array([positions[each] for each in names], np.int64)[codes]
    return found.reshape(given.shape)


def _refuse_choice(key: str, given: Any, bad: Any, **fields: object) -> None:
    """Raise what is wrong with a choice; of several choices with the number of the first."""
    words = Words(key, **fields)
    if not given.ndim:
        raise JiebeiError(key, **fields)
    first = int(np.flatnonzero(bad)[0])
    raise JiebeiError("error.at", words=words, refused=bad.sum(), size=given.size, first=first)


def flat(value: Any, shape: tuple[int, ...]) -> Any:
    """Return the values of all scenarios in C order."""
    whole = value if value.shape == shape else np.broadcast_to(value, shape)
    return whole.reshape(-1)
