"""Fan: how far scenarios spread over time."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from jiebei.charts.drawing.given import figures
from jiebei.charts.drawing.money import money
from jiebei.charts.drawing.scales import as_numbers
from jiebei.charts.drawing.style import CHEAPER, INK, Said, axes, chart
from jiebei.charts.drawing.trends import label_ends, stage
from jiebei.language import words
from jiebei.language.errors import JiebeiError

__all__ = ["fan"]


@chart
def fan(
    x: Any,
    scenarios: Any,
    *,
    limit: float | None = None,
    limit_name: Said = None,
    x_kind: str = "date",
    y_kind: str = "yuan",
    x_label: Said = "",
    ax: Axes | None = None,
    title: Said = None,
    subtitle: Said = None,
    note: Said = None,
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
    at, drawn = np.asarray(x), np.atleast_2d(figures("fan", "scenarios", scenarios))
    if drawn.shape[1:] != at.shape or not drawn.size:
        shapes = {"scenarios": drawn.shape, "places": at.size}
        raise JiebeiError("error.chart.fan", **shapes)
    shares = np.quantile(drawn, (0.05, 0.25, 0.5, 0.75, 0.95), axis=0)
    labels = {words.say(f"chart.fan.{key}"): shares[row, -1] for key, row in _BANDS.items()}
    colours = [CHEAPER] * len(labels)
    if limit is not None:
        labels[words.say("chart.fan.limit") if limit_name is None else limit_name] = limit
        colours.append(INK)
    ax = axes(ax)
    stage(
        ax,
        as_numbers(at, x_kind),
        shares if limit is None else np.append(shares, limit),
        list(labels),
        (x_kind, y_kind),
        _fan_title(drawn, shares[:, -1], limit, y_kind) if title is None else title,
        subtitle,
        words.say("chart.fan.note") if note is None else note,
        x_label,
        money((), shares if limit is None else np.append(shares, limit)),
    )
    ax.fill_between(at, shares[0], shares[4], color=CHEAPER, alpha=0.18, linewidth=0)
    ax.fill_between(at, shares[1], shares[3], color=CHEAPER, alpha=0.3, linewidth=0)
    ax.plot(at, shares[2], color=CHEAPER, linewidth=2.4)
    if limit is not None:
        ax.axhline(limit, color=INK, linewidth=1.4, linestyle="--")
    label_ends(ax, list(labels.values()), list(labels), colours)
    return ax


_BANDS = {"middle": 2, "half": 3, "nine_in_ten": 4}  # where each is named: at its upper edge


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
