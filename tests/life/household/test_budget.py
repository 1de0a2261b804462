"""The budget by the month: against sums by hand, against `Cash`, and conserved to the fen."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jiebei as jb
from jiebei.compare.compare import cash_left
from jiebei.language.errors import JiebeiError
from jiebei.life.household.budget import Budget, by_month, service, service_ratio, taken

START = "2026-12-01"
LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start=START)
WAYS = {
    "keep": LOAN,
    "early": LOAN.prepay(20_000, on="2027-03-20"),
    "extend": LOAN.extend(6, on="2027-06-01", fee=50.0),
    "settle": LOAN.settle(on="2027-05-17"),
    "again": LOAN.prepay(20_000, on="2027-03-10").reborrow(20_000, on="2027-06-15", months=6),
    "fee": jb.Loan(9_000, daily_rate=0.0006, months=3, start=START, drawdown_fee=90.0),
    "end": jb.Loan(9_000, daily_rate=0.0006, days=100, method="bullet", start=START),
}


def in_fen(frame: pd.DataFrame) -> pd.DataFrame:
    return (frame.drop(columns="date") * 100).round().astype("int64")


def assert_conserved(frame: pd.DataFrame) -> None:
    fen = in_fen(frame)
    assert (fen / 100 == frame.drop(columns="date")).all(axis=None)
    goes = fen["expenses"] + fen["other_loans"] + fen["instalments"] + fen["repaid_early"]
    after = fen["cash_before"] + fen["income"] + fen["drawn"] - goes
    assert (after == fen["cash_after"]).all()
    assert (fen["cash_before"][1:].to_numpy() == fen["cash_after"][:-1].to_numpy()).all()


def test_a_month_by_hand() -> None:
    """Equal slices of 3,000 without interest: 1,000 + 2,000 - 3,000 in the first month."""
    loan = jb.Loan(9_000, daily_rate=0.0, months=3, start=START)
    frame = by_month(loan, Budget(5_000, 2_500, 1_000, START, other_loans=500))
    assert frame["cash_after"].tolist() == [1_000.0, 0.0, -1_000.0, -2_000.0]
    assert frame["lowest_cash"].tolist() == [1_000.0, 0.0, -1_000.0, -2_000.0]
    assert frame["date"].dt.strftime("%m-%d").tolist() == ["12-01", "01-01", "02-01", "03-01"]


def test_what_is_due_before_payday_is_paid_out_of_the_month_before() -> None:
    loan = jb.Loan(9_000, daily_rate=0.0, months=3, start=START)
    frame = by_month(loan, Budget(5_000, 2_000, 0, START, payday=15))
    assert frame["date"].dt.strftime("%m-%d").tolist() == ["12-01", "12-15", "01-15", "02-15"]
    assert frame["instalments"].tolist() == [0.0, 3_000.0, 3_000.0, 3_000.0]
    assert frame["lowest_cash"].tolist() == [0.0, 0.0, 0.0, 0.0]


def test_money_drawn_again_does_not_help_on_the_days_before() -> None:
    again = jb.Loan(6_000, daily_rate=0.0, months=2, start=START)
    plan = again.prepay(3_000, on="2027-01-10").reborrow(3_000, on="2027-01-20", months=1)
    frame = by_month(plan, Budget(4_000, 1_000, 0, START))
    january = frame[frame["date"] == "2027-01-01"].iloc[0]
    assert (january["cash_after"], january["lowest_cash"]) == (0.0, -3_000.0)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("reserve", [0.0, 25_000.0])
def test_a_level_budget_is_what_cash_says(way: str, reserve: float) -> None:
    """`Cash` knows what is left each month; the days on which it moves give the same cash."""
    frame = by_month(WAYS[way], Budget(12_000.5, 7_000.25, reserve, START))
    left = cash_left(WAYS[way], jb.Cash(reserve, 5_000.25, START))
    assert frame["lowest_cash"].min() == left.min()
    assert frame["cash_after"].iloc[-1] == left.iloc[-1]
    assert_conserved(frame)


YUAN = st.integers(0, 3_000_000).map(lambda fen: fen / 100)
LISTS = st.one_of(YUAN, st.lists(YUAN, min_size=12, max_size=12))


@settings(max_examples=40, deadline=None)
@given(
    income=LISTS,
    expenses=LISTS,
    other=LISTS,
    reserve=YUAN,
    payday=st.integers(1, 31),
    way=st.sampled_from(sorted(WAYS)),
)
def test_every_month_adds_up_to_the_fen(
    income: Any, expenses: Any, other: Any, reserve: float, payday: int, way: str
) -> None:
    frame = by_month(WAYS[way], Budget(income, expenses, reserve, START, other, payday))
    assert_conserved(frame)
    fen = in_fen(frame)
    flows = WAYS[way].cashflows().iloc[1:]  # the drawdown and its fee are before
    paid = round(float(flows["payment"].sum()) * 100)
    assert int(fen["instalments"].sum() + fen["repaid_early"].sum()) == paid
    assert (fen["lowest_cash"] <= fen["cash_after"]).all()


def test_a_list_begins_with_the_first_payday_and_starts_over() -> None:
    budget = Budget([*range(1, 13)], 0, 0, START)
    assert (budget.months("2028-03-01").income // 100).tolist() == [0, *range(1, 13), 1, 2, 3]


def test_paydays_at_the_end_of_the_month_do_not_drift() -> None:
    dates = Budget(1, 0, 0, "2026-12-31", payday=31).months("2027-04-30").date
    days = ["2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]
    assert dates.astype("M8[D]").astype(str).tolist() == days


def test_many_scenarios_are_their_scalars() -> None:
    amounts = np.array([1_000.0, 7_777.77, 50_000.0])
    dates = Budget(1, 0, 0, START).months("2027-12-01").date
    many = jb.Loan(amounts, daily_rate=0.0004, months=12, start=START).prepay(500, on=[40, 31, 99])
    together = service(many, dates)
    for place, (amount, on) in enumerate(zip(amounts, [40, 31, 99], strict=True)):
        one = jb.Loan(amount, daily_rate=0.0004, months=12, start=START).prepay(500, on=on)
        alone = service(one, dates)
        for ours, theirs in zip(together, alone, strict=True):
            assert (ours[place] == theirs[0]).all()
        assert (taken(together)[place] == taken(alone)[0]).all()


def test_the_share_of_income_counts_what_falls_due() -> None:
    budget = Budget(12_000, 7_000, 25_000, START, other_loans=1_200)
    paid = LOAN.summary().total_paid
    ratio = service_ratio(by_month(LOAN, budget))
    assert ratio == pytest.approx((paid + 12 * 1_200) / (12 * 12_000))
    early = service_ratio(by_month(WAYS["early"], budget))
    assert early < ratio  # what is repaid early is no instalment
    assert service_ratio(by_month(LOAN, Budget(0, 0, 0, START))) == np.inf
    nothing = by_month(LOAN.settle(on=START), budget)
    assert np.isnan(service_ratio(nothing))


@pytest.mark.parametrize(
    ("wrong", "match"),
    [
        ({"income": [1, 2, 3]}, r"^income has 3 figures: give one for every month alike, or a lis"),
        ({"expenses": [1] * 72}, r"^expenses has 72 figures"),
        ({"other_loans": -1}, r"^other_loans=-1: "),
        ({"income": "much"}, r"^income='much': "),
        ({"reserve": float("nan")}, r"^reserve=nan: "),
        ({"since": 90}, r"^since=90: give a date"),
        ({"since": ["2026-12-01"]}, r"give a date"),
        ({"payday": 32}, r"^payday=32: a whole number from 1 to 31\.$"),
        ({"payday": 0}, r"^payday=0: "),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(wrong: dict[str, Any], match: str) -> None:
    given = {"income": 1, "expenses": 1, "reserve": 0, "since": START} | wrong
    with pytest.raises(JiebeiError, match=match):
        Budget(**given)


def test_a_list_that_is_no_whole_year_is_refused_in_chinese() -> None:
    jb.use("zh")
    with pytest.raises(
        JiebeiError, match=r"^income填了3个数：每月一样就只填一个数，不一样就填满整年"
    ):
        Budget([1, 2, 3], 0, 0, START)
