"""How much can I carry in a bad year? Which month breaks then, and the largest loan that lasts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.budget.months import cash_chart, figures, verdict
from jiebei.charts.drawing.panels import stacked
from jiebei.compare.compare import Strategy
from jiebei.language.errors import JiebeiError
from jiebei.language.words import Text, Words, passage
from jiebei.life.household.budget import Budget
from jiebei.life.household.stress import largest_loan, least_left
from jiebei.life.rules.facts import facts
from jiebei.loan.loan import Loan
from jiebei.loan.terms import least_months
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["MOST", "bad_year", "first_chart", "largest"]

MOST = 1_000_000.0  # yuan: no consumer line is so high
TERMS = (6, 12, 24, 36)


def bad_year(
    strategies: Mapping[Any, Strategy], budget: Budget, drop: float, bad_months: int
) -> Answer:
    """Say which month breaks if a bad spell strikes when it hurts most (坏年景).

    Parameters
    ----------
    strategies : dict
        Name to loan or plan, one scenario each.
    budget : Budget
    drop : decimal
        Share of the income that is lost: an assumption.
    bad_months : int
        For so many months in a row: an assumption.
    """
    plans = {name: least_left(each, budget, drop, bad_months) for name, each in strategies.items()}
    spell = {"drop": drop, "months": bad_months}
    is_none = drop == 0 or bad_months == 0
    begin = Words("answer.budget.bad_none") if is_none else Words("answer.budget.bad", **spell)
    return Answer(passage([begin, verdict(plans)]), figures(plans), Words("answer.budget.bad_note"))


def largest(
    borrow: Callable[..., Loan],
    months: int,
    principal: float,
    budget: Budget,
    drop: float,
    bad_months: int,
) -> Answer:
    """Find the largest loan that leaves no month without cash, in a bad year too (最多能借多少).

    Parameters
    ----------
    borrow : callable
        `borrow(amounts, months)` returns the loans.
    months : int
        The term that is asked for; others are shown beside it.
    principal : yuan
        The loan as it is.
    budget, drop, bad_months
        As for `bad_year`.
    """
    most = _countable(borrow, max([*TERMS, months]))

    def find(term: int, share: float = 0.0) -> float:
        return largest_loan(lambda each: borrow(each, term), budget, share, bad_months, most)

    terms, left_out = _terms(borrow, months)
    table = pd.DataFrame(
        {
            "carries": [find(each) for each in terms],
            "carries_bad": [find(each, drop) for each in terms],
        },
        pd.Index([Words("text.months", n=each) for each in terms], name="term"),
    )
    lines = facts("legal_lines").set_index("line")["value"]
    legal = float(lines[["internet consumer credit line, good borrowers"]].iloc[0])
    row = table.iloc[terms.index(months)]
    text = _largest_words(row["carries"], row["carries_bad"], months, principal, most)
    note = Words("answer.budget.largest_note", line=legal)
    if table.to_numpy().max() >= most:
        left_out = [Words("answer.budget.largest_tried", most=most), *left_out]
    return Answer(text, table, passage([note, *left_out]))


def _terms(borrow: Callable[..., Loan], months: int) -> tuple[list[int], list[Words]]:
    """Return the terms to look at, and a sentence on those that there are not in this method."""
    shortest = least_months(str(borrow(1.0, months).method))
    terms = sorted(each for each in {*TERMS, months} if each >= shortest)
    too_short = any(each < shortest for each in TERMS)
    return terms, [Words("answer.budget.terms_six")] if too_short else []


def _countable(borrow: Callable[..., Loan], months: int) -> float:
    """Return the most that is tried: what is counted exactly over so many months."""
    for most in MOST / 2.0 ** np.arange(10):
        try:
            borrow(most, months).summary()
        except JiebeiError:
            continue
        break
    return float(most)


def _largest_words(planned: float, bad: float, months: int, principal: float, most: float) -> Text:
    """Say what a term carries in a bad year, how the loan stands to that, and what as planned."""
    if bad == 0:
        parts = [Words("answer.budget.largest_none", term=months)]
    elif bad >= most:
        parts = [Words("answer.budget.largest_any", term=months, most=most)]
    else:
        key = "largest" if planned > bad else "largest_both"
        parts = [Words(f"answer.budget.{key}", term=months, amount=bad)]
        gap = bad - principal
        key = "exactly" if abs(gap) < FEN else "within" if gap > 0 else "beyond"
        fields = {"principal": principal, "gap": abs(gap)}
        parts.append(Words(f"answer.budget.largest_{key}", **fields))
    if planned > bad:
        key = "planned_any" if planned >= most else "planned"
        parts.append(Words(f"answer.budget.largest_{key}", amount=planned))
    return passage(parts)


# The chart ---------------------------------------------------------------------------------


def first_chart(
    strategies: Mapping[Any, Strategy],
    budget: Budget,
    found: Answer,
    borrow: Callable[..., Loan],
    loan: Loan,
) -> Axes:
    """Draw the least cash by way, and beneath it how large a loan is carried.

    Parameters
    ----------
    strategies, budget
        As for `months.cash_chart`.
    found : Answer
        As `largest` returns it.
    borrow : callable
        As for `largest`.
    loan : Loan
        The loan as it is.
    """
    drawn: Axes = stacked(
        (4.3, lambda ax: cash_chart(strategies, budget, ax)),
        (2.6, lambda ax: _most_chart(found, borrow, loan, ax)),
    )
    return drawn


def _most_chart(found: Answer, borrow: Callable[..., Loan], loan: Loan, ax: Axes) -> Axes:
    """Draw the loan as it is beside the largest that is carried."""
    months = int(loan.months)
    place = list(found.figures.index).index(Words("text.months", n=months))
    planned, bad = (float(found.figures[name].iloc[place]) for name in ("carries", "carries_bad"))
    most = _countable(borrow, max([*TERMS, months]))
    largest = {"planned": planned, "bad": bad} if bad < planned else {"planned": planned}
    amounts = {"yours": float(loan.principal), **largest}
    said = {name: _amount(each, each >= most and name in largest) for name, each in amounts.items()}
    names = {name: Words(f"answer.budget.most_{name}") for name in amounts}
    key = "most_title" if "bad" in largest else "most_title_both"
    within = amounts["yours"] <= min(planned, bad)
    stands = "within" if within else "not_bad" if amounts["yours"] <= planned else "beyond"
    return charts.dumbbell(
        pd.DataFrame({"principal": amounts}).rename(index=names),
        "principal",
        told={names[name]: each for name, each in said.items()},
        title=Words(
            f"answer.budget.{key}",
            term=months,
            stands=Words(f"answer.budget.most_{stands}", **said),
            **said,
        ),
        subtitle=Words("answer.budget.most_subtitle", unit="{unit}"),
        ax=ax,
    )


def _amount(amount: float, or_more: bool) -> Words:
    return Words(f"answer.budget.most_{'any' if or_more else 'amount'}", amount=amount)
