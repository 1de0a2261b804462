"""A bill that is not paid: what a month of delay costs, lender by lender."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from jiebei.language.words import Text, Words, passage
from jiebei.life.debts.debt import Debt, payday
from jiebei.life.late.card import CardBill, missed_minimum
from jiebei.life.late.costs import due_then, late_cost
from jiebei.notebook.answer import Answer
from jiebei.units.days import iso
from jiebei.units.fen import FEN, RATE_SCALE, half_up

__all__ = ["answer"]

MONTHS = (1, 3)  # how long a bill waits
OF_LATE = ("penalty_multiple", "penalty_on", "grace_days", "accelerate_after")
ENDS = 2


def answer(debts: Sequence[Debt], contract: Mapping[str, Any]) -> Answer:
    """Say what it costs to leave one bill of the first month unpaid (哪一笔晚得起).

    Parameters
    ----------
    debts : list of Debt
        This line first.
    contract : dict
        What was agreed on this line for payments that come late, if anything.

    Returns
    -------
    Answer
        Table by loan and card: `due_first`; for a month late `interest`, `penalty`, `fee`, more
        than on time, `extra_cost`, and that `on_every_hundred`; `three_months_late`.
    """
    first = payday(debts[0].start, 1)
    waits = [payday(debts[0].start, 1 + each) - first for each in MONTHS]
    late = {name: contract[name] for name in OF_LATE if name in contract}
    rows = {}
    for place, each in enumerate(debts):
        if each.kind == "card":
            rows[each.name] = _card(each, first)
        elif each.kind == "loan":
            rows[each.name] = _loan(each, waits, late if place == 0 else {})
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("debt")
    table.insert(5, "on_every_hundred", 100 * table["extra_cost"] / table["due_first"])
    table["on_every_hundred"] = table["on_every_hundred"].fillna(0.0).round(2)
    cards = [each for each in debts if each.kind == "card"]
    parts = [_least(table, first), *(_minimum(each, table) for each in cards[:1])]
    return Answer(passage(parts), table, Words("answer.many_lenders.missed_note"))


def _card(debt: Debt, first: int) -> dict[str, float]:
    """Return what it costs to miss the minimum of a card, whose interest joins its statement."""
    days = max(first - max(debt.start, debt.free_until), 0)
    statement = int(debt.balance) + int(half_up(debt.balance, debt.rate * days))
    bill = CardBill(
        statement / 100,
        minimum_share=int(debt.minimum_share) / RATE_SCALE,
        daily_rate=int(debt.rate) / RATE_SCALE,
        minimum_floor=int(debt.minimum_floor) / 100,
    )
    months = missed_minimum(bill, iso(first), MONTHS[-1])
    one: Any = months.iloc[0]
    return {
        "due_first": bill.minimum,
        "interest": one["interest"],
        "penalty": 0.0,
        "fee": one["fee"],
        "extra_cost": one["extra_cost"],
        "three_months_late": months["extra_cost"].iloc[-1],
    }


def _loan(debt: Debt, waits: Sequence[int], late: Mapping[str, Any]) -> dict[str, float]:
    """Return what it costs to pay the first instalment late, with those that follow meanwhile."""
    loan = debt.loan(debt.balance, debt.start, debt.months, debt.rate, debt.method).but(**late)
    cost = late_cost(loan, 1, np.array(waits))
    found = {name: float(getattr(cost, name)[0]) for name in ("interest", "penalty", "fee")}
    return {
        "due_first": due_then(loan, 1)[1],
        **found,
        "extra_cost": float(cost.cost[0]),
        "three_months_late": float(cost.cost[-1]),
    }


def _least(table: pd.DataFrame, first: int) -> Words:
    """Say which bill costs least on every hundred yuan where it waits a month, and which most."""
    asked = table[table["due_first"] >= FEN].sort_values("on_every_hundred", kind="stable")
    if asked.empty:
        return Words("answer.many_lenders.missed_none", on=iso(first))
    ends: list[dict[str, Any]] = [
        {"name": name, "each": float(row["on_every_hundred"]), "cost": float(row["extra_cost"])}
        for name, row in asked.iloc[[0, -1]].iterrows()
    ]
    least, most = ends
    fields = {f"{key}_most": value for key, value in most.items()}
    even = most["each"] - least["each"] < FEN
    key = "one" if len(asked) < ENDS else "even" if even else "two"
    return Words(f"answer.many_lenders.missed_{key}", on=iso(first), **least, **fields)


def _minimum(card: Debt, table: pd.DataFrame) -> Text:
    """Say what a missed minimum of a card is made of."""
    row: Any = table.loc[[card.name]].iloc[0]
    fields = {name: float(row[name]) for name in ("due_first", "fee", "interest", "extra_cost")}
    return Words("answer.many_lenders.missed_card", name=card.name, **fields)
