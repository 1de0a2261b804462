"""What the first page asks of this one: no loan of the reader's is in it, so it is drawn once."""

from __future__ import annotations

from functools import cache

from jiebei.answers.lender_view import leniency, who
from jiebei.answers.lender_view.ask import draw, question
from jiebei.answers.lender_view.example import EXAMPLE
from jiebei.answers.shared.example import Reader
from jiebei.life.portfolio.study import Book
from jiebei.notebook.answer import Answer

__all__ = ["asked_by", "leniency_asked_by"]


@cache
def _book() -> Book:
    return draw(question(EXAMPLE))


def asked_by(reader: Reader) -> Answer:
    """Answer who does not pay back, with the book of the example, whoever reads it."""
    return who.answer(_book())


def leniency_asked_by(reader: Reader) -> Answer:
    """Answer whether leniency pays, with the book of the example, whoever reads it."""
    return leniency.answer(_book(), EXAMPLE["kept_share"])
