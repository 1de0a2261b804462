"""What a ceiling on rates does: to what borrowers pay, to what lending earns, to who is served."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from jiebei.answers.lender_view.who import yields
from jiebei.language.words import EMPTY, Text, Words, passage, percent, written
from jiebei.life.portfolio.study import Book
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["Under", "answer", "under"]


class Under(NamedTuple):
    """The book under a ceiling, if the lender goes on lending only where costs are covered.

    Attributes
    ----------
    out : tuple of str
        Tiers that are no longer served, and
    borrowers : share of the loans that were theirs
    interest : yuan of interest and penalty on each 10,000 lent, of those still served
    saved : the same, less than without the ceiling
    lost : share of what is still lent that is lost
    earned, left : effective a year after losses, of all tiers; less the lender's costs
    """

    out: tuple[str, ...]
    borrowers: float
    interest: float
    saved: float
    lost: float
    earned: float
    left: float


def under(found: Book, name: str) -> Under:
    """Return what the book is like under a ceiling: "plain", "ceiling0", "ceiling1"."""
    pool, plain, behaviour = found.pool(name), found.pool(), found.question.behaviour
    each, all_ = yields(found, pool)
    cost = behaviour.funding + behaviour.running_cost
    known = pool.drawn > 0
    served = known & ~(np.array(each) - cost < 0)
    lent = float(pool.drawn[served].sum())

    def per_10_000(fen: float) -> float:
        return 10_000 * fen / lent if lent else float("nan")

    loans = found.counts["loans"]
    return Under(
        out=tuple(np.array(found.tiers)[known & ~served].tolist()),
        borrowers=float(loans[~served].sum() / loans.sum()),
        interest=per_10_000(pool.interest[served].sum()),
        saved=per_10_000((plain.interest - pool.interest)[served].sum()),
        lost=float(pool.lost[served].sum() / lent) if lent else float("nan"),
        earned=all_,
        left=all_ - cost,
    )


def answer(found: Book) -> Answer:
    """Say what each ceiling does to borrowers and to the lender (利率上限)."""
    names = ["plain", *(f"ceiling{place}" for place in range(len(found.question.ceilings)))]
    rows = [under(found, name) for name in names]
    limits = [None, *found.question.ceilings]
    shown = pd.DataFrame(
        {
            "most_a_year": [EMPTY if each is None else percent(each) for each in limits],
            "interest_per_10_000": [each.interest for each in rows],
            "saved_per_10_000": [each.saved for each in rows],
            "lost_share": [percent(each.lost) for each in rows],
            "yield_earned": [percent(each.earned) for each in rows],
            "yield_left": [percent(each.left, signed=True) for each in rows],
            "not_served": [
                written(tuple(each.out), "names") if each.out else EMPTY for each in rows
            ],
            "shut_out": [percent(each.borrowers, 1) for each in rows],
        },
        pd.Index([Words(f"answer.lender_view.{each}") for each in _rows(rows)], name="ceiling"),
    )
    plain, *others = rows
    if plain.lost != plain.lost:  # nobody is served as it is
        said: Text = Words("answer.lender_view.ceiling_moot")
    else:
        ceilings = zip(found.question.ceilings, others, strict=True)
        said = passage([_does(most, each, plain) for most, each in ceilings])
    return Answer(said, shown, Words("answer.lender_view.ceiling_note"))


def _rows(rows: list[Under]) -> list[str]:
    return ["no_ceiling", "all_in", "times_lpr"][: len(rows)]


def _does(most: float, each: Under, plain: Under) -> Text:
    """Say what a ceiling saves, and whom it shuts out besides those who are without it."""
    fields: dict[str, object] = {"most": most, "saved": each.saved, "left": abs(each.left)}
    fields["without"] = plain.borrowers
    names = tuple(tier for tier in each.out if tier not in plain.out)
    if names:
        fields |= {"names": names, "share": each.borrowers - plain.borrowers}
        key = "ceiling_shuts" if each.lost == each.lost else "ceiling_ends"
        return Words(f"answer.lender_view.{key}", **fields)
    key = "ceiling_saves" if each.saved >= FEN else "ceiling_idle"
    key += "_out" if plain.out else ""
    return Words(f"answer.lender_view.{key}", **fields)
