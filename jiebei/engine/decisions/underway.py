"""A loan that is taken up on the way: what its drawdown would bring is behind it."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from jiebei.engine.book import Book
from jiebei.engine.decisions.decision import COUPON, Decision, Row, Values
from jiebei.engine.events import EVENT
from jiebei.engine.instalments import recast
from jiebei.engine.refusals import Refusals
from jiebei.units.days import Ints

__all__ = ["Underway"]


class Underway(Decision):
    """Begin with no interest run up, in a due period that began on the day `since`.

    `level` is what the lender keeps equal, 0 where it is to be worked out; it holds for the balance
    and the rate for which it was shown.
    """

    since: Ints
    level: Ints
    at_balance: Ints
    at_rate: Ints
    name: ClassVar[str] = "running"
    phase: ClassVar[int] = COUPON  # before everything else of its day

    @staticmethod
    def act(book: Book, rows: Ints, values: Values, refusals: Refusals) -> Row:
        """Take back what the drawdown counted; it leaves no row."""
        book.start = np.array(book.start)
        book.start[rows] -= 1  # the day that is counted at least was counted then
        book.factor[rows] = book.days[rows] = 0
        if (thirty := book.thirty) is not None:
            behind = np.minimum(book.date[rows] - values["since"], 30)
            thirty.period[rows], thirty.since[rows], thirty.counted[rows] = (
                30,
                values["since"],
                behind,
            )
        recast(book, rows)
        shown = (values["level"] != 0) & (book.balance[rows] == values["at_balance"])
        shown &= book.rate[rows] == values["at_rate"]
        book.level[rows] = np.where(shown, values["level"], book.level[rows])
        if book.residual is not None:
            book.residual.more[rows] *= ~shown  # behind, with the first instalment
        nothing = np.zeros(len(rows), np.bool_)
        return {"event": np.full(len(rows), EVENT["draw"], np.int64), "acted": nothing}
