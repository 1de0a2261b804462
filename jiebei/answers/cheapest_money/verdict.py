"""Where is money cheapest for this need? Every way to cover it, and which one leaves you most."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.compare.compare import compare
from jiebei.language.words import day, headline_yuan, percent, say, sentence, sentences
from jiebei.life.offers.offers import Market
from jiebei.life.offers.ways import at_first, cash_of, ways
from jiebei.loan.plan import Plan
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

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
    holds = table["lowest_cash"] > -FEN
    if not holds.any():
        row = table.iloc[int(table["lowest_cash"].to_numpy().argmax())]
        fields = {"name": str(row.name), "day": day(row["lowest_cash_date"])}
        short = headline_yuan(-row["lowest_cash"])
        parts = [sentence(say("answer.cheapest.none_holds", short=short, **fields))]
    else:
        parts = _best(table[holds])
        better = table.loc[~holds & (table["net_benefit"] > table.loc[holds, "net_benefit"].max())]
        parts += [
            sentence(
                say(
                    "answer.cheapest.but_short",
                    name=str(name),
                    short=headline_yuan(-row["lowest_cash"]),
                    day=day(row["lowest_cash_date"]),
                )
            )
            for name, row in better.iterrows()
        ]
    return Answer(sentences(parts), table[COLUMNS], say("answer.cheapest.note"))


def _best(table: pd.DataFrame) -> list[str]:
    """Name the cheapest way of these, its cost, and how far it is ahead."""
    ranked = table.sort_values("net_benefit", ascending=False, kind="stable")
    best = ranked.iloc[0]
    name, cost = str(best.name), headline_yuan(best["cost"])
    if np.isnan(best["effective_rate"]):
        parts = [say("answer.cheapest.best", name=name, cost=cost)]
    else:
        rate = percent(best["effective_rate"])
        parts = [say("answer.cheapest.best_rate", name=name, cost=cost, rate=rate)]
    if len(ranked) == 1:
        return parts
    baseline = str(table.index[0])
    other = str(ranked.index[1]) if baseline == name else baseline
    gap = float(best["net_benefit"] - table.loc[other, "net_benefit"])
    key = "ahead" if gap >= FEN else "same"
    parts.append(say(f"answer.cheapest.{key}", amount=headline_yuan(gap), other=other))
    return [sentence(each) for each in parts]


def chart(found: Answer) -> Axes | str:
    """Draw what each way costs, in yuan, beside this line; what cash does not carry is hollow.

    Where none costs anything there is nothing to see: then it is a sentence.
    """
    if found.table["cost"].abs().max() < FEN:
        return say("answer.cheapest.chart_free")
    short = dict(zip(map(str, found.table.index), -found.table["lowest_cash"], strict=True))
    return charts.dumbbell(found.table, "cost", short=short, note=say("answer.cheapest.chart_note"))


def slope(market: Market) -> Axes:
    """Draw the rate that each lender names, and the one really paid, for the whole need."""
    rates = {}
    for offer in (market.line, *market.offers):
        alone = replace(offer, limit=None)
        rates[offer.name] = (
            offer.quoted,
            float(Plan(alone.loans(market.need)).summary().effective_rate),
        )
    known = {name: pair for name, pair in rates.items() if np.isfinite(pair[1])}
    return charts.slope(known, note=say("answer.cheapest.slope_note"))
