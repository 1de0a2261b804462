"""Slope: each rate as it is quoted against what it really is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from jiebei.charts.drawing.geometry import axes_box, in_points
from jiebei.charts.drawing.given import check_names, figures, refuse_unequal
from jiebei.charts.drawing.labels import at_ends
from jiebei.charts.drawing.short import looks
from jiebei.charts.drawing.style import (
    GREY,
    INK,
    RULE,
    SHORT,
    Said,
    axes,
    cell,
    chart,
    frame,
)
from jiebei.charts.drawing.text import text_size, text_width, wrap
from jiebei.charts.drawing.trends import show_beneath
from jiebei.language import frames, words
from jiebei.language.errors import JiebeiError

__all__ = ["slope"]


@chart
def slope(
    rates: Mapping[Said, tuple[float, float]],
    *,
    mixes: Mapping[Said, float] | None = None,
    best: Said = None,
    ax: Axes | None = None,
    title: Said = None,
    subtitle: Said = None,
    note: Said = "",
) -> Axes:
    """Draw each rate as quoted and as really paid, 名义利率与实际利率.

    Examples
    --------
    >>> from jiebei import charts
    >>> charts.slope({"instalment plan": (0.146, 0.2685)}).get_title()
    'Instalment plan: quoted 14.60%, really 26.85% a year'

    Parameters
    ----------
    rates : dict
        Name to (quoted, effective), both a year, as decimals.
    mixes : dict, optional
        Name to the effective rate of a way for which nobody quotes one: a mark at the right alone.
    best : str, optional
        The way that is recommended: it has the accent.
    ax : Axes, optional
        Where to draw.
    title, subtitle, note : str, optional
        Other words than the computed ones; "{unit}" in the subtitle becomes the unit of money.
    """
    mixes = mixes or {}
    check_names("slope", rates)
    check_names("slope", mixes)
    if not rates:
        raise JiebeiError("error.slope")
    pairs = {name: figures("slope", name, each) for name, each in rates.items()}
    refuse_unequal("slope", 2, pairs)
    pairs |= {name: np.array([np.nan, figures("slope", name, mixes[name])]) for name in mixes}
    names = list(pairs)
    quoted, effective = np.array(list(pairs.values())).T
    ax = axes(ax)
    ax.grid(False)
    low, high = float(np.nanmin([quoted, effective])), float(np.nanmax([quoted, effective]))
    margin = 0.08 * (high - low) or 0.01
    ax.set(xlim=(0, 1), ylim=(low - margin, high + margin))
    ax.set_yticks([])
    ax.set_xticks([0, 1], [words.say("chart.slope.quoted"), words.say("chart.slope.effective")])
    ax.tick_params(axis="x", length=0)
    ax.spines["bottom"].set_visible(False)
    room = 0.34 * cell(ax).width
    right = [_named(name, rate, room) for name, rate in zip(names, effective, strict=True)]
    # What is quoted alike is written once.
    left = {words.percent(rate): rate for rate in quoted[: len(rates)]}
    frame(
        ax,
        _slope_title(names, quoted[: len(rates)], effective) if title is None else title,
        words.say("chart.slope.subtitle") if subtitle is None else subtitle,
        note,
        left=max(map(text_width, left)) + 22,
        right=max(text_size(each)[0] for each in right) + 16,
    )
    ax.vlines([0, 1], *ax.get_ylim(), color=RULE, linewidth=0.8, zorder=1, clip_on=False)
    all_looks, drawn = looks(names, {}, best=best), list[Line2D]()
    for look, pair in zip(all_looks, zip(quoted, effective, strict=True), strict=True):
        plain = {"linewidth": 2.2, "markersize": 7, "clip_on": False, "zorder": 3}
        drawn += ax.plot([0, 1], pair, color=look.colour, marker=look.marker, **plain)  # type: ignore[arg-type]
    show_beneath(drawn)
    box = axes_box(ax)
    heights = in_points(ax, [(1, each) for each in effective])[:, 1]
    at_ends(ax, box.x1, list(heights), right, [look.colour for look in all_looks])
    heights = in_points(ax, [(0, each) for each in left.values()])[:, 1]
    ink = INK if len(left) == 1 else GREY
    at_ends(ax, box.x0, list(heights), list(left), [ink] * len(left), side=-1)
    return ax


def _named(name: str, rate: float, width: float) -> str:
    return "\n".join(wrap(f"{words.percent(rate)}  {name}", width, most=2))


def _slope_title(names: Sequence[str], quoted: np.ndarray, effective: np.ndarray) -> str:
    widest = int(np.argmax(np.abs(effective[: len(quoted)] - quoted)))
    fields = {
        "quoted": words.percent(quoted[widest]),
        "effective": words.percent(effective[widest]),
    }
    if fields["quoted"] == fields["effective"]:
        return words.say("chart.slope.same")
    name = frames.shorten(names[widest], SHORT)
    return words.sentence(words.say("chart.slope.title", name=name, **fields))
