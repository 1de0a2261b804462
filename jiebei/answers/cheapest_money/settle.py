"""What does each lender cost if I settle early? Fees that stay, fees for settling, and the rate."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from jiebei.language.words import Text, Words, passage
from jiebei.life.offers.offers import Market, Need, Offer
from jiebei.life.offers.settled import Settled, settled
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN
from jiebei.units.term import ForDays

__all__ = ["answer"]

AFTER = (1, 3, 6, 12)  # months


def answer(market: Market) -> Answer:
    """Show what the largest drawdown costs from each lender alone, by the month it is settled.

    Returns
    -------
    Answer
        By lender: `repaid_after`, `cost` (interest and fees), of it `fee_stays` and `fee_asked`,
        and the effective rate. Lenders that do not lend so much are left out, and named.
    """
    need = market.need
    if isinstance(need.months, ForDays):
        return Answer(Words("answer.cheapest_money.settle_none"), pd.DataFrame())
    day, drawn = max(need.amounts.items(), key=lambda each: float(each[1]))
    alone = Need({day: drawn}, need.months, need.method)
    offers = [each for each in (market.line, *market.offers) if each.lends(drawn)]
    longest = max(each.months or need.months for each in offers)
    free_after = {each.prepay_fee_months or longest for each in offers}
    after = [each for each in sorted({*AFTER, *free_after}) if each < longest]
    if not after:
        return Answer(Words("answer.cheapest_money.settle_none"), pd.DataFrame())
    after.append(longest)
    found = {each.name: [settled(each, alone, months) for months in after] for each in offers}
    rows = [
        (name, Words("text.months", n=months), *row[place][1:])
        for name, row in found.items()
        for place, months in enumerate(after)
        if not place or row[place].date > row[place - 1].date  # not over yet
    ]
    columns = ["strategy", "repaid_after", "cost", "fee_stays", "fee_asked", "effective_rate"]
    table = pd.DataFrame(rows, columns=columns).set_index("strategy")
    said = [_cheapest(found, after, drawn)]
    said += [words for each in offers for words in _kept(each, found[each.name], after)]
    left_out = tuple(each.name for each in market.offers if each not in offers)
    note = [Words("answer.cheapest_money.settle_note", drawn=drawn, day=day)]
    if left_out:
        note.append(Words("answer.cheapest_money.settle_left_out", names=left_out))
    return Answer(passage(said), table, passage(note))


def _cheapest(found: dict[Text, list[Settled]], after: list[int], drawn: float) -> Words:
    """Say who costs least when it is settled first, and who to the end."""
    costs = np.array([[each.cost for each in row] for row in found.values()])
    names, soon, late = list(found), int(costs[:, 0].argmin()), int(costs[:, -1].argmin())
    if costs[soon, -1] - costs[late, -1] < FEN:
        late = soon
    fields: dict[str, Any] = {"drawn": drawn, "months": after[0], "early": names[soon]}
    fields |= {"first": float(costs[soon, 0]), "last": float(costs[late, -1]), "late": names[late]}
    key = "settle_same" if late == soon else "settle_turns"
    key = "settle_free" if costs[soon].max() < FEN else key
    return Words(f"answer.cheapest_money.{key}", **fields)


def _kept(offer: Offer, row: list[Settled], after: list[int]) -> list[Words]:
    """Say what an offer asks of whoever settles it early."""
    first = row[0]
    fields: dict[str, Any] = {"name": offer.name, "months": after[0]}
    words = []
    if first.stays >= FEN:
        rate = first.effective_rate
        key = "settle_stays" if np.isfinite(rate) else "settle_stays_yuan"
        fields |= {"cost": first.cost, "stays": first.stays, "rate": rate}
        words.append(Words(f"answer.cheapest_money.{key}", **fields))
    if first.asked >= FEN:
        key = "settle_asks" if offer.prepay_fee_months is None else "settle_asks_until"
        fields |= {"asked": first.asked, "until": offer.prepay_fee_months}
        words.append(Words(f"answer.cheapest_money.{key}", **fields))
    return words
