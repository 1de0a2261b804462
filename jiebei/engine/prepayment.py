"""What it takes to repay principal before it falls due."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from jiebei.engine.book import Book, Rows, half_up
from jiebei.units.days import Ints

__all__ = ["on_top", "payoff", "prepay", "settles_all"]

Bools = npt.NDArray[np.bool_]


def settles_all(book: Book, rows: Rows) -> Bools:
    """Tell where a prepayment settles the interest on all that is owed.

    On the day of the drawdown only the part prepaid owes the least day of interest.
    """
    return np.asarray(book.settles_whole[rows] & (book.least(rows) == 0))


def on_top(book: Book, rows: Rows, amount: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Return interest, what is let off of it (in all, by a coupon), and fee of principal repaid.

    They are rounded on the total of the day, so that two prepayments equal one of their sum.
    """
    before = book.today(rows, book.prepaid)
    total = before + amount
    whole = settles_all(book, rows)
    interest, waived, by_coupon = book.interest(
        rows, np.where(whole, before + book.balance[rows], total)
    )
    return (
        interest - book.today(rows, book.prepaid_interest),
        np.maximum(waived - book.today(rows, book.prepaid_waived), 0),
        np.maximum(by_coupon - book.today(rows, book.prepaid_relief), 0),
        half_up(total, book.fee_rate[rows]) - book.today(rows, book.prepaid_fee),
    )


def payoff(book: Book, rows: Rows) -> Ints:
    """Return what settles the loan that day: principal, interest, fee, and what is overdue."""
    interest, _, _, fee = on_top(book, rows, book.balance[rows])
    owed = book.balance[rows] + interest + fee
    return np.asarray(owed + book.carried[rows] + book.overdue(rows))


def prepay(book: Book, rows: Ints, amount: Ints) -> tuple[Ints, Ints, Ints]:
    """Take `amount` of principal off, and return what goes on top of it."""
    interest, waived, by_coupon, fee = on_top(book, rows, amount)
    whole = rows[settles_all(book, rows)]
    for total, more in (
        (book.prepaid, amount),
        (book.prepaid_interest, interest),
        (book.prepaid_waived, waived),
        (book.prepaid_relief, by_coupon),
        (book.prepaid_fee, fee),
    ):
        total[rows] = book.today(rows, total) + more
    book.prepaid_on[rows] = book.date[rows]
    book.balance[rows] -= amount
    if book.has_relief:
        book.relief_left[rows] -= by_coupon
    book.factor[whole] = book.days[whole] = book.waiver[whole] = book.relief[whole] = 0
    book.prepaid_interest[whole] = book.prepaid_waived[whole] = book.prepaid_relief[whole] = 0
    return interest, waived, fee
