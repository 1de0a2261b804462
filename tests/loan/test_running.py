"""What is left of a loan, entered by itself: the same rest as the whole loan, to the fen."""

import random
from typing import Any

import numpy as np
import pandas as pd
import pytest

import jiebei as jb
from jiebei.loan.cashflows import COLUMNS
from tests.helpers.in_fen import built, in_fen
from tests.helpers.sequences import some_decision, some_loan

AFTER = ["prepay", "pay_extra", "settle", "reprice"]  # come after the instalment of their day
NOT_LEFT = ("principal", "start", "months", "interest_only_months", "due_day", "month_end")
LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")


def rest(strategy: Any, after: Any) -> pd.DataFrame:
    """Return what follows after a day."""
    frame = in_fen(strategy.cashflows(list(COLUMNS)))
    return frame[frame["date"] > after].reset_index(drop=True)


def left_of(loan: dict[str, Any], chain: Any, paid: int) -> tuple[dict[str, Any], Any]:
    """Return what the app shows of a loan before its next instalment, and the last day behind."""
    frame = built(loan, chain).cashflows(["date", "event", "interest", "principal", "closing"])
    due = frame[frame["event"] == "instalment"]
    last, coming = due.iloc[paid - 1], due.iloc[paid:]
    until = frame[frame["date"] < coming["date"].iloc[0]].iloc[-1]
    left = {name: each for name, each in loan.items() if name not in NOT_LEFT}
    left |= {"principal": until["closing"], "instalments": len(coming), "last_due": last["date"]}
    left |= {"next_due": coming["date"].iloc[0]}
    only = max(loan["interest_only_months"] - paid, 0)
    if loan["method"] == "interest_then_equal":
        left |= {"interest_only_months": only}
    if loan["method"] == "equal_principal":
        left |= {"instalment": coming["principal"].iloc[0]}
    elif loan["method"] == "equal_instalment" or (loan["method"] != "interest_only" and not only):
        left |= {"instalment": round(coming.iloc[0][["interest", "principal"]].sum(), 2)}
    return left, until["date"]


def shifted(decision: tuple[str, dict[str, Any]], loan: dict[str, Any], paid: int, day: Any) -> Any:
    """Return a decision after that day, as taken on the whole, and on what is left."""
    name, given = decision
    if "instalment" in given:
        number = paid + given["instalment"]
        return (name, given | {"instalment": number}), (name, given)
    on = np.datetime64(loan["start"]) + given["on"]
    first = day.to_datetime64().astype("M8[D]") + (name not in AFTER)
    given = given | {"on": max(on, first)}
    if "expires" in given:
        given["expires"] = max(np.datetime64(given["expires"]), given["on"])
    return (name, given), (name, given)


def test_the_rest_of_any_loan_is_that_of_the_whole() -> None:
    pick, checked = random.Random(3), 0
    while checked < 60:
        loan = some_loan(pick)
        rows = len(built(loan).cashflows(["date"])) - 1
        if loan["method"] == "bullet" or rows < 2:
            continue
        left, day = left_of(loan, [], pick.randint(1, rows - 1))
        running = jb.running(**left)
        pd.testing.assert_frame_equal(rest(running, day), rest(built(loan), day))
        checked += 1


def test_and_so_it_is_whatever_is_decided_then() -> None:
    pick, checked = random.Random(4), 0
    while checked < 60:
        loan = some_loan(pick)
        rows = len(built(loan).cashflows(["date"])) - 1
        if loan["method"] == "bullet" or rows < 2:
            continue
        paid = pick.randint(1, rows - 1)
        left, day = left_of(loan, [], paid)
        chain = [shifted(some_decision(pick, loan), loan, paid, day) for _ in range(2)]
        whole, running = built(loan, [each for each, _ in chain]), jb.running(**left)
        try:
            wanted = rest(whole, day)
        except jb.JiebeiError:
            continue
        for name, given in (each for _, each in chain):
            running = getattr(running, name)(**given)
        pd.testing.assert_frame_equal(rest(running, day), wanted)
        assert running.summary().payoff_date == whole.summary().payoff_date or np.isnat(
            whole.summary().payoff_date
        )
        checked += 1


@pytest.mark.parametrize("settles", ["part", "whole"])
@pytest.mark.parametrize("then", ["lower", "shorten"])
@pytest.mark.parametrize("count", ["actual", "both_ends", "thirty"])
def test_a_repayment_since_the_last_due_day_is_in_what_is_owed(settles, then, count) -> None:
    loan = {"principal": 50_000, "daily_rate": 0.00045, "months": 12, "start": "2027-01-31"}
    loan |= {"method": "equal_instalment", "interest_only_months": 1, "prepay_settles": settles}
    loan |= {"day_count": count}
    chain = [("prepay", {"amount": 9_000, "on": "2027-05-10", "then": then})]
    left, day = left_of(loan, chain, 3)
    paid_to = {"interest_paid_to": "2027-05-10"} if settles == "whole" else {}
    running = jb.running(**left, **paid_to)
    pd.testing.assert_frame_equal(rest(running, day), rest(built(loan, chain), day))


def test_the_last_due_day_itself_costs_no_interest() -> None:
    left = {"daily_rate": 0.0004, "instalments": 9, "last_due": "2027-03-01"}
    for count in ("actual", "both_ends", "thirty"):
        running = jb.running(38_155, **left, day_count=count)
        assert running.settle(on=0).summary().total_paid == 38_155
        assert running.settle(on=1).summary().interest == 15.26  # 38,155 x 0.04 %


def test_a_history_goes_on_from_it() -> None:
    left = {"daily_rate": 0.0004, "instalments": 9, "last_due": "2027-03-01"}
    now = jb.running(38_155, **left, instalment=4_503.11).with_history(
        [("2027-04-01", 4_503.11), ("2027-05-11", 1_000)], as_of="2027-05-20"
    )
    whole = LOAN.miss(5).pay(1_000, on="2027-05-11")
    assert now.owed("2027-05-20") == whole.owed("2027-05-20")


def test_many_are_entered_at_once() -> None:
    many = {"principal": [38_155, 20_000], "instalments": [9, 4], "instalment": [4_503.11, 5_152.8]}
    together = jb.running(daily_rate=0.0004, last_due="2027-03-01", **many)
    for place in range(2):
        one = {name: each[place] for name, each in many.items()}
        alone = jb.running(daily_rate=0.0004, last_due="2027-03-01", **one).summary()
        assert together.summary().interest[place] == alone.interest


def test_at_another_rate_or_sum_the_instalment_is_worked_out_anew() -> None:
    left = {"daily_rate": 0.0004, "instalments": 9, "last_due": "2027-03-01"}
    shown, anew = jb.running(38_155, **left, instalment=4_503.11), jb.running(38_155, **left)
    for other in ({"daily_rate": 0.0005}, {"principal": 30_000}):
        assert shown.but(**other).summary().instalment == anew.but(**other).summary().instalment


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"instalment": 450.31}, r"^instalment=450.31: that does not repay .* about 4,503.11 each"),
        ({"instalment": 5_503.11}, r"^instalment=5503.11: that does not repay"),
        ({"instalments": 8, "instalment": 4_503.11}, r"^instalment=4503.11: that does not repay"),
        ({"instalments": 0}, "^instalments=0"),
        ({"next_due": "2027-04-05"}, "^next_due=2027-04-05: .* is 2027-04-01"),
        ({"next_due": "2027-05-01"}, "^next_due=2027-05-01: .* is 2027-04-01"),
        ({"last_due": None}, "^last_due=None: give a date"),
        ({"last_due": 90}, "^last_due=90: give a date"),
        ({"interest_paid_to": "2027-04-01"}, "^interest_paid_to=2027-04-01: a day from"),
        ({"interest_paid_to": "2027-02-28"}, "^interest_paid_to=2027-02-28: a day from"),
        ({"method": "bullet"}, r"^a loan repaid once has no due day behind it"),
        ({"method": "interest_only", "instalment": 5}, "^instalment is what is kept equal"),
        ({"start": "2026-12-01"}, r"^running\(\) takes start from what is left"),
        ({"month_end": "clamp"}, r"^running\(\) takes month_end from what is left"),
        ({"shortest_first_period": 5}, r"^running\(\) takes shortest_first_period from what"),
        ({"last_due": ["2027-03-01", None]}, "^last_due=.*: give a date"),
        (
            {"last_due": ["2027-03-01"] * 2, "interest_paid_to": ["2027-03-05"] * 3},
            "^arrays of shapes .* do not fit together",
        ),
        ({"penalty": 2}, "^a loan has no argument 'penalty': did you mean 'penalty_on'"),
    ],
)
def test_what_cannot_be_left_is_refused_in_words(given: Any, words: str) -> None:
    left: dict[str, Any] = {"daily_rate": 0.0004, "instalments": 9, "last_due": "2027-03-01"}
    with pytest.raises(jb.JiebeiError, match=words):
        jb.running(38_155, **left | given)


def test_on_another_method_the_instalment_that_was_shown_is_none_of_it():
    """The rest of 38,155 by equal principal is 4,239.44 a month, not the 4,503.11 of before."""
    shown = {"daily_rate": 0.0004, "instalments": 9, "last_due": "2027-03-01"}
    level = jb.running(38_155, instalment=4_503.11, **shown)
    slices = level.but(method="equal_principal")
    assert slices.cashflows()["principal"].iloc[1] == 4_239.44
    assert level.but(method="equal_instalment") == level.but(months=9) == level
    assert (
        level.but(months=12)
        .cashflows()
        .equals(jb.running(38_155, **shown).but(months=12).cashflows())
    )


def test_the_last_instalment_takes_a_hundredth_and_a_yuan_more_at_most() -> None:
    """Without interest: 202 less 100.00 are 102.00, less 99.99 a fen too much."""
    left: dict[str, Any] = {"daily_rate": 0.0, "instalments": 2, "last_due": "2027-03-01"}
    last = jb.running(202, instalment=100, **left).cashflows(["payment"])["payment"].iloc[-1]
    assert last == 102
    with pytest.raises(jb.JiebeiError, match=r"^instalment=99.99: that does not repay"):
        jb.running(202, instalment=99.99, **left)


def test_interest_may_have_been_paid_to_the_last_due_day_itself() -> None:
    left: dict[str, Any] = {"daily_rate": 0.0004, "instalments": 9, "last_due": "2027-03-01"}
    same = jb.running(38_155, interest_paid_to="2027-03-01", **left)
    assert same == jb.running(38_155, **left)


def test_of_several_loans_the_wrong_one_is_told_what_it_takes() -> None:
    given: dict[str, Any] = {"daily_rate": 0.0004, "instalments": 10, "last_due": "2026-12-01"}
    right = [float(jb.running(each, **given).summary().instalment) for each in (9_000, 50_000)]
    with pytest.raises(jb.JiebeiError) as refused:
        jb.running([9_000, 50_000], instalment=[right[0], 100], **given)
    assert f"takes about {right[1]:,.2f} each" in str(refused.value)
