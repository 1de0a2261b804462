"""The cheapest money: what is tried beside the reader's own need, just where it can be."""

from typing import Any

import pytest

from jiebei.answers import cheapest_money
from jiebei.answers.cheapest_money import flips
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
