"""What it takes to repay principal before it falls due."""

from __future__ import annotations

import numpy as np

from jiebei.engine.book import Book
from jiebei.engine.columns import Bools, Rows, brought, where
from jiebei.units.days import Ints

__all__ = ["on_top", "payoff", "prepay", "settles_all"]


def settles_all(book: Book, rows: Rows) -> Bools:
    """Tell where a prepayment settles the interest on all that is owed.

    On the day of the drawdown only the part prepaid owes the least day of interest.
    """
    whole = np.asarray(book.settles_whole[rows])
    return whole & (book.least(rows) == 0) if np.count_nonzero(whole) else whole


def on_top(book: Book, rows: Rows, amount: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Return interest, what is let off of it (in all, by a coupon), and fee of principal repaid.

    They are rounded on the total of the day, so that two prepayments equal one of their sum.
    """
    before = {} if book.prepaid is None else book.prepaid.today(rows, book.date[rows])
    if not before:
        return _of_total(book, rows, amount, book.balance[rows])
    total = before["principal"] + amount
    owed = before["principal"] + book.balance[rows]
    interest, waived, by_coupon, fee = _of_total(book, rows, total, owed)
    return (
        interest - before["interest"],
        np.maximum(waived - before["waived"], 0),
        np.maximum(by_coupon - before["by_coupon"], 0),
        fee - before["fee"],
    )


def _of_total(book: Book, rows: Rows, total: Ints, owed: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    settled = where(settles_all(book, rows), owed, total)
    return *book.interest(rows, settled), book.rounded(rows, total, book.fee_rate[rows])


def payoff(book: Book, rows: Rows) -> Ints:
    """Return what settles the loan that day: principal, interest, fee, and what is overdue."""
    interest, _, _, fee = on_top(book, rows, book.balance[rows])
    owed = book.balance[rows] + interest + fee
    return np.asarray(owed + book.carried(rows) + book.overdue(rows))


def prepay(book: Book, rows: Ints, amount: Ints) -> tuple[Ints, Ints, Ints]:
    """Take `amount` of principal off, and return what goes on top of it."""
    interest, waived, by_coupon, fee = on_top(book, rows, amount)
    whole = rows[settles_all(book, rows)]
    prepaid = brought(book.prepaid)
    prepaid.add(
        rows,
        book.date[rows],
        principal=amount,
        interest=interest,
        waived=waived,
        by_coupon=by_coupon,
        fee=fee,
    )
    book.balance[rows] -= amount
    if book.relief is not None:
        book.relief.left[rows] -= by_coupon
    if whole.size:
        book.forget_interest(whole)
        prepaid.forget_interest(whole)
    return interest, waived, fee
