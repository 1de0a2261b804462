"""Where money is cheapest: every way to cover a need, counted once more from its loans.

From the page: a coupon works on one drawdown, each once, where they save most together; a lender
with a limit is filled up and the cheapest of those that lend it all lends the rest; several are
filled up one after the other, the cheapest first. What leaves most on the last day of all, of what
your money can pay, is the cheapest.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise, permutations
from random import Random
from typing import Any, NamedTuple

import pandas as pd

from jiebei.answers import cheapest_money
from jiebei.loan.loan import Loan
from tests.truth import METHODS, Truth, told
from tests.truth.days import the_days

Needs = dict[str, float]
COUPONS: list[dict[str, Any]] = [
    {"days": 30},
    {"days": 7, "principal": 20_000},
    {"instalments": 3, "off": 0.5},
    {"instalments": 6, "off": 0.2, "cap": 150},
    {"days": 60, "off": 0.3, "principal": 5_000},
]
FULL: list[dict[str, Any]] = [
    {"name": "A", "monthly_fee": 0.0049},
    {"name": "B", "daily_rate": 0.0005, "off": 0.1},
    {"name": "C", "daily_rate": 0.0002, "drawdown_fee": 200},
    {"name": "D", "daily_rate": 0.0003, "months": 12, "method": "equal_instalment"},
]
LIMITED: list[dict[str, Any]] = [
    {"name": "E", "daily_rate": 0.0},
    {"name": "F", "daily_rate": 0.00015},
    {"name": "G", "monthly_fee": 0.002},
]


class Way(NamedTuple):
    """What a way to cover the need comes to."""

    flows: list[tuple[date, float, float]]  # day, drawn, paid

    @property
    def cost(self) -> float:
        """Return what is paid more than was drawn."""
        return sum(paid - drawn for _, drawn, paid in self.flows)

    @property
    def last(self) -> date:
        """Return the last day."""
        return max(day for day, _, _ in self.flows)

    def worth(self, rate: float, last: date) -> float:
        """Return what all its money has grown to."""
        return sum(
            float((drawn - paid) * (1 + rate) ** ((last - day).days / 365))
            for day, drawn, paid in self.flows
        )


def market(rng: Random) -> dict[str, Any]:
    first = date(2026, 1, 1) + timedelta(rng.randrange(700))
    amounts = [1_000, 3_000, 8_000, 12_345, 30_000, 200_000]
    days = [
        first,
        *(first + timedelta(each) for each in rng.sample(range(1, 90), rng.choice([0, 0, 1, 2]))),
    ]
    needs = {each.isoformat(): float(rng.choice(amounts)) for each in sorted(days)}
    total = sum(needs.values())
    limited = [
        each | {"limit": float(round(total * rng.choice([0.2, 0.4, 0.7])))}
        for each in rng.sample(LIMITED, rng.choice([0, 0, 1, 2, 3]))
    ]
    offers = [*rng.sample(FULL, rng.randrange(3)), *limited]
    rng.shuffle(offers)
    return {
        "needs": needs,
        "needed_months": rng.choice([1, 2, 3, 6, 12, 18]),
        "method": rng.choice(METHODS),
        "daily_rate": rng.choice([0.0, 0.0002, 0.0004, 0.00045, 0.0006]),
        "coupons": rng.sample(COUPONS, rng.choice([0, 1, 1, 2, 3])),
        "subsidised_share": 0.0,
        "other_offers": offers,
        "savings_rate": rng.choice([0.0, 0.02, 0.05]),
        "cash_in_hand": rng.choice([0, 500, round(total / 2), 3 * total]),
        "monthly_surplus": round(rng.choice([0, total / 12, total / 3, total])),
    }


def loan(offer: dict[str, Any], given: dict[str, Any], day: str, amount: float, first: str) -> Loan:
    terms: dict[str, Any] = {
        "start": day,
        "due_day": date.fromisoformat(first).day,
        "months": offer.get("months", given["needed_months"]),
        "method": offer.get("method", given["method"]),
        "drawdown_fee": offer.get("drawdown_fee", 0),
    }
    if "monthly_fee" in offer:
        terms["method"] = "equal_principal"
        terms["instalment_fee"] = int(amount * 100 * offer["monthly_fee"] + 0.5 + 1e-9) / 100
    rate = offer.get("daily_rate", 0.0) * (1 - offer.get("off", 0.0))
    return Loan(amount, daily_rate=rate, **terms)


def loans(offer: dict[str, Any], given: dict[str, Any], needs: Needs) -> list[Loan]:
    first = min(needs)
    return [loan(offer, given, day, needs[day], first) for day in sorted(needs)]


def used(coupon: dict[str, Any], plain: Loan) -> Loan:
    terms: dict[str, Any] = {name: coupon.get(name) for name in ("principal", "cap")}
    return plain.coupon(
        coupon.get("days"), coupon.get("off", 1.0), instalments=coupon.get("instalments"), **terms
    )


def paid(each: Loan) -> float:
    return float(each.cashflows(["payment"])["payment"].sum())


def best_use(
    coupons: Sequence[dict[str, Any]], plain: list[Loan]
) -> tuple[list[Loan], dict[int, int], bool]:
    """Try every way to put coupons on drawdowns; say whether another one is as good."""
    saves = [[paid(each) - paid(used(coupon, each)) for each in plain] for coupon in coupons]
    found = []
    places = [*range(len(coupons)), *[-1] * len(plain)]
    for order in set(permutations(places, len(plain))):
        pairs = {
            place: at for at, place in enumerate(order) if place >= 0 and saves[place][at] > 0.001
        }
        found.append((round(sum(saves[place][at] for place, at in pairs.items()), 2), pairs))
    best, pairs = max(found, key=lambda each: each[0])
    rivals = {tuple(sorted(pairs.items())) for total, pairs in found if total > best - 0.02}
    at = {loan: coupon for coupon, loan in pairs.items()}
    with_them = [used(coupons[at[i]], each) if i in at else each for i, each in enumerate(plain)]
    return with_them, pairs, len(rivals) > 1


def way(found: list[Loan]) -> Way:
    flows: list[tuple[date, float, float]] = []
    for each in found:
        rows: Any = each.cashflows(["date", "drawn", "payment"]).itertuples()
        flows += [(row.date.date(), float(row.drawn), float(row.payment)) for row in rows]
    return Way(flows)


def split(needs: Needs, limit: float) -> tuple[Needs, Needs]:
    taken: Needs = {}
    for day in sorted(needs):
        more = min(needs[day], round(limit - sum(taken.values()), 2))
        taken |= {day: more} if more > 0 else {}
    rest = {day: round(needs[day] - taken.get(day, 0.0), 2) for day in sorted(needs)}
    return taken, {day: amount for day, amount in rest.items() if amount > 0}


def rate_of(each: Way) -> float:
    """Return the yearly rate at which what is paid is worth what was drawn, by bisection."""
    low, high, first = 0.0, 100.0, min(day for day, _, _ in each.flows)
    if each.cost < 0.005:
        return 0.0
    for _ in range(60):
        middle = (low + high) / 2
        left = sum(
            (d - p) * (1 + middle) ** (-(day - first).days / 365) for day, d, p in each.flows
        )
        low, high = (middle, high) if left < 0 else (low, middle)
    return low


def every(given: dict[str, Any]) -> tuple[list[Way], bool]:
    """Return the ways in the order of the page, and whether two of them are too near to tell."""
    needs, coupons, line = given["needs"], given["coupons"], {"daily_rate": given["daily_rate"]}
    plain, total = loans(line, given, needs), sum(needs.values())
    near = False

    def with_coupons(some: Sequence[dict[str, Any]], of: list[Loan]) -> list[Loan]:
        nonlocal near
        found, _, tie = best_use(some, of)
        near |= tie
        return found

    makes: list[Any] = [lambda of: of]
    makes += [lambda of, each=each: with_coupons([each], of) for each in coupons]
    if len(best_use(coupons, plain)[1]) > 1:
        makes.append(lambda of: with_coupons(coupons, of))
    ours = [lambda some, make=make: make(loans(line, given, some)) for make in makes]
    full = [each for each in given["other_offers"] if each.get("limit", total) >= total]
    lend_all = ours + [lambda some, each=each: loans(each, given, some) for each in full]
    ways = [way(each(needs)) for each in lend_all]
    last = max(each.last for each in ways)
    worth = [round(each.worth(given["savings_rate"], last), 6) for each in ways]
    ranked = sorted(worth, reverse=True)
    near |= len(ranked) > 1 and 0 < ranked[0] - ranked[1] < 1e-4
    rest_of = lend_all[worth.index(ranked[0])]
    limited = [each for each in given["other_offers"] if each not in full]
    rates = [rate_of(way(loans(each, given, split(needs, each["limit"])[0]))) for each in limited]
    order = [limited[at] for at in sorted(range(len(limited)), key=lambda at: rates[at])]
    chains = [[each] for each in limited] + [order[:many] for many in range(2, len(order) + 1)]
    known = set()
    for chain in chains:
        left, found, names = needs, [], []
        for offer in chain:
            if left:
                taken, left = split(left, offer["limit"])
                found += loans(offer, given, taken)
                names.append(offer["name"])
        found += rest_of(left) if left else []
        if tuple(names) not in known:
            known.add(tuple(names))
            ways.append(way(found))
    return ways, near


def lowest(each: Way, given: dict[str, Any]) -> tuple[float, date]:
    """Return the least of your own money, and the first day on which it is so little."""
    first = date.fromisoformat(min(given["needs"]))
    days = sorted({first, *(day for day, _, _ in each.flows)})
    found = []
    for day in days:
        months = (day.year - first.year) * 12 + day.month - first.month
        length = monthrange(day.year, day.month)[1]
        months -= min(first.day, length) > day.day
        out = sum(paid for when, _, paid in each.flows if when <= day)
        found.append(
            (round(given["cash_in_hand"] + months * given["monthly_surplus"] - out, 2), day)
        )
    return min(found)


def test_the_ways_and_what_is_said_of_them(truth: Truth) -> None:
    for rng in truth.cases(40):
        given = market(rng)
        ways, near = every(given)
        answer = cheapest_money.answer(cheapest_money.read(*given.values()))
        the_days(truth, answer)
        if near:
            continue
        table, last = answer.figures, max(each.last for each in ways)
        truth.figure(len(table), len(ways))
        own = [each.worth(given["savings_rate"], last) for each in ways]
        gains = [round(each - own[0], 2) for each in own]
        cash = [lowest(each, given) for each in ways]
        for place, each in enumerate(ways):
            row = table.iloc[place]
            truth.figure(row["cost"], each.cost)
            truth.figure(row["net_benefit"], gains[place], 0.011)
            truth.figure(row["lowest_cash"], cash[place][0], 0.011)
            truth.figure(row["payoff_date"], pd.Timestamp(each.last))
        if not _unsure(gains, [each[0] for each in cash]):
            longer = given["monthly_surplus"] > 0 and given["needed_months"] < 60
            _said(truth, answer, ways, gains, cash, longer)


def _unsure(gains: list[float], cash: list[float]) -> bool:
    """Tell whether a fen of rounding decides."""
    ordered = sorted(gains)
    apart = [b - a for a, b in pairwise(ordered)]
    return any(0 < each < 0.015 for each in apart) or any(0 < abs(each) < 0.02 for each in cash)


def _said(
    truth: Truth, answer: Any, ways: list[Way], gains: list[float], cash: Any, longer: bool
) -> None:
    sentences, names = told(answer.said), list(answer.figures.index)
    held = [at for at in range(len(ways)) if cash[at][0] >= 0]
    if not held:
        at = max(range(len(ways)), key=lambda each: cash[each][0])
        key = "none_holds" if longer else "none_holds_less"
        truth.sentence(sentences[0], key, name=names[at], short=-cash[at][0])
        truth.figure(sentences[0].fields["day"], pd.Timestamp(cash[at][1]))
        truth.figure(len(sentences), 1)
        return
    best = max(held, key=lambda at: (gains[at], -at))
    meant: list[tuple[str, dict[str, Any]]] = [
        ("best_rate", {"name": names[best], "cost": ways[best].cost})
    ]
    others = sorted((at for at in held if at != best), key=lambda at: (-gains[at], at))
    same = [at for at in others if gains[at] == gains[best]]
    if others:
        against = held[0] if held[0] != best else others[0]
        if gains[against] < gains[best]:
            gap = gains[best] - gains[against]
            meant.append(("ahead", {"other": names[against], "amount": gap}))
        if same:
            meant.append(("same", {"other": tuple(names[at] for at in same)}))
        least = min(held, key=lambda at: (round(ways[at].cost, 2), at))
        if round(ways[least].cost, 2) < round(ways[best].cost, 2):
            meant.append(("less_yuan", {"name": names[least], "cost": ways[least].cost}))
    for at in range(len(ways)):
        if at not in held and gains[at] > gains[best]:
            meant.append(("but_short", {"name": names[at], "short": -cash[at][0]}))
    truth.figure(len(sentences), len(meant))
    for sentence, (key, fields) in zip(sentences, meant, strict=True):
        truth.sentence(sentence, f"cheapest_money.{key}", **fields)
