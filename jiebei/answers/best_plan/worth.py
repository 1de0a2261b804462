"""What a hundred yuan more are worth by month, what binds, and what other terms would be worth."""

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
from jiebei.language.words import Words, passage, written
from jiebei.life.best.best import Best, best
from jiebei.life.best.borrower import Borrower
from jiebei.life.best.one_more_yuan import by_day
from jiebei.life.best.programme import GAP
from jiebei.life.offers.offers import Coupon
from jiebei.notebook.answer import Answer
from jiebei.units.days import as_dates, iso
from jiebei.units.fen import FEN

__all__ = ["answer", "chart", "terms"]

HUNDRED = 100


def answer(there: Borrower) -> Answer:
    """Say when money is scarcest, and when the reserve binds."""
    found = best(there)
    if found is None:
        return Answer(none(), pd.DataFrame())
    table = by_day(found)
    shown = pd.DataFrame(
        {
            "worth_then": HUNDRED * table["worth"],
            "saved_then": HUNDRED * table["saved"],
            "cash_then": table["cash"],
        }
    )
    shown.index = pd.Index([written(as_dates(day), "day") for day in table["day"]], name="more_on")
    parts = [Words("text.sentence", text=_first(table))]
    binds = found.ground.days[found.played.cash < there.keep + 1]
    if len(binds):
        fields = {"first": as_dates(binds[0]), "last": as_dates(binds[-1])}
        key = "binds_once" if len(binds) == 1 else "binds"
        parts.append(say_(key, n=len(binds), keep=there.keep, **fields))
    else:
        at = int(np.argmin(found.played.cash))
        least = {"least": float(found.played.cash[at]), "on": as_dates(found.ground.days[at])}
        parts.append(say_("never_binds", keep=there.keep, **least))
    return Answer(passage(parts), shown, say_("worth_note"))


def _extra(table: pd.DataFrame) -> pd.Series[float]:
    """Return what a hundred yuan more are worth beyond what savings make of them."""
    return HUNDRED * (table["worth"] - table["saved"])


def _first(table: pd.DataFrame) -> Words:
    """Say on which day a hundred yuan more help most, and from when on they only earn interest."""
    extra = _extra(table)
    if extra.max() < FEN:
        return say_("worth_flat")
    place = int(np.argmax(extra))
    later = np.flatnonzero(extra.to_numpy() >= FEN)[-1]
    fields = {
        "on": as_dates(table["day"].iloc[place]),
        "worth": HUNDRED * float(table["worth"].iloc[place]),
        "extra": _in_fen(table["worth"].iloc[place]) - _in_fen(table["saved"].iloc[place]),
        "last": as_dates(table["day"].iloc[min(int(later) + 1, len(table) - 1)]),
    }
    key = "worth_all" if later == len(table) - 1 else "worth_until"
    return say_(key, **fields)


def _in_fen(worth: float) -> float:
    """Return what a hundred yuan come to as it is printed, so that differences of it add up."""
    return round(HUNDRED * float(worth), 2)


def chart(there: Borrower) -> Axes | Words:
    """Draw what a hundred yuan more are worth on the last day, by the day on which they come."""
    found = best(there)
    if found is None:
        return none()
    table = by_day(found)
    if _extra(table).max() < FEN or len(table) < 2:
        return say_("worth_flat")
    dates = table["day"].to_numpy().astype("M8[D]")
    return charts.lines(
        dates,
        {
            say_("line_plan"): HUNDRED * table["worth"].to_numpy(),
            say_("line_savings"): HUNDRED * table["saved"].to_numpy(),
        },
        x_kind="date",
        steps=True,
        dashed=[say_("line_savings")],
        title=_first(table),
        subtitle=say_("worth_subtitle", last=as_dates(found.ground.days[-1])),
    )


# Other terms ---------------------------------------------------------------------------------


def terms(there: Borrower) -> Answer:
    """Show what a smaller reserve, a lower rate or a coupon would be worth: each plan made anew."""
    found = best(there)
    if found is None:
        return Answer(none(), pd.DataFrame())
    rows = {name: best(each) for name, each in _others(there).items()}
    worth = {name: _gain(found, each) for name, each in rows.items()}
    table = pd.DataFrame({"worth_it": list(worth.values())})
    table.index = pd.Index(list(worth), name="change")
    most = max(worth, key=lambda name: worth[name])
    if worth[most] < GAP:
        return Answer(say_("terms_none"), table)
    return Answer(say_("terms", name=most, gain=worth[most]), table)


def _gain(found: Best, other: Best | None) -> float:
    """Return what another plan leaves more; nothing where it is the old one but for rounding."""
    gain = 0.0 if other is None else other.programme - found.programme
    return round(gain, 2) if gain >= GAP else 0.0


def _others(there: Borrower) -> Mapping[Any, Borrower]:
    line, rest = there.loans[0], there.loans[1:]
    cases: dict[Any, Borrower] = {}
    if there.keep >= 1:
        half = round(there.keep / 2, 2)
        cases[say_("term_keep", amount=half)] = replace(there, keep=half)
    cut = round(float(line.daily_rate) - 0.0001, 10)
    if cut >= 0:
        lower = line.reprice(cut, on=iso(there.today))
        cases[say_("term_rate", rate=0.0001)] = replace(there, loans=(lower, *rest))
    coupon = Coupon(days=30)
    cases[say_("term_coupon")] = replace(there, coupons=(*there.coupons, coupon))
    return cases
