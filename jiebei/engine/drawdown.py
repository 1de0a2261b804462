"""The day on which money is drawn: the book of a block of loans is opened."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

import numpy as np
import numpy.typing as npt

from jiebei.engine.arrears import no_arrears
from jiebei.engine.book import Book
from jiebei.engine.day_count import Thirty
from jiebei.engine.holiday import Holiday
from jiebei.engine.prepaid import Prepaid
from jiebei.engine.relief import no_relief
from jiebei.engine.residual import Residual
from jiebei.units.days import due_date

__all__ = ["open_book"]

_AS_AGREED = ("start", "instalment_fee", "fee_rate", "settles_whole")  # nothing changes these
_AT_FIRST = ("rate", "instalments", "interest_only", "style", "anchor", "due_day")


def open_book(terms: Mapping[str, npt.NDArray[Any]], may_bring: Set[str]) -> Book:
    """Draw the loans of a block: from here on interest runs.

    `may_bring` names what the decisions to come may bring: "relief", "holidays", "prepayments",
    "arrears".
    """
    size, start, thirty = len(terms["start"]), terms["start"], terms["thirty"]
    days = terms["both_ends"].astype(np.int64)  # of interest on the day of the drawdown itself
    rounding = terms["rounding"] if terms["rounding"].any() else None
    first = terms["residual_first"]
    parts = {
        "rounding": rounding,
        "residual": Residual.zeros(size, first=first) if first.any() else None,
        "thirty": _thirty(terms) if thirty.any() else None,
        "relief": no_relief(size) if "relief" in may_bring else None,
        "holiday": Holiday.zeros(size) if "holidays" in may_bring else None,
        "prepaid": Prepaid.zeros(size) if "prepayments" in may_bring else None,
        "late": no_arrears(terms, rounding) if "arrears" in may_bring else None,
    }
    return Book.zeros(
        size,
        **{name: terms[name] for name in _AS_AGREED},
        **{name: np.array(terms[name]) for name in _AT_FIRST},
        loan=np.arange(size, dtype=np.intp),
        date=np.array(start),
        balance=np.array(terms["principal"]),
        factor=terms["rate"] * days,
        days=days,
        least_days=1 - days,
        due=due_date(terms["anchor"] + 1, terms["due_day"]),
        refused=np.zeros(size, np.bool_),
        **parts,
    )


def _thirty(terms: Mapping[str, npt.NDArray[Any]]) -> Thirty:
    period, since = np.array(terms["first_period"]), np.array(terms["start"])
    return Thirty.zeros(len(since), agreed=terms["thirty"], period=period, since=since)
