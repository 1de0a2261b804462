"""Which offer is better? Where the answer turns: your own rate, the offer's rate and length."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.shared.countable import countable
from jiebei.answers.shared.frontier import Along, along, over, through
from jiebei.answers.shared.quotes import yearly
from jiebei.answers.shared.verdicts import flip_words
from jiebei.compare.compare import Cash, flip
from jiebei.language.words import (
    Text,
    Words,
    passage,
    percent,
)
from jiebei.life.negotiation.carried import lowest, spare
from jiebei.life.negotiation.least import least_months
from jiebei.life.negotiation.standing import Debt, cost_today, worth
from jiebei.life.rules.facts import usual_rates
from jiebei.loan.loan import Loan
from jiebei.loan.terms import MOST_MONTHS
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN
from jiebei.units.reading import HIGHEST_DAILY_RATE

__all__ = ["by_own_rate", "carry_frontier", "own_rate_chart", "worth_gauge"]

Numbers = npt.NDArray[np.float64]
OWN_RATES = (0.0, 0.10, 0.18, 0.36)
TRIED = np.linspace(0.0, 1.0, 1001)
MOST_LINES = 4  # beside the baseline


# Your own rate -----------------------------------------------------------------------------


def by_own_rate(debt: Debt, strategies: Mapping[Any, Loan], cash: Cash, own_rate: float) -> Answer:
    """Show what each way is worth by what a year is worth to you, and where the best changes.

    Parameters
    ----------
    debt : Debt
    strategies : dict of name to Loan
    cash : Cash
        Only ways that it carries are compared in the headline.
    own_rate : decimal
        Rates from 0 to 100 % a year are searched.
    """
    rates = np.array(sorted({*OWN_RATES, own_rate}))
    values = {name: worth(way, debt, rates) for name, way in strategies.items()}
    table = pd.DataFrame(values, index=[percent(each) for each in rates]).T.round(2) + 0.0
    table = table.rename_axis("strategy")
    carried = _carried(debt, strategies, cash)
    said: list[Any] = [Words(f"answer.{'yes' if each in carried else 'no'}") for each in strategies]
    flips: list[Any] = [flip_words(flip(way, debt.caught_up)) for way in strategies.values()]
    flips[0] = ""  # it is what the others are held against
    table["carried"], table["flips_at"] = said, flips
    words = _turns_words(debt, carried, own_rate)
    note = Words("answer.negotiate.turns_note")
    return Answer(Words("text.sentence", text=words), table, note)


def _carried(debt: Debt, strategies: Mapping[Any, Loan], cash: Cash) -> dict[Any, Loan]:
    return {name: way for name, way in strategies.items() if lowest(way, debt, cash) > -FEN}


def _turns_words(debt: Debt, carried: Mapping[Any, Loan], own_rate: float) -> Words:
    """Say which of the ways that are carried is best at which own rates."""
    if not carried:
        return Words("answer.negotiate.turns_nobody")
    names = list(carried)
    if len(names) == 1:
        return Words("answer.negotiate.turns_only", name=names[0])
    costs = np.array([cost_today(way, debt.on, TRIED) for way in carried.values()])
    best = costs.argmin(axis=0)
    here = int(np.argmin([cost_today(way, debt.on, own_rate) for way in carried.values()]))
    fields: dict[str, Any] = {"own": own_rate, "name": names[here]}
    turns = np.flatnonzero(np.diff(best))
    rates = np.array([_crossing(costs, best, place) for place in turns])
    if not turns.size:
        return Words("answer.negotiate.turns_never", **fields)
    ends = np.array([-np.inf, *rates, np.inf])
    parts = [Words("answer.negotiate.turns_here", **fields)]
    for place, (low, high) in enumerate(pairwise(ends)):
        if low <= own_rate < high:
            continue
        key = "below" if place == 0 else "above" if place == turns.size else "between"
        other = names[int(best[turns[place] if place < turns.size else -1])]
        end = {"rate": high if place == 0 else low, "high": high, "name": other}
        parts.append(Words(f"answer.negotiate.turns_{key}", **end))
    return Words("answer.negotiate.turns", parts=tuple(parts))


def _crossing(costs: Numbers, best: Any, place: Any) -> float:
    """Return the own rate between two that were tried at which the best way changes."""
    gap = (costs[best[place]] - costs[best[place + 1]])[place : place + 2]
    return float(TRIED[place] + (TRIED[1] - TRIED[0]) * gap[0] / (gap[0] - gap[1]))


def own_rate_chart(
    debt: Debt,
    strategies: Mapping[Any, Loan],
    cash: Cash,
    own_rate: float,
    ax: Axes | None = None,
) -> Axes:
    """Draw what the ways that are carried are worth today over your own rate.

    What cash does not carry is hollow: all of them, where it carries none, and the baseline.
    """
    rates = np.linspace(0.0, max(0.4, np.ceil(12.5 * own_rate) / 10), 81)
    carried = _carried(debt, strategies, cash)
    others = {name: way for name, way in strategies.items() if name != debt.name}
    shown = {name: way for name, way in others.items() if name in carried} or others
    none = "_none" if shown is others else ""
    first = sorted(shown, key=lambda name: -float(worth(shown[name], debt, own_rate)))
    values = {debt.name: np.zeros(len(rates))}
    values |= {name: worth(shown[name], debt, rates) for name in first[:MOST_LINES]}
    return charts.lines(
        rates,
        values,
        short={name: -lowest(way, debt, cash) for name, way in strategies.items()},
        x_kind="percent",
        x_label=Words("answer.negotiate.own_rate_label"),
        title=_turns_words(debt, carried, own_rate),
        subtitle=Words(f"answer.negotiate.own_rate_subtitle{none}", name=debt.name, unit="{unit}"),
        note=Words(f"answer.negotiate.own_rate_note{none}"),
        ax=ax,
    )


# The rate and the length of an offer -------------------------------------------------------


def _rates(debt: Debt) -> Along:
    """Return the daily rates that a plan may have; the loan's own is one of them."""
    own, late = float(debt.late.daily_rate), debt.late
    highest = max(usual_rates()[1], min(1.5 * own, HIGHEST_DAILY_RATE))
    daily = through(own, np.linspace(0.0, highest, 41))
    daily = countable(
        daily, lambda rate: late.restructure(MOST_MONTHS, on=debt.on, daily_rate=rate)
    )
    here = own if own <= daily[-1] else None
    return Along(daily, here, Words("answer.negotiate.frontier_x"), shown=yearly)


def carry_frontier(debt: Debt, ask_months: int, cash: Cash, ax: Axes | None = None) -> Axes | Text:
    """Draw which plans the cash carries, and with how much to spare, over rate and length.

    Where cash carries all of them there is nothing to see: then it is a sentence.
    """
    late, on = debt.late, debt.on

    def more(rates: Any, terms: Any) -> Any:
        return spare(late.restructure(terms[:, None], on=on, daily_rate=rates), debt, cash)

    months = np.arange(min(6, ask_months), MOST_MONTHS + 1)
    length = Along(months, ask_months, Words("answer.negotiate.frontier_y"), "number")
    room = over(more, _rates(debt), length)
    if np.min(room.gain) > -FEN:
        first, highest = int(room.y.grid[0]), yearly(float(room.x.grid[-1]))
        fields = {"first": first, "rate": highest}
        return Words("answer.negotiate.carry_all", **fields)
    if room.flat:
        return Words("text.sentence", text=_carry_title(debt, cash))
    line = [Words("answer.negotiate.carry_note_line")] * bool(np.max(room.gain) > 0)
    return room.draw(
        title=_carry_title(debt, cash),
        regions=(Words("answer.negotiate.carries"), Words("answer.negotiate.carries_not")),
        zero=Words("answer.negotiate.just"),
        subtitle=Words("answer.negotiate.carry_subtitle", unit="{unit}"),
        note=passage([*line, Words("answer.negotiate.carry_note")]),
        ax=ax,
    )


def _carry_title(debt: Debt, cash: Cash) -> Words:
    """Say how many instalments the cash needs at the present rate, and without interest."""
    own, plan = least_months(debt, cash)
    free, plan_free = least_months(debt, cash, daily_rate=0.0)
    fields: dict[str, Any] = {
        "rate": yearly(float(debt.late.daily_rate)),
        "months": own,
        "free": free,
    }
    if plan_free is None:
        return Words("answer.negotiate.carry_never", **fields)
    if plan is None:
        return Words("answer.negotiate.carry_free", **fields)
    return Words(f"answer.negotiate.carry_{'same' if own == free else 'both'}", **fields)


def worth_gauge(
    debt: Debt, ask_months: int, cash: Cash, own_rate: float, ax: Axes | None = None
) -> Axes | Text:
    """Draw up to which rate a plan of the length entered is worth more than catching up.

    Where cash carries it at no rate there is nothing to see: then it is a sentence.
    """
    rates = _rates(debt)
    plans = debt.late.restructure(ask_months, on=debt.on, daily_rate=rates.grid)
    carried = lowest(plans, debt, cash) > -FEN
    gain = np.where(carried, worth(plans, debt, own_rate), np.nan)
    if not carried.any():
        return Words("answer.negotiate.worth_title_not_carried", months=ask_months)
    notes = [Words("answer.negotiate.worth_note")]
    if lowest(debt.caught_up, debt, cash) <= -FEN:
        notes.append(Words("answer.negotiate.worth_note_short"))
    return along(
        gain,
        rates,
        title=_worth_title(rates.grid, gain, ask_months),
        regions=(Words("answer.negotiate.worth_yes"), Words("answer.negotiate.worth_no")),
        subtitle=Words("answer.negotiate.worth_subtitle", months=ask_months),
        note=passage(notes),
        ax=ax,
    )


def _worth_title(daily: Numbers, gain: Numbers, ask_months: int) -> Words:
    """Say up to which rate the plan is worth more than catching up."""
    known = np.isfinite(gain)
    gains = gain[known] > FEN
    fields: dict[str, Any] = {"months": ask_months, "rate": yearly(float(daily[known][-1]))}
    if gains.all() or not gains.any():
        return Words(f"answer.negotiate.worth_title_{'all' if gains.all() else 'no'}", **fields)
    fields["rate"] = yearly(float(np.interp(0, -gain[known], daily[known])))
    return Words("answer.negotiate.worth_title_up_to", **fields)
