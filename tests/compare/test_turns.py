"""Where a gain becomes a loss, and the charge that uses a gain up."""

from typing import Any

import numpy as np
import pytest

from jiebei.compare.turns import turns, used_up


def test_every_turn_is_found_between_two_places() -> None:
    def waves(tried: Any) -> Any:
        return np.cos(tried)

    found = turns(waves, 0.0, 9.0, fine=1e-6)
    assert [round(low, 5) for low, _ in found] == pytest.approx(
        [np.pi / 2, 3 * np.pi / 2, 5 * np.pi / 2], abs=2e-5
    )
    assert all(0 < high - low <= 1e-6 for low, high in found)


def test_what_stays_on_one_side_does_not_turn() -> None:
    assert turns(lambda tried: tried + 1, 0.0, 1.0) == []
    assert turns(lambda tried: -tried, 0.0, 1.0) == []


@pytest.mark.parametrize(
    ("gains", "charge"),
    [([100.0, 50.0], 0.1), ([0.02, 0.01], 0.1), ([-20.0, -70.0], -0.02), ([10.0, 10.0], 0.0)],
)
def test_the_charge_that_uses_a_gain_up(gains: list[float], charge: float) -> None:
    assert used_up([0.0, 0.05], gains) == pytest.approx(charge)


def test_it_turns_where_nothing_is_left() -> None:
    ((low, high),) = turns(lambda tried: np.maximum(1 - tried, 0), 0.0, 3.0, fine=1e-6)
    assert low <= 1 <= high
    assert turns(np.zeros_like, 0.0, 1.0) == []


def test_a_turn_is_found_as_finely_as_asked() -> None:
    for fine in (*np.geomspace(1e-4, 1, 40), 1 / 65):  # a little less than the first cells
        ((low, high),) = turns(lambda tried: tried - 0.7, 0.0, 1.0, fine=float(fine))
        assert low <= 0.7 <= high
        assert high - low <= fine
