"""How the cost of paying late adds up: day by day beside paying on time."""

from __future__ import annotations

from typing import Any

import pandas as pd

from jiebei.language.words import Words
from jiebei.life.late.costs import late_cost
from jiebei.life.rules.court import settled
from jiebei.loan.loan import Loan
from jiebei.loan.terms import MOST_MONTHS
from jiebei.notebook.how import Compared, Worked, by_how_much, nameless

__all__ = ["how"]

FUNCTIONS = ("loan.miss()", "loan.settle()", "loan.cashflows()")


def how(loan: Loan, instalment: int, days: int, figures: pd.DataFrame, name: Any) -> Worked:
    """Put paying on time and paying late side by side, each settled on the day of the payment.

    Examples
    --------
    >>> loan = Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> how(loan, 3, 30, pd.DataFrame(), None).table["difference"].sum().round(2).item()
    -81.06
    """
    nameless(name)
    found = late_cost(loan, instalment, days)
    unpaid = loan.miss(instalment, times=2 * MOST_MONTHS)
    on_time, late = Words("strategy.pay_on_time"), Words("strategy.pay_late")
    ways = {on_time: settled(loan, found.day), late: settled(unpaid, found.day)}
    table = Compared(ways, 0.0)(figures, late).table[[on_time, late, "difference"]]
    said = by_how_much("answer.overdue.how_", float(found.cost), day=found.day)
    return Worked(said, table, Words("answer.overdue.how_note"), FUNCTIONS)
