"""The first picture: what each day late costs, and which of several loans to pay first."""

from __future__ import annotations

from matplotlib.axes import Axes

from jiebei.answers.overdue import orders
from jiebei.answers.overdue.flips import by_day
from jiebei.charts.drawing.panels import stacked
from jiebei.language.words import Text
from jiebei.life.late.costs import Elsewhere
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer

__all__ = ["picture"]


def picture(
    loan: Loan,
    instalment: int,
    days: int,
    elsewhere: Elsewhere,
    caught_up: Answer,
    supposed: Text = "",
) -> Axes | Text:
    """Draw what paying late costs by day, and beneath it which loan comes first, if that matters.

    Parameters
    ----------
    loan, instalment, days, elsewhere
        As for `overdue.flips.by_day`.
    caught_up : Answer
        As `overdue.orders.answer` gives it.
    supposed : str, optional
        That the loans are the example's, where they are.
    """
    if not orders.matters(caught_up):
        return by_day(loan, instalment, days, elsewhere)
    made: Axes | Text = stacked(
        (4.5, lambda ax: by_day(loan, instalment, days, elsewhere, ax)),
        (2.3, lambda ax: orders.in_short(caught_up, ax, supposed)),
    )
    return made
