"""Timeline: what is done when, way by way, over what is owed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from jiebei.charts.balance import HasCashflows, balance_curve, tell_owed
from jiebei.charts.drawing.geometry import axes_box
from jiebei.charts.drawing.given import check_loans, check_names
from jiebei.charts.drawing.money import money
from jiebei.charts.drawing.scales import as_numbers, scale
from jiebei.charts.drawing.short import finding, lacking, looks, named
from jiebei.charts.drawing.style import (
    EDGE,
    GREY,
    RULE,
    WIDTH,
    Said,
    Series,
    axes,
    chart,
    frame,
    write,
)
from jiebei.charts.drawing.text import LABEL, LEADING, TICK, wrap
from jiebei.language import words
from jiebei.language.errors import JiebeiError, refuse_kind

__all__ = ["timeline"]

AREA, GAP, BESIDE = 24.0, 12.0, 100.0  # points: a balance, between lanes, above and below them
MOST_LINES = 2  # of steps
Steps = Mapping[Said, Sequence[tuple[Any, Said]]]


@chart
def timeline(
    strategies: Mapping[Said, HasCashflows],
    steps: Steps,
    *,
    short: Mapping[Said, float] | None = None,
    about: Said = None,
    ax: Axes | None = None,
    title: Said = None,
    subtitle: Said = None,
    note: Said = "",
) -> Axes:
    """Draw what is done when by each way, one lane a way, over what is owed, 每种办法的时间线.

    Examples
    --------
    >>> import jiebei as jb
    >>> from jiebei import charts
    >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> ways = {"as agreed": loan, "settle": loan.settle(on="2027-03-01")}
    >>> steps = {"as agreed": [], "settle": [("2027-03-01", "all at once")]}
    >>> charts.timeline(ways, steps).get_title()
    'as agreed; settle'

    Parameters
    ----------
    strategies : dict
        Name to loan or plan, one scenario each.
    steps : dict
        Name to the day and the words of each step, in order; a mark a step.
    short : dict, optional
        Name to the yuan by which cash falls short of a way: drawn hollow, dashed and grey, and
        named so. What is 0 or less, or NaN, is carried.
    about : str, optional
        The way that is recommended: it has the accent.
    ax : Axes, optional
        Where to draw.
    title, subtitle, note : str, optional
        Other words than the computed ones, which name the ways.
    """
    check_names("timeline", strategies)
    if not strategies:
        raise JiebeiError("error.chart.nothing", chart="timeline")
    refuse_kind(steps, (Mapping,), "steps", "error.chart.steps")
    check_loans(strategies)
    for name in strategies:
        if name not in steps:
            raise JiebeiError("error.chart.no_steps", name=name)
    curves = {name: balance_curve(each.cashflows()) for name, each in strategies.items()}
    lack = lacking(curves, short)
    counted = money(lack.values())
    days = [day for curve in curves.values() for day in (curve.index[0], curve.index[-1])]
    low, high = as_numbers([min(days), max(days)], "date")
    high = max(high, low + 1)  # a loan repaid on the day it was drawn
    path = {
        name: wrap(words.WRITERS["path"]([str(said) for _, said in steps[name]]),
                   WIDTH * 72 - 2 * EDGE - 4, TICK, most=MOST_LINES)
        for name in curves
    }  # fmt: skip
    over = (LABEL + TICK * max(map(len, path.values()))) * LEADING
    ax = axes(ax, (BESIDE + len(curves) * (over + AREA + GAP)) / 72)
    ax.grid(False)
    ax.set(xlim=(low, high), yticks=[])
    scale(ax.xaxis, low, high, "date", 7)
    frame(
        ax,
        finding(list(curves), lack, lambda able: words.WRITERS["ways"](able))
        if title is None
        else title,
        words.say("chart.timeline.subtitle") if subtitle is None else subtitle,
        note,
        right=8,
    )
    box = axes_box(ax)
    ax.set_ylim(box.height, 0)  # so that a yuan's height is in points, as that of the words is
    lane = box.height / len(curves)
    most = max(*(float(each.max()) for each in curves.values()), 0.01)
    styles = looks(curves, lack, best=about)
    for place, ((name, curve), look) in enumerate(zip(curves.items(), styles, strict=True)):
        top = place * lane + GAP
        y = write(ax, box.x0, box.y1 - top, wrap(named(name, lack, counted), box.width, most=1),
                  LABEL, look.colour, "bold")  # fmt: skip
        write(ax, box.x0, y, path[name], TICK, GREY)
        ground = (place + 1) * lane
        tall = (ground - top - over - 4) / most
        _area(ax, curve, ground, tall, look)
        _marks(ax, [day for day, _ in steps[name]], ground, look)
    tell_owed(ax, curves)
    return ax


def _area(ax: Axes, curve: pd.Series[float], ground: float, tall: float, look: Series) -> None:
    """Draw what is owed as steps down to the ground of its lane."""
    ax.axhline(ground, color=RULE, linewidth=0.8, zorder=1)
    at, heights = curve.index.to_numpy(), ground - tall * curve.to_numpy()
    if look.dash == "-":
        ax.fill_between(at, ground, heights, color=look.colour, alpha=0.2, step="post", linewidth=0)
    ax.plot(at, heights, drawstyle="steps-post", color=look.colour, linewidth=1.2,
            linestyle=look.dash, zorder=3)  # fmt: skip


def _marks(ax: Axes, days: Sequence[Any], ground: float, look: Series) -> None:
    """Mark each step on the ground of its lane."""
    if not days:
        return
    at = as_numbers(days, "date")
    ax.plot(at, [ground] * len(at), linestyle="none", marker=look.marker, markersize=8,
            color=look.face, markeredgecolor=look.edge, clip_on=False, zorder=5)  # fmt: skip
