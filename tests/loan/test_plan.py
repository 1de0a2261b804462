"""A loan and a plan are asked and decided on alike: a loan is a line of one."""

import copy
import inspect
import pickle

import numpy as np
import pandas as pd
import pytest

import jiebei as jb

LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
LINE = LOAN.prepay(20_000, on="2027-03-01").reborrow(9_000, on="2027-06-01", months=6)
DECISIONS = ("prepay", "pay_extra", "settle", "extend", "reprice", "coupon", "miss", "pay_late")
DECISIONS += ("pay", "defer", "restructure", "reborrow")


@pytest.mark.parametrize("name", DECISIONS)
def test_a_plan_takes_a_decision_as_a_loan_does(name: str) -> None:
    assert inspect.signature(getattr(jb.Plan, name)) == inspect.signature(getattr(jb.Loan, name))


def test_a_loan_is_a_line_of_one() -> None:
    assert LOAN.loans == (LOAN,)
    pd.testing.assert_frame_equal(jb.Plan((LOAN,)).cashflows(), LOAN.cashflows())
    early = LOAN.prepay(1_000, on=90, loan=0)
    pd.testing.assert_frame_equal(early.cashflows(), LOAN.prepay(1_000, on=90).cashflows())
    for act in (
        lambda: LOAN.prepay(1_000, on=90, loan=1),
        lambda: LOAN.miss(1, loan=1),
        lambda: LOAN.coupon(7, loan=1),
    ):
        with pytest.raises(jb.JiebeiError, match="1 loan"):
            act()


def test_a_plan_in_a_plan_brings_its_loans() -> None:
    other = jb.Loan(3_000, daily_rate=0.0003, months=3, start="2027-01-01")
    assert jb.Plan((LINE, other)).loans == (*LINE.loans, other)


def test_the_rows_of_a_plan_know_their_scenario() -> None:
    several = LOAN.reborrow([0, 9_000, 5_000], on="2027-06-01", months=6)
    flows = several.cashflows(["loan", "drawn"])
    by_scenario = flows.groupby(several.scenario_of(flows))["drawn"].sum()
    assert by_scenario.to_dict() == {0: 50_000.0, 1: 59_000.0, 2: 55_000.0}
    flows = LINE.cashflows(["loan"])
    assert set(several.scenario_of(several.cashflows(["loan"]))) == {0, 1, 2}
    assert set(LINE.scenario_of(flows)) == {0}


def test_a_loan_that_is_not_drawn_again_stays_one_of_nothing_on_other_terms() -> None:
    new = LOAN.reborrow([0, 9_000], on="2027-06-01", months=6).loans[1]
    assert new.summary().drawn.tolist() == [0.0, 9_000.0]
    assert new.but(daily_rate=0.0005).summary().drawn.tolist() == [0.0, 9_000.0]
    with pytest.raises(jb.JiebeiError, match="principal=0"):
        LOAN.but(principal=0)


def test_a_coupon_of_the_newest_loan_runs_from_its_drawdown_and_expires_by_the_lines_days() -> None:
    free = LINE.coupon(expires=200)  # 2026-12-01 + 200 days = 2027-06-19, the last free day
    first = free.loans[1].cashflows(["date", "interest"]).iloc[2]
    assert first["date"] == pd.Timestamp("2027-07-01")
    assert first["interest"] == 39.60  # 9,000 x 0.04 % x the 11 days from 06-20 to 06-30


def test_a_plan_is_copied_whole() -> None:
    for other in (copy.deepcopy(LINE), pickle.loads(pickle.dumps(LINE))):
        pd.testing.assert_frame_equal(other.cashflows(), LINE.cashflows())
        assert np.shape(other.summary().interest) == ()
