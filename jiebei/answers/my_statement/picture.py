"""The first picture: whether the plan is right, and beneath it what is owed today."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.my_statement.today import all_of_it, timely
from jiebei.answers.my_statement.verdict import chart
from jiebei.charts.drawing.panels import stacked
from jiebei.language.words import Text, Words
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["picture"]


def picture(answer: Answer, loan: Loan, as_of: Any) -> Axes | Text:
    """Draw by how much each payment of a plan differs, and what settles the loan today.

    Parameters
    ----------
    answer : Answer
        As `my_statement.answer` returns it.
    loan : Loan
        With its history.
    as_of : date
        Today.
    """
    if loan.owed(as_of).total < FEN:
        return chart(answer)
    if (answer.figures["difference"].abs() < FEN).all():
        return _owed(loan, as_of, note=answer.said)
    made: Axes | Text = stacked(
        (3.9, lambda ax: chart(answer, ax)), (2.5, lambda ax: _owed(loan, as_of, ax))
    )
    return made


def _owed(loan: Loan, as_of: Any, ax: Axes | None = None, note: Text = "") -> Axes:
    """Draw what settles the loan, and what of it is late."""
    now = loan.owed(as_of)
    part = "due" if timely(now) else "late"
    key = f"_{part}" if now.overdue else ""
    amounts = {Words("answer.my_statement.owed_bar"): now.total}
    if now.overdue and all_of_it(now):
        key = f"_{part}_all"
    elif now.overdue:
        amounts[Words(f"answer.my_statement.owed_bar_{part}")] = now.overdue
    fields = {"on": as_of, "amount": now.total, "late": now.overdue, "days": now.days_late}
    return charts.bars(
        amounts,
        {name: ("{0}", [each]) for name, each in amounts.items()},
        ax=ax,
        title=Words(f"answer.my_statement.owed_title{key}", **fields),
        note=note,
    )
