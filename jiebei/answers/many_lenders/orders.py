"""The orders of paying in one picture: what each costs, and how long loans pay for loans."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.many_lenders.chain import in_short
from jiebei.answers.many_lenders.verdict import fails as say_failing
from jiebei.language.words import Text, Words, passage
from jiebei.life.debts.debt import Debt
from jiebei.life.debts.orders import ROUNDING
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["orders_chart"]


def orders_chart(found: Answer, debts: Sequence[Debt], own: float, new_months: int) -> Axes | Words:
    """Draw what each order costs against the first; a sentence where nothing can be compared.

    What leaves more unpaid at a deadline is drawn as short of so much; what does not lead out has
    no cost, and is named so. So is paying with new loans, the last row: it says how that ends.

    Parameters
    ----------
    found : Answer
        As `answer` returns it.
    debts, own, new_months
        As `chain.answer` takes them.
    """
    table = found.figures.dropna(subset=["cost"])
    if table.empty:
        return Words("answer.many_lenders.no_orders")
    fails = found.figures[found.figures["cost"].isna()]
    chain = in_short(debts, own, new_months)
    if np.ptp(table["cost"]) > ROUNDING / 100:
        title = _cost_title(table, chain.clause)
    elif fails.empty:
        return Words("answer.many_lenders.same_orders")
    else:
        title = say_failing(fails.index[0], fails["free_in"].iloc[0])
    unpaid = _unpaid(found.figures)
    later = unpaid - unpaid[table.index[0]]
    late = later.where(found.figures["cost"].notna(), 0.0) > FEN
    short = unpaid.where(late, 0.0)
    names = {
        name: _drawn_as(name, name == found.figures.index[0], row, bool(late[name]))
        for name, row in found.figures.iterrows()
    }
    first, others = found.figures.iloc[:1], found.figures.iloc[1:].sort_values("cost")
    drawn = pd.concat([first, others]).rename(index=names)
    drawn.loc[chain.name, "cost"] = np.nan
    order = {"best": first.index[0], "order": first["order_of_paying"].iloc[0]}
    note = [Words("answer.many_lenders.orders_note", **order)]
    note += [Words("answer.many_lenders.orders_late")] * bool(late.any())
    return charts.dumbbell(
        drawn,
        "cost",
        short={**short.rename(index=names), chain.name: chain.owed},
        short_as=Words("answer.many_lenders.still_owed", amount="{amount}"),
        told={chain.name: chain.told},
        title=title,
        note=passage(note),
    )


def _drawn_as(name: Any, is_first: bool, row: pd.Series[Any], is_late: bool) -> Words:
    """Return what an order is called beside its row, with what is wrong with it."""
    if np.isnan(row["cost"]):
        return Words("answer.many_lenders.name_fails", name=name, when=row["free_in"])
    if is_late:
        spent = Words("answer.many_lenders.order_only_due")  # late only as the rest is not saved up
        key = "rest_spent" if name == spent else "in_arrears"
        return Words(f"answer.many_lenders.{key}", name=name)
    return Words("answer.many_lenders.order_found") if is_first else name


def _unpaid(table: pd.DataFrame) -> pd.Series[float]:
    """Return what each order still owes to the family on its day: nothing, where there is none."""
    return table.get("still_late", pd.Series(0.0, table.index))


def _cost_title(table: pd.DataFrame, chain: Text) -> Words:
    """Say which debt is first, and how far apart those orders are that are no later, if any."""
    others = table.iloc[1:]
    # What leaves more unpaid on the day is no match for the first.
    unpaid = _unpaid(table)
    in_time = others[unpaid.iloc[1:] - unpaid.iloc[0] < FEN]
    apart = in_time[in_time["above_cheapest"].abs() > ROUNDING / 100]
    gaps = (apart if len(apart) else others)["above_cheapest"]
    worst: Any = gaps.abs().idxmax()
    debts = _debts_of(table["order_of_paying"].iloc[0])
    fields = {
        "first": debts[0],
        "name": worst,
        "amount": abs(gaps[worst]),
        "cost": table["cost"].iloc[0],
        "free": table["free_in"].iloc[0],
        "chain": chain,
    }
    side = "one" if len(debts) == 1 else "gap" if gaps[worst] > 0 else "less"
    return Words(f"answer.many_lenders.title_{side}", **fields)


def _debts_of(order: Words) -> tuple[Text, ...]:
    """Return the names of the debts of an order, as `in_words` writes it, the first one first."""
    path: Any = order.fields.get("order", order)
    names: tuple[Text, ...] = path.fields["names"]
    return names
