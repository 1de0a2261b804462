"""The 24 % line: what is charged and what it allows, against sums done by hand."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jiebei as jb
from jiebei.language.errors import JiebeiError
from jiebei.life.rules.court import all_in, judicial_line, settled, simple_rate

ONE = jb.Loan(10_000, daily_rate=0.0006, months=1, method="bullet", start="2026-12-01")
LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
DEAR = jb.Loan(50_000, daily_rate=0.0006, months=12, start="2026-12-01")


def half_up(amount: Decimal) -> float:
    return float(amount.quantize(Decimal("0.01"), ROUND_HALF_UP))


def days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def test_the_line_is_that_of_the_table_of_facts() -> None:
    assert judicial_line() == 0.24


def test_one_loan_by_hand() -> None:
    """31 days of interest, then 334 days of penalty on principal and interest at 1.5 x the rate."""
    interest = Decimal("186.00")
    penalty = half_up((10_000 + interest) * Decimal("0.0009") * days("2027-01-01", "2027-12-01"))
    found = all_in(ONE.miss(1), on="2027-12-01")
    assert found.charged == pytest.approx(186 + penalty)
    assert found.allowed == half_up(Decimal("0.24") * 10_000 * 365 / 365)
    assert found.excess == pytest.approx(found.charged - 2_400)
    assert found.rate == pytest.approx(found.charged / 10_000)


def test_the_simple_rate_by_hand() -> None:
    """Three slices of 4,000, owed for 31, 31 and 28 days; a fee of 60 with each, 120 at the start.

    12,000 x 31 + 8,000 x 31 + 4,000 x 28 = 732,000 yuan x days; 292.80 of interest, 300 of fees.
    """
    terms = {"daily_rate": 0.0004, "months": 3, "method": "equal_principal", "start": "2026-12-01"}
    assert simple_rate(jb.Loan(12_000, **terms)) == pytest.approx(292.80 * 365 / 732_000)
    laden = jb.Loan(12_000, **terms, instalment_fee=60, drawdown_fee=120)
    assert simple_rate(laden) == pytest.approx(592.80 * 365 / 732_000)


def test_the_simple_rate_does_not_fall_with_the_term() -> None:
    terms = jb.Loan(50_000, daily_rate=0.001, months=[12, 60], method="bullet", start="2026-12-01")
    assert simple_rate(terms) == pytest.approx([0.365, 0.365])
    assert (terms.summary().effective_rate < [0.37, 0.24]).all()


def test_the_simple_rate_is_what_is_charged_to_the_end() -> None:
    for loan in (LOAN, DEAR.miss(3, times=2).pay_late(5, 40)):
        assert simple_rate(loan) == pytest.approx(all_in(loan, loan.summary().payoff_date).rate)


def test_what_was_there_before_does_not_count() -> None:
    found = all_in(ONE.miss(1), on="2027-12-01", since="2027-01-01")
    assert found.charged == half_up(Decimal("10186") * Decimal("0.0009") * 334)
    assert found.allowed == half_up(Decimal("2400") * 334 / 365)


def test_the_two_readings_add_up() -> None:
    """What is charged by a day is what was charged by an earlier one, and since."""
    unpaid = DEAR.miss(3, times=120)
    whole = all_in(unpaid, on="2028-01-15")
    first = all_in(unpaid, on="2027-03-01")
    since = all_in(unpaid, on="2028-01-15", since="2027-03-01")
    assert whole.charged == pytest.approx(first.charged + since.charged)
    assert whole.allowed == pytest.approx(first.allowed + since.allowed, abs=0.01)


def test_principal_repaid_does_not_count_any_more() -> None:
    """Two instalments paid: the line is on what is left of the principal, period by period."""
    flows = LOAN.cashflows(["opening", "closing"])
    held = flows["closing"].iloc[:2] @ [31, 31] + flows["closing"].iloc[2] * 10
    found = all_in(LOAN, on="2027-02-11")
    assert found.allowed == pytest.approx(0.24 * held / 365, abs=0.005)
    assert found.charged == pytest.approx(LOAN.settle(on="2027-02-11").summary().interest)
    assert found.excess == 0


def test_a_loan_paid_off_stays_as_it_is() -> None:
    found = settled(LOAN, ["2027-11-30", "2027-12-01", "2028-06-01"]).summary()
    assert found.interest[1] == found.interest[2] == LOAN.summary().interest
    assert found.interest[0] < found.interest[1]
    assert all_in(LOAN, on="2028-06-01").charged == all_in(LOAN, on="2027-12-01").charged


def test_what_is_let_off_is_not_charged() -> None:
    late = DEAR.miss(3, times=120)
    offer = late.restructure(12, on="2027-09-01", daily_rate=0.0, waive=1)
    assert all_in(offer, on="2027-10-01").charged < all_in(late, on="2027-10-01").charged


@pytest.mark.parametrize("line", [0.0, 0.12, 0.36, 1.0])
def test_another_line(line: float) -> None:
    found = all_in(ONE.miss(1), on="2027-12-01", line=line)
    assert found.allowed == pytest.approx(10_000 * line)
    assert found.excess == pytest.approx(max(found.charged - 10_000 * line, 0))


def test_a_tie_is_rounded_up() -> None:
    """73 yuan for a day at 2.5 % a year are exactly half a fen."""
    loan = jb.Loan(73, daily_rate=0.0, days=5, method="bullet", start="2026-12-01")
    assert all_in(loan, on="2026-12-02", line=0.025).allowed == 0.01


def test_on_the_day_of_the_drawdown_there_is_no_rate() -> None:
    found = all_in(LOAN, on=0)
    assert (found.charged, found.allowed, found.excess) == (20.0, 0.0, 20.0)  # the least day
    assert np.isnan(found.rate)


def test_an_array_is_its_scalars() -> None:
    unpaid = DEAR.miss(3, times=120)
    on = np.array(["2027-03-02", "2027-06-15", "2027-12-01", "2030-01-01"], "M8[D]")
    together = all_in(unpaid, on, since="2027-03-01")
    for place, each in enumerate(on):
        alone = all_in(unpaid, each, since="2027-03-01")
        assert [field[place] for field in together] == list(alone)


def test_days_after_the_drawdown_are_days() -> None:
    assert all_in(DEAR, on=100) == all_in(DEAR, on="2027-03-11")
    assert all_in(DEAR, on=100, since=31) == all_in(DEAR, on=100, since="2027-01-01")


@settings(max_examples=25, deadline=None)
@given(
    principal=st.integers(100, 8_000_000),
    rate=st.integers(0, 30).map(lambda each: each / 10_000),
    missed=st.integers(1, 6),
    late=st.integers(0, 900),
)
def test_later_is_never_less(principal: int, rate: float, missed: int, late: int) -> None:
    """What is charged and what is allowed grow by the day, and the excess is their difference."""
    unpaid = jb.Loan(principal, daily_rate=rate, months=6, start="2026-12-01").miss(missed, 120)
    found = all_in(unpaid, on=31 + np.array([late, late + 1, late + 40]))
    assert (np.diff(found.charged) >= -0.011).all()  # interest is rounded when it is billed
    assert (np.diff(found.allowed) >= 0).all()
    assert np.allclose(found.excess, np.maximum(found.charged - found.allowed, 0), atol=1e-6)


def test_mistakes_are_said_in_words() -> None:
    with pytest.raises(JiebeiError, match="on=2027-02-28: that is before the day from which costs"):
        all_in(LOAN, on="2027-02-28", since="2027-03-01")
    with pytest.raises(JiebeiError, match="line=24"):
        all_in(LOAN, on="2027-02-28", line=24)
    with pytest.raises(JiebeiError, match="1 of 2 values are refused"):
        all_in(LOAN, on=["2027-02-28", "2027-04-01"], since="2027-03-01")
