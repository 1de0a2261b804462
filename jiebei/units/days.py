"""Days and months as whole numbers: days since 1970-01-01, months since January 1970.

No holiday moves a due day: no source says that the product does it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from jiebei.language.errors import refuse

__all__ = ["MISSING", "Ints", "as_days", "day_of_month", "due_date", "iso", "month_of"]

Ints = npt.NDArray[np.int64]

MISSING = np.iinfo(np.int64).min  # what a NaT becomes
FIRST_YEAR, LAST_YEAR = 1990, 2200
_MONTH_START: Ints = (
    np.arange("1970-01", f"{LAST_YEAR + 61}-02", dtype="M8[M]").astype("M8[D]").astype(np.int64)
)
_MONTH_LENGTH: Ints = np.diff(_MONTH_START)


def month_of(days: Any) -> Ints:
    """Return the month, counted from January 1970, in which each day lies."""
    return np.asarray(days, np.int64).astype("M8[D]").astype("M8[M]").astype(np.int64)


def day_of_month(days: Any) -> Ints:
    """Return the day of the month, 1 to 31, of each day."""
    return np.asarray(days, np.int64) - _MONTH_START[month_of(days)] + 1


def due_date(month: Any, day: Any) -> Ints:
    """Return that day of that month; in a shorter month its last day, without drifting.

    Examples
    --------
    >>> iso(due_date(month_of(as_days("2027-01-31", "start")[0]) + 1, 31))
    '2027-02-28'
    """
    return np.asarray(_MONTH_START[month] + np.minimum(day, _MONTH_LENGTH[month]) - 1)


def iso(day: Any) -> str:
    """Write one day as 2027-03-01."""
    return str(np.int64(day).astype("M8[D]"))


def as_days(value: Any, name: str) -> tuple[Ints, bool]:
    """Read dates, or whole numbers of days after the drawdown.

    Returns
    -------
    days : int64 array
        Days since 1970-01-01, or days after the drawdown; MISSING for a NaT.
    after_drawdown : bool
        Whether they are days after the drawdown.
    """
    raw = value.to_numpy() if hasattr(value, "to_numpy") else value
    if isinstance(raw, dt.date | np.datetime64 | str):
        return _dates(raw, name), False
    array = np.asarray(raw)
    if array.dtype.kind in "iu":
        return array.astype(np.int64), True
    if array.dtype.kind in "MUOS":
        return _dates(array, name), False
    refuse(np.ones(array.shape, np.bool_), array, name, "error.day")
    return array.astype(np.int64), True  # an empty array


def _dates(value: Any, name: str) -> Ints:
    """Read dates as days since 1970-01-01; what is missing becomes MISSING."""
    if isinstance(value, np.ndarray) and value.dtype.kind == "O":
        value = value.copy()
        value[pd.isna(value)] = None
    try:
        days = np.asarray(value, "M8[D]")
    except ValueError:
        given = np.asarray(value, object)
        refuse(np.vectorize(_is_no_date, otypes=[np.bool_])(given), given, name, "error.date")
        raise
    years = days.astype("M8[Y]").astype(np.int64) + 1970
    outside = ~np.isnat(days) & ((years < FIRST_YEAR) | (years > LAST_YEAR))
    refuse(outside, days, name, "error.years", first=FIRST_YEAR, last=LAST_YEAR)
    return np.asarray(np.where(np.isnat(days), MISSING, days.astype(np.int64)))


def _is_no_date(value: Any) -> bool:
    try:
        np.asarray(value, "M8[D]")
    except ValueError:
        return True
    return False
