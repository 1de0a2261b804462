"""What does extending cost? The extended loan: longer, for a fee, and dearer from that day on."""

from __future__ import annotations

from typing import Any

import numpy as np

from jiebei.compare.goals import day_of
from jiebei.engine.decisions.decision import Decision
from jiebei.loan.loan import Loan
from jiebei.notebook.so_far import rate_on
from jiebei.units.fen import RATE_SCALE
from jiebei.units.reading import HIGHEST_DAILY_RATE, rate

__all__ = ["highest_rate", "lengthened"]


def lengthened(
    loan: Loan, months: Any, on: Any, fee: Any = 0.0, daily_rate: float | None = None
) -> Loan:
    """Return a loan that is extended; every rate from that day on is as much higher (展期加点).

    Parameters
    ----------
    loan : Loan
        As agreed, with the rates that are known to come.
    months : int
        More instalments.
    on : date
        Day of the extension.
    fee : yuan
    daily_rate : decimal, optional
        A day, from `on` on. What it is above the rate of that day is added to the later ones too.

    Examples
    --------
    >>> loan = Loan(9_000, daily_rate=0.0003, months=3, start="2026-12-01")
    >>> dearer = loan.reprice(0.0004, on="2027-02-01")
    >>> longer = lengthened(dearer, 3, "2027-01-10", fee=0.0, daily_rate=0.00035)
    >>> [rate_on(longer, day) for day in ("2027-01-01", "2027-02-01")]
    [0.0003, 0.00045]
    """
    if np.all(np.asarray(months) == 0):  # no extension, so nothing that comes with one
        return loan
    if daily_rate is None:
        return loan.extend(months, on=on, fee=fee)
    day, rise = day_of(loan, on), daily_rate - rate_on(loan, on)
    raised = [_raised(each, rise) if _is_later(each, day) else each for each in loan.decisions]
    return loan._deciding(raised).extend(months, on=on, fee=fee, daily_rate=daily_rate)


def highest_rate(loan: Loan, on: Any) -> float:
    """Return the highest rate of the day `on` with which no later one is higher than allowed."""
    day, own = day_of(loan, on), rate_on(loan, on)
    later = [int(each.values()["rate"]) for each in loan.decisions if _is_later(each, day)]
    above = max([0.0, *(each / RATE_SCALE - own for each in later)])
    return round(HIGHEST_DAILY_RATE - above, 10)


def _is_later(decision: Decision, day: int) -> bool:
    # On the same day too: a new rate comes last on its day, after the extension.
    return decision.name == "reprice" and bool(decision.values()["on"] >= day)


def _raised(decision: Decision, rise: float) -> Decision:
    values = decision.values()
    higher = rate(round(float(values["rate"]) / RATE_SCALE + rise, 10), "daily_rate")
    return type(decision)(**values | {"rate": higher})
