"""The rows: one an event, in fen, and where the loan stands after it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from .arrears import Parts
from .cost import payoff

if TYPE_CHECKING:
    from .book import Book

NON_ACCRUAL_DAYS = 90


@dataclass(frozen=True)
class Row:
    """One dated event; money in fen."""

    date: date
    event: str
    days: int
    opening: int
    drawn: int
    interest: int
    penalty: int
    fee: int
    principal: int
    payment: int
    closing: int
    waived_interest: int
    capitalised: int
    capitalised_penalty: int  # of what is capitalised
    capitalised_fee: int
    waived_penalty: int
    waived_principal: int
    arrears: int  # overdue after the row
    due: int  # fell due on the row
    days_late: int  # before the row
    payoff: int  # settles the loan after the row
    status: str


def row_of(book: "Book", event: str, days: int, paid: Parts, other: Mapping[str, int]) -> Row:
    """Write down what has just happened; `other` are columns beside the payment."""
    before, since, arrears = book.rows[-1:], book.was_late_since, book.overdue().total()
    return Row(
        date=book.today,
        event=event,
        days=days,
        opening=before[0].closing if before else 0,
        drawn=other.get("drawn", 0),
        interest=paid.interest,
        penalty=paid.penalty,
        fee=paid.fee,
        principal=paid.principal,
        payment=paid.total(),
        closing=book.balance + book.arrears.principal,
        waived_interest=other.get("waived_interest", 0),
        capitalised=other.get("capitalised", 0),
        capitalised_penalty=other.get("capitalised_penalty", 0),
        capitalised_fee=other.get("capitalised_fee", 0),
        waived_penalty=other.get("waived_penalty", 0),
        waived_principal=other.get("waived_principal", 0),
        arrears=arrears,
        due=arrears - (before[0].arrears if before else 0) + paid.total(),
        days_late=(book.today - since).days if since else 0,
        payoff=payoff(book),
        status=status(book, event),
    )


def status(book: "Book", event: str) -> str:
    """Say where the loan stands after an event."""
    if book.is_closed():
        return "settled" if event in ("payoff", "settlement") else "closed"
    if book.is_late():
        if book.arrears.is_in_grace(book.today):
            return "in grace"
        days = book.arrears.days_late(book.today)
        return "non-accrual" if days > NON_ACCRUAL_DAYS else "overdue"
    return "negotiated" if book.negotiated else "on time"
