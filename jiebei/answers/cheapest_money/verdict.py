"""Where is money cheapest for this need? Every way to cover it, and which one leaves you most."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.compare.compare import Cash, compare, horizon, net_benefit
from jiebei.language.words import day, headline_yuan, percent, say, sentence, sentences
from jiebei.life.offers.offers import Coupon, Market, Need, Offer
from jiebei.life.rules.subsidy import subsidised, subsidy
from jiebei.loan.loan import Loan
from jiebei.loan.plan import Plan
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["Way", "answer", "best_use", "builders", "chart", "slope", "ways"]

Way = Callable[[Need], tuple[Loan, ...]]  # what is borrowed for a need
COLUMNS = [
    "cost",
    "effective_rate",
    "cost_per_10k_day",
    "net_benefit",
    "largest_payment",
    "payoff_date",
    "lowest_cash",
]


# The ways ----------------------------------------------------------------------------------


def builders(market: Market) -> dict[str, Way]:
    """Return every way to have the whole need from one lender, this line first.

    A coupon is a way of its own where it works on a drawdown at all; so is the subsidy.
    """
    line, need = market.line, market.need
    found: dict[str, Way] = {line.name: line.loans}
    for coupon in market.coupons:
        if any(map(coupon.works_on, line.loans(need))):
            found[say("answer.cheapest.with_coupon", coupon=coupon.words)] = _with(line, [coupon])
    if (used := len(best_use(market.coupons, line.loans(need)))) > 1:
        name = say("answer.cheapest.with_coupons", n=used)
        found[name] = _with(line, market.coupons)
    if market.spent and any(_in_time(each) for each in line.loans(need)):
        found[say("answer.cheapest.with_subsidy")] = _subsidised(line, market.spent)
    return found | {each.name: each.loans for each in market.offers if each.lends(need.total)}


def _with(line: Offer, coupons: Sequence[Coupon]) -> Way:
    def loans(need: Need) -> tuple[Loan, ...]:
        plain = line.loans(need)
        used = best_use(coupons, plain)
        return tuple(
            coupons[used[place]].on(each) if place in used else each
            for place, each in enumerate(plain)
        )

    return loans


def best_use(coupons: Sequence[Coupon], loans: Sequence[Loan]) -> dict[int, int]:
    """Return which coupon to use on which drawdown: place of the loan to place of the coupon.

    Each coupon works once, and one on a loan; together they save as much as they can.
    """
    saved = [[_saves(coupon, loan) for coupon in coupons] for loan in loans]
    best: dict[frozenset[int], tuple[float, dict[int, int]]] = {frozenset(): (0.0, {})}
    for place, row in enumerate(saved):
        for used, (total, pairs) in list(best.items()):
            for coupon, more in enumerate(row):
                now = used | {coupon}
                if coupon not in used and more > 0 and total + more > best.get(now, (0.0,))[0]:
                    best[now] = (total + more, {**pairs, place: coupon})
    return max(best.values(), key=lambda each: each[0])[1]


def _saves(coupon: Coupon, loan: Loan) -> float:
    """Return what a coupon saves on a loan, in all scenarios together; 0 if it does not work."""
    return float(np.sum(coupon.on(loan).summary().waived)) if coupon.works_on(loan) else 0.0


def _in_time(loan: Loan) -> bool:
    rule = subsidy()
    return bool(rule.first <= loan.terms["start"].astype("M8[D]") <= rule.last)


def _subsidised(line: Offer, spent: float) -> Way:
    def loans(need: Need) -> tuple[Loan, ...]:
        left: Any = subsidy().cap  # one a borrower, whatever the number of drawdowns
        found: list[Loan] = []
        for each in line.loans(need):
            found.append(subsidised(each, spent, left))
            left = np.maximum(np.round(left - np.asarray(found[-1].summary().waived), 2), 0.0)
        return tuple(found)

    return loans


def ways(market: Market) -> dict[str, Plan]:
    """Return every way to cover the need, as loans; a lender with a limit is filled up.

    What such a lender does not cover comes from the cheapest of those that lend it all.
    """
    found, need = builders(market), market.need
    plans = {name: Plan(loans(need)) for name, loans in found.items()}
    cheapest = _cheapest(plans, market.savings_rate)
    for offer in market.offers:
        if not offer.lends(need.total):
            first, rest = need.split(offer.limit or 0.0)
            name = say("answer.cheapest.filled_up", name=offer.name, rest=cheapest)
            plans[name] = Plan((*offer.loans(first), *found[cheapest](rest)))
    return plans


def _cheapest(plans: Mapping[str, Plan], savings_rate: float) -> str:
    baseline, last = next(iter(plans.values())), horizon(*plans.values())
    worth = {
        name: float(net_benefit(each, baseline, savings_rate, last)) for name, each in plans.items()
    }
    return max(worth, key=worth.__getitem__)


def _cash(market: Market) -> Cash:
    """Return your cash: in hand after the first drawdown is spent, the later ones spent in time."""
    first, *later = market.need.amounts
    spends = {each: market.need.amounts[each] for each in later}
    return Cash(market.in_hand, market.monthly, first, spends)


def _at_first(plan: Plan) -> float:
    """Return what is paid on the very day of the first drawdown: its fee, out of your own money."""
    flows = plan.cashflows(["date", "payment"])
    return round(float(flows["payment"][flows["date"] == flows["date"].min()].sum()), 2)


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
    table = compare(plans, savings_rate=market.savings_rate, cash=_cash(market))
    table["lowest_cash"] -= [_at_first(plan) for plan in plans.values()]
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
