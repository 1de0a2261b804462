"""Bars: what each way takes, against what there is for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes

from jiebei.charts.drawing.geometry import in_points
from jiebei.charts.drawing.given import check_names, figures, refuse_unequal
from jiebei.charts.drawing.money import money
from jiebei.charts.drawing.rows import beside_row, limit_line, name_row, upright_grid
from jiebei.charts.drawing.scales import scale
from jiebei.charts.drawing.short import lacking
from jiebei.charts.drawing.style import (
    BASELINE_GREY,
    CHEAPER,
    EDGE,
    GREY,
    INK,
    MASK,
    OUT,
    Said,
    axes,
    cell,
    chart,
    frame,
)
from jiebei.charts.drawing.text import text_size, wrap
from jiebei.charts.frontier import tint
from jiebei.units.fen import FEN

__all__ = ["bars"]

ROW, THICK, AWAY = 0.5, 0.56, 9.0  # inches; of a row; points from a bar to its label
GAP = 0.4  # of a row
FARTHEST = 4.0  # times the limit, or the shortest bar: a longer one is broken off
PALE = tint(CHEAPER, 0.45)


@chart
def bars(
    amounts: Mapping[Said, float],
    labels: Mapping[Said, tuple[Said, Sequence[float]]],
    *,
    limit: float | None = None,
    limit_name: Said = "",
    best: Collection[Said] = (),
    apart: Collection[Said] = (),
    short: Mapping[Said, float] | None = None,
    ax: Axes | None = None,
    title: Said = "",
    subtitle: Said = "",
    note: Said = "",
) -> Axes:
    """Draw what each way takes as a bar, if need be against what there is for it, 各方案与结余.

    Examples
    --------
    >>> from jiebei import charts
    >>> takes = {"36 months": 1_220.0, "24 months": 2_122.0}
    >>> labels = {name: ("{0} a month", [each]) for name, each in takes.items()}
    >>> ax = charts.bars(takes, labels, limit=1_400.0, limit_name="{0} left each month",
    ...     best=["36 months"], short={"24 months": 9_000.0})
    >>> [patch.get_linestyle() for patch in ax.patches]
    ['solid', '--']

    Parameters
    ----------
    amounts : dict
        Name to yuan, from above down. With a limit, what is far beyond the others is broken off.
    labels : dict
        Name to the words beside its bar, and the yuan that stand for "{0}", "{1}" ... in them.
    limit : float, optional
        Yuan that there are for each, drawn as a line.
    limit_name : str, optional
        The words at that line; "{0}" becomes the amount.
    best : names, optional
        Drawn in the full colour.
    apart : names, optional
        The last ones, which are something else: grey, and with a gap above.
    short : dict, optional
        Name to the yuan by which cash falls short of a way: drawn hollow, dashed and grey. What is
        0 or less, or NaN, is carried.
    ax : Axes, optional
        Where to draw.
    title, subtitle, note : str
        "{unit}" in the subtitle becomes the unit of money.
    """
    check_names("bars", amounts)
    data = {name: float(figures("bars", name, each)) for name, each in amounts.items()}
    refuse_unequal("bars", len(data), {"labels": list(labels)})
    lack = lacking(data, short)
    places = np.arange(len(data)) + GAP * np.array([name in apart for name in data])
    ax = axes(ax, 1.7 + ROW * (places[-1] + 1))
    upright_grid(ax)
    room = cell(ax).width - 2 * EDGE
    names = [wrap(name, 0.26 * room, most=2) for name in data]
    floor = 0.0 if limit is None else limit
    counted = money([floor, *(each for _, told in labels.values() for each in told)], data.values())
    told = {name: text.format(*map(counted.write, each)) for name, (text, each) in labels.items()}
    beside = [wrap(told[name], 0.36 * room, most=2) for name in data]
    limit_name = limit_name.format(counted.write(floor))
    left = max(text_size("\n".join(lines))[0] for lines in names) + 12
    shortest = min((each for each in data.values() if each >= FEN), default=0.0)
    farthest = np.inf if limit is None else FARTHEST * max(limit, shortest)
    high = max(min(max(data.values()), farthest), floor, FEN)
    most = high if max(data.values()) > high else 1.04 * high  # at the edge, what is broken off
    ends = {name: min(each, high) for name, each in data.items()}
    # A label that would stand across the limit stands beyond it: all of them have that room.
    widths = [text_size("\n".join(lines))[0] for lines in beside]
    starts = [max(each, floor, FEN) / most for each in ends.values()]
    wide = room - left
    axis = min((wide - AWAY - width) / at for width, at in zip(widths, starts, strict=True))
    ax.set(xlim=(0, most), ylim=(places[-1] + 0.6, -0.9), yticks=[])
    unit = scale(ax.xaxis, 0, most, counted=counted)
    frame(ax, title, subtitle, note, unit=unit, left=left, right=max(0.0, wide - axis))
    if limit is not None:
        limit_line(ax, limit, limit_name)
    held = in_points(ax, (floor, 0))[0, 0]
    for at, (place, (name, each)) in enumerate(zip(places, ends.items(), strict=True)):
        ink = GREY if name in lack else INK
        colour = BASELINE_GREY if name in apart else CHEAPER if name in best else PALE
        bar = ax.barh(place, data[name], THICK, color=colour, zorder=2)[0]
        if name in lack:
            bar.set(facecolor="white", edgecolor=OUT, linestyle="--")
        x = in_points(ax, (each, place))[0, 0]
        if each < data[name]:
            beside_row(ax, x, place, ["//"], INK, ha="center", bbox=MASK, zorder=5)
        if x <= held < x + 2 * AWAY + widths[at]:
            x = held
        name_row(ax, place, names[at], ink)
        beside_row(ax, x + AWAY, place, beside[at], ink, bbox=MASK, zorder=5)
    return ax
