"""How long must it be for your cash? The least number of months that the cash can carry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from jiebei.compare.compare import Cash, lowest_cash
from jiebei.language.words import written
from jiebei.loan.loan import Loan
from jiebei.units.fen import FEN

__all__ = ["Shortest", "shortest_that_lasts"]


class Shortest(NamedTuple):
    """What was found: the end of a key of words, its fields, and some of the months tried."""

    key: str
    fields: dict[str, Any]
    table: pd.DataFrame


def shortest_that_lasts(
    loans: Sequence[Loan], cash: Cash, shown: Sequence[int], name: str
) -> Shortest:
    """Find the first of some loans that the cash can carry; if none, where it falls short least.

    Parameters
    ----------
    loans : list of Loan
        Prolonged by 0, 1, 2, ... months.
    cash : Cash
    shown : list of int
        Months that are shown beside the one found.
    name : str
        Of the index of the table.
    """
    found = [lowest_cash(each, cash) for each in loans]
    lowest = np.array([each[0] for each in found])
    lasts = np.flatnonzero(lowest > -FEN)
    best = int(lasts[0]) if lasts.size else int(lowest.argmax())
    some = sorted({*shown, best})
    table = pd.DataFrame(
        {
            "lowest_cash": lowest[some],
            "lowest_cash_date": [found[each][1] for each in some],
            "payoff_date": [pd.Timestamp(loans[each].summary().payoff_date) for each in some],
        },
        index=pd.Index([written(each, "count.month") for each in some], name=name),
    )
    fields = {
        "months": best,
        "left": max(float(lowest[best]), 0.0),
        "short": abs(float(lowest[best])),
        "day": found[best][1],
        "most": len(loans) - 1,
    }
    if lasts.size:
        return Shortest("shortest" if best else "shortest_zero", fields, table)
    return Shortest("shortest_none" if best else "shortest_worse", fields, table)
