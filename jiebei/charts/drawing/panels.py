"""Pictures of two charts: what a page asks besides, small beneath what it asks first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.axes import Axes

from jiebei.charts.drawing.style import WIDTH

__all__ = ["stacked"]


def stacked(*charts: tuple[float, Callable[[Axes], Any]]) -> Any:
    """Draw charts one above another; where the first one is a sentence, return it instead.

    Parameters
    ----------
    *charts : (inches, function)
        How high each is, and what draws it on the axes that it is given.

    Examples
    --------
    >>> from jiebei import charts
    >>> upper = stacked(
    ...     (4.0, lambda ax: charts.lines([1, 2], {"late": [3.0, 9.0]}, ax=ax)),
    ...     (2.0, lambda ax: charts.bars({"owed": 9.0}, {"owed": ("{0}", [9.0])}, ax=ax)),
    ... )
    >>> len(upper.figure.axes), int(upper.figure.get_size_inches()[1])
    (2, 6)
    """
    heights = [height for height, _ in charts]
    figure = plt.figure(figsize=(WIDTH, sum(heights)))
    places = figure.subplots(len(heights), 1, height_ratios=heights, squeeze=False)[:, 0]
    made = [draw(ax) for (_, draw), ax in zip(charts, places, strict=True)]
    if not isinstance(made[0], Axes):
        plt.close(figure)
    return made[0]
