"""What moves my tier? The points behind the score, and years of tiers and scores."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.credit_tiers.verdict import YEAR, lived
from jiebei.charts.drawing.money import money
from jiebei.language.words import EMPTY, Words, number, passage, percent
from jiebei.life.credit.score import BEST, PARTS, parts, rules
from jiebei.life.credit.tiers import Borrower, tier_table
from jiebei.life.credit.years import Years, seen_before
from jiebei.notebook.answer import Answer
from jiebei.value.rates import annual_rate

__all__ = ["answer", "frames", "tiers"]


def answer(borrower: Borrower, late: Mapping[Any, Any]) -> Answer:
    """Show the points behind the score: on the first day, and a year later on time and late once.

    Parameters
    ----------
    borrower : Borrower
    late : dict
        As `credit_tiers.histories` returns it: the first on time, the second late once.

    Returns
    -------
    Answer
        By part of the score: what counts, in words; the points on the first day, after a year on
        time, and after the same year with the late payment.
    """
    found = lived(borrower, late)
    last = min(YEAR, found.score.shape[-1] - 1)
    cases = [seen_before(borrower, found, *where) for where in ((0, 0), (0, last), (1, last))]
    points = np.array(
        [[float(each) for each in parts(case, borrower.points).values()] for case in cases]
    )
    totals = np.clip(points.sum(axis=1), 0.0, BEST)
    names = [Words(f"answer.credit_tiers.part_{name}") for name in PARTS]
    table = pd.DataFrame(index=pd.Index([*names, Words("column.score")], name="part"))
    of = rules(borrower.points)
    counts: list[Any] = [*(_rule(name, of[name]) for name in PARTS), EMPTY]
    table["counts"] = counts
    for place, name in enumerate(("first_day", "year_on_time", "year_once")):
        shown = [number(each, 1, signed=True) for each in points[place]]
        table[name] = [*shown, number(totals[place], 1)]
    words = [_moved(points, totals, names)]
    counted = np.flatnonzero(found.counted_late[1])
    if counted.size and counted[0] >= last:
        words.append(Words("answer.credit_tiers.late_after", day=found.date[counted[0]]))
    elif counted.size:
        words.append(_lost(totals))
    words.append(_ends(found))
    return Answer(passage(words), table, Words("answer.credit_tiers.points_note"))


def _rule(name: str, rule: Mapping[str, float]) -> Words:
    """Say in words what a part of the score counts."""

    def written(bound: float) -> str:
        if np.isinf(bound):
            return EMPTY
        return percent(bound, 0) if name == "utilisation" else number(bound)

    points = rule["points"]
    places = next((each for each in range(3) if points == round(points, each)), 3)
    return Words(
        f"answer.credit_tiers.rule_{name}",
        points=number(points, places, signed=True),
        above=written(rule["above"]),
        up_to=written(rule["up_to"]),
        months=written(rule["months"]),
    )


def _moved(points: Any, totals: Any, names: list[Words]) -> Words:
    """Say how the score moves in a year, and what weighs most."""
    change = points[1] - points[0]
    sign = "same" if not np.abs(change).max() else "rises" if totals[1] >= totals[0] else "falls"
    most = int(np.argmax(change if sign == "rises" else -change))
    fields = {
        "first": float(totals[0]),
        "last": float(totals[1]),
        "part": names[most],
        "points": float(change[most]),
    }
    return Words(f"answer.credit_tiers.score_{sign}", **fields)


def _lost(totals: Any) -> Words:
    """Say how many points the late payment takes in a year."""
    lost = float(totals[1] - totals[2])
    key = "takes" if lost > 0.05 else "takes_nothing"
    return Words(f"answer.credit_tiers.late_{key}", lost=lost)


def _ends(found: Years) -> Words:
    """Say the score of who pays on time and of who is late again and again, in the end."""
    ends = found.score[:, -1]
    fields = {"on_time": ends[0], "often": ends[2], "years": (len(found.date) - 1) // YEAR}
    key = "score_apart" if number(ends[0], 1) != number(ends[2], 1) else "score_together"
    if key == "score_together" and not found.counted_late[2].any():
        key = "score_uncounted"
    key = key if found.due.any() else "score_none"
    return Words(f"answer.credit_tiers.{key}", **fields)


# Years -------------------------------------------------------------------------------------


def tiers(borrower: Borrower, late: Mapping[Any, Any]) -> Axes:
    """Draw the tier of each way to pay over the years."""
    found = lived(borrower, late)
    table = tier_table(borrower.tiers)
    counted = money(table["limit"])
    names = [
        Words(
            "answer.credit_tiers.level",
            tier=name,
            rate=row["daily_rate"],
            limit=counted.write(row["limit"]),
        )
        for name, row in table.iterrows()
    ]
    worse = int((found.tier[1] > found.tier[0]).sum())
    same = "path_same" if found.counted_late[1].any() else "path_uncounted"
    key = "path_worse" if worse else same if found.due.any() else "path_none"
    return charts.levels(
        found.date,
        dict(zip(late, found.tier, strict=True)),
        names,
        title=Words(f"answer.credit_tiers.{key}", months=worse),
        subtitle=Words("answer.credit_tiers.path_subtitle"),
        note=Words("answer.credit_tiers.assumed"),
    )


def frames(borrower: Borrower, late: Mapping[Any, Any]) -> dict[Any, pd.DataFrame]:
    """Return the years of each way to pay as tables to take away, a due date a row."""
    found = lived(borrower, late)
    names = tier_table(borrower.tiers).index
    return {
        name: pd.DataFrame(
            {
                "date": found.date.astype("M8[s]"),
                "score": found.score[place].round(2),
                "tier": names[found.tier[place]],
                "limit": found.limit[place],
                "annual_rate": annual_rate(found.daily_rate[place]),
                "to_draw": found.here[place],
                "elsewhere": found.elsewhere[place],
                "due": found.due[place],
                "penalty": found.penalty[place],
                "owed": found.owed[place],
            }
        )
        for place, name in enumerate(late)
    }
