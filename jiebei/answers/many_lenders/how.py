"""How the cost of an order adds up: what it pays on each payday, beside the cheapest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from jiebei.language.words import Words
from jiebei.life.debts.debt import Debt
from jiebei.life.debts.orders import Choice, ranks
from jiebei.life.debts.payments import frame, months
from jiebei.notebook.how import Worked, by_how_much, known

__all__ = ["how"]

FUNCTIONS = ("jiebei.life.debts.payments.months()", "jiebei.life.debts.payments.frame()")


def how(
    debts: Sequence[Debt],
    monthly: float,
    choices: Mapping[Any, Choice],
    figures: pd.DataFrame,
    name: Any,
) -> Worked:
    """Put what an order pays beside what the first one pays, a row a payday.

    Parameters
    ----------
    debts, monthly
        As `answer` takes them.
    choices : dict
        Name to order; the first is what the others are measured against.
    figures : DataFrame
        Of the answer: `cost`, NaN for an order that does not lead out.
    name : str, optional
        The order to look at; the one after the first, if not given.
    """
    first, *others = choices
    name = others[0] if name is None else known(name, choices)
    days = {each: _by_day(debts, monthly, choices[each]) for each in (first, name)}
    table = pd.DataFrame({each: -rows["payment"] for each, rows in days.items()})
    for each, rows in days.items():
        table[Words("answer.many_lenders.how_owed", name=each)] = rows["closing"]
    table = table.fillna(0.0)
    table.index = pd.DatetimeIndex(table.index, name="date")
    table["difference"] = (table[name] - table[first]).round(2)
    costs = figures["cost"]
    lost = next((each for each in (first, name) if pd.isna(costs[each])), None)
    if lost is not None:
        said = Words("answer.many_lenders.how_fails", name=lost)
        return Worked(said, table, Words("answer.many_lenders.how_note"), FUNCTIONS)
    fields = {"name": name, "baseline": first, "cost": float(costs[first])}
    pays = -round(float(table["difference"].sum()), 2)
    said = by_how_much("answer.many_lenders.how_", pays, **fields)
    return Worked(said, table, Words("answer.many_lenders.how_note"), FUNCTIONS)


def _by_day(debts: Sequence[Debt], monthly: float, choice: Choice) -> pd.DataFrame:
    """Return what is paid on all debts each payday, and what is owed after it."""
    fen = np.array([round(monthly * 100)], np.int64)
    run = months(debts, fen, ranks(debts, [choice]), np.array([choice.lead]))
    return frame(debts, run).groupby("date")[["payment", "closing"]].sum().round(2)
