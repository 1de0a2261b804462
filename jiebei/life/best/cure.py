"""Where no plan meets all that falls due: which month, how much, and the least that would help."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from jiebei.life.best.borrower import Borrower
from jiebei.life.best.ground import Ground, ground
from jiebei.life.best.layout import Layout, lay_out
from jiebei.life.best.programme import Solved
from jiebei.loan.loan import Loan
from jiebei.loan.terms import MOST_MONTHS
from jiebei.units.days import iso

__all__ = ["Cure", "cure", "missing"]

LATE = 0.01  # a day: so much dearer is help before it is needed than any interest that it spares
CENT = 0.01


@dataclass(frozen=True)
class Cure:
    """The least change of each kind after which all that falls due is met; None: it does not help.

    Attributes
    ----------
    missing : dict of day to yuan
        What is missing when, at the least: with it, and nothing else, all would be met.
    a_month : yuan
        More income on every payday, or less spending.
    keep : yuan
        The highest reserve that can be kept.
    longer : int
        More instalments of the first loan, from its next due day on, at its rate and without a fee.
    """

    missing: dict[int, float]
    a_month: float | None
    keep: float | None
    longer: int | None


def missing(there: Ground) -> dict[int, float]:
    """Return what is missing on which day, at the least and as late as can be.

    Examples
    --------
    >>> from jiebei.life.household.budget import Budget
    >>> loan = Loan(9_000, daily_rate=0.0004, months=3, start="2026-12-01")
    >>> poor = Borrower((loan,), Budget(2_000, 0, reserve=2_500, since="2026-12-01"))
    >>> {iso(day): round(yuan, 2) for day, yuan in missing(ground(poor)).items()}
    {'2027-03-01': 693.71}
    """
    layout = lay_out(there)
    model = layout.programme
    model.gains.clear()
    gifts = []
    for place, (row, day) in enumerate(zip(layout.days, there.days, strict=True)):
        gift = model.new()
        model.entries.append((row, gift, -1.0))
        early = float(there.days[-1] - day)
        model.gain([(gift, -(1.0 + LATE * early))])
        gifts.append((place, gift))
    found = _solved(layout)
    if found is None:
        return {}
    return {
        int(there.days[place]): float(found.x[gift])
        for place, gift in gifts
        if found.x[gift] > CENT
    }


def cure(borrower: Borrower) -> Cure:
    """Find the least change of each kind that would do (最少要改什么).

    Examples
    --------
    >>> from jiebei.life.household.budget import Budget
    >>> loan = Loan(9_000, daily_rate=0.0004, months=3, start="2026-12-01")
    >>> poor = Borrower((loan,), Budget(2_000, 0, reserve=2_500, since="2026-12-01"))
    >>> found = cure(poor)
    >>> round(found.a_month, 2), found.keep, found.longer
    (220.09, None, 1)
    """
    there = ground(borrower)
    return Cure(missing(there), _a_month(there), _keep(there), _longer(borrower))


def _solved(layout: Layout) -> Solved | None:
    """Solve to the fen: help before it is needed costs up to `LATE` a day on all that is owed."""
    owed = sum(each.owed for each in layout.ground.lanes)
    dearest = 1.0 + LATE * float(np.ptp(layout.ground.days))
    return layout.programme.solve(owed * dearest)


def _least(layout: Layout, factors: Any, most: float) -> float | None:
    """Return the least of one number that is added to each day's cash by these factors."""
    model = layout.programme
    model.gains.clear()
    more = model.new(most=most)
    for row, factor in zip(layout.days, factors, strict=True):
        if factor:
            model.entries.append((row, more, -float(factor)))
    model.gain([(more, -1.0)])
    found = _solved(layout)
    return None if found is None else float(found.x[more])


def _a_month(there: Ground) -> float | None:
    return _least(lay_out(there), np.isin(there.days, there.months.date[1:]), np.inf)


def _keep(there: Ground) -> float | None:
    """Return the highest reserve that can be kept, at most the one wished for."""
    keep = there.borrower.keep
    if not keep:
        return None
    layout = lay_out(there, keep=0.0)
    model = layout.programme
    model.gains.clear()
    kept = model.new(most=keep)
    for cash in layout.cash:
        model.at_most([(kept, 1.0), (cash, -1.0)], 0.0)
    model.gain([(kept, 1.0)])
    found = _solved(layout)
    return None if found is None else float(found.x[kept])


def _longer(borrower: Borrower) -> int | None:
    """Return the fewest instalments more on the first loan that would do."""
    if not borrower.loans:
        return None
    loan = borrower.loans[0]
    left = int(loan.terms["instalments"])
    most = MOST_MONTHS - left
    if most < 1 or not _does(borrower, loan, most):
        return None
    low, high = 0, most
    while high - low > 1:
        half = (low + high) // 2
        low, high = (low, half) if _does(borrower, loan, half) else (half, high)
    return high


def _does(borrower: Borrower, loan: Loan, months: int) -> bool:
    """Tell whether so many instalments more, agreed today, make a plan possible."""
    longer = loan.extend(months, on=iso(borrower.today))
    there = ground(replace(borrower, loans=(longer, *borrower.loans[1:]), extensions=()))
    return lay_out(there).programme.solve() is not None
