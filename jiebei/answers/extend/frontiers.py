"""What does extending cost? Where money from elsewhere becomes the cheaper way."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from jiebei.answers.extend.prices import FEE_SHARES
from jiebei.answers.extend.terms import lengthened
from jiebei.answers.shared.frontier import Along, over
from jiebei.compare.compare import net_benefit
from jiebei.language.words import Text, Words
from jiebei.loan.loan import Loan
from jiebei.value.worth import DAYS_A_YEAR

__all__ = ["fee_frontier", "gain_at_the_end"]

REGIONS = Words("answer.extend.region"), Words("answer.extend.region_elsewhere")


def _other(agreed: Loan, other_rate: float) -> Along:
    own = agreed.summary().effective_rate
    most = max(0.1, 2.0 * own if np.isfinite(own) else 0.0, 1.25 * other_rate)
    tried = np.linspace(0.0, min(np.ceil(20 * most) / 20, 1.0), 61)
    return Along(tried, other_rate, Words("answer.extend.other_label"))


def fee_frontier(
    agreed: Loan,
    months: int,
    on: Any,
    other_rate: float,
    fee: float,
    daily_rate: float,
    ax: Axes | None = None,
) -> Axes | Text:
    """Draw what extending saves against borrowing elsewhere, over that rate and the fee."""

    def gain(rates: Any, fees: Any) -> Any:
        extended = lengthened(agreed, months, on, fees, daily_rate)
        return gain_at_the_end(extended, agreed, rates)

    most = max(FEE_SHARES[-1] * agreed.summary().drawn, 1.5 * fee, 1.0)
    label = Words("answer.extend.fee_label", unit="{unit}")
    fees = Along(np.round(np.linspace(0.0, most, 41), 2), fee, label, "yuan")
    found = over(gain, _other(agreed, other_rate), fees)
    if found.nothing:
        return Words("answer.extend.no_gain")
    subtitle = Words("answer.extend.frontier_subtitle", unit="{unit}")
    return found.draw(regions=REGIONS, subtitle=subtitle, ax=ax)


def gain_at_the_end(extended: Loan, agreed: Loan, rates: Any) -> Any:
    """Return what each extension saves at each rate, on the last day of its own."""
    gain = np.asarray(net_benefit(extended, agreed, rates[:, None]))
    ends = np.maximum(extended.summary().payoff_date, agreed.summary().payoff_date)
    days = (ends.max() - ends).astype(np.int64)
    return (gain / (1 + rates[:, None]) ** (days / DAYS_A_YEAR)).T
