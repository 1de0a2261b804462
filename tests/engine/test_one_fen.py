"""A single fen counts: owed, overdue, repaid early, or let off; figures worked out by hand."""

import numpy as np

import jiebei as jb

START = "2026-12-01"
HUNDRED = jb.Loan(100, daily_rate=0.0, months=2, start=START)
TEN_THOUSAND = jb.Loan(10_000, daily_rate=0.0005, months=1, start=START)  # 5.00 a day


def test_one_fen_that_is_missed_is_overdue_until_it_is_paid():
    missed = jb.Loan(0.01, daily_rate=0.0, months=1, start=START).miss(1)
    assert missed.summary().arrears == 0.01
    paid = missed.pay(0.01, on="2027-01-10").summary()
    assert (paid.principal, paid.arrears) == (0.01, 0.0)


def test_one_fen_is_owed_on_after_the_loan_beside_it_has_ended():
    """Of one fen in six parts each is rounded to nothing: all of it falls due with the last."""
    both = jb.Loan([100, 0.01], daily_rate=0.0, months=[1, 6], start=START)
    assert both.summary().principal.tolist() == [100.0, 0.01]


def test_one_fen_is_owed_on_while_its_neighbour_owes_nothing_but_arrears():
    """Rounded up, its interest is a fen for 31 days, and another one for nine."""
    terms = {"daily_rate": 0.0004, "method": "interest_only", "rounding": "up", "start": START}
    both = jb.Loan([100, 0.01], months=[1, 3], **terms).miss([1, 0])
    assert both.settle(on="2027-01-10").summary().interest[1] == 0.02


def test_one_fen_on_top_is_repaid_early():
    """49.99 are left to the last instalment: half of 99.99 is rounded up."""
    flows = HUNDRED.pay_extra(0.01, on=5).cashflows(["event", "principal"])
    wanted = {"draw": [0.0], "prepayment": [0.01], "instalment": [50.0, 49.99]}
    assert flows.groupby("event")["principal"].agg(list).to_dict() == wanted


def test_instalments_that_carry_no_principal_are_as_many_after_a_prepayment():
    """Of 7 fen in 24 parts each is rounded to nothing; of the 6 that are left nothing is sooner."""
    small = jb.Loan(0.07, daily_rate=0.0, months=24, start=START)
    shortened = small.prepay(0.01, on=5, then="shorten").summary()
    assert str(shortened.payoff_date) == "2028-12-01"


def test_a_prepayment_that_owes_no_interest_takes_nothing_off_what_a_coupon_lets_off():
    """A day of one fen is nothing, twice; the first instalment uses up all five yuan."""
    capped = TEN_THOUSAND.coupon(100, cap=5).prepay(0.01, on=1).prepay(0.01, on=1)
    assert capped.summary().waived == 5.0


def test_a_loan_that_still_owes_one_fen_has_no_end_and_no_rate():
    """10,155.00 fall due after 31 days."""
    total = TEN_THOUSAND.miss(1).pay([10_154.99, 10_155.0], on="2027-01-01").summary()
    assert total.arrears.tolist() == [0.01, 0.0]
    assert np.isnat(total.payoff_date).tolist() == [True, False]
    assert np.isnan(total.effective_rate).tolist() == [True, False]
    assert (total.reason == 6).tolist() == [True, False]
