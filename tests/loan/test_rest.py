"""The rest of a loan, as if drawn on its last due day: the same to the fen, or refused in words."""

import random

import numpy as np
import pandas as pd
import pytest

import jiebei as jb
from jiebei.loan.cashflows import COLUMNS
from tests.helpers.in_fen import built, in_fen
from tests.helpers.sequences import some_decision, some_loan

LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
OTHERWISE = ("coupon", "defer")  # what goes on after a due day


def after(strategy: jb.Loan, day: str) -> pd.DataFrame:
    """Return what follows after a day."""
    frame = in_fen(strategy.cashflows(list(COLUMNS)))
    return frame[frame["date"] > day].reset_index(drop=True)


def test_the_rest_of_any_life_is_the_same_or_refused() -> None:
    pick, same, refused = random.Random(8), 0, 0
    while same < 80:
        loan = some_loan(pick)
        chain = [some_decision(pick, loan) for _ in range(pick.choice((0, 1, 2, 3)))]
        try:
            whole = built(loan, chain)
            dates = whole.cashflows(["date"])["date"]
        except jb.JiebeiError:
            continue
        today = pick.randint(0, (dates.iloc[-1] - dates.iloc[0]).days)
        if whole.owed(today).total == 0:
            continue
        try:
            rest = whole.rest(today)
        except jb.JiebeiError:
            assert {name for name, _ in chain} & {*OTHERWISE, "restructure"}, (loan, chain, today)
            refused += 1
            continue
        start = np.datetime64(int(rest.terms["start"]), "D")
        if rest is not whole:
            ours, theirs = after(rest, start), after(whole, start)
            if "restructure" in dict(chain):  # a new plan, seen from later, is the plan
                ours, theirs = ours.drop(columns="status"), theirs.drop(columns="status")
            pd.testing.assert_frame_equal(ours, theirs)
            same += 1
    assert refused < same / 4


def test_what_was_missed_since_stays_missed() -> None:
    late = LOAN.miss(2).miss(5, times=2).pay(1_000, on="2027-06-11")
    rest = late.rest("2027-06-20")  # the fourth instalment, of April, was the last one paid
    assert repr(rest).endswith("8 months, equal_instalment, from 2027-04-01, running, miss, pay)")
    assert rest.owed("2027-06-20") == late.owed("2027-06-20")


def test_what_is_repaid_early_since_stays() -> None:
    early = LOAN.prepay(5_000, on="2027-03-01").prepay(1_000, on="2027-03-11", then="shorten")
    rest = early.rest("2027-03-20")
    assert repr(rest).endswith("from 2027-03-01, running, prepay, prepay)")
    pd.testing.assert_frame_equal(after(rest, "2027-03-01"), after(early, "2027-03-01"))


def test_before_the_first_due_day_it_is_the_loan_itself() -> None:
    assert LOAN.rest("2026-12-31") is LOAN
    assert LOAN.miss(1).rest("2027-01-05").shape == ()
    week = jb.Loan(5_000, daily_rate=0.0005, days=7, method="bullet", start="2027-01-28")
    assert week.rest(3) is week


def test_what_cannot_be_is_said_in_words() -> None:
    with pytest.raises(
        jb.JiebeiError, match=r"^on=2028-01-01: the loan was paid off on 2027-12-01"
    ):
        LOAN.rest("2028-01-01")
    with pytest.raises(jb.JiebeiError, match=r"^a loan of 2 scenarios: rest\(\) answers for one"):
        LOAN.but(months=[3, 6]).rest(5)
    with pytest.raises(jb.JiebeiError, match=r"^what was agreed before 2027-03-01 \(a coupon"):
        LOAN.coupon(200).rest("2027-03-05")
    with pytest.raises(jb.JiebeiError, match=r"^on=None: give a date"):
        LOAN.rest(None)


def test_a_plan_of_that_very_day_keeps_its_residual() -> None:
    terms = {"method": "interest_then_equal", "interest_only_months": 1, "residual": "first"}
    loan = LOAN.but(**terms)
    rest = loan.rest("2027-01-10")  # the equal part begins after the due day of January
    pd.testing.assert_frame_equal(after(rest, "2027-01-01"), after(loan, "2027-01-01"))


def test_an_instalment_of_nothing_that_was_missed_still_waits() -> None:
    free = jb.Loan(1_000, daily_rate=0.0, months=4, method="interest_only", start="2028-02-29")
    late = free.pay_late(2, days=120)
    rest = late.rest("2028-08-05")  # the principal of June is paid 120 days after April
    pd.testing.assert_frame_equal(after(rest, "2028-03-29"), after(late, "2028-03-29"))
