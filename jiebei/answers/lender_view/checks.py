"""What the page checks in plain sight."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from jiebei.life.portfolio.borrowers import STREAM
from jiebei.life.portfolio.pool import SPAN
from jiebei.life.portfolio.signs import SIGNS, worth
from jiebei.life.portfolio.study import Book, Question, book

__all__ = [
    "as_agreed_nothing_is_lost",
    "sign_is_as_precise_as_assumed",
    "threads_agree",
    "vintages_add_up",
]

ERRORS = 4  # standard errors
FEW = 3  # loans more or less, where hardly any shows a sign


def vintages_add_up(found: Book) -> bool:
    """Tell whether the months of drawdown add up to the book at each month's end, to the fen."""
    owed, total = found.counts["vintages"][:, :, 0], np.zeros(SPAN, np.int64)
    for drawn_in in range(SPAN):
        total[drawn_in:] += owed[drawn_in, : SPAN - drawn_in]
    return bool((total == found.counts["stock"].sum(axis=(1, 2))).all())


def as_agreed_nothing_is_lost(found: Book) -> bool:
    """Tell whether, if all pay as agreed, what comes in is what was lent and its interest."""
    agreed = found.pool("agreed")
    return bool((agreed.cash.sum(axis=1) == agreed.interest).all() and not agreed.lost.any())


def threads_agree(asked: Question) -> bool:
    """Tell whether one thread counts what two do, of as many loans as keep two busy."""
    some = replace(asked, loans=STREAM + 1, programmes={}, ceilings=())
    one, two = (book(some, threads=each).counts for each in (1, 2))
    return all(np.array_equal(each, two[name]) for name, each in one.items())


def sign_is_as_precise_as_assumed(found: Book, name: str) -> bool:
    """Tell whether a sign is as precise as its shares say, by Bayes, but for chance."""
    cells, sign = found.counts["cells"], found.question.behaviour.signs[name]
    loans, share = cells.sum(), cells[..., 1].sum() / cells.sum()
    flagged = share * sign.bad + (1 - share) * sign.good
    precision = share * sign.bad / flagged if flagged else 0.0
    flags = max(flagged * loans, 1.0)
    error = np.sqrt(precision * (1 - precision) / flags)
    seen = np.nan_to_num(worth(cells)["precision"].to_numpy()[SIGNS.index(name)])
    return bool(abs(seen - precision) <= ERRORS * error + FEW / flags)
