"""What does paying late cost? The answer by day, and what the cost is made of."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.overdue.how import how
from jiebei.language.words import Text, Words, passage, written
from jiebei.life.late.costs import (
    Elsewhere,
    called,
    due_date,
    falls_due,
    flip_rates,
    late_cost,
    missed_besides,
    parts_of,
)
from jiebei.loan.loan import Loan
from jiebei.loan.terms import MOST_DAYS_LATE
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN
from jiebei.units.reading import whole_number

__all__ = ["answer", "why"]

SHOWN_DAYS = (1, 7, 30, 31, 60, 90, 180)
LEAST_LOOKED_AT = 180  # days late, for the day from which on the cheaper way is another one


# The answer --------------------------------------------------------------------------------


def answer(loan: Loan, instalment: int, days: int, elsewhere: Elsewhere, behind: int = 0) -> Answer:
    """Say what it costs to pay an instalment so many days late, and what that is made of.

    Parameters
    ----------
    loan : Loan
        As agreed, one scenario.
    instalment : int
        Which one is late, 1 for the first.
    days : int
        How many days.
    elsewhere : Elsewhere
        Money to pay on time with.
    behind : int
        How many instalments of the loan are behind it: they are counted from its first, as the
        app counts them.

    Returns
    -------
    Answer
        Table by days late: `date`, `also_missed`, `penalty`, `extra_cost`, `elsewhere_cost`,
        `same_cost_rate` (a year, elsewhere).
    """
    whole_number(days, "days_late", 0, MOST_DAYS_LATE)
    shown = np.unique([*SHOWN_DAYS, days]) if days else np.array(SHOWN_DAYS)
    found = late_cost(loan, instalment, shown)
    missed = missed_besides(loan, instalment, shown)
    table = pd.DataFrame(
        {
            "date": pd.DatetimeIndex(found.day.astype("M8[s]")),
            "also_missed": [
                _besides(loan, instalment, *each) for each in zip(shown, missed, strict=True)
            ],
            "penalty": found.penalty,
            "extra_cost": found.cost,
            "elsewhere_cost": np.round(elsewhere.cost(loan, instalment, shown), 2),
            "same_cost_rate": flip_rates(loan, instalment, shown, found.cost, elsewhere.fee),
        },
        pd.Index([written(int(each), "count.day") for each in shown], name="days_late"),
    )
    late = bool(days) and falls_due(loan, instalment, days) >= FEN
    parts = _cost_words(loan, instalment, days, behind)
    if late:
        parts.append(_elsewhere_words(loan, instalment, days, elsewhere))
    compared = partial(how, loan, instalment, days)
    return Answer(passage(parts), table, Words("answer.overdue.note"), compared)


def _besides(loan: Loan, instalment: int, days: int, missed: int) -> Words:
    """Say how many instalments are missed besides, or that all that was left is called in."""
    if called(loan, instalment, days):
        return Words("answer.overdue.all_called")
    return written(int(missed), "count.instalment")


def _cost_words(loan: Loan, instalment: int, days: int, behind: int) -> list[Text]:
    """Say what it costs, and how much of it is the price of being late."""
    found = late_cost(loan, instalment, days)
    cost = float(found.cost)
    fields: dict[str, Any] = {
        "k": behind + instalment,
        "due": due_date(loan, instalment),
        "days": days,
        "day": found.day,
        "cost": abs(cost),
        "grace": int(loan.grace_days),
    }
    if abs(cost) < FEN:
        fields["why"] = _why_nothing(loan, instalment, days, float(found.penalty))
        key = _costs_nothing(loan, instalment, days)
        return [Words(f"answer.overdue.{key}", **fields), *_called(loan, instalment, days, fields)]
    parts: list[Text] = [Words(f"answer.overdue.{'costs' if cost > 0 else 'spares'}", **fields)]
    if behind:
        parts.append(Words("answer.overdue.ahead", k=fields["k"], n=instalment))
    if missed := int(missed_besides(loan, instalment, days)):
        parts.append(Words("answer.overdue.missed", n=missed))
    parts += _called(loan, instalment, days, fields)
    split = parts_of(loan, instalment, days)
    plain = split["ordinary"] + split["spared"]
    fields = {"plain": plain, "extra": abs(cost - plain)}
    if plain > FEN and cost > 0:
        key = "split" if cost - plain > FEN else "split_none" if cost - plain > -FEN else "less"
        parts.append(Words(f"answer.overdue.{key}", **fields))
    return parts


def _called(loan: Loan, instalment: int, days: int, fields: dict[str, Any]) -> list[Words]:
    """Say that the whole loan falls due, and what is paid then."""
    if not days or not called(loan, instalment, days):
        return []
    after = int(loan.accelerate_after)
    then = float(loan.pay_late(instalment, days).summary().largest_payment)
    return [Words("answer.overdue.called", after=after, then=then, day=fields["day"])]


def _costs_nothing(loan: Loan, instalment: int, days: int) -> str:
    """Return what is said where it costs nothing."""
    if not days:
        return "on_time"
    if falls_due(loan, instalment, days) < FEN:
        return "nothing_due"
    return "grace" if days <= loan.grace_days else "nothing"


def _why_nothing(loan: Loan, instalment: int, days: int, penalty: float) -> Words:
    """Say why no penalty shows, where it is late beyond the days of grace."""
    only = _only_interest(loan, instalment, days)
    key = "same" if penalty >= FEN else "interest" if only else "fen"
    return Words(f"answer.overdue.nothing_{key}")


def _only_interest(loan: Loan, instalment: int, days: int) -> bool:
    """Tell whether nothing but interest is overdue by then, where only principal bears penalty."""
    flows = loan.cashflows(["date", "principal"])
    due = pd.Timestamp(due_date(loan, instalment))
    late = (flows["date"] >= due) & (flows["date"] < due + pd.Timedelta(days=days))
    return bool(loan.penalty_on == "principal" and flows.loc[late, "principal"].sum() < FEN)


def _elsewhere_words(loan: Loan, instalment: int, days: int, elsewhere: Elsewhere) -> Text:
    """Say whether money from elsewhere would have been cheaper, up to which rate and which day."""
    cost = float(late_cost(loan, instalment, days).cost)
    other = float(elsewhere.cost(loan, instalment, days))
    gap = round(cost - other, 2)
    root = float(flip_rates(loan, instalment, days, cost, elsewhere.fee))
    fields = {
        "rate": elsewhere.rate,
        "other": round(other, 2),
        "gap": abs(gap),
        "flip": root,
        "fee": elsewhere.fee,
    }
    key = "same" if abs(gap) < FEN else "cheaper" if gap > 0 else "dearer"
    fee = "_fee" if elsewhere.fee else ""
    parts: list[Text] = [Words(f"answer.overdue.elsewhere_{key}", **fields)]
    if np.isfinite(root):
        parts.append(Words(f"answer.overdue.flip{fee}", **fields))
    parts.append(_until_words(loan, instalment, days, elsewhere))
    return passage(parts)


def _until_words(loan: Loan, instalment: int, days: int, elsewhere: Elsewhere) -> Text:
    """Say from which day late on the cheaper of the two is another one."""
    longest = min(max(2 * days, LEAST_LOOKED_AT), MOST_DAYS_LATE)
    tried = np.arange(1, longest + 1)
    gap = late_cost(loan, instalment, tried).cost - elsewhere.cost(loan, instalment, tried)
    gap = np.round(gap, 2)
    tried, late_is_dearer = tried[np.abs(gap) >= FEN], (gap > 0)[np.abs(gap) >= FEN]
    turns = np.flatnonzero(np.diff(late_is_dearer))
    if not len(turns):
        return ""
    first = "late" if not late_is_dearer[0] else "elsewhere"
    key = f"until_{first}" if len(turns) == 1 else "until_several"
    return Words(f"answer.overdue.{key}", days=int(tried[turns[0]]), n=len(turns), most=longest)


# Why ---------------------------------------------------------------------------------------


def why(loan: Loan, instalment: int, days: int) -> Axes | Text:
    """Draw what the cost of paying late is made of; where it costs nothing, say so."""
    parts = parts_of(loan, instalment, days)
    cost = round(sum(parts.values()), 2)
    fields: dict[str, Any] = {"cost": abs(cost), "days": days}
    plain = parts["ordinary"] + parts["spared"]
    key = "nothing" if abs(cost) < FEN else "spares" if cost < 0 else "plain"
    if cost > FEN and cost - plain > FEN:
        key = "extra"
        fields["share"] = (cost - plain) / cost
    title = Words(f"answer.overdue.why_{key}", **fields)
    if not any(parts.values()):
        return title
    return charts.waterfall(
        {Words(f"answer.overdue.part_{name}"): each for name, each in parts.items() if each},
        0.0,
        names=(Words("strategy.pay_on_time"), Words("strategy.pay_late")),
        either_way=[Words("answer.overdue.part_ordinary")],
        title=title,
        subtitle=Words("answer.overdue.why_subtitle", unit="{unit}"),
        note=Words("answer.overdue.why_note"),
    )
