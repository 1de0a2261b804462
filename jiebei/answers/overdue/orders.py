"""Several loans and not enough money: which to pay first, and which to let slip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.language.words import EMPTY, Text, Words, passage
from jiebei.life.late.catching_up import (
    LONGEST,
    CaughtUp,
    Means,
    by_penalty_rate,
    catch_up,
    ranking,
)
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer
from jiebei.units.days import Ints
from jiebei.units.fen import FEN

__all__ = ["answer", "chart"]

MOST_SHOWN = 6  # orders in a chart
MOST_TIES = 2  # orders that are named beside one that costs the same


# The answer --------------------------------------------------------------------------------


def answer(loans: Mapping[str, Loan], means: Means) -> Answer:
    """Say in which order to pay when there is not enough for all, and which loan to let slip.

    Returns
    -------
    Answer
        Table by order, the cheapest first: `extra_cost`, `above_cheapest`, `caught_up`, the most
        days late of each loan, and which loans fall due as a whole.
    """
    found, names = catch_up(loans, means), list(loans)
    by_rate = by_penalty_rate(loans, found)
    ranked = ranking(found, by_rate)
    cost = found.cost[ranked]
    table = pd.DataFrame(
        {
            "extra_cost": cost,
            "above_cheapest": np.round(cost - cost[0], 2),
            "caught_up": pd.DatetimeIndex(found.caught_up[ranked].astype("M8[s]")),
            "most_late": [_days_words(names, found, place) for place in ranked],
            "called": [_called_words(names, found, place) for place in ranked],
        },
        pd.Index([_in_words(names, found.orders[each]) for each in ranked], name="order"),
    )
    parts = _verdict(names, found, ranked, by_rate)
    return Answer(passage(parts), table, Words("answer.overdue.orders_note"))


def _in_words(names: Sequence[str], order: Ints) -> str:
    return " → ".join(names[place] for place in order)


def _days_words(names: Sequence[str], found: CaughtUp, place: int) -> Words:
    most = found.days_late[:, place]
    each = tuple(f"{name} {days}" for name, days in zip(names, most, strict=True))
    return Words("answer.overdue.most_late", each=each)


def _called(names: Sequence[str], found: CaughtUp, place: int) -> tuple[str, ...]:
    called = found.called[:, place]
    return tuple(name for name, each in zip(names, called, strict=True) if each)


def _called_words(names: Sequence[str], found: CaughtUp, place: int) -> Text:
    called = _called(names, found, place)
    return Words("answer.overdue.most_late", each=called) if called else EMPTY


def _verdict(names: Sequence[str], found: CaughtUp, ranked: Ints, by_rate: int) -> list[Words]:
    """Name the cheapest order, what it goes by, and what the credit record would rather have."""
    best, cost = int(ranked[0]), found.cost
    if np.isnan(cost[best]):
        return [Words("answer.overdue.orders_never", months=LONGEST)]
    if not found.days_late.any():
        return [Words("answer.overdue.orders_enough")]
    fields = {"order": _in_words(names, found.orders[best]), "cost": cost[best]}
    if len(names) == 1:
        return [Words("answer.overdue.orders_one", **fields)]
    fields["last"] = names[found.orders[best, -1]]
    worst = int(np.nanargmax(cost))
    fails = int(np.isnan(cost).sum())
    if not fails and cost[worst] - cost[best] < FEN:
        return [Words("answer.overdue.orders_same", **fields)]
    parts = [
        Words("answer.overdue.orders_best", **fields),
        _rate_words(names, found, best, by_rate),
    ]
    parts += _tied_words(names, found, ranked)
    if called := _called(names, found, best):
        order = {"order": fields["order"], "names": called}
        parts.append(Words("answer.overdue.orders_called", **order))
    if cost[worst] - cost[best] >= FEN:
        dearest = {"order": _in_words(names, found.orders[worst]), "cost": cost[worst]}
        parts.append(Words("answer.overdue.orders_dearest", **dearest))
    if fails:
        shown = {"n": fails, "all": len(cost), "months": LONGEST}
        parts.append(Words("answer.overdue.orders_fail", **shown))
    return parts + _record_words(names, found, best)


def _tied_words(names: Sequence[str], found: CaughtUp, ranked: Ints) -> list[Words]:
    """Say which other orders cost as little as the first."""
    tied = [each for each in ranked[1:] if found.cost[each] - found.cost[ranked[0]] < FEN]
    if not tied:
        return []
    if len(tied) > MOST_TIES:
        return [Words("answer.overdue.orders_ties_many", n=len(tied) + 1, all=len(ranked))]
    orders = tuple(_in_words(names, found.orders[each]) for each in tied)
    return [Words("answer.overdue.orders_ties", orders=orders)]


def _rate_words(names: Sequence[str], found: CaughtUp, best: int, by_rate: int) -> Words:
    if best == by_rate:
        return Words("answer.overdue.orders_by_rate")
    fields = {"order": _in_words(names, found.orders[by_rate])}
    more = found.cost[by_rate] - found.cost[best]
    if np.isnan(more):
        return Words("answer.overdue.orders_rate_never", **fields)
    return Words("answer.overdue.orders_not_by_rate", more=more, **fields)


def _record_words(names: Sequence[str], found: CaughtUp, best: int) -> list[Words]:
    """Name the order with the shortest delay, where that is another one."""
    longest = np.where(np.isnan(found.cost), np.iinfo(np.int64).max, found.days_late.max(axis=0))
    shortest = np.lexsort((found.cost, longest))[0]
    if longest[shortest] >= longest[best]:
        return []
    more = round(found.cost[shortest] - found.cost[best], 2)
    fields = {
        "order": _in_words(names, found.orders[shortest]),
        "days": int(longest[shortest]),
        "instead": int(longest[best]),
        "more": more,
    }
    return [Words(f"answer.overdue.orders_record{'' if more >= FEN else '_free'}", **fields)]


def chart(found: Answer) -> Axes | Text:
    """Draw what the orders cost, the cheapest ones and the dearest.

    Where no order is dearer than another there is nothing to see: then it is the sentence.
    """
    table = found.figures.dropna(subset=["extra_cost"])
    if table.empty or float(table["above_cheapest"].max()) < FEN:
        return Words("answer.overdue.orders_alike")
    if len(table) > MOST_SHOWN:
        table = pd.concat([table.iloc[: MOST_SHOWN - 1], table.iloc[-1:]])
    gap = float(table["above_cheapest"].max())
    return charts.dumbbell(
        table.rename(columns={"extra_cost": "cost"}),
        "cost",
        title=Words("answer.overdue.orders_title_gap", best=table.index[0], amount=gap),
        subtitle=Words("answer.overdue.orders_subtitle", unit="{unit}"),
    )
