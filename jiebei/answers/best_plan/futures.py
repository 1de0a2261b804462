"""How sure is it? The plan of today under a few dozen futures: decide now, adapt later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from jiebei.answers.best_plan.charts import none
from jiebei.answers.best_plan.steps import say_
from jiebei.language.words import Words, passage
from jiebei.life.best.best import best
from jiebei.life.best.borrower import Borrower
from jiebei.life.best.entered import read_again
from jiebei.life.best.scenarios import futures_of, policies
from jiebei.life.household.futures import assumed
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["answer"]

SAME = 1.0  # yuan


def answer(there: Borrower, lends_again: Mapping[str, Any], seed: int) -> Answer:
    """Say what to repay today if the income may fail, and what keeping cash is worth.

    Parameters
    ----------
    there : Borrower
    lends_again : dict
        As the page has it, with the chance that the line lends no more.
    seed : int
    """
    found = best(there)
    if found is None:
        return Answer(none(), pd.DataFrame())
    coming = futures_of(found.ground, assumed("household"), read_again(lends_again)[1], seed=seed)
    table = policies(found, coming).table()
    rows: Any = table.to_dict(orient="index")
    plan, least = rows["plan"], rows["least_regret"]
    parts = [_today(plan, rows["on_average"], len(coming.net))]
    regret = {"now": least["repaid_today"], "regret": max(least["regret"], 0.0)}
    key = "least_regret" if regret["regret"] >= SAME else "least_regret_none"
    less = plan["regret"] - least["regret"]
    if least["repaid_today"] > plan["repaid_today"] + SAME:
        key = "least_regret_reserve"
    parts.append(say_(key, **regret, less=less, other=max(plan["regret"], 0.0)))
    parts.append(say_("knowing", worth=max(plan["average"] - plan["at_least"], 0.0)))
    names = {"at_least": "average_unknowing", "average": "average_knowing"}
    names |= {"worst": "worst_left", "regret": "most_regret"}
    shown = table.rename(columns=names)
    shown["most_regret"] = shown["most_regret"].clip(lower=0.0)
    shown.index = pd.Index([say_(f"policy_{name}") for name in table.index], name="decided_today")
    notes = [say_("future_note")]
    if shown["worst_left"].min() < 0:
        notes.append(say_("future_note_negative"))
    return Answer(passage(parts), shown, passage(notes))


def _today(plan: Mapping[str, float], average: Mapping[str, float], n: int) -> Words:
    """Say whether another amount today leaves more, and whether that holds without knowing more."""
    held = plan["repaid_today"] - average["repaid_today"]
    gain = average["average"] - plan["average"]
    unknowing = average["at_least"] - plan["at_least"]
    fields = {"plan": plan["repaid_today"], "now": average["repaid_today"], "n": n}
    if abs(held) < SAME or gain < FEN:
        return say_("future_same", **fields)
    if unknowing < FEN:
        return say_("future_open", gain=gain, **fields)
    gain = min(gain, unknowing)
    return say_("future_less" if held > 0 else "future_more", gain=gain, **fields)
