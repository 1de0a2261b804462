"""Borrowing only because there is a coupon: what it earns in savings, and when it is a loss."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from jiebei.answers.cheapest_money.coupons import saves_nothing
from jiebei.language.words import (
    EMPTY,
    Words,
    headline_yuan,
    percent,
    written,
)
from jiebei.life.offers.cover import best_pair
from jiebei.life.offers.needless import Needless, drawn_for
from jiebei.life.offers.offers import Market
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["answer"]

SAVINGS = (0.01, 0.02, 0.03, 0.05, 0.10)


def answer(market: Market) -> Answer:
    """Show what it earns to borrow with the best coupon and put the money into savings.

    Every coupon is tried on as much as it covers, at every savings rate anew.
    """
    tried = [each for coupon in market.coupons if (each := drawn_for(market, coupon))]
    columns = ["coupon", "best_days", "earned", "loss_from"]
    if not tried or best_pair(market) is None:
        return Answer(saves_nothing(market), pd.DataFrame(columns=columns))
    rates = sorted({*SAVINGS, market.savings_rate})
    best = [_best(tried, rate) for rate in rates]
    rows = [_earned(each, rate) for each, rate in zip(best, rates, strict=True)]
    place = rates.index(market.savings_rate)
    shown: list[Any] = [percent(each) for each in rates]
    shown[place] = Words("answer.cheapest_money.rate_yours", rate=market.savings_rate)
    table = pd.DataFrame(rows, index=pd.Index(shown, name="if_savings_earn"))
    mine = table.iloc[place]
    fields: dict[str, Any] = {"rate": market.savings_rate, "coupon": best[place].coupon.words}
    if mine["earned"] < FEN:
        return Answer(Words("answer.cheapest_money.needless_never", **fields), table)
    fields |= {"earned": mine["earned"], "days": mine["best_days"]}
    fields["drawn"] = headline_yuan(best[place].loan.principal)
    key = "needless_always" if mine["loss_from"] == EMPTY else "needless"
    text = Words(f"answer.cheapest_money.{key}", loss=mine["loss_from"], **fields)
    return Answer(text, table)


def _best(tried: list[Needless], rate: float) -> Needless:
    """Return the one that leaves most on its best day."""
    return max(tried, key=lambda each: float(each.gain(rate).max()))


def _earned(tried: Needless, rate: float) -> dict[str, Any]:
    """Return the best day to repay at a savings rate, the gain then, and the first day of loss."""
    days, gain = tried.days, tried.gain(rate)
    best = int(np.argmax(gain))
    pays = gain[best] >= FEN
    lost = np.flatnonzero((gain < -FEN) & (~pays | (np.arange(len(days)) > best)))
    return {
        "coupon": tried.coupon.words,
        "best_days": written(days[best], "count.day") if pays else EMPTY,
        "earned": round(max(float(gain[best]), 0.0), 2),
        "loss_from": written(days[lost[0]], "count.day") if lost.size else EMPTY,
    }
