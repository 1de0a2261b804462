"""Ratios: one column a month, against the line that it has to reach."""

from __future__ import annotations

import math
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
    MASK,
    RULE,
    Said,
    axes,
    cell,
    chart,
    frame,
    write,
)
from jiebei.charts.drawing.text import LEADING, NOTE, text_size, text_width, wrap
from jiebei.language import words

__all__ = ["ratio", "ratios"]


def ratio(value: float) -> str:
    """Write a ratio with two decimals, rounded down: 0.999 does not reach 1.

    Examples
    --------
    >>> ratio(1.249), ratio(0.999), ratio(-0.001), ratio(math.nan)
    ('1.24', '0.99', '−0.01', '–')
    """
    return words.number(down(value), 2)


def down(value: float) -> float:
    """Return a ratio cut to two decimals."""
    return value if math.isnan(value) else math.floor(value * 100 + 1e-9) / 100


@chart
def ratios(
    months: Any,
    values: Any,
    *,
    mark: float = 1.0,
    mark_name: Said = None,
    ax: Axes | None = None,
    title: Said = None,
    subtitle: Said = None,
    note: Said = None,
) -> Axes:
    """Draw a ratio month by month against the line that it has to reach, 逐月覆盖率.

    What reaches the line is blue and plain, what does not is vermillion and hatched.

    Examples
    --------
    >>> from jiebei import charts
    >>> months = np.array(["2027-01", "2027-02", "2027-03"], "M8[M]").astype("M8[s]")
    >>> charts.ratios(months, [1.4, np.nan, 0.8]).get_title()
    'Below 1 in 1 of 2 months; lowest in Mar 2027: 0.80'

    Parameters
    ----------
    months : array of dates
        One a column.
    values : array
        The ratios; NaN where there is none leaves the place empty, with a dash.
    mark : float
        What they have to reach.
    mark_name : str, optional
        The words beside that line.
    ax : Axes, optional
        Where to draw.
    title, subtitle, note : str, optional
        Other words than the computed ones.
    """
    data, dates = figures("ratios", "values", values, gaps=True), pd.DatetimeIndex(months)
    refuse_unequal("ratios", len(dates), {"values": data})
    known = data[np.isfinite(data)]
    low, high = min(0.0, known.min(initial=0.0)), max(mark, known.max(initial=0.0))
    reach = high - low
    ax = axes(ax)
    ax.set(xlim=(-0.5, data.size - 0.5), ylim=(low - 0.1 * reach * (low < 0), high + 0.12 * reach))
    scale(ax.yaxis, *ax.get_ylim(), "number")
    line = "\n".join(
        wrap(mark_name or words.say("chart.ratios.mark"), 0.16 * cell(ax).width, most=3)
    )
    right = text_size(line)[0] + 16
    slot = (cell(ax).width - 2 * EDGE - right - 40) / data.size
    each = next(step for step in (1, 2, 3, 6, 12, 24, 60) if step * slot > 36 or step == 60)
    places = np.arange(0, data.size, each)
    ax.set_xticks(places, month_labels(list(dates[places])))
    frame(
        ax,
        _title(dates, data, mark) if title is None else title,
        words.say("chart.ratios.subtitle") if subtitle is None else subtitle,
        _note(data, mark) if note is None else note,
        right=right,
    )
    reached = data >= mark
    bars = ax.bar(
        range(data.size),
        np.nan_to_num(data),
        color=np.where(reached, CHEAPER, DEARER),
        width=0.78,
        zorder=2,
    )
    for bar, is_reached in zip(bars, reached, strict=True):
        bar.set(hatch="" if is_reached else "///", edgecolor="white", linewidth=0)
    ax.axhline(0, color=RULE, linewidth=0.9, zorder=3)
    ax.axhline(mark, color=INK, linewidth=1.8, zorder=4)
    _write_values(ax, data, slot)
    height = in_points(ax, (data.size - 0.5, mark))[0, 1]
    at_ends(ax, axes_box(ax).x1 - 4, [height], [line], [INK])
    return ax


def _write_values(ax: Axes, data: Any, slot: float) -> None:
    """Write each ratio at the end of its column, where all of them fit side by side."""
    labels = [ratio(each) for each in data]
    if max(text_width(each, NOTE) for each in labels) > slot - 2:
        return
    for place, value in enumerate(data):
        x, y = in_points(ax, (place, np.nan_to_num(value)))[0]
        top = y - 3 if value < 0 else y + 2 + NOTE * LEADING
        write(ax, x, top, [labels[place]], NOTE, INK, ha="center", bbox=MASK, zorder=5)


def _note(data: Any, mark: float) -> str:
    """Explain what is to be seen: hatched columns, empty places."""
    parts = [words.say("chart.ratios.note_hatched")] if (data < mark).any() else []
    parts += [words.say("chart.ratios.note_empty")] if np.isnan(data).any() else []
    return words.sentences(parts)


def _title(dates: pd.DatetimeIndex, data: Any, mark: float) -> str:
    known = data[np.isfinite(data)]
    if not known.size:
        return words.say("chart.ratios.title_none")
    worst = int(np.nanargmin(data))
    below = int((known < mark).sum())
    fields = {
        "mark": f"{mark:g}",
        "below": below,
        "months": words.count(known.size, "month"),
        "month": words.month(dates[worst]),
        "ratio": ratio(data[worst]),
    }
    return words.say(f"chart.ratios.title_{'below' if below else 'reached'}", **fields)
