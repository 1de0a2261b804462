"""The title of a frontier: it names both ways, also where the answer never turns round."""

from typing import Any

import numpy as np

from jiebei import charts


def test_the_title_names_the_pair_where_nothing_flips() -> None:
    x, y = np.linspace(0.0, 0.1, 3), np.arange(1, 4)
    ax = charts.frontier(x, y, np.full((3, 3), 5.0), here=(0.02, 2), regions=("repay", "keep"))
    assert ax.get_title() == 'At 2%, "repay" is better than "keep" by ¥5'


def test_the_title_tells_of_more_than_one_turn() -> None:
    days = np.arange("2027-01-02", "2027-01-08", dtype="M8[D]")
    z = np.tile([2.0, 1.0, -1.0, 1.0, -1.0, -2.0], (3, 1))
    here = (days[0], 0.02)
    words: dict[str, Any] = {"here": here, "regions": ("repay", "keep"), "x_kind": "date"}
    words["x_label"] = "day"
    ax = charts.frontier(days, np.linspace(0.0, 0.1, 3), z, **words)
    assert ax.get_title() == (
        'Day: on 2027-01-02, "repay" is better by ¥2; after 2027-01-03, "keep" is better at first: '
        "it turns 3 times in all"
    )
    z[:, 3] = -1.0
    once = charts.frontier(days, np.linspace(0.0, 0.1, 3), z, **words).get_title()
    assert once.endswith('after 2027-01-03, "keep" is better')
