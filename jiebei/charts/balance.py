"""Balance: how each debt falls, and when it is repaid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from jiebei.charts.drawing.geometry import axes_box, in_points
from jiebei.charts.drawing.given import check_loans, check_names
from jiebei.charts.drawing.hover import tell
from jiebei.charts.drawing.labels import beside_lines
from jiebei.charts.drawing.money import Money, money
from jiebei.charts.drawing.scales import as_numbers, scale
from jiebei.charts.drawing.short import LEAST, enough, finding, lacking, looks, named
from jiebei.charts.drawing.style import (
    GREY,
    HEIGHT,
    MOST_SERIES,
    OUT,
    SHORT,
    Said,
    Series,
    axes,
    cell,
    chart,
    frame,
    series,
    write,
)
from jiebei.charts.drawing.text import LABEL, ways, wrap
from jiebei.charts.drawing.trends import show_beneath
from jiebei.language import frames, words
from jiebei.language.errors import JiebeiError

__all__ = ["HasCashflows", "balance", "balance_curve", "tell_owed"]

PANELS = 3  # small multiples side by side
PALE = 0.4


class HasCashflows(Protocol):
    """Anything with a frame of dated events: a loan or a plan."""

    def cashflows(self) -> pd.DataFrame:
        """Return the dated events."""


def balance_curve(flows: pd.DataFrame) -> pd.Series[float]:
    """Return the principal owed after each date, all loans of the frame together.

    Parameters
    ----------
    flows : DataFrame
        Dated events with ``date``, ``opening`` and ``closing``.
    """
    change = (flows["closing"] - flows["opening"]).groupby(flows["date"]).sum()
    return change.sort_index().cumsum().round(2)


@chart
def balance(
    strategies: Mapping[Said, HasCashflows],
    *,
    short: Mapping[Said, float] | None = None,
    about: Said = None,
    past: HasCashflows | None = None,
    ax: Axes | None = None,
    title: Said = None,
    subtitle: Said = None,
    note: Said = None,
) -> Axes:
    """Draw how the debt of each strategy falls, and when it is repaid, 剩余本金曲线.

    The first strategy is the baseline. More than five become small multiples.

    Examples
    --------
    >>> import jiebei as jb
    >>> from jiebei import charts
    >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> ax = charts.balance({"as agreed": loan, "settle": loan.settle(on="2027-03-01")})
    >>> ax.get_title()
    'Settle: free of debt 9 months sooner than as agreed, ¥2,373 less in interest and fees'

    Parameters
    ----------
    strategies : dict
        Name to loan or plan, one scenario each.
    short : dict, optional
        Name to the yuan by which cash falls short of a way: drawn hollow, dashed and grey, named
        so, and left out of the computed title. What is 0 or less, or NaN, is carried.
    about : str, optional
        The way that is recommended: it has the accent, and the computed title is about it; about
        the cheapest, if not given.
    past : loan or plan, optional
        What was before all of them, drawn pale until the first of them begins.
    ax : Axes, optional
        Where to draw.
    title, subtitle, note : str, optional
        Other words than the computed ones; "{unit}" in the subtitle becomes the unit of money.
    """
    check_names("balance", strategies)
    if not strategies:
        raise JiebeiError("error.chart.nothing", chart="balance")
    check_loans(strategies if past is None else {**strategies, "past": past})
    for name, each in strategies.items():
        if shape := getattr(each, "shape", ()):
            fields = {"name": name, "scenarios": int(np.prod(shape))}
            raise JiebeiError("error.chart.scenarios", **fields)
    flows = {name: each.cashflows() for name, each in strategies.items()}
    curves = {name: balance_curve(each) for name, each in flows.items()}
    first = min(curve.index[0] for curve in curves.values())
    last = max(curve.index[-1] for curve in curves.values())
    low, high = as_numbers([first, last], "date")
    high = max(high, low + 1)  # a loan repaid on the day it was drawn
    top = max(max(curve.max() for curve in curves.values()), 0.01)
    lack = lacking(flows, short)
    of_costs = title is None and enough(list(flows), lack)
    if title is None:
        title = finding(
            list(flows),
            lack,
            lambda names: _balance_title({n: flows[n] for n in names}, curves, about),
        )
    behind = None if past is None else _until(balance_curve(past.cashflows()), first)
    if behind is not None:
        [low], top = as_numbers([behind.index[0]], "date"), max(top, behind.max())
    few = len(curves) <= MOST_SERIES
    ax = axes(ax, HEIGHT if few else 1.4 + 1.5 * -(-len(curves) // PANELS))
    ax.set(xlim=(low, high + 0.01 * (high - low)), ylim=(0, 1.12 * top))
    counted = money(lack.values(), top)
    unit = scale(ax.yaxis, 0, top, counted=counted)
    scale(ax.xaxis, low, high, "date")
    frame(
        ax,
        title,
        words.say("chart.balance.subtitle", unit=unit) if subtitle is None else subtitle,
        _note(curves, behind is not None, of_costs) if note is None else note,
        unit=unit,
    )
    if few:
        tell_owed(ax, curves)
        _together(ax, curves, looks(curves, lack, best=about), lack, counted, behind)
    else:
        _panels(ax, curves, lack, counted)
    return ax


def tell_owed(ax: Axes, curves: Mapping[str, pd.Series[float]]) -> None:
    """Say what is owed after each day on which one of the debts changes."""
    owed = pd.concat(dict(curves), axis=1, sort=True).ffill()
    said = {name: [words.yuan(each) for each in owed[name]] for name in curves}
    days = [words.day(each) for each in owed.index]
    tell(ax, as_numbers(owed.index, "date"), {frames.column("date"): days, **said})


def _note(curves: Mapping[str, pd.Series[float]], is_past: bool, of_costs: bool) -> str:
    """Say what is to be seen, and whose the costs in the title are, if it names any."""
    if len(curves) > MOST_SERIES:
        baseline = frames.shorten(next(iter(curves)), SHORT)
        return words.say("chart.small.note", baseline=baseline)
    again = any(bool((curve.diff() > LEAST).any()) for curve in curves.values())
    costs = f"note_costs{'_past' * is_past}"
    there = {"note": True, "note_again": again, "note_past": is_past, costs: of_costs}
    return words.sentences([words.say(f"chart.balance.{key}") for key in there if there[key]])


def _until(curve: pd.Series[float], day: pd.Timestamp) -> pd.Series[float] | None:
    """Return what was owed until a day, None where nothing was before it."""
    before = curve[curve.index < day]
    if not len(before):
        return None
    return pd.concat([before, pd.Series([curve[curve.index <= day].iloc[-1]], [day])])


def _together(
    ax: Axes,
    curves: Mapping[str, pd.Series[float]],
    all_looks: Sequence[Series],
    lack: Mapping[str, float],
    counted: Money,
    behind: pd.Series[float] | None,
) -> None:
    """Draw all debts over each other, each with its label, and pale what was before."""
    ends = [curve.index[-1] for curve in curves.values()]
    drawn = []
    for place, curve in enumerate(curves.values()):
        drawn.append(_step(ax, curve, all_looks[place], place))
        # Of marks on the same day each shows around the next one.
        alike, above = ends.count(ends[place]), ends[place + 1 :].count(ends[place])
        smallest = {1: 9.0, 2: 7.5}.get(alike, 5.0)
        size = smallest + (11.5 - smallest) * above / max(alike - 1, 1)
        _payoff(ax, curve, all_looks[place], size, 5 - 0.1 * above)
    show_beneath(drawn)
    marks = in_points(ax, np.column_stack([as_numbers(ends, "date"), np.zeros(len(ends))]))
    room = 0.3 * cell(ax).width
    texts = [ways(named(name, lack, counted), room) for name in curves]
    if behind is not None:
        drawn.append(_pale(ax, behind))
        texts.append([words.say("chart.balance.past")])
    beside_lines(
        ax,
        drawn,
        texts,
        list(np.column_stack([marks - 6, marks + 6])),
    )


def _pale(ax: Axes, curve: pd.Series[float]) -> Line2D:
    """Draw what cannot be changed any more."""
    x, y = curve.index.to_numpy(), curve.to_numpy()
    (line,) = ax.plot(
        x, y, drawstyle="steps-post", color=GREY, alpha=PALE, linewidth=2.4, clip_on=False, zorder=2
    )
    return line


def _step(
    ax: Axes, curve: pd.Series[float], look: Series, place: int = 0, marks: int = 9
) -> Line2D:
    """Draw one debt as steps, marked now and then."""
    every = max(1, len(curve) // marks)
    (line,) = ax.plot(
        curve.index.to_numpy(),
        curve.to_numpy(),
        drawstyle="steps-post",
        color=look.colour,
        linewidth=look.width,
        linestyle=look.dash,
        solid_joinstyle="miter",
        marker=look.marker,
        markersize=5,
        markerfacecolor=look.face,
        markeredgecolor=look.edge,
        markeredgewidth=0.6,
        markevery=(min(place, every - 1), every),
        clip_on=False,
        zorder=look.level,
    )
    return line


def _payoff(
    ax: Axes, curve: pd.Series[float], look: Series, size: float, zorder: float = 5.0
) -> None:
    """Mark where a debt is repaid."""
    if curve.iloc[-1] < 0.005:
        ax.plot(
            curve.index.to_numpy()[-1:],
            [0.0],
            marker=look.marker,
            markersize=size,
            color=look.face,
            markeredgecolor=look.edge,
            clip_on=False,
            zorder=zorder,
        )


def _panels(
    ax: Axes, curves: Mapping[str, pd.Series[float]], lack: Mapping[str, float], counted: Money
) -> None:
    """Draw each strategy in a panel of its own within the axes, over the grey baseline."""
    ax.set_axis_off()
    low, high = ax.get_xlim()
    box, down = axes_box(ax), -(-len(curves) // PANELS)
    wide, tall = box.width / PANELS, box.height / down
    baseline = next(iter(curves.values()))
    for place, (name, curve) in enumerate(curves.items()):
        row, column = divmod(place, PANELS)
        bounds = (column / PANELS, 1 - (row + 1) / down, 1 - 14 / wide, 1 - 34 / tall)
        panel = axes(ax.inset_axes((*bounds[:2], bounds[2] / PANELS, bounds[3] / down)))
        panel.set(xlim=(low, high), ylim=ax.get_ylim())
        scale(panel.yaxis, 0, ax.get_ylim()[1], count=3, counted=counted)
        scale(panel.xaxis, low, high, "date", 3)
        panel.tick_params(labelleft=column == 0, labelbottom=place + PANELS >= len(curves))
        grey, colour = (each._replace(width=2.0) for each in series(["", " "]))
        if name in lack:
            colour = colour._replace(colour=OUT, dash="--")
        _step(panel, baseline, grey, marks=1)
        _payoff(panel, baseline, grey, 9, 4.9)
        if place:
            _step(panel, curve, colour, 1, marks=4)
            _payoff(panel, curve, colour, 6)
        corner = axes_box(panel)
        shown = wrap(named(name, lack, counted), corner.width, LABEL, "bold", most=1)
        write(
            panel, corner.x0, corner.y1 + 16, shown, LABEL, colour.colour if place else GREY, "bold"
        )


# The words over it -------------------------------------------------------------------------


def _cost(flows: pd.DataFrame) -> float:
    """Return what is paid beyond what was drawn, interest that became principal included."""
    return round(float(flows["payment"].sum() - flows["drawn"].sum()), 2)


def _balance_title(
    flows: Mapping[str, pd.DataFrame],
    curves: Mapping[str, pd.Series[float]],
    about: str | None = None,
) -> str:
    """Say when who is free of debt, and at what cost against the baseline."""
    names = list(flows)
    costs = {name: _cost(each) for name, each in flows.items()}
    ends = {name: curve.index[-1] for name, curve in curves.items()}
    is_open = {name: curve.iloc[-1] >= 0.005 for name, curve in curves.items()}
    baseline = names[0]
    amount = words.headline_yuan(costs[baseline])
    short = {name: frames.shorten(name, SHORT) for name in names}
    still = next((name for name in names if is_open[name]), None)
    if still is not None:
        owed = words.headline_yuan(curves[still].iloc[-1])
        title = words.say(
            "chart.balance.still_owed", name=short[still], amount=owed, day=words.day(ends[still])
        )
    elif len(names) == 1 or about == baseline:
        day = words.day(ends[baseline])
        title = words.say("chart.balance.title_one", name=short[baseline], day=day, amount=amount)
    elif len(set(ends.values())) == 1 and np.ptp([*costs.values()]) < 0.005:
        title = words.say("chart.balance.title_same", day=words.day(ends[baseline]), amount=amount)
    else:
        # The cheapest makes the headline; of equally cheap ones the first to be free.
        cheapest = min(names[1:], key=lambda name: (round(costs[name], 2), ends[name]))
        best = about if about in names else cheapest
        time = "sooner" if ends[best] < ends[baseline] else "later"
        if ends[best] == ends[baseline]:
            time = "same"
        gain = round(costs[baseline] - costs[best], 2)
        cost = "less" if gain > 0 else "more" if gain < 0 else "same"
        title = words.say(
            "chart.balance.title",
            name=short[best],
            time=words.say(
                f"chart.balance.time_{time}",
                span=words.span(ends[best], ends[baseline]),
                baseline=short[baseline],
            ),
            cost=words.say(f"chart.balance.cost_{cost}", amount=words.headline_yuan(abs(gain))),
        )
    return words.sentence(title)
