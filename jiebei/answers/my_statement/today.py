"""What is owed today, after what was really paid (今天欠多少)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from jiebei.language.words import Text, Words, passage
from jiebei.loan.history import day_of, rows_of
from jiebei.loan.loan import Loan
from jiebei.loan.owed import Owed
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["all_of_it", "as_paid", "owed", "timely"]

PARTS = ("principal", "interest", "penalty", "fee")


def as_paid(loan: Loan, paid: Mapping[str, float], today: Any) -> Loan:
    """Return a loan with what was really paid until tonight (实际还款).

    `Loan.with_history` leaves open what falls due on its last day. At the end of that day it is
    open no more, so here the history goes on until the next one.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> now = as_paid(loan, {}, "2027-01-01").owed("2027-01-01")
    >>> now.total, now.overdue, now.days_late
    (50620.0, 4503.11, 0)
    """
    payments = list(paid.items())
    loan.with_history(payments, as_of=today)  # which refuses what was paid later
    tomorrow = np.datetime64(day_of(loan, today, "today") + 1, "D")
    return loan.with_history(payments, as_of=tomorrow)


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
        Table by part: `owed_in_all`, and of it `overdue_part`, or `due_part` where all that
        should have been paid falls due that very day.
    """
    now = loan.owed(as_of)
    parts = [each for each in PARTS if getattr(now, each) or each != "fee"]
    part = "due_part" if timely(now) else "overdue_part"
    table = pd.DataFrame(
        {
            "owed_in_all": [*(getattr(now, each) for each in parts), now.total],
            part: [*(getattr(now, f"overdue_{each}") for each in parts), now.overdue],
        },
        pd.Index([*(Words(f"column.{each}") for each in parts), Words("column.total_owed")]),
    )
    if now.total == 0:
        return Answer(Words("answer.my_statement.nothing_owed", on=as_of), table)
    said: list[Text] = [Words("answer.my_statement.owed", on=as_of, amount=now.total)]
    said += _nothing_late(now) if timely(now) or not now.overdue else _late(loan, now)
    return Answer(passage(said), table, Words("answer.my_statement.owed_note"))


def timely(now: Owed) -> bool:
    """Tell whether all that should have been paid falls due that very day."""
    return bool(now.overdue) and now.days_in_arrears == 0


def all_of_it(now: Owed) -> bool:
    """Tell whether nothing is owed but what should have been paid."""
    return now.total - now.overdue < FEN


def _nothing_late(now: Owed) -> list[Text]:
    if not now.overdue:
        return [Words("answer.my_statement.nothing_late")]
    if all_of_it(now):
        return [Words("answer.my_statement.due_today_all")]
    return [Words("answer.my_statement.due_today", amount=now.overdue)]


def _late(loan: Loan, now: Owed) -> list[Text]:
    key = "late_all" if all_of_it(now) else "late"
    fields = {"amount": now.overdue, "since": now.since, "days": now.days_late}
    said: list[Text] = [Words(f"answer.my_statement.{key}", **fields)]
    if any(each.falls_due and np.datetime64(each.day, "D") == now.on for each in rows_of(loan)):
        said.append(Words("answer.my_statement.late_and_due"))
    if now.days_in_arrears != now.days_late:
        first = {"days": now.days_in_arrears, "since": now.first_missed}
        return [*said, Words("answer.my_statement.late_otherwise", **first)]
    return [*said, Words("answer.my_statement.late_both")]
