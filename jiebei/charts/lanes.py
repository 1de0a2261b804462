"""Lanes: several balances over the same time, each on a ground of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from jiebei.charts.drawing.geometry import SAMPLE, Floats, in_points, trace
from jiebei.charts.drawing.given import check_names, figures, refuse_unequal
from jiebei.charts.drawing.money import Money, money
from jiebei.charts.drawing.rows import name_row
from jiebei.charts.drawing.scales import as_numbers, scale
from jiebei.charts.drawing.style import (
    CHEAPER,
    EDGE,
    GREY,
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
from jiebei.charts.drawing.text import LABEL, LEADING, text_size, text_width, wrap
from jiebei.language import frames, words
from jiebei.language.errors import JiebeiError

__all__ = ["lanes"]

LANE = 0.62  # inches
FULL = 0.78  # of a lane: the height of the largest balance
MOST_LANES = 8
ROOM = 1.15
FAR_APART = 12.0  # times the smallest debt: on one scale with the largest it would be a line


@chart
def lanes(
    dates: Any,
    balances: Mapping[Said, Any],
    others: Mapping[Said, Any] | None = None,
    *,
    ax: Axes | None = None,
    title: Said = None,
    subtitle: Said = None,
    note: Said = "",
) -> Axes:
    """Draw how each debt falls, one under the other, and when it is gone, 各笔债务余额.

    All lanes have one scale, so that heights can be compared; but where one debt is many times
    another and the subtitle says so, each has its own.

    Examples
    --------
    >>> from jiebei import charts
    >>> dates = np.array(["2026-12-01", "2027-01-01", "2027-02-01"], "M8[D]")
    >>> charts.lanes(dates, {"card": [900, 0, 0], "family": [500, 500, 0]}).get_title()
    'Everything is paid off in Feb 2027; the debt to card is paid off first'

    Parameters
    ----------
    dates : array of dates
        Ascending.
    balances : dict
        Name to yuan owed from each date on, as long as `dates`; 1 to 8.
    others : dict, optional
        For some of the names, what would be owed otherwise, as a grey dashed outline.
    ax : Axes, optional
        Where to draw.
    title, subtitle, note : str, optional
        Other words than the computed ones; "{unit}" in the subtitle becomes the unit of money,
        "{scale}" whether the lanes have one scale.
    """
    check_names("lanes", balances)
    data = {name: figures("lanes", name, each) for name, each in balances.items()}
    if not 1 <= len(data) <= MOST_LANES:
        raise JiebeiError("error.lanes", n=len(data), most=MOST_LANES)
    others = {name: figures("lanes", name, each) for name, each in (others or {}).items()}
    at = np.asarray(dates, "M8[D]")
    for drawn in filter(None, (data, others)):
        refuse_unequal("lanes", at.size, drawn)
    numbers = as_numbers(at, "date")
    subtitle = words.say("chart.lanes.subtitle", scale="{scale}") if subtitle is None else subtitle
    tops = {name: max(each.max(), others.get(name, each).max()) for name, each in data.items()}
    apart = max(tops.values()) >= FAR_APART * min(tops.values()) and "{scale}" in subtitle
    # With scales of their own all lanes are full: room for the words between two of them.
    usual = {name: ROOM * top for name, top in tops.items()}
    tops = usual if apart else dict.fromkeys(tops, max(tops.values()))
    tops = {name: max(top, 0.01) for name, top in tops.items()}
    ax = axes(ax, 1.35 + LANE * len(data))
    ax.grid(False)
    end = float(numbers[-1]) if numbers[-1] > numbers[0] else float(numbers[0]) + 1
    ax.set(xlim=(float(numbers[0]), end), ylim=(len(data) - 0.9, -0.95))
    ax.set_yticks([])
    scale(ax.xaxis, float(numbers[0]), end, "date", 7)
    room = cell(ax).width - 2 * EDGE
    counted = money([(each[0], each[-1]) for each in data.values()])
    shown = [_name(name, each, 0.26 * room, counted) for name, each in data.items()]
    ends = [_end(at, each, counted) for each in data.values()]
    frame(
        ax,
        _title(at, data) if title is None else title,
        subtitle.replace("{scale}", words.say(f"chart.lanes.{'own' if apart else 'one'}_scale")),
        note,
        unit=counted.unit,
        left=max(text_size("\n".join(lines))[0] for lines in shown) + 16,
        right=max(map(text_width, ends)) + 14,
    )
    for place, (name, each) in enumerate(data.items()):
        ax.axhline(place, color=RULE, linewidth=0.8, zorder=1)
        dots = np.empty((0, 2))
        if name in others:
            dots = _outline(ax, at, others[name], place, tops[name])
        x, y = _area(ax, at, each, place, tops[name])
        name_row(ax, place - FULL / 3, shown[place])
        x, ground = in_points(ax, (x, y))[0] + (9, 1)
        above = ground + _clear(dots - (x, ground), text_width(ends[place]))
        write(ax, x, above + LABEL * LEADING, [ends[place]], LABEL, CHEAPER, bbox=MASK)
    return ax


def _clear(dots: Floats, wide: float) -> float:
    """Return how far above its place a label of a width stands off a line through these dots.

    Examples
    --------
    >>> _clear(np.array([[0.0, 30.0], [50.0, 20.0]]), 60.0)
    0.0
    >>> _clear(np.array([[0.0, 8.0], [50.0, 6.0], [90.0, 2.0]]), 60.0)
    10.0
    """
    there = dots[(dots[:, 0] > -SAMPLE) & (dots[:, 0] < wide + SAMPLE), 1]
    if not len(there) or there.min() > LABEL * LEADING or there.max() <= 0:
        return 0.0
    return float(there.max()) + 2


def _name(name: str, balance: Any, width: float, counted: Money) -> list[str]:
    return [*wrap(name, width, most=1), counted.write(balance[0])]


def _end(at: Any, balance: Any, counted: Money) -> str:
    """Say when a debt is gone, or what is left of it."""
    if balance[-1] > 0.005:
        return words.say("chart.lanes.open", amount=counted.write(balance[-1]))
    return words.say("chart.lanes.gone", month=words.month(at[_gone(balance)]))


def _gone(balance: Any) -> int:
    """Return from which date on nothing is owed; the last one if something always is."""
    owed = np.flatnonzero(balance > 0.005)
    return min(int(owed[-1]) + 1 if owed.size else 0, len(balance) - 1)


def _area(ax: Axes, at: Any, balance: Any, place: int, top: float) -> tuple[float, float]:
    """Draw one balance as steps down to its ground; return where its mark is."""
    heights = place - FULL * balance / top
    until = _gone(balance) + 1
    steps: dict[str, Any] = {"step": "post", "linewidth": 0, "zorder": 2}
    ax.fill_between(at[:until], place, heights[:until], color=CHEAPER, alpha=0.35, **steps)
    ax.plot(
        at[:until],
        heights[:until],
        drawstyle="steps-post",
        color=CHEAPER,
        linewidth=1.8,
        clip_on=False,
        zorder=3,
    )
    x, y = float(as_numbers(at, "date")[until - 1]), float(heights[until - 1])
    ax.plot([x], [y], marker="o", markersize=7, color=CHEAPER, clip_on=False, zorder=4)
    return x, y


def _outline(ax: Axes, at: Any, balance: Any, place: int, top: float) -> Floats:
    """Draw what would be owed otherwise; return dots all along the line."""
    (line,) = ax.plot(
        at,
        place - FULL * balance / top,
        drawstyle="steps-post",
        color=GREY,
        linewidth=1.1,
        linestyle="--",
        zorder=2.5,
    )
    return trace(line)


def _title(at: Any, data: Mapping[str, Any]) -> str:
    """Say when all is paid off, and what goes first; or what is still owed."""
    left = sum(float(each[-1]) for each in data.values())
    if left > 0.005:
        amount = words.headline_yuan(left)
        return words.say("chart.lanes.title_open", amount=amount, month=words.month(at[-1]))
    gone = {name: _gone(each) for name, each in data.items()}
    first = frames.shorten(min(gone, key=gone.__getitem__), SHORT)
    last = words.month(at[max(gone.values())])
    key = "title_one" if len(set(gone.values())) == 1 else "title"
    return words.sentence(words.say(f"chart.lanes.{key}", month=last, first=first))
