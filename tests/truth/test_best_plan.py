"""The best plan once more in plain Python: its calendar by hand, and every plan of a grid."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from random import Random

import pytest

from jiebei.answers import best_plan
from jiebei.life.best.borrower import Borrower
from jiebei.life.household.budget import Budget
from jiebei.loan.loan import Loan

START = date(2026, 12, 1)
TOMORROW = date(2026, 12, 2)
ROUNDING = 0.3  # yuan: nothing is rounded here
PROOF = re.compile(r"no plan leaves you more than ¥([\d,.]+); this one leaves ¥([\d,.]+)\.")


def month(number: int) -> date:
    at = START.month - 1 + number
    return date(START.year + at // 12, at % 12 + 1, 1)


@dataclass(frozen=True)
class Case:
    """One loan of today, paid on the first of each month, when money comes in."""

    principal: int
    rate: float
    months: int
    slices: bool
    cash: int
    keep: int
    spare: int
    savings: float

    def due(self, owed: float, paid: int) -> float:
        """Return the instalment after so many are paid."""
        days = [(month(at + 1) - month(at)).days for at in range(paid, self.months)]
        if self.slices:
            return owed / len(days) + owed * self.rate * days[0]
        factor = discount = 0.0
        discount = 1.0
        for each in days:
            discount /= 1 + self.rate * each
            factor += discount
        return owed / factor

    def left(self, shares: Sequence[float], fixed: Mapping[date, float] | None = None) -> float:
        """Return what is left in the end with a share of the cash to spare, or a sum, paid early.

        Less than nothing where the reserve is touched.
        """
        owed, cash, waited = float(self.principal), float(self.cash), 0
        for at in range(self.months + 1):
            day = month(at)
            if at:
                gap = (day - month(at - 1)).days
                cash = cash * (1 + self.savings) ** ((gap - waited) / 365) + self.spare
                waited = 0
                if owed > 0:
                    paid = self.due(owed, at - 1)
                    owed -= paid - owed * self.rate * gap
                    cash -= paid
            if cash < self.keep - ROUNDING:
                return -1.0
            top = 1.0 if at else 1 + self.rate  # a loan of today owes a day in any case
            room = max(cash - self.keep, 0.0)
            early = room * shares[at] if at < len(shares) else 0.0
            if fixed is not None and not at and TOMORROW in fixed:
                cash, waited, day = cash * (1 + self.savings) ** (1 / 365), 1, TOMORROW
            if fixed is not None:
                early = fixed.get(day, 0.0)
            early = min(early, owed * top)
            owed, cash = owed - early / top, cash - early
        return cash


def cases(number: int) -> list[Case]:
    found = []
    for seed in range(number):
        pick = Random(seed)
        principal, months = 1_000 * pick.randint(2, 60), pick.randint(2, 9)
        found.append(
            Case(
                principal,
                pick.randint(0, 60) * 1e-5,
                months,
                pick.random() < 0.5,
                pick.randint(0, principal),
                pick.choice([0, 500]),
                int(principal / months * pick.uniform(1.0, 2.0)) + 100,
                pick.choice([0.0, 0.02, 0.2]),
            )
        )
    return [each for each in found if each.cash >= each.keep]


def told(case: Case) -> tuple[float, float, dict[date, float]] | None:
    """Return the bound, what is left and what is paid early when, as the page says them."""
    loan = Loan(
        case.principal,
        daily_rate=case.rate,
        months=case.months,
        start=START.isoformat(),
        method="equal_principal" if case.slices else "equal_instalment",
    )
    budget = Budget(case.spare, 0, case.cash, START.isoformat())
    answer = best_plan.answer(Borrower((loan,), budget, case.keep, case.savings))
    proof = PROOF.search(str(answer.headline))
    if proof is None:
        return None
    bound, left = (float(each.replace(",", "")) for each in proof.groups())
    paid = answer.figures["repaid_early"]
    early = {date.fromisoformat(str(day)): float(yuan) for day, yuan in paid.items()}
    return bound, left, early


@pytest.mark.parametrize("case", cases(24))
def test_the_calendar_leaves_what_is_said_and_no_plan_of_the_grid_more(case: Case) -> None:
    said = told(case)
    tried = [case.left(each) for each in product((0.0, 0.5, 1.0), repeat=min(case.months, 5))]
    if said is None:
        assert max(tried) < case.keep + ROUNDING
        return
    bound, left, early = said
    assert case.left((), early) == pytest.approx(left, abs=ROUNDING)
    assert max(tried) <= left + ROUNDING
    assert left <= bound
