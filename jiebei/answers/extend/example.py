"""What the page comes with, and what of it is fitted to the loan that the reader types."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from jiebei.answers.shared.example import EXTENDED, LOAN, NEW_RATES, OWN_LIST, SO_FAR
from jiebei.language.words import Text
from jiebei.notebook.fit import Fit, begin
from jiebei.notebook.so_far import SoFar

__all__ = ["EXAMPLE", "fitted", "supposed"]

EXAMPLE: Mapping[str, Any] = MappingProxyType(
    {
        **LOAN,
        **SO_FAR,
        **NEW_RATES,
        **EXTENDED,
        "extend_fee": 0.0,
        "extend_rate_rise": 0.0,
        **OWN_LIST,
        "other_rate": 0.18,
        "savings_rate": 0.02,
        "cash_then": 3_000,
        "surplus_then": 3_000,
    }
)


def fitted(now: SoFar, typed: Mapping[str, Any]) -> Fit:
    """Fit the day of the extension to the loan as it is today."""
    now.refuse_late()
    return now.fit_day(begin(typed, EXAMPLE), "extend_on")


def supposed(mine: Fit) -> Text:
    """Say that the cash is the example's, where the loan or the extension is the reader's.

    Examples
    --------
    >>> supposed(begin(EXAMPLE, EXAMPLE))
    ''
    """
    fields = {"cash": mine.cash_then, "surplus": mine.surplus_then}
    return mine.supposed("answer.extend.supposed", "cash_then", "surplus_then", **fields)
