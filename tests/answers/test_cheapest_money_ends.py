"""The cheapest money: what is tried beside the reader's own need, just where it can be."""

from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes

from jiebei.answers import cheapest_money
from jiebei.answers.cheapest_money import coupons, flips
from tests.answers.test_cheapest_money import market
from tests.truth import told


@pytest.mark.parametrize(
    ("changes", "case", "tried"),
    [
        ({"needs": {"2026-12-01": 10_000}}, "case_own", False),  # nothing would be left to borrow
        ({"needs": {"2026-12-01": 10_001}}, "case_own", True),
        ({"subsidised_share": 1.0}, "case_subsidy", False),
        ({"subsidised_share": 0.99}, "case_subsidy", True),
        ({"coupons": []}, "case_no_coupon", False),
        ({"other_offers": []}, "case_alone", False),
        ({}, "case_alone", True),
    ],
)
def test_only_what_can_be_otherwise_is_tried(
    changes: dict[str, Any], case: str, tried: bool
) -> None:
    cases = flips._cases(market(**changes))
    assert any(name.key.endswith(case) for name in cases) == tried


@pytest.mark.parametrize(
    ("first", "use_by"), [("2026-12-31", "2026-12-31"), ("2027-01-01", "2027-01-31")]
)
def test_a_coupon_can_be_used_for_the_first_need(first: str, use_by: str) -> None:
    """Within thirty days of it, where its own day is over."""
    mine = cheapest_money.fitted({**cheapest_money.EXAMPLE, "needs": {first: 1_000}})
    assert mine.coupons[0]["use_by"] == use_by


@pytest.mark.parametrize(
    ("months", "surplus", "key"),
    [(6, 1, "none_holds"), (6, 0, "none_holds_less"), (60, 1, "none_holds_less")],
)
def test_a_longer_term_is_named_where_there_is_one_and_it_would_help(
    months: int, surplus: int, key: str
) -> None:
    poor = {"cash_in_hand": 0, "monthly_surplus": surplus, "other_offers": [], "coupons": []}
    said = told(cheapest_money.answer(market(needed_months=months, **poor)).said)
    assert said[0].key == f"answer.cheapest_money.{key}"


@pytest.mark.parametrize(
    ("worth", "names", "key", "fields"),
    [
        ([[1, 2, 2]], "a", "one", {"days": 2, "worth": 2.0}),
        ([[1, 2, 4], [1, 2, 3]], "ab", "always", {"days": 3, "worth": 4.0, "coupon": "a"}),
        ([[0, 2, 4], [1, 1, 1]], "ab", "turns", {"days": 1, "late": "a", "early": "b"}),
    ],
)
def test_which_coupon_is_worth_most_and_up_to_when(
    worth: list[list[float]], names: str, key: str, fields: dict[str, Any]
) -> None:
    """In three days; the first row is of a, the second of b."""
    said = coupons._title(np.array([1, 2, 3]), list(names), np.array(worth, float))
    assert said.key == f"answer.cheapest_money.title_{key}"
    assert {name: said.fields[name] for name in fields} == fields


def test_a_coupon_that_one_drawdown_could_use_is_left_over_and_not_over() -> None:
    needs = {"2026-12-01": 10_000, "2027-01-15": 10_000}
    three = [{"days": 60}, {"days": 50}, {"days": 7, "use_by": "2026-12-05"}]
    said = told(coupons.worth(market(needs=needs, coupons=three)).said)
    assert said[-1].key == "answer.cheapest_money.left_over"


def test_a_coupon_that_saves_nothing_does_not_hide_one_that_does() -> None:
    """7 days of 1 yuan are less than a fen, 60 days of 10,000 are 240."""
    needs = {"2026-12-01": 10_000, "2027-01-15": 1}
    said = told(coupons.worth(market(needs=needs, coupons=[{"days": 60}, {"days": 7}])).said)
    assert said[0].key == "answer.cheapest_money.use"


def test_one_lender_for_nothing_leaves_something_to_draw() -> None:
    free = [{"name": "x", "daily_rate": 0.0}]
    found = cheapest_money.answer(market(other_offers=free, coupons=[]))
    assert isinstance(cheapest_money.chart(found), Axes)
