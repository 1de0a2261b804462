"""Made-up loans with anything that can happen to them: the same ones on every run."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tests.reference import Chain, Row, schedule
from tests.reference.agreement import day_in_month

METHODS = ["interest_only", "equal_instalment", "equal_principal", "bullet", "interest_then_equal"]
KINDS = ["miss", "miss", "pay_late", "pay_late", "pay", "defer", "defer", "reprice", "restructure"]
KINDS += ["prepay", "pay_extra", "extend", "coupon", "settle"]


def some_loan(pick: random.Random) -> dict[str, Any]:
    """Make up the terms of a loan: round amounts, common rates, now and then another convention."""
    months = pick.randint(2, 9)
    loan: dict[str, Any] = {
        "principal": pick.choice(
            (100, 1_000, 10_000, 50_000, 153_700, pick.randint(1, 10**7) / 100)
        ),
        "daily_rate": pick.choice((0.0, 0.0003, 0.0004, 0.00045, 0.0005, 0.0003333333)),
        "start": pick.choice(("2026-12-01", "2027-01-31", "2028-02-29", "2027-01-15")),
        "months": months,
        "method": pick.choice(METHODS),
        "interest_only_months": pick.randint(1, months - 1),
    }
    others: dict[str, tuple[Any, ...]] = {
        "day_count": ("both_ends", "thirty"),
        "rounding": ("half_even", "down", "up"),
        "residual": ("first",),
        "due_day": (5, 20, 28, 31),
        "month_end": ("25_to_27", "1_to_3"),
        "prepay_fee_rate": (0.01,),
        "prepay_settles": ("whole",),
        "instalment_fee": (5.5, 20.0),
        "penalty_multiple": (0.0, 1.0, 1.3, 2.0),
        "penalty_on": ("principal",),
        "grace_days": (1, 3, 10),
        "payment_order": ("principal_first",),
        "payment_spread": ("component",),
        "accelerate_after": (20, 60, 90),
    }
    return loan | {name: pick.choice(all_) for name, all_ in others.items() if pick.random() < 0.25}


def some_day(pick: random.Random, loan: dict[str, Any]) -> int:
    """Make up a day of the loan's life, or a little after it; often a due day."""
    start = date.fromisoformat(loan["start"])
    if pick.random() < 0.4:
        return (day_in_month(start, pick.randint(1, loan["months"] + 1), start.day) - start).days
    return pick.randint(0, 31 * loan["months"] + 40)


def some_decision(pick: random.Random, loan: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Make up a decision."""
    kind, on, principal = pick.choice(KINDS), some_day(pick, loan), loan["principal"]
    number = pick.randint(1, loan["months"])
    amount = max(round(pick.choice((0.033, 0.1, 0.5, 1.0)) * principal, 2), 0.01)
    if kind == "miss":
        return kind, {"instalment": number, "times": pick.choice((1, 1, 2, 3, 20))}
    if kind == "pay_late":
        return kind, {"instalment": number, "days": pick.choice((1, 3, 10, 31, 45, 75, 120))}
    if kind in ("pay", "prepay", "pay_extra"):
        then = {"then": pick.choice(("lower", "lower", "shorten"))} if kind == "prepay" else {}
        times = {"times": pick.choice((1, 1, 3))} if kind == "pay_extra" else {}
        return kind, {"amount": amount, "on": on} | then | times
    if kind == "defer":
        return kind, {"on": on} | some_holiday(pick)
    if kind == "reprice":
        return kind, {"daily_rate": pick.choice((0.0, 0.0003, 0.0006)), "on": on}
    if kind == "restructure":
        return kind, {"on": on} | some_offer(pick, principal)
    if kind == "extend":
        return kind, {"months": pick.randint(1, 4), "on": on, "fee": pick.choice((0, 9.9))}
    if kind == "coupon":
        return kind, {"on": on, "off": pick.choice((0.1, 0.3, 1))} | some_limits(pick, loan, on)
    return kind, {"on": on}


def some_holiday(pick: random.Random) -> dict[str, Any]:
    """Make up a payment holiday."""
    if pick.random() < 0.3:
        kinds = ("billed", "capitalised", "waived")
        return {"days": pick.choice((5, 20, 45)), "interest": pick.choice(kinds)}
    kinds = ("paid", "billed", "capitalised", "waived")
    return {"months": pick.randint(1, 3), "interest": pick.choice(kinds)}


def some_offer(pick: random.Random, principal: float) -> dict[str, Any]:
    """Make up a negotiated plan."""
    months = pick.choice((0, 1, 6, 12))
    offer = {
        "months": months,
        "waive": pick.choice((0, 0, 0.3, 1)),
        "waive_interest": pick.choice((0, 0, 0.5, 1)),
        "haircut": pick.choice((0, 0, 0.1, 0.5)),
        "down": pick.choice((0, 0, round(principal * 0.05, 2))) * (months > 0),
    }
    return offer | ({"daily_rate": pick.choice((0.0, 0.0003))} if pick.random() < 0.6 else {})


def some_limits(pick: random.Random, loan: dict[str, Any], on: int) -> dict[str, Any]:
    """Make up how long a coupon runs, and now and then what limits it."""
    length = pick.choice(({"days": 7}, {"days": 30}, {"days": 100}, {"instalments": 2}))
    expires = date.fromisoformat(loan["start"]) + timedelta(on + 20)
    limits = {
        "principal": round(loan["principal"] * 0.4, 2),
        "cap": round(loan["principal"] * 0.003, 2),
        "expires": expires.isoformat(),
    }
    return length | {name: each for name, each in limits.items() if pick.random() < 0.2}


def lives(count: int, seed: int) -> Iterator[tuple[dict[str, Any], Chain, list[Row] | None]]:
    """Yield loans with chains of up to four decisions, and their rows; None if it is refused."""
    pick = random.Random(seed)
    for _ in range(count):
        loan = some_loan(pick)
        chain = [some_decision(pick, loan) for _ in range(pick.choice((1, 1, 2, 2, 3, 4)))]
        try:
            yield loan, chain, schedule(loan, chain)[0]
        except ValueError:
            yield loan, chain, None
