"""The line of whoever pays on time: its loans, its limits, and what can be drawn by date."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from jiebei.life.credit.line import available
from jiebei.life.credit.tiers import Borrower
from jiebei.life.credit.years import line_of, years
from jiebei.loan.plan import Plan
from jiebei.units.reading import money

__all__ = ["by_date", "cut", "everything", "on_time"]


def on_time(borrower: Borrower, months: int) -> tuple[Plan | None, dict[Any, float]]:
    """Return the loans that are drawn on the line when all is paid on time, and its limits."""
    return line_of(borrower, years(borrower, np.zeros(months, np.int64)))


def everything(borrower: Borrower, months: int) -> Plan:
    """Return all loans of whoever pays on time, those from elsewhere too."""
    found = years(borrower, np.zeros(months, np.int64))
    elsewhere = [
        borrower.contract(found.elsewhere[month], borrower.elsewhere_rate, month)
        for month in np.flatnonzero(found.elsewhere > 0).tolist()
    ]
    here = line_of(borrower, found)[0]
    return Plan((*(here.loans if here else ()), *elsewhere))


def by_date(borrower: Borrower, months: int) -> pd.DataFrame:
    """Return limit, drawn and available by date when all is paid on time."""
    plan, limits = on_time(borrower, months)
    if plan is not None:
        return available(plan, 0, changes=limits)
    dates = pd.DatetimeIndex([*limits]).as_unit("s")
    table = pd.DataFrame({"line": 0, "date": dates, "limit": limits.values()})
    return table.assign(drawn=0.0, waiting=0.0, available=table["limit"])


def cut(limits: dict[Any, float], cut_on: Any, cut_to: float) -> dict[Any, float]:
    """Return the limits, from a day on not above what they are cut to."""
    most = float(money(cut_to, "limit_cut_to", zero=True)) / 100
    on = pd.Timestamp(cut_on).date()
    before = [each for date, each in limits.items() if date <= on]
    kept = {date: each if date < on else min(each, most) for date, each in limits.items()}
    return kept | {on: min(before[-1] if before else most, most)}
