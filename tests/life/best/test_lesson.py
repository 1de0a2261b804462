"""What is stored of a thousand borrowers is what is found when they are tried again."""

import numpy as np
import pytest

from jiebei.life.best.lesson import NEAR, how_often, shared, tried
from jiebei.life.rules.facts import facts


@pytest.mark.parametrize("place", [0, 123, 500])
def test_a_stored_row_is_found_again(place: int) -> None:
    stored = facts("best_plan_borrowers").iloc[place]
    again = tried(int(stored["seed"]))
    assert again is not None
    for name, value in again.items():
        if np.isnan(value):
            assert np.isnan(stored[name])
        else:
            assert stored[name] == pytest.approx(value, abs=0.1), name


def test_shares_are_counted_among_all_borrowers() -> None:
    table = facts("best_plan_borrowers")
    near = table["lost_highest_rate"] <= NEAR
    assert how_often(table).loc["highest_rate", "near"] == pytest.approx(near.mean())
    found = shared(table).loc["fee"]
    with_fee = table["fee"]
    assert found["n"] == with_fee.sum()
    assert found["near_with"] == pytest.approx(near[with_fee].mean())
    assert found["near_without"] == pytest.approx(near[~with_fee].mean())
