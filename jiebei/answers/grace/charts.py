"""What a grace period does, drawn: the debt by kind, and what each kind costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.grace.verdict import extremes, kind_name, ways
from jiebei.charts.balance import balance_curve
from jiebei.compare.compare import Cash, lowest_cash
from jiebei.engine.decisions.new_terms import INTEREST
from jiebei.language.errors import one_of
from jiebei.language.words import Text, Words
from jiebei.loan.loan import Loan
from jiebei.units.fen import FEN

__all__ = ["balances", "costs"]


def balances(agreed: Loan, months: int, on: Any, past: Loan | None = None) -> Axes | Text:
    """Draw how the principal falls by kind; kinds with the same curve are drawn as one.

    `past` is the loan with what was before it, drawn pale.
    """
    if not months:
        return Words("answer.grace.nothing")
    plan, *loans = ways(agreed, months, on).values()
    curves = [balance_curve(each.cashflows()) for each in loans]
    together: dict[int, list[str]] = {}
    for place, (kind, curve) in enumerate(zip(INTEREST, curves, strict=True)):
        alike = next((each for each in together if _same(curves[each], curve)), place)
        together.setdefault(alike, []).append(kind)
    strategies = {Words("strategy.as_agreed"): plan}
    strategies |= {_name(kinds): loans[first] for first, kinds in together.items()}
    return charts.balance(
        strategies,
        title=_title(plan, loans, months, max(float(each.max()) for each in curves)),
        note=Words("answer.grace.balance_note"),
        past=past,
    )


def _same(one: pd.Series[float], two: pd.Series[float]) -> bool:
    """Tell whether two debts are the same on every day."""
    days = one.index.union(two.index)
    first, second = (each.reindex(days, method="ffill") for each in (one, two))
    return bool((first - second).abs().max() < FEN)


def _name(kinds: list[str]) -> Words:
    if len(kinds) == 1:
        return kind_name(kinds[0])
    short = one_of([Words(f"answer.grace.kind_{kind}") for kind in kinds])
    return Words("answer.grace.kinds", kinds=short)


def _title(plan: Loan, loans: list[Loan], months: int, peak: float) -> Words:
    fields = {
        "months": months,
        "end": max(each.summary().payoff_date for each in loans),
        "plan": plan.summary().payoff_date,
        "kind": kind_name("capitalised"),
        "peak": peak,
    }
    rises = peak > plan.summary().drawn + FEN
    return Words(f"answer.grace.{'balance_rises' if rises else 'balance_title'}", **fields)


def costs(agreed: Loan, months: int, on: Any, cash: Cash | None = None) -> Axes | Text:
    """Draw the interest in all of each kind against the plan as agreed.

    With `cash`, what it does not carry is hollow, and not in the title; the others are measured
    against the plan there too, carried or not. Where all cost the same there is nothing to see:
    then it is a sentence.
    """
    loans = ways(agreed, months, on)
    interest = {name: loan.summary().interest for name, loan in loans.items()}
    before = next(iter(interest.values()))
    more = {name: round(each - before, 2) for name, each in interest.items()}
    if max(map(abs, more.values())) < FEN:
        return Words("answer.grace.costs_same")
    short = (
        {} if cash is None else {name: -lowest_cash(loan, cash)[0] for name, loan in loans.items()}
    )
    return charts.dumbbell(
        pd.DataFrame({"interest": interest}),
        short=short,
        title=_costs_title(more, [name for name in more if short.get(name, 0.0) < FEN]),
        note=Words("answer.grace.cost_note"),
    )


def _costs_title(more: Mapping[Any, float], carried: Sequence[Any]) -> Words | None:
    """Say what the kinds that cash carries cost against the plan; None where there are too few."""
    plan, *kinds = more
    able = {name: more[name] for name in kinds if name in carried}
    if len(able) < 2:
        return None
    if fields := extremes({plan: 0.0, **able}):
        return Words("answer.grace.costs_apart", **fields)
    return Words("answer.grace.costs_same") if len(able) == len(kinds) else None
