"""Days past due and buckets against portfolios worked out by hand."""

import numpy as np
import pandas as pd
import pytest

import jiebei as jb
from jiebei.language.errors import JiebeiError
from jiebei.life.portfolio import snapshots
from jiebei.life.portfolio.snapshots import BUCKETS, grades, month_ends

# Three instalments of 1,000 at no interest, due on the first of January, February and March 2027.
FOUR = jb.Loan(3_000, daily_rate=[0.0] * 4, months=3, start="2026-12-01")
NEVER = np.datetime64("NaT")
LIVED = (
    FOUR.miss([0, 1, 2, 1], times=[1, 1, 60, 60])
    # the fourth loan pays the January instalment on 10 February, that of February on 20 March
    .pay([0, 0, 0, 1_000], on="2027-02-10")
    .pay([0, 0, 0, 1_000], on="2027-03-20")
)
BY_HAND = {
    0: "2026-12 3000 0 M0, 2027-01 2000 0 M0, 2027-02 1000 0 M0, 2027-03 0 0 paid",
    1: "2026-12 3000 0 M0, 2027-01 3000 30 M1, 2027-02 1000 0 M0, 2027-03 0 0 paid",
    2: "2026-12 3000 0 M0, 2027-01 2000 0 M0, 2027-02 2000 27 M1, 2027-03 2000 58 M2, "
    "2027-04 2000 88 M3, 2027-05 2000 119 M4, 2027-06 2000 149 M5, 2027-07 2000 180 M6, "
    "2027-08 2000 211 M6+",
    3: "2026-12 3000 0 M0, 2027-01 3000 30 M1, 2027-02 2000 27 M1, 2027-03 1000 30 M1, "
    "2027-04 1000 60 M2, 2027-05 1000 91 M4, 2027-06 1000 121 M5, 2027-07 1000 152 M6, "
    "2027-08 1000 183 M6+",
}


@pytest.mark.parametrize("loan", BY_HAND)
def test_four_loans_by_hand(loan):
    found = month_ends(LIVED, "2027-08-31")
    rows = found[found["loan"] == loan]
    written = [
        f"{row.date:%Y-%m} {row.owed:.0f} {row.days_past_due} {row.bucket}"
        for row in rows.itertuples()
    ]
    assert ", ".join(written) == BY_HAND[loan]


def test_non_accrual_begins_past_90_days():
    found = month_ends(LIVED, "2027-08-31")
    third = found[found["loan"] == 2]
    assert third["days_past_due"][third["non_accrual"]].to_list() == [119, 149, 180, 211]


def test_a_day_of_the_due_day_is_not_late_and_the_next_one_is():
    loan = jb.Loan(1_000, daily_rate=0.0004, months=1, start="2026-12-31")
    assert month_ends(loan.miss(1), "2027-02-28")["days_past_due"].to_list() == [0, 0, 28]


def test_the_last_month_is_the_last_that_ends():
    assert month_ends(FOUR, "2027-02-27")["date"].max() == pd.Timestamp("2027-01-31")
    assert month_ends(FOUR, "2027-02-28")["date"].max() == pd.Timestamp("2027-02-28")


def test_a_loan_paid_within_its_first_month_is_seen_once():
    loan = jb.Loan(1_000, daily_rate=0.0004, days=7, method="bullet", start="2026-12-01")
    found = month_ends(loan, "2027-12-31")
    assert found[["age", "owed"]].to_numpy().tolist() == [[0, 0.0]]
    assert list(found["bucket"]) == ["paid"]


def test_a_loan_that_is_not_taken_has_no_month():
    loan = jb.Loan([1_000, 2_000], daily_rate=0.0004, months=1, start="2026-12-01")
    assert set(month_ends(loan, "2026-11-30")["loan"]) == set()
    assert set(month_ends(loan, "2026-12-31")["loan"]) == {0, 1}


def test_a_negotiated_plan_begins_without_a_day_late():
    loan = FOUR.miss(1, times=60).restructure(6, on="2027-03-15")
    found = month_ends(loan, "2027-03-31")
    assert found["days_past_due"].to_list() == [0, 30, 58, 0] * 4


@pytest.mark.parametrize("at_once", [1, 2, 7, 1_000])
def test_parts_of_any_size_come_to_the_same(monkeypatch, at_once):
    whole = month_ends(LIVED, "2027-08-31")
    monkeypatch.setattr(snapshots, "AT_ONCE", at_once)
    assert month_ends(LIVED, "2027-08-31").equals(whole)


@pytest.mark.parametrize(
    ("rule", "days", "grade"),
    [
        ("cards", 0, "normal"),
        ("cards", 1, "special mention"),
        ("cards", 90, "special mention"),
        ("cards", 91, "substandard"),
        ("cards", 120, "substandard"),
        ("cards", 121, "doubtful"),
        ("cards", 181, "loss"),
        ("all assets", 180, "substandard"),
        ("all assets", 271, "doubtful"),
        ("all assets", 361, "loss"),
    ],
)
def test_grades_at_their_edges(rule, days, grade):
    assert grades([days], rule)[0] == grade


def test_an_unknown_rule_is_refused_with_the_way_out():
    with pytest.raises(JiebeiError, match=r"rule='card'.*did you mean 'cards'"):
        grades([1], "card")


def test_buckets_are_named_in_order():
    assert BUCKETS == ("M0", "M1", "M2", "M3", "M4", "M5", "M6", "M6+", "paid")
