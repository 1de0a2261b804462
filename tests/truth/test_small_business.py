"""The shop once more, day by day in plain Python: its till, what it carries, what it says."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

import pandas as pd

from jiebei.answers import small_business
from jiebei.language.words import Words
from jiebei.life.shop.shop import Shop
from jiebei.life.shop.till import sweep
from jiebei.loan.loan import Loan
from tests.truth import Truth, loans, told

KEY = "answer.small_business."
A_YEAR = 365
FEW = 0.02  # yuan: what is received and what goods cost are rounded to the fen each


class Plain:
    """A shop as its page tells of it: sales even over a month, everybody takes the same days."""

    def __init__(self, rng: Random, start: date) -> None:
        """Draw a shop."""
        high = rng.choice([3_000, 30_000, 100_000])
        self.sales = [float(rng.randrange(0, high, 500)) for _ in range(12)]
        if rng.random() < 0.05:
            self.sales = [0.0] * 12
        self.share = rng.choice([0.0, 0.35, 0.5, 0.62, 0.8, 1.0])
        self.fixed = rng.choice([0.0, 500.0, 4_000.0, 9_500.0, 30_000.0])
        self.customers, self.suppliers = rng.choice([0, 7, 15, 45]), rng.choice([0, 30, 60])
        self.stock, self.start = rng.choice([0, 14, 60, 90]), start
        self._sold: dict[date, Fraction] = {}

    @property
    def shop(self) -> Shop:
        """Return the shop of the suite."""
        terms = (self.customers, self.suppliers, self.stock)
        return Shop(self.sales, self.share, self.fixed, *terms, self.start.isoformat())

    def sold(self, day: date) -> Fraction:
        """Return what is sold on a day; before and after the list lie years like it."""
        if day not in self._sold:
            ahead = (day.year - self.start.year) * 12 + day.month - self.start.month
            days = (
                date(day.year + day.month // 12, day.month % 12 + 1, 1) - day.replace(day=1)
            ).days
            self._sold[day] = Fraction(self.sales[ahead % 12]) / days
        return self._sold[day]

    def flows(self, until: date, late: int = 0) -> list[Fraction]:
        """Return what comes in less what goes out, a day a place; nothing on the first."""
        found, share = [Fraction(0)], Fraction(str(self.share))
        for ahead in range(1, (until - self.start).days + 1):
            day = self.start + timedelta(ahead)
            came = self.sold(day - timedelta(self.customers + late))
            came -= share * self.sold(day + timedelta(self.stock - self.suppliers))
            found.append(came - (Fraction(self.fixed) if day.day == 1 else 0))
        return found


def payoff(way: Any) -> date:
    """Return the day on which a way is paid off."""
    return max(day for day, net, _ in paid(way) if net < 0)


def paid(way: Any) -> list[tuple[date, float, float]]:
    """Return what a way draws and pays, by day; what is due of it, and what is chosen."""
    flows = way.cashflows(["date", "event", "drawn", "payment"])
    return [
        (each.date.date(), each.drawn - each.payment, 0.0 if "pre" in each.event else each.payment)
        for each in flows.itertuples()
    ]


def till(plain: Plain, way: Any, own: float, until: date, late: int = 0) -> list[Fraction]:
    """Return the cash at the end of each day."""
    moves = plain.flows(until, late)
    moves[0] += Fraction(own)
    for day, net, _ in paid(way) if way is not None else []:
        if day <= until:
            moves[(day - plain.start).days] += Fraction(round(net * 100), 100)
    cash, total = [], Fraction(0)
    for each in moves:
        total += each
        cash.append(total)
    return cash


def lowest(cash: list[Fraction]) -> tuple[float, int, int | None]:
    """Return the least, its first day, and the first day without; a fen is rounded either way."""
    fen = [math.floor(100 * each + Fraction(1, 2)) for each in cash]
    least = min(fen)
    gone = next((at for at, each in enumerate(fen) if each < 0), None)
    return least / 100, fen.index(least), gone


def on_the_edge(cash: list[Fraction]) -> bool:
    """Tell whether a fen of rounding decides: such a case says nothing about the rule."""
    ranked = sorted(cash)
    near = len(ranked) > 1 and 0 < ranked[1] - ranked[0] < Fraction(3, 100)
    return near or any(0 < abs(each) < Fraction(3, 100) for each in ranked)


def covers(plain: Plain, way: Any) -> tuple[list[tuple[date, float, float]], float]:
    """Return the coverage of each month in which something falls due, and that of the loan.

    Beside each month: by how much a fen or two of what came in move its coverage.
    """
    rows = paid(way)
    last = max(day for day, _, _ in rows)
    ends = [
        (pd.Timestamp(plain.start) + pd.DateOffset(months=each)).date()
        for each in range(
            1, 1 + (last.year - plain.start.year) * 12 + last.month - plain.start.month
        )
    ]
    moves, total, before = plain.flows(last), way.summary(), plain.start
    found, worth = [], 0.0
    for end in ends:
        span = range((before - plain.start).days + 1, (end - plain.start).days + 1)
        came = float(sum(moves[each] for each in span))
        due = sum(each for day, _, each in rows if before < day <= end)
        if due > 0:
            found.append((end, came / due, FEW / due))
        worth += came / (1 + total.effective_rate) ** ((end - plain.start).days / A_YEAR)
        before = end
    return found, worth / total.drawn


def case(rng: Random) -> tuple[Plain, dict[str, Any], Any]:
    """Draw a shop and its loan, with a start on which all months are alike."""
    terms = loans(rng)
    start = date.fromisoformat(terms["start"]).replace(day=rng.choice([1, 15, 28]))
    plain = Plain(rng, start)
    given = {
        "principal": terms["principal"],
        "own": rng.choice([0, 2_000, 25_000, 200_000]),
        "keep": rng.choice([0, 1_000, 10_000]),
        "limit": terms["principal"] * rng.choice([1, 2, 5]),
    }
    months, season = min(terms["months"], 24), rng.choice([1, 4, 8])
    rate, begin = terms["daily_rate"], start.isoformat()

    def borrow(principal: Any = given["principal"], **change: Any) -> Mapping[Words, Any]:
        def loan(months: int, method: str) -> Loan:
            return Loan(principal, daily_rate=rate, months=months, method=method, start=begin)

        only = loan(months, "interest_only")
        swept = sweep(only, plain.shop, given["own"], given["keep"], **change)
        each = (loan(months, "equal_instalment"), only, swept, loan(season, "bullet"))
        return dict(zip(small_business.ways(), each, strict=True))

    return plain, given, borrow


def test_the_till_and_the_verdict(truth: Truth) -> None:
    for rng in truth.cases(60):
        plain, given, borrow = case(rng)
        own, keep, ways = given["own"], given["keep"], borrow()
        found = small_business.answer(
            borrow, given["principal"], plain.shop, own, keep, given["limit"]
        )
        until = max(map(payoff, ways.values()))
        tills = {name: till(plain, way, own, until) for name, way in ways.items()}
        lows = {name: lowest(each) for name, each in tills.items()}
        without = till(plain, None, own, until)
        if any(map(on_the_edge, (*tills.values(), without))):
            continue
        for name, way in ways.items():
            row, (least, _, _) = found.figures.loc[name], lows[name]
            truth.figure(row["lowest_cash"], least, FEW)
            low = tills[name][(row["lowest_cash_date"].date() - plain.start).days]
            truth.figure(float(low), least, FEW)
            truth.figure(row["interest"], way.summary().interest)
            state = "broken" if least < 0 else "touched" if least < keep else "carried"
            truth.figure(row["carried"], Words(f"{KEY}is_{state}"))
        _holds(truth, found, plain, ways, lows, keep, without)


def _holds(
    truth: Truth,
    found: Any,
    plain: Plain,
    ways: Any,
    lows: dict[Any, Any],
    keep: float,
    without: list[Fraction],
) -> None:
    """Demand the sentences, one after the other."""
    said = told(found.said)
    (first, way), (least, low, gone) = next(iter(ways.items())), lows[next(iter(ways))]
    day = plain.start + timedelta(low)
    fields = {"name": first, "amount": abs(least)}
    if gone is None:
        key = "touched" if least < keep else "carried"
        truth.sentence(said.pop(0), f"business.{key}", FEW, day=day, **fields)
    else:
        out = plain.start + timedelta(gone)
        key = "broken" if gone == low else "broken_long"
        truth.sentence(said.pop(0), f"business.{key}", FEW, out=out, **fields)
        assert ".out_" in said.pop(0).key  # held by the test of the way out
    months, life = covers(plain, way)
    end, ratio, few = min(months, key=lambda each: (round(each[1], 9), each[0]))
    if abs(ratio * 100 - round(ratio * 100)) > max(100 * few, 1e-6):
        key = "negative" if ratio < 0 else "short" if ratio < 1 else "covered"
        truth.sentence(said[0], f".tight_{key}", ratio=math.floor(100 * ratio) / 100, day=end)
    if abs(life * 100 - round(life * 100)) > 1e-6:
        key = "negative" if life < 0 else "short" if life < 1 else "covered"
        truth.sentence(said[1], f".life_{key}", ratio=math.floor(100 * life) / 100)
    said = said[2:]
    others = [name for name in list(ways)[1:] if lows[name][2] is None]
    if others:
        key = "others_too" if gone is None else "others_do"
        truth.sentence(said.pop(0), key, names=tuple(others))
    for name in list(ways)[1:]:
        if (out_of := lows[name][2]) is not None:
            on = plain.start + timedelta(out_of)
            truth.sentence(said.pop(0), "others_not", name=name, day=on)
    cost = {name: each.summary().interest for name, each in ways.items()}
    saved = {name: cost[first] - cost[name] for name in others}
    if gone is None and max(saved.values(), default=0.0) >= 0.005:
        truth.sentence(said.pop(0), ".cheapest", amount=max(saved.values()))
    if gone is None:
        least = lowest(without)[0]
        if least >= 0 and min(cost.values()) > 0:
            needless: Any = said.pop(0)
            truth.sentence(needless, ".not_needed", FEW, amount=least)
            at = (pd.Timestamp(needless.fields["day"]).date() - plain.start).days
            truth.figure(float(without[at]), least, FEW)  # of days as low, a fen decides
        late = said.pop(0)
        assert ".late" in late.key
        truth.figure(late.fields["name"] == first, True)
    assert not said


def test_the_season_by_itself(truth: Truth) -> None:
    for rng in truth.cases(40):
        plain, given, borrow = case(rng)
        until = max(map(payoff, borrow().values()))
        cash = till(plain, None, given["own"], until)
        if on_the_edge(cash):
            continue
        found = small_business.season.season(plain.shop, given["own"], until.isoformat())
        for row in found.figures.itertuples():
            at = (row.date.date() - plain.start).days
            truth.figure(row.cash_without_loan, float(cash[at]), 0.1)
        said, (least, low, gone) = told(found.said), lowest(cash)
        away = plain.stock + plain.customers - plain.suppliers
        key = "cycle" if away > 0 else "cycle_before" if away else "cycle_none"
        truth.sentence(said.pop(0), f".{key}", **({"days": abs(away)} if away else {}))
        key = "need_none" if gone is None else "need_once" if gone == low else "need"
        truth.sentence(said.pop(0), f".{key}", FEW, amount=abs(least))
        if gone is not None and cash[-1] >= 0:
            truth.sentence(said.pop(0), ".bridge")
        total = float(found.figures["cash_without_loan"].iloc[-1]) - given["own"]
        months = len(found.figures)
        key = "leaves" if total >= 0 else "loses" if months >= 12 else "takes"
        truth.sentence(said.pop(0), f".{key}", FEW, months=months, amount=abs(total))
        assert not said
