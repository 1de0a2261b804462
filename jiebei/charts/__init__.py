"""The charts: data in, axes out, the finding as the title.

Every function draws on the axes it is given, or on a figure of its own, and returns the axes. A
title that is not given is computed from the data; the words follow `jiebei.use`. A strategy that
the suite knows keeps its colour and mark everywhere (`PLACES` in `drawing/style.py`); others take
what is left, in order.
"""

from __future__ import annotations

from jiebei.charts.against import against
from jiebei.charts.balance import balance
from jiebei.charts.bars import bars
from jiebei.charts.columns import columns
from jiebei.charts.differences import differences
from jiebei.charts.duedates import duedates
from jiebei.charts.dumbbell import dumbbell
from jiebei.charts.fan import fan
from jiebei.charts.frontier import frontier
from jiebei.charts.gauge import gauge
from jiebei.charts.heatmap import heatmap
from jiebei.charts.lanes import lanes
from jiebei.charts.levels import levels
from jiebei.charts.lines import lines
from jiebei.charts.pairs import pairs
from jiebei.charts.slope import slope
from jiebei.charts.timeline import timeline
from jiebei.charts.waterfall import waterfall

__all__ = [
    "against",
    "balance",
    "bars",
    "columns",
    "differences",
    "duedates",
    "dumbbell",
    "fan",
    "frontier",
    "gauge",
    "heatmap",
    "lanes",
    "levels",
    "lines",
    "pairs",
    "slope",
    "timeline",
    "waterfall",
]
