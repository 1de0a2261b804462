"""Where is money cheapest for this need? Every way to cover it, and which one leaves you most."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.shared.verdicts import lasts, leaders
from jiebei.compare.compare import Strategy, compare
from jiebei.language.words import (
    Text,
    Words,
    passage,
)
from jiebei.life.offers.cover import at_first, cash_of, ways
from jiebei.life.offers.offers import Market
from jiebei.loan.plan import Plan
from jiebei.loan.terms import MOST_MONTHS
from jiebei.notebook.answer import Answer
from jiebei.notebook.how import Compared
from jiebei.units.fen import FEN
from jiebei.units.term import instalments_in

__all__ = ["answer", "chart", "slope"]

COLUMNS = [
    "cost",
    "effective_rate",
    "cost_per_10k_day",
    "net_benefit",
    "largest_payment",
    "payoff_date",
    "lowest_cash",
]


# The answer --------------------------------------------------------------------------------


def answer(market: Market) -> Answer:
    """Say which way covers the need for least, and by how much.

    Returns
    -------
    Answer
        Its table is that of `compare`, with `cost`, interest and fees; this line without a coupon
        is the baseline.
    """
    plans = ways(market)
    table = compare(plans, savings_rate=market.savings_rate, cash=cash_of(market))
    table["lowest_cash"] -= [at_first(plan) for plan in plans.values()]
    table["cost"] = table["interest"] + table["fee"] + table["penalty"]
    table["net_benefit"] = table["net_benefit"].round(2)  # what is equal to the fen is equal
    holds = lasts(table)
    if not holds.any():
        row = table.iloc[int(table["lowest_cash"].to_numpy().argmax())]
        longer = market.monthly > 0 and instalments_in(market.need.months) < MOST_MONTHS
        key = "none_holds" if longer else "none_holds_less"
        parts = [Words(f"answer.cheapest_money.{key}", **_shortage(row))]
    else:
        parts = _best(table[holds])
        better = table.loc[~holds & (table["net_benefit"] > table.loc[holds, "net_benefit"].max())]
        parts += [
            Words("answer.cheapest_money.but_short", **_shortage(row))
            for _, row in better.iterrows()
        ]
    best = leaders(table["net_benefit"], holds)
    compared = Compared(plans, market.savings_rate)
    note = Words("answer.cheapest_money.note")
    return Answer(passage(parts), table[COLUMNS], note, compared, best)


def _shortage(row: pd.Series[Any]) -> dict[str, Any]:
    return {"name": row.name, "short": -row["lowest_cash"], "day": row["lowest_cash_date"]}


def _best(table: pd.DataFrame) -> list[Words]:
    """Name the cheapest way of these, its cost, and how far it is ahead."""
    ranked = table.sort_values("net_benefit", ascending=False, kind="stable")
    best = ranked.iloc[0]
    fields = {"name": best.name, "cost": best["cost"], "rate": best["effective_rate"]}
    key = "best" if np.isnan(best["effective_rate"]) else "best_rate"
    parts = [Words(f"answer.cheapest_money.{key}", **fields)]
    if len(ranked) == 1:
        return parts
    behind = best["net_benefit"] - ranked["net_benefit"].iloc[1:]
    other: Any = behind.index[0] if table.index[0] == best.name else table.index[0]
    if behind[other] >= FEN:
        parts.append(Words("answer.cheapest_money.ahead", amount=behind[other], other=other))
    same = tuple(behind.index[behind < FEN])
    if same:
        parts.append(Words("answer.cheapest_money.same", other=same))
    least: Any = table["cost"].idxmin()
    if best["cost"] - table["cost"][least] > FEN:
        fields = {"name": least, "cost": table["cost"][least], "amount": behind[least]}
        parts.append(Words("answer.cheapest_money.less_yuan", **fields))
    return parts


def chart(found: Answer) -> Axes | Text:
    """Draw what each way costs, in yuan, beside this line; what cash does not carry is hollow.

    Where none costs anything there is nothing to see: then it is a sentence.
    """
    if found.figures["cost"].abs().max() < FEN:
        return Words("answer.cheapest_money.chart_free")
    table = found.figures.sort_values("cost", kind="stable")
    short = dict(zip(table.index, -table["lowest_cash"], strict=True))
    first, best = found.figures.index[0], next(iter(found.best), None)
    notes = [*_split(found, best), Words("answer.cheapest_money.chart_note")]
    return charts.dumbbell(table, "cost", first, short=short, best=best, note=passage(notes))


def _split(found: Answer, best: Any) -> list[Words]:
    """Say how much of a mix comes from whom."""
    if best is None or not isinstance(found.compared, Compared):
        return []
    names, rest = [], best
    lent = _by_lender(found.compared.strategies[best])
    while isinstance(rest, Words) and rest.key == "offers.filled_up":
        names.append(rest.fields["name"])
        rest = rest.fields["rest"]
    names.append(rest)
    if not 1 < len(names) == len(lent):
        return []
    parts = tuple(
        Words("answer.cheapest_money.part", name=name, amount=amount)
        for name, amount in zip(names, lent, strict=True)
    )
    return [Words("answer.cheapest_money.split", name=best, parts=parts)]


def _by_lender(plan: Strategy) -> list[float]:
    """Return what each lends: a loan no later than the one before is another lender's."""
    sums: list[float] = []
    before = ""
    for loan in plan.loans:
        start, principal = str(loan.start), float(loan.principal)
        if not before or start <= before:
            sums.append(principal)
        else:
            sums[-1] += principal
        before = start
    return sums


def slope(market: Market, found: Answer) -> Axes:
    """Draw the rate that each lender names, and the one really paid, for the whole need.

    What the answer recommends is there too: a mix of several, for which nobody names a rate.
    """
    rates: dict[Text, tuple[float, float]] = {}
    for offer in (market.line, *market.offers):
        alone = replace(offer, limit=None)
        rates[offer.name] = (
            offer.quoted,
            float(Plan(alone.loans(market.need)).summary().effective_rate),
        )
    known = {name: pair for name, pair in rates.items() if np.isfinite(pair[1])}
    best = next(iter(found.best), None)
    rate = np.nan if best is None else float(found.figures["effective_rate"][best])
    mixes = {best: rate} if best not in known and np.isfinite(rate) else {}
    notes = ["slope_note", *["slope_note_mix"] * len(mixes)]
    note = passage([Words(f"answer.cheapest_money.{key}") for key in notes])
    return charts.slope(known, mixes=mixes, best=best, note=note)
