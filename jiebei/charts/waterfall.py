"""Waterfall: what a difference is made of."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
from matplotlib.axes import Axes

from jiebei.charts.drawing.geometry import in_points
from jiebei.charts.drawing.given import check_names, figures
from jiebei.charts.drawing.money import money
from jiebei.charts.drawing.scales import scale
from jiebei.charts.drawing.style import (
    BASELINE_GREY,
    CHEAPER,
    DEARER,
    EDGE,
    INK,
    MASK,
    RULE,
    SHORT,
    Said,
    axes,
    cell,
    chart,
    frame,
    write,
)
from jiebei.charts.drawing.text import LABEL, LEADING, NOTE, TICK, text_width, wrap
from jiebei.language import frames, words
from jiebei.language.errors import JiebeiError

__all__ = ["waterfall"]


@chart
def waterfall(
    parts: Mapping[Said, float],
    start: float,
    end: float | None = None,
    *,
    names: tuple[Said, Said] | None = None,
    either_way: Collection[Said] = (),
    ax: Axes | None = None,
    title: Said = None,
    subtitle: Said = None,
    note: Said = "",
) -> Axes:
    """Draw what turns one amount into another, part by part, 差额分解.

    Examples
    --------
    >>> from jiebei import charts
    >>> charts.waterfall({"lower rate": -900.0, "fee": 150.0}, 3650.0).get_title()
    'Afterwards: ¥750 less than as agreed, mostly lower rate (−¥900)'

    Parameters
    ----------
    parts : dict
        Words to signed yuan: what each cause adds or takes away.
    start, end : float
        Yuan before and after; `end` is the sum when it is not given.
    names : (str, str), optional
        What the first and the last bar are called.
    either_way : list of str, optional
        Parts that are nobody's gain or loss: they are grey.
    ax : Axes, optional
        Where to draw.
    title, subtitle, note : str, optional
        Other words than the computed ones; "{unit}" in the subtitle becomes the unit of money.

    Raises
    ------
    JiebeiError
        When the parts do not add up to the difference.
    """
    check_names("waterfall", parts)
    for name, each in {"start": start, **parts}.items():
        figures("waterfall", name, each)
    total = round(start + sum(parts.values()), 2)
    if end is not None and abs(end - total) > 0.005:
        raise JiebeiError("error.chart.waterfall", total=total, end=end)
    names = names or (words.say("strategy.as_agreed"), words.say("chart.waterfall.after"))
    changes = np.array(list(parts.values()), float)
    levels = start + np.cumsum([0.0, *changes])
    bottoms = np.concatenate([[0.0], levels[:-1], [0.0]])
    heights = np.concatenate([[start], changes, [total]])
    ax = axes(ax)
    low, high = min(0.0, float(levels.min())), max(0.0, float(levels.max()))
    reach = (high - low) or 0.02
    ax.set(
        xlim=(-0.5, len(heights) - 0.5), ylim=(low - 0.02 * reach * (low < 0), high + 0.11 * reach)
    )
    counted = money(heights, (low, high)).adding_up(
        [*heights[:-1], -total], [total, -start, start - total]
    )
    unit = scale(ax.yaxis, low, high + 0.05 * reach, counted=counted)
    slot = (cell(ax).width - 2 * EDGE - 40) / len(heights)
    small = TICK if slot > 55 else NOTE - 1
    shown = (names[0], *parts, names[1])
    ticks = ["\n".join(wrap(each, slot - 5, small, most=3)) for each in shown]
    ax.set_xticks(range(len(heights)), ticks)
    ax.tick_params(axis="x", length=0, labelsize=small)
    frame(
        ax,
        _waterfall_title(parts, start, total, names) if title is None else title,
        words.say("chart.waterfall.subtitle", unit=unit) if subtitle is None else subtitle,
        note,
        unit=unit,
    )
    grey = {str(each) for each in either_way}
    parted = [
        BASELINE_GREY if str(name) in grey else DEARER if each > 0 else CHEAPER
        for name, each in zip(parts, changes, strict=True)
    ]
    colours = [BASELINE_GREY, *parted, BASELINE_GREY]
    # The edge is what is seen of a step that is next to nothing.
    bars = ax.bar(range(len(heights)), heights, bottom=bottoms, color=colours, width=0.74, zorder=2)
    for bar, colour in zip(bars, colours, strict=True):
        bar.set(edgecolor=colour, linewidth=0.8)
    at = np.arange(len(heights) - 1)
    ax.hlines(levels, at + 0.37, at + 0.63, color=RULE, linewidth=0.9)
    ax.axhline(0, color=RULE, linewidth=0.9, zorder=3)
    for place, (bottom, height) in enumerate(zip(bottoms, heights, strict=True)):
        is_part = 0 < place < len(heights) - 1
        label = counted.write(height, signed=is_part)
        size = min(LABEL, LABEL * (slot - 6) / text_width(label, LABEL, "bold"))
        x, y = in_points(ax, (place, max(bottom, bottom + height)))[0]
        colour = colours[place] if is_part else INK
        write(ax, x, y + 2 + size * LEADING, [label], size, colour, "bold", ha="center", bbox=MASK)
    return ax


def _waterfall_title(
    parts: Mapping[str, float], start: float, total: float, names: tuple[str, str]
) -> str:
    gap = words.headline_yuan(abs(total - start))
    first, last = (frames.shorten(name, SHORT) for name in names)
    if abs(total - start) < 0.005 or not parts:
        key, fields = "same", {"amount": words.headline_yuan(total)}
    else:
        # The part that pulls hardest in the direction of the outcome.
        sign = 1 if total > start else -1
        part = max(parts, key=lambda name: sign * parts[name])
        change = words.headline_yuan(parts[part], signed=True)
        fields = {"amount": gap, "part": frames.shorten(part, SHORT), "change": change}
        key = "more" if total > start else "less"
    return words.sentence(words.say(f"chart.waterfall.{key}", start=first, end=last, **fields))
