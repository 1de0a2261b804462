"""What does extending cost? Where money from elsewhere becomes the cheaper way."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.extend.limits import MONTHS_TRIED
from jiebei.answers.extend.prices import FEE_SHARES
from jiebei.answers.shared.countable import through
from jiebei.compare.compare import net_benefit
from jiebei.language.words import say
from jiebei.loan.loan import Loan
from jiebei.units.fen import FEN
from jiebei.value.worth import DAYS_A_YEAR

__all__ = ["fee_frontier", "gain_at_the_end", "length_frontier"]


def _rates(agreed: Loan, other_rate: float, number: int = 61) -> Any:
    own = agreed.summary().effective_rate
    most = max(0.1, 2.0 * own if np.isfinite(own) else 0.0, 1.25 * other_rate)
    return np.linspace(0.0, min(np.ceil(20 * most) / 20, 1.0), number)


def length_frontier(
    agreed: Loan, months: int, on: Any, other_rate: float, ax: Axes | None = None, **terms: Any
) -> Axes | str:
    """Draw what extending saves against borrowing elsewhere, over that rate and the length."""
    rates = through(other_rate, _rates(agreed, other_rate))
    lengths = np.arange(1, max(MONTHS_TRIED, months) + 1)
    gain = gain_at_the_end(agreed.extend(lengths, on=on, **terms), agreed, rates)
    return _frontier(
        rates,
        lengths,
        gain,
        here=(other_rate, months) if months else None,
        y_kind="number",
        x_label=say("answer.extend.other_label"),
        y_label=say("answer.extend.months_label"),
        ax=ax,
    )


def fee_frontier(
    agreed: Loan,
    months: int,
    on: Any,
    other_rate: float,
    fee: float,
    daily_rate: float,
    ax: Axes | None = None,
) -> Axes | str:
    """Draw what extending saves against borrowing elsewhere, over that rate and the fee."""
    rates = through(other_rate, _rates(agreed, other_rate))
    drawn = agreed.summary().drawn
    most = max(FEE_SHARES[-1] * drawn, 1.5 * fee, 1.0)
    fees = through(fee, np.round(np.linspace(0.0, most, 41), 2))
    gain = gain_at_the_end(
        agreed.extend(months, on=on, fee=fees, daily_rate=daily_rate), agreed, rates
    )
    return _frontier(
        rates,
        fees,
        gain,
        here=(other_rate, fee),
        y_kind="yuan",
        x_label=say("answer.extend.other_label"),
        y_label=say("answer.extend.fee_label", unit="{unit}"),
        ax=ax,
    )


def gain_at_the_end(extended: Loan, agreed: Loan, rates: Any) -> Any:
    """Return what each extension saves at each rate, on the last day of its own."""
    gain = np.asarray(net_benefit(extended, agreed, rates[:, None]))
    ends = np.maximum(extended.summary().payoff_date, agreed.summary().payoff_date)
    days = (ends.max() - ends).astype(np.int64)
    return (gain / (1 + rates[:, None]) ** (days / DAYS_A_YEAR)).T


def _frontier(rates: Any, up: Any, gain: Any, **options: Any) -> Axes | str:
    if np.abs(gain).max() < FEN:
        return say("answer.extend.no_gain")
    return charts.frontier(
        rates,
        up,
        gain,
        regions=(say("answer.extend.region"), say("answer.extend.region_elsewhere")),
        subtitle=say("answer.extend.frontier_subtitle", unit="{unit}"),
        **options,
    )
