"""What does extending cost? How long it must be for your cash, and how long it may be."""

from __future__ import annotations

from typing import Any

import pandas as pd

from jiebei.answers.extend.terms import lengthened
from jiebei.answers.shared.shortest import shortest_that_lasts
from jiebei.compare.compare import Cash
from jiebei.language.words import Text, Words, passage
from jiebei.life.rules.facts import cited, facts
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer

__all__ = ["MONTHS_TRIED", "legal_limit", "shortest"]

MONTHS_TRIED = 24  # of extension


def shortest(agreed: Loan, months: int, on: Any, cash: Cash, **terms: Any) -> Answer:
    """Find the shortest extension that the cash can carry (最短要展多久).

    Parameters
    ----------
    agreed : Loan
        As agreed.
    months : int
        Length that you entered: as many are tried, or two years of them.
    on : date
        Day of the extension.
    cash : Cash
    **terms
        Of the extension: `fee`, `daily_rate`.
    """
    most = max(MONTHS_TRIED, months)
    loans = [lengthened(agreed, each, on, **terms) for each in range(most + 1)]
    found = shortest_that_lasts(loans, cash, (0, 1, 3, 6, 12, 24, months), "longer_by")
    return Answer(Words(f"answer.extend.{found.key}", **found.fields), found.table)


def legal_limit(months: int, extended_by: int, on: Any) -> Text:
    """Say how an extension stands to the rule on its length that held until 2024 (展期的期限).

    Examples
    --------
    >>> print(str(legal_limit(6, 12, on="2027-06-01"))[:58])
    Longer than the old rule allowed: extensions of 12 months
    """
    rules = facts("legal_lines")
    rule = rules[rules["line"].str.startswith("longest extension")].iloc[0]
    fields: dict[str, Any] = {
        "longer": extended_by,
        "months": months,
        "document": cited(rule),
        "until": rule["until"],
    }
    within = "limit_over" if extended_by > months else "limit_within"
    key = "limit_long" if months > 12 else within
    ended = pd.Timestamp(str(on)) > rule["until"]
    status = Words(f"answer.extend.limit_{'ended' if ended else 'holds'}", **fields)
    return passage([Words(f"answer.extend.{key}", **fields), status])
