"""Time the best plan beside a plain enumeration of what may be repaid when.

python benchmarks/plans.py
"""

from __future__ import annotations

import time
from itertools import product

import numpy as np

import jiebei as jb
from jiebei.life.best.best import best
from jiebei.life.best.borrower import Borrower
from jiebei.life.best.ground import ground
from jiebei.life.best.played import Choice, play
from jiebei.life.debts.debt import read
from jiebei.life.household.budget import Budget

START = "2026-12-01"
CARD = {"name": "card", "kind": "card", "balance": 18_000, "daily_rate": 0.0005}
YEAR = 3.15e7  # seconds
STEPS = (0.0, 0.5, 1.0)  # of what is owed on a debt, on each of the first paydays


def borrower(months: int, debts: int, pay: float) -> Borrower:
    """Return one who owes on this line and to others."""
    loan = jb.Loan(50_000, daily_rate=0.0004, months=months, start=START)
    rest = {"months": months, "prepay_fee_rate": 0.02}
    other = {"name": "platform", "kind": "loan", "balance": 20_000, "daily_rate": 0.00065}
    family = {"name": "family", "kind": "family", "balance": 9_000, "due": "2027-09-01"}
    second = CARD | {"name": "second card", "balance": 8_000, "daily_rate": 0.0004}
    rows = [CARD, other | rest, family, second][: debts - 1]
    budget = Budget(pay, 6_000, reserve=12_000, since=START)
    return Borrower((loan,), budget, 5_000, 0.02, tuple(read(rows, START)))


def timed(months: int, debts: int, pay: float) -> tuple[float, float]:
    """Return the seconds of the best of three plans, and how far it may be from the best of all."""
    seconds, gap = [], 0.0
    for _ in range(4):
        there = borrower(months, debts, pay)
        began = time.perf_counter()
        found = best(there)
        seconds.append(time.perf_counter() - began)
        assert found is not None
        gap = found.gap
    return min(seconds[1:]), gap


def enumeration(paydays: int) -> tuple[float, int]:
    """Return the seconds in which shares of every debt are tried on the first paydays."""
    there = ground(borrower(12, 3, 18_000))
    lanes = [at for at, each in enumerate(there.lanes) if each.as_agreed]
    began, tried = time.perf_counter(), 0
    for shares in product(STEPS, repeat=paydays * len(lanes)):
        split = np.array(shares).reshape(len(lanes), paydays)
        choices = []
        for at, row in zip(lanes, split, strict=True):
            lane = there.lanes[at]
            early = {
                int(day): (np.floor(lane.owed * share * 10) / 100, False)
                for day, share in zip(lane.early[1:], row / paydays, strict=False)
                if share
            }
            choices.append(Choice(at, 0.0, early))
        play(there, choices)
        tried += 1
    return time.perf_counter() - began, tried


def rows() -> list[tuple[str, float, str]]:
    """Return what is shown: what it is, seconds, and a remark."""
    found = []
    for (months, debts, pay), target in (((12, 3, 18_000), "0.3 s"), ((36, 5, 14_000), "2 s")):
        took, gap = timed(months, debts, pay)
        what = f"best plan, {months} months, {debts} debts"
        found.append((what, took, f"within {gap:.2f} yuan of the best of all (target {target})"))
    took, tried = enumeration(1)
    years = took / tried * tried**12 / YEAR
    remark = f"all twelve: {years:.0e} years"
    return [*found, (f"  trying {tried} plans of the first payday", took, remark)]


if __name__ == "__main__":
    for row in rows():
        print("| {} | {:.3f} | {} |".format(*row))
