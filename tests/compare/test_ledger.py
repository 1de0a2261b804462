"""The ledger of a net benefit: worked out by hand for small loans, and the sum of all others."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

import jiebei as jb

START = "2026-12-01"
LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start=START)


def test_a_loan_of_ten_days_repaid_after_four_by_hand():
    loan = jb.Loan(10_000, daily_rate=0.0004, days=10, method="bullet", start=START)
    ledger = jb.net_benefit_ledger(loan.settle(on=4), loan, 0.1)
    # 10,000 x 0.0004 x 4 = 16, x 10 = 40
    assert ledger["strategy_cash"].tolist() == [10_000, -10_016, 0]
    assert ledger["baseline_cash"].tolist() == [10_000, 0, -10_040]
    assert ledger["difference"].tolist() == [0, -10_016, 10_040]
    assert ledger["days_to_go"].tolist() == [10, 6, 0]
    assert ledger["factor"].to_numpy() == pytest.approx([1.1 ** (10 / 365), 1.1 ** (6 / 365), 1])
    assert ledger["worth"].sum() == pytest.approx(10_040 - 10_016 * 1.1 ** (6 / 365), abs=1e-9)
    assert ledger.index.tolist() == [pd.Timestamp(f"2026-12-{day:02}") for day in (1, 5, 11)]


@pytest.mark.parametrize("rate", [0.0, 0.02, 0.2, 1.0])
@pytest.mark.parametrize("at", [None, "2027-06-01", "2030-01-01"])
@pytest.mark.parametrize(
    "way",
    [
        LOAN.settle(on="2027-03-01"),
        LOAN.prepay(20_000, on="2027-02-11", then="shorten"),
        LOAN.extend(6, on="2027-02-11", fee=100),
        LOAN.prepay(20_000, on="2027-03-01").reborrow(20_000, on="2027-06-01", months=6),
        LOAN.but(drawdown_fee=300),
    ],
)
def test_it_adds_up_to_the_net_benefit(way: Any, at: str | None, rate: float) -> None:
    ledger = jb.net_benefit_ledger(way, LOAN, rate, at)
    whole = jb.net_benefit(way, LOAN, rate, at)
    assert ledger["worth"].sum() == pytest.approx(whole, abs=1e-8)
    assert ledger.index.is_unique
    assert ledger.index.is_monotonic_increasing


def test_amounts_are_whole_fen():
    ledger = jb.net_benefit_ledger(LOAN.settle(on=33), LOAN, 0.02)
    for name in ("strategy_cash", "baseline_cash", "difference"):
        np.testing.assert_array_equal(ledger[name], np.round(ledger[name], 2))


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: jb.net_benefit_ledger(LOAN, LOAN.but(months=[3, 6]), 0.0), "takes one scenario"),
        (lambda: jb.net_benefit_ledger(LOAN.but(months=[3, 6]), LOAN, 0.0), "takes one scenario"),
        (lambda: jb.net_benefit_ledger(LOAN, LOAN, [0.0, 0.1]), "give one value"),
        (lambda: jb.net_benefit_ledger(LOAN, LOAN, 2), "a yearly rate is"),
        (lambda: jb.net_benefit_ledger(LOAN, 5, 0.0), "a loan is needed"),
        (lambda: jb.net_benefit_ledger(LOAN, LOAN, 0.0, at=90), "give a date"),
        (lambda: jb.net_benefit_ledger(LOAN.miss(12), LOAN, 0.0), "still owes"),
        (lambda: jb.compare({"a": LOAN}, savings_rate=np.linspace(0, 0.2, 3)), "takes one rate"),  # type: ignore[arg-type]
        (lambda: jb.compare({"a": LOAN}, baseline=["a"]), "is no strategy"),  # type: ignore[arg-type]
        (lambda: jb.effective_rate(LOAN), "a frame of cash flows"),
        (lambda: jb.effective_rate(LOAN.but(months=[3, 6]).cashflows()), "2 loans in one frame"),
        (lambda: jb.break_even([-1, 2], [0, 9], low=[0, 1]), "low=.0, 1."),  # type: ignore[arg-type]
        (lambda: jb.annual_rate(0.0004, days="x"), "a number is needed"),  # type: ignore[arg-type]
        (lambda: jb.facts(), "choose 'assumptions'"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(ask: Callable[[], Any], says: str) -> None:
    with pytest.raises(jb.JiebeiError, match=says):
        ask()


def test_the_effective_rate_of_cash_flows_is_that_of_the_loan():
    assert jb.effective_rate(LOAN.cashflows()) == pytest.approx(LOAN.summary().effective_rate)


def test_who_looks_for_a_schedule_is_told_what_it_is_called():
    with pytest.raises(AttributeError, match=r"its schedule is cashflows\(\)"):
        LOAN.schedule  # noqa: B018
    with pytest.raises(AttributeError, match="'Plan' object has no attribute 'x'"):
        jb.Plan((LOAN,)).x  # noqa: B018
    assert not hasattr(LOAN, "_repr_png_")
