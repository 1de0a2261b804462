"""Should I repay early? Where the answer flips: the savings rate, the fee."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei.answers.repay_early.verdict import ways
from jiebei.answers.shared.frontier import Along, along, savings_rates
from jiebei.answers.shared.verdicts import flip_words
from jiebei.compare.affordable import repaid_early
from jiebei.compare.compare import Cash, Strategy, flip, horizon, lowest_cash, net_benefit
from jiebei.compare.turns import used_up
from jiebei.language.words import Text, Words, written
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["fees", "savings_gauge"]

FEES = (0.0, 0.005, 0.01, 0.02, 0.03, 0.05)
MOST_FEE = 0.1


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
    plans = [loan.but(prepay_fee_rate=each) for each in charged]
    table["fee"] = [float(repaid_early(each.prepay(amount, on), each)["fee"]) for each in plans]
    limits = {}
    for name, then in ways(loan, on).items():
        pairs = [(each.prepay(amount, on, then), each) for each in plans]
        gains = [float(net_benefit(*each, savings_rate, at=last)) for each in pairs]
        table[f"gain_{then}"] = gains
        turning = [flip_words(flip(*each)) for each in pairs]
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
    tried = {"as_agreed": loan, "repay_lower": loan.prepay(amount, on)}
    said = (_short(Words(f"strategy.{key}"), way, cash) for key, way in tried.items())
    return next((each for each in said if each), "")


def _short(name: Text, way: Strategy, cash: Cash) -> Text:
    lowest, when = lowest_cash(way, cash)
    if lowest > -FEN:
        return ""
    return Words("answer.repay_early.no_verdict", name=name, short=-lowest, day=when)


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


def savings_gauge(
    strategies: Mapping[Any, Strategy], cash: Cash, savings_rate: float
) -> Axes | Text:
    """Draw up to which savings rate repaying early pays, the best way that the cash carries.

    Where it carries none, or makes no difference, there is a sentence instead.

    Parameters
    ----------
    strategies : dict
        Name to strategy; the first is the loan as agreed.
    cash : Cash
    savings_rate : decimal
    """
    plan, *others = strategies
    able = [each for each in others if lowest_cash(strategies[each], cash)[0] > -FEN]
    if short := _short(plan, strategies[plan], cash) or (
        "" if able else _short(others[0], strategies[others[0]], cash)
    ):
        return short
    best = max(able, key=lambda each: float(_gain(strategies, each, savings_rate)))
    tried = Along(
        savings_rates(strategies[plan], savings_rate),
        savings_rate,
        Words("answer.repay_early.savings_label"),
    )
    gain = _gain(strategies, best, tried.grid)
    if np.abs(gain).max() < FEN:
        return Words("answer.repay_early.no_gain")
    return along(gain, tried, regions=(best, plan))


def _gain(strategies: Mapping[Any, Strategy], name: Any, rates: Any) -> Any:
    plan = next(iter(strategies.values()))
    return net_benefit(strategies[name], plan, rates, at=horizon(*strategies.values()))
