"""A card bill that is not paid, beside the late instalment: which of the two costs more."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from jiebei.language.figures import daily_words
from jiebei.language.words import Text, Words, passage, written
from jiebei.life.late.card import CardBill, unpaid_card
from jiebei.life.late.costs import due_date, falls_due, late_cost
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["answer"]

MONTHS = 6


def answer(bill: CardBill, loan: Loan, instalment: int) -> Answer:
    """Say what a card bill of which nothing is paid costs, beside an instalment as late.

    Parameters
    ----------
    bill : CardBill
        Due on the day of the instalment; 0 for none.
    loan : Loan
        As agreed, one scenario.
    instalment : int
        Which one is late, 1 for the first.

    Returns
    -------
    Answer
        Table by month: `date`, and of the card `interest`, `fee` (of that month), `extra_cost` (so
        far), `owed_in_all`; `late_loan_cost`, of the instalment paid that day.
    """
    if bill.balance < FEN:
        return Answer(Words("answer.overdue.card_none"), pd.DataFrame())
    due = due_date(loan, instalment)
    months = unpaid_card(bill, str(due), MONTHS)
    after = (months["date"].to_numpy().astype("M8[D]") - due).astype(np.int64)
    months["late_loan_cost"] = late_cost(loan, instalment, after).cost
    months.index = pd.Index(
        [written(each, "count.month") for each in range(1, MONTHS + 1)], name="late_for"
    )
    table = months.rename(columns={"owed": "owed_in_all"})
    shown = ["date", "interest", "fee", "extra_cost", "owed_in_all", "late_loan_cost"]
    note = Words(
        "answer.overdue.card_note",
        rate=daily_words(bill.daily_rate),
        fee=bill.late_fee_share,
        days=bill.booked_before,
    )
    said = _said(bill, table, falls_due(loan, instalment, int(after[0])))
    return Answer(said, table[shown], note)


def _said(bill: CardBill, table: pd.DataFrame, late: float) -> Text:
    """Say what the first month costs, beside the loan, and what the minimum would spare."""
    first: Any = table.iloc[0]
    fields: dict[str, Any] = {name: first[name] for name in ("interest", "fee")}
    parts: list[Text] = [
        Words(
            f"answer.overdue.card{'' if first['fee'] >= FEN else '_free'}",
            balance=bill.balance,
            cost=first["extra_cost"],
            day=first["date"],
            **fields,
        )
    ]
    if late >= FEN:
        each = first["extra_cost"] / bill.balance, first["late_loan_cost"] / late
        card, loan = (round(100 * part, 2) for part in each)
        parts.append(Words("answer.overdue.card_beside", card=card, loan=loan))
    if first["fee"] >= FEN:
        parts.append(Words("answer.overdue.card_minimum", minimum=bill.minimum))
    return passage(parts)
