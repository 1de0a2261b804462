"""One late payment: what its cost depends on, in which month it weighs most, and from how late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from jiebei.answers.credit_tiers.verdict import no_due
from jiebei.compare.vary import vary, weighs_most
from jiebei.language.words import Text, Words, headline_yuan, number, passage
from jiebei.life.credit.score import LATEST
from jiebei.life.credit.tiers import Borrower, tier_table
from jiebei.life.credit.years import Years, years
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["by_days", "by_month", "depends"]

DAYS = (1, 3, 5, 10, 30, 60, 90)


def _once(months: int, month: Any, days: Any) -> npt.NDArray[np.int64]:
    """Return one late payment a scenario; month and days broadcast, month 1 is the first."""
    month, days = np.broadcast_arrays(month, days)
    late = np.zeros((*month.shape, months), np.int64)
    np.put_along_axis(late, month[..., None] - 1, days[..., None], axis=-1)
    return late


def _beside(borrower: Borrower, late: npt.NDArray[np.int64]) -> tuple[Years, Any]:
    """Return the years of each scenario, and what it costs more than the first."""
    found = years(borrower, late)
    return found, np.round(found.cost - found.cost[0], 2)


# How late ----------------------------------------------------------------------------------


def by_days(borrower: Borrower, late_month: int, days_late: int, months: int) -> Answer:
    """Show what one late payment costs by how late it is, and from when it costs a tier.

    Parameters
    ----------
    borrower : Borrower
    late_month : int
        Which month's payment is late.
    days_late : int
        One row is for so many days.
    months : int
        How long to look ahead.
    """
    days = np.arange(LATEST + 1)
    found, extra = _beside(borrower, _once(months, late_month, days))
    worse = (found.tier > found.tier[0]).sum(axis=1)
    rows = sorted({*DAYS, days_late} - {0})
    penalty = found.penalty[rows].sum(axis=1)
    table = pd.DataFrame(
        {
            "lowest_score": [number(each, 1) for each in found.score[rows, late_month:].min(1)],
            "worse_months": [Words("text.months", n=int(each)) for each in worse[rows]],
            "penalty": np.round(penalty, 2),
            "dearer": np.round(extra[rows] - penalty, 2),
            "extra_cost": extra[rows],
        },
        pd.Index([_days(each, days_late) for each in rows], name="days_late"),
    )
    if not found.due.any():
        nothing = Words("answer.credit_tiers.nothing_due", months=borrower.months)
        return Answer(nothing, table.iloc[:0, :0])
    if no_date := no_due(found, late_month):
        return Answer(no_date, table.iloc[:0, :0])
    if late_month == months:  # no due date is left that could see it
        return Answer(Words("answer.credit_tiers.days_end"), table.drop(columns="lowest_score"))
    if not worse.any():
        return Answer(Words("answer.credit_tiers.days_never", days=LATEST), table)
    first = int(np.argmax(worse > 0))
    words = [Words("answer.credit_tiers.days_from", days=first)]
    at = int(np.argmax(worse))
    as_long = int(np.argmin(np.append(worse[at:], 0) == worse[at]))  # days in a row
    longest = {"months": int(worse[at]), "days": at, "last": at + as_long - 1}
    key = "days_longest" if as_long == 1 else "days_longest_to"
    words.append(Words(f"answer.credit_tiers.{key}", **longest))
    dearest = int(np.argmax(extra))
    if extra[dearest] > FEN:
        tier = tier_table(borrower.tiers).index[int(found.tier[dearest].max())]
        fields = {"days": dearest, "amount": float(extra[dearest]), "tier": tier}
        words.append(Words("answer.credit_tiers.days_dearest", **fields))
    return Answer(passage(words), table)


def _days(days: int, yours: int) -> Words:
    key = "answer.credit_tiers.days_yours" if days == yours else "text.days"
    return Words(key, n=days)


# When --------------------------------------------------------------------------------------


def by_month(borrower: Borrower, days_late: int, months: int) -> Text:
    """Say what one late payment costs in all, by the month in which it is late."""
    days = days_late or 1
    late = np.concatenate(
        [np.zeros((1, months), np.int64), _once(months, np.arange(1, months + 1), np.array(days))]
    )
    found, extra = _beside(borrower, late)
    falls = np.flatnonzero(found.due[0, 1:] > 0)  # where nothing falls due, nothing is late
    if not falls.size:
        return Words("answer.credit_tiers.nothing_due", months=borrower.months)
    costs = extra[1:][falls]
    if not costs.any():
        return Words("answer.credit_tiers.month_none", days=days)
    most = int(np.argmax(costs))
    fields = {
        "days": days,
        "least": float(costs.min()),
        "most": float(costs.max()),
        "month": found.date[falls[most] + 1],
    }
    if falls.size == 1:
        return Words("answer.credit_tiers.month_only", **fields)
    if headline_yuan(costs.min()) == headline_yuan(costs.max()):
        return Words("answer.credit_tiers.month_same", **fields)
    words = [Words("answer.credit_tiers.month_apart", **fields)]
    if costs[most] - found.penalty[falls[most] + 1].sum() > FEN:
        words.append(Words("answer.credit_tiers.month_why"))
    return passage(words)


# What it depends on ------------------------------------------------------------------------


def depends(borrower: Borrower, late: Mapping[Any, Any]) -> Answer:
    """Show what one late payment costs in all when one thing changes.

    Parameters
    ----------
    borrower : Borrower
    late : dict
        As `credit_tiers.histories` returns it: the first on time, the second late once.
    """
    on_time, once = list(late.values())[:2]
    both = np.stack([on_time, once])
    found = years(borrower, both)
    if not found.due.any():
        nothing = Words("answer.credit_tiers.nothing_due", months=borrower.months)
        return Answer(nothing, pd.DataFrame())
    if once.any() and (no_date := no_due(found, int(np.argmax(once)) + 1)):
        return Answer(no_date, pd.DataFrame())
    changes = {Words("answer.credit_tiers.case_yours"): borrower} | _changes(borrower)
    cases = {name: (changed, both) for name, changed in changes.items()}
    if not once[-12:].any() and len(once) > 12:  # a year later there are still payments
        later = np.stack([on_time, np.roll(once, 12)])
        cases[Words("answer.credit_tiers.case_later")] = (borrower, later)
    table = vary(cases, _extra, of="extra_cost")
    return Answer(_weighs(table, once), table, Words("answer.credit_tiers.depends_note"))


def _extra(case: tuple[Borrower, npt.NDArray[np.int64]]) -> dict[str, float]:
    return {"extra_cost": float(_beside(*case)[1][1])}


def _changes(borrower: Borrower) -> dict[Words, Borrower]:
    """Return the borrower with one thing changed, by what is changed."""
    tiers = tier_table(borrower.tiers)
    same_rate = tiers.assign(daily_rate=tiers["daily_rate"].iloc[len(tiers) // 2])
    twice = tiers.assign(limit=tiers["limit"] * 2)
    changes: dict[Words, Borrower] = {}
    for past in (1, 24):
        if past != borrower.past_months:
            name = Words("answer.credit_tiers.case_past", months=past)
            changes[name] = replace(borrower, past_months=past)
    for lenders in (1, 4):
        if lenders != borrower.lenders:
            name = Words("answer.credit_tiers.case_lenders", n=lenders)
            changes[name] = replace(borrower, lenders=lenders)
    if borrower.again_amount:
        changes[Words("answer.credit_tiers.case_never_again")] = replace(borrower, again_amount=0)
        half = round(borrower.again_amount / 2, 2)
        name = Words("answer.credit_tiers.case_half", amount=half)
        changes[name] = replace(borrower, again_amount=half)
    for every in (1, 12):
        if borrower.again_amount and every != borrower.again_every:
            key = "case_every_month" if every == 1 else "case_every"
            name = Words(f"answer.credit_tiers.{key}", months=every)
            changes[name] = replace(borrower, again_every=every)
    changes[Words("answer.credit_tiers.case_limits")] = replace(borrower, tiers=twice)
    changes[Words("answer.credit_tiers.case_rates")] = replace(borrower, tiers=same_rate)
    return changes


def _weighs(table: pd.DataFrame, once: npt.NDArray[np.int64]) -> Words:
    """Say between what the cost lies, and what weighs most."""
    extra = table["extra_cost"]
    if not once.any():
        return Words("answer.credit_tiers.once_zero", days=0)
    if extra.abs().max() < FEN:
        return Words("answer.credit_tiers.depends_nothing")
    if extra.max() - extra.min() < FEN:
        return Words("answer.credit_tiers.depends_same", amount=float(extra.iloc[0]))
    weight: Any = weighs_most(table["change"])
    return Words(
        "answer.credit_tiers.depends_apart",
        least=float(extra.min()),
        most=float(extra.max()),
        case=weight,
        change=float(table["change"][weight]),
    )
