"""Does a grace period carry you through the thin months? How long it must be for your cash."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from jiebei.answers.grace.verdict import kind_name
from jiebei.answers.shared.by_cash import cash_by_way
from jiebei.answers.shared.shortest import shortest_that_lasts
from jiebei.compare.compare import Cash
from jiebei.language.words import Text, Words
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["chart", "shortest"]

MONTHS_TRIED = 12  # of grace


def shortest(agreed: Loan, on: Any, kind: str, cash: Cash) -> Answer:
    """Find the shortest grace period that the cash can carry (最短要宽限多久).

    Parameters
    ----------
    agreed : Loan
        As agreed.
    on : date
        The day from which the grace runs.
    kind : {"paid", "billed", "capitalised", "waived"}
    cash : Cash
    """
    most = 0 if agreed.method == "bullet" else MONTHS_TRIED  # it has no due day to leave out
    loans = [agreed.defer(each, on=on, interest=kind) for each in range(most + 1)]
    shown = [each for each in (0, 1, 2, 3, 6, 12) if each <= most]
    found = shortest_that_lasts(loans, cash, shown, "grace_for")
    key = "shortest_one" if not most and found.key == "shortest_worse" else found.key
    text = Words(f"answer.grace.{key}", kind=kind_name(kind), **found.fields)
    return Answer(text, found.table)


def chart(ways: Mapping[Any, Loan], table: pd.DataFrame, kind: str, cash: Cash) -> Axes | Text:
    """Draw the cash left from day to day, as agreed and with the grace, if it changes anything.

    Parameters
    ----------
    ways, table
        As `grace.ways` returns them, and what `answer` finds about them.
    kind : {"paid", "billed", "capitalised", "waived"}
    cash : Cash
    """
    pair = {name: ways[name] for name in (Words("strategy.as_agreed"), kind_name(kind))}
    both = table.loc[list(pair)]
    plan, graced = (float(each) for each in both["lowest_cash"])
    plan_day, day = both["lowest_cash_date"]
    key = "".join("n" if each <= -FEN else "y" for each in (plan, graced))
    more = float(both["extra_cost"].iloc[-1])
    cost = Words(f"answer.grace.cash_{'more' if more > 0 else 'less'}", amount=abs(more))
    title = Words(
        f"answer.grace.cash_title_{key}",
        plan=plan,
        short=-plan,
        grace=graced,
        day=day,
        plan_day=plan_day,
        cost="" if abs(more) < FEN else cost,
    )
    later = _afterwards(*pair.values())
    return cash_by_way(pair, both, cash, title, {kind_name(kind): later} if later else None)


def _afterwards(agreed: Loan, graced: Loan) -> Text:
    """Say how many due days the grace leaves without principal, and what is due on the next."""
    before, after = _instalments(agreed), _instalments(graced)
    repays, still = (each.index[each["principal"] > FEN] for each in (before, after))
    spared = repays.difference(still)
    later = after["payment"][after.index > spared.max()]  # none after no day at all
    if not len(later):
        return ""
    fields = {"months": len(spared), "day": later.index[0], "amount": float(later.iloc[0])}
    return Words("answer.grace.cash_afterwards", **fields)


def _instalments(loan: Loan) -> pd.DataFrame:
    flows = loan.cashflows(["date", "event", "principal", "payment"])
    return flows[flows["event"] == "instalment"].set_index("date")
