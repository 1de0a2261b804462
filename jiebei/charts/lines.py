"""Lines: how quantities move over time, or with what they depend on."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from jiebei.charts.drawing.geometry import in_points
from jiebei.charts.drawing.given import check_names, figures, known, refuse_unequal
from jiebei.charts.drawing.hover import tell
from jiebei.charts.drawing.labels import beside_lines
from jiebei.charts.drawing.money import money
from jiebei.charts.drawing.scales import as_numbers
from jiebei.charts.drawing.short import finding, lacking, looks, named
from jiebei.charts.drawing.style import INK, MOST_SERIES, SHORT, Said, Series, axes, cell, chart
from jiebei.charts.drawing.text import text_width, wrap
from jiebei.charts.drawing.trends import (
    label_ends,
    show_beneath,
    stage,
    tell_points,
    upright,
    zero_line,
)
from jiebei.language import frames, words
from jiebei.language.errors import JiebeiError

__all__ = ["lines"]

LIMIT = Series(INK, "None", 1.6, "--")
MANY, TOGETHER = 4, 0.2  # lines, and how near of the whole height their ends lie
ALONE, CLOSE = 7.0, 4.0  # points from other lines, of the place that is marked; at the least
COMMA = re.compile(r"(?<=，)|(?<=,) ")


@chart
def lines(
    x: Any,
    values: Mapping[Said, Any],
    *,
    x_kind: str = "number",
    y_kind: str = "yuan",
    x_label: Said = "",
    steps: bool = False,
    dashed: Sequence[Said] = (),
    short: Mapping[Said, float] | None = None,
    best: Said = None,
    mark: tuple[Any, Said] | None = None,
    told: Mapping[Said, Said] | None = None,
    points: Mapping[Any, tuple[float, Said]] | None = None,
    ax: Axes | None = None,
    title: Said = None,
    subtitle: Said = None,
    note: Said = "",
) -> Axes:
    """Draw quantities over time or over what they depend on, 折线图.

    Examples
    --------
    >>> from jiebei import charts
    >>> ax = charts.lines([0.0002, 0.0004], {"interest": [3650.0, 7300.0]}, x_kind="percent")
    >>> ax.get_title()
    'Interest: from ¥3,650 to ¥7,300'

    Parameters
    ----------
    x : array
        Dates or numbers, ascending.
    values : dict
        Name to an array as long as `x`; NaN leaves a gap.
    x_kind, y_kind : {"number", "yuan", "percent", "days", "date"}
        What the figures are.
    x_label : str
        The quantity along the x axis.
    steps : bool
        Whether a value holds until the next one.
    dashed : sequence of str
        Names that are a limit or a projection rather than fact: black, so that they look alike in
        every chart and no line loses its colour to them.
    short : dict, optional
        Name to the yuan by which cash falls short of a way: drawn hollow, dashed and grey, named
        so, and left out of the computed title. What is 0 or less, or NaN, is carried.
    best : str, optional
        The way that is recommended: it has the accent.
    mark : place on the x axis and its name, optional
        Where the reader stands: a dotted upright, on which the lines have their marks.
    told : dict, optional
        Name to what stands under it at its line: of its lowest, where a short way is named too.
    points : dict, optional
        Place on the x axis to the value of the first line there, and the words beside it.
    ax : Axes, optional
        Where to draw.
    title, subtitle, note : str, optional
        Other words than the computed ones; "{unit}" in the subtitle becomes the unit of money.
    """
    check_names("lines", values)
    if not 1 <= len(values) <= MOST_SERIES:
        raise JiebeiError("error.chart.lines", n=len(values), most=MOST_SERIES)
    at = np.asarray(x)
    refuse_unequal("lines", at.size, values)
    data = known({name: figures("lines", name, each, gaps=True) for name, each in values.items()})
    ends = [_last(each) for each in data.values()]
    lack = lacking(data, short)
    # What is told of a way is told of where it is lowest: there it says what it lacks.
    told = told or {}
    lowest = {place: name for place, name in enumerate(data) if name in lack and name in told}
    at_end = (
        not lowest
        and all(np.isfinite(each[-1]) for each in data.values())
        and not _meet(
            [end for name, end in zip(data, ends, strict=True) if name not in dashed], data
        )
    )
    ax = axes(ax)
    counted = money(lack.values(), data.values() if y_kind == "yuan" else ())
    wide = 0.26 * cell(ax).width
    names = {name: wrap(named(name, lack, counted), wide, most=3) for name in data}
    labels = [
        "\n".join([*each, *_in_parts(told.get(name, ""), wide)]) for name, each in names.items()
    ]
    stage(
        ax,
        as_numbers(at, x_kind),
        np.concatenate(list(data.values())),
        labels if at_end else [],
        (x_kind, y_kind),
        finding(list(data), lack, lambda able: _lines_title({n: data[n] for n in able}, y_kind))
        if title is None
        else title,
        subtitle,
        note,
        x_label,
        counted,
    )
    drawn = []
    lines = [name for name in data if name not in dashed]
    shown_as = dict(zip(lines, looks(lines, lack, best=best), strict=True))
    shown_as |= dict.fromkeys(dashed, LIMIT)
    held = _held(data) if steps else data
    stands = None if mark is None else float(as_numbers(mark[0], x_kind))
    unmarked = [place for place, name in enumerate(data) if name in dashed]
    marked = _apart(ax, as_numbers(at, x_kind), list(held.values()), unmarked, stands)
    for place, name in lowest.items():
        marked[place] = int(np.nanargmin(data[name]))
    for place, (name, each) in zip(marked, held.items(), strict=True):
        look = shown_as[name]
        drawn += ax.plot(
            at,
            each,
            drawstyle="steps-post" if steps else "default",
            color=look.colour,
            linewidth=look.width,
            linestyle=look.dash,
            marker=look.marker,
            markersize=6.5,
            markerfacecolor=look.face,
            markeredgecolor=look.edge,
            markevery=[place],
            clip_on=False,
            zorder=look.level,
        )
    show_beneath(drawn)
    if at_end:
        label_ends(ax, ends, labels, [shown_as[name].colour for name in data])
    else:
        on_one = ["\n".join([*each, told.get(name, "")]).strip() for name, each in names.items()]
        both = [list(dict.fromkeys(each)) for each in zip(on_one, labels, strict=True)]
        beside_lines(ax, drawn, both, avoid=zero_line(ax), at_lowest=lowest)
    if (x_kind, y_kind) == ("date", "yuan"):
        said = {name: [words.yuan(amount) for amount in each] for name, each in data.items()}
        days = [words.day(each) for each in at]
        tell(ax, as_numbers(at, x_kind), {frames.column("date"): days, **said})
    if points:
        tell_points(ax, points, drawn)
    if mark is not None and stands is not None:
        upright(ax, stands, mark[1], drawn)
    return ax


def _in_parts(told: str, wide: float) -> list[str]:
    """Write what is told on one line, or break it where its first part ends."""
    if text_width(told) <= wide:
        return [told] * bool(told)
    return [line for part in COMMA.split(told, maxsplit=1) for line in wrap(part, wide, most=2)]


def _held(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return steps with the last of each held until the next place, where its line ends.

    Examples
    --------
    >>> _held({"settle": np.array([5.0, 3.0, np.nan, np.nan])})
    {'settle': array([ 5.,  3.,  3., nan])}
    """
    ends = {name: _place_of_last(each) for name, each in data.items()}
    beyond = {name: np.arange(len(each)) == ends[name] + 1 for name, each in data.items()}
    return {name: np.where(beyond[name], each[ends[name]], each) for name, each in data.items()}


def _apart(
    ax: Axes,
    across: Any,
    values: Sequence[Any],
    unmarked: Collection[int],
    stands: float | None = None,
) -> list[int]:
    """Return the place at which each line is marked: the reader's, or the last of its own."""
    heights = [in_points(ax, np.column_stack([across, each]))[:, 1] for each in values]
    here = np.zeros(len(across), bool) if stands is None else np.isclose(across, stands)
    found = []
    for at, own in enumerate(heights):
        others = [place for place in range(len(heights)) if place != at]
        # The reader's own mark may stand on a line that has none.
        marks = [heights[place] for place in others if place not in unmarked]
        good = here & (_away(own, marks) >= CLOSE)
        if not good.any():
            away = _away(own, [heights[place] for place in others])
            good = away == away.max()
        found.append(int(np.flatnonzero(good)[-1]))
    return found


def _away(own: Any, others: Sequence[Any]) -> Any:
    """Return how far a line is from others, place by place, up to ALONE; -1 where it is not."""
    gaps = [np.abs(own - each) for each in others]
    away = np.nanmin([np.full(len(own), ALONE), *gaps], axis=0)
    away[~np.isfinite(own)] = -1.0
    return away


def _meet(ends: Sequence[float], data: Mapping[str, Any]) -> bool:
    """Tell whether several lines end so close together that their names would fan out."""
    everything = np.concatenate(list(data.values()))
    across = float(np.nanmax(everything) - np.nanmin(everything))
    return len(ends) >= MANY and max(ends) - min(ends) < TOGETHER * across


def _place_of_last(each: Any) -> int:
    places = np.flatnonzero(np.isfinite(each))
    return int(places[-1]) if len(places) else len(each) - 1


def _last(each: Any) -> float:
    value = float(each[_place_of_last(each)])
    return value if np.isfinite(value) else 0.0


def _lines_title(data: Mapping[str, Any], kind: str) -> str:
    def written(value: float) -> str:
        return words.headline(value, kind)

    ends = {name: _last(each) for name, each in data.items()}
    high, low = max(ends, key=ends.__getitem__), min(ends, key=ends.__getitem__)
    if not any(np.isfinite(each).any() for each in data.values()):
        return words.say("chart.lines.none")
    if len(data) == 1:
        name, each = next(iter(data.items()))
        first = written(float(each[np.isfinite(each)][0]))
        key, fields = "one", {"name": name, "first": first, "last": written(ends[name])}
    elif written(ends[high]) == written(ends[low]):
        key, fields = "ends_together", {"last": written(ends[high])}
    else:
        key = "ends_apart"
        fields = {"high": frames.shorten(high, SHORT), "most": written(ends[high])}
        fields |= {"low": frames.shorten(low, SHORT), "least": written(ends[low])}
    return words.sentence(words.say(f"chart.lines.{key}", **fields))
