"""Rules of thumb beside the best plan: what each loses, and which breaks when."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.best_plan.charts import none
from jiebei.answers.best_plan.steps import say_
from jiebei.language.words import EMPTY, Words, passage, written
from jiebei.life.best.best import Best, best
from jiebei.life.best.borrower import Borrower
from jiebei.life.best.played import Played
from jiebei.life.best.rules import RULES, ruled
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["answer", "chart"]


def _played(found: Best) -> dict[Words, Played]:
    return {say_(f"rule_{name}"): ruled(found.ground, name) for name in RULES}


def answer(there: Borrower) -> Answer:
    """Say which rule comes closest, and what each loses."""
    found = best(there)
    if found is None:
        return Answer(none(), pd.DataFrame())
    played = _played(found)
    holds = {name: each for name, each in played.items() if each.lowest > -FEN}
    rows = {say_("rule_best"): _row(found, found.played)}
    rows |= {name: _row(found, each) for name, each in played.items()}
    table = pd.DataFrame.from_dict(rows, orient="index")
    table.index = pd.Index(list(rows), name="rule")
    parts = []
    if holds:
        parts.append(
            _closest({name: found.played.left - each.left for name, each in holds.items()})
        )
    broken = tuple(name for name in played if name not in holds)
    if broken:
        parts.append(say_("rules_break" if len(broken) > 1 else "rule_breaks", names=broken))
    return Answer(passage(parts), table, say_("rules_note"))


def _closest(lost: dict[Words, float]) -> Words:
    """Say which rule loses least, and which others lose no more."""
    least = min(lost.values())
    names = tuple(name for name in lost if lost[name] - least < FEN)
    key = "rule_equal" if least < FEN else "rule_close"
    several = "" if len(names) == 1 else "_several"
    return say_(f"{key}{several}", name=names[0], names=names, lost=least)


def _row(found: Best, played: Played) -> dict[str, Any]:
    keep = found.ground.borrower.keep
    short = keep - played.cash > FEN
    lost = max(found.played.left - played.left, 0.0)
    return {
        "cost": played.cost,
        "loses": np.nan if short.any() else lost,
        "breaks_in": _when(found, int(np.argmax(short))) if short.any() else EMPTY,
    }


def _when(found: Best, place: int) -> Words:
    return written(found.ground.days[place].astype("M8[D]"), "month")


def chart(there: Borrower) -> Axes | Words:
    """Draw what each rule loses against the best plan; hollow what the cash does not carry."""
    found = best(there)
    if found is None:
        return none()
    played = _played(found)
    lost = {say_("rule_best"): 0.0}
    lost |= {name: max(found.played.left - each.left, 0.0) for name, each in played.items()}
    short = {name: max(-each.lowest, 0.0) for name, each in played.items() if each.lowest < -FEN}
    holds = {name: each for name, each in lost.items() if name not in short}
    if len(holds) == 1:
        return say_("rules_break", names=tuple(short))
    if max(holds.values()) < 1:
        return say_("rules_same")
    most = max(holds.values())
    worst = [name for name in holds if most - holds[name] < FEN]
    several = "" if len(worst) == 1 else "_several"
    nearest = sorted(lost, key=lambda name: lost[name])
    table = pd.DataFrame({"net_benefit": [-lost[name] for name in nearest]}, index=nearest)
    return charts.dumbbell(
        table,
        "net_benefit",
        say_("rule_best"),
        short=short,
        title=say_(f"rules_title{several}", name=worst[0], n=len(worst), lost=most),
        subtitle=say_("rules_subtitle", unit="{unit}"),
    )
