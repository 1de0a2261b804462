"""Every way to cover a need: on this line, with a coupon or the subsidy, or from another lender."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from jiebei.compare.compare import Cash, horizon, net_benefit
from jiebei.language.words import Text, Words
from jiebei.life.offers.offers import Coupon, Market, Need, Offer
from jiebei.life.rules.subsidy import subsidised, subsidy
from jiebei.loan.loan import Loan
from jiebei.loan.plan import Plan

__all__ = ["Way", "at_first", "best_pair", "best_use", "builders", "cash_of", "ways"]

Way = Callable[[Need], tuple[Loan, ...]]  # what is borrowed for a need


def builders(market: Market) -> dict[Text, Way]:
    """Return every way to have the whole need from one lender, this line first.

    A coupon is a way of its own where it works on a drawdown at all; so is the subsidy.
    """
    line, need = market.line, market.need
    found: dict[Text, Way] = {line.name: line.loans}
    for coupon in market.coupons:
        if any(map(coupon.works_on, line.loans(need))):
            found[Words("offers.with_coupon", coupon=coupon.words)] = _with(line, [coupon])
    if (used := len(best_use(market.coupons, line.loans(need)))) > 1:
        name = Words("offers.with_coupons", n=used)
        found[name] = _with(line, market.coupons)
    if market.spent and any(_in_time(each) for each in line.loans(need)):
        found[Words("offers.with_subsidy")] = _subsidised(line, market.spent)
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


def best_pair(market: Market) -> tuple[Coupon, Loan] | None:
    """Return the coupon that saves most where it is best used, and the loan without it."""
    loans = market.line.loans(market.need)
    used = best_use(market.coupons, loans)
    if not used:
        return None
    pairs = [(market.coupons[coupon], loans[place]) for place, coupon in used.items()]
    return max(pairs, key=lambda pair: float(pair[0].on(pair[1]).summary().waived))


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


def ways(market: Market) -> dict[Text, Plan]:
    """Return every way to cover the need, as loans; a lender with a limit is filled up.

    What such a lender does not cover comes from the cheapest of those that lend it all. Several
    are tried one by one, and filled up one after the other, the cheapest first.
    """
    found, need = builders(market), market.need
    plans: dict[Text, Plan] = {name: Plan(loans(need)) for name, loans in found.items()}
    cheapest = _cheapest(plans, market.savings_rate)
    limited = [each for each in market.offers if not each.lends(need.total)]
    ranked = sorted(limited, key=lambda each: _rate(each, need))
    chains = [[each] for each in limited] + [ranked[:many] for many in range(2, len(ranked) + 1)]
    for chain in chains:
        name, loans = _filled_up(chain, need, cheapest, found[cheapest])
        plans[name] = Plan(loans)
    return plans


def _rate(offer: Offer, need: Need) -> float:
    """Return what a lender with a limit really asks a year, for as much as it lends."""
    found = float(Plan(offer.loans(need.split(offer.limit or 0.0)[0])).summary().effective_rate)
    return found if np.isfinite(found) else np.inf


def _filled_up(
    chain: Sequence[Offer], need: Need, last: Text, way: Way
) -> tuple[Text, tuple[Loan, ...]]:
    """Fill up lenders one after the other; the last way lends what they leave open."""
    if not chain:
        return last, way(need)
    offer, *others = chain
    taken, left = need.split(offer.limit or 0.0)
    if not left.amounts:
        return offer.name, offer.loans(taken)
    name, loans = _filled_up(others, left, last, way)
    return Words("offers.filled_up", name=offer.name, rest=name), (*offer.loans(taken), *loans)


def _cheapest(plans: Mapping[Text, Plan], savings_rate: float) -> Text:
    baseline, last = next(iter(plans.values())), horizon(*plans.values())
    worth = {
        name: float(net_benefit(each, baseline, savings_rate, last)) for name, each in plans.items()
    }
    return max(worth, key=worth.__getitem__)


def cash_of(market: Market) -> Cash:
    """Return your cash: in hand after the first drawdown is spent, the later ones spent in time."""
    first, *later = market.need.amounts
    spends = {each: market.need.amounts[each] for each in later}
    return Cash(market.in_hand, market.monthly, first, spends)


def at_first(plan: Plan) -> float:
    """Return what is paid on the very day of the first drawdown: its fee, out of your own money."""
    flows = plan.cashflows(["date", "payment"])
    return round(float(flows["payment"][flows["date"] == flows["date"].min()].sum()), 2)
