"""Who misses a payment, and with what reserve nobody does: against counting every future."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jiebei as jb
from jiebei.life.household.budget import Budget, by_month
from jiebei.life.household.futures import Futures, assumed, futures
from jiebei.life.household.misses import FAR, Tightest, cash_paths, missed, reserve_needed, tightest

START = "2026-12-01"
LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start=START)
EARLY = LOAN.prepay(20_000, on="2027-03-01")
BUDGET = Budget(12_000, 7_000, 25_000, START)
UNTIL = "2028-06-01"
FOUND = futures(BUDGET, assumed("household", {"job loss": 0.05}), UNTIL, 4_000)


def cash_after(way: jb.Loan, found: Futures) -> np.ndarray:
    """Return the cash after the payments of each month in fen, payment by payment."""
    cash = found.cash.copy()
    flows = way.cashflows()
    for row in flows[flows["event"] != "draw"].itertuples():
        month = np.searchsorted(found.date, np.datetime64(row.date, "D").astype(int), "right") - 1
        cash[month:] -= round(row.payment * 100)
    return cash


def test_a_payment_is_missed_where_cash_falls_below_zero_on_its_day() -> None:
    cash = cash_after(LOAN, FOUND)[1:13]
    assert (tightest(LOAN, FOUND).due == cash.min(axis=0)).all()
    assert missed(tightest(LOAN, FOUND)) == (cash < 0).any(axis=0).mean()


def test_months_without_a_payment_do_not_count() -> None:
    bullet = jb.Loan(50_000, daily_rate=0.0004, days=151, method="bullet", start=START)
    assert (tightest(bullet, FOUND).due == cash_after(bullet, FOUND)[5]).all()


def test_who_cannot_afford_to_repay_early_goes_on_without() -> None:
    """Future by future: in March the cash suffices for all that is paid, or it does not."""
    early, keep = cash_after(EARLY, FOUND), cash_after(LOAN, FOUND)
    can = early[3] >= 0
    least = np.where(can, early[1:13].min(axis=0), keep[1:13].min(axis=0))
    low = tightest(EARLY, FOUND, LOAN)
    assert 0.02 < can.mean() < 0.98
    assert ((low.left < 0) == (least < 0)).all()
    assert missed(low) == (least < 0).mean()
    assert missed(tightest(EARLY, FOUND)) > missed(low)  # there early repayment is a duty


def test_more_reserve_is_as_if_it_had_been_there_from_the_start() -> None:
    for way in (LOAN, EARLY):
        low = tightest(way, FOUND, LOAN)
        for more in (-20_000.0, -3_333.33, 0.0, 0.01, 5_000.0, 40_000.0):
            budget = Budget(12_000, 7_000, 25_000 + more, START)
            other = futures(budget, assumed("household", {"job loss": 0.05}), UNTIL, 4_000)
            assert missed(low, more) == missed(tightest(way, other, LOAN))


FEN = st.lists(st.integers(-2_000, 2_000), min_size=5, max_size=5)


@settings(max_examples=50, deadline=None)
@given(
    due=FEN,
    early=FEN,
    otherwise=FEN,
    never=st.booleans(),
    accepted=st.sampled_from([0.0, 0.2, 0.5, 1.0]),
)
def test_the_reserve_is_the_least_from_which_on_the_chance_is_small(
    due: list[int], early: list[int], otherwise: list[int], never: bool, accepted: float
) -> None:
    first = np.full(5, FAR) if never else np.array(early)
    low = Tightest(np.array(due), first, np.array(otherwise))

    shifts = np.arange(-1_500, 2_200)[:, None]  # with 15 yuan in reserve, from none at all
    can = low.early + shifts >= 0
    shares = (np.where(can, low.due, low.otherwise) + shifts < 0).mean(axis=1)
    assert missed(low, shifts[:, 0] / 100) == pytest.approx(shares)
    bad = np.flatnonzero(shares > accepted + 1e-12)
    least = 0.0 if not bad.size else (bad[-1] + 1) / 100
    assert reserve_needed(low, 15.0, accepted) == pytest.approx(least)


def test_paths_are_the_budget_where_nothing_happens() -> None:
    calm = futures(BUDGET, assumed("household").assign(chance=0.0), "2027-12-01", 3)
    paths = cash_paths(EARLY, calm)
    assert (paths == by_month(EARLY, BUDGET)["cash_after"].to_numpy()).all()
    assert paths.shape == (3, 13)
    shaken = cash_paths(LOAN, FOUND)[:, :13].T * 100
    assert np.rint(shaken).astype(int) == pytest.approx(cash_after(LOAN, FOUND)[:13])
