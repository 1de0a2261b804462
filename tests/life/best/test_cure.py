"""Where no plan does: what is missing, and the least change that would do."""

from dataclasses import replace

import pytest

from jiebei.life.best.best import best
from jiebei.life.best.borrower import Borrower
from jiebei.life.best.cure import cure, missing
from jiebei.life.best.ground import ground
from jiebei.life.household.budget import Budget
from jiebei.life.offers.offers import Coupon
from jiebei.loan.loan import Loan
from jiebei.units.days import iso

START = "2026-12-01"
LOAN = Loan(9_000, daily_rate=0.0, months=3, start=START)
POOR = Borrower((LOAN,), Budget(2_000, 0, reserve=2_400, since=START))


def test_by_hand_what_is_missing_and_what_would_do() -> None:
    """Three times 3,000 at rate nothing out of 2,400 and three times 2,000: 600 are missing."""
    assert missing(ground(POOR)) == pytest.approx({20_878: 600.0})  # 2027-03-01
    found = cure(POOR)
    assert found.a_month == pytest.approx(200)
    assert found.longer == 1  # four times 2,250 out of 2,400 and 2,000 a month
    assert found.keep is None


def test_a_reserve_that_cannot_be_kept_is_lowered_as_little_as_can_be() -> None:
    there = replace(POOR, budget=replace(POOR.budget, reserve=3_500), keep=1_000)
    found = cure(there)
    assert found.keep == pytest.approx(500)
    assert best(replace(there, keep=500.0)) is not None
    assert best(replace(there, keep=501.0)) is None


@pytest.mark.parametrize("short", [0.0, 1.0])
def test_what_is_found_does_and_a_yuan_less_does_not(short: float) -> None:
    loan = Loan(30_000, daily_rate=0.0004, months=9, start=START)
    there = Borrower((loan,), Budget(3_000, 500, 4_000, START, payday=20), keep=1_000)
    assert best(there) is None
    found = cure(there)
    assert found.a_month is not None
    richer = replace(there.budget, income=round(3_000 + found.a_month + 0.01 - short, 2))
    assert (best(replace(there, budget=richer)) is not None) == (not short)
    assert found.longer is not None
    longer = loan.extend(found.longer - int(short), on=START)
    assert (best(replace(there, loans=(longer,))) is not None) == (not short)


def test_what_is_missing_is_the_least_and_as_late_as_can_be() -> None:
    """By hand: 3,000 today repay 2,998.50 and a day of interest; the rest is 2,001.50.

    In 31 days it owes 31.02; of 2,000 the coupon frees 30 days, 30.00.
    """
    loan = Loan(5_000, daily_rate=0.0005, months=1, start=START)
    budget = Budget(7_000, 7_000, 3_000, START)
    coupons = (Coupon(days=30, principal=2_000),)
    found = missing(ground(Borrower((loan,), budget, coupons=coupons)))
    assert {iso(day): round(yuan, 2) for day, yuan in found.items()} == {"2027-01-01": 2_002.52}
