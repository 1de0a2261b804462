"""How the figures of the book come about: one loan of it, followed to its end."""

from __future__ import annotations

from typing import Any

import pandas as pd

from jiebei.language.figures import daily_words
from jiebei.language.words import Words
from jiebei.life.portfolio.borrowers import STREAM
from jiebei.life.portfolio.study import Book, one_life
from jiebei.notebook.how import Worked
from jiebei.units.reading import whole_number

__all__ = ["how"]

FUNCTIONS = ("jiebei.life.portfolio.study.one_life()", "loan.miss()", "loan.cashflows()")
SHOWN = ["event", "due", "interest", "penalty", "payment", "closing", "days_late"]


def how(found: Book, figures: pd.DataFrame, name: Any) -> Worked:
    """Follow one loan through: what falls due, what is paid, how late it is.

    Parameters
    ----------
    found : Book
    figures : not needed
    name : int, optional
        The number of the loan, 1 to 10,000; the first that is ever over 90 days late, if not given.

    Examples
    --------
    >>> from jiebei.life.portfolio.behaviour import assumed
    >>> from jiebei.life.portfolio.study import Question, book
    >>> worked = how(book(Question(1_000, "2026-12-01", assumed())), pd.DataFrame(), 1)
    >>> worked.table["payment"].sum().round(2).item(), worked.table["days_late"].max().item()
    (23762.29, 0)
    """
    most = min(STREAM, found.question.loans)
    given = None if name is None else int(whole_number(name, "name", 1, most)) - 1
    place, borrower, life, loan = one_life(found.question, given)
    table = loan.cashflows(["date", *SHOWN]).set_index("date")
    fields = {
        "number": place + 1,
        "tier": found.tiers[int(borrower["tier"])],
        "amount": float(borrower["principal"]),
        "rate": daily_words(float(borrower["daily_rate"])),
        "months": int(borrower["months"]),
        "paid": float(table["payment"].sum()),
        "days": int(table["days_late"].max()),
        "day": table.index[-1],
        "left": float(table["closing"].iloc[-1]),
    }
    key = "on_time" if not fields["days"] else "late"
    if fields["left"]:
        last = table.index[table["payment"] > 0]
        key, fields["day"] = ("lost", last[-1]) if len(last) else ("never", table.index[0])
    said = Words(f"answer.lender_view.how_{key}", **fields)
    if given is None and life.bad[0]:
        said = Words("answer.lender_view.how_first", story=said)
    return Worked(said, table, Words("answer.lender_view.how_note"), FUNCTIONS)
