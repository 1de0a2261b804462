"""What a yuan more is worth: the dual values, against solving again with one yuan more."""

import numpy as np
import pytest

from jiebei.life.best.best import best
from jiebei.life.best.borrower import Borrower
from jiebei.life.best.drawn import borrower
from jiebei.life.best.one_more_yuan import by_day, less_kept, with_yuan
from jiebei.life.household.budget import Budget
from jiebei.loan.loan import Loan


def test_dual_values_lie_between_one_yuan_more_and_one_yuan_less(seeds: range) -> None:
    """The programme is concave in the cash of a day: that, and equality where both agree."""
    apart = equal = 0
    for seed in seeds[::3]:
        found = best(borrower(seed))
        if found is None:
            continue
        table = by_day(found)
        for place, worth in enumerate(table["worth"]):
            more, less = with_yuan(found, place), with_yuan(found, place, -1.0)
            assert more is not None
            gain = more.value - found.solved.value
            loss = found.solved.value - less.value if less is not None else np.inf
            assert gain - 1e-4 <= worth <= loss + 1e-4, (seed, place)
            apart, equal = apart + (loss - gain > 1e-4), equal + (loss - gain <= 1e-4)
    assert equal > 4 * apart


def test_a_yuan_is_worth_at_least_what_it_earns_in_savings() -> None:
    found = best(borrower(2))
    assert found is not None
    table = by_day(found)
    assert (table["worth"] >= table["saved"] - 1e-9).all()


def test_by_hand_a_yuan_repays_a_yuan_and_spares_its_interest() -> None:
    """A loan repaid once, 30 days on; repaid on the day of the drawdown it bears one day."""
    loan = Loan(9_000, daily_rate=0.0004, days=30, method="bullet", start="2026-12-01")
    found = best(Borrower((loan,), Budget(9_000, 0, 5_000, "2026-12-01", payday=31)))
    assert found is not None
    assert by_day(found)["worth"].iloc[0] == pytest.approx((1 + 30 * 0.0004) / 1.0004, abs=1e-6)


def test_keeping_less_never_leaves_less() -> None:
    there = borrower(2)
    one, two = best(there), less_kept(there, 1_000)
    assert one is not None
    assert two is not None
    assert two.bound >= one.proved - 0.01
