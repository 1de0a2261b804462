"""How the cash of a way came about: a row a month, each from the month before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from jiebei.language.words import Words
from jiebei.notebook.how import Worked, known
from jiebei.units.fen import FEN

__all__ = ["how"]

FUNCTIONS = ("jb.Budget()", "jiebei.life.household.budget.by_month()", "loan.cashflows()")


def how(plans: Mapping[Any, pd.DataFrame], figures: pd.DataFrame, name: Any) -> Worked:
    """Show the months of the way on which money is tightest, or of another one.

    Parameters
    ----------
    plans : dict
        Name to a frame of `by_month`.
    figures : DataFrame
        With `lowest_cash`, a row a way.
    name : str, optional

    Examples
    --------
    >>> import jiebei as jb
    >>> from jiebei.life.household.budget import Budget, by_month
    >>> loan = jb.Loan(9_000, daily_rate=0.0004, months=2, start="2026-12-01")
    >>> plan = by_month(loan, Budget(5_000, 2_000, 9_000, "2026-12-01"))
    >>> figures = pd.DataFrame({"lowest_cash": [plan["lowest_cash"].min()]}, ["as agreed"])
    >>> how({"as agreed": plan}, figures, None).table["cash_after"].to_list()
    [9000.0, 7416.13, 5832.26]
    """
    name = figures["lowest_cash"].idxmin() if name is None else known(name, plans)
    table = plans[name].set_index("date")
    least: Any = table["lowest_cash"].idxmin()
    row = table.loc[least]
    amount = float(row["lowest_cash"])
    key = "short" if amount < -FEN else "left"
    fields = {"name": name, "since": least, "amount": abs(amount)}
    said = Words(f"answer.budget.how_{key}", **fields)
    return Worked(said, table, Words("answer.budget.how_note"), FUNCTIONS)
