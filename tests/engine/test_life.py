"""Whatever happens to a loan: against the reference, and what then always holds; in whole fen."""

import re
from collections import Counter
from dataclasses import fields
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

import jiebei as jb
from jiebei.loan.cashflows import COLUMNS
from tests.helpers.in_fen import built, in_fen, rows_in_fen
from tests.helpers.sequences import lives
from tests.reference import Row

NAMES = [each.name for each in fields(Row)]
LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
MIXED = "another coupon"  # the one case that the package refuses and the reference works out


def refusal(strategy: Any) -> str:
    """Return the words in which the package refuses a strategy; none if it does not."""
    try:
        strategy.cashflows(["closing"])
    except jb.JiebeiError as error:
        return str(error)
    return ""


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("seed", range(4))
def test_random_lives_are_those_of_the_reference(seed):
    met = Counter[str]()
    for loan, chain, rows in lives(300, seed):
        strategy = built(loan, chain)
        words = refusal(strategy)
        if MIXED in words:
            continue
        assert bool(words) == (rows is None), f"{words} {loan} {chain}"
        if rows is not None:
            theirs = [tuple(getattr(row, name) for name in NAMES) for row in rows]
            assert rows_in_fen(strategy, NAMES) == theirs, f"{loan} {chain}"
            met.update(row.event for row in rows)
    assert len(met) >= 10, met


def test_random_lives_keep_the_contract_of_the_columns():
    seen = Counter[str]()
    for loan, chain, rows in lives(250, seed=11):
        strategy = built(loan, chain)
        if rows is None or refusal(strategy):
            continue
        check_contract(in_fen(strategy.cashflows(list(COLUMNS))))
        check_summary(strategy)
        seen.update(name for name, _ in chain)
    assert len(seen) == 11, seen


def check_contract(frame: pd.DataFrame) -> None:
    """Check what holds on every row, for a loan that is closed or left open."""
    parts = frame["interest"] + frame["penalty"] + frame["fee"] + frame["principal"]
    assert (frame["payment"] == parts).all()
    moved = frame["drawn"] + frame["capitalised"] - frame["principal"] - frame["waived_principal"]
    assert (frame["closing"] == frame["opening"] + moved).all()
    assert (frame["opening"][1:].to_numpy() == frame["closing"][:-1].to_numpy()).all()
    before = frame["arrears"].shift(fill_value=0)
    assert (frame["arrears"] == before + frame["due"] - frame["payment"]).all()
    assert (frame["capitalised"] >= frame["capitalised_penalty"] + frame["capitalised_fee"]).all()
    money = frame.drop(columns=["loan", "date", "event", "status", "due"])
    assert (money >= 0).all(axis=None)
    assert (frame["payoff"] >= frame["closing"]).all()
    last = frame.iloc[-1]
    if last["closing"] or last["arrears"]:  # left open: the status says so, and someone is late
        assert last["status"] in ("overdue", "in grace", "non-accrual")
    else:
        assert last["status"] in ("closed", "settled")
        assert last["payoff"] == 0
        came = frame["drawn"].sum() + frame["capitalised"].sum()
        assert frame["principal"].sum() + frame["waived_principal"].sum() == came


def check_summary(strategy: Any) -> None:
    """Check the totals against the frame."""
    total, frame = strategy.summary(), in_fen(strategy.cashflows(list(COLUMNS)))
    added = frame.sum(numeric_only=True)
    assert round(total.total_paid * 100) == added["payment"]
    joined = added[["capitalised_penalty", "capitalised_fee"]]
    assert round(total.interest * 100) == added["interest"] + added["capitalised"] - joined.sum()
    assert round(total.penalty * 100) == added["penalty"] + added["capitalised_penalty"]
    assert round(total.fee * 100) == added["fee"] + added["capitalised_fee"]
    assert round(total.principal * 100) == added["principal"] - added["capitalised"]
    four = total.interest + total.penalty + total.fee + total.principal
    assert round(four * 100) == round(total.total_paid * 100)
    waived = added[["waived_interest", "waived_penalty", "waived_principal"]].sum()
    assert round(total.waived * 100) == waived
    assert total.days_late == frame["days_late"].max()
    assert round(total.arrears * 100) == frame["arrears"].iloc[-1]
    assert np.isnat(total.payoff_date) == (total.arrears > 0)
    if total.arrears > 0:
        assert np.isnan(total.effective_rate)
        assert total.reason == 6
    held = frame["date"].diff().dt.days.fillna(0) * frame["opening"]
    assert total.yuan_days == pytest.approx(held.sum() / 100, abs=1e-6)


def test_lives_in_an_array_are_the_same_lives():
    """Every decision at once: each scenario takes one of them, the others are not taken."""
    strategies = [
        LOAN.miss(3),
        LOAN.pay_late(3, 45),
        LOAN.miss(3).pay(2_000, on=100),
        LOAN.defer(3, on=40, interest="capitalised"),
        LOAN.defer(2, on=60, interest="waived"),
        LOAN.reprice(0.0003, on=50),
        LOAN.miss(2).restructure(24, on=70, waive=1.0, daily_rate=0.0, haircut=0.1),
        LOAN.coupon(instalments=3, off=0.5, cap=200),
        LOAN,
    ]
    place = np.arange(len(strategies))
    nat = np.datetime64("NaT")

    def on(*which: int, day: int) -> Any:
        return np.where(np.isin(place, which), np.datetime64("2026-12-01") + day, nat)

    together = (
        LOAN.miss(np.select([np.isin(place, [0, 2]), place == 6], [3, 2], 0))
        .pay_late(3, np.where(place == 1, 45, 0))
        .pay(np.where(place == 2, 2_000, 0), on=100)
        .defer(np.where(place == 3, 3, 0), on=40, interest="capitalised")
        .defer(np.where(place == 4, 2, 0), on=60, interest="waived")
        .reprice(0.0003, on=on(5, day=50))
        .restructure(24, on=on(6, day=70), waive=1.0, daily_rate=0.0, haircut=0.1)
        .coupon(instalments=np.where(place == 7, 3, 0), off=0.5, cap=200)
    )
    frame = together.cashflows(list(COLUMNS))
    for number, each in enumerate(strategies):
        mine = frame[frame["loan"] == number].drop(columns="loan").reset_index(drop=True)
        alone = each.cashflows(list(COLUMNS)).drop(columns="loan")
        pd.testing.assert_frame_equal(mine, alone)


def test_a_large_array_of_late_loans_is_its_scalars():
    pick = np.random.default_rng(3)
    size = 9_000  # more than a block
    number, days = pick.integers(0, 13, size), pick.integers(0, 100, size)
    together = LOAN.pay_late(number, days).summary()
    for scenario in pick.integers(0, size, 40):
        alone = LOAN.pay_late(int(number[scenario]), int(days[scenario])).summary()
        for name in ("total_paid", "penalty", "days_late", "payoff_date", "largest_payment"):
            assert getattr(together, name)[scenario] == getattr(alone, name)


# ---- what holds for everyone ---------------------------------------------------------------------


def test_paying_later_never_costs_less():
    for method in ("equal_instalment", "interest_only", "equal_principal"):
        loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01", method=method)
        penalty = loan.pay_late(3, np.arange(0, 260)).summary().penalty
        assert (np.diff(penalty) >= 0).all()
        assert penalty[0] == 0
        assert penalty[-1] > 0


def test_interest_let_off_at_the_same_maturity_never_costs_more():
    days = np.arange(0, 400, 7)
    for method in ("equal_instalment", "interest_only", "bullet"):
        loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01", method=method)
        total = loan.coupon(days).summary()
        assert (np.diff(total.total_paid) <= 0).all()
        assert total.total_paid + total.waived == pytest.approx(loan.summary().total_paid)


def test_within_the_grace_days_paying_late_costs_nothing():
    loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01", grace_days=3)
    total = loan.pay_late(2, [1, 3, 4]).summary()
    as_agreed = loan.summary().total_paid
    assert total.total_paid[:2].tolist() == [as_agreed, as_agreed]
    # Later than that, the penalty is that of all days: 4,503.11 x 0.06 % x 4 days.
    assert round(float(total.total_paid[2] - as_agreed), 2) == 10.81


def test_two_payments_on_one_day_are_one_of_the_sum():
    late = LOAN.miss(3, times=2)
    one = late.pay(5_000, on="2027-04-10")
    two = late.pay(1_234.56, on="2027-04-10").pay(3_765.44, on="2027-04-10")
    after = [each.cashflows(list(COLUMNS)).iloc[-8:].reset_index(drop=True) for each in (one, two)]
    pd.testing.assert_frame_equal(*after)
    sums = [
        each.cashflows()[each.cashflows()["date"] == "2027-04-10"].sum(numeric_only=True)
        for each in (one, two)
    ]
    for name in ("interest", "penalty", "fee", "principal"):
        assert sums[0][name] == pytest.approx(sums[1][name], abs=0.005)


def test_decisions_on_different_dates_do_not_care_about_the_order_of_the_chain():
    one = LOAN.miss(2).pay(1_000, on=70).defer(2, on=150, interest="billed").reprice(0.0003, on=200)
    two = LOAN.reprice(0.0003, on=200).defer(2, on=150, interest="billed").pay(1_000, on=70).miss(2)
    pd.testing.assert_frame_equal(one.cashflows(list(COLUMNS)), two.cashflows(list(COLUMNS)))


def test_what_settles_a_late_loan_is_what_settling_takes():
    late = LOAN.miss(3, times=2)
    for day in ("2027-03-01", "2027-03-15", "2027-04-01", "2027-04-20"):
        settled = late.settle(on=day).cashflows(["date", "payment", "status", "event"])
        assert settled["status"].iloc[-1] == "settled"
        shown = late.pay(0.01, on=day).cashflows(["date", "event", "payoff"])
        row = shown[(shown["date"] == day) & (shown["event"] == "late payment")].iloc[0]
        assert settled["payment"].iloc[-1] == pytest.approx(row["payoff"] + 0.01)


def test_a_loan_left_open_has_no_end_and_says_why():
    total = LOAN.miss(12).summary()
    assert np.isnat(total.payoff_date)
    assert np.isnan(total.effective_rate)
    assert total.arrears == LOAN.cashflows()["payment"].iloc[-1]
    with pytest.raises(jb.JiebeiError, match=r"^strategy 'open' still owes 4,503\.1\d in arrears"):
        jb.compare({"as agreed": LOAN, "open": LOAN.miss(12)})


def test_the_state_of_a_loan_in_words():
    loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01", grace_days=5)
    frame = loan.miss(2, times=4).pay(10, on="2027-02-04").pay(10, on="2027-02-20")
    frame = frame.restructure(6, on="2027-06-15").settle(on="2027-08-20")
    found = frame.cashflows(["date", "days_late", "status"]).set_index("date")
    assert found["status"].to_list() == [
        "on time",
        "on time",
        "in grace",
        "in grace",
        "overdue",
        "overdue",
        "overdue",
        "overdue",
        "on time",  # the instalment of June is paid, and collects what was overdue
        "negotiated",
        "negotiated",
        "negotiated",
        "settled",
    ]
    assert found["days_late"].to_list()[2:9] == [0, 3, 19, 28, 59, 89, 120]
    assert "non-accrual" in loan.miss(2, times=6).cashflows(["status"])["status"].to_list()


def test_a_line_is_late_as_its_loans_are():
    line = LOAN.miss(2).reborrow(10_000, on="2027-03-01", months=6).pay_late(2, days=10)
    parts = [each.summary() for each in line.loans]
    assert line.summary().penalty == pytest.approx(sum(each.penalty for each in parts))
    assert line.summary().days_late == max(each.days_late for each in parts)


def test_a_loan_that_is_not_taken_leaves_no_row_even_where_only_one_is():
    """Of two lines each has a loan and perhaps another: the last of the four is not taken."""
    lines = LOAN.reborrow([100, 0], on=5, months=1)
    assert lines.cashflows(["loan"])["loan"].unique().tolist() == [0, 1, 2]


# ---- what makes no sense -------------------------------------------------------------------------

BULLET = jb.Loan(9_000, daily_rate=0.0004, days=30, method="bullet", start="2026-12-01")
THIRTY = jb.Loan(9_000, daily_rate=0.0004, months=6, start="2026-12-01", day_count="thirty")
SAYS = [
    (lambda: LOAN.miss(3).prepay(100, on="2027-03-05").summary(), "4,513.92 is overdue that day"),
    (lambda: LOAN.pay(100, on="2027-03-05").summary(), "nothing is overdue that day"),
    (lambda: LOAN.miss(13).summary(), "the loan ends with instalment 12"),
    (lambda: LOAN.pay_late(13, days=2).summary(), "the loan ends with instalment 12"),
    (lambda: BULLET.defer(1, on=5).summary(), "this loan is repaid once"),
    (lambda: LOAN.defer(3, on=5, interest="billed").defer(1, on=9).summary(), "already running"),
    (lambda: LOAN.miss(12).defer(1, on="2027-12-20").summary(), "no instalment lies ahead"),
    (lambda: LOAN.miss(12).reprice(0, on="2027-12-20").summary(), "no instalment lies ahead"),
    (lambda: LOAN.miss(12).coupon(9, on="2027-12-20").summary(), "no instalment lies ahead"),
    (lambda: THIRTY.defer(days=9, on=5, interest="billed").summary(), "counted in months"),
    (lambda: LOAN.defer(on=5), "give months= or days="),
    (lambda: LOAN.defer(1, days=1, on=5), "not both"),
    (lambda: LOAN.defer(days=1, on=5), "counted in months"),
    (lambda: LOAN.restructure(6, on=5, down=60_000).summary(), "only 50,100.00 is owed"),
    (lambda: LOAN.restructure(0, on=5, down=5), "leave down out"),
    (lambda: LOAN.coupon(), "days= or for instalments="),
    (lambda: LOAN.coupon(5, instalments=2), "not both"),
    (lambda: LOAN.coupon(9, cap=5).coupon(9, on=12).summary(), MIXED),
    (lambda: LOAN.miss(1.5), "a whole number from 0 to 600"),
    (lambda: LOAN.pay_late(1, days=-1), "a whole number from 0 to 3650"),
    (lambda: jb.horizon(LOAN.miss(12)), "the strategy still owes"),
    (lambda: jb.Loan(9, daily_rate=0, months=1, start="2026-12-01", grace_days=31), "0 to 30"),
    (lambda: jb.Loan(9, daily_rate=0, months=1, start="2026-12-01", penalty_multiple=3), "0 to 2"),
]


@pytest.mark.parametrize(("act", "words"), SAYS, ids=[words for _, words in SAYS])
def test_what_makes_no_sense_is_refused_in_words(act, words):
    with pytest.raises(jb.JiebeiError, match=re.escape(words)):
        act()


def test_a_due_day_at_the_end_of_the_month_stays_there_however_often_it_is_put_off():
    """Due on 31 January, then on 28 February, then on 31 March; a day later it is another one."""
    loan = jb.Loan(9_000, daily_rate=0.0004, months=1, method="bullet", start="2026-12-31")
    assert str(loan.extend(1, on=5).extend(1, on=10).summary().payoff_date) == "2027-03-31"
    later = loan.but(start="2026-12-15").extend(days=1, on=5).extend(1, on=10)
    assert str(later.summary().payoff_date) == "2027-02-16"


def test_a_coupon_on_a_part_of_the_principal_leaves_alone_what_is_repaid_of_the_rest():
    """Half a fen is rounded up: 12.50 x 0.04 % is 0.005, of which nothing is let off."""
    repaid = LOAN.coupon(30, principal=100).prepay(12.50, on=1)
    flows = repaid.cashflows(["event", "interest", "waived_interest"]).set_index("event")
    assert flows.loc["prepayment"].tolist() == [0.01, 0.0]


def test_the_last_day_on_which_a_coupon_works():
    """Interest of the day of expiry is let off; from the day after it runs."""
    week = jb.Loan(10_000, daily_rate=0.0005, days=10, method="bullet", start="2026-12-01")
    assert week.coupon(30, expires=date(2026, 12, 3)).summary().interest == 35.0
    assert week.coupon(expires="2026-12-03").summary().interest == 35.0
