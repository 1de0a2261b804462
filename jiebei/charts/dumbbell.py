"""Dumbbell: one quantity of each strategy against the baseline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei.charts.drawing.geometry import axes_box, in_points
from jiebei.charts.drawing.given import figures
from jiebei.charts.drawing.money import Money, money
from jiebei.charts.drawing.rows import beside_row, name_row, upright_grid
from jiebei.charts.drawing.scales import scale
from jiebei.charts.drawing.short import finding, lacking, looks
from jiebei.charts.drawing.style import (
    BASELINE_GREY,
    EDGE,
    MASK,
    MOST_SERIES,
    SHORT,
    Said,
    Series,
    axes,
    cell,
    chart,
    frame,
    series,
)
from jiebei.charts.drawing.text import text_size, wrap
from jiebei.language import frames, words
from jiebei.language.errors import JiebeiError, nearest, refuse_kind

__all__ = ["dumbbell"]

ROW = 0.48  # inches
ROOM = 20.0  # points, the least for what is drawn
SAVINGS = frozenset({"interest", "penalty", "fee", "fees", "total_paid", "cost", "in_all"})
GAINS = frozenset({"net_benefit", "left_then"})
MORE_IS_BETTER = GAINS | {"lowest_cash"}


@chart
def dumbbell(
    table: pd.DataFrame,
    value: str = "interest",
    baseline: Said = None,
    *,
    short: Mapping[Said, float] | None = None,
    short_as: Said = None,
    told: Mapping[Said, Said] | None = None,
    best: Said = None,
    ax: Axes | None = None,
    title: Said = None,
    subtitle: Said = None,
    note: Said = "",
) -> Axes:
    """Draw one quantity of each strategy against the baseline, 与基准对比.

    Examples
    --------
    >>> import jiebei as jb
    >>> from jiebei import charts
    >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> table = jb.compare({"as agreed": loan, "settle": loan.settle(on="2027-03-01")})
    >>> charts.dumbbell(table, "interest").get_title()
    'Lowest interest: settle, ¥2,373 below as agreed'

    Parameters
    ----------
    table : DataFrame
        One row a strategy, as `jiebei.compare` returns it.
    value : str
        The column to show.
    baseline : str, optional
        A row; the first by default.
    short : dict, optional
        Name to the yuan by which cash falls short of a way: drawn hollow, dashed and grey, named
        so, below the others, and left out of the computed title. What is 0 or less, or NaN, is
        carried.
    short_as : str, optional
        What stands beside it instead of "cash {amount} short"; "{amount}" becomes the amount.
    told : dict, optional
        Name to what stands beside a way instead of its amount.
    best : str, optional
        The way that is recommended: it has the accent.
    ax : Axes, optional
        Where to draw.
    title, subtitle, note : str, optional
        Other words than the computed ones; "{unit}" in the subtitle becomes the unit of money.
    """
    refuse_kind(table, (pd.DataFrame,), "dumbbell()", "error.kind_table")
    if not isinstance(value, str) or value not in table:
        near = nearest(value, map(str, table.columns))
        raise JiebeiError("error.dumbbell", argument="value", value=value, nearest=near)
    names = [str(name) for name in table.index]
    baseline = names[0] if baseline is None else baseline
    if baseline not in names:
        near = nearest(baseline, names)
        raise JiebeiError("error.dumbbell", argument="baseline", value=baseline, nearest=near)
    kind = frames.kind(value)
    data = pd.Series(figures("dumbbell", value, table[value], gaps=True), index=names)
    lack = lacking(names, short)
    lacks = str(short_as or words.say("chart.short.amount", amount="{amount}"))
    order = sorted(range(len(names)), key=lambda at: names[at] != baseline and names[at] in lack)
    data = data.iloc[order]
    names = list(data.index)
    base = float(data[baseline])
    ax = axes(ax, 1.45 + ROW * len(names))
    upright_grid(ax)
    room = cell(ax).width - 2 * EDGE
    shown = [wrap(name, 0.3 * room, most=2) for name in names]
    left = max(text_size("\n".join(lines))[0] for lines in shown) + 16
    counted = _counted(data, base, lack, kind)
    beside = {
        name: _short_label(
            value, each, base, lacks.replace("{amount}", counted.write(lack[name])), counted
        )
        if name in lack
        else _label(value, each, base, name == baseline, counted)
        for name, each in data.items()
    } | dict(told or {})
    sides = [-1 if each < base and name not in lack else 1 for name, each in data.items()]
    widest = (room - left) / len(set(sides)) - ROOM
    labels = [wrap(beside[name], widest, most=2) for name in names]
    ax.set(xlim=_limits_for(data, labels, sides, room - left, kind), ylim=(len(names) - 0.4, -0.6))
    ax.set_yticks([])
    low, high = ax.get_xlim()
    # Room for a label to the left of zero asks for no ticks below zero.
    unit = scale(ax.xaxis, low if data.min() < 0 else max(low, 0.0), high, kind, counted=counted)
    frame(
        ax,
        finding(names, lack, lambda able: _dumbbell_title(data[able], baseline, value))
        if title is None
        else title,
        _dumbbell_subtitle(value, unit, baseline) if subtitle is None else subtitle,
        note,
        unit=unit,
        left=left,
    )
    grey, colour = series(["", " "])
    few = len(names) <= MOST_SERIES
    others = iter(series(names)[1:] if few else [colour] * (len(names) - 1))
    plain = [grey if name == baseline else next(others) for name in names]
    shown_as = looks(names, lack, plain, best)
    for place, each in enumerate(data):
        name_row(ax, place, shown[place])
        if np.isfinite(each):
            _pair(ax, place, each, base, shown_as[place], names[place] == baseline)
            edge = np.fmax(each, base) if sides[place] > 0 else each
            x = in_points(ax, (edge, place))[0, 0] + 9 * sides[place]
        else:
            x = axes_box(ax).x0
        align = "left" if sides[place] > 0 or not np.isfinite(each) else "right"
        beside_row(ax, x, place, labels[place], shown_as[place].colour, ha=align, bbox=MASK)
    return ax


def _counted(data: pd.Series[float], base: float, lack: Mapping[str, float], kind: str) -> Money:
    """Decide how amounts are told: a reader takes the baseline's from each."""
    if kind != "yuan":
        return money(list(lack.values()))
    told = data.drop(list(lack))
    counted = money((data, told - base, list(lack.values())), data)
    return counted.adding_up(*([each, -base, base - each] for each in told))


def _pair(ax: Axes, place: int, value: float, base: float, look: Series, is_baseline: bool) -> None:
    """Draw a row: a bar from the baseline's hollow dot to the strategy's solid one."""
    bar = {"color": look.colour, "linewidth": 3, "alpha": 0.4, "zorder": 2}
    ax.plot([base, value], [place, place], linestyle=look.dash, **bar)  # type: ignore[arg-type]
    if not is_baseline:
        ring = {"mfc": "white", "mec": BASELINE_GREY, "mew": 1.6}
        ax.plot([base], [place], marker="o", markersize=7, zorder=3, **ring)  # type: ignore[arg-type]
    mark = {"markersize": 8, "color": look.colour, "markerfacecolor": look.face, "zorder": 4}
    ax.plot([value], [place], marker=look.marker, **mark)  # type: ignore[arg-type]


def _limits_for(
    data: pd.Series[float],
    labels: Sequence[Sequence[str]],
    sides: Sequence[int],
    width: float,
    kind: str,
) -> tuple[float, float]:
    """Return the limits that leave room for the widest label on either side."""
    reserve = {1: 12.0, -1: 12.0}
    for each, lines, side in zip(data, labels, sides, strict=True):
        if not np.isfinite(each):  # its label begins at the left
            continue
        reserve[side] = max(reserve[side], text_size("\n".join(lines))[0] + 14)
    low, high = float(data.min()), float(data.max())
    if not np.isfinite(low):
        return 0.0, 1.0
    # What reads the same must not look apart.
    least = {"percent": 0.002, "days": 4.0}.get(kind, max(0.04, 0.002 * max(abs(low), abs(high))))
    inner = max(width - reserve[1] - reserve[-1], ROOM)
    spread = max(high - low, least)
    middle, per_point = (low + high) / 2, spread / inner
    low, high = middle - spread / 2, middle + spread / 2
    return low - reserve[-1] * per_point, high + reserve[1] * per_point


def _written(value: float, kind: str, counted: Money) -> str:
    return counted.write(value) if kind == "yuan" else words.headline(value, kind)


def _change(column: str, change: float, counted: Money) -> str:
    """Say what a strategy changes: saves, gains, lower, higher."""
    kind = frames.kind(column)
    amount = _written(abs(change), kind, counted)
    if amount == _written(0.0, kind, counted):
        return words.say("chart.label.same")
    if kind == "percent":
        amount = words.say("chart.label.points", points=words.number(100 * abs(change), 2))
    pair = ("more", "fewer") if kind == "days" else ("higher", "lower")
    if column in SAVINGS:
        pair = ("costs", "saves")
    if column in GAINS:
        pair = ("gains", "loses")
    return words.say(f"chart.label.{pair[change < 0]}", amount=amount)


def _label(column: str, value: float, base: float, is_baseline: bool, counted: Money) -> str:
    kind = frames.kind(column)
    written = _written(value, kind, counted)
    if is_baseline or not np.isfinite(value - base):
        return written
    change = _change(column, value - base, counted)
    if column in GAINS and abs(base) < 0.005:
        return change
    return words.say("chart.dumbbell.label", value=written, change=change)


def _short_label(column: str, value: float, base: float, lacks: str, counted: Money) -> str:
    """Say where a way that cash cannot carry stands on the axis, and what it lacks."""
    # What it would gain is not to be had: that it is out of reach is all there is to say.
    if not np.isfinite(value) or (column in GAINS and abs(base) < 0.005):
        return lacks
    written = _written(value, frames.kind(column), counted)
    return words.say("chart.dumbbell.label", value=written, change=lacks)


def _dumbbell_subtitle(column: str, unit: str, baseline: str) -> str:
    key = "chart.dumbbell.subtitle_unit" if unit else "chart.dumbbell.subtitle"
    quantity = words.sentence(words.say(f"column.{column}"))
    return words.say(key, quantity=quantity, unit=unit, baseline=frames.shorten(baseline, SHORT))


def _dumbbell_title(data: pd.Series[float], baseline: str, column: str) -> str:
    """Name the best strategy and its distance from the baseline."""
    kind = frames.kind(column)
    quantity = words.say(f"column.{column}")
    baseline = baseline if baseline in data else str(data.index[0])
    known = data.dropna()
    word = "high" if column in MORE_IS_BETTER else "low"
    if known.empty or len(data) == 1 or baseline not in known:
        fields = {"quantity": quantity, "name": frames.shorten(str(data.index[0]), SHORT)}
        if known.empty or baseline not in known:
            return words.sentence(words.say("chart.dumbbell.none", **fields))
        value = words.headline(data.iloc[0], kind)
        return words.sentence(words.say("chart.dumbbell.one", value=value, **fields))
    ranked = known.sort_values(ascending=word == "low", kind="stable")
    best = str(ranked.index[0])
    if words.headline(ranked.iloc[0], kind) == words.headline(ranked.iloc[-1], kind):
        same = words.headline(known[baseline], kind)
        return words.sentence(words.say("chart.dumbbell.same", quantity=quantity, value=same))
    key = f"chart.dumbbell.{kind}_{word}"
    if words.headline(known[baseline], kind) == words.headline(known[best], kind):
        level = words.headline(known[baseline], kind)
        others = [str(name) for name in ranked.index if words.headline(ranked[name], kind) != level]
        key, best = f"{key}_baseline", others[0]
    gap = abs(float(known[best] - known[baseline]))
    amount = words.headline(gap, kind)
    if kind == "percent":
        amount = words.say("chart.label.points", points=words.number(100 * gap, 2))
    short = {"name": frames.shorten(best, 3 * SHORT), "baseline": frames.shorten(baseline, SHORT)}
    return words.sentence(words.say(key, quantity=quantity, amount=amount, **short))
