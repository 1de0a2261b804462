"""What the grey cell asks for, and the book that is drawn from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from jiebei.answers.lender_view import early, who
from jiebei.language.words import Text, Words, percent
from jiebei.life.portfolio.behaviour import Behaviour, assumed
from jiebei.life.portfolio.help import programmes
from jiebei.life.portfolio.rolls import rates_of
from jiebei.life.portfolio.signs import worth
from jiebei.life.portfolio.study import Book, Question, book
from jiebei.life.rules.facts import latest_lpr
from jiebei.notebook.answer import Answer
from jiebei.notebook.progress import bar

__all__ = ["assumptions", "draw", "question", "tables"]


def question(cell: Mapping[str, Any]) -> Question:
    """Return what is asked: the assumptions of `data/`, changed as the grey cell says.

    Parameters
    ----------
    cell : dict
        Name to value, those of `EXAMPLE` among them.
    """
    given = assumed()
    missed = np.minimum(given.missed * cell["misses_times"], 1 - given.late)
    behaviour = replace(
        given,
        missed=missed,
        recovered=cell["recovered"],
        funding=cell["funding_rate"],
        running_cost=cell["running_cost"],
    )
    return Question(
        loans=cell["loans"],
        start=cell["start"],
        behaviour=behaviour,
        seed=cell["seed"],
        programmes=programmes(
            cell["relief_months"],
            cell["longer_months"],
            cell["plan_months"],
            cell["rate_off"],
            cell["waived"],
        ),
        ceilings=(cell["ceiling"], cell["lpr_times"] * latest_lpr(cell["start"]).rate),
    )


def draw(asked: Question) -> Book:
    """Draw the book; a bar shows how far it is where that takes more than a moment."""
    return book(asked, progress=bar(asked.loans))


def assumptions(asked: Question, tiers: list[str]) -> Answer:
    """Return what is assumed of each tier as people read it (行为假设)."""
    behaviour: Behaviour = asked.behaviour
    columns = {
        "share_of_loans": behaviour.borrowers,
        "paid_late": behaviour.late,
        "not_paid": behaviour.missed,
        "settled_early": behaviour.settled,
        "borrows_again": behaviour.again,
    }
    table = pd.DataFrame(
        {name: [percent(each, 2) for each in values] for name, values in columns.items()},
        pd.Index(tiers, name="tier"),
    )
    said = Words("answer.lender_view.assumed", loans=asked.loans)
    return Answer(said, table, Words("answer.lender_view.assumed_note"))


FIGURES = {  # as they are called where the page shows them
    "loans": "how_many",
    "bad": "over_90_share",
    "lost": "lost_share",
    "agreed": "yield_agreed",
    "earned": "yield_earned",
    "left": "yield_left",
    "flagged": "flagged_share",
    "paid": "paid_off_share",
}


def tables(found: Book) -> dict[Text, pd.DataFrame]:
    """Return what the page gives to take home: tiers, roll rates, vintages and signs."""
    late = found.vintage("over_30") + found.vintage("lost")
    late.columns = [str(each) for each in late.columns]
    signs, rolls = worth(found.counts["cells"]), rates_of(found.counts["moves"].sum(axis=0))
    frames = {
        "tiers": who.figures(found),
        "rolls": rolls.rename_axis("rolled_from"),
        "vintages": late,
        "signs": signs.set_axis([early.named(str(each)) for each in signs.index]),
    }
    frames["signs"].index.name = "sign"
    sheets: dict[Text, pd.DataFrame] = {
        Words(f"answer.lender_view.sheet_{name}"): each.reset_index().rename(columns=FIGURES)
        for name, each in frames.items()
    }
    sheets[Words("answer.lender_view.sheet_tiers")].attrs = who.answer(found).table.attrs
    return sheets
