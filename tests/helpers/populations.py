"""Made-up loans with decisions, half of them not taken: the same ones on every run."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pandas as pd

import jiebei as jb
from tests.reference import schedule

METHODS = ["interest_only", "equal_instalment", "equal_principal", "bullet", "interest_then_equal"]
KINDS = ["prepay", "prepay", "prepay", "pay_extra", "extend", "coupon", "settle"]


def some_loan(pick: random.Random, in_days: bool) -> dict[str, Any]:
    """Make up the terms of a loan: round amounts, common rates, every convention."""
    principal = pick.choice((1, 100 * pick.randint(1, 300), 1_000 * pick.randint(1, 300), 153_700))
    start = date(2027, 1, 1) + timedelta(pick.randrange(730))
    start = pick.choice((start, start, date(2027, 1, 31), date(2027, 8, 30), date(2028, 2, 29)))
    loan = {
        "principal": pick.choice((principal, principal, principal, 0.05, 33_333.33)),
        "daily_rate": pick.choice((0.0, 0.00015, 0.0002, 0.0003, 0.0004, 0.00045, 0.0005, 0.0006)),
        "start": start.isoformat(),
        "method": "bullet" if in_days else pick.choice(METHODS),
        "interest_only_months": 2,
        "day_count": pick.choice(("actual", "actual", "both_ends", "thirty")),
        "rounding": pick.choice(("half_up", "half_even", "down", "up")),
        "residual": pick.choice(("last", "last", "first")),
        "prepay_settles": pick.choice(("part", "part", "whole")),
        "prepay_fee_rate": pick.choice((0.0, 0.0, 0.005, 0.01, 0.03)),
        "drawdown_fee": pick.choice((0.0, 0.0, 15.5)),
        "due_day": pick.choice((start.day, start.day, 5, 20, 28, 29, 31)),
        "month_end": pick.choice(("clamp", "25_to_27", "1_to_3")),
        "shortest_first_period": pick.choice((0, 15, 15, 20)),
    }
    return loan | ({"days": pick.randint(1, 90)} if in_days else {"months": pick.randint(3, 14)})


def some_decision(pick: random.Random, kind: str, loan: dict[str, Any]) -> dict[str, Any]:
    """Make up the arguments of a decision; half of them are not taken."""
    taken, principal = pick.random() < 0.5, loan["principal"]
    start = date.fromisoformat(loan["start"])
    days = pick.choice((0, 30, 31, 59, 60, 61, *(pick.randint(0, 120) for _ in range(6)), 200))
    on, then = start + timedelta(days), pick.choice(("lower", "lower", "shorten"))
    if kind == "prepay":
        parts = (0.01, 10, 100, 500, 1_000, round(principal / 2, 2), round(principal / 3, 2))
        amount = min(principal, pick.choice((*parts, principal)))
        return {"amount": amount * taken, "on": on, "then": then}
    if kind == "pay_extra":
        amount = pick.choice((0.01, 1, 100, 1_000, 5_000, principal))
        times = pick.choice((1, 1, 3, 12))
        return {"amount": amount * taken, "on": on, "times": times, "then": then}
    if kind == "extend":
        rate = pick.choice((loan["daily_rate"], 0.00035, 0.0005))
        longer = {"months": pick.randint(1, 6) * taken, "days": 0}
        if "days" in loan and pick.random() < 0.5:
            longer = {"months": 0, "days": pick.randint(1, 30) * taken}
        return {**longer, "on": on, "fee": pick.choice((0.0, 5.0, 88.88)), "daily_rate": rate}
    if kind == "coupon":
        length, off = pick.choice((1, 7, 30, 45)), pick.choice((1.0, 0.5, 0.1, 0.15))
        return {"days": length * taken, "off": off, "on": pick.choice((start, start, on))}
    return {"on": on if pick.random() < 0.15 else None}


def is_taken(kind: str, given: dict[str, Any]) -> bool:
    """Tell whether a decision is taken at all."""
    counts = [given[name] for name in ("amount", "months", "days") if name in given]
    return given["on"] is not None and (any(counts) or not counts)


def population(count: int, seed: int) -> Iterator[tuple[list[Any], list[Any], list[Any]]]:
    """Yield batches of loans with the same kinds of decisions in the same order.

    Each is a list of (loan, chain), their rows by the reference, and those that it refuses.
    """
    pick = random.Random(seed)
    for batch in range(count):
        kinds = pick.sample(KINDS, len(KINDS)) if batch % 3 else pick.sample(KINDS, 2)
        kept, rows, refused = [], [], []
        for _ in range(300):
            loan = some_loan(pick, in_days=batch % 6 == 5)
            chain = [(kind, some_decision(pick, kind, loan)) for kind in kinds]
            try:
                rows.append(schedule(loan, [each for each in chain if is_taken(*each)])[0])
                kept.append((loan, chain))
            except ValueError:
                refused.append((loan, [each for each in chain if is_taken(*each)]))
        yield kept, rows, refused


def all_at_once(kept: list[Any]) -> Any:
    """Build the loans of a batch as one portfolio, every argument an array."""
    loans, chains = zip(*kept, strict=True)
    strategy = jb.Loan.from_frame(pd.DataFrame(list(loans)))
    for decision in zip(*chains, strict=True):
        given = pd.DataFrame([arguments for _, arguments in decision])
        given["on"] = pd.to_datetime(given["on"])
        strategy = getattr(strategy, decision[0][0])(**{name: given[name] for name in given})
    return strategy
