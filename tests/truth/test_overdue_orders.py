"""Several loans and not enough money: every order paid month by month, and which one is named.

From the page: on every due day the money goes to the first loan of an order until nothing of it is
due or overdue, then to the next; what is not needed is kept. No loan here is called as a whole.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations
from random import Random
from typing import Any, NamedTuple

import numpy as np
import pytest

from jiebei.answers import overdue
from jiebei.life.late.catching_up import Means
from jiebei.loan.loan import Loan
from tests.truth import Truth, told
from tests.truth.test_overdue import plan

LONGEST = 36
TIGHT = 0.1  # yuan: a rounding for each payment
CENT = 0.015  # yuan: what a rounding of the penalty leaves over


class Outcome(NamedTuple):
    """What an order costs (None where it never ends), when it is caught up, how late each was."""

    cost: float | None
    caught_up: date | None
    days_late: tuple[int, ...]


class Debt:
    """One loan: what fell due and is not paid, and the penalty that has run up on each of it."""

    def __init__(self, loan: Loan) -> None:
        """Begin with nothing due."""
        self.coming = {due.on: due.all for due in plan(loan)}
        self.rate = float(loan.daily_rate) * float(loan.penalty_multiple)
        self.overdue: list[list[Any]] = []  # day, amount, its penalty
        self.charged = 0.0
        self.days_late = 0

    def reach(self, before: date, today: date) -> float:
        """Let the days until today pass, and return what is due then."""
        for each in self.overdue:
            each[2] += each[1] * self.rate * (today - before).days
        if self.overdue:
            self.days_late = max(self.days_late, (today - self.overdue[0][0]).days)
        if self.coming.get(today):
            self.overdue.append([today, self.coming[today], 0.0])
        return round(self.penalty + sum(each[1] for each in self.overdue), 2)

    @property
    def penalty(self) -> float:
        """Return the penalty that has run up, rounded once."""
        return round(sum(each[2] for each in self.overdue), 2)

    def pay(self, amount: float) -> None:
        """Pay the oldest first: its penalty, then it."""
        for each in self.overdue:
            penalty = min(each[2], amount)
            part = min(each[1], amount - penalty)
            self.charged += penalty
            each[1], each[2] = round(each[1] - part, 4), each[2] - penalty
            amount -= penalty + part
        self.overdue = [each for each in self.overdue if each[1] > CENT]


def outcome(loans: list[Loan], order: tuple[int, ...], means: Means, start: date) -> Outcome:
    debts = [Debt(loan) for loan in loans]
    last = max(max(debt.coming) for debt in debts)
    left, caught_up, before = 0.0, None, start
    for month in range(1, LONGEST + 1):
        place = start.year * 12 + start.month - 1 + month
        today = date(place // 12, place % 12 + 1, start.day)
        left += means.short if month <= means.months else means.later
        owed = [debt.reach(before, today) for debt in debts]
        for each in order:
            part = min(owed[each], left)
            debts[each].pay(part)
            left = round(left - part, 2)
        clear = not any(debt.overdue for debt in debts)
        caught_up = (caught_up or today) if clear else None
        before = today
        if clear and today >= last:
            break
    late = tuple(debt.days_late for debt in debts)
    ended = clear and before >= last
    return Outcome(sum(debt.charged for debt in debts) if ended else None, caught_up, late)


def case(rng: Random) -> tuple[dict[str, Loan], Means, date]:
    start = date(2026, 1, 5) + timedelta(rng.randrange(20)) + timedelta(31 * rng.randrange(2))
    rows = [
        {
            "name": name,
            "principal": rng.choice([3_000, 8_000, 12_000, 20_000]),
            "daily_rate": rng.choice([0.0002, 0.0003, 0.0004, 0.0005, 0.0006]),
            "months": rng.choice([3, 6, 12]),
        }
        for name in "ABC"[: rng.choice([1, 2, 2, 3])]
    ]
    loans = overdue.loans_of(rows, start.isoformat())
    bill = sum(plan(loan)[0].all for loan in loans.values())
    short = round(bill * rng.choice([0.0, 0.3, 0.6, 0.9, 1.1]))
    later = round(bill * rng.choice([1.0, 1.1, 1.5, 2.0]) + 1)
    return loans, Means(short, rng.choice([0, 1, 2, 4]), later), start


def test_the_order_to_catch_up_in(truth: Truth) -> None:
    for rng in truth.cases(10):
        loans, means, start = case(rng)
        names = list(loans)
        meant = {
            " → ".join(names[place] for place in order): outcome(
                list(loans.values()), order, means, start
            )
            for order in permutations(range(len(loans)))
        }
        found = overdue.orders.answer(loans, means)
        ended = sorted(each.cost for each in meant.values() if each.cost is not None)
        told_costs = found.figures["extra_cost"].dropna().tolist()
        assert len(found.figures) == min(len(meant), 6)
        if len(ended) >= 6:  # the five cheapest, and the dearest
            np.testing.assert_allclose(told_costs, [*ended[:5], ended[-1]], atol=TIGHT)
        for order, row in found.figures.iterrows():
            truth.figure(row["extra_cost"], meant[order].cost, TIGHT)
            truth.figure(row["caught_up"], meant[order].caught_up)
            late = zip(names, meant[order].days_late, strict=True)
            days = tuple(f"{name} {each}" for name, each in late)
            truth.figure(row["most_late"].fields["each"], days)
        _said(truth, told(found.said), loans, meant)


def _price(truth: Truth, said: Any, cost: float) -> None:
    truth.sentence(said.fields["price"], ".orders_price_costs")
    truth.figure(said.fields["price"].fields["cost"], cost, TIGHT)


def _said(truth: Truth, said: list[Any], loans: dict[str, Loan], meant: dict[str, Outcome]) -> None:
    costs = {order: each.cost for order, each in meant.items() if each.cost is not None}
    if not costs:
        truth.sentence(said[0], ".orders_never", months=LONGEST)
        return
    if not any(any(each.days_late) for each in meant.values()):
        truth.sentence(said[0], ".orders_enough")
        return
    if len(loans) == 1:
        truth.sentence(said[0], ".orders_one")
        _price(truth, said[0], min(costs.values()))
        return
    low, high = min(costs.values()), max(costs.values())
    gaps = [each - low for each in costs.values()]
    if any(0 < gap < TIGHT for gap in gaps):
        return
    if len(costs) == len(meant) and high == low:
        truth.sentence(said[0], ".orders_same")
        return
    best = {order for order, each in costs.items() if each == low}
    by_rate = " → ".join(sorted(loans, key=lambda name: -float(loans[name].daily_rate)))
    truth.sentence(said[0], ".orders_best")
    order: Any = said[0].fields["order"]
    assert order in best, f"seed {truth.seed}: {order}, meant {best}"
    _price(truth, said[0], low)
    slips = zip(loans, meant[order].days_late, strict=True)
    late = {each.fields["name"]: each.fields["days"] for each in said[0].fields["late"]}
    truth.figure(tuple(sorted(late.items())), tuple((name, days) for name, days in slips if days))
    if by_rate in best:
        truth.sentence(said[1], ".orders_by_rate")
    elif by_rate in costs:
        truth.sentence(said[1], ".orders_not_by_rate", order=by_rate)
        truth.figure(said[1].fields["more"], costs[by_rate] - low, TIGHT)
    else:
        truth.sentence(said[1], ".orders_rate_never", order=by_rate)
    keys = {each.key.split(".")[-1] for each in said}
    truth.figure("orders_ties" in keys or "orders_ties_many" in keys, len(best) > 1)
    truth.figure("orders_fail" in keys, len(costs) < len(meant))
    longest = {order: max(meant[order].days_late) for order in costs}
    truth.figure(
        "orders_record" in keys or "orders_record_free" in keys,
        min(longest.values()) < longest[order],
    )


@pytest.mark.parametrize(("paid", "left"), [(3.0, 100.0), (13.0, 90.0)])
def test_penalty_is_paid_first(paid: float, left: float) -> None:
    loan = Loan(100, daily_rate=0.001, months=1, method="bullet", start="2026-12-01")
    debt = Debt(loan)
    debt.coming = {date(2027, 1, 1): 100.0}
    debt.reach(date(2026, 12, 1), date(2027, 1, 1))
    debt.rate = 0.001
    debt.reach(date(2027, 1, 1), date(2027, 1, 31))  # 3 yuan of penalty
    debt.pay(paid)
    assert round(sum(each[1] for each in debt.overdue), 2) == left
