"""The title of a frontier: it names both ways, also where the answer never turns round."""

import numpy as np

from jiebei import charts


def test_the_title_names_the_pair_where_nothing_flips() -> None:
    x, y = np.linspace(0.0, 0.1, 3), np.arange(1, 4)
    ax = charts.frontier(x, y, np.full((3, 3), 5.0), here=(0.02, 2), regions=("repay", "keep"))
    assert ax.get_title() == 'At 2%, "repay" is better than "keep" by ¥5'
