"""A heat map: shares in a table of squares, the larger the deeper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle

from jiebei.charts.drawing.geometry import Floats, in_points
from jiebei.charts.drawing.style import CHEAPER, GREY, INK, Said, axes, cell, chart, frame, write
from jiebei.charts.drawing.text import LABEL, LEADING, TICK, text_size, text_width, wrap
from jiebei.language import words
from jiebei.language.errors import JiebeiError

__all__ = ["heatmap"]

NOTHING = "#F4F4F4"
DEEPEST = 0.6  # of the full colour: black words stay readable on all of it
GAP = 2.0  # points of white around a square
LEAST_SHOWN = 0.0005  # smaller shares are written as less than 0.1 %
MOST = 12  # rows and columns
APART = 0.4  # of a column


@chart
def heatmap(
    rows: Sequence[Any],
    columns: Sequence[Any],
    shares: Any,
    *,
    row_label: Said = "",
    column_label: Said = "",
    apart: int = 0,
    ax: Axes | None = None,
    title: Said = None,
    subtitle: Said = "",
    note: Said = "",
) -> Axes:
    """Draw shares as a table of squares, each written into its own, 热力图.

    Examples
    --------
    >>> from jiebei import charts
    >>> charts.heatmap(["M1", "M2"], ["M2", "paid"], [[0.2, 0.8], [0.7, 0.3]]).get_title()
    'Largest share: from M1 to paid, 80.0%'

    Parameters
    ----------
    rows, columns : sequence
        What they are called, 1 to 12 each; from the top, and from the left.
    shares : array (rows, columns)
        0 to 1; NaN where there is none leaves a grey square with a dash.
    row_label, column_label : str
        What the rows and the columns are.
    apart : int
        So many of the last columns stand apart from what `column_label` names.
    ax : Axes, optional
        Where to draw.
    title, subtitle, note : str, optional
        Other words than the computed ones.

    Raises
    ------
    JiebeiError
        For a table of another shape than its names, or a share outside 0 to 1.
    """
    data = _checked(rows, columns, shares)
    ax = axes(ax, height=1.4 + 0.34 * len(rows))
    ax.grid(False)
    ax.spines["bottom"].set_visible(False)
    ax.set(xlim=(0, len(columns) + APART * bool(apart)), ylim=(len(rows), 0))
    width = cell(ax).width
    left = ["".join(wrap(str(each), 0.2 * width, TICK, most=1)) for each in rows]
    slot = 0.7 * width / len(columns)
    names = ["\n".join(wrap(str(each), slot, TICK, most=2)) for each in columns]
    ax.set_yticks(np.arange(len(rows)) + 0.5, left)
    starts = np.arange(len(columns)) + APART * (np.arange(len(columns)) >= len(columns) - apart)
    ax.set_xticks(starts + 0.5, names)
    ax.tick_params(axis="x", length=0)
    frame(
        ax,
        _title(rows, columns, data) if title is None else title,
        subtitle,
        note,
        x_label=column_label,
        y_label=row_label,
    )
    _squares(ax, data, starts)
    return ax


def _checked(rows: Sequence[Any], columns: Sequence[Any], shares: Any) -> Floats:
    try:
        data = np.asarray(shares, np.float64)
    except (TypeError, ValueError) as cause:
        raise JiebeiError("error.chart.number", chart="heatmap", name="shares") from cause
    size = (np.size(rows), np.size(columns))
    if data.shape != size or not all(1 <= each <= MOST for each in size):
        raise JiebeiError(
            "error.heatmap.shape", shape=data.shape, rows=size[0], columns=size[1], most=MOST
        )
    outside = data[(data < 0) | (data > 1)]
    if outside.size:
        raise JiebeiError("error.heatmap.share", value=float(outside[0]))
    return data


def _squares(ax: Axes, data: Floats, starts: Floats) -> None:
    """Fill each place with the depth of its share, and write the share into it."""
    per_x, per_y = np.abs(np.subtract(*in_points(ax, [(1, 1), (0, 0)])))
    inset_x, inset_y = GAP / per_x / 2, GAP / per_y / 2
    for (row, column), share in np.ndenumerate(data):
        place = (starts[column] + inset_x, row + inset_y)
        ax.add_patch(
            Rectangle(place, 1 - 2 * inset_x, 1 - 2 * inset_y, facecolor=_shade(share), linewidth=0)
        )
        text = shown(share)
        size = LABEL if text_width(text, LABEL) < per_x - 6 else TICK - 1.5
        if not text or text_width(text, size) > per_x - 2 or size * LEADING > per_y:
            continue
        x, y = in_points(ax, (starts[column] + 0.5, row + 0.5))[0]
        colour = INK if share >= LEAST_SHOWN else GREY
        write(ax, x, y + text_size(text, size)[1] / 2, [text], size, colour, ha="center")


def shown(share: float) -> str:
    """Write a share: nothing for none, a dash where it is not known.

    Examples
    --------
    >>> shown(0.0), shown(0.0002), shown(0.4), shown(float("nan"))
    ('', '<0.1%', '40.0%', '–')
    """
    if np.isnan(share):
        return words.EMPTY
    if share < LEAST_SHOWN:
        return "<" + words.percent(0.001, 1) if share > 0 else ""
    return words.percent(share, 1)


def _shade(share: float) -> Any:
    """Return the colour of a share: the root spreads the small ones."""
    if np.isnan(share) or share == 0:
        return NOTHING
    depth = 0.06 + (DEEPEST - 0.06) * np.sqrt(share)
    return tuple(1 - depth * (1 - each) for each in to_rgb(CHEAPER))


def _title(rows: Sequence[Any], columns: Sequence[Any], data: Floats) -> str:
    if not np.isfinite(data).any():
        return words.say("chart.heatmap.none")
    row, column = divmod(int(np.nanargmax(data)), data.shape[1])
    fields = {"row": rows[row], "column": columns[column], "share": data[row, column]}
    return words.say("chart.heatmap.title", **fields)
