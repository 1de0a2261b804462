"""Days and months as whole numbers: days since 1970-01-01, months since January 1970.

No holiday moves a due day: no source says that the product does it. How interest counts days is in
`jiebei.engine`: `book`, and `day_count` where every month has thirty.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from numbers import Integral
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from jiebei.language.errors import JiebeiError, refuse
from jiebei.units.arrays import plain
from jiebei.units.written import date_of

__all__ = [
    "MISSING",
    "Ints",
    "as_dates",
    "as_days",
    "day_of_month",
    "due_date",
    "due_dates",
    "in_years",
    "iso",
    "month_of",
    "one_day",
]

Ints = npt.NDArray[np.int64]

MISSING = np.int64(np.iinfo(np.int64).min)  # what a NaT becomes
FIRST_YEAR, LAST_YEAR = 1990, 2200
MOST_AFTER = 366 * (LAST_YEAR - FIRST_YEAR)  # days after a drawdown
_EPOCH = dt.date(1970, 1, 1).toordinal()
_TIME = r"[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)? ?(?:Z|[+-]\d{2}:?\d{2})?"
_DATE = rf"(\d{{4}}(?:-\d{{2}}(?:-\d{{2}})?)?)(?:{_TIME})?"
_MONTH_START: Ints = (
    np.arange("1970-01", f"{LAST_YEAR + 61}-02", dtype="M8[M]").astype("M8[D]").astype(np.int64)
)
_MOST_DAYS = 32  # places for a month in the table of due dates
_DUE_DATE: Ints = np.minimum(
    _MONTH_START[:-1, None] + np.arange(_MOST_DAYS, dtype=np.int64) - 1, _MONTH_START[1:, None] - 1
).ravel()


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
    place = np.multiply(month, _MOST_DAYS, dtype=np.int64) + day
    return np.asarray(_DUE_DATE.take(place.astype(np.intp, copy=False)))


def due_dates(month: Ints, day: Ints, months: int) -> Ints:
    """Return the due date in that month, in the next one, and so on, a row each."""
    later = np.arange(months, dtype=np.int64)[:, None] * _MOST_DAYS
    return _DUE_DATE.take((month * _MOST_DAYS + day + later).astype(np.intp, copy=False))


def iso(day: Any) -> str:
    """Write one day as 2027-03-01."""
    return str(np.int64(day).astype("M8[D]"))


def as_dates(days: Any) -> Any:
    """Return days as the dates of a table, datetime64[s]: an array, or one of one.

    Examples
    --------
    >>> str(as_dates(20_820)), as_dates([20_820]).dtype
    ('2027-01-02T00:00:00', dtype('<M8[s]'))
    """
    return np.asarray(days, np.int64).astype("M8[D]").astype("M8[s]")[()]


def as_days(value: Any, name: str) -> tuple[Ints, bool]:
    """Read dates, or whole numbers of days after the drawdown.

    The day is the one that was written: a time of day and its zone do not move it. A month means
    its first day. "2026-7-10", "2026/7/10", "2026年7月10日" and "20260710" are one day.

    Examples
    --------
    >>> days, _ = as_days(["2027-03-01", "2027-03-01T00:00+08:00", "2027-03"], "on")
    >>> {iso(each) for each in days}
    {'2027-03-01'}

    Returns
    -------
    days : int64 array
        Days since 1970-01-01, or days after the drawdown; MISSING for a NaT.
    after_drawdown : bool
        Whether they are days after the drawdown.
    """
    if isinstance(value, str):
        return _one_text(str(value), name), False
    array = plain(value, name)
    kind = array.dtype.kind
    if kind in "iu":
        return _days_after(array, name), True
    if kind == "M":
        return in_years(array, name), False
    if kind == "U":
        texts, places = np.unique(array, return_inverse=True)
        days = [_day(str(each)) for each in texts]
        return _dates([days[place] for place in places.flat], array, name), False
    if kind == "O":
        missing = np.reshape([_is_missing(each) for each in array.flat], array.shape)
        if not missing.all() and all(map(_is_whole, array[~missing])):
            return _days_after(np.where(missing, MISSING, array), name), True
        return _dates([_day(each) for each in array.flat], array, name), False
    refuse(np.ones(array.shape, np.bool_), array, name, "error.day")
    return array.astype(np.int64), True  # an empty array


@lru_cache(1_000)  # the same few days are asked about again and again
def _one_text(text: str, name: str) -> Ints:
    day = _dates([_day(text)], np.asarray(text), name)
    day.setflags(write=False)
    return day


def one_day(value: Any, name: str, since: int | None = None) -> int:
    """Read one date as days since 1970-01-01; or whole days since a day, where one is given.

    Examples
    --------
    >>> one_day("1990-02-01", "on"), one_day(3, "on", since=7336)
    (7336, 7339)
    """
    days, after = as_days(value, name)
    if days.ndim or days == MISSING or (after and since is None):
        raise JiebeiError("error.give_a_date", name=name, value=value)
    return int(days) + (since or 0) * after


def _days_after(numbers: Any, name: str) -> Ints:
    """Read whole days after the drawdown, as far as any loan may run."""
    beyond = (numbers != MISSING) & ((numbers > MOST_AFTER) | (numbers < -MOST_AFTER))
    refuse(beyond, numbers, name, "error.days_most", most=MOST_AFTER)
    return np.asarray(numbers).astype(np.int64)


def _dates(found: list[int | None], given: Any, name: str) -> Ints:
    """Return days since 1970-01-01, one a value given, if each of these is one."""
    bad = np.reshape([each is None for each in found], given.shape)
    refuse(bad, given.astype(object), name, "error.date")
    return in_years(np.array(found, np.int64).reshape(given.shape), name)


def in_years(dates: Any, name: str) -> Ints:
    """Return dates as days since 1970-01-01, what is missing as MISSING, if they can be meant."""
    days = dates.astype("M8[D]")
    years = days.astype("M8[Y]").astype(np.int64) + 1970
    outside = ~np.isnat(days) & ((years < FIRST_YEAR) | (years > LAST_YEAR))
    refuse(outside, days, name, "error.years", first=FIRST_YEAR, last=LAST_YEAR)
    return np.asarray(days.astype(np.int64))


def _is_missing(value: Any) -> bool:
    return value is None or value is pd.NaT or value is pd.NA or value != value


def _is_whole(value: Any) -> bool:
    return isinstance(value, Integral) and not isinstance(value, bool)


def _day(value: Any) -> int | None:
    """Return the day that was written, wherever on earth it began; None for what is no date."""
    if _is_missing(value):
        return int(MISSING)
    match value:
        case str():
            return _written(value.strip())
        case np.datetime64():
            return int(value.astype("M8[D]").astype(np.int64))
        case dt.datetime():
            return value.date().toordinal() - _EPOCH
        case dt.date():
            return value.toordinal() - _EPOCH
        case pd.Period():
            return value.start_time.toordinal() - _EPOCH
    return None


def _written(text: str) -> int | None:
    if not text or text.lower() == "nat":
        return int(MISSING)
    parts = re.fullmatch(_DATE, date_of(text) or text)
    try:
        return int(np.datetime64(parts[1], "D").astype(np.int64)) if parts else None
    except ValueError:
        return None
