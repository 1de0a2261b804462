"""Which notebook answers my question? The later ones, each asked for the reader's own loan."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from jiebei.answers import (
    best_plan,
    budget,
    cheapest_money,
    credit_tiers,
    grace,
    lender_view,
    many_lenders,
    my_statement,
    negotiate,
    overdue,
    small_business,
)
from jiebei.answers.shared.example import Reader
from jiebei.language.errors import JiebeiError
from jiebei.notebook.answer import Answer

__all__ = ["best", "later"]

ASKED: Mapping[str, Callable[[Reader], Answer]] = {
    "grace": grace.asked_by,
    "overdue": overdue.asked_by,
    "negotiate": negotiate.asked_by,
    "cheapest": cheapest_money.asked_by,
    "tiers": credit_tiers.asked_by,
    "budget": budget.asked_by,
    "lenders": many_lenders.asked_by,
    "business": small_business.asked_by,
    "statement": my_statement.asked_by,
    "lender": lender_view.asked_by,
    "leniency": lender_view.leniency_asked_by,
}


def best(reader: Reader) -> Answer:
    """Answer what would be the best plan, for a reader's loan and cash alone."""
    return _or_why_not(best_plan.asked_by, reader)


def later(reader: Reader) -> dict[str, Answer]:
    """Answer the questions of the later notebooks for a reader's loan, at their examples.

    Returns
    -------
    dict
        A key of `start_here.QUESTIONS` to the answer. Each notebook fits its example to the loan
        by itself; where it makes no sense even so, the answer says why.
    """
    return {key: _or_why_not(asked_by, reader) for key, asked_by in ASKED.items()}


def _or_why_not(asked_by: Callable[[Reader], Answer], reader: Reader) -> Answer:
    try:
        return asked_by(reader)
    except JiebeiError as refused:
        return Answer(refused.words, pd.DataFrame())
