"""What does extending cost? How long it must be for your cash, and how long it may be."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from jiebei.answers.verdicts import FEN
from jiebei.compare import Cash, lowest_cash
from jiebei.facts import facts
from jiebei.loan import Loan
from jiebei.report import Answer
from jiebei.words import count, day, headline_yuan, say, sentences

__all__ = ["MOST_MONTHS", "legal_limit", "shortest"]

MOST_MONTHS = 24  # of extension that are tried


def shortest(agreed: Loan, on: Any, cash: Cash, **terms: Any) -> Answer:
    """Find the shortest extension that the cash can carry (最短要展多久).

    Parameters
    ----------
    agreed : Loan
        As agreed.
    on : date
        Day of the extension.
    cash : Cash
    **terms
        Of the extension: `fee`, `daily_rate`.
    """
    months = range(MOST_MONTHS + 1)
    loans = [agreed.extend(each, on=on, **terms) for each in months]
    found = [lowest_cash(each, cash) for each in loans]
    lowest = np.array([each[0] for each in found])
    lasts = np.flatnonzero(lowest > -FEN)
    best = int(lasts[0]) if lasts.size else int(lowest.argmax())
    some = sorted({0, 1, 3, 6, 12, 24, best})
    table = pd.DataFrame(
        {
            "lowest_cash": lowest[some],
            "lowest_cash_date": [found[each][1] for each in some],
            "payoff_date": [pd.Timestamp(loans[each].summary().payoff_date) for each in some],
        },
        index=pd.Index([count(each, "month") for each in some], name="longer_by"),
    )
    fields = {
        "months": count(best, "month"),
        "left": headline_yuan(max(lowest[best], 0.0)),
        "short": headline_yuan(abs(lowest[best])),
        "day": day(found[best][1]),
        "most": count(MOST_MONTHS, "month"),
    }
    if lasts.size:
        key = "shortest" if best else "shortest_zero"
    else:
        key = "shortest_none" if best else "shortest_worse"
    return Answer(say(f"answer.extend.{key}", **fields), table)


def legal_limit(months: int, extended_by: int, on: Any) -> str:
    """Say how an extension stands to the rule on its length that held until 2024 (展期的期限).

    Examples
    --------
    >>> print(legal_limit(6, 12, on="2027-06-01")[:58])
    Longer than the old rule allowed: extensions of 12 months
    """
    rules = facts("legal_lines")
    rule = rules[rules["line"].str.startswith("longest extension")].iloc[0]
    fields = {
        "longer": count(extended_by, "month"),
        "months": count(months, "month"),
        "document": rule["document"],
        "until": day(rule["until"]),
    }
    within = "limit_over" if extended_by > months else "limit_within"
    key = "limit_long" if months > 12 else within
    ended = pd.notna(rule["until"]) and pd.Timestamp(str(on)) > rule["until"]
    status = say(f"answer.extend.limit_{'ended' if ended else 'holds'}", **fields)
    return sentences([say(f"answer.extend.{key}", **fields), status])
