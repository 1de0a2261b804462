"""The charts: data in, axes out, the finding as the title.

Every function draws on the axes it is given, or on a figure of its own, and returns the axes. A
title that is not given is computed from the data; the words follow `jiebei.words.use`. A strategy
keeps its colour and mark, which follow from its place in the dict of strategies.
"""

from __future__ import annotations

from jiebei.bars import columns, waterfall
from jiebei.curves import balance
from jiebei.dots import dumbbell, slope
from jiebei.duedates import duedates
from jiebei.lanes import lanes
from jiebei.ratios import ratios
from jiebei.steps import levels
from jiebei.surface import frontier
from jiebei.trends import fan, lines

__all__ = [
    "balance",
    "columns",
    "duedates",
    "dumbbell",
    "fan",
    "frontier",
    "lanes",
    "levels",
    "lines",
    "ratios",
    "slope",
    "waterfall",
]
