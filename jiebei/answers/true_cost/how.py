"""How the effective rate is checked: at it, all payments are worth what was received."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from jiebei.compare.ledger import cash_by_day
from jiebei.language.words import Words
from jiebei.loan.loan import Loan
from jiebei.notebook.how import Worked, nameless, taken_back

__all__ = ["how"]

FUNCTIONS = ("loan.cashflows()", "jb.effective_rate()", "jb.present_value()")


def how(loan: Loan, figures: pd.DataFrame, name: Any) -> Worked:
    """Take every payment back to the day of the drawdown at the effective rate (折回放款日).

    Examples
    --------
    >>> loan = Loan(9_000, daily_rate=0.0004, months=2, start="2026-12-01")
    >>> worked = how(loan, pd.DataFrame(), None)
    >>> worked.table["worth_at_drawdown"].round(2).to_list()
    [9000.0, -4527.73, -4472.27]
    """
    nameless(name)
    cash = cash_by_day(loan)
    rate = float(loan.summary().effective_rate)
    table = cash.to_frame("cash_flow").join(taken_back(cash, cash.index[0], "drawdown", rate))
    if np.isnan(rate):
        known = table[["cash_flow", "days_since_drawdown"]]
        return Worked(Words("answer.true_cost.how_none"), known, "", FUNCTIONS[:1])
    fields = {"amount": float(cash.iloc[0]), "day": cash.index[0]}
    said = Words("answer.true_cost.how", rate=rate, **fields)
    return Worked(said, table, Words("answer.true_cost.how_note"), FUNCTIONS)
