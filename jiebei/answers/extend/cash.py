"""What does extending cost? The cash that each way leaves, and what the relief costs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei.answers.extend.prices import eased_by, how_often
from jiebei.answers.extend.verdict import relief
from jiebei.answers.shared.by_cash import best, cash_by_way, held
from jiebei.compare.compare import Cash
from jiebei.language.words import Text, Words
from jiebei.loan.loan import Loan
from jiebei.units.days import iso, one_day
from jiebei.units.fen import FEN

__all__ = ["chart"]

SAME = 1.0  # yuan: instalments that differ by less are one


def chart(strategies: Mapping[Any, Loan], table: pd.DataFrame, on: Any, cash: Cash) -> Axes | Text:
    """Draw the cash that each way leaves; where extending is best, say what it gives and costs.

    Parameters
    ----------
    strategies : dict
        Name to loan: as agreed, extended, and what else there is.
    table : DataFrame
        What `answer` finds about them.
    on : date
        Day of the extension.
    cash : Cash
    """
    title = _title(strategies, table, on)
    name, extended = list(strategies.items())[1]
    more = {name: _instalment(extended, on)} if title else {}
    return cash_by_way(strategies, table, cash, title, more)


def _instalment(extended: Loan, on: Any) -> Words:
    """Say what each instalment is from then on, or the highest where they differ."""
    flows = extended.cashflows(["date", "event", "payment"])
    day = np.datetime64(iso(one_day(on, "on")))
    due = flows["payment"][(flows["event"] == "instalment") & (flows["date"] >= day)]
    same = np.ptp(due.iloc[:-1] if len(due) > 1 else due) < SAME
    key = "instalment" if same else "instalment_most"
    return Words(f"answer.extend.cash_{key}", amount=float(due.max()))


def _title(strategies: Mapping[Any, Loan], table: pd.DataFrame, on: Any) -> Words | None:
    """Return the finding where extending is recommended and lowers anything, None elsewhere."""
    (plan, agreed), (name, extended), *_ = strategies.items()
    given = relief(agreed, extended, on)
    verdict = table.loc[[plan, name]]  # what is planned besides is no part of it
    if best(verdict) != str(name) or given.postponed < FEN:
        return None
    key = "free" if abs(given.cost) < FEN else "more" if given.cost > 0 else "less"
    return Words(
        "answer.extend.cash_title",
        name=name,
        often=how_often([given]),
        relief=eased_by([given])[0],
        cost=Words(f"answer.extend.cash_{key}", cost=abs(given.cost)),
        held=held(float(table["lowest_cash"][name])),
    )
