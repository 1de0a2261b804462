"""What dated cash flows are worth on a day, and the savings rate at which that is nothing.

Cash is seen from the borrower: received +, paid -. Money grows by (1 + rate) ** (days / 365).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from jiebei.language.errors import JiebeiError, refuse
from jiebei.units.arrays import plain
from jiebei.units.days import MISSING, as_days
from jiebei.units.reading import numbers
from jiebei.value.roots import Floats, all_roots

__all__ = [
    "BANK_YEAR",
    "DAYS_A_YEAR",
    "LEAST_CASH",
    "BreakEven",
    "break_even",
    "by_loan",
    "dated",
    "future_value",
    "present_value",
]

DAYS_A_YEAR = 365  # by which a daily rate is told as a yearly one, and money grows
BANK_YEAR = 360  # by which some lenders divide a yearly rate into a daily one
MOST_DAYS = 1e7  # 27,000 years
LEAST_CASH = 1e-6  # what two equal sums of floating-point numbers differ by is no money


def present_value(flows: Any, yearly_rate: Any, at: Any = None) -> Floats:
    """Value dated flows on their first day (现值), or on another day.

    Examples
    --------
    >>> present_value((["2026-01-10", "2027-01-10"], [-5_000, 5_100]), 0.02)
    array([0.])

    Parameters
    ----------
    flows : DataFrame or (dates, cash)
        A frame with the columns date, drawn and payment; with a column loan, ordered by loan.
    yearly_rate : float or array
        Effective, as a decimal. An array is broadcast against the loans (along the last axis);
        for a single loan any array will do, and gives one value a rate.
    at : date, number of days, or one a loan
        Default: the first day of each loan.

    Returns
    -------
    float64 array
        One value a loan, in the order of the frame:
        sum(cash * (1 + yearly_rate) ** ((at - date) / 365)). At a rate of zero, the sum of cash.

    Raises
    ------
    JiebeiError
        For a rate of -100 % or less, a missing column, or a loan in two places of the frame.
    """
    days, cash, starts = by_loan(flows)
    on = np.minimum.reduceat(days, starts) if at is None else _days(at, "at")
    return _value(days, cash, starts, yearly_rate, on)


def future_value(flows: Any, yearly_rate: Any, at: Any = None) -> Floats:
    """Value dated flows on the last day of all (终值), or on another day.

    Examples
    --------
    >>> future_value((["2026-01-10", "2027-01-10"], [-5_000, 5_100]), [0.0, 0.02, 0.04])
    array([ 100.,    0., -100.])

    Parameters, result and errors are those of `present_value`, but `at` is by default the
    last day on which any of the loans has a flow, so that the values can be compared and added.
    """
    days, cash, starts = by_loan(flows)
    on = days.max() if at is None else _days(at, "at")
    return _value(days, cash, starts, yearly_rate, on)


@dataclass(frozen=True)
class BreakEven:
    """The savings rates at which dated flows are worth nothing, and the sign in between.

    Attributes
    ----------
    kind : str
        "none" (one sign throughout), "one", "several", or "equal" (no flow is left at all).
    roots : float64 array
        Yearly rates in ascending order.
    signs : int array
        One more than roots: the sign of the value below the first root, between, above the last.
        The same sign on both sides of a root: the value only touches zero there. So do two roots
        closer than about 0.0001 points, which rounding cannot tell apart.
    """

    kind: str
    roots: Floats
    signs: npt.NDArray[np.int64]


def break_even(cash: Any, days: Any, low: float = 0.0, high: float = 1.0) -> BreakEven:
    """Find every savings rate at which the difference of two strategies is worth nothing (平衡点).

    Examples
    --------
    Paying 10,000 today spares 10,600 in a year: worth it unless savings earn more than 6 %.

    >>> answer = break_even([-10_000, 10_600], [0, 365])
    >>> answer.kind, answer.roots.round(6), answer.signs
    ('one', array([0.06]), array([ 1, -1]))

    Parameters
    ----------
    cash : amounts of money
        What the one strategy gives less what the other gives, flow by flow, in any order.
    days : dates, or numbers of days
    low, high : float
        The yearly rates to look between, both included.

    Returns
    -------
    BreakEven
        Every root in the range: the search proves that there is no other.

    Raises
    ------
    JiebeiError
        Unless -1 < low < high.
    """
    ends = (numbers(low, "low", "error.number"), numbers(high, "high", "error.number"))
    if any(each.ndim for each in ends) or not -1 < ends[0] < ends[1]:
        raise JiebeiError("error.worth.range", low=low, high=high)
    times, amounts = dated(days, cash)
    times, place = np.unique(times, return_inverse=True)
    net = np.bincount(place.astype(np.intp), amounts, times.size).astype(np.float64)
    net[np.abs(net) < LEAST_CASH] = 0.0
    if not net.any():
        return BreakEven("equal", np.empty(0), np.zeros(1, np.int64))
    times, net = (times - times[0])[:, None], net[:, None]
    first, last = np.log1p([low, high]) / DAYS_A_YEAR
    found = all_roots(net, times, first, last).rate
    # The sign half-way between two roots; beyond a root at an end of the range, just outside.
    lowest, highest = min([first, *(found - 1e-9)]), max([last, *(found + 1e-9)])
    marks = np.concatenate([[lowest], found, [highest]])
    between = (marks[1:] + marks[:-1]) / 2
    signs = np.sign((net * np.exp(-times * between)).sum(axis=0)).astype(np.int64)
    kind = ("none", "one", "several")[min(found.size, 2)]
    return BreakEven(kind, np.expm1(DAYS_A_YEAR * found), signs)


def dated(dates: Any, cash: Any) -> tuple[Floats, Floats]:
    """Read one list of flows: day numbers, and as many amounts."""
    days, amounts = _days(dates, "dates"), numbers(cash, "cash", "error.cash_flow")
    if days.ndim != 1 or days.shape != amounts.shape or not days.size:
        raise JiebeiError("error.worth.pairs", dates=days.size, amounts=amounts.size)
    return days, amounts


def _days(value: Any, name: str) -> Floats:
    """Read dates, or numbers of days counted from anywhere."""
    given = plain(value, name)
    if given.dtype.kind not in "iuf":
        given, _ = as_days(value, name)
    days = given.astype(np.float64)
    missing = ~np.isfinite(days) | (days == MISSING)
    if missing.any():
        place = int(np.flatnonzero(missing)[0])
        raise JiebeiError("error.worth.date", name=name, place=place)
    refuse(np.abs(days) > MOST_DAYS, days, name, "error.worth.days", most=MOST_DAYS)
    return days


def by_loan(flows: Any) -> tuple[Floats, Floats, npt.NDArray[np.intp]]:
    """Return the day and the cash of each flow, and where each loan begins."""
    if not isinstance(flows, pd.DataFrame):
        if not isinstance(flows, Sequence) or len(flows) != 2:
            raise JiebeiError("error.worth.flows", kind=type(flows).__name__)
        return (*dated(*flows), np.zeros(1, np.intp))
    lacking = [name for name in ("date", "drawn", "payment") if name not in flows]
    if lacking or flows.empty:
        key = "error.worth.lacks_column" if lacking else "error.worth.lacks_rows"
        raise JiebeiError(key, name=next(iter(lacking), ""))
    cash = flows["drawn"].to_numpy() - flows["payment"].to_numpy()
    days, cash = dated(flows["date"].to_numpy(), cash)
    if "loan" not in flows:
        return days, cash, np.zeros(1, np.intp)
    loan = flows["loan"].to_numpy()
    starts = np.append(0, np.flatnonzero(loan[1:] != loan[:-1]) + 1)
    if np.unique(loan[starts]).size < starts.size:
        raise JiebeiError("error.worth.order")
    return days, cash, starts


def _value(
    days: Floats, cash: Floats, starts: npt.NDArray[np.intp], yearly_rate: Any, on: Any
) -> Floats:
    rate = numbers(yearly_rate, "yearly_rate", "error.worth.rate")
    refuse(rate <= -1, rate, "yearly_rate", "error.worth.rate")
    loans = starts.size
    if np.ndim(on) > 1 or np.size(on) not in (1, loans):
        raise JiebeiError("error.worth.at", days=np.size(on), loans=loans)
    rows = np.diff(starts, append=days.size).astype(np.intp)
    loan = np.repeat(np.arange(loans, dtype=np.intp), rows)
    years = (np.broadcast_to(on, loans)[loan] - days) / DAYS_A_YEAR
    growth = np.log1p(rate)
    if loans == 1:
        return np.atleast_1d((cash * np.exp(growth[..., None] * years)).sum(axis=-1))
    if rate.ndim and rate.shape[-1] not in (1, loans):
        raise JiebeiError("error.worth.rates", rates=rate.shape[-1], loans=loans)
    growth = np.broadcast_to(growth, np.broadcast_shapes(rate.shape, starts.shape))[..., loan]
    return np.asarray(np.add.reduceat(cash * np.exp(growth * years), starts, axis=-1))
