"""Goal-seek: against a trial of every single fen, and with the way out where there is no answer."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import jiebei as jb
from jiebei.compare.goals import (
    amount_to_be_free_by,
    amount_to_save,
    can_shorten,
    day_of,
    least,
    owed,
    seek_saving,
)
from jiebei.language.errors import JiebeiError
from tests.helpers.example import loan


def cost(each: jb.Loan) -> Any:
    total = each.summary()
    return np.rint((total.interest + total.fee) * 100).astype(np.int64)


SMALL = st.fixed_dictionaries(
    {
        "principal": st.integers(20, 90),
        "months": st.integers(2, 14),
        "daily_rate": st.integers(0, 60).map(lambda each: each / 1e5),
        "prepay_fee_rate": st.sampled_from([0.0, 0.0, 0.001, 0.01, 0.03]),
        "method": st.sampled_from(["equal_instalment", "equal_principal"]),
    }
)


@given(terms=SMALL, part=st.floats(0, 0.99), share=st.floats(0, 1.2), then=st.booleans())
def test_a_saving_against_every_fen(
    terms: dict[str, Any], part: float, share: float, then: bool
) -> None:
    small, on = loan(**terms), int(part * 28 * terms["months"])
    way = "shorten" if then else "lower"
    amounts = np.arange(owed(small, on) + 1) / 100
    saved = cost(small) - cost(small.prepay(amounts, on=on, then=way))
    goal = max(int(share * saved.max()), 1)
    found = seek_saving(small, on, goal / 100, way)
    hits = np.flatnonzero(saved >= goal)
    assert found.reached == bool(hits.size)
    if found.reached:
        assert round(found.amount * 100) == hits[0]
        assert amount_to_save(small, on, goal / 100, way) == found.amount
    else:
        assert round(found.value * 100) == saved.max()
        assert saved[round(found.amount * 100)] == saved.max()


@given(terms=SMALL, part=st.floats(0, 0.99), days=st.integers(0, 400))
def test_freedom_against_every_fen(terms: dict[str, Any], part: float, days: int) -> None:
    small, on = loan(**terms), int(part * 28 * terms["months"])
    amounts = np.arange(owed(small, on) + 1) / 100
    free = small.prepay(amounts, on=on, then="shorten").summary().payoff_date
    hits = np.flatnonzero(free <= np.datetime64("2026-12-01") + on + days)
    assert round(amount_to_be_free_by(small, on, on + days) * 100) == hits[0]


def test_a_fen_less_does_not_do() -> None:
    """A loan so large that the search takes several rounds."""
    big = loan(principal=3_000_000, months=60)
    amount = amount_to_be_free_by(big, "2027-03-01", "2028-06-01")
    ends = big.prepay([amount - 0.01, amount], on="2027-03-01", then="shorten").summary()
    assert list(ends.payoff_date.astype(str)) == ["2028-07-01", "2028-06-01"]
    saved = cost(big) - cost(
        big.prepay([amount_to_save(big, "2027-03-01", 100_000)], on="2027-03-01")
    )
    assert 10_000_000 <= saved[0] <= 10_000_010


def test_a_search_without_a_hit_ends_at_the_best() -> None:
    """A fee that eats the later savings: the most lies somewhere between nothing and all."""
    dear = loan(prepay_fee_rate=0.05)
    found = seek_saving(dear, "2027-03-01", 9_999, "shorten")
    tried = np.arange(0, 3_815_500, 50) / 100
    saved = cost(dear) - cost(dear.prepay(tried, on="2027-03-01", then="shorten"))
    assert not found.reached
    assert round(found.value * 100) >= saved.max() > 0
    assert abs(found.amount - tried[saved.argmax()]) < 100


def test_nothing_to_save_takes_nothing() -> None:
    assert amount_to_save(loan(), "2027-03-01", 0) == 0


def test_a_loan_that_ends_in_time_takes_nothing() -> None:
    assert amount_to_be_free_by(loan(), "2027-03-01", "2027-12-01") == 0
    assert amount_to_be_free_by(loan(), 90, 365) == 0


@pytest.mark.parametrize("method", ["interest_only", "bullet", "interest_then_equal"])
def test_without_an_instalment_to_keep_all_must_be_repaid(method: str) -> None:
    each = loan(method=method)
    assert not can_shorten(each, "2027-03-01")
    assert amount_to_be_free_by(each, "2027-03-01", "2027-08-01") == 50_000


def test_the_equal_part_can_be_shortened() -> None:
    each = loan(method="interest_then_equal")
    days = ["2027-05-31", "2027-06-01", "2027-06-02"]
    assert [can_shorten(each, day) for day in days] == [False, True, True]
    for day in days[1:]:  # what it says is what the engine accepts
        each.prepay(1_000, on=day, then="shorten").summary()
    with pytest.raises(JiebeiError, match="no instalment to keep"):
        each.prepay(1_000, on=days[0], then="shorten").summary()


def test_what_is_owed_at_the_end_of_a_day() -> None:
    flows = loan().cashflows(["date", "closing"])
    for date, closing in zip(flows["date"][:-1], flows["closing"][:-1], strict=True):
        assert owed(loan(), date) == round(closing * 100)
    assert owed(loan(), "2026-12-31") == 5_000_000
    assert owed(loan().prepay(10_000, on=5), on=5) == 4_000_000


def test_days_from_the_drawdown_and_dates_are_the_same() -> None:
    assert day_of(loan(), 90) == day_of(loan(), "2027-03-01")


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (
            lambda: amount_to_save(loan(), "2027-03-01", 9_999),
            r"saving 9,999.00: repaying early on 2027-03-01 saves at most 2,373.00, with 38,155.00",
        ),
        (
            lambda: amount_to_be_free_by(loan(), "2027-03-01", "2027-02-01"),
            r"free of debt by 2027-02-01: .* the best is 2027-03-01 itself, with 38,155.00",
        ),
        (lambda: owed(loan(), "2027-12-01"), r"on=2027-12-01: nothing is owed .* 2026-12-01 until"),
        (lambda: owed(loan(), "2026-11-01"), r"nothing is owed that day|before the drawdown"),
        (lambda: owed(loan(months=[3, 6]), 5), r"a loan of 2 scenarios: one amount"),
        (lambda: seek_saving(loan(), 5, -1), r"yuan=-1: an amount of money"),
        (lambda: seek_saving(loan(), 5, 1, "longer"), r"then='longer' is unknown"),
    ],
)
def test_an_error_names_the_way_out(ask: Any, words: str) -> None:
    with pytest.raises(JiebeiError, match=words):
        ask()


def test_the_least_amount_after_a_new_plan():
    plan = loan(method="interest_only").restructure(12, on="2027-03-01")
    assert amount_to_be_free_by(plan, "2027-06-01", "2027-12-01") == 12_403.07

    def end(amount: float) -> Any:
        return plan.prepay(amount, on="2027-06-01", then="shorten").summary().payoff_date

    assert end(12_403.07) <= np.datetime64("2027-12-01") < end(12_403.06)


def test_inside_a_holiday_there_is_no_instalment_to_keep():
    holiday = loan().defer(3, on=0, interest="paid")
    assert not can_shorten(holiday, "2027-02-10")
    assert amount_to_be_free_by(holiday, "2027-02-10", "2027-12-01") == 49_999.82

    def end(amount: float) -> Any:
        return holiday.prepay(amount, on="2027-02-10").summary().payoff_date

    # The last 0.18 end by rounding; a fen more would last as long as agreed.
    assert end(49_999.82) <= np.datetime64("2027-12-01") < end(49_999.81)


def test_what_cannot_be_repaid_early_is_said():
    with pytest.raises(JiebeiError, match="is overdue that day"):
        can_shorten(loan().miss(3), "2027-03-10")


# ---- the search itself ---------------------------------------------------------------------------


@pytest.mark.parametrize("tried", [5, 7, 66, 450])
def test_the_least_that_does_by_trying_every_number(tried: int) -> None:
    for goal in (-5, 0, 1, 4_000, 4_001, 9_999, 10_000):
        values = np.arange(-3, 10_001)
        by_hand = int(values[values >= goal][0])
        assert least(lambda numbers: numbers, -3, 10_000, goal, tried) == (by_hand, by_hand)


@pytest.mark.parametrize("tried", [66, 450])
def test_a_wobble_of_a_few_is_tried_one_by_one(tried: int) -> None:
    """It does at 500 already, at some numbers above it does not."""

    def wobbles(numbers: Any) -> Any:
        return numbers - 3 * (numbers % 7 > 4)

    every = np.arange(20_001)
    for goal in (500, 12_345, 19_990):
        by_hand = int(every[wobbles(every) >= goal][0])
        assert least(wobbles, 0, 20_000, goal, tried)[0] == by_hand


@pytest.mark.parametrize("tried", [5, 66, 450])
@pytest.mark.parametrize("top", [0, 1, 777, 9_999, 10_000])
def test_the_best_where_nothing_does(tried: int, top: int) -> None:
    assert least(lambda numbers: -np.abs(numbers - top), 0, 10_000, 1, tried) == (top, 0)


def test_the_largest_is_searched_among_the_negative() -> None:
    assert least(lambda numbers: -numbers <= 812, -5_000, 0, True, 66) == (-812, True)


@pytest.mark.parametrize("goal", [4_000_000_000, 2 * 10**12])
def test_a_search_asks_about_few_numbers_at_a_time_and_a_few_times(goal: int) -> None:
    """Of 10 ** 12 numbers: whether one of them does, or none."""
    asked = []

    def value(numbers: Any) -> Any:
        asked.append(len(numbers))
        return numbers - 2 * 10**11 * (numbers > 9 * 10**11)

    found = least(value, 0, 10**12, goal, 1_000)
    assert found == ((goal, goal) if goal < 10**12 else (9 * 10**11, 9 * 10**11))
    assert max(asked) <= 1_001
    assert len(asked) <= 8
    asked.clear()
    assert least(value, 0, 10**12, goal) == found
    assert max(asked) == 2**14
