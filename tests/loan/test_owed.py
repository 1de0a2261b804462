"""What is owed on a day, worked out by hand, and against the rows that settle it."""

import numpy as np
import pytest

import jiebei as jb
from tests.golden.cases_history import HISTORIES, PAID
from tests.helpers.in_fen import built

LOAN = jb.Loan(12_000, daily_rate=0.0004, months=3, start="2026-12-01")


def test_three_months_late_with_two_part_payments() -> None:
    """The sums stand above tests/golden/history_three_months_late.csv."""
    name = "history_three_months_late"
    loan, (_, paid, today) = built(HISTORIES[name][0]), PAID[name]
    now = loan.with_history(paid, as_of=today).owed(today)
    assert (now.total, now.principal, now.interest, now.penalty, now.fee) == (
        (8_065.16, 7_854.81, 129.60, 80.75, 0.0)
    )
    assert (now.overdue, now.overdue_principal, now.overdue_interest) == (
        (6_057.96, 5_854.81, 122.40)
    )
    assert (now.overdue_penalty, now.overdue_fee, now.due) == (80.75, 0.0, 0.0)
    assert (now.since, now.days_late) == (np.datetime64("2027-03-01"), 70)
    assert (now.first_missed, now.days_in_arrears) == (np.datetime64("2027-02-01"), 98)
    settled = loan.with_history([*paid, (today, now.total)])
    assert settled.summary().payoff_date == np.datetime64(today)
    caught_up = loan.with_history([*paid, (today, now.overdue)])
    assert caught_up.owed(today).overdue == 0
    assert caught_up.owed(today).total == pytest.approx(2_007.20)


def test_on_time_nothing_is_overdue_and_what_falls_due_that_day_counts_as_paid() -> None:
    now = LOAN.owed("2027-01-01")  # 12,000 less 4,098.01 of which 148.80 are interest
    assert (now.total, now.principal, now.due, now.overdue) == (8_050.79, 8_050.79, 4_098.01, 0)
    assert np.isnat(now.since)
    assert np.isnat(now.first_missed)
    later = LOAN.owed(41)  # ten days: 8,050.79 x 0.04 % x 10 days = 32.20
    assert (later.total, later.interest, later.due) == (8_082.99, 32.20, 0.0)


def test_fees_and_the_least_day_are_in_it() -> None:
    loan = LOAN.but(prepay_fee_rate=0.01, instalment_fee=5.0)
    assert loan.owed(0).total == 12_000 + 4.80 + 120
    late = loan.miss(1).owed("2027-01-02")
    assert (late.overdue_fee, late.fee) == (5.0, 85.51)  # 1 % of 8,050.79 is 80.51


def test_what_is_decided_later_does_not_count() -> None:
    now = LOAN.owed("2027-01-15")
    for later in (
        LOAN.prepay(1_000, on="2027-01-20"),
        LOAN.miss(2, times=2),
        LOAN.pay_late(2, days=60),
        LOAN.reprice(0.0006, on="2027-01-15"),
        LOAN.settle(on="2027-01-16"),
    ):
        assert later.owed("2027-01-15") == now
    assert LOAN.prepay(1_000, on="2027-01-15").owed("2027-01-15").principal == 7_050.79


def test_once_paid_off_nothing_is_owed() -> None:
    for day in ("2027-03-01", "2027-05-01"):
        now = LOAN.owed(day)
        assert (now.total, now.overdue, now.days_late, now.principal) == (0, 0, 0, 0)


def test_a_missed_instalment_is_overdue_from_its_own_day_on() -> None:
    now = LOAN.miss(1).owed("2027-01-01")
    assert (now.overdue, now.days_late, now.since) == (4_098.01, 0, np.datetime64("2027-01-01"))
    whole = LOAN.but(accelerate_after=30).miss(1, times=3)
    assert whole.owed("2027-02-20").overdue == whole.owed("2027-02-20").total


def test_a_single_fen_may_be_overdue() -> None:
    now = LOAN.miss(1).pay(4_098.0, on="2027-01-01").owed("2027-01-01")
    assert (now.overdue, now.overdue_principal, now.total) == (0.01, 0.01, 8_050.80)


def test_what_cannot_be_asked_is_said_in_words() -> None:
    with pytest.raises(jb.JiebeiError, match=r"on=2026-11-30: that is before the drawdown"):
        LOAN.owed("2026-11-30")
    with pytest.raises(jb.JiebeiError, match=r"^a loan of 2 scenarios: owed\(\) answers for one"):
        LOAN.but(months=[3, 6]).owed(5)
    with pytest.raises(jb.JiebeiError, match=r"^on=None: give a date"):
        LOAN.owed(None)
