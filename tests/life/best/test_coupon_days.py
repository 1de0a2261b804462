"""A coupon that ends between two due days: what it lets off of an early repayment is counted."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from jiebei.life.best import ground
from jiebei.life.best.best import best, between_days
from jiebei.life.best.borrower import Borrower
from jiebei.life.best.drawn import borrower
from jiebei.life.best.played import EARLY
from jiebei.life.best.scenarios import futures_of, policies
from jiebei.life.household.budget import Budget
from jiebei.life.household.futures import assumed
from jiebei.life.offers.entered import read_coupons
from jiebei.loan.loan import Loan

START = "2026-12-15"
FEN = 0.01
CASH, KEEP, PAYDAY = 45_000, 10_000, 26  # days from the start to 10 January
LINE = Loan(40_000, daily_rate=0.00035, months=9, start=START)


def there(coupon: dict[str, Any], savings: float = 0.02) -> Borrower:
    budget = Budget(14_000, 8_000, CASH, START, payday=10)
    return Borrower((LINE,), budget, KEEP, savings, coupons=tuple(read_coupons([coupon])))


def by_hand(days: int, part: int, on: int) -> float:
    """Return what is left where all spare cash is repaid on a day, and the rest on the payday.

    A day that the coupon covers costs nothing on the slice; a repayment takes the other part first.
    """
    grown = CASH * 1.02 ** (on / 365)
    rate, free = 0.00035 * on, 0.00035 * min(on, days)

    def costs(amount: float) -> float:
        of_slice = min(amount, max(part - (40_000 - amount), 0))
        return amount * (1 + rate) - of_slice * free

    low, high = 0.0, 40_000.0
    for _ in range(60):
        half = (low + high) / 2
        low, high = (half, high) if costs(half) <= grown - KEEP else (low, half)
    rest = 40_000 - low
    let_off = min(rest, part) * 0.00035 * days
    then = rest * (1 + 0.00035 * PAYDAY) - let_off
    cash = (grown - costs(low)) * 1.02 ** ((PAYDAY - on) / 365) + 6_000 - then
    months = np.array(there({"days": days}).budget.months("2027-09-15").date)
    last = int(np.datetime64("2027-09-15").astype(np.int64))
    left = cash * 1.02 ** ((last - months[1]) / 365)
    return left + sum(6_000 * 1.02 ** ((last - int(day)) / 365) for day in months[2:])


@pytest.mark.parametrize("days", [7, 20])
@pytest.mark.parametrize("part", [40_000, 10_000])
def test_the_plan_is_at_least_what_a_hand_finds_on_any_day(days: int, part: int) -> None:
    found = best(there({"days": days, "principal": part, "use_by": "2027-01-15"}))
    assert found is not None
    assert found.played.left <= found.bound
    assert found.played.lowest < 0.1  # no yuan lies idle
    hands = [by_hand(days, part, on) for on in range(days, PAYDAY)]
    assert max(hands) <= found.played.left + 0.05
    assert 0 <= found.gap < 1


def test_all_that_is_free_waits_for_the_last_day_of_the_coupon() -> None:
    """Repaid on day 20 the slice has cost nothing, and the cash has earned 20 days."""
    found = best(there({"days": 20, "principal": 40_000}))
    assert found is not None
    repaid = [step for step in found.played.steps if step.what == "repay"]
    assert [step.day - found.ground.borrower.today for step in repaid] == [20]
    assert found.played.left == pytest.approx(by_hand(20, 40_000, 20), abs=0.05)


def test_what_the_plan_repays_today_is_one_figure() -> None:
    found = best(there({"days": 20, "principal": 10_000}, savings=0.0))
    assert found is not None
    coming = futures_of(found.ground, assumed("household"), number=2)
    plan = policies(found, coming).ways["plan"]
    now = [each for each in found.played.steps if each.day == found.ground.borrower.today]
    steps = [each.amount for each in now if each.what in EARLY]
    assert plan.repaid == sum(steps) == found.played.early(found.ground.borrower.today)


def test_a_cap_reached_between_two_days_is_allowed_for() -> None:
    """At 9 % savings earn more than the discounted rate and less than the full one (12.8 %).

    A cap of 15 lasts 15 / (0.00035 - 0.000035) yuan-days, each gains what a day of savings earns
    above 0.000035; allowed for is that and what it earns within the month.
    """
    gains = 15 / 0.000315 * (1.09 ** (1 / 365) - 1.000035)
    for savings, more in ((0.01, 0), (0.09, gains), (0.15, 0)):
        found = best(there({"days": 40, "off": 0.9, "cap": 15}, savings))
        assert found is not None
        assert more <= between_days(found.ground) <= 1.02 * more
        assert found.played.left <= found.bound


@pytest.mark.parametrize("savings", [0.0, 0.02, 0.09, 0.15])
@pytest.mark.parametrize(
    "coupon",
    [
        {"days": 20, "principal": 10_000},
        {"days": 40, "off": 0.9, "cap": 15},
        {"days": 12, "principal": 30_000, "cap": 40},
    ],
)
def test_a_calendar_of_every_day_finds_no_more(
    coupon: dict[str, Any], savings: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = best(there(coupon, savings))
    monkeypatch.setattr(ground, "_ends", lambda each, _: each.today + np.arange(1, 45))
    every = best(there(coupon, savings))
    assert found is not None
    assert every is not None
    assert every.played.left <= found.bound
    if "cap" not in coupon:
        assert every.proved - between_days(found.ground) <= found.proved + 2 * FEN


def test_no_plan_of_a_borrower_with_a_coupon_leaves_more_than_the_bound() -> None:
    for seed in range(30):
        pick = np.random.default_rng([seed, 16])
        plain = borrower(seed, most_months=9)
        owed = float(plain.loans[0].principal)
        coupon: dict[str, Any] = {"days": int(pick.integers(5, 41))}
        if pick.random() < 0.8:
            coupon["principal"] = round(owed * float(pick.uniform(0.1, 1.1)), -2)
        if pick.random() < 0.3:
            coupon["cap"] = int(pick.integers(5, 200))
        found = best(replace(plain, coupons=tuple(read_coupons([coupon]))))
        if found is None:
            continue
        assert found.played.left <= found.bound, (seed, coupon)
        assert found.proved - found.played.left <= 1, (seed, coupon)
        assert found.played.lowest > -FEN, (seed, coupon)
