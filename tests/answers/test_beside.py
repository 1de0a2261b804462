"""What lies beside a reader's own case: up to the ends of what there can be, none repeated."""

from typing import Any

import pytest

from jiebei.answers.shared.beside import methods_for, rates_beside, terms_beside
from jiebei.units.reading import HIGHEST_DAILY_RATE
from jiebei.units.term import MOST_FOR_DAYS, ForDays


def test_a_rate_beside_is_one_that_there_can_be() -> None:
    highest = HIGHEST_DAILY_RATE
    assert rates_beside(highest - 0.0001, 0.0001) == [round(highest - 0.0002, 10), highest]
    assert rates_beside(highest, 0.0001) == [round(highest - 0.0001, 10)]


@pytest.mark.parametrize(
    ("months", "method", "beside"),
    [
        (1, "bullet", [2]),  # half of it is none
        (60, "bullet", [30]),  # none is longer
        (40, "bullet", [20, 60]),
        (13, "interest_then_equal", [26]),  # six months bear interest only: the least are seven
        (14, "interest_then_equal", [7, 28]),
        (ForDays(1), "bullet", [ForDays(2)]),
        (ForDays(2), "bullet", [ForDays(1), ForDays(4)]),
        (ForDays(MOST_FOR_DAYS), "bullet", [ForDays(MOST_FOR_DAYS // 2)]),
    ],
)
def test_half_and_twice_the_term_as_far_as_there_is_room(
    months: Any, method: str, beside: list[Any]
) -> None:
    assert terms_beside(months, method) == beside


@pytest.mark.parametrize(("months", "room"), [(6, False), (7, True)])
def test_a_method_with_just_enough_room_is_one(months: int, room: bool) -> None:
    assert ("interest_then_equal" in methods_for(months)) == room


def test_days_leave_no_choice_of_method() -> None:
    assert methods_for(ForDays(7)) == []
