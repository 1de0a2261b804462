"""The instalments that remain: what each takes, and what a decision makes of them."""

from __future__ import annotations

from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from jiebei.engine.book import LEVEL, NEVER, SLICE, Book
from jiebei.engine.columns import Rows
from jiebei.units.days import Ints
from jiebei.units.fen import RATE_SCALE, half_up

__all__ = ["level_of", "level_payment", "recast", "shorten", "worth_of_level"]

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


def level_payment(book: Book, rows: Rows) -> Ints:
    """Return the payment that clears the balance over the instalments that remain.

    balance / sum over k of the product over j up to k of 1 / (1 + rate x days of period j),
    half up to the fen. Where the floating result lies near a tie it is found in whole numbers.
    """
    rounded, near_tie = level_of(book.balance[rows], worth_of_level(book, rows))
    if near_tie.any():
        places = np.arange(len(book), dtype=np.intp)[rows][near_tie]
        rounded[near_tie] = [_exact_level(book, place) for place in places]
    return rounded


def worth_of_level(book: Book, rows: Rows) -> Floats:
    """Return what 1 fen with each instalment that remains is worth today."""
    remaining = book.instalments[rows] - book.paid[rows]
    value, total = np.ones(remaining.shape), np.zeros(remaining.shape)
    fewest, most = int(remaining.min(initial=NEVER)), int(remaining.max(initial=0))
    for ahead, growth in zip(range(1, most + 1), book.growths(rows), strict=False):
        value *= RATE_SCALE / growth
        total += value if ahead <= fewest else value * (ahead <= remaining)
    return total


def level_of(balance: Ints, worth: Any) -> tuple[Ints, Bools]:
    """Return the payment whose worth is the balance, half up, and where it lies near a tie."""
    payment = balance / worth
    near_tie = np.abs(payment + 0.5 - np.rint(payment + 0.5)) < payment * 1e-13
    return np.floor(payment + 0.5).astype(np.int64), near_tie


def _exact_level(book: Book, place: int) -> int:
    remaining = int(book.instalments[place] - book.paid[place])
    growths = [int(each[0]) for each in islice(book.growths(np.array([place])), remaining)]
    worth, scale = 0, 1  # worth / scale is what 1 fen at each due date is worth today
    for growth in reversed(growths):
        worth, scale = RATE_SCALE * (scale + worth), growth * scale
    return (2 * int(book.balance[place]) * scale + worth) // (2 * worth)


def recast(book: Book, rows: Rows) -> None:
    """Lower (or raise) the instalment so that the remaining ones clear the balance."""
    rows = rows if not isinstance(rows, slice) else np.arange(len(book), dtype=np.intp)
    begun = (book.paid[rows] >= book.interest_only[rows]) & (book.balance[rows] > 0)
    level = rows[begun & (book.style[rows] == LEVEL)]
    if level.size:
        book.level[level] = level_payment(book, level)
    slices = rows[(book.style[rows] == SLICE) & (book.balance[rows] > 0)]
    remaining = book.instalments[slices] - book.paid[slices]
    book.level[slices] = (2 * book.balance[slices] + remaining) // (2 * remaining)


def shorten(book: Book, rows: Ints) -> None:
    """Keep the instalment and lower the agreed number to the least that clears the balance."""
    balance, level = book.balance[rows], book.level[rows]
    agreed, paid = book.instalments[rows], book.paid[rows]
    needed = np.zeros_like(balance)
    for growth in islice(book.growths(rows), int((agreed - paid).max(initial=0))):
        interest = half_up(balance, growth - RATE_SCALE)
        part = np.where(book.style[rows] == SLICE, level, np.maximum(level - interest, 0))
        needed += balance > 0
        balance = balance - np.minimum(balance, part)
    book.instalments[rows] = np.minimum(agreed, paid + needed)
