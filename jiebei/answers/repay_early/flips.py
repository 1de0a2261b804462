"""Should I repay early? Where the answer flips: the savings rate, the fee, the day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei.answers.repay_early.verdict import ways
from jiebei.answers.repay_early.when import amounts_by_day
from jiebei.answers.shared.frontier import Along, Frontier, over
from jiebei.answers.shared.verdicts import flip_words
from jiebei.compare.compare import Cash, flip, horizon, lowest_cash, net_benefit
from jiebei.compare.goals import can_shorten, day_of
from jiebei.compare.turns import used_up
from jiebei.language.words import Text, Words, written
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["day_frontier", "fee_frontier", "fees", "savings_rates"]

FEES = (0.0, 0.005, 0.01, 0.02, 0.03, 0.05)
MOST_FEE = 0.1
MOST_DAYS = 366  # rows of the frontier over the days


def fees(loan: Loan, amount: float, on: Any, savings_rate: float, cash: Cash) -> Answer:
    """Show how a fee moves the savings rate at which the answer flips (违约金的影响).

    Parameters
    ----------
    loan : Loan
        As agreed, with the fee rate that you entered.
    amount, on
        The early repayment.
    savings_rate : decimal
    cash : Cash
        Where it would not last, no verdict is given.
    """
    last = horizon(loan)
    charged = sorted({*FEES, float(loan.prepay_fee_rate)})
    table = pd.DataFrame(
        index=pd.Index([written(each, "percent") for each in charged], name="fee_rate")
    )
    table["fee"] = [loan.but(prepay_fee_rate=each).prepay(amount, on).summary().fee
                    for each in charged]  # fmt: skip
    limits = {}
    for name, then in ways(loan, on).items():
        early = [loan.but(prepay_fee_rate=each).prepay(amount, on, then) for each in charged]
        gains = [float(net_benefit(each, loan, savings_rate, at=last)) for each in early]
        table[f"gain_{then}"] = gains
        turning = [flip_words(flip(each, loan)) for each in early]
        table[f"flip_{then}"] = pd.Series(turning, table.index)
        limits[name] = used_up(charged, gains)
    nothing = table["fee"].max() < FEN
    text: Text = (
        Words("answer.repay_early.fee_none") if nothing else _fee_limits(limits, savings_rate)
    )
    text = _out_of_reach(loan, amount, on, cash) or text
    return Answer(text, table, Words("answer.repay_early.fees_note"))


def _out_of_reach(loan: Loan, amount: float, on: Any, cash: Cash) -> Text:
    """Say which of the two ways the cash does not carry, "" where it carries both."""
    for key, way in (("as_agreed", loan), ("repay_lower", loan.prepay(amount, on))):
        lowest, when = lowest_cash(way, cash)
        if lowest <= -FEN:
            name, short = Words(f"strategy.{key}"), -lowest
            return Words("answer.repay_early.no_verdict", name=name, short=short, day=when)
    return ""


def _fee_limits(limits: Mapping[Words, float], savings_rate: float) -> Words:
    """Say up to which fee repaying early pays at the reader's savings rate."""
    if max(limits.values()) < 1e-7:
        return Words("answer.repay_early.fee_never", savings=savings_rate)
    each = [
        Words("answer.repay_early.limit", name=name, rate=_up_to(limit))
        for name, limit in limits.items()
    ]
    if min(limits.values()) > MOST_FEE:
        return Words("answer.repay_early.fee_always", savings=savings_rate, most=MOST_FEE)
    return Words("answer.repay_early.fee_limit", savings=savings_rate, limits=tuple(each))


def _up_to(limit: float) -> Words | float:
    """Say the highest fee that pays, no further than a fee may be entered."""
    if limit > MOST_FEE:
        return Words("answer.repay_early.limit_beyond", most=MOST_FEE)
    return max(limit, 0.0)


def savings_rates(loan: Loan, savings_rate: float, number: int = 61) -> Any:
    """Return the savings rates that a frontier shows: beyond the loan's own and the reader's."""
    own = loan.summary().effective_rate
    most = max(0.1, 1.6 * own if np.isfinite(own) else 0.0, 1.25 * savings_rate)
    return np.linspace(0.0, min(np.ceil(20 * most) / 20, 1.0), number)


def fee_frontier(
    loan: Loan, amount: float, on: Any, savings_rate: float, cash: Cash, ax: Axes | None = None
) -> Axes | Text:
    """Draw the gain of repaying early over the savings rate and the fee, or say why not."""
    if short := _out_of_reach(loan, amount, on, cash):
        return short
    own = loan.summary().interest / (loan.summary().drawn or 1.0)
    most = min(max(0.02, 0.8 * own, 1.5 * loan.prepay_fee_rate), MOST_FEE)
    charged = np.linspace(0.0, np.ceil(100 * most - 1e-9) / 100, 41)

    def gain(rates: Any, fees: Any) -> Any:
        early = loan.but(prepay_fee_rate=fees).prepay(amount, on)
        return net_benefit(early, loan, rates[:, None], at=horizon(loan)).T

    fee = Along(charged, float(loan.prepay_fee_rate), Words("answer.repay_early.fee_label"))
    return _drawn(over(gain, _savings(loan, savings_rate), fee), loan, on, ax)


def day_frontier(
    loan: Loan, amount: float, on: Any, savings_rate: float, cash: Cash, ax: Axes | None = None
) -> Axes | Text:
    """Draw the gain of repaying early over the savings rate and the day of the repayment.

    On days when less is owed than the amount, all that is owed is repaid. Where the cash does
    not last there is a sentence instead.
    """
    if short := _out_of_reach(loan, amount, on, cash):
        return short
    days, amounts = amounts_by_day(loan, amount)
    some = np.unique(days[np.linspace(0, len(days) - 1, MOST_DAYS).astype(np.int64)])

    def gain(chosen: Any, rates: Any) -> Any:
        early = loan.prepay(amounts[chosen - days[0]], on=_dates(chosen))
        return net_benefit(early, loan, rates[:, None], at=horizon(loan))

    label = Words("answer.repay_early.day_label")
    day = Along(some, day_of(loan, on), label, "date", _dates)
    return _drawn(over(gain, day, _savings(loan, savings_rate)), loan, on, ax)


def _dates(days: Any) -> Any:
    return np.asarray(days, np.int64).astype("M8[D]")


def _savings(loan: Loan, savings_rate: float) -> Along:
    label = Words("answer.repay_early.savings_label")
    return Along(savings_rates(loan, savings_rate), savings_rate, label)


def _drawn(found: Frontier, loan: Loan, on: Any, ax: Axes | None) -> Axes | Text:
    if found.nothing:
        return Words("answer.repay_early.no_gain")
    return found.draw(
        regions=(Words("answer.repay_early.region"), Words("answer.repay_early.region_keep")),
        subtitle=Words("answer.repay_early.frontier_subtitle", unit="{unit}"),
        note=Words("answer.repay_early.frontier_note") if can_shorten(loan, on) else None,
        ax=ax,
    )
