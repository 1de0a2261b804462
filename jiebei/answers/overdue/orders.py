"""Several loans and not enough money: which to pay first, and which to let slip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

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

__all__ = ["answer", "chart", "in_short", "matters"]

MOST_SHOWN = 6  # orders in the table and in the chart: the cheapest, and the dearest
MOST_TIES = 2  # orders that are named beside one that costs the same


# The answer --------------------------------------------------------------------------------


def answer(loans: Mapping[str, Loan], means: Means) -> Answer:
    """Say in which order to pay when there is not enough for all, and which loan to let slip.

    Returns
    -------
    Answer
        Table by order, the cheapest first: `extra_cost`, `above_cheapest`, `caught_up`, the most
        days late of each loan, and which loans fall due as a whole. Of many orders the five
        cheapest, and the dearest.
    """
    found, names = catch_up(loans, means), list(loans)
    by_rate = by_penalty_rate(loans, found)
    ranked = ranking(found, by_rate)
    shown = _shown(ranked, int(np.isfinite(found.cost).sum()))
    cost = found.cost[shown]
    table = pd.DataFrame(
        {
            "extra_cost": cost,
            "above_cheapest": np.round(cost - cost[0], 2),
            "caught_up": pd.DatetimeIndex(found.caught_up[shown].astype("M8[s]")),
            "most_late": [_days_words(names, found, place) for place in shown],
            "called": [_called_words(names, found, place) for place in shown],
        },
        pd.Index([_in_words(names, found.orders[each]) for each in shown], name="order"),
    )
    parts = _verdict(loans, means, found, ranked, by_rate)
    note: list[Text] = [Words("answer.overdue.orders_note")]
    if len(shown) < len(ranked):
        note.insert(0, Words("answer.overdue.orders_shown", all=len(ranked), n=MOST_SHOWN - 1))
    return Answer(passage(parts), table, passage(note))


def _shown(ranked: Ints, ended: int) -> Ints:
    """Return the cheapest orders, and the dearest of those that end (else the next one)."""
    if len(ranked) <= MOST_SHOWN:
        return ranked
    last = max(ended, MOST_SHOWN) - 1
    return ranked[[*range(MOST_SHOWN - 1), last]]


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


def _price(cost: float) -> Words:
    """Say what being late costs in all; a loan called early may spare more than penalty costs."""
    key = "free" if abs(cost) < FEN else "costs" if cost > 0 else "spares"
    return Words(f"answer.overdue.orders_price_{key}", cost=abs(cost))


def _late_words(names: Sequence[str], found: CaughtUp, place: int) -> tuple[Words, ...]:
    """Say which loans are late in an order, the longest first."""
    late = [
        (-int(days), name)
        for name, days in zip(names, found.days_late[:, place], strict=True)
        if days
    ]
    return tuple(
        Words("answer.overdue.orders_late", name=name, days=-days) for days, name in sorted(late)
    )


def _calls_words(
    loans: Mapping[str, Loan], means: Means, found: CaughtUp, best: int
) -> list[Words]:
    """Say what the cheapest order lets be called, whether others avoid that, what that spares."""
    called = _called(list(loans), found, best)
    if not called:
        return []
    rows = found.called[[name in called for name in loans]]
    fields = {"order": _in_words(list(loans), found.orders[best]), "names": called}
    avoid, every = int((~rows.any(axis=0)).sum()), bool(rows.all())
    parts = [Words(f"answer.overdue.orders_called{'_always' if every else ''}", **fields)]
    if avoid:
        shown = {"n": avoid, "all": len(found.cost)}
        parts.append(Words("answer.overdue.orders_called_avoid", **shown))
    kept = {n: each.but(accelerate_after=0) if n in called else each for n, each in loans.items()}
    uncalled = catch_up(kept, means).cost
    more = round(float(uncalled[best] - found.cost[best]), 2)
    if more >= FEN:
        only = "_only" if uncalled[best] - np.nanmin(uncalled) >= FEN else ""
        parts.append(Words(f"answer.overdue.orders_called_spares{only}", more=more))
    return parts


def _verdict(
    loans: Mapping[str, Loan], means: Means, found: CaughtUp, ranked: Ints, by_rate: int
) -> list[Words]:
    """Name the cheapest order, what it goes by, and what the credit record would rather have."""
    names, best, cost = list(loans), int(ranked[0]), found.cost
    if np.isnan(cost[best]):
        return [Words("answer.overdue.orders_never", months=LONGEST)]
    if not found.days_late.any():
        return [Words("answer.overdue.orders_enough")]
    fields: dict[str, Any] = {"order": _in_words(names, found.orders[best])}
    fields |= {"cost": cost[best], "price": _price(cost[best])}
    if len(names) == 1:
        return [Words("answer.overdue.orders_one", **fields)]
    fields["late"] = _late_words(names, found, best)
    worst = int(np.nanargmax(cost))
    fails = int(np.isnan(cost).sum())
    if not fails and cost[worst] - cost[best] < FEN:
        return [Words("answer.overdue.orders_same", **fields)]
    parts = [
        Words("answer.overdue.orders_best", **fields),
        _rate_words(names, found, best, by_rate),
    ]
    parts += _tied_words(names, found, ranked)
    parts += _calls_words(loans, means, found, best)
    if cost[worst] - cost[best] >= FEN:
        dearest = {"order": _in_words(names, found.orders[worst]), "price": _price(cost[worst])}
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
    """Draw what the orders of the table cost.

    Where no order is dearer than another there is nothing to see: then it is the sentence.
    """
    table = found.figures.dropna(subset=["extra_cost"])
    if table.empty:
        return Words("answer.overdue.orders_open")
    if float(table["above_cheapest"].max()) < FEN:
        return Words("answer.overdue.orders_alike")
    gap = float(table["above_cheapest"].max())
    return charts.dumbbell(
        table.rename(columns={"extra_cost": "cost"}),
        "cost",
        title=Words("answer.overdue.orders_title_gap", best=table.index[0], amount=gap),
        subtitle=Words("answer.overdue.orders_subtitle", unit="{unit}"),
    )


def matters(found: Answer) -> bool:
    """Tell whether one order of the table costs more than another."""
    return bool((found.figures["above_cheapest"] >= FEN).any())


def in_short(found: Answer, ax: Axes, supposed: Text = "") -> Axes:
    """Draw on axes what the cheapest order costs beside the dearest."""
    table = found.figures.dropna(subset=["extra_cost"]).iloc[[0, -1]]
    cheapest, dearest = (float(each) for each in table["extra_cost"])
    return charts.dumbbell(
        table.rename(columns={"extra_cost": "cost"}),
        "cost",
        best=str(table.index[0]),
        ax=ax,
        title=Words(
            "answer.overdue.orders_first",
            order=table.index[0],
            price=_price(cheapest),
            dearest=dearest,
        ),
        subtitle=Words("answer.overdue.orders_subtitle", unit="{unit}"),
        note=supposed,
    )
