"""The months of a household once more, day by day: what breaks, and what is carried."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from jiebei.answers import budget as page
from jiebei.language.errors import JiebeiError
from jiebei.language.words import Words
from jiebei.life.household.budget import Budget
from jiebei.life.household.futures import assumed, futures
from jiebei.loan.loan import Loan
from tests.truth import Truth, loans, told

Plans = Mapping[Words, list[tuple[date, int]]]  # way to the least of each month, in fen


class House:
    """What comes in and goes out each month, as the page tells of it."""

    def __init__(self, rng: Random, since: date) -> None:
        """Draw a household."""
        self.since = since
        self.payday = rng.choice([since.day, 1, 5, 15, 28, 31])
        one = rng.choice([0, 900, 4_000, 12_000, 40_000])
        self.income = rng.choice([[one], [rng.randrange(0, 30_000, 100) for _ in range(12)]])
        self.expenses = [int(one * rng.choice([0.0, 0.5, 0.6, 0.9, 1.1]))]
        self.other = rng.choice([[0], [0], [500], [2_000]])
        self.reserve = rng.choice([0, 3_000, 25_000, 150_000])

    @property
    def budget(self) -> Budget:
        """Return the budget of the suite."""
        listed = [each if len(each) > 1 else each[0] for each in (self.income, self.expenses)]
        own = {"since": self.since.isoformat(), "other_loans": self.other[0]}
        return Budget(*listed, self.reserve, payday=self.payday, **own)

    def months(self, until: date) -> list[date]:
        """Return the first day of each month: the day of the loan, then the paydays."""
        found, at = [self.since], self.since.year * 12 + self.since.month - 1
        while True:
            year, month = divmod(at, 12)
            last = monthrange(year, month + 1)[1]
            day = date(year, month + 1, min(self.payday, last))
            if day > until:
                return found
            if day > self.since:
                found.append(day)
            at += 1


def moves(way: Any) -> tuple[dict[date, int], dict[date, int]]:
    """Return, by day in fen, what a way takes less what it brings, and what of it falls due."""
    flows = way.cashflows(["date", "event", "drawn", "payment"])
    net: dict[date, int] = {}
    due: dict[date, int] = {}
    first = flows["date"].min()
    for row in flows.itertuples():
        if row.date == first and row.event == "draw":
            continue  # taken as spent
        day = row.date.date()
        net[day] = net.get(day, 0) + round(100 * (row.payment - row.drawn))
        if row.event not in ("prepayment", "settlement"):
            due[day] = due.get(day, 0) + round(100 * row.payment)
    return net, due


def lowest(house: House, way: Any, drop: float = 0.0, spell: int = 0) -> list[tuple[date, int]]:
    """Return each month with the least cash in it; with a bad spell at its worst for each."""
    net, _ = moves(way)
    until = max(day for day, each in net.items() if each > 0)
    firsts = house.months(until)
    ends = [*firsts[1:], until + timedelta(1)]
    cash, found = 100 * house.reserve, []
    for place, (first, end) in enumerate(zip(firsts, ends, strict=True)):
        if place:
            cash += 100 * _of(house.income, place)
            cash -= 100 * (_of(house.expenses, place) + _of(house.other, place))
        least, day = None, first
        while day < end:
            cash -= net.get(day, 0)
            least = cash if least is None else min(least, cash)
            day += timedelta(1)
        lost = [round(100 * _of(house.income, each) * drop) for each in range(1, place + 1)]
        worst = max((sum(lost[at : at + spell]) for at in range(len(lost))), default=0)
        found.append((first, (least or 0) - worst))
    return found


def _of(listed: list[int], payday: int) -> int:
    return listed[(payday - 1) % len(listed)]


def ways(rng: Random, terms: dict[str, Any]) -> Mapping[Words, Any]:
    """Return the four ways of the page, or those that the loan has."""
    loan = Loan(**terms)
    dues = [each.date() for each in loan.cashflows(["date"])["date"].iloc[1:]]
    on = rng.choice(dues[:-1]) if len(dues) > 1 else None
    found: dict[Words, Any] = {Words("strategy.keep"): loan}
    if on is None:
        return found
    try:
        repaid = loan.prepay(round(terms["principal"] * rng.choice([0.1, 0.3])), on=on.isoformat())
        again = repaid.reborrow(terms["principal"] / 2, on=on.isoformat(), months=6)
        found |= {Words("strategy.repay_early"): repaid, Words("strategy.reborrow"): again}
        found[Words("strategy.extend")] = loan.extend(3, on=on.isoformat())
        for each in found.values():
            each.summary()
    except JiebeiError:  # more than is owed that day, or a loan that cannot be extended
        return {Words("strategy.keep"): loan}
    return found


def _verdict(truth: Truth, said: list[Words], plans: Plans) -> None:
    """Demand the sentences on which month breaks."""
    lows = {name: min(each for _, each in rows) for name, rows in plans.items()}
    breaks = {
        name: next(first for first, each in rows if each < 0)
        for name, rows in plans.items()
        if lows[name] < 0
    }
    if not breaks:
        least = min(lows.values())
        tightest = {next(day for day, each in rows if each == lows[n]) for n, rows in plans.items()}
        alike = len(tightest) == 1 and len(set(lows.values())) == 1
        tied = sum(each == least for each in lows.values()) > 1
        when = {
            next(day for day, each in rows if each == least)
            for n, rows in plans.items()
            if lows[n] == least
        }
        key = ("holds_tied" if len(when) == 1 else "holds_tied_apart") if tied else "holds"
        key = "holds_one" if len(plans) == 1 else "holds_same" if alike else key
        truth.sentence(said.pop(0), f".{key}", left=least / 100)
    elif len(breaks) == len(plans):
        last = max(breaks.values())
        longest = [lows[name] for name in breaks if breaks[name] == last]
        least = max(longest)
        alike = len(set(longest)) == 1
        of_all = len(longest) == len(plans)
        several = "" if len(longest) == 1 else "_tied" if alike else "_longest"
        how = ("_alike" if alike else "_same") if of_all else several
        key = "breaks" if len(plans) == 1 else f"none_holds{how}"
        truth.sentence(said[0], f".{key}", short=-least / 100)
        truth.figure(said.pop(0).fields["month"].fields["on"], last)
    else:
        heads: Any = said[:1]
        if len(breaks) > 1:
            truth.sentence(said[0], ".breaks_several")
            heads = said[0].fields["ways"]
        said.pop(0)
        for head, (name, first) in zip(heads, breaks.items(), strict=True):
            key = ".breaks" if len(breaks) == 1 else ".break"
            truth.sentence(head, key, name=name, short=-lows[name] / 100)
            truth.figure(head.fields["month"].fields["on"], first)
        truth.sentence(said.pop(0), ".others_hold")


def _figures(truth: Truth, table: Any, plans: Plans) -> None:
    for name, rows in plans.items():
        row, least = table.loc[name], min(each for _, each in rows)
        truth.figure(row["lowest_cash"], least / 100)
        on = next(first for first, each in rows if each == least)
        truth.figure(row["tightest"].fields["on"], on)
        broken = next((first for first, each in rows if each < 0), None)
        if broken is None:
            truth.figure(row["breaks"], Words("answer.budget.none"))
        else:
            truth.figure(row["breaks"].fields["on"], broken)


def test_which_month_breaks(truth: Truth) -> None:
    for rng in truth.cases(50):
        terms = loans(rng)
        house = House(rng, date.fromisoformat(terms["start"]))
        four = ways(rng, terms)
        plans = {name: lowest(house, way) for name, way in four.items()}
        found = page.months.answer(four, house.budget)
        _figures(truth, found.figures, plans)
        said = told(found.said)
        _verdict(truth, said, plans)
        drop, spell = rng.choice([0.0, 0.3, 1.0]), rng.choice([0, 3, 12])
        bad = {name: lowest(house, way, drop, spell) for name, way in four.items()}
        found = page.limits.bad_year(four, house.budget, drop, spell)
        _figures(truth, found.figures, bad)
        said = told(found.said)
        key = "bad" if drop and spell else "bad_none"
        truth.sentence(said.pop(0), f".{key}")
        _verdict(truth, said, bad)


def test_the_share_of_income(truth: Truth) -> None:
    for rng in truth.cases(50):
        terms = loans(rng)
        house = House(rng, date.fromisoformat(terms["start"]))
        loan = Loan(**terms)
        said = told(page.months.answer({"keep": loan}, house.budget).said)[-1]
        _, due = moves(loan)
        firsts = house.months(max(due))
        owed = [0] * len(firsts)
        for day, amount in due.items():
            owed[max(place for place, each in enumerate(firsts) if each <= day)] += amount
        counted = [place for place, each in enumerate(owed) if each]
        pay = sum(_of(house.income, each) for each in counted if each)
        takes = sum(owed) / 100 + sum(_of(house.other, each) for each in counted if each)
        if not pay:
            truth.sentence(said, ".ratio_no_income")
        elif len(counted) == 1:
            key = ".ratio_once_times" if takes > pay else ".ratio_once"
            truth.sentence(said, key, day=firsts[counted[0]])
        else:
            steps = sum(takes / pay >= each for each in (0.3, 0.4, 0.5))
            breaks = any(each < 0 for _, each in lowest(house, loan))
            key = ".ratio_yet" if breaks and steps < 2 else ".ratio"
            truth.sentence(said, key, ratio=takes / pay)
            band = ("healthy", "watch", "strain", "danger")[steps]
            truth.figure(said.fields["band"], Words(f"answer.budget.band_{band}"))


@pytest.mark.parametrize("share", [0.0, 0.3])
def test_the_largest_loan_is_carried_and_a_fen_more_is_not(
    truth: Truth, share: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page.limits, "TERMS", ())  # other terms are found in the same way
    for rng in truth.cases(6):
        terms = loans(rng) | {"months": rng.choice([6, 12])}
        house, principal = House(rng, date.fromisoformat(terms["start"])), terms.pop("principal")
        months = terms.pop("months")

        def borrow(amounts: Any, over: int, terms: dict[str, Any] = terms) -> Loan:
            return Loan(amounts, months=over, **terms)

        found = page.limits.largest(borrow, months, principal, house.budget, share, 12)
        row = found.figures.loc[Words("text.months", n=months)]
        for amount, drop in ((row["carries"], 0.0), (row["carries_bad"], share)):
            for more, holds in ((0.0, True), (0.01, False)):
                tried = round(amount + more, 2)
                if 0 < tried <= 1_000_000 and (holds or amount < 1_000_000):
                    least = min(each for _, each in lowest(house, borrow(tried, months), drop, 12))
                    truth.figure(least >= 0, holds)


def test_how_often_a_payment_is_missed(truth: Truth) -> None:
    for rng in truth.cases(12):
        terms = loans(rng)
        house, loan = House(rng, date.fromisoformat(terms["start"])), Loan(**terms)
        net, _ = moves(loan)
        drawn = futures(house.budget, assumed("household"), max(net).isoformat(), 300, 1)
        firsts = [date(1970, 1, 1) + timedelta(int(each)) for each in drawn.date]
        gone, low = 0, [10**15] * 300
        for place, first in enumerate(firsts):
            end = firsts[place + 1] if place + 1 < len(firsts) else max(net) + timedelta(1)
            paid = sum(each for day, each in net.items() if first <= day < end)
            gone += paid
            if paid:
                left = drawn.cash[place] - gone
                low = [min(one, int(other)) for one, other in zip(low, left, strict=True)]
        share = sum(each < 0 for each in low) / 300
        found = page.chances.answer({"keep": loan}, drawn)
        truth.figure(found.figures["missed"].iloc[0], share, 1e-9)
        key, fields = (".chances_one", {"share": share}) if share else (".chances_never", {})
        truth.sentence(told(found.said)[0], key, 1e-9, **fields)
