"""The fiscal subsidy: the rule as published, and a loan with it, to the fen."""

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jiebei as jb
from jiebei.language.errors import JiebeiError
from jiebei.life.rules.subsidy import let_off, subsidised, subsidy

LOAN = jb.Loan(10_000, daily_rate=0.0004, days=30, method="bullet", start="2026-12-01")


def test_the_rule_as_published():
    rule = subsidy()
    assert (rule.points, rule.highest_share, rule.cap) == (0.01, 0.5, 3_000.0)
    assert (str(rule.first), str(rule.last)) == ("2025-09-01", "2026-12-31")


@pytest.mark.parametrize(
    ("daily_rate", "share"),
    [(0.0004, 0.01 / 0.146), (0.02 / 365, 0.5), (0.00002, 0.5), (0.0, 0.5)],
)
def test_a_point_a_year_at_most_half_the_rate(daily_rate, share):
    assert let_off(daily_rate) == pytest.approx(share, abs=1e-12)


def test_a_rate_in_percent_is_refused():
    with pytest.raises(JiebeiError):
        let_off(0.04)


@settings(max_examples=40, deadline=None)
@given(
    principal=st.integers(100, 300_000),
    units=st.integers(1, 60),
    days=st.integers(1, 30),
    spent=st.sampled_from([0.25, 0.5, 1.0]),
)
def test_what_is_paid_is_the_contract_rate_less_a_point_on_what_is_spent(
    principal, units, days, spent
):
    """By hand: interest on all, less the part let off on what is spent, rounded once."""
    rate = Decimal(units) / 100_000
    cut = Decimal(repr(float(let_off(float(rate))))).quantize(Decimal("1e-10"))
    slice_ = (Decimal(principal) * Decimal(spent)).quantize(Decimal("0.01"))
    # The engine keeps the discounted rate to 1e-10 a day.
    off = (rate * cut).quantize(Decimal("1e-10"), ROUND_HALF_UP)
    exact = (Decimal(principal) * rate - slice_ * off) * days
    loan = jb.Loan(
        principal, daily_rate=float(rate), days=days, method="bullet", start="2026-12-01"
    )
    assert abs(Decimal(repr(subsidised(loan, spent).summary().interest)) - exact) <= Decimal("0.02")


def test_days_after_the_last_day_are_not_subsidised():
    long = jb.Loan(10_000, daily_rate=0.0004, days=60, method="bullet", start="2026-12-01")
    # 31 days count, from 1 to 31 December.
    assert long.summary().interest - subsidised(long).summary().interest == pytest.approx(
        10_000 * 0.01 / 365 * 31, abs=0.01
    )


def test_the_cap_of_the_year_and_what_is_left_of_it():
    loan = jb.Loan(8_000_000, daily_rate=0.0004, months=12, start="2026-01-01")
    assert subsidised(loan).summary().waived == 3_000
    assert subsidised(loan, left=12.34).summary().waived == 12.34
    assert subsidised(loan, left=0).summary().waived == 0


@pytest.mark.parametrize("start", ["2025-08-31", "2027-01-01"])
def test_outside_its_time_a_loan_stays_as_it_is(start):
    loan = jb.Loan(10_000, daily_rate=0.0004, months=6, start=start)
    assert subsidised(loan).cashflows().equals(loan.cashflows())
    assert subsidised(LOAN, spent=0.0).cashflows().equals(LOAN.cashflows())


def test_many_loans_at_once():
    starts = np.array(["2025-08-31", "2026-06-01", "2026-12-31", "2027-01-01"], "M8[D]")
    loans = jb.Loan(10_000, daily_rate=0.0004, months=1, start=starts)
    waived = subsidised(loans, spent=[1.0, 0.5, 1.0, 1.0]).summary().waived
    # 30 days on half of it; one day on all of it.
    assert waived.tolist() == [0.0, 4.11, 0.27, 0.0]
