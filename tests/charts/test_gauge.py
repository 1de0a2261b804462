"""The gauge: one axis, the reader's ring, where the answer turns."""

import numpy as np
import pytest

from jiebei import charts
from tests.helpers.texts import assert_texts_apart, seen

RATES = np.linspace(0.0, 0.3, 31)
SIDES = ("borrow elsewhere to pay on time", "pay late")


@pytest.mark.parametrize("turn", [0.146, 0.006, 0.297])
def test_the_turn_is_written_and_nothing_overlaps(turn):
    ax = charts.gauge(RATES, 20_000 * (turn - RATES), here=0.02, regions=SIDES, x_label="rate")
    assert f"{100 * turn:.1f}%" in [each for each, _ in seen(ax.figure)]
    assert_texts_apart(ax.figure)


def test_each_side_is_as_long_as_it_holds():
    ax = charts.gauge(RATES, 20_000 * (0.146 - RATES), here=0.02, regions=SIDES)
    ends = [each.get_paths()[0].get_extents() for each in ax.collections]
    assert [(each.x0, each.x1) for each in ends] == [
        pytest.approx((0.0, 0.146)),
        pytest.approx((0.146, 0.3)),
    ]


def test_where_all_is_the_same_no_turn_is_drawn():
    ax = charts.gauge(RATES, np.zeros(31), here=0.02, regions=SIDES)
    assert ax.get_title() == "No difference anywhere shown"
    assert not [each for each, _ in seen(ax.figure) if each in SIDES]
