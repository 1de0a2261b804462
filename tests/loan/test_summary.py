"""What a loan comes to, against figures worked out by hand and against another library."""

from dataclasses import fields

import numpy as np
import pandas as pd
import pytest
import pyxirr

import jiebei as jb
from jiebei.value.rates import REASONS
from tests.helpers.populations import all_at_once, population

BULLET = jb.Loan(10_000, daily_rate=0.0004, days=365, method="bullet", start="2026-12-01")


def test_a_loan_of_a_year_repaid_once():
    total = BULLET.summary()
    assert (total.drawn, total.interest, total.total_paid) == (10_000, 1_460, 11_460)
    assert (total.fee, total.penalty, total.principal) == (0, 0, 10_000)
    assert total.instalment == total.largest_payment == 11_460
    assert total.payoff_date == np.datetime64("2027-12-01")
    assert total.days_in_debt == 365
    assert total.yuan_days == 3_650_000
    assert total.effective_rate == pytest.approx(0.146, rel=1e-12)
    assert total.reason == 0


def test_of_one_loan_it_holds_plain_numbers():
    kinds = {each.name: type(getattr(BULLET.summary(), each.name)) for each in fields(jb.Summary)}
    assert kinds.pop("payoff_date") is np.datetime64
    assert set(kinds.values()) == {float, int}


def test_fees_are_part_of_the_cost_and_of_the_effective_rate():
    loan = jb.Loan(
        10_000,
        daily_rate=0.0004,
        days=365,
        method="bullet",
        start="2026-12-01",
        drawdown_fee=100,
        prepay_fee_rate=0.01,
    )
    total = loan.extend(days=30, on=100, fee=20).settle(on=365).summary()
    assert total.fee == 220
    assert total.total_paid == 10_000 + 1_460 + 220
    # 10,000 - 100 drawn; 20 paid after 100 days; 11,560 after a year
    rate = total.effective_rate
    assert 20 * (1 + rate) ** (-100 / 365) + 11_560 / (1 + rate) == pytest.approx(9_900)


@pytest.mark.parametrize(
    ("loan", "reason"),
    [
        (BULLET.settle(on=0), "nothing_held"),
        (jb.Loan(0.01, daily_rate=0.0, days=1, method="bullet", start="2026-12-01"), ""),
    ],
)
def test_the_effective_rate_is_empty_with_a_reason(loan, reason):
    total = loan.summary()
    assert REASONS[total.reason] == reason
    assert np.isnan(total.effective_rate) == bool(reason)


def test_the_largest_payment_is_that_of_a_calendar_month():
    loan = jb.Loan(6_000, daily_rate=0.0, months=3, start="2026-12-20")
    total = loan.prepay(1_500, on="2027-02-01").prepay(1_000, on="2027-02-28").summary()
    # 2,000 in January; 1,500, an instalment of 1,250 and 1,000 in February; 250 in March
    assert total.largest_payment == 3_750
    assert total.instalment == 2_000


def test_the_largest_payment_of_a_line_adds_its_loans():
    loan = jb.Loan(6_000, daily_rate=0.0, months=3, start="2026-12-20")
    line = loan.reborrow(900, on="2027-01-04", months=3)
    # instalments of 2,000 on 20 January, February, March; of 300 on the same days
    total = line.summary()
    assert (total.drawn, total.largest_payment, total.instalment) == (6_900, 2_300, 2_000)
    assert total.days_in_debt == 90
    held = 6_000 * 31 + 4_000 * 31 + 2_000 * 28 + 900 * 16 + 600 * 31 + 300 * 28
    assert total.yuan_days == held


def test_a_loan_without_an_instalment_has_none():
    total = BULLET.settle(on=9).summary()
    assert (total.instalment, total.days_in_debt, total.interest) == (0, 9, 36)


def test_effective_rates_are_those_of_pyxirr():
    for kept, _, _ in population(2, seed=11):
        loans = all_at_once(kept)
        rates = loans.summary().effective_rate
        frame = loans.cashflows(["loan", "date", "drawn", "payment"])
        flows = frame.assign(cash=frame["drawn"] - frame["payment"]).groupby("loan")
        known = 0
        for number, each in flows:
            if np.isnan(rates[number]) or each["drawn"].max() < 100:
                continue
            wanted = pyxirr.xirr(each["date"].to_numpy(), each["cash"].to_numpy())
            assert rates[number] == pytest.approx(wanted, abs=1e-9)
            known += 1
        assert known > 50


def test_an_array_of_loans_is_summed_up_place_by_place():
    days = np.arange(0, 360, 40).reshape(3, 3)
    total = BULLET.settle(on=days).summary()
    for place in np.ndindex(3, 3):
        alone = BULLET.settle(on=int(days[place])).summary()
        for each in fields(jb.Summary):
            mine, wanted = getattr(total, each.name)[place], getattr(alone, each.name)
            assert mine == wanted or (np.isnan(mine) and np.isnan(wanted)), each.name


def test_what_is_overdue_at_the_end_is_that_of_the_last_day() -> None:
    """Of 9,000 in three instalments the first alone is paid."""
    loan = jb.Loan(9_000, daily_rate=0.0, months=3, start="2026-12-01")
    assert loan.with_history([("2027-01-01", 3_000)], as_of="2027-05-01").summary().arrears == 6_000
    assert loan.miss(1).summary().arrears == 0  # it is made up for later


def test_what_is_added_to_the_principal_or_let_off_counts_in_what_is_owed_over_the_days() -> None:
    """For ten days 10,000, which cost 40; then for 31 days with these, or half of it without."""
    loan = jb.Loan(10_000, daily_rate=0.0004, months=1, start="2026-12-01")
    more = loan.restructure(1, on="2026-12-11", daily_rate=0.0).summary()
    assert (more.capitalised, more.waived, more.interest, more.principal) == (40, 0, 40, 10_000)
    assert more.yuan_days == 10_000 * 10 + 10_040 * 31
    less = loan.restructure(
        1, on="2026-12-11", daily_rate=0.0, waive_interest=1.0, haircut=0.5
    ).summary()
    assert (less.capitalised, less.waived, less.interest, less.principal) == (0, 5_040, 0, 5_000)
    assert less.yuan_days == 10_000 * 10 + 5_000 * 31


def test_the_most_days_late_are_shown() -> None:
    loan = jb.Loan(9_000, daily_rate=0.0, months=3, start="2026-12-01")
    assert loan.pay_late([0, 1, 1], days=[5, 3, 20]).summary().days_late.tolist() == [0, 3, 20]
    assert loan.summary().days_late == 0


def test_the_day_of_the_payoff_is_a_day_of_a_table_and_empty_for_a_loan_left_open() -> None:
    loan = jb.Loan(9_000, daily_rate=0.0, months=3, start="2026-12-01").miss([0, 3])
    ends = loan.summary().to_frame()["payoff_date"]
    assert ends.dtype == "M8[s]"
    assert ends[0] == pd.Timestamp("2027-03-01")
    assert ends.isna().tolist() == [False, True]
