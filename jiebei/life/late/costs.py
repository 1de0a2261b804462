"""What paying late costs in yuan, what that is made of, and what money from elsewhere costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from jiebei.language.errors import JiebeiError
from jiebei.life.rules.court import settled
from jiebei.loan.loan import Loan
from jiebei.loan.terms import MOST_DAYS_LATE, MOST_MONTHS
from jiebei.units.days import Ints
from jiebei.units.fen import FEN
from jiebei.units.reading import money, share, whole_number
from jiebei.value.worth import DAYS_A_YEAR

__all__ = [
    "Elsewhere",
    "LateCost",
    "borrowed",
    "called",
    "due_date",
    "due_dates",
    "due_then",
    "falls_due",
    "flip_rates",
    "late_cost",
    "missed_besides",
    "parts_of",
]

HIGHEST_RATE = 10.0  # a year: dearer money is not looked for
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class LateCost:
    """What paying late costs more than paying on time, by the day on which all is paid; yuan.

    Attributes
    ----------
    day : datetime64[D]
    cost : yuan
        interest + penalty + fee.
    interest, penalty, fee : yuan
        More than on time; interest is less once the whole loan falls due and bears penalty instead.
    """

    day: Any
    cost: Any
    interest: Any
    penalty: Any
    fee: Any


@dataclass(frozen=True)
class Elsewhere:
    """What money borrowed elsewhere costs, to pay on time with.

    Attributes
    ----------
    rate : decimal
        Effective, a year, 0 to 1.
    fee : yuan
        Once, whatever the amount.
    """

    rate: float
    fee: float = 0.0

    def __post_init__(self) -> None:
        """Check what is given."""
        share(self.rate, "other_rate")
        money(self.fee, "other_fee", zero=True)

    def cost(self, loan: Loan, instalment: int, days: Any) -> Floats:
        """Return what it costs to pay on time with it, and to give all back so many days later."""
        years, payments = _held(loan, instalment, days)
        return _grown(years, payments, self.rate) + self.fee * ((years > 0) @ payments >= FEN)


def due_dates(loan: Loan) -> npt.NDArray[np.datetime64]:
    """Return the days on which the instalments of one loan fall due.

    Examples
    --------
    >>> loan = Loan(12_000, daily_rate=0.0004, months=2, start="2026-12-01")
    >>> print(due_dates(loan))
    ['2027-01-01' '2027-02-01']
    """
    flows = loan.cashflows(["date", "event"])
    due = flows["event"].isin(["instalment", "missed"])  # one that was missed before has its number
    return flows.loc[due, "date"].to_numpy().astype("M8[D]")


def due_date(loan: Loan, instalment: Any) -> np.datetime64:
    """Return the day on which an instalment falls due, or say in words that there is none."""
    number = int(whole_number(instalment, "late_instalment", 1, MOST_MONTHS))
    dues = due_dates(loan)
    if number > len(dues):
        raise JiebeiError("error.overdue.instalment", number=number, most=len(dues))
    found: np.datetime64 = dues[number - 1]
    return found


def due_then(loan: Loan, instalment: int) -> tuple[float, float]:
    """Return the interest, and all, that falls due with an instalment, in yuan.

    Examples
    --------
    >>> due_then(Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01"), 3)
    (472.48, 4503.11)
    """
    flows = loan.cashflows(["date", "interest", "payment"])
    then = flows[flows["date"] == pd.Timestamp(due_date(loan, instalment))]
    return round(float(then["interest"].sum()), 2), round(float(then["payment"].sum()), 2)


def falls_due(loan: Loan, instalment: int, days: int) -> float:
    """Return what falls due from an instalment on, before it is paid so many days late, in yuan.

    Examples
    --------
    An interest-free loan of which only interest falls due until its end:

    >>> free = Loan(9_000, daily_rate=0.0, months=6, method="interest_only", start="2026-12-01")
    >>> falls_due(free, 3, 30), falls_due(free, 6, 30)
    (0.0, 9000.0)
    """
    years, payments = _held(loan, instalment, days)
    return round(float(payments[years > 0].sum()), 2)


def late_cost(loan: Loan, instalment: int, days: Any) -> LateCost:
    """Measure what paying an instalment late costs (晚还多花的钱), all that falls due since too.

    Both are held against each other on the day on which all that is overdue is paid, as if the
    loan were settled then: so the interest of days that are still to come counts for neither.

    Parameters
    ----------
    loan : Loan
        As agreed.
    instalment : int
        Its number, 1 for the first. Those that fall due before it is paid are late too.
    days : int or array
        Days late, 0 to 3650.

    Examples
    --------
    >>> loan = Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> late_cost(loan, 3, [0, 1, 7, 30, 90]).cost
    array([  0.  ,   2.7 ,  18.91,  81.06, 480.93])
    """
    after = whole_number(days, "days_late", 0, MOST_DAYS_LATE)
    paid_on = due_date(loan, instalment) + after
    unpaid = loan.miss(instalment, times=2 * MOST_MONTHS)
    late, on_time = (settled(each, paid_on).summary() for each in (unpaid, loan))
    more = {
        name: np.round(getattr(late, name) - getattr(on_time, name), 2)
        for name in ("interest", "penalty", "fee")
    }
    cost = np.round(sum(more.values()), 2)
    return LateCost(day=paid_on, cost=cost, **more)


def borrowed(loan: Loan, instalment: int, days: Any, rate: Any) -> Floats:
    """Return what it costs to pay on time with money from elsewhere, to be given back that late.

    sum of (instalment x ((1 + rate) ** (days held / 365) - 1)); `rate` a year, effective.
    """
    return _grown(*_held(loan, instalment, days), rate)


def _held(loan: Loan, instalment: int, days: Any) -> tuple[Floats, Floats]:
    """Return for how many years each payment is borrowed, along a last axis, and the payments."""
    due = due_date(loan, instalment)
    flows = loan.cashflows(["date", "payment"])
    flows = flows[flows["date"] >= pd.Timestamp(due)]
    held = (due + np.asarray(days))[..., None] - flows["date"].to_numpy().astype("M8[D]")
    years = np.maximum(held.astype(np.int64), 0) / DAYS_A_YEAR
    return years, flows["payment"].to_numpy()


def _grown(years: Floats, payments: Floats, rate: Any) -> Floats:
    return np.asarray(np.expm1(years * np.log1p(np.asarray(rate))[..., None]) @ payments)


def flip_rates(loan: Loan, instalment: int, days: Any, cost: Any, fee: float = 0.0) -> Floats:
    """Return the yearly rate elsewhere at which both cost the same; NaN where there is none.

    Below it borrowing elsewhere is cheaper. Rates up to 1000 % are searched.

    Examples
    --------
    A year late costs 2,190 on the 10,124 that fall due; so would money at that rate from elsewhere.

    >>> loan = Loan(10_000, daily_rate=0.0004, months=1, method="bullet", start="2026-12-01",
    ...     penalty_on="principal")
    >>> late = late_cost(loan, 1, 365)
    >>> print(late.cost, flip_rates(loan, 1, 365, late.cost).round(4))
    2190.0 0.2163
    """
    years, payments = _held(loan, instalment, days)
    target = np.asarray(cost) - fee
    low, high = np.zeros(target.shape), np.full(target.shape, HIGHEST_RATE)
    reach = _grown(years, payments, high)
    for _ in range(60):
        middle = (low + high) / 2
        too_low = _grown(years, payments, middle) < target
        low, high = np.where(too_low, middle, low), np.where(too_low, high, middle)
    return np.where((target >= FEN) & (target <= reach), low, np.nan)


def parts_of(loan: Loan, instalment: int, days: int) -> dict[str, float]:
    """Return what the cost is made of, in yuan.

    `ordinary` is what the contract rate asks for the days that overdue principal is held longer,
    `surcharge` what the multiple adds to it, `compound` the penalty on overdue interest, `spared`
    the contract interest that no longer runs once the whole loan falls due.

    Examples
    --------
    >>> loan = Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> parts_of(loan, 3, 30)
    {'ordinary': 48.37, 'surcharge': 24.18, 'compound': 8.51, 'spared': 0.0}
    """
    found = late_cost(loan, instalment, days)
    on_principal = loan.but(penalty_on="principal")
    bare = float(late_cost(on_principal.but(penalty_multiple=1.0), instalment, days).penalty)
    raised = float(late_cost(on_principal, instalment, days).penalty)
    return {
        "ordinary": bare,
        "surcharge": round(raised - bare, 2),
        "compound": round(float(found.penalty) - raised, 2),
        "spared": round(float(found.interest + found.fee), 2),
    }


def missed_besides(loan: Loan, instalment: int, days: Any) -> Ints:
    """Return how many further instalments fall due before the day on which all is paid."""
    dues, after = due_dates(loan), int(loan.accelerate_after)
    until = np.minimum(days, after or MOST_DAYS_LATE)  # then no instalment is left to fall due
    before = np.searchsorted(dues, due_date(loan, instalment) + until, side="left")
    return np.asarray(np.maximum(before - instalment, 0))


def called(loan: Loan, instalment: int, days: int) -> bool:
    """Return whether something that was not due yet falls due before all is paid (提前到期)."""
    after = int(loan.accelerate_after)
    return 0 < after <= days and bool(due_dates(loan)[-1] > due_date(loan, instalment) + after)
