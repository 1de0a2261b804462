"""Borrowing only because there is a coupon: what it earns in savings, and when it is a loss."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from jiebei.answers.cheapest_money.coupons import best_pair, days_to_try
from jiebei.answers.cheapest_money.offers import Market
from jiebei.answers.shared.verdicts import FEN
from jiebei.language.words import EMPTY, count, headline_yuan, percent, say, sentence
from jiebei.notebook.answer import Answer
from jiebei.value.worth import future_value

__all__ = ["answer"]

SAVINGS = (0.01, 0.02, 0.03, 0.05, 0.10)


def answer(market: Market) -> Answer:
    """Show what it earns to borrow with the best coupon and put the money into savings."""
    found = best_pair(market)
    columns = ["if_savings_earn", "best_days", "earned", "loss_from"]
    if found is None:
        return Answer(say("answer.cheapest.repay_none"), pd.DataFrame(columns=columns))
    coupon, loan = found
    slice_ = loan.principal if coupon.principal is None else min(coupon.principal, loan.principal)
    loan = loan.but(principal=slice_)
    days = days_to_try(loan)
    settled = coupon.on(loan).settle(on=days)
    flows = settled.cashflows(["loan", "date", "drawn", "payment"])
    at = loan.terms["start"] + days
    rates = sorted({*SAVINGS, market.savings_rate})
    rows = [_earned(days, future_value(flows, rate, at), rate) for rate in rates]
    table = pd.DataFrame(rows, index=pd.RangeIndex(1, len(rows) + 1))
    mine = table.iloc[rates.index(market.savings_rate)]
    fields = {"rate": percent(market.savings_rate), "drawn": headline_yuan(loan.principal)}
    if mine["earned"] < FEN:
        return Answer(say("answer.cheapest.needless_never", **fields), table)
    fields |= {"earned": headline_yuan(mine["earned"]), "days": mine["best_days"]}
    key = "needless_always" if mine["loss_from"] == EMPTY else "needless"
    text = say(f"answer.cheapest.{key}", loss=mine["loss_from"], **fields)
    return Answer(sentence(text), table)


def _earned(days: Any, gain: Any, rate: float) -> dict[str, Any]:
    """Return the best day to repay at a savings rate, the gain then, and the first day of loss."""
    best = int(np.argmax(gain))
    lost = np.flatnonzero((gain < -FEN) & (np.arange(len(days)) > best))
    pays = gain[best] >= FEN
    return {
        "if_savings_earn": percent(rate),
        "best_days": count(days[best], "day") if pays else EMPTY,
        "earned": round(max(float(gain[best]), 0.0), 2),
        "loss_from": count(days[lost[0]], "day") if lost.size and pays else EMPTY,
    }
