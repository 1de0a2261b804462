"""Several debts paid month by month, once more in plain Python: what each order comes to."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

from jiebei.answers import many_lenders
from jiebei.life.debts.debt import read
from jiebei.life.debts.orders import named
from jiebei.loan.loan import Loan
from tests.truth import Truth, told

MOST_MONTHS = 360
ALIKE = 0.105  # yuan: orders within ¥0.10 count as equal


def nearest_fen(amount: Fraction) -> int:
    """Round half up."""
    return math.floor(amount + Fraction(1, 2))


def payday(start: date, months: int) -> date:
    """Return the day of all bills so many months on."""
    at = start.year * 12 + start.month - 1 + months
    return date(at // 12, at % 12 + 1, start.day)


@cache
def instalment(balance: int, rate: str, months: int, since: date) -> int:
    """Ask the engine for the equal instalment of what is owed."""
    loan = Loan(
        balance / 100,
        daily_rate=float(rate),
        months=months,
        start=since.isoformat(),
        due_day=since.day,
        shortest_first_period=0,
    )
    return round(100 * loan.cashflows(["payment"])["payment"].iloc[1])


@dataclass
class Owed:
    """One debt on its way down, in fen."""

    given: dict[str, Any]
    start: date
    balance: int = 0
    level: int = 0
    asked_fee: bool = False
    seen: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin with what is owed."""
        self.balance, self.rate = self.given["balance"] * 100, str(self.given.get("daily_rate", 0))
        self.recast(0)

    def recast(self, month: int) -> None:
        """Let the instalment follow what is owed."""
        left = self.given.get("months", 0) - month
        if self.given["kind"] == "loan" and self.balance and left > 0:
            self.level = instalment(self.balance, self.rate, left, payday(self.start, month))

    def bill(self, month: int, before: date, day: date) -> tuple[int, int]:
        """Return what must be paid, and what of it is lost to interest and fees."""
        interest = nearest_fen(self.balance * Fraction(self.rate) * (day - before).days)
        if self.given["kind"] == "card":
            statement = self.balance + interest
            minimum = max(nearest_fen(Fraction(statement, 10)), 10_000)
            minimum = min(max(minimum, statement - 100 * self.given["limit"]), statement)
            self.balance = statement - minimum
            return minimum, interest
        if self.given["kind"] == "loan":
            is_last = month >= self.given["months"]
            principal = self.level - interest if self.given["method"] == "equal_instalment" else 0
            principal = self.balance if is_last else min(max(principal, 0), self.balance)
            self.balance -= principal
            return interest + principal, interest
        due = date.fromisoformat(self.given["due"])
        late = max((day - max(before, due)).days, 0)
        lost = nearest_fen(self.balance * Fraction(self.rate) * late)
        if before <= due < day and self.balance:
            lost += 100 * self.given["late_fee"]
        return lost, lost


@dataclass
class End:
    """What a plan comes to: the months it takes (0: it fails), its cost, what is late; in yuan."""

    months: int = 0
    cost: float = 0.0
    late: float = 0.0
    short_month: int = 0
    short: float = 0.0


def live(
    table: Sequence[dict[str, Any]], start: date, monthly: float, order: Sequence[int], lead: int
) -> End:
    """Pay month by month: what must be paid, then the first of the order that still stands."""
    debts, found, before = [Owed(each, start) for each in table], End(), start
    lost = late = 0
    for month in range(1, MOST_MONTHS + 1):
        day, cash = payday(start, month), round(monthly * 100)
        for each in debts:
            due, gone = each.bill(month, before, day)
            cash, lost = cash - due, lost + gone
        if cash < 0:
            return End(short_month=month, short=-cash / 100)
        first = [
            place
            for place, each in enumerate(debts)
            if each.given["kind"] == "family"
            and payday(start, month + max(lead, 1)) > date.fromisoformat(each.given["due"])
        ]
        for place in dict.fromkeys([*first, *order] if order else first):
            taken = min(cash, debts[place].balance)
            cash, debts[place].balance = cash - taken, debts[place].balance - taken
            if taken:
                debts[place].recast(month)
        for each in debts:
            if each.given["kind"] == "family":
                due_day = date.fromisoformat(each.given["due"])
                if day <= due_day < payday(start, month + 1):
                    late += each.balance
        if not any(each.balance for each in debts):
            return End(month, lost / 100, late / 100)
        before = day
    return found


def owing(rng: Random) -> tuple[list[dict[str, Any]], date]:
    """Draw two to four debts, and the day on which they are told."""
    start = date(2026, rng.randrange(1, 13), rng.choice([1, 10, 28]))
    rates = [0.0002, 0.0003, 0.0004, 0.0005, 0.00065, 0.0008]
    kinds = ["loan", *(rng.choice(["loan", "card", "family"]) for _ in range(rng.randrange(1, 4)))]
    table = []
    for place, kind in enumerate(kinds):
        balance = rng.choice([3_000, 8_000, 15_000, 20_000, 50_000])
        debt: dict[str, Any] = {"name": f"d{place}", "kind": kind, "balance": balance}
        if kind == "loan":
            months = rng.choice([3, 6, 12, 24])
            method = rng.choice(["equal_instalment", "equal_instalment", "interest_only"])
            debt |= {"daily_rate": rng.choice(rates), "months": months, "method": method}
        elif kind == "card":
            debt |= {"daily_rate": rng.choice(rates), "limit": balance + rng.choice([0, 5_000])}
        else:
            due = payday(start, rng.randrange(2, 14))
            debt |= {"due": due.isoformat(), "late_fee": rng.choice([0, 500])}
            debt |= {"daily_rate": rng.choice([0.0, 0.0003])}
        table.append(debt)
    return table, start


def test_every_order_and_what_is_said_of_it(truth: Truth) -> None:
    for rng in truth.cases(25):
        table, start = owing(rng)
        debts = read(table, start.isoformat())
        owed = sum(each["balance"] for each in table)
        monthly = float(round(owed * rng.choice([0.06, 0.1, 0.15, 0.3, 0.6]), -2))
        found = many_lenders.answer(debts, monthly)
        names = ("highest_rate", "smallest_balance", "earliest_deadline", "only_due")
        chosen = [many_lenders.choice(debts, monthly, "cheapest")]
        chosen += [named(debts, each) for each in names]
        ends = [live(table, start, monthly, each.places, each.lead) for each in chosen]
        for (_, row), end in zip(found.figures.iterrows(), ends, strict=True):
            truth.figure(row["cost"], end.cost if end.months else None)
            if end.months:
                truth.figure(row.get("still_late", 0.0), end.late)
                truth.figure(row["free_in"].fields["on"], payday(start, end.months))
        _says(truth, told(found.said), table, start, monthly, ends)
        _is_best(truth, rng, table, start, monthly, ends[0])


def _says(
    truth: Truth,
    said: list[Any],
    table: list[dict[str, Any]],
    start: date,
    monthly: float,
    ends: list[End],
) -> None:
    best, *others = ends[:3]
    if not best.months:
        key = ".short" if best.short_month else ".never_free"
        fields = {"month": payday(start, best.short_month), "short": best.short}
        truth.sentence(said[0], key, monthly=monthly, **(fields if best.short_month else {}))
        return
    family = any(each["kind"] == "family" for each in table)
    key = ".best_late" if best.late else ".best_in_time" if family else ".best"
    fields = {"month": payday(start, best.months), "cost": best.cost}
    truth.sentence(said.pop(0), key, **fields, **({"late": best.late} if best.late else {}))
    for end in others[:1] if others[0] == others[1] else others:
        gap = end.cost - best.cost
        side = "less" if gap < -ALIKE else "more" if gap > ALIKE else "same"
        if not end.months:
            truth.sentence(said.pop(0), ".fails")
        elif end.late > best.late:
            key = {"more": ".late", "less": ".late_less", "same": ".late_same"}[side]
            truth.sentence(said.pop(0), key, late=end.late)
        else:
            fields = {} if side == "same" else {"amount": abs(gap)}
            truth.sentence(said.pop(0), f".{side}", **fields)
    assert not said


def _is_best(
    truth: Truth,
    rng: Random,
    table: list[dict[str, Any]],
    start: date,
    monthly: float,
    best: End,
) -> None:
    """Demand that no other order is better."""
    for _ in range(4):
        order = rng.sample(range(len(table)), len(table))
        other = live(table, start, monthly, order, rng.randrange(1, 13))
        if other.months:
            better = (other.late, other.cost + ALIKE) < (best.late, best.cost)
            truth.figure(bool(best.months) and not better, True)


def _falls_due_later(debt: Mapping[str, Any], start: date) -> bool:
    """Tell whether it is asked for at once, and not on the first payday already."""
    return "due" in debt and payday(start, 2) <= date.fromisoformat(debt["due"])


def _asked(table: Sequence[dict[str, Any]], start: date) -> list[float]:
    """Return what loans and cards ask for month by month, where nothing more is paid."""
    debts, asked, before = [Owed(each, start) for each in table], [], start
    for month in range(1, MOST_MONTHS + 1):
        day = payday(start, month)
        asked.append(sum(each.bill(month, before, day)[0] for each in debts) / 100)
        before = day
        if not any(each.balance for each in debts):
            break
    return asked


def test_what_is_owed_and_due_first(truth: Truth) -> None:
    for rng in truth.cases(40):
        table, start = owing(rng)
        found = many_lenders.burden(
            read(table, start.isoformat()), income := rng.choice([0, 9_000])
        )
        first = payday(start, 1)
        due = [Owed(each, start).bill(1, start, first)[0] / 100 for each in table]
        for row, each, meant in zip(found.figures.itertuples(), table, due, strict=True):
            truth.figure(row.due_first, meant)
            truth.figure(row.owed_now, each["balance"])
        said, owed = told(found.said), sum(each["balance"] for each in table)
        truth.sentence(said.pop(0), ".burden", owed=owed, n=len(table), due=sum(due))
        if income:
            share = sum(due) / income
            band = ["healthy", "watch", "strain", "danger"][
                sum(share >= x for x in (0.3, 0.4, 0.5))
            ]
            truth.sentence(said.pop(0), f".load_{band}", share=share)
            loans = [each for each in table if each["kind"] != "family"]
            asked = _asked(loans, start)
            at = max(range(len(asked)), key=lambda month: asked[month])
            if asked[at] - asked[0] >= income / 20:
                fields = {"month": payday(start, at + 1), "due": asked[at]}
                truth.sentence(said.pop(0), ".load_rises", **fields, share=asked[at] / income)
            if later := [each for each in table if _falls_due_later(each, start)]:
                most = max(later, key=lambda each: each["balance"])
                told_too = {"name": most["name"], "owed": most["balance"]}
                told_too["share"] = most["balance"] / income
                truth.sentence(said.pop(0), ".load_later", **told_too)
        truth.sentence(said.pop(0), ".many" if len(table) > 3 else ".few", most=3)
        assert not said
