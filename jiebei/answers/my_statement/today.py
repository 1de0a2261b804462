"""What is owed today, after what was really paid (今天欠多少)."""

from __future__ import annotations

from typing import Any

import pandas as pd

from jiebei.language.words import Text, Words, passage
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["owed"]

PARTS = ("principal", "interest", "penalty", "fee")


def owed(loan: Loan, as_of: Any) -> Answer:
    """Say what settles the loan today, what of it is late, since when, counted both ways.

    Parameters
    ----------
    loan : Loan
        With its history.
    as_of : date
        Today.

    Returns
    -------
    Answer
        Table by part: `owed_in_all`, and of it `overdue`.
    """
    now = loan.owed(as_of)
    parts = [each for each in PARTS if getattr(now, each) or each != "fee"]
    table = pd.DataFrame(
        {
            "owed_in_all": [*(getattr(now, each) for each in parts), now.total],
            "overdue_part": [*(getattr(now, f"overdue_{each}") for each in parts), now.overdue],
        },
        pd.Index([*(Words(f"column.{each}") for each in parts), Words("column.total_owed")]),
    )
    if now.total == 0:
        return Answer(Words("answer.my_statement.nothing_owed", on=as_of), table)
    said: list[Text] = [Words("answer.my_statement.owed", on=as_of, amount=now.total)]
    if now.overdue == 0:
        said.append(Words("answer.my_statement.nothing_late"))
    else:
        fields = {"amount": now.overdue, "since": now.since, "days": now.days_late}
        key = "late_all" if abs(now.total - now.overdue) < FEN else "late"
        said.append(Words(f"answer.my_statement.{key}", **fields))
        if now.days_in_arrears != now.days_late:
            first = {"days": now.days_in_arrears, "since": now.first_missed}
            said.append(Words("answer.my_statement.late_otherwise", **first))
        else:
            said.append(Words("answer.my_statement.late_both"))
    return Answer(passage(said), table, Words("answer.my_statement.owed_note"))
