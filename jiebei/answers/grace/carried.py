"""Does a grace period carry you through the thin months? How long it must be for your cash."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.grace.verdict import kind_name
from jiebei.answers.shared.shortest import shortest_that_lasts
from jiebei.compare.compare import Cash, cash_left
from jiebei.language.words import Text, Words
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["chart", "shortest"]

MONTHS_TRIED = 12  # of grace


def shortest(agreed: Loan, on: Any, kind: str, cash: Cash) -> Answer:
    """Find the shortest grace period that the cash can carry (最短要宽限多久).

    Parameters
    ----------
    agreed : Loan
        As agreed.
    on : date
        The day from which the grace runs.
    kind : {"paid", "billed", "capitalised", "waived"}
    cash : Cash
    """
    most = 0 if agreed.method == "bullet" else MONTHS_TRIED  # it has no due day to leave out
    loans = [agreed.defer(each, on=on, interest=kind) for each in range(most + 1)]
    shown = [each for each in (0, 1, 2, 3, 6, 12) if each <= most]
    found = shortest_that_lasts(loans, cash, shown, "grace_for")
    key = "shortest_one" if not most and found.key == "shortest_worse" else found.key
    text = Words(f"answer.grace.{key}", kind=kind_name(kind), **found.fields)
    return Answer(text, found.table)


def chart(agreed: Loan, graced: Loan, kind: str, cash: Cash, ax: Axes | None = None) -> Axes | Text:
    """Draw the cash left from day to day, as agreed and with the grace, if it changes anything."""
    left = {
        Words("strategy.as_agreed"): cash_left(agreed, cash),
        kind_name(kind): cash_left(graced, cash),
    }
    plan, changed = left.values()
    if plan.equals(changed):
        return Words("answer.grace.nothing")
    together = pd.DataFrame(left)
    ends = [each.index[-1] for each in left.values()]
    after = [end + pd.Timedelta(days=1) for end in ends if end < max(ends)]
    moved = together.reindex(together.index.union(after)).ffill()
    for name, end in zip(left, ends, strict=True):  # nothing is known after the last payment
        moved.loc[moved.index > end, name] = np.nan  # and a step ends where the next day begins
    lowest = [float(each.min()) for each in left.values()]
    fields = {
        "plan": lowest[0],
        "grace": lowest[1],
        "day": left[kind_name(kind)].idxmin(),
        "plan_day": left[Words("strategy.as_agreed")].idxmin(),
    }
    key = "".join("n" if each <= -FEN else "y" for each in lowest)
    return charts.lines(
        moved.index.to_numpy(),
        dict(moved.items()),
        steps=True,
        x_kind="date",
        title=Words(f"answer.grace.cash_title_{key}", **fields),
        subtitle=Words("answer.grace.cash_subtitle", unit="{unit}"),
        note=Words("answer.grace.cash_note"),
        ax=ax,
    )
