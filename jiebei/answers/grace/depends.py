"""What the cost of a grace period depends on: length and kind, rate, method, day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from jiebei.answers.grace.verdict import Grace, kind_name, measure
from jiebei.answers.shared.beside import methods_for, rates_beside
from jiebei.compare.compare import net_benefit
from jiebei.compare.vary import vary, weighs_most
from jiebei.engine.decisions.new_terms import INTEREST
from jiebei.language.figures import daily_words
from jiebei.language.words import Text, Words, passage, written
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer
from jiebei.notebook.fit import owed_at
from jiebei.units.days import as_days, iso
from jiebei.units.fen import FEN

__all__ = ["by_day", "depends"]

LENGTHS = (1, 6, 12)
STEP = 0.0001  # a day


def _graced(agreed: Loan, months: int, on: Any, kind: str) -> tuple[Loan, Grace]:
    graced = agreed.defer(months, on=on, interest=kind)
    return graced, measure(agreed, graced, months, on)


# By the day of decision --------------------------------------------------------------------


def _due_days(agreed: Loan) -> list[int]:
    flows = agreed.cashflows(["date", "event"])
    due = flows.loc[flows["event"] == "instalment", "date"].to_numpy()
    return [int(each) for each in due.astype("M8[D]").astype(np.int64)]


def _place(due: Sequence[int], share: float) -> int:
    """Return which due day comes after a share of the loan's life."""
    return max(round(share * len(due)), 1) - 1


def _days(agreed: Loan, yours: Any, today: Any) -> list[str]:
    """Return today, due days in mid-life and the days after them, and the reader's own."""
    due = _due_days(agreed)
    places = {_place(due, share) for share in (0.25, 0.5, 0.75)}
    on_due = {due[place] for place in places}
    after = {due[place] + 1 for place in places if place < len(due) - 1}
    first = int(as_days(today, "on")[0])
    days = {first, *on_due, *after, int(as_days(yours, "on")[0])}
    return [iso(each) for each in sorted(days) if each >= first]


def by_day(agreed: Loan, months: int, on: Any, kind: str, today: Any = None) -> Answer:
    """Show what the grace costs by the day from which it runs, yours among them.

    Parameters
    ----------
    agreed : Loan
        As agreed.
    months : int
        Length of the grace.
    on : date
        A day of your own, one row.
    kind : {"paid", "billed", "capitalised", "waived"}
    today : date, optional
        The first day on which it can begin; the drawdown, if not given.
    """
    days = _days(agreed, on, agreed.terms["start"].astype("M8[D]") if today is None else today)
    found = [_graced(agreed, months, each, kind)[1] for each in days]
    waived = [_graced(agreed, months, each, "waived")[1] for each in days]
    table = pd.DataFrame(
        {
            "meanwhile": [each.meanwhile for each in found],
            "extra_cost": [each.cost for each in found],
            "postponed_rate": [each.rate for each in found],
            "extra_cost_waived": [each.cost for each in waived],
            "waived_rate": [each.rate for each in waived],
        },
        index=pd.Index([written(each, "day") for each in days], name="decided_on"),
    )
    if not months:
        return Answer(Words("answer.grace.nothing"), table)
    if kind == "waived":  # then the first columns tell it already
        table = table.drop(columns=["extra_cost_waived", "waived_rate"])
    less = _less_owed(agreed, days)
    parts = [_by_day_words(days, found, kind, less)]
    pair = _pair(agreed)
    if pair:
        parts.append(_waived_words(agreed, months, pair))
    return Answer(passage(parts), table, Words("answer.grace.day_note"))


def _less_owed(agreed: Loan, days: list[str]) -> bool:
    """Tell whether less is owed on the last of these days than on the first."""
    return owed_at(agreed, days[-1]) < owed_at(agreed, days[0]) - FEN


def _by_day_words(days: list[str], found: list[Grace], kind: str, less: bool) -> Text:
    """Say how the cost goes with the day: steadily, or up and down."""
    costs = pd.Series([each.cost for each in found])
    fields = {
        "least": costs.min(),
        "most": costs.max(),
        "best": days[costs.argmin()],
        "worst": days[costs.argmax()],
        "begin": days[0],
        "first": costs.iloc[0],
        "last": costs.iloc[-1],
        "day": days[-1],
    }
    steps = costs.diff().dropna()
    key = "apart"  # and what is waived depends on its days, not on how many payments are moved
    if steps.abs().max() < FEN:
        key = "same"
    elif kind != "waived" and ((steps < FEN).all() or (steps > -FEN).all()):
        key = "falls" if steps.sum() < 0 and less else "fewer" if steps.sum() < 0 else "rises"
    parts = [Words(f"answer.grace.day_{key}", **fields)]
    rates = [each.rate for each in found if np.isfinite(each.rate) and each.cost >= FEN]
    if rates:
        low, high = min(rates), max(rates)
        key = "one_rate" if round(low, 4) == round(high, 4) else "rates"
        key = key if len(rates) == len(found) else "rates_some"
        parts.append(Words(f"answer.grace.day_{key}", low=low, high=high))
    return passage(parts)


def _pair(agreed: Loan) -> tuple[str, str] | None:
    """Return the due day in mid-life and the day after it; none for a single instalment."""
    due = _due_days(agreed)
    if len(due) < 2:
        return None
    middle = due[_place(due, 0.5)]
    return iso(middle), iso(middle + 1)


def _waived_words(agreed: Loan, months: int, pair: tuple[str, str]) -> Words:
    """Say that interest waived from a due day on leaves the month before it to be paid."""
    on, after = (_graced(agreed, months, each, "waived")[1].cost for each in pair)
    fields = {
        "day": pair[0],
        "on": on,
        "after": after,
    }
    return Words(f"answer.grace.{'waived_after' if on - after >= FEN else 'waived_same'}", **fields)


# One thing changed -------------------------------------------------------------------------


def depends(agreed: Loan, months: int, on: Any, kind: str, savings_rate: float) -> Answer:
    """Show what the grace costs when one thing changes at a time.

    Parameters
    ----------
    agreed : Loan
        As agreed.
    months : int
    on : date
    kind : {"paid", "billed", "capitalised", "waived"}
    savings_rate : decimal
    """

    def row(case: tuple[Loan, int, Any, str]) -> dict[str, Any]:
        graced, given = _graced(*case)
        return {
            "meanwhile": given.meanwhile,
            "extra_cost": given.cost,
            "postponed_rate": given.rate,
            "net_benefit": float(net_benefit(graced, case[0], savings_rate)),
        }

    table = vary(_cases(agreed, months, on, kind), row, of="extra_cost")
    return Answer(_weighs(table), table, Words("answer.grace.depends_note"))


def _cases(
    agreed: Loan, months: int, on: Any, kind: str
) -> Mapping[Any, tuple[Loan, int, Any, str]]:
    """Return the reader's case, and others with one thing changed, by what is changed."""
    cases: dict[Any, Any] = {Words("answer.grace.case_yours"): (agreed, months, on, kind)}
    for length in LENGTHS:
        if length != months and agreed.method != "bullet":
            cases[Words("answer.grace.case_months", months=length)] = (
                agreed, length, on, kind,
            )  # fmt: skip
    for rate in rates_beside(agreed.daily_rate, STEP):
        name = Words("answer.grace.case_rate", rate=daily_words(rate))
        cases[name] = (agreed.but(daily_rate=rate), months, on, kind)
    for each in INTEREST:
        if each != kind:
            cases[kind_name(each)] = (agreed, months, on, each)
    for method in methods_for(agreed.months, agreed.interest_only_months):
        if method not in ("bullet", agreed.method):
            cases[Words(f"method.{method}")] = (agreed.but(method=method), months, on, kind)
    pair = _pair(agreed)
    if pair:
        cases[Words("answer.grace.case_day", day=pair[1])] = (agreed, months, pair[1], kind)
    return cases


def _weighs(table: pd.DataFrame) -> Words:
    """Say between what the cost lies, and what weighs most."""
    cost = table["extra_cost"]
    if cost.max() - cost.min() < FEN:
        return Words("answer.grace.depends_same", amount=cost.iloc[0])
    weight: Any = weighs_most(table["change"])
    return Words(
        "answer.grace.depends_apart",
        least=cost.min(),
        most=cost.max(),
        case=weight,
        change=table["change"][weight],
    )
