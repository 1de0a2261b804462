"""Scales: round ticks, money in the unit of the chart, dates in the language in use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axis import Axis
from matplotlib.dates import date2num
from matplotlib.ticker import MaxNLocator

from jiebei.charts.drawing.money import Money, money
from jiebei.language import words
from jiebei.language.errors import JiebeiError
from jiebei.units.reading import choices

KINDS = ("number", "yuan", "percent", "days", "date")  # of the figures along an axis


def as_numbers(values: Any, kind: str) -> npt.NDArray[np.float64]:
    """Return values as matplotlib counts them: dates as days, other figures as they are."""
    choices(kind, "kind", KINDS)
    try:
        if kind == "date":
            dates = np.asarray(values, "M8[s]")
            return np.asarray(date2num(dates), np.float64)  # type: ignore[no-untyped-call]
        return np.asarray(values, np.float64)
    except (TypeError, ValueError) as cause:
        dates_or_not = "error.chart.axis_dates" if kind == "date" else "error.chart.axis_numbers"
        raise JiebeiError(dates_or_not) from cause


def as_date(number: float) -> dt.date:
    """Return the date that matplotlib counts as this number."""
    return dt.date(1970, 1, 1) + dt.timedelta(days=round(float(number)))


def scale(
    axis: Axis,
    low: float,
    high: float,
    kind: str = "yuan",
    count: int | None = None,
    counted: Money | None = None,
) -> str:
    """Set the ticks of an axis between two values and return its unit in words.

    Parameters
    ----------
    axis : Axis
        ``ax.xaxis`` or ``ax.yaxis``; its limits are left alone.
    low, high : float
        What the axis shows.
    kind : {"yuan", "percent", "days", "number", "date"}
        What the figures are. Dates are matplotlib's numbers.
    count : int, optional
        At most about so many ticks; otherwise 5, and 9 for dates.
    counted : Money, optional
        How the chart counts money; by default as the larger end of the axis asks for.
    """
    choices(kind, "kind", KINDS)
    if kind == "date":
        places, labels = _date_ticks(low, high, count or 9)
        axis.set_ticks(places, labels)
        return ""
    unit, divisor = "", 1.0
    if kind == "yuan":
        unit, divisor, _ = counted or money(drawn=(low, high))
    smallest = {"yuan": 0.01 / divisor, "days": 1.0}.get(kind, 0.0)
    locator = MaxNLocator(count or 5, steps=[1, 2, 2.5, 5, 10])
    at = np.asarray(locator.tick_values(low / divisor, high / divisor))
    if len(at) > 1 and at[1] - at[0] < smallest:
        at = np.arange(np.ceil(at[0] / smallest), at[-1] / smallest + 1) * smallest
    slack = 1e-9 * (high - low) / divisor
    at = at[(at >= low / divisor - slack) & (at <= high / divisor + slack)]
    axis.set_ticks(at * divisor, _tick_labels(at, kind))
    return unit


def _tick_labels(at: Any, kind: str) -> list[str]:
    shown = at * 100 if kind == "percent" else at
    places = next(
        (each for each in range(9) if np.allclose(np.round(shown, each), shown, 1e-9, 1e-9)), 9
    )
    write: Callable[..., str] = words.percent if kind == "percent" else words.number
    return [write(each, places) for each in at]


def _date_ticks(low: float, high: float, most: int) -> tuple[list[float], list[str]]:
    first, last = as_date(low), as_date(high)
    if high - low < 45:
        step = next(each for each in (1, 2, 3, 5, 7, 15, 45) if (high - low) / each < most)
        at = np.arange(np.ceil(low), high + 1e-6, step)
        days = [as_date(each) for each in at]
        upper = [
            words.say("date.day_of_month", day=each.day, month=_month_word(each.month))
            for each in days
        ]
    else:
        span = (last.year - first.year) * 12 + last.month - first.month
        steps = (1, 2, 3, 6, 12, 24, 60, 120, 1200)
        step = next(each for each in steps if span / each <= most)
        start = np.datetime64(f"{first:%Y-%m}", "M")
        months = np.arange(start, start + span + 2)
        months = months[months.astype("M8[D]") >= np.datetime64(f"{first:%Y-%m-%d}")]
        # Half-years and years begin in January, shorter steps with the first month shown.
        months = months[::step] if step < 6 else months[months.astype(np.int64) % step == 0]
        at = as_numbers(months.astype("M8[D]"), "date")
        at = at[at <= high]
        days = [as_date(each) for each in at]
        upper = [_month_word(each.month) for each in days]
    return list(at), _with_years(days, upper)


def month_labels(dates: Sequence[Any]) -> list[str]:
    r"""Return the month of each date, with the year below it where a year begins.

    Examples
    --------
    >>> import datetime as dt
    >>> month_labels([dt.date(2026, 12, 1), dt.date(2027, 1, 1), dt.date(2027, 2, 1)])
    ['Dec\n2026', 'Jan\n2027', 'Feb']
    """
    return _with_years(dates, [_month_word(each.month) for each in dates])


def _with_years(dates: Sequence[Any], upper: Sequence[str]) -> list[str]:
    """Put the year under the first date that has it."""
    labels, last = [], None
    for date, label in zip(dates, upper, strict=True):
        year = "" if date.year == last else "\n" + words.say("date.year", year=date.year)
        labels.append(label + year)
        last = date.year
    return labels


def _month_word(month: int) -> str:
    return words.say(f"month.{month:02}")
