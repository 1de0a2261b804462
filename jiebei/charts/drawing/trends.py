"""What lines and fans share: limits, ticks, frame, and the names at their right ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from jiebei.charts.drawing.geometry import axes_box, distance, in_points, is_free, trace
from jiebei.charts.drawing.labels import at_ends, place_label
from jiebei.charts.drawing.money import Money, money
from jiebei.charts.drawing.scales import scale
from jiebei.charts.drawing.style import GREY, MASK, RULE, cell, frame, write
from jiebei.charts.drawing.text import LABEL, text_size
from jiebei.language import words

__all__ = ["label_ends", "show_beneath", "stage", "tell_points", "upright", "zero_line"]

RIM, WIDEST = 2.0, 5.8  # points: by how much a line is wider than one that lies on it; at most
NEAR = 400.0  # what a label of a point may cost: not over a line
ABOVE = 0.08  # of the height: room for a name above the topmost line
TOGETHER, SHARED = 2.0, 0.4  # points between lines that are one to the eye; of a way


def stage(
    ax: Axes,
    along: Any,
    everything: Any,
    labels: Sequence[str],
    kinds: tuple[str, str],
    title: str,
    subtitle: str | None,
    note: str,
    x_label: str,
    counted: Money,
) -> None:
    """Set limits, ticks and frame, with room at the right for labels."""
    low, high = _limits(np.ravel(everything))
    if not labels and _level_on_top(np.ravel(everything), len(along)):
        high += ABOVE * (high - low)
    start = float(along[0])
    end = float(along[-1]) if along[-1] > start else start + 1
    ax.set(xlim=(start, end), ylim=(low, high))
    unit = scale(ax.yaxis, low, high, kinds[1], counted=counted)
    beside = everything if kinds[1] == "yuan" else ()
    x_unit = scale(ax.xaxis, start, end, kinds[0], 7, money((), along, beside))
    frame(
        ax,
        title,
        words.sentence(unit) if subtitle is None else subtitle,
        note,
        unit=unit,
        x_label=x_label.replace("{unit}", x_unit),
        right=max((text_size(label)[0] for label in labels), default=-14) + 14,
    )
    if low < 0 < high:
        ax.axhline(0, color=RULE, linewidth=0.8)


def zero_line(ax: Axes) -> list[Any]:
    """Return the box of the line at zero, which no label may hide; none where there is no line."""
    low, high = ax.get_ylim()
    if not low < 0 < high:
        return []
    (left, level), (right, _) = in_points(ax, [(at, 0.0) for at in ax.get_xlim()])
    return [np.array([left, level - 1, right, level + 1])]


def label_ends(
    ax: Axes, ends: Sequence[float], labels: Sequence[str], colours: Sequence[str]
) -> None:
    """Write each name beside the right end of its line."""
    edge = ax.get_xlim()[1]
    heights = in_points(ax, [(edge, each) for each in ends])[:, 1]
    at_ends(ax, axes_box(ax).x1, list(heights), labels, colours)


def tell_points(
    ax: Axes, points: Mapping[float, tuple[float, str]], drawn: Sequence[Line2D]
) -> None:
    """Mark some points of the first line, and write what is there beside each, if there is room."""
    traces, colour = [trace(each) for each in drawn], str(drawn[0].get_color())
    room, scaled = axes_box(ax), 72 / ax.figure.dpi
    taken = [np.array(each.get_window_extent().extents) * scaled for each in ax.texts]
    for x, (y, text) in points.items():
        own = in_points(ax, [(x, y)])
        if place_label(ax, own, traces, [text], room, taken, colour, most=NEAR, bbox=MASK):
            ax.plot([x], [y], marker="o", markersize=4.5, color=colour, clip_on=False, zorder=6)


def show_beneath(lines: Sequence[Line2D]) -> None:
    """Widen each line that runs for long beneath thinner ones, so that it is seen beside them."""
    traces = {line: trace(line) for line in lines}
    above: list[Line2D] = []
    for line in sorted(lines, key=lambda each: each.get_linewidth()):
        dots = np.tile(traces[line], 2)
        on_it = [each for each in above if _share(dots, traces[each]) > SHARED]
        if on_it and line.get_linestyle() == "-":
            wide = max(each.get_linewidth() for each in on_it) + RIM
            line.set_linewidth(max(line.get_linewidth(), min(wide, WIDEST)))
            line.set_zorder(min(line.get_zorder(), *(each.get_zorder() - 0.1 for each in on_it)))
        above.append(line)


def _share(dots: Any, way: Any) -> float:
    """Return the share of a line's dots that lie on another's way."""
    return float(np.mean(distance(dots, way) < TOGETHER)) if len(dots) else 0.0


def upright(ax: Axes, at: float, name: str, drawn: Sequence[Line2D]) -> None:
    """Draw a dotted upright, and write its name where the lines leave the most room."""
    ax.axvline(at, color=GREY, linewidth=1.0, linestyle=":", zorder=1, clip_on=False)
    room, (width, height) = axes_box(ax), text_size(name)
    x = in_points(ax, [(at, ax.get_ylim()[0])])[0][0]
    lefts = [each for each in (x + 5, x - 5 - width) if room.x0 <= each <= room.x1 - width]
    lefts = lefts or [room.x0]
    scaled = 72 / ax.figure.dpi
    written = [np.array(each.get_window_extent().extents) * scaled for each in ax.texts]
    ends = [room.y1 - height, room.y0 + 2]
    for lows in (ends, np.arange(ends[0], ends[1], -height / 2)):  # at an end, if there is room
        boxes = np.array([(x, y, x + width, y + height) for x in lefts for y in lows])
        free = np.min(
            [distance(boxes, trace(each)) - each.get_linewidth() / 2 for each in drawn], axis=0
        )
        free[~is_free(boxes, cell(ax), written, gap=0.0)] = -np.inf
        if free.max() > 0:
            break
    best = boxes[int(np.argmax(free))]
    write(ax, best[0], best[3], [name], LABEL, GREY)


def _level_on_top(everything: Any, places: int) -> bool:
    """Tell whether a level line is on top of all: its name has no room but above it.

    Examples
    --------
    >>> _level_on_top(np.array([24.0, 24.0, 21.9, 21.8]), 2), _level_on_top(np.array([1.0, 2.0]), 2)
    (True, False)
    """
    top = np.max(everything, initial=-np.inf, where=np.isfinite(everything))
    return places > 1 and int(np.sum(everything == top)) >= places


def _limits(everything: Any) -> tuple[float, float]:
    """Return the limits of a y axis: from zero unless that would flatten what is to be seen."""
    finite = everything[np.isfinite(everything)]
    low, high = (float(finite.min()), float(finite.max())) if len(finite) else (0.0, 1.0)
    flat = high - low < 1e-3 * max(abs(low), abs(high))
    if low >= 0 and (low < 0.7 * high or flat):
        low = 0.0
    if high <= 0 and (high > 0.7 * low or flat):
        high = 0.0
    margin = 0.06 * (high - low) or 1.0
    return low - (margin if low else 0.0), high + (margin if high or not low else 0.0)
