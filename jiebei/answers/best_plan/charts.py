"""The pictures of a plan: what is owed to whom, until when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.best_plan.verdict import as_agreed, say_
from jiebei.language.words import Text, Words
from jiebei.life.best.best import Best, best
from jiebei.life.best.borrower import Borrower
from jiebei.life.best.lanes import Floats, Lane
from jiebei.life.best.played import Played
from jiebei.units.fen import FEN

__all__ = ["lanes", "none"]

TRIFLE = 10.0  # yuan


def none() -> Words:
    """Return the sentence that stands where there is no plan to draw."""
    return say_("no_picture")


def lanes(there: Borrower) -> Axes | Words:
    """Draw how each debt falls under the plan, and as agreed."""
    found = best(there)
    if found is None:
        return none()
    mine, agreed = _owed(found, found.played), _owed(found, as_agreed(found))
    ever = np.any([each > FEN for each in (*mine.values(), *agreed.values())], axis=0)
    last = min(int(np.flatnonzero(ever)[-1]) + 2, len(ever))
    today = found.ground.borrower.today
    dates = np.array([today, today + 1, *found.ground.days[1:last]]).astype("M8[D]")
    first = _first(found)
    when = found.ground.days[:last].astype("M8[D]")
    title = _title(when, np.sum([each[:last] for each in mine.values()], axis=0))
    return charts.lanes(
        dates,
        {name: [first.get(name, 0.0), *each[:last]] for name, each in mine.items()},
        {name: [first[name], *each[:last]] for name, each in agreed.items() if name in first},
        title=title,
        subtitle=say_("lanes_subtitle", unit="{unit}"),
        note=say_("lanes_note"),
    )


def _title(dates: Any, owed: Floats) -> Words | None:
    """Say when all but a trifle is repaid, where that is a month before the end; else nothing."""
    if owed.max() < TRIFLE:
        return None
    small, end = (int(np.flatnonzero(owed >= least)[-1]) + 1 for least in (TRIFLE, FEN))
    if end >= len(owed) or dates[small].astype("M8[M]") == dates[end].astype("M8[M]"):
        return None
    days = {"month": dates[small].astype("M8[s]"), "last": dates[end].astype("M8[s]")}
    return say_("lanes_title_small", left=float(owed[small]), **days)


def _owed(found: Best, played: Played) -> dict[Text, Floats]:
    """Return what is owed to each at the end of each day; all that is drawn anew is one."""
    days, total = found.ground.days, dict[Text, Floats]()
    for lane in found.ground.lanes:
        if lane.as_agreed:
            total[lane.name] = np.zeros(len(days))
    taken = set(played.flows["lane"])
    for number, lane in enumerate(found.ground.lanes):
        if number not in taken:
            continue
        name = _name(lane)
        total[name] = total.get(name, np.zeros(len(days))) + _closing(lane, days, played, number)
    return total


def _first(found: Best) -> dict[Text, float]:
    """Return what is owed to each today, before anything is done."""
    lanes = found.ground.lanes
    return {each.name: each.owed for each in lanes if each.as_agreed}


def _name(lane: Lane) -> Text:
    return say_("drawn") if lane.drawn else lane.name


def _closing(lane: Lane, days: Any, played: Played, number: int) -> Floats:
    rows = played.flows[(played.flows["lane"] == number).to_numpy()]
    by_day = rows.groupby("day")["closing"].last()
    at: Sequence[Any] = np.searchsorted(by_day.index.to_numpy(), days, side="right")
    first = 0.0 if lane.drawn else lane.owed
    return np.concatenate([[first], by_day.to_numpy()])[at]
