"""A bad spell wherever it strikes, and the largest loan: against trying every one."""

from typing import Any

import numpy as np
import pytest

import jiebei as jb
from jiebei.language.errors import JiebeiError
from jiebei.life.household.budget import Budget, by_month
from jiebei.life.household.stress import largest_loan, least_left

START = "2026-12-01"
LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start=START)
SEASONS = [28_000, 20_000, 3_000, 4_000, 8_000, 15_000, 32_000, 36_000, 20_000, 14_000, 12_000, 9]


def borrower(**terms: Any) -> Any:
    return lambda amount: jb.Loan(
        amount, **{"daily_rate": 4e-4, "months": 12, "start": START} | terms
    )


@pytest.mark.parametrize("income", [12_000, SEASONS], ids=["level", "seasons"])
@pytest.mark.parametrize(("drop", "months"), [(0.3, 12), (0.55, 3), (1.0, 1), (0.0, 5), (0.4, 0)])
@pytest.mark.parametrize("way", [LOAN, LOAN.prepay(9_000, on="2027-02-11")], ids=["keep", "early"])
def test_the_worst_of_all_beginnings(income: Any, drop: float, months: int, way: jb.Loan) -> None:
    """Budgets with the spell in every place, one by one: the least of each month."""
    found = least_left(way, Budget(income, 7_000, 25_000, START), drop, months)
    yearly = np.resize(np.asarray(income, float), 12)
    lows = []
    for begin in range(12):
        bad = yearly.copy()
        bad[begin : begin + months] = (
            np.floor(yearly[begin : begin + months] * (1 - drop) * 100 + 0.5) / 100
        )
        lows.append(by_month(way, Budget(bad, 7_000, 25_000, START))["lowest_cash"])
    assert found["lowest_cash"].to_numpy() == pytest.approx(np.min(lows, axis=0), abs=0.01 * months)


def test_without_a_spell_it_is_the_budget() -> None:
    budget = Budget(SEASONS, 15_000, 25_000, START)
    plain = by_month(LOAN, budget)["lowest_cash"]
    for spell in ({}, {"drop": 0.5}, {"bad_months": 5}):
        assert (least_left(LOAN, budget, **spell)["lowest_cash"] == plain).all()


def test_what_is_lost_is_rounded_half_up_to_the_fen() -> None:
    """Half of 0.25 yuan a month is 0.13 lost, twice; the loan takes nothing yet."""
    loan = jb.Loan(1, daily_rate=0.0, days=62, method="bullet", start=START)
    left = least_left(loan, Budget(0.25, 0, 1, START), drop=0.5, bad_months=2)["lowest_cash"]
    assert left.tolist() == [1.0, 1.12, 0.24]


@pytest.mark.parametrize(
    ("budget", "terms", "spell"),
    [
        (Budget(12_000, 7_000, 25_000, START), {}, {}),
        (Budget(12_000, 7_000, 25_000, START), {}, {"drop": 0.3, "bad_months": 12}),
        (
            Budget(12_000, 7_000, 25_000, START),
            {"method": "interest_only"},
            {"drop": 0.5, "bad_months": 4},
        ),
        (Budget(12_000, 7_000, 25_000, START, payday=20), {"method": "equal_principal"}, {}),
        (
            Budget(12_000, 7_000, 25_000, START),
            {"months": 60, "daily_rate": 6e-4},
            {"drop": 0.2, "bad_months": 9},
        ),
        (Budget(SEASONS, 15_000, 25_000, START), {}, {"drop": 0.1, "bad_months": 2}),
        (Budget(12_000, 7_000, 25_000, START), {"method": "bullet"}, {}),
        (Budget(10, 9.99, 1, START), {}, {}),
    ],
)
def test_a_fen_more_breaks_a_month(
    budget: Budget, terms: dict[str, Any], spell: dict[str, Any]
) -> None:
    borrow = borrower(**terms)
    most = largest_loan(borrow, budget, **spell)
    assert 0 < most < 1_000_000
    assert least_left(borrow(most), budget, **spell)["lowest_cash"].min() >= 0
    for more in (1, 2, 50, 500, 1_000):
        amount = (round(most * 100) + more) / 100
        assert least_left(borrow(amount), budget, **spell)["lowest_cash"].min() < 0


def test_without_interest_it_is_what_the_cash_comes_to() -> None:
    """25,000 + 12 x 5,000, less 12 x 3,600 in the bad year; the last month binds."""
    free, budget = borrower(daily_rate=0.0), Budget(12_000, 7_000, 25_000, START)
    assert largest_loan(free, budget) == 85_000.0
    assert largest_loan(free, budget, drop=0.3, bad_months=12) == 41_800.0


def test_none_and_any() -> None:
    assert largest_loan(borrower(), Budget(1_000, 2_000, 500, START)) == 0.0
    assert largest_loan(borrower(), Budget(0, 0, 0, START)) == 0.0
    assert largest_loan(borrower(), Budget(900_000, 0, 0, START)) == 1_000_000.0
    assert largest_loan(borrower(), Budget(900_000, 0, 0, START), most=1_234.56) == 1_234.56


def test_a_worse_year_carries_less() -> None:
    budget = Budget(12_000, 7_000, 25_000, START)
    found = [largest_loan(borrower(), budget, drop, 6) for drop in (0.0, 0.1, 0.2, 0.4, 0.8)]
    assert found == sorted(found, reverse=True)
    assert len(set(found)) == 5


@pytest.mark.parametrize(
    ("wrong", "match"),
    [
        ({"drop": 1.5, "bad_months": 3}, r"^drop=1\.5: a share is a decimal"),
        ({"drop": 0.5, "bad_months": -1}, r"^bad_months=-1: a whole number from 0 to 60"),
        ({"most": -5}, r"^most=-5: "),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(wrong: dict[str, Any], match: str) -> None:
    with pytest.raises(JiebeiError, match=match):
        largest_loan(borrower(), Budget(12_000, 7_000, 25_000, START), **wrong)
