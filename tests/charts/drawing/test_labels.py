"""Where names stand beside their lines."""

from collections.abc import Sequence

import numpy as np

from jiebei.charts.drawing.geometry import Floats
from jiebei.charts.drawing.labels import Place, _arranged

GOOD, OTHER, FAR_OFF = (np.array([left, 0.0, left + 10, 10.0]) for left in (0.0, 20.0, 400.0))


def find(at: int, taken: Sequence[Floats]) -> Place:
    """Both fit well at one place; without it the first is near, the second far off."""
    if not any(np.array_equal(GOOD, box) for box in taken):
        return Place(5.0, GOOD)
    return Place(6.0, OTHER) if at == 0 else Place(200.0, FAR_OFF)


def test_a_label_that_would_end_up_far_off_is_placed_first() -> None:
    places = _arranged(find, [0, 1], [])
    assert [places[at].cost for at in (0, 1)] == [6.0, 5.0]


def test_labels_with_no_better_order_stay_as_they_are() -> None:
    places = _arranged(find, [0, 1], [GOOD])
    assert [places[at].cost for at in (0, 1)] == [6.0, 200.0]
    assert _arranged(find, [], []) == {}
