"""What the fiscal subsidy would pay of the interest for this need, if it is granted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from jiebei.answers.shared.quotes import points
from jiebei.language.words import Words, day, headline_yuan, passage, percent
from jiebei.life.offers.cover import builders
from jiebei.life.offers.offers import Market
from jiebei.life.rules.subsidy import subsidy
from jiebei.loan.plan import Plan
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["answer"]

SHARES = (0.5, 1.0)


def answer(market: Market) -> Answer:
    """Say what the subsidy pays on this line, by the share of the money seen to be spent.

    Returns
    -------
    Answer
        One row a share: `subsidy_paid` in yuan, the `interest` left, the `effective_rate`.
    """
    shares = sorted({0.0, market.spent, *SHARES})
    plans = {each: _plan(market, each) for each in shares}
    totals = {each: plan.summary() for each, plan in plans.items()}
    table = pd.DataFrame(
        {
            "subsidy_paid": [each.waived for each in totals.values()],
            "interest": [each.interest for each in totals.values()],
            "effective_rate": [each.effective_rate for each in totals.values()],
        },
        index=pd.Index([percent(each, 0) for each in shares], name="subsidised"),
    )
    rule = subsidy()
    last, cap = day(rule.last), headline_yuan(rule.cap)
    notes = [Words("answer.cheapest_money.subsidy_note", last=last, cap=cap, points=rule.points)]
    if plans[1.0].summary().waived >= FEN:
        notes.append(Words("answer.cheapest_money.subsidy_note_part"))
    note = passage(notes)
    whole = totals[1.0]
    if whole.waived < FEN:
        return Answer(Words("answer.cheapest_money.subsidy_none", last=last), table, note)
    fields: dict[str, Any] = {"paid": whole.waived, "interest": totals[0.0].interest}
    fell = points(whole.effective_rate, totals[0.0].effective_rate)
    return Answer(
        Words("answer.cheapest_money.subsidy", points=fell, last=last, **fields), table, note
    )


def _plan(market: Market, spent: float) -> Plan:
    """Return the need on this line with the subsidy on such a share, without coupons."""
    alone = replace(market, spent=spent, coupons=(), offers=())
    *_, way = builders(alone).values()
    return Plan(way(market.need))
