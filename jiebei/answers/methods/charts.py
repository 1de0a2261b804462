"""Which repayment method suits me? The pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.shared.by_cash import short_of
from jiebei.answers.shared.frontier import Along, along, savings_rates
from jiebei.charts.columns import PARTS
from jiebei.charts.drawing.geometry import Floats, axes_box, in_points
from jiebei.charts.drawing.money import Money, money
from jiebei.charts.drawing.scales import scale
from jiebei.charts.drawing.short import finding
from jiebei.charts.drawing.style import GREY, INK, MASK, axes, chart, frame, write
from jiebei.charts.drawing.text import LABEL, LEADING, TICK, wrap
from jiebei.compare.compare import Cash, horizon, net_benefit
from jiebei.language.figures import daily_words
from jiebei.language.frames import column
from jiebei.language.words import (
    Text,
    Words,
    month,
    passage,
)
from jiebei.loan.loan import Loan
from jiebei.loan.terms import least_months
from jiebei.units.fen import FEN
from jiebei.units.term import instalments_in

__all__ = ["balance", "by_term", "gauge", "payments"]

ACROSS = {2: 2, 4: 2}  # panels side by side, by how many there are
MOST_ACROSS = 3
ROOM = 1.4  # times what the axis shows: what is higher than this is cut
GAP, UNDER = 14.0, 18.0  # points between panels, and under one for its months
LONGEST = 24  # months to show, unless the loan is longer


def _months(loan: Loan) -> pd.DataFrame:
    """Return the principal and the interest of each month of a loan, none left out."""
    flows = loan.cashflows(["date", "principal", "interest"])
    by_month = flows.groupby(flows["date"].to_numpy().astype("M8[M]"))[["principal", "interest"]]
    paid = by_month.sum()
    every = np.arange(paid.index[0].to_datetime64(), paid.index[-1].to_datetime64(), dtype="M8[M]")
    return paid.reindex([*every[1:], paid.index[-1]], fill_value=0.0)


@chart
def payments(loans: Mapping[Any, Loan], cash: Cash, best: Sequence[Any] = ()) -> Axes:
    """Draw what each month takes by each method, one panel a method, on one scale (每月还款).

    The scale is that of the months and of what the income leaves; a payment far above it, such as
    all the principal at once, is cut and its amount written beside it. The title is about the
    `best` methods, where some are better than others; what your cash cannot carry is named so.
    """
    lack = {name: each for name, each in short_of(loans, cash).items() if each >= FEN}
    paid = {name: _months(loan) for name, loan in loans.items()}
    surplus, totals = float(cash.monthly), [each.sum(axis=1) for each in paid.values()]
    heaviest = {name: float(each.max()) for name, each in zip(paid, totals, strict=True)}
    highest = max(*heaviest.values(), surplus)
    usual = _usual(totals, surplus)
    is_cut = 0 < usual * ROOM < highest
    top = usual if is_cut else 1.06 * highest
    most = len(totals[0])
    columns = ACROSS.get(len(loans), MOST_ACROSS)
    down = -(-len(loans) // columns)
    ax = axes(None, 1.3 + 2.3 * down)
    ax.set(xlim=(-0.5, most - 0.5), ylim=(0, top))
    ax.set_xticks([])
    written = [(*each.sum(axis=1).iloc[[0, -1]], each["interest"].sum()) for each in paid.values()]
    interest = {name: float(each["interest"].sum()) for name, each in paid.items()}
    counted = money([*written, list(lack.values())], top)
    unit = scale(ax.yaxis, 0, top, count=3, counted=counted)
    frame(
        ax,
        finding(list(map(str, loans)), {str(name): each for name, each in lack.items()},
                lambda _: str(_payments_title(heaviest, interest, best))),
        str(Words("chart.columns.subtitle", unit=unit)),
        str(_payments_note(heaviest, surplus, lack, is_cut)),
        key=[(column(part), PARTS[part]) for part in ("principal", "interest")
             if sum(each[part].sum() for each in paid.values())],
    )  # fmt: skip
    ax.set_axis_off()
    box = axes_box(ax)
    wide, tall = box.width / columns, box.height / down
    names = {name: wrap(name, wide - GAP, LABEL, "bold", most=2) for name in paid}
    figures = 3 if lack else 2
    over = (max(map(len, names.values())) * LABEL + figures * TICK) * LEADING + GAP
    for place, (name, each) in enumerate(paid.items()):
        row, across = divmod(place, columns)
        bounds = (across / columns, 1 - ((row + 1) * tall - UNDER) / box.height)
        size = ((wide - GAP) / box.width, (tall - UNDER - over) / box.height)
        panel = axes(ax.inset_axes((*bounds, *size)))
        panel.set(xlim=ax.get_xlim(), ylim=ax.get_ylim())
        scale(panel.yaxis, 0, top, count=3, counted=counted)
        panel.tick_params(labelleft=across == 0)
        _bars(panel, each, surplus)
        if is_cut:
            _cut(panel, each.sum(axis=1).to_numpy(), counted)
        _name(panel, names[name], each, counted, lack.get(name))
    return ax


def _payments_title(
    heaviest: Mapping[Any, float], interest: Mapping[Any, float], best: Sequence[Any]
) -> Words:
    """Say what the best methods cost and take at most; else from what to what it goes."""
    if not best:
        return _range("payments", heaviest)
    most = max(heaviest[name] for name in best)
    costs, dearest = {interest[name] for name in best}, max(interest.values())
    if len(costs) > 1 or dearest - min(costs) < FEN:
        return Words("answer.methods.payments_best", names=tuple(best), amount=most)
    fields = {"interest": min(costs), "dearest": dearest}
    return Words("answer.methods.payments_best_costs", names=tuple(best), amount=most, **fields)


def _payments_note(
    heaviest: Mapping[Any, float], surplus: float, lack: Mapping[Any, float], is_cut: bool
) -> Text:
    """Say what the black line is, and what bears the months that are above it."""
    above = any(heaviest[name] > surplus for name in heaviest if name not in lack)
    key = "payments_above_short" if lack else "payments_above"
    return passage(
        [
            Words("answer.methods.payments_note", surplus=surplus),
            Words(f"answer.methods.{key}") if above else "",
            Words(f"answer.methods.payments_scale{'_cut' if is_cut else ''}"),
        ]
    )


def _usual(totals: Sequence[pd.Series[float]], surplus: float) -> float:
    """Return the height at which a month of each method can be told from what the income leaves."""
    return max(2 * surplus, 1.5 * max(float(each.median()) for each in totals))


def _cut(panel: Axes, total: Floats, counted: Money) -> None:
    """Break the bars that are higher than the panel, and write the highest of them beside it."""
    top = panel.get_ylim()[1]
    if not (over := np.flatnonzero(total > top)).size:
        return
    for at in over:
        low, high = 0.8 * top, 0.86 * top
        edges = [at - 0.5, at + 0.5]
        panel.fill_between(edges, [low, low + 0.04 * top], [low + 0.06 * top, high + 0.04 * top],
                           color="white", linewidth=0, zorder=3)  # fmt: skip
    highest = int(over[np.argmax(total[over])])
    left = highest > len(total) / 2
    x, y = in_points(panel, (highest + (-0.5 if left else 0.5), top))[0]
    side, away = ("right", -3) if left else ("left", 3)
    amount = counted.write(total[highest])
    write(panel, x + away, y, [amount], TICK, INK, ha=side, bbox=MASK, zorder=5)


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


def _name(
    panel: Axes, lines: list[str], paid: pd.DataFrame, counted: Money, short: float | None
) -> None:
    """Write the method over its panel; below that its interest, payments, and what cash lacks."""
    corner = axes_box(panel)
    total = paid.sum(axis=1)
    due = total[total >= FEN]  # a loan repaid once has months in which nothing is due
    figures = [Words("answer.methods.panel_interest", amount=counted.write(paid["interest"].sum()))]
    if len(due) > 1:
        first, last = counted.write(due.iloc[0]), counted.write(due.iloc[-1])
        figures.append(Words("answer.methods.panel_payments", first=first, last=last))
    elif len(paid) > 1:
        figures.append(Words("answer.methods.panel_once", amount=counted.write(due.iloc[0])))
    if short is not None:
        figures.append(Words("chart.short.amount", amount=counted.write(short)))
    y = corner.y1 + 6 + (len(lines) * LABEL + len(figures) * TICK) * LEADING
    y = write(panel, corner.x0, y, lines, LABEL, INK, "bold")
    write(panel, corner.x0, y, list(map(str, figures)), TICK, GREY)


def _range(what: str, amounts: Mapping[Any, float]) -> Words:
    """Say from what to what it goes, and name all that have the least and the most of it."""
    low, high = min(amounts.values()), max(amounts.values())
    if high - low < FEN:
        return Words(f"answer.methods.{what}_same", amount=low)
    least, most = (
        tuple(name for name, each in amounts.items() if abs(each - end) < FEN)
        for end in (low, high)
    )
    return Words(
        f"answer.methods.{what}_title", low=least, low_amount=low, high=most, high_amount=high
    )


def balance(loans: Mapping[Any, Loan], cash: Cash) -> Axes:
    """Draw how the debt falls: the area under a line is what interest is paid on (占用本金).

    What your cash cannot carry is drawn hollow.
    """
    totals = {name: loan.summary() for name, loan in loans.items()}
    owed = {name: each.yuan_days / each.days_in_debt for name, each in totals.items()}
    rate = next(iter(loans.values())).daily_rate
    note = Words("answer.methods.area_note", price=rate * 10_000)
    return charts.balance(loans, short=short_of(loans, cash), title=_range("area", owed), note=note)


def by_term(loans: Mapping[Any, Loan]) -> Axes | Text:
    """Draw the interest of each method over the term (期限与利息); or say there is none."""
    first = next(iter(loans.values()))
    own = instalments_in(first.term)
    terms = np.arange(1, max(LONGEST, own) + 1)
    interest = {}
    for name, loan in loans.items():
        allowed = terms[terms >= least_months(loan.method, loan.interest_only_months)]
        found = np.full(len(terms), np.nan)
        found[len(terms) - len(allowed) :] = loan.but(months=allowed).summary().interest
        interest[name] = found
    if max(float(np.nanmax(each)) for each in interest.values()) < FEN:
        return Words("answer.methods.terms_same")
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


def gauge(equal: Loan, interest_only: Loan, savings_rate: float) -> Axes | Text:
    """Draw from which savings rate on paying late beats paying fast (盈亏分界).

    With a single instalment there is nothing to draw.
    """
    tried = Along(
        savings_rates(equal, savings_rate), savings_rate, Words("answer.methods.savings_label")
    )
    gain = net_benefit(interest_only, equal, tried.grid, at=horizon(equal, interest_only))
    if np.abs(gain).max() < FEN:
        return Words("answer.methods.gauge_same")
    return along(
        gain,
        tried,
        regions=(Words("method.interest_only"), Words("method.equal_instalment")),
        subtitle=Words("answer.methods.gauge_subtitle", unit="{unit}"),
    )
