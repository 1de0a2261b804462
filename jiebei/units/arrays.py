"""What people bring, lists, frames' columns, masked arrays, as plain arrays that fit together."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import numpy.typing as npt

from jiebei.language.errors import JiebeiError

__all__ = ["alone", "fit", "fit_shapes", "kept", "plain"]


_ALONE = (str, int, float, type(None), dt.date)


def plain(value: Any, name: str) -> npt.NDArray[Any]:
    """Return what was given as an array of numpy's own; what is masked is missing: None, or NaT.

    Examples
    --------
    >>> plain(np.ma.masked_equal([1, 2, 3], 2), "amount")
    array([1, None, 3], dtype=object)

    Raises
    ------
    JiebeiError
        For what is no array: lists of different lengths in a list.
    """
    if isinstance(value, dt.date | bytes | bytearray | memoryview):  # no numbers, no dates of numpy
        alone = np.empty((), object)
        alone[()] = value
        return alone
    raw = value.to_numpy() if hasattr(value, "to_numpy") else value
    if np.ma.is_masked(raw):
        missing: Any = np.datetime64("NaT") if raw.dtype.kind == "M" else None
        raw = np.where(raw.mask, missing, raw.data)
    try:
        return np.asarray(raw)
    except (ValueError, TypeError, RecursionError) as cause:
        raise JiebeiError("error.no_array", name=name) from cause


def fit(*values: Any) -> tuple[int, ...]:
    """Return the shape in which the values broadcast, or say that they do not.

    Examples
    --------
    >>> fit([1, 2, 3], 4, np.zeros((2, 1)))
    (2, 3)
    """
    return fit_shapes(*(() if isinstance(each, _ALONE) else np.shape(each) for each in values))


def fit_shapes(*shapes: tuple[int, ...]) -> tuple[int, ...]:
    """Return the shape to which shapes broadcast, or say that they do not."""
    several = {each for each in shapes if each}
    if len(several) < 2:  # numpy takes its time over a loan of one scenario
        return next(iter(several), ())
    try:
        return np.broadcast_shapes(*several)
    except ValueError as cause:
        given = ", ".join(map(str, sorted(several, key=len)))
        raise JiebeiError("error.shapes", shapes=given) from cause


def alone(array: Any, value: Any, name: str) -> Any:
    """Return the one value of an array that must not hold several; `value` is what was given."""
    if np.ndim(array):
        raise JiebeiError("error.alone", name=name, value=value)
    return np.asarray(array)[()]


def kept(value: Any, name: str) -> Any:
    """Return an argument as it can be kept: an array as a copy that nobody changes.

    Examples
    --------
    >>> rates = np.array([0.0004, 0.0005])
    >>> mine = kept(rates, "daily_rate")
    >>> rates[:] = 0.001
    >>> mine
    array([0.0004, 0.0005])
    """
    if isinstance(value, _ALONE):
        return value
    copy = np.array(plain(value, name))
    if not copy.ndim:
        return value
    copy.setflags(write=False)
    return copy
