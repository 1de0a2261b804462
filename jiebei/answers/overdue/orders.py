"""Several loans and not enough money: which to pay first, and which to let slip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.methods.verdict import listed
from jiebei.language.words import EMPTY, count, day, headline_yuan, number, say, sentence, sentences
from jiebei.life.late.catching_up import LONGEST, CaughtUp, Means, catch_up
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer
from jiebei.units.days import Ints
from jiebei.units.fen import FEN

__all__ = ["answer", "chart"]

MOST_SHOWN = 6  # orders in a chart


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
    by_rate = _by_penalty_rate(loans, found)
    ranking = np.lexsort(
        (np.arange(len(found.cost)) != by_rate, np.nan_to_num(found.cost, nan=1e18))
    )
    table = pd.DataFrame(
        {
            "extra_cost": found.cost[ranking],
            "above_cheapest": np.round(found.cost[ranking] - found.cost[ranking[0]], 2),
            "caught_up": [
                EMPTY if np.isnat(each) else day(each) for each in found.caught_up[ranking]
            ],
            "most_late": [_days_words(names, found, place) for place in ranking],
            "called": [_called_words(names, found, place) for place in ranking],
        },
        pd.Index([_in_words(names, found.orders[each]) for each in ranking], name="order"),
    )
    parts = _verdict(names, found, ranking, by_rate)
    return Answer(sentences(parts), table, say("answer.overdue.orders_note"))


def _by_penalty_rate(loans: Mapping[str, Loan], found: CaughtUp) -> int:
    """Return the place of the order by penalty rate, the highest first."""
    rates = [-float(each.daily_rate) * float(each.penalty_multiple) for each in loans.values()]
    order = np.argsort(rates, kind="stable")
    return int(np.flatnonzero((found.orders == order).all(axis=1))[0])


def _in_words(names: Sequence[str], order: Ints) -> str:
    return " → ".join(names[place] for place in order)


def _days_words(names: Sequence[str], found: CaughtUp, place: int) -> str:
    most = found.days_late[:, place]
    return listed(f"{name} {number(int(days))}" for name, days in zip(names, most, strict=True))


def _called_words(names: Sequence[str], found: CaughtUp, place: int) -> str:
    called = [name for name, each in zip(names, found.called[:, place], strict=True) if each]
    return listed(called) or EMPTY


def _verdict(names: Sequence[str], found: CaughtUp, ranking: Ints, by_rate: int) -> list[str]:
    """Name the cheapest order, what it goes by, and what the credit record would rather have."""
    best, cost = int(ranking[0]), found.cost
    if np.isnan(cost[best]):
        return [say("answer.overdue.orders_never", months=count(LONGEST, "month"))]
    if not found.days_late.any():
        return [say("answer.overdue.orders_enough")]
    fields = {"order": _in_words(names, found.orders[best]), "cost": headline_yuan(cost[best])}
    if len(names) == 1:
        return [say("answer.overdue.orders_one", **fields)]
    fields["last"] = names[found.orders[best, -1]]
    worst = int(np.nanargmax(cost))
    fails = int(np.isnan(cost).sum())
    if not fails and cost[worst] - cost[best] < FEN:
        return [say("answer.overdue.orders_same", **fields)]
    parts = [
        say("answer.overdue.orders_best", **fields),
        _rate_words(names, found, best, by_rate),
    ]
    if cost[worst] - cost[best] >= FEN:
        dearest = {"order": _in_words(names, found.orders[worst])}
        dearest["cost"] = headline_yuan(cost[worst])
        parts.append(say("answer.overdue.orders_dearest", **dearest))
    if fails:
        shown = {"n": number(fails), "all": number(len(cost)), "months": count(LONGEST, "month")}
        parts.append(say("answer.overdue.orders_fail", **shown))
    if found.called[:, best].any():
        parts.append(say("answer.overdue.orders_called", names=_called_words(names, found, best)))
    parts += _record_words(names, found, best)
    return parts


def _rate_words(names: Sequence[str], found: CaughtUp, best: int, by_rate: int) -> str:
    if best == by_rate:
        return say("answer.overdue.orders_by_rate")
    fields = {"order": _in_words(names, found.orders[by_rate])}
    more = found.cost[by_rate] - found.cost[best]
    if np.isnan(more):
        return say("answer.overdue.orders_rate_never", **fields)
    return say("answer.overdue.orders_not_by_rate", more=headline_yuan(more), **fields)


def _record_words(names: Sequence[str], found: CaughtUp, best: int) -> list[str]:
    """Name the order with the shortest delay, where that is another one."""
    longest = np.where(np.isnan(found.cost), np.iinfo(np.int64).max, found.days_late.max(axis=0))
    shortest = np.lexsort((found.cost, longest))[0]
    if longest[shortest] >= longest[best]:
        return []
    fields = {
        "order": _in_words(names, found.orders[shortest]),
        "days": count(int(longest[shortest]), "day"),
        "instead": count(int(longest[best]), "day"),
        "more": headline_yuan(round(found.cost[shortest] - found.cost[best], 2)),
    }
    return [sentence(say("answer.overdue.orders_record", **fields))]


def chart(found: Answer) -> Axes | str:
    """Draw what the orders cost, the cheapest ones and the dearest.

    Where no order is dearer than another there is nothing to see: then it is the sentence.
    """
    table = found.table.dropna(subset=["extra_cost"])
    if table.empty or float(table["above_cheapest"].max()) < FEN:
        return say("answer.overdue.orders_alike")
    if len(table) > MOST_SHOWN:
        table = pd.concat([table.iloc[: MOST_SHOWN - 1], table.iloc[-1:]])
    gap = headline_yuan(float(table["above_cheapest"].max()))
    return charts.dumbbell(
        table.rename(columns={"extra_cost": "cost"}),
        "cost",
        title=say("answer.overdue.orders_title_gap", best=str(table.index[0]), amount=gap),
        subtitle=say("answer.overdue.orders_subtitle", unit="{unit}"),
    )
