"""Levels: on which of several named levels something stands, and when it moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from jiebei.charts.drawing.geometry import axes_box, in_points
from jiebei.charts.drawing.given import check_names, figures, refuse_unequal
from jiebei.charts.drawing.labels import at_ends
from jiebei.charts.drawing.money import money
from jiebei.charts.drawing.rows import name_row
from jiebei.charts.drawing.scales import as_numbers, scale
from jiebei.charts.drawing.short import finding, lacking, looks, named
from jiebei.charts.drawing.style import (
    EDGE,
    GREY,
    MOST_SERIES,
    SHORT,
    Said,
    axes,
    cell,
    chart,
    frame,
)
from jiebei.charts.drawing.text import text_size, wrap
from jiebei.language import frames, words
from jiebei.language.errors import JiebeiError

__all__ = ["levels"]

APART = 0.13  # of a level: lines on one level run side by side
MOST_LEVELS = 8


@chart
def levels(
    x: Any,
    places: Mapping[Said, Any],
    names: Sequence[Said],
    *,
    x_kind: str = "date",
    x_label: Said = "",
    short: Mapping[Said, float] | None = None,
    ax: Axes | None = None,
    title: Said = None,
    subtitle: Said = "",
    note: Said = "",
) -> Axes:
    """Draw on which level each stands over time, the best level at the top, 阶梯图.

    Examples
    --------
    >>> from jiebei import charts
    >>> paths = {"on time": [1, 1, 0], "late": [1, 2, 1]}
    >>> charts.levels([0, 1, 2], paths, ["A", "B", "C"], x_kind="number").get_title()
    'At the end: on time at A, late at B'

    Parameters
    ----------
    x : array
        Dates or numbers, ascending. A level holds until the next one.
    places : dict
        Name to an array as long as `x` of whole numbers: 0 for the first of `names`.
    names : sequence of str
        What the levels are called, 1 to 8, the best first.
    x_kind : {"date", "number", "days"}
        What `x` holds.
    x_label : str
        The quantity along the x axis.
    short : dict, optional
        Name to the yuan by which cash falls short of a way: drawn hollow, dashed and grey, named
        so, and left out of the computed title. What is 0 or less, or NaN, is carried.
    ax : Axes, optional
        Where to draw.
    title, subtitle, note : str, optional
        Other words than the computed ones.

    Raises
    ------
    JiebeiError
        For no line or more than 5, no level or more than 8, or a place that is no level.
    """
    check_names("levels", places)
    given = {name: figures("levels", name, each) for name, each in places.items()}
    _check(given, names)
    refuse_unequal("levels", len(x), given)
    data = {name: each.astype(np.int64) for name, each in given.items()}
    at = as_numbers(np.asarray(x), x_kind)
    ax = axes(ax)
    room = cell(ax).width - 2 * EDGE
    lack = lacking(data, short)
    counted = money(lack.values())
    labels = ["\n".join(wrap(named(name, lack, counted), 0.26 * room, most=2)) for name in data]
    left = [wrap(name, 0.3 * room, most=2) for name in names]
    end = float(at[-1]) if at[-1] > at[0] else float(at[0]) + 1
    ax.set(xlim=(at[0], end), ylim=(len(names) - 0.5, -0.5))
    ax.set_yticks(range(len(names)), [""] * len(names))
    scale(ax.xaxis, float(at[0]), end, x_kind, 7)
    frame(
        ax,
        finding(list(data), lack, lambda able: _title({n: data[n] for n in able}, names))
        if title is None
        else title,
        subtitle,
        note,
        x_label=x_label,
        left=max(text_size("\n".join(lines))[0] for lines in left) + 12,
        right=max(text_size(label)[0] for label in labels) + 16,
    )
    shown_as = looks(data, lack)
    ends = []
    for place, (look, each) in enumerate(zip(shown_as, data.values(), strict=True)):
        height = each + APART * (place - (len(data) - 1) / 2)
        ends.append(float(height[-1]))
        ax.plot(
            np.append(at, end),
            np.append(height, height[-1]),
            drawstyle="steps-post",
            color=look.colour,
            linewidth=2.2,
            linestyle=look.dash,
            marker=look.marker,
            markersize=6.5,
            markerfacecolor=look.face,
            markeredgecolor=look.edge,
            markevery=[len(at)],
            clip_on=False,
            zorder=3 + 0.1 * place,
        )
    for place, lines in enumerate(left):
        name_row(ax, place, lines, GREY)
    heights = in_points(ax, [(end, each) for each in ends])[:, 1]
    at_ends(ax, axes_box(ax).x1, list(heights), labels, [each.colour for each in shown_as])
    return ax


def _check(data: Mapping[str, Any], names: Sequence[str]) -> None:
    if not 1 <= len(data) <= MOST_SERIES:
        raise JiebeiError("error.levels.lines", lines=len(data), most=MOST_SERIES)
    if not 1 <= len(names) <= MOST_LEVELS:
        raise JiebeiError("error.levels.names", names=len(names), most=MOST_LEVELS)
    for name, each in data.items():
        no_place = (each < 0) | (each >= len(names)) | (each != np.rint(each))
        if not each.size or no_place.any():
            raise JiebeiError("error.levels.place", name=name, last=len(names) - 1)


def _title(data: Mapping[str, Any], names: Sequence[str]) -> str:
    """Say who stands best and who worst at the end."""
    ends = {name: int(each[-1]) for name, each in data.items()}
    best, worst = min(ends, key=ends.__getitem__), max(ends, key=ends.__getitem__)
    fields = {
        "name": frames.shorten(best, SHORT),
        "level": frames.shorten(names[ends[best]], SHORT),
    }
    if len(data) == 1:
        return words.sentence(words.say("chart.levels.one", **fields))
    if ends[best] == ends[worst]:
        return words.sentence(words.say("chart.levels.together", level=fields["level"]))
    fields |= {
        "other": frames.shorten(worst, SHORT),
        "lower": frames.shorten(names[ends[worst]], SHORT),
    }
    return words.sentence(words.say("chart.levels.apart", **fields))
