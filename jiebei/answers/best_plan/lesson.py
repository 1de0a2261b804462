"""What a thousand borrowers drawn at random teach: when a simple rule is enough."""

from __future__ import annotations

import pandas as pd

from jiebei.answers.best_plan.steps import say_
from jiebei.language.words import passage
from jiebei.life.best.lesson import DRAWN, NEAR, how_often, shared
from jiebei.life.rules.facts import facts
from jiebei.notebook.answer import Answer

__all__ = ["answer", "traits"]


def answer() -> Answer:
    """Say how often each rule is as good as the best plan, and how often it breaks."""
    table = facts("best_plan_borrowers")
    found = how_often(table)
    best = str(found["near"].idxmax())
    near = {"near": float(found["near"][best]), "n": len(table), "yuan": NEAR, "drawn": DRAWN}
    breaks = str(found["breaks"].idxmax())
    parts = [say_("often", name=say_(f"rule_{best}"), **near)]
    if found["breaks"][breaks] > 0:
        share = float(found["breaks"][breaks])
        parts.append(say_("often_breaks", name=say_(f"rule_{breaks}"), share=share))
    gap = table["gap"]
    most = gap.max() + 0.01  # they are stored to the fen, so each may be half a fen more
    parts.append(say_("often_proof", most=most, half=float(gap.median())))
    shown = found.rename(columns={"near": "near_share", "breaks": "breaks_share", "lost": "loses"})
    shown.index = pd.Index([say_(f"rule_{name}") for name in found.index], name="rule")
    return Answer(passage(parts), shown, say_("often_note", yuan=NEAR))


def traits() -> Answer:
    """Say what the borrowers have in common for whom the highest rate first is not enough."""
    table = facts("best_plan_borrowers")
    found = shared(table)
    first = str(found.index[0])
    near = found[["near_with", "near_without"]].iloc[0]
    fields = {"with_it": float(near.iloc[0]), "without": float(near.iloc[1])}
    shown = found.rename(
        columns={"n": "borrowers", "near_with": "with_it", "near_without": "without"}
    )
    shown["borrowers"] = shown["borrowers"].astype(int)
    shown.index = pd.Index([say_(f"trait_{name}") for name in found.index], name="trait")
    return Answer(
        say_("traits", trait=say_(f"trait_{first}"), **fields),
        shown,
        say_("traits_note", yuan=NEAR),
    )
