"""Columns: what every month takes, part by part, against what comes in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import cycle
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei.charts.drawing.geometry import Floats, axes_box, in_points
from jiebei.charts.drawing.given import check_names, figures, refuse_unequal
from jiebei.charts.drawing.hover import tell
from jiebei.charts.drawing.labels import at_ends
from jiebei.charts.drawing.money import money
from jiebei.charts.drawing.scales import month_labels, scale
from jiebei.charts.drawing.short import finding, lacking, named
from jiebei.charts.drawing.style import (
    DEARER,
    EDGE,
    FEE,
    INK,
    OUT,
    PRINCIPAL,
    SERIES,
    SHORT,
    Said,
    axes,
    cell,
    chart,
    frame,
)
from jiebei.charts.drawing.text import TICK, text_size, text_width, wrap
from jiebei.language import frames, words

__all__ = ["columns"]

# From bright to dark as they are stacked, so that they can be told apart without colour.
PARTS = {
    "principal": PRINCIPAL,
    "interest": DEARER,
    "penalty": SERIES[5],
    "fee": FEE,
}
# An early repayment keeps the colour of that way (style.PLACES).
OTHER_PARTS = (PRINCIPAL, *(SERIES[place] for place in (3, 5, 1, 2, 0, 4)))


@chart
def columns(
    labels: Any,
    parts: Mapping[Said, Any],
    *,
    income: Any = None,
    income_name: Said = None,
    short: Mapping[Said, float] | None = None,
    ax: Axes | None = None,
    title: Said = None,
    subtitle: Said = None,
    note: Said = "",
) -> Axes:
    """Draw what each month takes, stacked by part, against what comes in, 每月还款.

    Examples
    --------
    >>> from jiebei import charts
    >>> months = ["2027-01", "2027-02"]
    >>> parts = {"principal": [900.0, 910.0], "interest": [20.0, 10.0]}
    >>> charts.columns(np.array(months, "M8[M]"), parts, income=915.0).get_title()
    'Payments exceed the income 2 times in 2 months; Jan 2027 is worst, ¥5 short'

    Parameters
    ----------
    labels : array
        Dates, one a month, or words.
    parts : dict
        Name to yuan per column; names of frame columns ("interest") are put into words.
    income : float or array, optional
        Yuan that come in, drawn as a line.
    income_name : str, optional
        The words beside that line.
    short : dict, optional
        Name to the yuan by which cash falls short of a way among `labels`: drawn hollow, dashed
        and grey, named so, and left out of the computed title. What is 0 or less, or NaN, is
        carried.
    ax : Axes, optional
        Where to draw.
    title, subtitle, note : str, optional
        Other words than the computed ones; "{unit}" in the subtitle becomes the unit of money.
    """
    check_names("columns", parts)
    data = {name: figures("columns", name, each) for name, each in parts.items()}
    number = len(labels)
    refuse_unequal("columns", number, data)
    total = np.sum(list(data.values()), axis=0)
    comes_in = None if income is None else _income(income, number)
    dated = np.issubdtype(np.asarray(labels).dtype, np.datetime64)
    ax = axes(ax)
    high = max(float(total.max()), 0.01, 0.0 if comes_in is None else float(comes_in.max()))
    ax.set(xlim=(-0.5, number - 0.5), ylim=(0, 1.06 * high))
    shown = labels if dated else [str(each) for each in labels]
    lack = {} if dated else lacking(shown, short)
    counted = money(lack.values(), high)
    unit = scale(ax.yaxis, 0, 1.06 * high, counted=counted)
    line = "\n".join(
        wrap(income_name or words.say("chart.columns.income"), 0.16 * cell(ax).width, most=2)
    )
    right = 0.0 if comes_in is None else text_size(line)[0] + 16
    under = shown if dated else [named(each, lack, counted) for each in shown]
    _name_columns(ax, under, dated, cell(ax).width - 2 * EDGE - right - 40)
    key = _part_colours(list(data))
    frame(
        ax,
        _columns_finding(shown, total, comes_in, dated, lack) if title is None else title,
        words.say(f"chart.columns.subtitle{'' if dated else '_row'}", unit=unit)
        if subtitle is None
        else subtitle,
        note,
        unit=unit,
        key=[(frames.column(name), key[name]) for name, each in data.items() if each.any()],
        right=right,
    )
    bottom = np.zeros(number)
    for name, each in data.items():
        bars = ax.bar(
            range(number), each, bottom=bottom, color=key[name], width=0.78, zorder=2, label=name
        )
        for bar in (bar for bar, each in zip(bars, shown, strict=True) if each in lack):
            bar.set(facecolor="white", edgecolor=OUT, linestyle="--")
        bottom = bottom + each
    if dated:
        said = {name: [words.yuan(amount) for amount in each] for name, each in data.items()}
        told = {frames.column(name): each for name, each in said.items() if data[name].any()}
        months = [words.month(each) for each in labels]
        sums = [words.yuan(each) for each in total]
        head, foot = frames.column("date"), words.say("chart.columns.total")
        tell(ax, range(number), {head: months, **told, foot: sums})
    if comes_in is not None:
        edges = np.arange(number + 1) - 0.5
        ax.stairs(comes_in, edges, baseline=None, color=INK, linewidth=1.8, zorder=4, clip_on=False)
        height = in_points(ax, (number - 0.5, comes_in[-1]))[0, 1]
        at_ends(ax, axes_box(ax).x1 - 4, [height], [line], [INK])
    return ax


def _income(income: Any, number: int) -> Floats:
    """Return what comes in, one figure a column."""
    given = figures("columns", "income", income)
    if given.ndim:
        refuse_unequal("columns", number, {"income": given})
    return np.broadcast_to(given, number)


def _part_colours(names: Sequence[str]) -> dict[str, str]:
    """Return the colour of every part; those without one of their own take what is left."""
    used = {PARTS[name] for name in names if name in PARTS}
    left = cycle([each for each in OTHER_PARTS if each not in used])
    return {name: PARTS.get(name) or next(left) for name in names}


def _name_columns(ax: Axes, labels: Any, dated: bool, width: float) -> None:
    """Name as many columns as fit under the axis."""
    slot = width / len(labels)
    if dated:
        each = next(step for step in (1, 2, 3, 6, 12, 24, 60) if step * slot > 36 or step == 60)
        places = np.arange(0, len(labels), each)
        ax.set_xticks(places, month_labels(list(pd.DatetimeIndex(labels)[places])))
        return
    names = [str(name) for name in labels]
    each = max(1, int(np.ceil(min(max(text_width(name, TICK) for name in names), 60) / slot)))
    places = np.arange(0, len(names), each)
    ax.set_xticks(
        places, ["\n".join(wrap(names[at], each * slot - 6, TICK, most=4)) for at in places]
    )


def _columns_finding(
    labels: Any, total: Floats, income: Floats | None, dated: bool, lack: Mapping[str, float]
) -> str:
    """Return the title over the columns that cash carries."""

    def title(able: Sequence[str]) -> str:
        at = [place for place, each in enumerate(labels) if each in set(able)]
        comes_in = None if income is None else income[at]
        return _columns_title([labels[each] for each in at], total[at], comes_in, dated)

    return finding(labels, lack, title) if lack else _columns_title(labels, total, income, dated)


def _columns_title(labels: Any, total: Floats, income: Floats | None, dated: bool) -> str:
    worst = int(np.argmax(total if income is None else total - income))
    if total.max() < 0.005:
        return words.say("chart.columns.title_none")
    name = words.month(labels[worst]) if dated else frames.shorten(str(labels[worst]), SHORT)
    fields = {"month": name, "amount": words.headline_yuan(total[worst])}
    if income is None or not dated:
        key = "chart.columns.title" if dated else "chart.columns.title_row"
        return words.sentence(words.say(key, **fields))
    short = total - income
    over = int((short > 0.005).sum())
    if not over:
        left = words.headline_yuan(-short[worst])
        return words.sentence(words.say("chart.columns.title_left", left=left, **fields))
    fields["short"] = words.headline_yuan(short[worst])
    if over == 1:
        return words.sentence(words.say("chart.columns.title_over", **fields))
    months = words.count(len(total), "month")
    return words.say(
        "chart.columns.title_over_many", over=words.number(over), months=months, **fields
    )
