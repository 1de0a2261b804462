"""The budget for loans of every kind: no verdict for a tie, no picture of nothing."""

from typing import Any

import pytest

import jiebei as jb
from jiebei.answers.budget import chances as budget_chances
from jiebei.answers.budget import limits as budget_limits
from jiebei.answers.budget import months as budget_months
from jiebei.life.household.budget import Budget
from jiebei.life.household.futures import assumed, futures
from tests.helpers.said import says
from tests.truth import told

START = "2026-12-01"
BUDGET = Budget(12_000, 7_000, 25_000, START)


pytestmark = pytest.mark.usefixtures("lang")


def test_ways_that_are_as_tight_as_each_other_get_no_verdict(lang: str) -> None:
    """A rich month: the least cash of all ways is the reserve on the first day."""
    loan = jb.Loan(1_000, daily_rate=0.0004, months=3, start=START)
    ways = {"a": loan, "b": loan.prepay(500, on="2027-01-15")}
    answer = budget_months.answer(ways, Budget(90_000, 0, 25_000, START))
    assert says("answer.budget.holds_same", answer.headline)


@pytest.mark.parametrize(("principal", "key"), [(5_000, "once"), (50_000, "once_times")])
def test_one_payment_of_all_is_no_share_of_income(lang: str, principal: float, key: str) -> None:
    """50,000 at 0.04 % for 365 days: 57,300 of an income of 12,000 are 4.8 times."""
    loan = jb.Loan(principal, daily_rate=0.0004, months=12, start=START, method="bullet")
    answer = budget_months.answer({"a": loan}, BUDGET)
    assert says(f"answer.budget.ratio_{key}", answer.headline)
    assert key == "once" or "4.8" in answer.headline


def test_a_calendar_of_one_day_and_of_days_alike(lang: str) -> None:
    terms = {"daily_rate": 0.0, "months": 12, "start": START}
    once = budget_months.calendar(jb.Loan(12_000, method="bullet", **terms), BUDGET, "x")
    assert says("answer.budget.calendar_one", once.headline)
    same = budget_months.calendar(jb.Loan(12_000, **terms), BUDGET, "x")
    assert says("answer.budget.calendar_same", same.headline)
    assert same.table["payment"].to_list() == [1_000.0] * 12


def test_a_method_of_six_months_of_interest_has_no_short_terms(lang: str) -> None:
    def borrow(amount: Any, months: int) -> jb.Loan:
        method = "interest_then_equal"
        return jb.Loan(amount, daily_rate=0.0004, months=months, start=START, method=method)

    found = budget_limits.largest(borrow, 12, 50_000, BUDGET, 0.3, 12)
    assert len(found.table) == 3, "12, 24 and 36 months"
    assert says("answer.budget.terms_six", found.note)


def test_the_largest_loan_is_looked_for_where_it_is_counted_exactly(lang: str) -> None:
    """A million over 60 months at 0.49 % a day is more than the engine counts exactly."""

    def borrow(amount: Any, months: int) -> jb.Loan:
        return jb.Loan(amount, daily_rate=0.0049, months=months, start=START)

    found = budget_limits.largest(borrow, 60, 50_000, BUDGET, 0.3, 12)
    assert found.table["carries"].max() < 1_000_000


def test_whoever_cannot_repay_early_goes_on_as_before(lang: str) -> None:
    budget = Budget(12_000, 7_000, 0, START)
    loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start=START)
    ways = {"keep": loan, "early": loan.prepay(40_000, on="2026-12-15")}
    found = futures(budget, assumed("household"), "2027-12-01", 2_000)
    answer = budget_chances.answer(ways, found)
    assert says("answer.budget.able_none", answer.headline)
    assert says("answer.budget.chances_same", answer.headline)
    assert answer.table["able"].tolist() == ["–", "0.0%"]


def test_ways_that_break_in_the_same_month_hold_no_longer_than_each_other() -> None:
    """1,000 in hand and no income: the first instalment breaks each; repaying early lacks more."""
    loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start=START)
    none = Budget(0, 0, 1_000, START)
    ways = {"a": loan, "b": loan.extend(6, on="2027-06-01")}
    assert says("answer.budget.none_holds_same", budget_months.answer(ways, none).headline)
    alike = {"a": loan, "b": loan}
    assert says("answer.budget.none_holds_alike", budget_months.answer(alike, none).headline)


def test_a_month_that_is_none_of_the_calendar_is_named_by_its_first_day() -> None:
    loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start=START)
    table = budget_months.answer({"keep": loan}, Budget(900, 700, 15_000, START, payday=5)).figures
    assert table["breaks"].iloc[0].key == "answer.budget.from_day"
    assert table["breaks"].iloc[0].fields["on"].day == 5


def test_the_reserve_has_an_error() -> None:
    loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start=START)
    drawn = futures(BUDGET, assumed("household"), "2027-12-01", 2_000)
    exact = budget_chances.reserves({"keep": loan}, drawn, BUDGET, 0.05)
    assert exact.figures["error"].iloc[0].startswith("±¥")
    assert not exact.figures["error"].iloc[0].endswith("¥0")


def test_all_that_are_tightest_are_named(lang: str) -> None:
    """Both repay 20,000 on the same day, which is the tightest of either."""
    loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start=START)
    early = {"on": "2027-03-01"}
    ways = {"a": loan, "b": loan.prepay(20_000, **early)}
    ways["c"] = loan.prepay(20_000, then="shorten", **early)
    said = told(budget_months.answer(ways, Budget(12_000, 7_000, 25_000, START)).said)[0]
    assert (said.key, said.fields["names"]) == ("answer.budget.holds_tied", ["b", "c"])
