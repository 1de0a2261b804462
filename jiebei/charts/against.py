"""Against: what there is each month, against what is asked of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei.charts.drawing.geometry import axes_box, in_points
from jiebei.charts.drawing.given import figures, refuse_unequal
from jiebei.charts.drawing.labels import at_ends
from jiebei.charts.drawing.scales import month_labels, scale
from jiebei.charts.drawing.style import (
    CHEAPER,
    DEARER,
    EDGE,
    INK,
    RULE,
    Said,
    axes,
    cell,
    chart,
    frame,
)
from jiebei.charts.drawing.text import text_size, wrap
from jiebei.language import words
from jiebei.units.fen import FEN

__all__ = ["against"]


@chart
def against(
    months: Any,
    there: Any,
    asked: Any,
    *,
    asked_name: Said = None,
    ax: Axes | None = None,
    title: Said = None,
    subtitle: Said = None,
    note: Said = None,
) -> Axes:
    """Draw what there is each month against what is asked of it, 逐月够不够.

    What reaches the line is blue and plain, what does not is vermillion and hatched.

    Examples
    --------
    >>> from jiebei import charts
    >>> months = np.array(["2027-01", "2027-02", "2027-03"], "M8[M]").astype("M8[s]")
    >>> charts.against(months, [9_000.0, 4_503.11, -600.0], 4_503.11).get_title()
    'Too little in 1 of 3 months; Mar 2027 is worst, ¥5,103 short'

    Parameters
    ----------
    months : array of dates
        One a column.
    there : array
        Yuan, one a month; below zero, the month itself takes more than it brings.
    asked : float or array
        Yuan that it has to reach, one a month or the same in all.
    asked_name : str, optional
        The words beside that line.
    ax : Axes, optional
        Where to draw.
    title, subtitle, note : str, optional
        Other words than the computed ones; "{unit}" in the subtitle becomes the unit of money.
    """
    data, dates = figures("against", "there", there), pd.DatetimeIndex(months)
    given = figures("against", "asked", asked)
    refuse_unequal(
        "against", len(dates), {"there": data} | ({"asked": given} if given.ndim else {})
    )
    line = np.broadcast_to(given, data.shape)
    low, high = min(0.0, data.min()), max(line.max(), data.max(), FEN)
    reach = high - low
    ax = axes(ax)
    ax.set(xlim=(-0.5, data.size - 0.5), ylim=(low - 0.06 * reach * (low < 0), high + 0.06 * reach))
    unit = scale(ax.yaxis, *ax.get_ylim())
    name = "\n".join(
        wrap(asked_name or words.say("chart.against.asked"), 0.16 * cell(ax).width, most=3)
    )
    right = text_size(name)[0] + 16
    slot = (cell(ax).width - 2 * EDGE - right - 40) / data.size
    each = next(step for step in (1, 2, 3, 6, 12, 24, 60) if step * slot > 36 or step == 60)
    places = np.arange(0, data.size, each)
    ax.set_xticks(places, month_labels(list(dates[places])))
    reached = data > line - FEN
    frame(
        ax,
        _title(dates, data - line) if title is None else title,
        words.say("chart.against.subtitle", unit=unit) if subtitle is None else subtitle,
        _note(reached) if note is None else note,
        unit=unit,
        right=right,
    )
    colours = np.where(reached, CHEAPER, DEARER)
    bars = ax.bar(range(data.size), data, color=colours, width=0.78, zorder=2)
    for bar, is_reached in zip(bars, reached, strict=True):
        bar.set(hatch="" if is_reached else "///", edgecolor="white", linewidth=0)
    ax.axhline(0, color=RULE, linewidth=0.9, zorder=3)
    edges = np.arange(data.size + 1) - 0.5
    ax.stairs(line, edges, baseline=None, color=INK, linewidth=1.8, zorder=4, clip_on=False)
    height = in_points(ax, (data.size - 0.5, line[-1]))[0, 1]
    at_ends(ax, axes_box(ax).x1 - 4, [height], [name], [INK])
    return ax


def _note(reached: Any) -> str:
    return "" if reached.all() else words.say("chart.against.note")


def _title(dates: pd.DatetimeIndex, spare: Any) -> str:
    """Say in how many months there is too little, and which is worst."""
    worst = int(np.argmin(spare))
    few = int((spare <= -FEN).sum())
    fields = {
        "few": few,
        "months": words.count(spare.size, "month"),
        "month": words.month(dates[worst]),
        "amount": words.headline_yuan(abs(spare[worst])),
    }
    return words.say(f"chart.against.title_{'short' if few else 'reached'}", **fields)
