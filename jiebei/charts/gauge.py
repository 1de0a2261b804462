"""The gauge: where one answer turns into the other, along one quantity."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from jiebei.charts.drawing.geometry import Floats, axes_box, in_points
from jiebei.charts.drawing.given import figures, refuse_unequal
from jiebei.charts.drawing.money import money
from jiebei.charts.drawing.scales import as_numbers, scale
from jiebei.charts.drawing.style import CHEAPER, DEARER, INK, MASK, Said, axes, chart, frame, write
from jiebei.charts.drawing.text import LABEL, LEADING, TICK, text_size, text_width, ways
from jiebei.charts.frontier import NO_GAIN, NOWHERE, finding, tint, turns, written
from jiebei.language import words
from jiebei.units.fen import FEN

__all__ = ["gauge"]

HEIGHT = 2.7  # inches
LOW, HIGH = 0.34, 0.66  # of the bar, within the axes
SIDES = {1.0: tint(CHEAPER, 0.6), -1.0: tint(DEARER, 0.22), 0.0: NO_GAIN}  # dark and pale


@chart
def gauge(
    x: Any,
    gain: Any,
    *,
    here: Any = None,
    regions: tuple[Said, Said] | None = None,
    x_kind: str = "percent",
    x_label: Said = "",
    ax: Axes | None = None,
    title: Said = None,
    subtitle: Said = None,
    note: Said = None,
) -> Axes:
    """Draw on one axis on which side each answer is better, and where that turns, 临界点.

    Examples
    --------
    >>> from jiebei import charts
    >>> rate = np.linspace(0, 0.3, 31)
    >>> gain = 20_000 * (0.146 - rate) / 2
    >>> ax = charts.gauge(rate, gain, here=0.02, regions=("repay", "keep the cash"))
    >>> ax.get_title()
    'At 2%, "repay" is better by ¥1,260; above 14.6%, "keep the cash" is better'

    Parameters
    ----------
    x : array
        What the answer depends on, ascending.
    gain : array
        Yuan gained at each; NaN where there is no answer.
    here : number or date, optional
        Where the reader stands.
    regions : (str, str), optional
        What to call the sides where the gain is positive and negative.
    x_kind : {"percent", "days", "yuan", "number", "date"}
        What the axis shows.
    x_label : str
        The quantity along it.
    ax : Axes, optional
        Where to draw.
    title, subtitle, note : str, optional
        Other words than the computed ones; "{unit}" in the subtitle becomes the unit of money.
    """
    across = np.atleast_1d(as_numbers(x, x_kind))
    gains = figures("gauge", "gain", gain, gaps=True)
    refuse_unequal("gauge", len(across), {"gain": gains})
    gains = np.where(np.abs(gains) < FEN, 0.0, gains)
    regions = regions or (
        words.say("chart.frontier.positive"),
        words.say("chart.frontier.negative"),
    )
    at = None if here is None else float(as_numbers(here, x_kind))
    own = [] if at is None else [float(np.interp(at, across, gains))]
    counted = money(own, gains)
    ax = axes(ax, HEIGHT)
    ax.grid(False)
    ax.set(xlim=(across[0], across[-1]), ylim=(0, 1), yticks=[])
    unit = scale(ax.xaxis, across[0], across[-1], x_kind, 7, money((), across))
    row = np.ma.masked_invalid(gains)[None, :]
    spot = None if at is None else (at, 0.0)
    note = words.say("chart.frontier.note_here") if note is None and at is not None else note
    frame(
        ax,
        finding(across, np.zeros(1), row, spot, (x_kind, x_label), regions)
        if title is None
        else title,
        words.say("chart.gauge.subtitle") if subtitle is None else subtitle,
        note or "",
        unit=counted.unit,
        x_label=x_label.replace("{unit}", unit),
        right=8,
    )
    zeros = turns(across, gains)
    for low, high, side in _stretches(across, gains):
        colour = SIDES.get(side, NOWHERE)
        ax.fill_between([low, high], LOW, HIGH, color=colour, linewidth=0)
    _name_sides(ax, across, gains, regions)
    _mark_turns(ax, zeros if at is None else zeros[np.argsort(np.abs(zeros - at))], x_kind)
    if at is not None:
        _mark_here(ax, at, counted.write(own[0], signed=True) if np.isfinite(own[0]) else "")
    return ax


def _stretches(across: Floats, gain: Floats) -> list[tuple[float, float, float]]:
    """Return from where to where the gain has which sign; NaN where there is none.

    Examples
    --------
    >>> _stretches(np.array([0.0, 1.0, 2.0]), np.array([1.0, -1.0, -2.0]))
    [(0.0, 0.5, 1.0), (0.5, 2.0, -1.0)]
    """
    side = np.sign(gain)
    cuts, sides = [float(across[0])], [float(side[0])]
    for (x0, s0, g0), (x1, s1, g1) in pairwise(zip(across, side, gain, strict=True)):
        if s0 == s1 or (np.isnan(s0) and np.isnan(s1)):
            continue
        cut = x0 if s0 == 0 or np.isnan(s1) else x1
        if s0 * s1 < 0:
            cut = x0 + (x1 - x0) * g0 / (g0 - g1)
        cuts.append(float(cut))
        sides.append(float(s1))
    ends = [*cuts, float(across[-1])]
    found = zip(ends[:-1], ends[1:], sides, strict=True)
    return [(low, high, side) for low, high, side in found if high > low]


def _name_sides(ax: Axes, across: Floats, gain: Floats, regions: tuple[str, str]) -> None:
    """Write who is better within the widest stretch of each side, or above it where it is narrow.

    A name that has room nowhere is in the title.
    """
    box, taken = axes_box(ax), list[tuple[float, float]]()
    for side, name in zip((1.0, -1.0), regions, strict=True):
        own = [each for each in _stretches(across, gain) if each[2] == side]
        if not own:
            continue
        low, high, _ = max(own, key=lambda each: each[1] - each[0])
        left, right = in_points(ax, [(low, 0), (high, 0)])[:, 0]
        text = next((w for w in ways(name, 0.6 * box.width) if _wide(w) < right - left - 10), None)
        middle, top = (left + right) / 2, box.y0 + 0.5 * box.height
        if text is None:
            text = ways(name, 0.45 * box.width)[0]
            half, top = _wide(text) / 2, _above(ax) + (TICK + LABEL / 2) * LEADING
            middle = float(np.clip(middle, box.x0 + half, box.x1 - half))
            if any(middle - half < end and start < middle + half for start, end in taken):
                continue
            taken.append((middle - half, middle + half))
        lines = text.split("\n")
        top += len(lines) * LABEL * LEADING / 2
        write(ax, middle, top, lines, LABEL, INK, ha="center", zorder=5)


def _wide(text: str) -> float:
    return text_size(text)[0]


def _above(ax: Axes) -> float:
    """Return the height above the bar at which what is written there stands."""
    box = axes_box(ax)
    return float(box.y0 + (HIGH + 0.07) * box.height)


def _mark_turns(ax: Axes, zeros: Sequence[float] | Floats, kind: str) -> None:
    """Draw a line through the bar where the answer turns, and write where; the nearest first."""
    box, taken = axes_box(ax), list[tuple[float, float]]()
    for zero in zeros:
        ax.plot([zero, zero], [LOW - 0.06, HIGH + 0.06], color=INK, linewidth=2, zorder=4)
        text = written(float(zero), kind)
        half = text_width(text, TICK) / 2 + 3
        x = in_points(ax, (zero, 0))[0, 0]
        x = float(np.clip(x, box.x0 + half, box.x1 - half))
        if any(x - half < end and start < x + half for start, end in taken):
            continue
        taken.append((x - half, x + half))
        write(ax, x, _above(ax) + TICK * LEADING, [text], TICK, INK, ha="center", zorder=5)


def _mark_here(ax: Axes, at: float, value: str) -> None:
    """Draw the reader's ring on the bar, and under it what is gained there, if that is known."""
    box = axes_box(ax)
    ring: dict[str, Any] = {"markerfacecolor": "white", "markeredgecolor": INK}
    ax.plot([at], [LOW], "o", markersize=9, markeredgewidth=2.2, clip_on=False, zorder=6, **ring)
    if not value:
        return
    label = words.say("chart.frontier.here", value=value)
    half = text_width(label) / 2
    x, y = in_points(ax, (at, LOW))[0]
    x = float(np.clip(x, box.x0 + half, box.x1 - half))
    write(ax, x, y - 6, [label], LABEL, INK, ha="center", bbox=MASK, zorder=5)
