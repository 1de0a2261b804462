"""Borrowers drawn at random from a seed, to try plans and rules of thumb on.

They are nobody: what they owe, earn and spend lies evenly between the limits written here.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from jiebei.life.best.borrower import Borrower
from jiebei.life.debts.debt import Debt, payday, read
from jiebei.life.household.budget import Budget
from jiebei.loan.loan import Loan
from jiebei.units.days import iso, one_day

__all__ = ["START", "borrower"]

START = "2026-12-01"
METHODS = ("equal_instalment", "equal_principal", "interest_only", "bullet")
OFTEN = (0.7, 0.1, 0.1, 0.1)


def borrower(seed: int, most_months: int = 24) -> Borrower:
    """Draw one borrower; the same seed draws the same.

    This line and up to three other debts, of every kind, with fees and deadlines or without;
    paydays on any day of the month; income that is spread over the year evenly or not.

    Examples
    --------
    >>> one = borrower(1)
    >>> len(one.loans), len(one.debts), one.keep
    (1, 3, 1000.0)
    """
    pick = np.random.default_rng(seed)
    months = int(pick.integers(3, most_months + 1))
    fee = float(pick.choice([0.0, 0.0, 0.01, 0.03]))
    method = str(pick.choice(METHODS, p=OFTEN))
    rate = round(float(pick.uniform(0.00015, 0.0006)), 5)
    line = Loan(
        1000.0 * int(pick.integers(5, 100)),
        daily_rate=rate,
        months=months,
        start=START,
        method=method,
        prepay_fee_rate=fee,
    )
    debts = _debts(pick, most_months)
    owed = float(line.principal) + sum(float(each.balance) / 100 for each in debts)
    due = _monthly(line, debts)
    income = np.full(12, due * pick.uniform(0.95, 1.8) + 4_000)
    if pick.random() < 0.3:
        income = income * pick.uniform(0.6, 1.4, 12)
    budget = Budget(
        [round(float(each), 2) for each in income],
        4_000.0,
        reserve=round(float(owed * pick.uniform(0.0, 0.6) + due), 2),
        since=START,
        payday=int(pick.integers(1, 29)),
    )
    keep = 1000.0 * int(pick.integers(0, 1 + min(10, int(budget.reserve // 1000))))
    savings = round(float(pick.uniform(0.0, 0.04)), 4)
    return Borrower((line,), budget, keep, savings, debts)


def _debts(pick: Any, most_months: int) -> tuple[Debt, ...]:
    rows: list[dict[str, Any]] = []
    for number in range(int(pick.integers(0, 4))):
        kind = str(pick.choice(["loan", "card", "family"]))
        row: dict[str, Any] = {"name": f"{kind} {number + 1}", "kind": kind}
        row["balance"] = 1000 * int(pick.integers(2, 40))
        if kind != "family":
            row["daily_rate"] = round(float(pick.uniform(0.0002, 0.0008)), 5)
        if kind == "loan":
            row["months"] = int(pick.integers(3, most_months + 1))
            row["prepay_fee_rate"] = float(pick.choice([0.0, 0.0, 0.02]))
        if kind == "family":
            start = one_day(START, "start")
            row["due"] = iso(payday(start, int(pick.integers(3, most_months + 1))))
        rows.append(row)
    return tuple(read(rows, START)) if rows else ()


def _monthly(line: Loan, debts: tuple[Debt, ...]) -> float:
    """Return about what falls due a month, what is due at once spread over the months."""
    total = float(line.summary().total_paid) / max(int(line.months), 1)
    for each in debts:
        months = {"loan": int(each.months), "card": 12, "family": 12}[each.kind]
        total += float(each.balance) / 100 / months * 1.1
    return total
