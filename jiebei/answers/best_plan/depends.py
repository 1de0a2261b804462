"""What the plan depends on, and the savings rate at which it turns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.best_plan.charts import none
from jiebei.answers.best_plan.verdict import say_
from jiebei.compare.vary import vary
from jiebei.language.words import Words
from jiebei.life.best.best import Best, best
from jiebei.life.best.borrower import Borrower
from jiebei.notebook.answer import Answer

__all__ = ["answer", "chart"]

RATES = np.array([0.01, 0.04, 0.08, 0.12, 0.16, 0.2, 0.24, 0.3])
EARLY = ("repay", "settle")


def repaid(found: Best, first_only: bool = False) -> float:
    """Return what a plan repays early in yuan of cash, in all or today."""
    today = found.ground.borrower.today
    steps = [each for each in found.played.steps if each.what in EARLY]
    return sum(each.amount for each in steps if not first_only or each.day == today)


def answer(there: Borrower) -> Answer:
    """Show how the plan changes if one thing does."""
    if best(there) is None:
        return Answer(none(), pd.DataFrame())
    table = vary(_cases(there), _row)
    plans = table["left_then"].notna()
    if not plans.all():
        names = tuple(table.index[~plans])
        return Answer(say_("depends_none", names=names), table, say_("depends_note"))
    today = table["repaid_now"]
    apart: Any = (today - today.iloc[0]).abs()
    if apart.max() < 1:
        return Answer(say_("depends_same", amount=today.iloc[0]), table, say_("depends_note"))
    name = apart.idxmax()
    fields = {"name": name, "amount": today[name], "yours": today.iloc[0]}
    return Answer(say_("depends", **fields), table, say_("depends_note"))


def _row(there: Borrower) -> Mapping[str, Any]:
    found = best(there)
    if found is None:
        return {"repaid_now": np.nan, "repaid_early": np.nan, "left_then": np.nan}
    return {
        "repaid_now": repaid(found, first_only=True),
        "repaid_early": repaid(found),
        "left_then": found.played.left,
    }


def _cases(there: Borrower) -> dict[Any, Borrower]:
    budget = there.budget
    cases: dict[Any, Borrower] = {say_("case_yours"): there}
    for change in (-0.1, 0.1):
        income = np.round(np.asarray(budget.income, float) * (1 + change), 2).tolist()
        cases[say_("case_income", change=change)] = replace(
            there, budget=replace(budget, income=income)
        )
    for keep in (0.0, 2 * there.keep):
        if keep != there.keep:
            cases[say_("case_keep", amount=keep)] = replace(there, keep=keep)
    cases[say_("case_savings", rate=0.15)] = replace(there, savings_rate=0.15)
    return cases


def chart(there: Borrower) -> Axes | Words:
    """Draw what is repaid early in all, over the savings rate: where the plan turns."""
    plans = {rate: best(replace(there, savings_rate=float(rate))) for rate in RATES}
    early = np.array([np.nan if each is None else repaid(each) for each in plans.values()])
    if np.isnan(early).all():
        return none()
    known = ~np.isnan(early)
    rates, early = RATES[known], early[known]
    if early.max() < 1:
        return say_("turn_never")
    none_left = np.flatnonzero(early < 1)
    falls = np.flatnonzero(early < early[0] - 1)
    if none_left.size:
        title = say_("turn_none", rate=float(rates[none_left[0]]))
    elif falls.size:
        title = say_("turn_less", rate=float(rates[falls[0]]), amount=float(early[-1]))
    else:
        title = say_("turn_same", rate=float(rates[-1]))
    mark = (there.savings_rate, say_("turn_mark"))
    inside = rates[0] <= there.savings_rate <= rates[-1]
    return charts.lines(
        rates,
        {say_("line_repaid"): early},
        x_kind="percent",
        x_label=say_("turn_label"),
        mark=mark if inside else None,
        title=title,
        subtitle=say_("turn_subtitle", unit="{unit}"),
        note=say_("turn_note"),
    )
