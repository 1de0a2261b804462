"""The frontier: where one answer turns into the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex, to_rgb
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Bbox

from jiebei.charts.drawing.geometry import Floats, along, axes_box, in_points
from jiebei.charts.drawing.given import figures
from jiebei.charts.drawing.labels import place_label, thin_line, write_within
from jiebei.charts.drawing.money import Money, money
from jiebei.charts.drawing.scales import as_date, as_numbers, scale
from jiebei.charts.drawing.style import (
    CHEAPER,
    DEARER,
    GREY,
    INK,
    SHORT,
    Said,
    axes,
    chart,
    frame,
    write,
)
from jiebei.charts.drawing.text import LEADING, TICK, text_width, ways
from jiebei.language import frames, words
from jiebei.language.errors import JiebeiError, refuse_kind
from jiebei.units.fen import FEN

__all__ = ["finding", "frontier", "tint", "turns", "written"]

PALEST, DEEPEST = 0.10, 0.62  # of the full colour: black words stay readable on all of it
_UNIT = re.compile(r"[,，（(]?\s*\{unit\}[)）]?")  # of a label, when it stands in a sentence
NOWHERE = "#EFEFEF"  # where there is no figure
NO_GAIN = "#FAFAFA"  # where nothing is gained or lost


@chart
def frontier(
    x: Any,
    y: Any,
    z: Any,
    *,
    here: tuple[Any, Any] | None = None,
    regions: tuple[Said, Said] | None = None,
    zero: Said = None,
    x_kind: str = "percent",
    y_kind: str = "days",
    x_label: Said = "",
    y_label: Said = "",
    ax: Axes | None = None,
    title: Said = None,
    subtitle: Said = None,
    note: Said = None,
) -> Axes:
    """Draw the gain over two quantities in bands, with the line where it is zero, 盈亏分界.

    Examples
    --------
    >>> from jiebei import charts
    >>> rate, days = np.linspace(0, 0.3, 31), np.arange(1, 366)
    >>> gain = 20_000 * (0.146 - rate) * days[:, None] / 365
    >>> ax = charts.frontier(rate, days, gain, here=(0.02, 180), regions=("repay", "keep the cash"))
    >>> ax.get_title()
    'At 2%, "repay" is better by ¥1,243; above 14.6%, "keep the cash" is better'

    Parameters
    ----------
    x, y : array
        What the answer depends on, ascending.
    z : array
        Yuan gained, of shape (len(y), len(x)); NaN where there is no answer.
    here : (x, y), optional
        Where the reader stands.
    regions : (str, str), optional
        What to call the sides where the gain is positive and negative.
    zero : str, optional
        What to call the line between them.
    x_kind, y_kind : {"percent", "days", "yuan", "number", "date"}
        What the axes show.
    x_label, y_label : str
        The quantities along the axes.
    ax : Axes, optional
        Where to draw.
    title, subtitle, note : str, optional
        Other words than the computed ones; "{unit}" in the subtitle becomes the unit of money.
    """
    across = np.atleast_1d(as_numbers(x, x_kind))
    up = np.atleast_1d(as_numbers(y, y_kind))
    gain = np.ma.masked_invalid(np.atleast_2d(figures("frontier", "z", z, gaps=True)))
    gain[np.abs(gain) < FEN] = 0.0
    if gain.shape != (len(up), len(across)):
        fields = {"shape": gain.shape, "wanted": (len(up), len(across))}
        raise JiebeiError("error.chart.frontier", **fields)
    regions = regions or (
        words.say("chart.frontier.positive"),
        words.say("chart.frontier.negative"),
    )
    at = None if here is None else _point(here, x_kind, y_kind)
    levels = _levels(gain)
    counted = money(() if at is None else _at(across, up, gain, at), levels)
    ax = axes(ax)
    ax.set_facecolor(NOWHERE)
    ax.set(xlim=(across[0], across[-1]), ylim=(up[0], up[-1]))
    x_unit = scale(ax.xaxis, across[0], across[-1], x_kind, 7, money((), across, levels))
    y_unit = scale(ax.yaxis, up[0], up[-1], y_kind, counted=money((), up, levels))
    bands = levels / counted.divisor
    marks = [words.number(each, _places(bands)) for each in bands]
    both = bool(gain.min() < 0 < gain.max())
    if note is None:
        parts = [words.say("chart.frontier.note_line")] if both else []
        parts += [words.say("chart.frontier.note_here")] if at else []
        note = words.sentences(parts)
    frame(
        ax,
        finding(across, up, gain, at, (x_kind, x_label), regions) if title is None else title,
        words.say("chart.frontier.subtitle", unit=counted.unit) if subtitle is None else subtitle,
        note,
        unit=counted.unit,
        x_label=x_label.replace("{unit}", x_unit),
        y_label=y_label.replace("{unit}", y_unit),
        right=max(text_width(each, TICK) for each in marks) + 34,
    )
    colours = (
        _colours(levels) if float(np.abs(gain).max() or 0) >= FEN else [NO_GAIN] * (len(levels) - 1)
    )
    ax.contourf(across, up, gain, levels, colors=colours)
    _legend(ax, levels, colours, marks)
    edges = _zero_line(ax, across, up, gain) if both else []
    zero = zero or words.say("chart.frontier.zero")
    _words_on(ax, across, up, gain, edges, at, (*regions, zero), counted)
    return ax


def _point(here: tuple[Any, Any], x_kind: str, y_kind: str) -> tuple[float, float]:
    refuse_kind(here, (tuple, list), "here", "error.chart.pair")
    kinds = zip(here, (x_kind, y_kind), strict=True)
    one, two = (float(as_numbers(each, kind)) for each, kind in kinds)
    return one, two


def _levels(gain: Any) -> Floats:
    """Return round levels over all gains, zero among them."""
    low, high = (0.0, 0.0) if gain.count() == 0 else (float(gain.min()), float(gain.max()))
    low, high = min(low, 0.0), max(high, 0.0)
    if high - low < 0.01:
        low, high = -0.01, 0.01
    return np.asarray(MaxNLocator(9, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high))


def _places(levels: Floats) -> int:
    return next((each for each in range(6) if np.allclose(levels.round(each), levels, 0, 1e-9)), 6)


def _colours(levels: Floats) -> list[str]:
    """Return one tint a band, deeper with the distance from zero: blue gains, vermillion loses."""
    middles = (levels[:-1] + levels[1:]) / 2
    deepest = np.abs(middles).max()
    return [
        tint(
            CHEAPER if each > 0 else DEARER,
            PALEST + (DEEPEST - PALEST) * abs(float(each)) / deepest,
        )
        for each in middles
    ]


def tint(colour: str, share: float) -> str:
    """Return a colour mixed with white."""
    return to_hex(1 - share * (1 - np.array(to_rgb(colour))))  # type: ignore[arg-type]


def _legend(ax: Axes, levels: Floats, colours: Sequence[str], marks: Sequence[str]) -> None:
    """Draw the bands as a column of swatches to the right, with the levels between them."""
    box, whole = axes_box(ax), ax.figure.bbox
    x, heights = box.x1 + 12, np.linspace(box.y0, box.y1, len(levels))
    corners = [
        [(x, low), (x + 10, low), (x + 10, high), (x, high)] for low, high in pairwise(heights)
    ]
    scaled = np.array(corners) * ax.figure.dpi / 72 / (whole.width, whole.height)
    ax.add_collection(
        PolyCollection(
            list(scaled), facecolors=colours, transform=ax.figure.transSubfigure, clip_on=False
        ),
        autolim=False,
    )
    zero = int(np.argmin(np.abs(levels)))
    thin_line(ax, (x - 2, heights[zero]), (x + 12, heights[zero]), INK, 2.0)
    step = int(np.ceil(TICK * LEADING / (heights[1] - heights[0])))
    for place in range(zero % step, len(levels), step):
        top = heights[place] + TICK * LEADING / 2
        write(ax, x + 16, top, [marks[place]], TICK, GREY)


def _zero_line(ax: Axes, across: Floats, up: Floats, gain: Any) -> list[Floats]:
    drawn = ax.contour(across, up, gain, [0.0], colors=[INK], linewidths=2)
    paths = drawn.get_paths()
    pieces = [
        piece for path in paths for piece in map(np.asarray, path.to_polygons(closed_only=False))
    ]
    return [along(ax, piece) for piece in pieces if len(piece) > 1]


def _words_on(
    ax: Axes,
    across: Floats,
    up: Floats,
    gain: Any,
    edges: list[Floats],
    at: tuple[float, float] | None,
    names: tuple[str, str, str],
    counted: Money,
) -> None:
    """Write where the reader stands, who wins on either side, and what the line means."""
    box = axes_box(ax)
    room = Bbox.from_extents(box.x0 + 5, box.y0 + 5, box.x1 - 5, box.y1 - 5)
    taken: list[Floats] = []
    if at is not None:
        ring = {"markerfacecolor": "white", "markeredgecolor": INK, "markeredgewidth": 2.2}
        ax.plot(*at, marker="o", markersize=9, clip_on=False, zorder=6, **ring)  # type: ignore[arg-type]
        spot = in_points(ax, at)
        taken.append(np.concatenate([spot[0] - 5, spot[0] + 5]))
        spot = spot + np.array([[5, 5], [5, -5], [-5, 5], [-5, -5]])
        value = counted.write(_at(across, up, gain, at), signed=True)
        label = words.say("chart.frontier.here", value=value)
        place_label(ax, spot, edges, ways(label, 150), room, taken, INK)
        taken.append(np.concatenate([spot.min(axis=0) - 12, spot.max(axis=0) + 12]))  # its own
    if edges:
        longest = max(edges, key=len)
        others = [each for each in edges if each is not longest]
        place_label(ax, longest, others, [names[2]], room, taken, INK)
    for sign, name in zip((1, -1), names[:2], strict=True):

        def is_there(points: Floats, sign: int = sign) -> Any:
            return _sample(ax, across, up, sign * gain, points) > 0

        write_within(ax, is_there, ways(name, 0.5 * box.width), edges, room, taken)


def _sample(ax: Axes, across: Floats, up: Floats, gain: Any, points: Floats) -> Floats:
    """Return the gain nearest to points of the figure; negative where there is none."""
    box = axes_box(ax)
    x = across[0] + (points[:, 0] - box.x0) / box.width * (across[-1] - across[0])
    y = up[0] + (points[:, 1] - box.y0) / box.height * (up[-1] - up[0])
    column = np.rint(np.interp(x, across, np.arange(len(across)))).astype(np.int64)
    row = np.rint(np.interp(y, up, np.arange(len(up)))).astype(np.int64)
    return np.asarray(gain.filled(-1.0)[row, column])


def _row(up: Floats, gain: Any, y: float) -> Floats:
    """Return the gain along x at a height between the rows."""
    filled = gain.filled(np.nan)
    return np.array([np.interp(y, up, filled[:, each]) for each in range(filled.shape[1])])


def _at(across: Floats, up: Floats, gain: Any, at: tuple[float, float]) -> float:
    return float(np.interp(at[0], across, _row(up, gain, at[1])))


def finding(
    across: Floats,
    up: Floats,
    gain: Any,
    at: tuple[float, float] | None,
    along: tuple[str, str],
    regions: tuple[str, str],
) -> str:
    """Say who wins where the reader stands and where that flips, else who wins how often."""
    if gain.count() == 0 or (at is not None and np.isnan(_at(across, up, gain, at))):
        return words.say("chart.frontier.none")
    if float(np.abs(gain).max()) < FEN:
        return words.say("chart.frontier.same")
    if at is not None:
        return words.sentence(_title_here(across, up, gain, at, along, regions))
    share = float((gain > 0).mean())
    if 0 < share < 1:
        shown = words.percent(share, 0 if 0.01 <= share <= 0.99 else 2)
        return words.sentence(words.say("chart.frontier.share", name=regions[0], share=shown))
    sizes = np.abs(gain.compressed())
    fields = {"low": words.headline_yuan(sizes.min()), "high": words.headline_yuan(sizes.max())}
    name = frames.shorten(regions[share == 0], SHORT)
    return words.sentence(words.say("chart.frontier.never", name=name, **fields))


def _title_here(
    across: Floats,
    up: Floats,
    gain: Any,
    at: tuple[float, float],
    along: tuple[str, str],
    regions: tuple[str, str],
) -> str:
    """Say who wins where the reader stands, and beyond which value along x the other does."""
    kind, label = along
    row = _row(up, gain, at[1])
    value = float(np.interp(at[0], across, row))
    here, place = written(at[0], kind), _UNIT.sub("", label)
    where = "where_day" if kind == "date" else "where"
    fields = {
        "where": words.say(
            f"chart.frontier.{where if place else 'where_alone'}", x=place, here=here
        ),
        "name": frames.shorten(regions[value < 0], SHORT),
        "other": frames.shorten(regions[value >= 0], SHORT),
        "amount": words.headline_yuan(abs(value)),
    }
    if abs(value) < FEN:
        return words.say("chart.frontier.title_same", **fields)
    zeros = turns(across, row)
    if not len(zeros):
        return words.say("chart.frontier.title_here", **fields)
    flip = float(zeros[np.argmin(np.abs(zeros - at[0]))])
    side = "late" if kind == "date" else "high"
    if flip < at[0]:
        side = "early" if kind == "date" else "low"
    if kind == "date":  # the last day before the turn, or the first after it
        flip = float(np.floor(flip) if side == "late" else np.ceil(flip))
    beyond = words.say(f"chart.frontier.{side}", flip=written(flip, kind))
    key = "title_flip" if len(zeros) == 1 else "title_turns"
    return words.say(f"chart.frontier.{key}", beyond=beyond, n=len(zeros), **fields)


def turns(across: Floats, row: Floats) -> Floats:
    """Return where the gain changes its sign; where it only falls to nothing is no turn.

    Examples
    --------
    >>> across = np.array([0.0, 1.0, 2.0, 3.0])
    >>> turns(across, np.array([-1.0, 0.0, 1.0, 2.0])), turns(across, np.array([0, 0, -1, -2.0]))
    (array([1.]), array([], dtype=float64))
    """
    known = np.flatnonzero(np.nan_to_num(row))
    before, after = known[:-1], known[1:]
    turn = row[before] * row[after] < 0
    before, after = before[turn], after[turn]
    share = row[before] / (row[before] - row[after])
    return np.asarray(across[before] + share * (across[after] - across[before]))


def written(value: float, kind: str) -> str:
    """Write a value along an axis as a title says it."""
    if kind == "date":
        return words.day(as_date(value))
    if kind == "percent":
        return words.percent(value, 1).replace(".0%", "%")
    return words.headline(round(value), kind) if kind == "days" else words.headline(value, kind)
