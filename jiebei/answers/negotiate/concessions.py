"""Which offer is better? What each concession is worth, by itself, as what other concession."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from jiebei.answers.shared.countable import countable
from jiebei.answers.shared.quotes import yearly
from jiebei.language.words import (
    EMPTY,
    Text,
    Words,
    passage,
    percent,
)
from jiebei.life.negotiation.standing import Debt, cost_today, takes
from jiebei.loan.loan import Loan
from jiebei.loan.terms import MOST_MONTHS
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN
from jiebei.units.reading import HIGHEST_DAILY_RATE, whole_number
from jiebei.value.worth import DAYS_A_YEAR

__all__ = ["concessions"]

MORE_MONTHS, HAIRCUT, POINT = 12, 0.1, 0.01 / DAYS_A_YEAR


def concessions(debt: Debt, ask_months: int, grace_months: int, own_rate: float) -> Answer:
    """Weigh concessions against each other, each alone on the same plan (让步各值多少).

    The plan is `ask_months` instalments at the present rate with nothing let off. Each concession
    is put in yuan of today, in points of the yearly rate, and in shares of the principal: so much
    less rate, or principal, would be worth the same.

    Parameters
    ----------
    debt : Debt
    ask_months : int
        Instalments of the plan, 1 to 60.
    grace_months : int
        Of a pause whose interest is added to the principal, 0 to 60.
    own_rate : decimal
    """
    months = int(whole_number(ask_months, "ask_months", 1, MOST_MONTHS))
    pause = int(whole_number(grace_months, "grace_months", 0, MOST_MONTHS))
    late, on, own = debt.late, debt.on, float(debt.late.daily_rate)
    plan = late.restructure(months, on=on)
    cases = {
        Words("answer.negotiate.case_waive"): late.restructure(months, on=on, waive=1.0),
        Words("answer.negotiate.case_interest"): late.restructure(
            months, on=on, waive_interest=1.0
        ),
        Words("answer.negotiate.case_haircut", share=HAIRCUT): late.restructure(
            months, on=on, haircut=HAIRCUT
        ),
    }
    if own > POINT:
        cases[Words("answer.negotiate.case_point")] = late.restructure(
            months, on=on, daily_rate=own - POINT
        )
    if own > 0:
        cases[Words("answer.negotiate.case_free")] = late.restructure(months, on=on, daily_rate=0.0)
    if months + MORE_MONTHS <= MOST_MONTHS:
        cases[Words("answer.negotiate.case_longer", more=MORE_MONTHS)] = late.restructure(
            months + MORE_MONTHS, on=on
        )
    if pause:
        named = Words("answer.negotiate.case_pause", pause=pause)
        cases[named] = plan.defer(pause, on=on, interest="capitalised")
    table = _exchange(debt, plan, cases, own_rate)
    return Answer(
        _exchange_words(table, months, debt.owed["penalty"]),
        table.drop(columns=["less", "share"]),
        passage(_exchange_notes(table)),
    )


def _exchange_notes(table: pd.DataFrame) -> list[Words]:
    notes = [Words("answer.negotiate.exchange_note")]
    if (table[["as_points", "as_haircut"]] == EMPTY).to_numpy().any():
        notes.append(Words("answer.negotiate.exchange_dash"))
    return notes


def _exchange(debt: Debt, plan: Loan, cases: dict[Words, Loan], own_rate: float) -> pd.DataFrame:
    """Return a row a concession: what it takes off the month, and what it is worth as what."""
    months, on = int(plan.decisions[-1].values()["months"]), debt.on
    base, monthly = float(cost_today(plan, on, own_rate)), takes(plan, on).monthly
    rates = np.linspace(0.0, min(2 * float(debt.late.daily_rate), HIGHEST_DAILY_RATE), 401)
    rates = countable(rates, lambda rate: debt.late.restructure(months, on=on, daily_rate=rate))
    costs = cost_today(debt.late.restructure(months, on=on, daily_rate=rates), on, own_rate)
    tenth = debt.late.restructure(months, on=on, haircut=HAIRCUT)
    per_share = (base - float(cost_today(tenth, on, own_rate))) / HAIRCUT
    rows = {}
    for name, way in cases.items():
        cost = float(cost_today(way, on, own_rate))
        gain, same = base - cost, _same_cost(cost, costs, rates)
        known = rates[-1] and np.isfinite(same)
        less = float(yearly(float(debt.late.daily_rate)) - yearly(same)) if known else np.nan
        share = gain / per_share if per_share > FEN else np.nan
        lower = monthly - takes(way, on).monthly
        rows[name] = {
            "month_lower": round(lower, 2),
            "month_lower_share": percent(lower / monthly) if monthly > FEN else EMPTY,
            "worth_by_itself": round(gain, 2),
            "as_points": _points(less),
            "as_haircut": percent(share) if abs(share) <= 1 else EMPTY,
            "less": less,
            "share": share,
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("concession")


def _same_cost(cost: float, costs: Any, rates: Any) -> float:
    """Return the daily rate at which the plan costs as much; NaN beyond what is looked at."""
    nearest = np.clip(cost, costs[0], costs[-1])  # equal sums may differ in their last digit
    return float(np.interp(nearest, costs, rates)) if abs(cost - nearest) < FEN else np.nan


def _points(less: float) -> Text:
    """Write points of the yearly rate; a loss is a rate that much higher."""
    if np.isnan(less):
        return EMPTY
    return Words("chart.label.points", points=100 * less)


def _weight(waived: Any, penalty: float) -> str:
    """Return what to hold the worth of the waived penalty against."""
    if penalty < FEN:
        return "none"
    if any(round(100 * each, 2) == 0 for each in (waived["less"], waived["share"])):  # as shown
        return "plain"
    if waived["share"] > 1:
        return "most"
    return "share" if np.isnan(waived["less"]) else "points"


def _exchange_words(table: pd.DataFrame, months: int, penalty: float) -> Text:
    """Say what the waived penalty is worth, and what weighs most and least on the month."""
    first: Any = table.iloc[0]
    most: Any = table["worth_by_itself"].idxmax()
    fields: dict[str, Any] = {
        "months": months,
        "penalty": penalty,
        "amount": first["worth_by_itself"],
        "points": first["as_points"],
        "share": first["share"],
    }
    parts = [Words(f"answer.negotiate.penalty_{_weight(first, penalty)}", **fields)]
    best = {"name": most, "amount": table["worth_by_itself"][most]}
    if table["worth_by_itself"][most] > FEN:
        parts.append(Words("answer.negotiate.exchange_most", **best))
    relieved: Any = table["month_lower"].idxmax()
    if relieved != most and table["month_lower"][relieved] > FEN:
        value = float(table["worth_by_itself"][relieved])
        sign = "same" if abs(value) < FEN else "gains" if value > 0 else "costs"
        parts.append(
            Words(
                f"answer.negotiate.exchange_relief_{sign}",
                name=relieved,
                lower=table["month_lower"][relieved],
                amount=abs(value),
            )
        )
    return passage(parts)
