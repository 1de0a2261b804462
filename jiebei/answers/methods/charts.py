"""Which repayment method suits me? The pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.shared.frontier import Along, over
from jiebei.answers.shared.reach import short_of
from jiebei.charts.columns import PARTS
from jiebei.charts.drawing.geometry import axes_box
from jiebei.charts.drawing.money import Money, money
from jiebei.charts.drawing.scales import scale
from jiebei.charts.drawing.style import GREY, INK, SHORT, axes, chart, frame, write
from jiebei.charts.drawing.text import LABEL, LEADING, TICK, wrap
from jiebei.compare.compare import Cash, net_benefit
from jiebei.language.figures import daily_words
from jiebei.language.frames import column, shorten
from jiebei.language.words import (
    Text,
    Words,
    month,
)
from jiebei.life.rules.facts import usual_rates
from jiebei.loan.loan import Loan
from jiebei.loan.terms import least_months
from jiebei.units.fen import FEN
from jiebei.units.reading import HIGHEST_DAILY_RATE
from jiebei.units.term import instalments_in

__all__ = ["balance", "by_term", "frontier", "payments"]

ACROSS = 3  # panels side by side
GAP, UNDER = 14.0, 18.0  # points between panels, and under one for its months
LONGEST = 24  # months to show, unless the loan is longer
HIGHEST_SAVINGS = 0.3


def _months(loan: Loan) -> pd.DataFrame:
    """Return the principal and the interest of each month of a loan, none left out."""
    flows = loan.cashflows(["date", "principal", "interest"])
    by_month = flows.groupby(flows["date"].to_numpy().astype("M8[M]"))[["principal", "interest"]]
    paid = by_month.sum()
    every = np.arange(paid.index[0].to_datetime64(), paid.index[-1].to_datetime64(), dtype="M8[M]")
    return paid.reindex([*every[1:], paid.index[-1]], fill_value=0.0)


@chart
def payments(loans: Mapping[str, Loan], cash: Cash) -> Axes:
    """Draw what each month takes by each method, one panel a method, on one scale (每月还款)."""
    paid = {name: _months(loan) for name, loan in loans.items()}
    heaviest = {name: float(each.sum(axis=1).max()) for name, each in paid.items()}
    top = 1.06 * max(*heaviest.values(), float(cash.monthly), 0.01)
    most = max(len(each) for each in paid.values())
    down = -(-len(loans) // ACROSS)
    ax = axes(None, 1.3 + 2.3 * down)
    ax.set(xlim=(-0.5, most - 0.5), ylim=(0, top))
    ax.set_xticks([])
    written = [(*each.sum(axis=1).iloc[[0, -1]], each["interest"].sum()) for each in paid.values()]
    counted = money(written, top)
    unit = scale(ax.yaxis, 0, top, count=3, counted=counted)
    frame(
        ax,
        str(_payments_title(heaviest)),
        str(Words("chart.columns.subtitle", unit=unit)),
        str(Words("answer.methods.payments_note", surplus=cash.monthly)),
        key=[(column(part), PARTS[part]) for part in ("principal", "interest")],
    )
    ax.set_axis_off()
    box = axes_box(ax)
    wide, tall = box.width / ACROSS, box.height / down
    names = {name: wrap(name, wide - GAP, LABEL, "bold", most=2) for name in paid}
    over = (max(map(len, names.values())) * LABEL + 2 * TICK) * LEADING + GAP
    for place, (name, each) in enumerate(paid.items()):
        row, across = divmod(place, ACROSS)
        bounds = (across / ACROSS, 1 - ((row + 1) * tall - UNDER) / box.height)
        size = ((wide - GAP) / box.width, (tall - UNDER - over) / box.height)
        panel = axes(ax.inset_axes((*bounds, *size)))
        panel.set(xlim=ax.get_xlim(), ylim=ax.get_ylim())
        scale(panel.yaxis, 0, top, count=3, counted=counted)
        panel.tick_params(labelleft=across == 0)
        _bars(panel, each, float(cash.monthly))
        _name(panel, names[name], each, counted)
    return ax


def _bars(panel: Axes, paid: pd.DataFrame, surplus: float) -> None:
    """Draw the months of one method, and what is left of the income as a line."""
    at, bottom = np.arange(len(paid)), np.zeros(len(paid))
    for part in ("principal", "interest"):
        panel.bar(at, paid[part], bottom=bottom, color=PARTS[part], width=0.78, zorder=2)
        bottom = bottom + paid[part].to_numpy()
    panel.axhline(surplus, color=INK, linewidth=1.4, zorder=4)
    ends = [0, len(paid) - 1] if len(paid) > 1 else [0]
    panel.set_xticks(ends, [month(paid.index[each]) for each in ends])
    if len(ends) > 1:
        first, last = panel.get_xticklabels()
        first.set_horizontalalignment("left")
        last.set_horizontalalignment("right")


def _name(panel: Axes, lines: list[str], paid: pd.DataFrame, counted: Money) -> None:
    """Write the method over its panel, its interest and its payments below that."""
    corner = axes_box(panel)
    total = paid.sum(axis=1)
    due = total[total >= FEN]  # a loan repaid once has months in which nothing is due
    figures = [Words("answer.methods.panel_interest", amount=counted.write(paid["interest"].sum()))]
    if len(due) > 1:
        first, last = counted.write(due.iloc[0]), counted.write(due.iloc[-1])
        figures.append(Words("answer.methods.panel_payments", first=first, last=last))
    elif len(paid) > 1 and len(due):
        figures.append(Words("answer.methods.panel_once", amount=counted.write(due.iloc[0])))
    y = corner.y1 + 6 + (len(lines) * LABEL + len(figures) * TICK) * LEADING
    y = write(panel, corner.x0, y, lines, LABEL, INK, "bold")
    write(panel, corner.x0, y, list(map(str, figures)), TICK, GREY)


def _payments_title(heaviest: Mapping[str, float]) -> Words:
    low, high = min(heaviest, key=heaviest.__getitem__), max(heaviest, key=heaviest.__getitem__)
    fields: dict[str, Any] = {"low": shorten(low, SHORT), "low_amount": heaviest[low]}
    if heaviest[high] - heaviest[low] < FEN:
        return Words("answer.methods.payments_same", amount=fields["low_amount"])
    fields |= {"high": shorten(high, SHORT), "high_amount": heaviest[high]}
    return Words("answer.methods.payments_title", **fields)


def balance(loans: Mapping[Any, Loan], cash: Cash) -> Axes:
    """Draw how the debt falls: the area under a line is what interest is paid on (占用本金).

    What your cash cannot carry is drawn hollow.
    """
    totals = {name: loan.summary() for name, loan in loans.items()}
    owed = {name: each.yuan_days / each.days_in_debt for name, each in totals.items()}
    low, high = min(owed, key=owed.__getitem__), max(owed, key=owed.__getitem__)
    rate = next(iter(loans.values())).daily_rate
    if owed[high] - owed[low] < FEN:
        title = Words("answer.methods.area_same", amount=owed[low])
    else:
        fields: dict[str, Any] = {"low": shorten(str(low), SHORT), "low_amount": owed[low]}
        fields |= {"high": shorten(str(high), SHORT), "high_amount": owed[high]}
        title = Words("answer.methods.area_title", **fields)
    note = Words("answer.methods.area_note", price=rate * 10_000)
    return charts.balance(loans, short=short_of(loans, cash), title=title, note=note)


def by_term(loans: Mapping[Any, Loan]) -> Axes:
    """Draw the interest of each method over the term (期限与利息)."""
    first = next(iter(loans.values()))
    own = instalments_in(first.term)
    terms = np.arange(1, max(LONGEST, own) + 1)
    interest = {}
    for name, loan in loans.items():
        allowed = terms[terms >= least_months(loan.method, loan.interest_only_months)]
        found = np.full(len(terms), np.nan)
        found[len(terms) - len(allowed) :] = loan.but(months=allowed).summary().interest
        interest[name] = found
    title = _terms_title(first, int(terms[-1]), lambda months: _spread(interest, months))
    return charts.lines(
        terms,
        interest,
        x_label=Words("answer.methods.terms_label"),
        title=title,
        subtitle=Words("answer.methods.terms_subtitle", unit="{unit}"),
        note=Words("answer.methods.terms_note", rate=daily_words(first.daily_rate)),
    )


def _terms_title(first: Loan, longest: int, spread: Callable[[int], float]) -> Words:
    """Say what the method makes out over the reader's own term, and over the longest drawn."""
    own, there = instalments_in(first.term), spread(longest)
    fields: dict[str, Any] = {"longest": longest, "there": there}
    if there < FEN:
        return Words("answer.methods.terms_same")
    if first.months is None:
        return Words("answer.methods.terms_title_days", days=first.days, **fields)
    fields |= {"months": own, "here": spread(own)}
    key = "terms_title" if own < longest else "terms_title_longest"
    if fields["here"] < FEN:
        key = "terms_title_here_same"
    return Words(f"answer.methods.{key}", **fields)


def _spread(interest: Mapping[Any, np.ndarray], months: int) -> float:
    """Return the distance between the dearest and the cheapest method at a term."""
    at = [each[months - 1] for each in interest.values()]
    return float(np.nanmax(at) - np.nanmin(at))


def frontier(equal: Loan, interest_only: Loan, savings_rate: float) -> Axes | Text:
    """Draw where paying late beats paying fast, by savings rate and daily rate (盈亏分界).

    With a single instalment there is nothing to draw.
    """
    own = float(equal.daily_rate)
    highest = max(usual_rates()[1], min(1.25 * own, HIGHEST_DAILY_RATE))
    most = max(HIGHEST_SAVINGS, min(1.25 * savings_rate, 1.0))

    def gain(savings: Any, daily: Any) -> Any:
        late, fast = (each.but(daily_rate=daily) for each in (interest_only, equal))
        return np.asarray(net_benefit(late, fast, savings[:, None])).T

    found = over(
        gain,
        Along(np.linspace(0.0, most, 41), savings_rate, Words("answer.methods.savings_label")),
        Along(np.linspace(0.0, highest, 31), own, column("daily_rate")),
    )
    if found.nothing:
        return Words("answer.methods.frontier_same")
    return found.draw(
        regions=(Words("method.interest_only"), Words("method.equal_instalment")),
        subtitle=Words("answer.methods.frontier_subtitle", unit="{unit}"),
    )
