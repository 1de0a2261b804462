"""Loans of every kind that a reader may type: a grid that is the same on every run.

for loan in grid(): run_notebook(name, **as_typed(name, loan))
"""

import random
from datetime import date, timedelta
from functools import cache
from typing import Any

from jiebei.loan.terms import INTEREST_THEN_EQUAL, METHODS
from tests.helpers.notebook_runner import parameters

SIX_AND_SIX = INTEREST_THEN_EQUAL
SHORTEST_OF_SIX_AND_SIX = 7

# Those that people met, and the ends of what is allowed.
KNOWN: list[dict[str, Any]] = [
    {"principal": 30_000, "daily_rate": 0.00045, "months": 12, "start": "2026-07-10"},
    {"principal": 30_000, "daily_rate": 0.00045, "months": 12, "method": SIX_AND_SIX},
    {"principal": 30_000, "daily_rate": 0.00045, "months": 6, "method": SIX_AND_SIX},
    {"principal": 10_000, "daily_rate": 0.0004, "months": 1},
    {"principal": 50_000, "daily_rate": 0.001, "months": 60, "method": "bullet"},
    {"principal": 1_000, "daily_rate": 0.00001, "months": 1, "start": "2024-02-29"},
    {"principal": 1_000_000, "daily_rate": 0.001, "months": 60, "method": "interest_only"},
    {"principal": 1_000_000, "daily_rate": 0.001, "months": 60, "start": "2020-01-31"},
    {"principal": 1_000, "daily_rate": 0.00015, "months": 3, "method": "equal_principal"},
    {"principal": 20_551.90, "daily_rate": 0.00045, "months": 8, "start": "2026-11-10"},
    {"principal": 120_000, "daily_rate": 0.0004, "months": 24, "method": SIX_AND_SIX},
    {"principal": 5_000, "daily_rate": 0.0003, "months": 7, "method": SIX_AND_SIX},
]
PLAIN = {"method": "equal_instalment", "start": "2026-12-01"}


@cache
def grid(count: int = 220, seed: int = 9) -> tuple[dict[str, Any], ...]:
    """Return the loans: those known, then made up ones, drawn from 2020 to 2030."""
    pick = random.Random(seed)
    return (*(PLAIN | each for each in KNOWN), *(_some(pick) for _ in range(count - len(KNOWN))))


def _some(pick: random.Random) -> dict[str, Any]:
    """Make up a loan: round sums and rates more often than odd ones."""
    power = 10 ** pick.randint(3, 5)
    amount = pick.choice((power * pick.randint(1, 10), round(power * pick.uniform(1, 10), 2)))
    usual = (0.00015, 0.0003, 0.0004, 0.00045, 0.0006)
    rate = pick.choice((*usual, 0.00001, 0.001, round(pick.uniform(0.00001, 0.001), 6)))
    start = date(2020, 1, 1) + timedelta(pick.randrange(3_653))
    start = pick.choice((start, start, date(2027, 1, 31), date(2028, 2, 29), date(2026, 7, 10)))
    method = pick.choice(METHODS)
    least = SHORTEST_OF_SIX_AND_SIX if method == SIX_AND_SIX else 1
    terms = (1, 2, 3, 6, 7, 9, 12, 12, 18, 24, 36, 60, pick.randint(1, 60))
    return {
        "principal": amount,
        "daily_rate": rate,
        "months": max(least, pick.choice(terms)),
        "method": method,
        "start": start.isoformat(),
    }


def as_typed(name: str, loan: dict[str, Any]) -> dict[str, Any]:
    """Return the loan as it is typed into a notebook: under the names that its cell has."""
    known = parameters(name)
    if "needs" in known:  # its loan is what is needed, on which days, for how long
        needs = {"needs": {loan["start"]: loan["principal"]}, "needed_months": loan["months"]}
        loan = loan | needs
    return {each: value for each, value in loan.items() if each in known}


def cannot_be(name: str, loan: dict[str, Any]) -> bool:
    """Tell whether it is a loan that there is not: six months of interest need a seventh."""
    if loan["months"] == parameters(name).get("needed_months"):
        return False  # as in the example, so nobody typed it: a longer term is taken, and said
    return (
        "method" in parameters(name)
        and loan["method"] == SIX_AND_SIX
        and loan["months"] < SHORTEST_OF_SIX_AND_SIX
    )
