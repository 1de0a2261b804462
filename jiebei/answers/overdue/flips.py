"""Paying late: its cost by the day, what it depends on, and where money elsewhere is cheaper."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.shared.frontier import Along, along
from jiebei.charts.drawing.style import GRID, RULE
from jiebei.compare.vary import vary, weighs_most
from jiebei.language.words import Text, Words, passage
from jiebei.life.late.costs import Elsewhere, borrowed, due_date, due_dates, late_cost
from jiebei.life.rules.facts import facts
from jiebei.loan.loan import Loan
from jiebei.loan.terms import MOST_DAYS_LATE
from jiebei.notebook.answer import Answer
from jiebei.units.days import Ints
from jiebei.units.fen import FEN

__all__ = ["by_day", "depends", "gauge"]

SHORTEST_VIEW, MOST_PLACES = 120, 366  # days drawn at least; points of a curve at most
TOLD = (1, 7, 30, 90)  # days late whose cost is told at the line
SHIFTS = (30, 7, 1)  # days earlier and later
GRACES = (3, 15, 30)  # days
HIGHEST_SHOWN = 0.5  # a year: rates elsewhere on the frontier


def _days(days: int, least: int = 0) -> Ints:
    """Return the days late to draw: all of them, or some of them where these are very many."""
    last = min(max(SHORTEST_VIEW, int(1.2 * days)), MOST_DAYS_LATE)
    return np.unique(np.linspace(least, last, min(last - least + 1, MOST_PLACES)).astype(np.int64))


def by_day(
    loan: Loan, instalment: int, days: int, elsewhere: Elsewhere, ax: Axes | None = None
) -> Axes | Text:
    """Draw what paying late costs, day by day, beside the contract rate and money from elsewhere.

    A thin line marks each day on which one more instalment is missed. Where nothing costs anything
    there is nothing to draw: then it is a sentence.
    """
    shown = _days(days)
    bare = loan.but(penalty_multiple=1.0, penalty_on="principal", grace_days=0)
    curves = {
        Words("strategy.pay_late"): late_cost(loan, instalment, shown).cost,
        Words("strategy.elsewhere"): elsewhere.cost(loan, instalment, shown),
        Words("answer.overdue.contract_rate"): late_cost(bare, instalment, shown).cost,
    }
    cost = float(late_cost(loan, instalment, days).cost)
    other = float(elsewhere.cost(loan, instalment, days))
    fields = {"days": days, "rate": elsewhere.rate}
    fields |= {"cost": cost, "other": round(other, 2)}
    title = Words(f"answer.overdue.day_title{'' if abs(cost) >= FEN else '_free'}", **fields)
    if max(float(np.abs(each).max()) for each in curves.values()) < FEN:
        return title
    missed = (due_dates(loan)[instalment:] - due_date(loan, instalment)).astype(np.int64)
    missed = missed[missed <= shown[-1]]
    pale = [Words("answer.overdue.day_note_missed")] * bool(missed.size)
    told = sorted({each for each in (*TOLD, days) if 0 < each <= shown[-1]})
    costs = late_cost(loan, instalment, told).cost.tolist()
    ax = charts.lines(
        shown,
        curves,
        points={
            each: (one, Words("answer.overdue.day_told", days=each, cost=one))
            for each, one in zip(told, costs, strict=True)
        },
        dashed=[Words("answer.overdue.contract_rate")],
        x_label=Words("column.days_late"),
        title=title,
        subtitle=Words("answer.overdue.why_subtitle", unit="{unit}"),
        note=passage([*pale, Words("answer.overdue.day_note")]),
        ax=ax,
    )
    for each in missed:
        ax.axvline(each, color=GRID, linewidth=1.0, zorder=0.5)
    ax.axvline(days, color=RULE, linewidth=1.0, linestyle=":", zorder=1)
    return ax


# What it depends on ------------------------------------------------------------------------


def depends(loan: Loan, instalment: int, days: int) -> Answer:
    """Show what paying late costs when one thing changes."""
    lines = facts("legal_lines").set_index("line")
    band = lines.loc[["least penalty", "highest penalty"], "value"]
    cases: dict[Words, tuple[Loan, int]] = {Words("answer.overdue.case_yours"): (loan, days)}
    for multiple in (1.0, *band.astype(float)):
        if multiple != loan.penalty_multiple:
            case = Words("answer.overdue.case_multiple", times=multiple)
            cases[case] = (loan.but(penalty_multiple=multiple), days)
    other = "principal" if loan.penalty_on != "principal" else "principal_and_interest"
    cases[Words(f"answer.overdue.case_{other}")] = (loan.but(penalty_on=other), days)
    for grace in GRACES:
        if grace != loan.grace_days:
            case = Words("answer.overdue.case_grace", days=grace)
            cases[case] = (loan.but(grace_days=grace), days)
    for after in (0, 30, 60, 90):
        if after != loan.accelerate_after:
            key = "called" if after else "never_called"
            case = Words(f"answer.overdue.case_{key}", days=after)
            cases[case] = (loan.but(accelerate_after=after), days)
    for shift in (*(-each for each in SHIFTS), *SHIFTS[::-1]):
        if 0 <= days + shift <= MOST_DAYS_LATE:
            key = "later" if shift > 0 else "sooner"
            case = Words(f"answer.overdue.case_{key}", days=abs(shift))
            cases[case] = (loan, days + shift)

    def row(case: tuple[Loan, int]) -> dict[str, float]:
        changed, after = case
        return {"extra_cost": float(late_cost(changed, instalment, after).cost)}

    table = vary(cases, row, of="extra_cost")
    return Answer(_weighs(table, loan, days), table, Words("answer.overdue.depends_note"))


def _weighs(table: pd.DataFrame, loan: Loan, days: int) -> Text:
    """Say which rule weighs most, grace aside, what one day more costs, what grace is worth."""
    change: Any = table["change"]
    cost = float(table["extra_cost"].iloc[0])
    later = Words("answer.overdue.case_later", days=1)
    apart = {Words("answer.overdue.case_grace", days=each) for each in GRACES}
    apart |= {
        Words(f"answer.overdue.case_{key}", days=each)
        for key in ("sooner", "later")
        for each in SHIFTS
    }
    rules = change.iloc[1:][[name not in apart for name in change.index[1:]]]
    parts: list[Text] = []
    if rules.abs().max() < FEN:
        parts.append(Words("answer.overdue.depends_same"))
    else:
        weight: Any = weighs_most(rules)
        most = float(rules[weight])
        cases = tuple(rules.index[(rules - most).abs() < FEN])
        fields: dict[str, Any] = {"cases": cases, "change": most}
        parts.append(Words("answer.overdue.depends_most", **fields))
    if later in change and abs(change[later]) >= FEN:
        key = "depends_day" if change[later] > 0 else "depends_day_less"
        parts.append(Words(f"answer.overdue.{key}", more=abs(float(change[later]))))
    longest = Words("answer.overdue.case_grace", days=GRACES[-1])
    if cost >= FEN and days > loan.grace_days and longest in change:
        spared = -float(change[longest])
        key = "useless" if spared < FEN else "helps" if days <= GRACES[-1] else "part"
        fields = {"cost": cost, "days": days}
        fields |= {"grace": GRACES[-1], "spared": spared}
        parts.append(Words(f"answer.overdue.grace_{key}", **fields))
    return passage(parts)


# Where it turns ----------------------------------------------------------------------------


def _rate_label(elsewhere: Elsewhere) -> Words:
    """Say which rate it is: where there is a fee, the one that comes beside it."""
    key = "frontier_x_fee" if elsewhere.fee else "frontier_x"
    return Words(f"answer.overdue.{key}", fee=elsewhere.fee)


def gauge(loan: Loan, instalment: int, days: int, elsewhere: Elsewhere) -> Axes | Text:
    """Draw what borrowing elsewhere to pay on time gains, over its rate; a sentence if not late."""
    if not days:
        return Words("answer.overdue.way_no_delay", due=due_date(loan, instalment))
    highest = min(max(HIGHEST_SHOWN, 1.5 * elsewhere.rate), 1.0)
    cost = late_cost(loan, instalment, days).cost - elsewhere.fee
    rates = Along(np.linspace(0.0, highest, 51), elsewhere.rate, _rate_label(elsewhere))
    return along(
        cost - borrowed(loan, instalment, days, rates.grid),
        rates,
        regions=(Words("answer.overdue.region_elsewhere"), Words("answer.overdue.region_late")),
        subtitle=Words("answer.overdue.frontier_subtitle", unit="{unit}"),
    )
