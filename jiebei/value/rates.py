"""What a loan costs a year: rates as they are quoted, and effective rates from dated flows.

Cash is seen from the borrower: received +, paid -. A year has 365 days.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from jiebei.language.errors import JiebeiError, refuse
from jiebei.language.words import say
from jiebei.units.reading import numbers
from jiebei.value.roots import Floats, all_roots, single_roots
from jiebei.value.worth import DAYS_A_YEAR, LEAST_CASH, by_loan, dated

__all__ = [
    "HIGHEST_RATE",
    "LOWEST_RATE",
    "REASONS",
    "annual_rate",
    "effective_rate",
    "effective_rates",
    "effective_to_nominal",
    "nominal_to_effective",
    "periodic_rate",
    "why",
]

LOWEST_RATE, HIGHEST_RATE = -0.999, 100.0  # a year: rates beyond are no help to anyone
OK, NOTHING_HELD, NOTHING_PAID, NOTHING_DRAWN, OUT_OF_RANGE, SEVERAL, OPEN = range(7)
REASONS = {  # in words: under no_rate.* in the table of words
    OK: "",
    NOTHING_HELD: "nothing_held",
    NOTHING_PAID: "nothing_paid",
    NOTHING_DRAWN: "nothing_drawn",
    OUT_OF_RANGE: "out_of_range",
    SEVERAL: "several",
    OPEN: "open",
}
_BLOCK = 2**16  # flows worked on at once: they stay in the processor's own memory


def annual_rate(daily_rate: Any, days: int = DAYS_A_YEAR) -> Any:
    """Quote a daily rate by the year, without interest on interest (单利年化).

    Examples
    --------
    >>> print(f"{annual_rate(0.0004):.2%} or {annual_rate(0.0004, days=360):.2%}")
    14.60% or 14.40%

    Parameters
    ----------
    daily_rate : float or array
        A decimal: 0.0004 for 0.04 % a day.
    days : int
        Days in a year, 365 or 360.

    Returns
    -------
    float or array
        daily_rate * days.
    """
    rate = numbers(daily_rate, "daily_rate", "error.daily_rate")
    refuse(rate < 0, rate, "daily_rate", "error.daily_rate")
    return np.multiply(rate, numbers(days, "days", "error.number"))[()]


def nominal_to_effective(nominal: Any, periods: int = 12) -> Any:
    """Add interest on interest to a yearly rate quoted as `periods` times the periodic one.

    Examples
    --------
    >>> print(f"{nominal_to_effective(0.18):.4%}")
    19.5618%
    """
    rate = numbers(nominal, "nominal", "error.worth.rate")
    refuse(rate <= -periods, rate, "nominal", "error.worth.rate")
    return np.expm1(periods * np.log1p(rate / periods))[()]


def effective_to_nominal(effective: Any, periods: int = 12) -> Any:
    """Quote an effective yearly rate as `periods` times the periodic one (名义年利率).

    Examples
    --------
    >>> print(f"{effective_to_nominal(0.195618):.4%}")
    18.0000%
    """
    rate = numbers(effective, "effective", "error.worth.rate")
    refuse(rate <= -1, rate, "effective", "error.worth.rate")
    return np.multiply(periods, np.expm1(np.log1p(rate) / periods))[()]


def effective_rates(cash: Any, days: Any) -> tuple[Floats, npt.NDArray[np.int8]]:
    """Find the effective yearly rate (实际年利率, IRR) of many loans at once.

    Examples
    --------
    Two loans, one a column: 10,000 for a year, and 10,000 drawn and repaid on the same day.

    >>> rates, reasons = effective_rates([[10_000, 10_000], [-11_500, -10_000]], [[0, 0], [365, 0]])
    >>> rates.round(6), REASONS[int(reasons[1])]
    (array([0.15,  nan]), 'nothing_held')

    Parameters
    ----------
    cash : array (events, loans)
        What the borrower received (+) and paid (-), in fen or yuan. Rows without cash are ignored,
        so a loan with fewer events is filled up with zeros.
    days : array (events, loans)
        The day of each flow, counted from anywhere.

    Returns
    -------
    rates : float64 array (loans,)
        (1 + daily rate) ** 365 - 1, between `LOWEST_RATE` and `HIGHEST_RATE`; else NaN.
    reasons : int8 array (loans,)
        Why there is none: a key of `REASONS`, said by `why`; 0 where there is a rate.

    Raises
    ------
    JiebeiError
        If the two differ in shape, or an amount is not a number.

    Notes
    -----
    The rate is exact to about 1e-14. It is given where it is proven to be the only one: the
    borrower owes at every time, at that rate, which leaves no other rate anywhere; or, where
    the borrower is at times in credit, a search of the stated range has excluded all others.
    The logarithm of paid over drawn is almost a straight line in the rate: a parabola from rate
    zero, and one from where that leads, are enough for most loans; see `jiebei.value.roots`.
    """
    cash, days = np.asarray(cash), np.asarray(days)
    if cash.ndim != 2 or cash.shape != days.shape:
        raise JiebeiError("error.worth.shapes", cash=cash.shape, days=days.shape)
    if cash.dtype.kind not in "iu":
        cash = numbers(cash, "cash", "error.cash_flows")
    events, loans = cash.shape
    rates = np.full(loans, np.nan)
    reasons = np.full(loans, NOTHING_HELD, np.int8)
    width = max(_BLOCK // (1 + events), 64)
    for start in range(0, loans if events else 0, width):
        block = slice(start, start + width)
        rates[block], reasons[block] = _block_rates(cash[:, block], days[:, block])
    return rates, reasons


def _block_rates(cash: Any, days: Any) -> tuple[Floats, npt.NDArray[np.int8]]:
    cash, times = _in_order(cash.astype(np.float64), days)
    low, high = np.log1p([LOWEST_RATE, HIGHEST_RATE]) / DAYS_A_YEAR
    with np.errstate(all="ignore"):  # loans without a rate divide by zero, and are told apart below
        rate, single = single_roots(cash, times, low, high)
        reasons = np.zeros(rate.size, np.int8)
        rest = np.flatnonzero(~single)
        if rest.size:
            rate[rest], reasons[rest] = _careful(cash[:, rest], times[:, rest], low, high)
    return np.expm1(DAYS_A_YEAR * rate), reasons


def _careful(
    cash: Floats, times: Floats, low: float, high: float
) -> tuple[Floats, npt.NDArray[np.int8]]:
    """Search the whole range for loans whose rate is not plain, or say why there is none."""
    balance = np.cumsum(cash, axis=0)[:-1]
    held = (np.abs(balance) > LEAST_CASH) & (times[1:] > times[:-1])
    reasons = np.select(
        [~cash.any(axis=0), ~(cash < 0).any(axis=0), ~(cash > 0).any(axis=0), ~held.any(axis=0)],
        [NOTHING_HELD, NOTHING_PAID, NOTHING_DRAWN, NOTHING_HELD],
        OUT_OF_RANGE,
    ).astype(np.int8)
    rate = np.full(reasons.size, np.nan)
    open_ = np.flatnonzero(reasons == OUT_OF_RANGE)
    for start in range(0, open_.size, 1024):  # bounds the memory of the search
        some = open_[start : start + 1024]
        found = all_roots(cash[:, some], times[:, some], low, high)
        number = np.bincount(found.loan.astype(np.intp), 1 + found.touching, some.size)
        reasons[some[number > 1]] = SEVERAL
        single = number[found.loan] == 1
        rate[some[found.loan[single]]] = found.rate[single]
    reasons[np.isfinite(rate)] = OK
    return rate, reasons


def _in_order(cash: Floats, days: Any) -> tuple[Floats, Floats]:
    """Return flows in order of time, in days since each loan's first flow."""
    idle = cash == 0
    first = days[0]
    if idle[0].any():
        first = np.where(idle, np.inf, days).min(axis=0)
        first = np.where(np.isfinite(first), first, 0)
    times = np.subtract(days, first, dtype=np.float64)
    if not (times[1:] < times[:-1]).any():
        return cash, times
    times[idle] = 0.0
    latest = np.maximum.accumulate(times, axis=0)  # a row without cash takes the day before it
    if (latest == times)[~idle].all():
        return cash, latest
    order = np.argsort(times, axis=0, kind="stable")
    return np.take_along_axis(cash, order, axis=0), np.take_along_axis(times, order, axis=0)


def effective_rate(dates: Any, cash: Any = None) -> float:
    """Find the effective yearly rate (实际年利率, XIRR) of one list of dated flows.

    Examples
    --------
    >>> rate = effective_rate(["2026-01-10", "2026-07-10", "2027-01-10"], [10_000, -600, -10_700])
    >>> print(f"{rate:.4%}")
    13.3925%

    Parameters
    ----------
    dates : dates, numbers of days, or DataFrame
        A frame of cash flows, such as `loan.cashflows()`, brings its amounts.
    cash : amounts of money
        Received +, paid -, in any order; without a frame only.

    Raises
    ------
    JiebeiError
        For a frame of several loans; where there is no rate, or more than one, with the reason.

    Notes
    -----
    The same road as `effective_rates`, so a statement and a portfolio cannot disagree. The usual
    XIRR answers with one of several roots, or with 8e75, and does not tell.
    """
    days, amounts = _one_list(dates) if cash is None else dated(dates, cash)
    rates, reasons = effective_rates(amounts[:, None], days[:, None])
    if reasons[0]:
        raise JiebeiError("error.no_rate", reason=why(int(reasons[0])))
    return float(rates[0])


def _one_list(flows: Any) -> tuple[Floats, Floats]:
    """Read the cash flows of one loan, or of the loans of one line."""
    days, amounts, starts = by_loan(flows)
    if starts.size > 1:
        raise JiebeiError("error.worth.one_loan", loans=starts.size)
    return days, amounts


def why(reason: int) -> str:
    """Say why there is no effective rate.

    Examples
    --------
    >>> why(NOTHING_PAID)
    'nothing was paid back'
    """
    return say(f"no_rate.{REASONS[reason]}")


def periodic_rate(cash: Any) -> float:
    """Find the rate per period (每期内部收益率) of flows that are one period apart.

    Examples
    --------
    >>> round(periodic_rate([10_000] + [-916.80] * 12), 6)
    0.015

    Times 12 it is the nominal yearly rate of monthly flows; see also `nominal_to_effective`.
    """
    return effective_rate(np.arange(np.size(cash), dtype=np.int64) * DAYS_A_YEAR, cash)
