"""Differences: by how much each payment is above or below what was expected."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei.charts.drawing.geometry import in_points
from jiebei.charts.drawing.given import figures, refuse_unequal
from jiebei.charts.drawing.money import ZERO, Money, money
from jiebei.charts.drawing.scales import month_labels, scale
from jiebei.charts.drawing.style import (
    CHEAPER,
    DEARER,
    EDGE,
    INK,
    MASK,
    RULE,
    Said,
    axes,
    cell,
    chart,
    frame,
    write,
)
from jiebei.charts.drawing.text import LEADING, NOTE, text_width
from jiebei.language import words

__all__ = ["differences"]


@chart
def differences(
    dates: Any,
    values: Any,
    *,
    ax: Axes | None = None,
    title: Said = None,
    subtitle: Said = None,
    note: Said = "",
) -> Axes:
    """Draw by how much each payment differs from what was expected, 逐期差额.

    What is more is vermillion and hatched, what is less is blue and plain.

    Examples
    --------
    >>> from jiebei import charts
    >>> days = np.array(["2027-01-01", "2027-02-01"], "M8[D]").astype("M8[s]")
    >>> charts.differences(days, [0.0, 12.5]).get_title()
    '1 of 2 payments differs, by ¥12.50 more'

    Parameters
    ----------
    dates : array of dates
        One a payment.
    values : array
        Yuan, more than expected above zero.
    ax : Axes, optional
        Where to draw.
    title, subtitle, note : str, optional
        Other words than the computed ones; "{unit}" in the subtitle becomes the unit of money.
    """
    data, days = figures("differences", "values", values), pd.DatetimeIndex(dates)
    refuse_unequal("differences", len(days), {"values": data})
    low, high = min(0.0, float(data.min(initial=0.0))), max(0.0, float(data.max(initial=0.0)))
    reach = (high - low) or 0.02
    ax = axes(ax)
    room = 0.14 * reach
    ends = (low - room * (low < 0), high + room * (high > 0))
    ax.set(xlim=(-0.5, data.size - 0.5), ylim=ends if high > low else (-0.01, 0.01))
    counted = money(data, ax.get_ylim())
    unit = scale(ax.yaxis, *ax.get_ylim(), counted=counted)
    slot = (cell(ax).width - 2 * EDGE - 40) / data.size
    each = next(step for step in (1, 2, 3, 6, 12, 24, 60) if step * slot > 36 or step == 60)
    places = np.arange(0, data.size, each)
    ax.set_xticks(places, month_labels(list(days[places])))
    frame(
        ax,
        _title(data) if title is None else title,
        words.say("chart.differences.subtitle", unit=unit) if subtitle is None else subtitle,
        note,
        unit=unit,
        key=_key(data),
    )
    bars = ax.bar(
        range(data.size), data, color=np.where(data > 0, DEARER, CHEAPER), width=0.78, zorder=2
    )
    for bar, value in zip(bars, data, strict=True):
        bar.set(hatch="///" if value > 0 else "", edgecolor="white", linewidth=0)
    ax.axhline(0, color=RULE, linewidth=0.9, zorder=3)
    _write_values(ax, data, slot, counted)
    return ax


def _key(data: Any) -> list[tuple[str, str]]:
    """Return what the colours mean, of those that are there."""
    sides = (("more", DEARER, data > ZERO), ("less", CHEAPER, data < -ZERO))
    return [(words.say(f"chart.differences.{name}"), ink) for name, ink, on in sides if on.any()]


def _write_values(ax: Axes, data: Any, slot: float, counted: Money) -> None:
    """Write each difference at the end of its column, where all of them fit side by side."""
    labels = [counted.write(each, signed=True) for each in data]
    if max(text_width(each, NOTE) for each in labels) > slot - 2:
        return
    for place, value in enumerate(data):
        x, y = in_points(ax, (place, value))[0]
        top = y - 3 if value < 0 else y + 2 + NOTE * LEADING
        write(ax, x, top, [labels[place]], NOTE, INK, ha="center", bbox=MASK, zorder=5)


def _title(data: Any) -> str:
    off = int((np.abs(data) > ZERO).sum())
    total = float(data.sum())
    fields = {"n": words.number(off), "all": words.number(data.size)}
    fields["amount"] = words.headline_yuan(abs(total))
    if not off:
        return words.say("chart.differences.title_none", **fields)
    side = "more" if total > ZERO else "less" if total < -ZERO else "even"
    return words.say(f"chart.differences.title_{side}.{'one' if off == 1 else 'many'}", **fields)
