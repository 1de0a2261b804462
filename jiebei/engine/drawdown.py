"""The day on which money is drawn: the book of a block of loans is opened."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

import numpy as np
import numpy.typing as npt

from jiebei.engine.arrears import no_arrears
from jiebei.engine.book import NO_LIMIT, Book
from jiebei.units.days import Ints, due_date

__all__ = ["open_book"]


def open_book(terms: Mapping[str, npt.NDArray[Any]], may_bring: Set[str]) -> Book:
    """Draw the loans of a block: from here on interest runs.

    `may_bring` names what the decisions to come may bring: "relief", "holidays", "arrears".
    """
    start, rate = terms["start"], terms["rate"]
    size = len(start)

    def zeros() -> Ints:
        return np.zeros(size, np.int64)

    return Book(
        loan=np.arange(size, dtype=np.intp),
        start=start,
        date=np.array(start),
        balance=np.array(terms["principal"]),
        rate=np.array(rate),
        factor=rate * terms["both_ends"],
        days=terms["both_ends"].astype(np.int64),
        instalments=np.array(terms["instalments"]),
        paid=zeros(),
        interest_only=np.array(terms["interest_only"]),
        style=np.array(terms["style"]),
        level=zeros(),
        anchor=np.array(terms["anchor"]),
        due_day=np.array(terms["due_day"]),
        due=due_date(terms["anchor"] + 1, terms["due_day"]),
        fee_rate=terms["fee_rate"],
        settles_whole=terms["settles_whole"],
        least_days=1 - terms["both_ends"].astype(np.int64),
        thirty=terms["thirty"],
        period=np.array(terms["first_period"]),
        period_start=np.array(start),
        counted=zeros(),
        waiver=zeros(),
        waiver_until=zeros(),
        relief=zeros(),
        relief_share=zeros(),
        relief_until=zeros(),
        relief_on=np.full(size, NO_LIMIT, np.int64),
        relief_left=np.full(size, NO_LIMIT, np.int64),
        prepaid_on=zeros(),
        prepaid=zeros(),
        prepaid_interest=zeros(),
        prepaid_waived=zeros(),
        prepaid_relief=zeros(),
        prepaid_fee=zeros(),
        instalment_fee=terms["instalment_fee"],
        holiday=zeros(),
        paused=zeros(),
        carried=zeros(),
        holidays=zeros(),
        negotiated=np.zeros(size, np.bool_),
        planned=zeros(),
        moment=zeros(),
        refused=np.zeros(size, np.bool_),
        late=no_arrears(terms) if "arrears" in may_bring else None,
        has_thirty=bool(terms["thirty"].any()),
        has_relief="relief" in may_bring,
        has_holidays="holidays" in may_bring,
    )
