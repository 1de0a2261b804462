"""A loan whose term was shortened earlier: its last instalment is smaller than the others."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from jiebei.life.best.best import best
from jiebei.life.best.borrower import Borrower, Extension
from jiebei.life.best.drawn import borrower
from jiebei.life.best.played import play
from jiebei.life.best.rules import RULES, follow
from jiebei.life.household.budget import Budget
from jiebei.life.offers.entered import read_coupons
from jiebei.loan.loan import Loan

START = "2026-12-01"
FEN = 0.01
SMALL = Loan(9_000, daily_rate=0.0006, months=6, start="2026-09-15").prepay(
    1_900, on="2026-11-20", then="shorten"
)


def shortened(seed: int) -> Borrower:
    """Draw a borrower whose loan of this line runs, and whose term was shortened."""
    pick = np.random.default_rng([seed, 17])
    loan = Loan(
        1000.0 * int(pick.integers(5, 100)),
        daily_rate=round(float(pick.uniform(0.00015, 0.0006)), 5),
        months=int(pick.integers(8, 25)),
        start=f"2026-07-{pick.integers(1, 29):02d}",
        method=str(pick.choice(["equal_instalment", "equal_principal"])),
        prepay_fee_rate=float(pick.choice([0.0, 0.0, 0.01, 0.03])),
    )
    repaid = round(float(loan.principal) * float(pick.uniform(0.05, 0.4)), 2)
    on = f"2026-10-{pick.integers(1, 29):02d}"
    return replace(borrower(seed), loans=(loan.prepay(repaid, on=on, then="shorten"),))


def test_bound_and_plan_lie_within_a_yuan() -> None:
    plans = 0
    for seed in range(25):
        found = best(shortened(seed))
        if found is None:
            continue
        plans += 1
        assert abs(found.proved - found.played.left) <= 0.15, seed
        assert 0 <= found.gap <= 1, seed
        assert found.played.lowest > -FEN, seed
        for name in ("as_agreed", "highest_rate"):
            choices, cash = follow(found.ground, RULES[name])
            other = play(found.ground, choices)
            assert cash[-1] == pytest.approx(other.left, abs=0.5), (seed, name)
            if other.lowest > -FEN / 2:
                assert other.left <= found.bound, (seed, name)
    assert plans >= 20


def test_by_hand_five_yuan_repaid_today_spread_what_is_left_evenly() -> None:
    """6,000 without interest in 6 months, 1,500 repaid early, 1,000 a month kept; one is paid.

    1,000, 1,000, 1,000 and 500 are left to pay; after 5 yuan today 3,495 / 4 = 873.75 a month.
    """
    loan = Loan(6_000, daily_rate=0, months=6, start="2026-11-01")
    loan = loan.prepay(1_500, on="2026-11-20", then="shorten")
    found = best(Borrower((loan,), Budget(0, 0, 6_000, START), savings_rate=0.1))
    assert found is not None
    assert [step.amount for step in found.played.steps] == [5]
    paid = [(0, 5.0), (31, 873.75), (62, 873.75), (90, 873.75), (121, 873.75)]
    last = sum(yuan * 1.1 ** ((121 - day) / 365) for day, yuan in [(0, -6_000.0), *paid])
    assert found.played.left == pytest.approx(-last, abs=FEN)
    assert 0 <= found.gap < 0.5


def left(loan: Loan, shares: tuple[float, ...]) -> float:
    """Return what is left where these shares of the cash are repaid early; below 0 where short."""
    cash, lowest = -100.0, 0.0
    for month, share in zip(("2026-12", "2027-01", "2027-02"), shares, strict=True):
        day = np.datetime64(f"{month}-01")
        cash += 1_600
        amount = np.floor(100 * share * cash) / 100
        owed = loan.owed(day)
        if owed.principal and amount >= 1:
            loan = loan.settle(day) if amount > owed.total else loan.pay_extra(amount, on=day)
        rows = loan.cashflows(["date", "event", "payment"])
        now = rows[(rows["date"] == day) & rows["event"].isin(["prepayment", "payoff"])]
        soon = rows[(rows["date"] > day) & (rows["date"] < day + np.timedelta64(28, "D"))]
        cash -= float(now["payment"].sum()) + float(soon["payment"].sum())
        lowest = min(lowest, cash)
    return cash if lowest > -FEN else lowest


def test_no_split_through_the_engine_leaves_more_than_the_limit() -> None:
    """As agreed 1,597.14 fall due in December, and there are 1,500: lowered it can be paid."""
    found = best(Borrower((SMALL,), Budget(1_600, 0, 1_500, START)))
    assert found is not None
    shares = ((0, 0.02, 0.0462, 0.06, 0.3), (0, 0.1, 0.2153, 0.3), (0, 0.9, 1))
    tried = [left(SMALL, each) for each in product(*shares)]
    assert found.played.left - 1 < max(tried) <= found.bound
    assert 0 <= found.gap < 0.2


@pytest.mark.parametrize("seed", [5, 11])
def test_the_limit_holds_with_a_coupon_an_extension_and_a_least_amount(seed: int) -> None:
    [coupon] = read_coupons([{"days": 30, "off": 0.3}])
    longer = Extension(6, START, fee=50.0, until="2027-01-31")
    plain = shortened(seed)
    for more in ({"coupons": (coupon,)}, {"extensions": (longer,)}, {"least": 500.0}):
        found = best(replace(plain, **more))
        assert found is not None
        assert 0 <= found.gap <= 1
        assert found.played.lowest > -FEN
