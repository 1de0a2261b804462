"""What the reader did not type is fitted to the loan that he did; what he typed never is."""

from typing import Any

import pytest

import jiebei as jb
from jiebei.language.errors import JiebeiError
from jiebei.notebook import fit

CELL: dict[str, Any] = {
    "daily_rate": 0.0004,
    "repay_amount": 20_000,
    "repay_on": "2027-03-01",
    "reborrow_amount": 20_000,
    "reborrow_on": "2027-06-01",
    "reborrow_months": 6,
    "reborrow_rate": 0.0004,
}
START = "2026-12-01"
TERMS = {"daily_rate": 0.0004, "months": 12, "start": START}
HERS = jb.Loan(30_000, daily_rate=0.00045, months=12, start="2026-07-10")
LONG_AGO = jb.Loan(30_000, daily_rate=0.00045, months=12, start="2020-01-31")


def fitted(loan: jb.Loan, **typed: Any) -> fit.Fit:
    mine = fit.begin({**CELL, "daily_rate": float(loan.daily_rate)} | typed, CELL)
    return fit.again(fit.repayment(mine, loan), loan)


def test_what_fits_stays_and_nothing_is_said() -> None:
    mine = fitted(jb.Loan(50_000, **TERMS))
    assert mine.taken == {}
    assert mine.said is None
    assert mine.repay_amount == 20_000


def test_a_part_of_what_is_owed_is_taken_and_said() -> None:
    """On 2027-03-01 13,113.29 is owed: the largest round sum within half of it."""
    mine = fitted(HERS)
    assert mine.taken == {"repay_amount": 5_000, "reborrow_amount": 5_000, "reborrow_rate": 0.00045}
    assert "repay_amount = 5_000, reborrow_amount = 5_000, reborrow_rate = 0.00045" in str(
        mine.said
    )
    jb.use("zh")
    assert "例子里的数字不适合您这笔借款" in str(mine.said)


def test_days_are_taken_from_the_middle_of_the_loan_in_their_order() -> None:
    mine = fitted(LONG_AGO)
    assert "2020-01-31" < mine.repay_on < mine.reborrow_on < "2021-01-31"
    assert mine.repay_on == "2020-07-31"


@pytest.mark.parametrize(
    ("loan", "typed", "match"),
    [
        (HERS, {"repay_amount": 60_000}, r"repay_amount=60,000: on 2027-03-01 only ¥13,113\.29"),
        (HERS, {"repay_on": "2028-01-01"}, r"repay_on=2028-01-01: the loan runs from 2026-07-10"),
        (HERS, {"reborrow_on": "2026-01-01"}, r"reborrow_on=2026-01-01: the loan runs from"),
    ],
)
def test_what_was_typed_is_refused_under_its_name(loan: jb.Loan, typed: Any, match: str) -> None:
    with pytest.raises(JiebeiError, match=match):
        fitted(loan, **typed)


def test_a_typed_amount_moves_a_day_that_was_not() -> None:
    """Of 15,000 the example's day leaves too little: the last due day on which so much is owed."""
    mine = fitted(HERS, repay_amount=15_000)
    assert (mine.repay_amount, mine.repay_on) == (15_000, "2027-01-10")
    with pytest.raises(JiebeiError, match="repay_amount=15,000: on 2027-03-15 only"):
        fitted(HERS, repay_amount=15_000, repay_on="2027-03-15")


def test_six_and_six_is_borrowed_again_over_more_than_six_months() -> None:
    loan = jb.Loan(50_000, method="interest_then_equal", **TERMS)
    assert fitted(loan).reborrow_months == 12
    assert fitted(loan, reborrow_months=9).reborrow_months == 9
    with pytest.raises(JiebeiError, match=r"^reborrow_months=3: .* 6 instalments .* 7 or more"):
        fitted(loan, reborrow_months=3)


@pytest.mark.parametrize(
    ("typed", "taken"), [(3, 1), (1, 1)], ids=["not typed", "not typed, and in range"]
)
def test_a_number_is_at_most_what_there_is(typed: int, taken: int) -> None:
    mine = fit.begin({"late_instalment": typed}, {"late_instalment": typed})
    assert mine.number("late_instalment", most=1, least=1).late_instalment == taken


def test_a_typed_number_is_left_to_who_uses_it() -> None:
    mine = fit.begin({"late_instalment": 9}, {"late_instalment": 3}).number("late_instalment", 1, 1)
    assert mine.late_instalment == 9


def test_a_sentence_on_what_is_left_out_is_kept() -> None:
    mine = fit.begin({}, {}).leave_out("One way is left out.")
    assert str(mine.said) == "One way is left out."


def test_an_unknown_parameter_is_no_attribute() -> None:
    with pytest.raises(AttributeError):
        _ = fit.begin({}, {}).repay_on
