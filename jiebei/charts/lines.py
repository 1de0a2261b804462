"""Lines: how quantities move over time, or with what they depend on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from jiebei.charts.drawing.geometry import axes_box, in_points
from jiebei.charts.drawing.labels import at_ends, beside_lines
from jiebei.charts.drawing.reach import finding, lacking, looks, named
from jiebei.charts.drawing.scales import as_numbers, scale
from jiebei.charts.drawing.style import (
    CHEAPER,
    INK,
    MOST_SERIES,
    RULE,
    SHORT,
    axes,
    cell,
    frame,
    style,
)
from jiebei.charts.drawing.text import text_size, wrap
from jiebei.language import words
from jiebei.language.errors import JiebeiError

__all__ = ["fan", "lines"]


@style()
def lines(
    x: Any,
    values: Mapping[str, Any],
    *,
    x_kind: str = "number",
    y_kind: str = "yuan",
    x_label: str = "",
    steps: bool = False,
    dashed: Sequence[str] = (),
    short: Mapping[str, float] | None = None,
    ax: Axes | None = None,
    title: str | None = None,
    subtitle: str | None = None,
    note: str = "",
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
        Names that are a projection or a limit rather than fact.
    short : dict, optional
        Name to the yuan by which cash falls short of a way: drawn hollow, dashed and grey, named
        so, and left out of the computed title. What is 0 or less, or NaN, is carried.
    ax : Axes, optional
        Where to draw.
    title, subtitle, note : str, optional
        Other words than the computed ones; "{unit}" in the subtitle becomes the unit of money.
    """
    if not 1 <= len(values) <= MOST_SERIES:
        raise JiebeiError(f"lines(): {len(values)} lines; draw 1 to {MOST_SERIES}.")
    at = np.asarray(x)
    data = {name: np.asarray(each, float) for name, each in values.items()}
    ends = [_last(each) for each in data.values()]
    all_reach_the_end = all(np.isfinite(each[-1]) for each in data.values())
    ax = axes(ax)
    lack = lacking(data, short)
    labels = ["\n".join(wrap(named(name, lack), 0.26 * cell(ax).width, most=2)) for name in data]
    _stage(
        ax,
        as_numbers(at, x_kind),
        np.concatenate(list(data.values())),
        labels if all_reach_the_end else [],
        (x_kind, y_kind),
        finding(list(data), lack, lambda able: _lines_title({n: data[n] for n in able}, y_kind))
        if title is None
        else title,
        subtitle,
        note,
        x_label,
    )
    drawn = []
    shown_as = looks(data, lack)
    for place, (name, each) in enumerate(data.items()):
        look = shown_as[place]
        drawn += ax.plot(
            at,
            each,
            drawstyle="steps-post" if steps else "default",
            color=look.colour,
            linewidth=1.2 + 0.4 * look.width,
            linestyle="--" if name in dashed else look.dash,
            marker=look.marker,
            markersize=6.5,
            markerfacecolor=look.face,
            markeredgecolor=look.edge,
            markevery=[_place_of_last(each)],
            clip_on=False,
            zorder=3 + 0.1 * place,
        )
    if all_reach_the_end:
        _label_ends(ax, ends, labels, [each.colour for each in shown_as])
    else:
        beside_lines(ax, drawn, [[label] for label in labels])
    return ax


@style()
def fan(
    x: Any,
    scenarios: Any,
    *,
    limit: float | None = None,
    limit_name: str | None = None,
    x_kind: str = "date",
    y_kind: str = "yuan",
    x_label: str = "",
    ax: Axes | None = None,
    title: str | None = None,
    subtitle: str | None = None,
    note: str | None = None,
) -> Axes:
    """Draw how far scenarios spread: the middle, half of them, nine in ten, 情景扇形图.

    Examples
    --------
    >>> from jiebei import charts
    >>> ax = charts.fan([1, 2], [[5.0, 7.0], [5.0, 9.0]], limit=8.0, x_kind="number")
    >>> ax.get_title()
    '50% of the cases go over ¥8'
    >>> ax = charts.fan([1, 2], [[5.0, 4.0], [5.0, -1.0]], limit=0.0, x_kind="number")
    >>> ax.get_title()
    '50% of the cases fall below ¥0'

    Parameters
    ----------
    x : array
        Dates or numbers, ascending.
    scenarios : array
        Figures of shape (number of scenarios, len(x)).
    limit : float, optional
        What must not be passed, drawn dashed: from below if the middle case begins there.
    limit_name : str, optional
        The words beside it.
    x_kind, y_kind : {"number", "yuan", "percent", "days", "date"}
        What the figures are.
    x_label : str
        The quantity along the x axis.
    ax : Axes, optional
        Where to draw.
    title, subtitle, note : str, optional
        Other words than the computed ones; "{unit}" in the subtitle becomes the unit of money.
    """
    at, drawn = np.asarray(x), np.atleast_2d(np.asarray(scenarios, float))
    if drawn.shape[1:] != at.shape or not drawn.size:
        raise JiebeiError(f"fan(): {drawn.shape} scenarios for {len(at)} places along x.")
    shares = np.quantile(drawn, (0.05, 0.25, 0.5, 0.75, 0.95), axis=0)
    labels = {words.say(f"chart.fan.{key}"): shares[row, -1] for key, row in _BANDS.items()}
    colours = [CHEAPER] * len(labels)
    if limit is not None:
        labels[words.say("chart.fan.limit") if limit_name is None else limit_name] = limit
        colours.append(INK)
    ax = axes(ax)
    _stage(
        ax,
        as_numbers(at, x_kind),
        shares if limit is None else np.append(shares, limit),
        list(labels),
        (x_kind, y_kind),
        _fan_title(drawn, shares[:, -1], limit, y_kind) if title is None else title,
        subtitle,
        words.say("chart.fan.note") if note is None else note,
        x_label,
    )
    ax.fill_between(at, shares[0], shares[4], color=CHEAPER, alpha=0.18, linewidth=0)
    ax.fill_between(at, shares[1], shares[3], color=CHEAPER, alpha=0.3, linewidth=0)
    ax.plot(at, shares[2], color=CHEAPER, linewidth=2.4)
    if limit is not None:
        ax.axhline(limit, color=INK, linewidth=1.4, linestyle="--")
    _label_ends(ax, list(labels.values()), list(labels), colours)
    return ax


_BANDS = {"middle": 2, "half": 3, "nine_in_ten": 4}  # where each is named: at its upper edge


def _stage(
    ax: Axes,
    along: Any,
    everything: Any,
    labels: Sequence[str],
    kinds: tuple[str, str],
    title: str,
    subtitle: str | None,
    note: str,
    x_label: str,
) -> None:
    """Set limits, ticks and frame, with room at the right for labels."""
    low, high = _limits(np.ravel(everything))
    start = float(along[0])
    end = float(along[-1]) if along[-1] > start else start + 1
    ax.set(xlim=(start, end), ylim=(low, high))
    unit = scale(ax.yaxis, low, high, kinds[1])
    scale(ax.xaxis, start, end, kinds[0], 7)
    frame(
        ax,
        title,
        words.sentence(unit) if subtitle is None else subtitle,
        note,
        unit=unit,
        x_label=x_label,
        right=max((text_size(label)[0] for label in labels), default=-14) + 14,
    )
    if low < 0 < high:
        ax.axhline(0, color=RULE, linewidth=0.8)


def _label_ends(
    ax: Axes, ends: Sequence[float], labels: Sequence[str], colours: Sequence[str]
) -> None:
    edge = ax.get_xlim()[1]
    heights = in_points(ax, [(edge, each) for each in ends])[:, 1]
    at_ends(ax, axes_box(ax).x1, list(heights), labels, colours)


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
    if len(data) == 1:
        name, each = next(iter(data.items()))
        first = each[np.isfinite(each)][:1]
        start = written(float(first[0])) if len(first) else words.EMPTY
        key, fields = "one", {"name": name, "first": start, "last": written(ends[name])}
    elif written(ends[high]) == written(ends[low]):
        key, fields = "ends_together", {"last": written(ends[high])}
    else:
        key = "ends_apart"
        fields = {"high": words.shorten(high, SHORT), "most": written(ends[high])}
        fields |= {"low": words.shorten(low, SHORT), "least": written(ends[low])}
    return words.sentence(words.say(f"chart.lines.{key}", **fields))


def _fan_title(drawn: Any, last: Any, limit: float | None, kind: str) -> str:
    """Say how many pass the limit, or between what nine in ten end."""
    if limit is None:
        low, high = (words.headline(float(last[row]), kind) for row in (0, 4))
        return words.sentence(words.say("chart.fan.title", low=low, high=high))
    from_above = np.median(drawn[:, 0]) > limit
    share = float((drawn < limit if from_above else drawn > limit).any(axis=1).mean())
    fields = {"share": words.percent(share, 0), "limit": words.headline(limit, kind)}
    key = "title_below" if from_above else "title_limit"
    return words.sentence(words.say(f"chart.fan.{key}", **fields))
