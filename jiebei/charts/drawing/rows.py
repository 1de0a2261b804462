"""What charts of rows share: the grid, what stands at a row's height, and a limit for all rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes

from jiebei.charts.drawing.geometry import axes_box, in_points
from jiebei.charts.drawing.style import EDGE, GRID, INK, MASK, cell, write
from jiebei.charts.drawing.text import LABEL, LEADING, text_width

__all__ = ["beside_row", "limit_line", "name_row", "upright_grid"]


def upright_grid(ax: Axes) -> None:
    """Have the grid stand upright, as the quantity lies along the x axis."""
    ax.grid(False)
    ax.grid(axis="x", color=GRID, linewidth=0.8)


def name_row(ax: Axes, place: float, lines: Sequence[str], colour: str = INK) -> None:
    """Write what a row is called, flush with the left edge."""
    beside_row(ax, cell(ax).x0 + EDGE, place, lines, colour)


def beside_row(
    ax: Axes, x: float, place: float, lines: Sequence[str], colour: str = INK, **options: Any
) -> None:
    """Write lines at x, in points, their middle at the height of a row."""
    height = in_points(ax, (ax.get_xlim()[0], place))[0, 1]
    write(ax, x, height + len(lines) * LABEL * LEADING / 2, lines, LABEL, colour, **options)


def limit_line(ax: Axes, limit: float, name: str, dash: str = "-") -> None:
    """Draw a limit across all rows, as far as its name, which stands on top of it."""
    box, half = axes_box(ax), text_width(name) / 2
    tall = 1 - LABEL * LEADING / box.height
    ax.axvline(limit, 0, tall, color=INK, linewidth=1.8, linestyle=dash, zorder=2.5)
    left, right = cell(ax).x0 + EDGE, cell(ax).x1 - EDGE
    x = min(max(in_points(ax, (limit, 0))[0, 0], left + half), right - half)
    write(ax, x, box.y1, [name], LABEL, INK, ha="center", bbox=MASK, zorder=5)
