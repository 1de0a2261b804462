"""Score, tiers and what being late costs once more, month by month in plain Python."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

import pytest

from jiebei.answers import credit_tiers
from jiebei.language.words import Words
from jiebei.life.credit.tiers import Borrower
from jiebei.loan.loan import Loan
from tests.truth import Truth, loans, told

# The tables of the page: least score, limit, rate a day, longest term, days of grace.
TIERS = {
    "A": (85, 150_000, 0.0002, 24, 3),
    "B": (70, 100_000, 0.0003, 12, 1),
    "C": (50, 60_000, 0.0004, 12, 0),
    "D": (35, 30_000, 0.0005, 12, 0),
    "E": (0, 5_000, 0.0006, 6, 0),
}
ALIKE = 0.01  # yuan


def month_after(start: date, months: int) -> date:
    """Return the due day so many months on."""
    at = start.year * 12 + start.month - 1 + months
    return date(at // 12, at % 12 + 1, start.day)


@dataclass
class Past:
    """What the score sees of each month: days late, share of the limit drawn, lenders."""

    late: list[int] = field(default_factory=list)
    used: list[float] = field(default_factory=list)
    lenders: list[int] = field(default_factory=list)


def score(past: Past) -> float:
    """Add up the points of the page's table."""
    months = len(past.late)
    points = 50 + 0.5 * min(months, 40)
    points += 1.25 * sum(each == 0 for each in past.late[-24:])
    for age, days in enumerate(reversed(past.late)):
        weight = max(0.0, 1 - age / 24)
        points -= weight * (10 * (days > 0) + 0.3 * min(days, 90))
    points -= 20 * (min(max(past.used[-1], 0.3), 1.0) - 0.3)
    points -= 4 * (min(max(past.lenders[-1], 2), 7) - 2)
    return min(max(points, 0.0), 100.0)


def tier_of(points: float) -> str:
    """Return the tier of a score."""
    return next(name for name, row in TIERS.items() if points >= row[0] - 1e-9)


@dataclass
class Life:
    """Where one way to pay leads: month by month, in yuan."""

    tiers: list[str] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    counted: list[int] = field(default_factory=list)
    due: list[float] = field(default_factory=list)
    elsewhere: float = 0.0
    interest: float = 0.0
    loans: list[tuple[int, Loan]] = field(default_factory=list)


def live(given: dict[str, Any], late: list[int]) -> Life:
    """Borrow and repay month by month; the tier of the day sets what is lent and for how much."""
    months, start = len(late), date.fromisoformat(given["start"])
    life, owed, away = Life(), [0.0] * (months + 1), [0.0] * (months + 1)
    life.due = [0.0] * (months + 1)
    before = given["past_months"]
    past = Past([0] * before, [0.0] * before, [given["lenders"]] * before)
    behind: date | None = None
    for month in range(months + 1):
        life.scores.append(score(past))
        name = tier_of(life.scores[-1])
        _, limit, rate, longest, grace = TIERS[name]
        life.tiers.append(name)
        wanted = given["again_amount"] if month and month % given["again_every"] == 0 else 0.0
        wanted = given["principal"] if month == 0 else wanted
        here = min(max(limit - owed[month], 0.0), wanted) if longest >= given["months"] else 0.0
        for amount, at, books in (
            (here, rate, owed),
            (round(wanted - here, 2), given["elsewhere_rate"], away),
        ):
            if amount <= 0:
                continue
            loan = contract(given, amount, at, month)
            life.interest += loan.summary().interest
            rows = loan.cashflows(["date", "drawn", "principal", "payment"]).itertuples()
            for row in rows:
                day = row.date.date()
                place = (day.year - start.year) * 12 + day.month - start.month
                for later in range(place, months + 1):
                    books[later] = round(books[later] + row.drawn - row.principal, 2)
                if books is owed and place <= months:
                    life.due[place] += row.payment
            if books is owed:
                life.loans.append((month, loan))
            else:
                life.elsewhere += amount
        day, days = month_after(start, month), late[month - 1] if month else 0
        counts = life.due[month] > 0.001 and days > grace and not (behind and day <= behind)
        life.counted.append(days if counts else 0)
        if counts:
            behind = date.fromordinal(day.toordinal() + days)
        past.late.append(life.counted[-1])
        past.used.append(owed[month] / limit)
        past.lenders.append(given["lenders"] + (away[month] > 0.001))
    return life


def contract(given: dict[str, Any], amount: float, rate: float, month: int) -> Loan:
    """Return a loan drawn so many months on."""
    day = month_after(date.fromisoformat(given["start"]), month)
    return Loan(
        amount,
        daily_rate=rate,
        months=given["months"],
        method=given["method"],
        penalty_multiple=given["penalty_multiple"],
        start=day.isoformat(),
        due_day=day.day,
    )


def penalty(given: dict[str, Any], life: Life) -> float:
    """Return what the late payments of each loan cost."""
    total = 0.0
    for month, loan in life.loans:
        plan, once = loan, given["method"] == "bullet"
        for place in range(1, given["months"] + 1):
            days = life.counted[month + place] if month + place < len(life.counted) else 0
            if days and (not once or place == given["months"]):
                plan = plan.pay_late(1 if once else place, days=days)
        total += float(plan.cashflows(["penalty"])["penalty"].sum())
    return round(total, 2)


def drawn(rng: Random) -> tuple[dict[str, Any], tuple[int, int, int, int]]:
    """Draw a borrower, and how late which payment is."""
    terms = loans(rng)
    start = date.fromisoformat(terms["start"])
    given = {
        "principal": terms["principal"],
        "months": rng.choice([3, 6, 12, 12, 18, 36]),
        "method": terms["method"],
        "start": start.replace(day=rng.choice([1, 10, 28])).isoformat(),
        "again_amount": rng.choice([0.0, 5_000.0, 20_000.0]),
        "again_every": rng.choice([1, 4, 6]),
        "past_months": rng.choice([1, 6, 24]),
        "lenders": rng.choice([1, 2, 4]),
        "elsewhere_rate": rng.choice([0.0003, 0.00065]),
        "penalty_multiple": 1.5,
    }
    years = rng.choice([1, 2])
    late = (years, rng.choice([0, 1, 5, 20, 40]), rng.randrange(1, 12 * years + 1))
    return given, (*late, rng.choice([1, 4]))


def test_four_ways_to_pay(truth: Truth) -> None:
    for rng in truth.cases(12):
        given, asked = drawn(rng)
        borrower = Borrower(**given)
        late = credit_tiers.histories(*asked)
        found = credit_tiers.answer(borrower, late)
        lives = [live(given, list(map(int, each))) for each in late.values()]
        on_time = lives[0]
        said = told(found.said)
        if not any(sum(each.due) for each in lives):
            truth.sentence(said[0], ".nothing_due", months=given["months"])
            continue
        fines = [penalty(given, each) for each in lives]
        costs = [each.interest + fine for each, fine in zip(lives, fines, strict=True)]
        for life, fine, cost, (_, row) in zip(
            lives, fines, costs, found.figures.iterrows(), strict=True
        ):
            truth.figure(row["counted_late"], sum(each > 0 for each in life.counted))
            truth.figure(row["tier_at_end"], life.tiers[-1])
            lower = sum(a > b for a, b in zip(life.tiers, on_time.tiers, strict=True))
            truth.figure(row["worse_months"], Words("text.months", n=lower))
            truth.figure(row["elsewhere"], life.elsewhere)
            truth.figure(row["cost"], life.interest, 0.02)
            truth.figure(row["penalty"], fine)
            truth.figure(row["extra_cost"], cost - costs[0], 0.02)
        first = min(month for each in lives for month, _ in each.loans)
        if first:  # the first need is met elsewhere in full, whichever way to pay
            day = month_after(date.fromisoformat(given["start"]), first)
            truth.sentence(said.pop(0), ".lent_later", months=given["months"], day=day)
        _says(truth, said, asked, lives, fines, costs)


def _says(
    truth: Truth,
    said: list[Words],
    asked: tuple[int, int, int, int],
    lives: list[Life],
    fines: list[float],
    costs: list[float],
) -> None:
    _, days, month, every = asked
    extra = round(costs[1] - costs[0], 2)
    if not days:
        truth.sentence(said.pop(0), ".once_zero")
    elif lives[0].due[month] < ALIKE:
        truth.sentence(said.pop(0), ".once_no_due")
    elif not any(lives[1].counted):
        truth.sentence(said.pop(0), ".once_grace", days=days)
    elif extra < -ALIKE:
        truth.sentence(said.pop(0), ".once_saves", 0.02, all=-extra)
    else:
        key = ".once_costs" if extra - fines[1] > ALIKE else ".once_penalty"
        truth.sentence(said.pop(0), key, 0.02, all=extra, penalty=fines[1], days=days)
    times = sum(each > 0 for each in lives[2].counted[1:13])
    worth = costs[2] - costs[3]
    if not days:
        truth.sentence(said.pop(0), ".year_none")
    elif not times:
        truth.sentence(said.pop(0), ".year_uncounted")
    else:
        key = ".year_same" if abs(worth) < ALIKE else ".year_worth" if worth > 0 else ".year_loses"
        fields = {} if key == ".year_same" else {"amount": abs(worth)}
        truth.sentence(said.pop(0), key, 0.02, times=times, **fields)
    assert every
    assert not said


def test_the_score_of_each_month(truth: Truth) -> None:
    for rng in truth.cases(12):
        given, asked = drawn(rng)
        late = credit_tiers.histories(*asked)
        frames = credit_tiers.moves.frames(Borrower(**given), late)
        for name, each in late.items():
            life = live(given, list(map(int, each)))
            for row, points, tier in zip(
                frames[name].itertuples(), life.scores, life.tiers, strict=True
            ):
                truth.figure(row.score, points, 0.006)  # shown with two decimals
                truth.figure(row.tier, tier)


def test_the_same_loan_in_each_tier(truth: Truth) -> None:
    for rng in truth.cases(30):
        given, _ = drawn(rng)
        found = credit_tiers.by_tier(Borrower(**given))
        principal, rate = given["principal"], given["elsewhere_rate"]
        start = live(given, [0] * 1)
        yours, names = start.tiers[0], list(TIERS)
        costs, lent = {}, {}
        for name, (_, limit, at, longest, _) in TIERS.items():
            here = min(limit, principal) if longest >= given["months"] else 0
            parts = ((here, at), (principal - here, rate))
            costs[name] = sum(
                contract(given, part, each, 0).summary().interest for part, each in parts if part
            )
            lent[name] = here
        said = told(found.said)
        score_now = {"score": start.scores[0], "tier": yours, "cost": costs[yours]}
        if not any(lent.values()):
            truth.sentence(said.pop(0), ".yours_nowhere", **score_now)
            assert "cost" not in found.figures
        else:
            key = ".yours" if lent[yours] else ".yours_elsewhere"
            truth.sentence(said.pop(0), key, **score_now)
            for name in names:
                row = found.figures.loc[name]
                truth.figure(row["cost"], costs[name])
                truth.figure(row["elsewhere"], principal - lent[name])
                truth.figure(row["change"], costs[name] - costs[yours])
        if 0 < lent[yours] < principal:
            fields = {"here": lent[yours], "elsewhere": principal - lent[yours]}
            truth.sentence(said.pop(0), ".yours_part", **fields)
        if principal > 300_000:
            truth.sentence(said.pop(0), ".above_public")
        place = names.index(yours)
        beside = [names[each] for each in (place - 1, place + 1) if 0 <= each < len(names)]
        for name in beside if any(lent.values()) else ():
            change = costs[name] - costs[yours]
            if not lent[name] and not lent[yours]:
                truth.sentence(said.pop(0), ".beside_nothing", tier=name)
            elif abs(change) < ALIKE:
                truth.sentence(said.pop(0), ".beside_same", tier=name)
            else:
                key = ".beside_more" if change > 0 else ".beside_less"
                truth.sentence(said.pop(0), key, tier=name, amount=abs(change))
        assert not said


@pytest.mark.parametrize("name", list(TIERS))
def test_the_tables_are_those_of_the_page(name: str) -> None:
    borrower = Borrower(1_000, 6, "equal_instalment", "2026-12-01", 0, 1, 6, 1, 0.0005)
    assert credit_tiers.by_tier(borrower).figures.loc[name, "limit"] == TIERS[name][1]
