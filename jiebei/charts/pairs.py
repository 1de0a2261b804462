"""Pairs: what each of several is before something happens, and what it is after it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from jiebei.charts.drawing.geometry import Floats, in_points
from jiebei.charts.drawing.given import check_names, figures, refuse_unequal
from jiebei.charts.drawing.money import money
from jiebei.charts.drawing.rows import beside_row, limit_line, name_row, upright_grid
from jiebei.charts.drawing.scales import scale
from jiebei.charts.drawing.style import (
    BASELINE_GREY,
    EDGE,
    MASK,
    SERIES,
    Said,
    axes,
    cell,
    chart,
    frame,
)
from jiebei.charts.drawing.text import text_size, text_width, wrap
from jiebei.language import words

__all__ = ["pairs"]

ROW, AWAY = 0.46, 9.0  # inches; points from a dot to its label
UP, CLEAR = 0.36, 4.0  # of a row: a label over its dot; points from a label to the limit
AFTER = SERIES[1]


@chart
def pairs(
    ends: Mapping[Said, tuple[float, float]],
    names: tuple[Said, Said],
    *,
    kind: str = "percent",
    limit: float | None = None,
    limit_name: Said = "",
    ax: Axes | None = None,
    title: Said = "",
    subtitle: Said = "",
    note: Said = "",
) -> Axes:
    """Draw each of several as it is before (hollow) and after (solid), 前后对比.

    Examples
    --------
    >>> from jiebei import charts
    >>> tiers = {"tier A": (0.075, 0.069), "tier E": (0.242, 0.134)}
    >>> ax = charts.pairs(tiers, ("as agreed", "after losses"), title="Losses take most in E")
    >>> [float(line.get_xdata()[0]) for line in ax.lines if line.get_marker() == "o"]
    [0.075, 0.069, 0.242, 0.134]

    Parameters
    ----------
    ends : dict
        Name to (before, after), from above down; NaN where nothing is known.
    names : (str, str)
        What before and after are called: written at the first row in which they lie apart, with a
        limit at the one that lies farthest from it.
    kind : {"percent", "yuan", "days", "number"}
        What the figures are.
    limit : float, optional
        What they are held against, drawn as a line.
    limit_name : str
        The words at that line.
    ax : Axes, optional
        Where to draw.
    title, subtitle, note : str
        "{unit}" in the subtitle becomes the unit of money.
    """
    check_names("pairs", ends)
    data = {name: figures("pairs", name, each, gaps=True) for name, each in ends.items()}
    refuse_unequal("pairs", 2, data)
    both = np.array(list(data.values()))
    ax = axes(ax, 1.6 + ROW * (len(data) + (limit is not None)))
    upright_grid(ax)
    room = cell(ax).width - 2 * EDGE
    rows = [wrap(name, 0.3 * room, most=2) for name in data]
    left = max(text_size("\n".join(lines))[0] for lines in rows) + 14
    counted = money(both if kind == "yuan" else ())
    told_at = _told_at(both, limit)
    beside = _labels(both, names, told_at, lambda each: _written(each, kind, counted))
    top = -0.6 if limit is None else -1.1
    ax.set(xlim=_limits(both, beside, room - left, limit), ylim=(len(data) - 0.4, top), yticks=[])
    low, high = ax.get_xlim()
    low = low if np.nanmin(both, initial=0.0) < 0 else max(low, 0.0)
    unit = scale(ax.xaxis, low, high, kind, counted=counted if kind == "yuan" else None)
    frame(ax, title, subtitle, note, unit=unit, left=left)
    if limit is not None:
        limit_line(ax, limit, limit_name, "--")
    for place, (lines, pair, texts) in enumerate(zip(rows, both, beside, strict=True)):
        name_row(ax, place, lines)
        if np.isfinite(pair).all():
            _pair(ax, place, pair, texts, limit)
    return ax


def _written(value: float, kind: str, counted: Any) -> str:
    if kind == "yuan":
        return str(counted.write(value))
    return words.percent(value, 1) if kind == "percent" else words.headline(value, kind)


def _told_at(both: Floats, limit: float | None) -> int:
    """Return the row that names before and after: the first apart, or the farthest from a limit."""
    apart = np.ptp(both, axis=1) > 0  # not where it is NaN
    if limit is None or not apart.any():
        return int(apart.argmax())
    return int(np.where(apart, np.abs(both - limit).min(axis=1), -1.0).argmax())


def _labels(
    both: Floats, names: tuple[str, str], told_at: int, written: Any
) -> list[tuple[str, str]]:
    """Return what is written to the left and to the right of each pair."""
    found = []
    for place, pair in enumerate(both):
        if not np.isfinite(pair).all():
            found.append(("", ""))
            continue
        texts = [written(each) for each in pair]
        if texts[0] == texts[1]:
            found.append(("", texts[0]))
            continue
        if place == told_at:
            texts = [f"{text}  {name}" for text, name in zip(texts, names, strict=True)]
        found.append((texts[0], texts[1]) if pair[0] < pair[1] else (texts[1], texts[0]))
    return found


def _limits(
    both: Floats, beside: list[tuple[str, str]], width: float, limit: float | None
) -> tuple[float, float]:
    """Return the limits between which every pair has room for its labels."""
    known = np.isfinite(both).all(axis=1)
    if not known.any():
        return 0.0, 1.0
    room = np.array([[text_width(each) + AWAY + 6 for each in texts] for texts in beside])[known]
    lows, highs = both[known].min(axis=1), both[known].max(axis=1)
    if limit is not None:
        lows, highs, room = (
            np.append(lows, limit),
            np.append(highs, limit),
            np.vstack([room, [8, 8]]),
        )
    free = np.maximum(width - room[:, 0] - room[:, 1, None], 40.0)
    # What reads the same must not look apart.
    least = 0.002 * max(float(np.abs(both[known]).max()), 0.1) / width
    per_point = max(float(np.max((highs[:, None] - lows) / free)), least)
    low = float(np.min(lows - per_point * room[:, 0]))
    return low, low + per_point * width


def _pair(ax: Axes, place: int, pair: Floats, texts: tuple[str, str], limit: float | None) -> None:
    """Draw a hollow dot, a solid one, what lies between, and what each is."""
    ax.plot(pair, [place, place], color=AFTER, linewidth=3, alpha=0.4, zorder=2)
    ring = {"mfc": "white", "mec": BASELINE_GREY, "mew": 1.6}
    ax.plot([pair[0]], [place], marker="o", markersize=7, zorder=3, **ring)  # type: ignore[arg-type]
    ax.plot([pair[1]], [place], marker="o", markersize=8, color=AFTER, zorder=4)
    ends = sorted(pair)
    held = np.nan if limit is None else float(in_points(ax, (limit, place))[0, 0])
    for x, text, side in zip(ends, texts, (-1, 1), strict=True):
        if text:
            dot, wide = float(in_points(ax, (x, place))[0, 0]), text_width(text)
            own = AFTER if (x == pair[1]) else BASELINE_GREY
            middle = dot + side * (AWAY + wide / 2)
            up = abs(middle - held) < wide / 2 + CLEAR
            if up:  # over its dot, on the dot's side of the limit
                reach = wide / 2 + CLEAR
                middle = max(dot, held + reach) if side < 0 else min(dot, held - reach)
            row = place - UP if up else place
            beside_row(ax, middle, row, [text], own, ha="center", bbox=MASK, zorder=5)
