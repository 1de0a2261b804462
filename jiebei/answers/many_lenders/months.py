"""Several lenders month by month: the cash flows of an order, and how each debt falls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.many_lenders.verdict import at_deadline, in_words
from jiebei.language.words import Words, passage
from jiebei.life.debts.debt import Debt, payday
from jiebei.life.debts.orders import Choice, paid, ranks
from jiebei.life.debts.payments import Month, frame, months
from jiebei.units.days import Ints

__all__ = ["cashflows", "chart", "sheet"]


def _run(debts: Sequence[Debt], choice: Choice, monthly: float) -> Any:
    fen: Ints = np.array([round(monthly * 100)])
    return months(debts, fen, ranks(debts, [choice]), np.array([choice.lead]))


def cashflows(debts: Sequence[Debt], monthly: float, choice: Choice) -> pd.DataFrame:
    """Return the dated cash flows of all debts; see `jiebei.life.debts.payments.frame`."""
    return frame(debts, _run(debts, choice, monthly))


def chart(debts: Sequence[Debt], monthly: float, choice: Choice) -> Axes:
    """Draw how each debt falls in an order, and if only what is due were paid."""
    run = _held(list(_run(debts, choice, monthly)))
    last = len(run)
    dates = [np.int64(payday(debts[0].start, each)).astype("M8[D]") for each in range(last + 1)]
    only_due = _held(list(_run(debts, Choice(()), monthly)))
    data: dict[Any, Any] = {}
    others: dict[Any, Any] = {}
    for place, debt in enumerate(debts):
        data[debt.name] = _balances(debt, run, place, last)
        others[debt.name] = _balances(debt, only_due, place, last)
    return charts.lanes(
        dates,
        data,
        others if choice.places else None,
        subtitle=Words(
            "answer.many_lenders.chart_subtitle", scale="{scale}", order=in_words(debts, choice)
        ),
        note=passage(_notes(debts, monthly, choice)),
    )


def _notes(debts: Sequence[Debt], monthly: float, choice: Choice) -> list[Words]:
    """Say what is dashed, and what an order still owes to the family on its day."""
    notes = [Words("answer.many_lenders.chart_note")] if choice.places else []
    late = paid(debts, [choice], monthly).late[0] / 100
    if late:
        fields = {"late": late, "at": at_deadline(debts)}
        notes.append(Words("answer.many_lenders.chart_late", **fields))
    return notes


def _held(run: list[Month]) -> list[Month]:
    """Return the months whose bills were paid."""
    return [each for each in run if each.counts[0]]


def _balances(debt: Debt, run: list[Month], place: int, last: int) -> Any:
    owed = [int(debt.balance), *(int(each.closing[place, 0]) for each in run)]
    return np.array([*owed, *[owed[-1]] * last][: last + 1]) / 100


def sheet(name: str) -> Words:
    """Return what a sheet of the file to take away is called: "orders", "debts", "chain"."""
    return Words(f"answer.many_lenders.sheet_{name}")
