"""The pictures of a plan: what is owed to whom, until when."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.best_plan.steps import (
    SEEN,
    as_agreed,
    choice,
    early,
    gain,
    in_words,
    is_card,
    say_,
)
from jiebei.language.words import Text, Words, passage, written
from jiebei.life.best.best import Best, best
from jiebei.life.best.borrower import Borrower
from jiebei.life.best.lanes import Floats, Lane
from jiebei.life.best.played import EARLY, Played, Step, owed_by_day
from jiebei.units.days import as_dates
from jiebei.units.fen import FEN

__all__ = ["lanes", "none", "payments"]

MOST_ROWS = 10  # payments that are drawn one by one
MOST_BESIDES = 3  # steps that are no payments
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
    days = found.ground.days
    dates = np.array([today, today + 1, *days[1:last]]).astype("M8[D]")
    first = _first(found)
    when = found.ground.days[:last].astype("M8[D]")
    return charts.lanes(
        dates,
        {name: [first.get(name, 0.0), *each[:last]] for name, each in mine.items()},
        {name: [first[name], *each[:last]] for name, each in agreed.items() if name in first},
        title=_paid_off(when, np.sum([each[:last] for each in mine.values()], axis=0)),
        subtitle=say_("lanes_subtitle", unit="{unit}"),
        note=say_("lanes_note"),
    )


def _paid_off(dates: Any, owed: Floats) -> Words | None:
    """Say when all but a trifle is repaid, where that is a month before the end; else nothing."""
    if owed.max() < TRIFLE:
        return None
    small, end = (int(np.flatnonzero(owed >= least)[-1]) + 1 for least in (TRIFLE, FEN))
    if end >= len(owed) or dates[small].astype("M8[M]") == dates[end].astype("M8[M]"):
        return None
    days = {"month": dates[small].astype("M8[s]"), "last": dates[end].astype("M8[s]")}
    return say_("lanes_title_small", left=float(owed[small]), **days)


def payments(there: Borrower) -> Axes | Words:
    """Draw what is paid early, day by day, and on which debt."""
    found = best(there)
    if found is None:
        return none()
    steps = early(found)
    if not steps:
        return say_("nothing_ever")
    most = len(steps) if len(steps) == MOST_ROWS + 1 else MOST_ROWS  # one alone has a name too
    rows = {_row_name(found, each): each for each in steps[:most]}
    amounts: dict[Text, float] = {name: each.amount for name, each in rows.items()}
    labels: dict[Text, tuple[Text, list[float]]] = {
        name: (_bar(found, each), [each.amount]) for name, each in rows.items()
    }
    later = steps[most:]
    if later:
        total = sum(each.amount for each in later)
        name = say_("bar_later", n=len(later), last=as_dates(later[-1].day))
        amounts[name], labels[name] = total, (say_("bar_repay", amount="{0}"), [total])
    first = [name for name, each in rows.items() if each.day == steps[0].day]
    more = _seen_gain(found)
    if more:
        name = say_("bar_gain", last=as_dates(found.ground.days[-1]))
        amounts[name], labels[name] = more, (say_("bar_more", amount="{0}"), [more])
    return charts.bars(
        amounts,
        labels,
        best=first,
        apart=[name] if more else [],
        title=_title(found, steps, more),
        subtitle=say_(f"payments_subtitle{'_gain' if more else ''}", unit="{unit}"),
        note=passage(_besides(found)),
    )


def _bar(found: Best, step: Step) -> Words:
    """Say how much is paid, and what to choose in the app."""
    kind = choice(found.ground.lanes[step.lane], step).replace("_card", "")
    return say_(f"bar_{step.what}{kind}", amount="{0}")


def _besides(found: Best) -> list[Words]:
    """Say what else is to be done, that is no payment: a coupon, an extension, a new loan."""
    steps = [each for each in found.played.steps if each.what not in EARLY]
    return [
        say_("bar_besides", day=_day(found, each.day), what=in_words(found, each))
        for each in steps[:MOST_BESIDES]
    ]


def _seen_gain(found: Best) -> float:
    """Return what the plan leaves more than paying as agreed; 0 where that is no measure."""
    more = gain(found)
    return more if more is not None and more >= SEEN else 0.0


def _row_name(found: Best, step: Step) -> Words:
    return say_("bar", day=_day(found, step.day), name=found.ground.lanes[step.lane].name)


def _day(found: Best, day: int) -> Words:
    today = found.ground.borrower.today
    return say_("day_today") if day == today else written(as_dates(day), "day")


def _title(found: Best, steps: list[Step], more: float) -> Words:
    """Say what is repaid first, and what the plan gains."""
    day = steps[0].day
    first = max((each for each in steps if each.day == day), key=lambda each: each.amount)
    lane = found.ground.lanes[first.lane]
    kind = "title_card" if is_card(lane) else "title_early"
    key = "payments_title" if more else "payments_title_total"
    what = say_(kind, name=lane.name, amount=first.amount)
    return say_(key, day=_day(found, day), what=what, gain=more, total=found.played.early())


def _owed(found: Best, played: Played) -> dict[Text, Floats]:
    """Return what is owed to each at the end of each day; all that is drawn anew is one."""
    lanes, nothing = found.ground.lanes, np.zeros(len(found.ground.days))
    total: dict[Text, Floats] = {each.name: nothing for each in lanes if each.as_agreed}
    for number, owed in owed_by_day(found.ground, played).items():
        name = _name(lanes[int(str(number))])
        total[name] = total.get(name, nothing) + owed.to_numpy()
    return total


def _first(found: Best) -> dict[Text, float]:
    """Return what is owed to each today, before anything is done."""
    lanes = found.ground.lanes
    return {each.name: each.owed for each in lanes if each.as_agreed}


def _name(lane: Lane) -> Text:
    return say_("drawn") if lane.drawn else lane.name
