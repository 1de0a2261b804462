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
from jiebei.answers.best_plan.steps import say_
from jiebei.compare.vary import vary
from jiebei.language.words import Words
from jiebei.life.best.best import best
from jiebei.life.best.borrower import Borrower
from jiebei.life.best.lanes import Floats
from jiebei.life.best.scenarios import repaid_now
from jiebei.notebook.answer import Answer

__all__ = ["answer", "chart"]

RATES = np.array([0.01, 0.04, 0.08, 0.12, 0.16, 0.2, 0.24, 0.3])


def answer(there: Borrower) -> Answer:
    """Show how the plan changes if one thing does."""
    if best(there) is None:
        return Answer(none(), pd.DataFrame())
    cases = _cases(there)
    table = vary(cases, _row)
    plans = table["left_then"].notna()
    if not plans.all():
        names = tuple(table.index[~plans])
        return Answer(say_("depends_none", names=names), table, say_("depends_note"))
    today = table["repaid_now"]
    apart: Any = (today - today.iloc[0]).abs()
    if apart.max() < 1:
        return Answer(say_("depends_same", amount=today.iloc[0]), table, say_("depends_note"))
    name = apart.idxmax()
    drawn = _drawn_now(cases[name])
    borrowed = say_("depends_borrowed", amount=drawn) if drawn >= 1 else ""
    fields = {"name": name, "amount": today[name], "yours": today.iloc[0], "borrowed": borrowed}
    return Answer(say_("depends", **fields), table, say_("depends_note"))


def _drawn_now(there: Borrower) -> float:
    """Return what the plan borrows anew today, in yuan."""
    found = best(there)
    steps = () if found is None else found.played.steps
    return sum(each.amount for each in steps if each.what == "draw" and each.day == there.today)


def _row(there: Borrower) -> Mapping[str, Any]:
    found = best(there)
    if found is None:
        return {"repaid_now": np.nan, "repaid_early": np.nan, "left_then": np.nan}
    return {
        "repaid_now": repaid_now(found),
        "repaid_early": found.played.early(),
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
    early = np.array([_early(there, rate) for rate in RATES])
    if np.isnan(early).all():
        return none()
    known = ~np.isnan(early)
    rates, early = RATES[known], early[known]
    if early.max() < 1:
        return say_("turn_never")
    rates, early, title = _turn(there, rates, early)
    yours = there.savings_rate
    inside = yours <= rates[-1]
    if inside and yours not in rates:
        at = int(np.searchsorted(rates, yours))
        rates, early = np.insert(rates, at, yours), np.insert(early, at, _early(there, yours))
    return charts.lines(
        rates,
        {say_("line_repaid"): early},
        x_kind="percent",
        x_label=say_("turn_label"),
        mark=(yours, say_("turn_mark")) if inside else None,
        title=title,
        subtitle=say_("turn_subtitle", unit="{unit}"),
        note=say_("turn_note"),
    )


def _early(there: Borrower, rate: float) -> float:
    """Return what is repaid early in all at a savings rate; NaN where there is no plan."""
    found = best(replace(there, savings_rate=float(rate)))
    return np.nan if found is None else found.played.early()


def _turn(there: Borrower, rates: Floats, early: Floats) -> tuple[Floats, Floats, Words]:
    """Search the whole percent from which on nothing, or less, is repaid early; add what is tried.

    It holds there, not a percent before, and at every rate of the picture above.
    """
    for key, most in (("turn_none", 1.0), ("turn_less", early[0] - 1)):
        holds = early < most
        if not holds[-1] or holds.all():
            continue
        while True:
            at = int(np.flatnonzero(~holds)[-1]) + 1
            low, high = round(100 * rates[at - 1]), round(100 * rates[at])
            if high - low < 2:
                return rates, early, say_(key, rate=float(rates[at]))
            tried = (low + high) // 2 / 100
            rates, early = np.insert(rates, at, tried), np.insert(early, at, _early(there, tried))
            holds = early < most
    lends = there.again is not None  # then some is repaid only to be drawn anew
    return rates, early, say_("turn_lent" if lends else "turn_same", rate=float(rates[-1]))
