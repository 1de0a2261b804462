"""A settlement with a borrower in difficulty: some is let off, some paid, the rest starts anew."""

from fractions import Fraction

from .agreeing import count_from_today, end_relief
from .agreement import half_up, in_fen, in_rate_units
from .arrears import Parts
from .book import Book
from .coupons import Coupons


def share(of: int, part: float) -> int:
    """Return so much of an amount in fen."""
    return half_up(of * Fraction(str(part)))


def restructure(
    book: Book,
    months: int,
    daily_rate: float | None = None,
    waive: float = 0.0,
    waive_interest: float = 0.0,
    haircut: float = 0.0,
    down: float = 0.0,
) -> None:
    """Fold all that is owed into a new principal, or with months=0 pay all of it today."""
    days, billed, coupon = book.settle_interest()
    owed = book.overdue() + Parts(interest=billed + book.carried, principal=book.balance)
    waived = Parts(
        penalty=share(owed.penalty, waive),
        interest=share(owed.interest, waive_interest),
        principal=share(owed.principal, haircut),
    )
    left = owed - waived
    paid = paid_down(book, left, months, in_fen(down))
    left = left - paid
    start_anew(book, left.total(), months, daily_rate)
    book.write(
        "settlement",
        days,
        paid,
        capitalised=left.total() - left.principal,
        capitalised_penalty=left.penalty,
        capitalised_fee=left.fee,
        waived_interest=waived.interest + coupon,
        waived_penalty=waived.penalty,
        waived_principal=waived.principal,
    )
    if book.balance:
        book.recast()


def paid_down(book: Book, left: Parts, months: int, down: int) -> Parts:
    """Return what is paid on the day: the down payment, or everything."""
    if not 0 <= months <= 60 or (months == 0 and down):
        raise ValueError("restructure: 1 to 60 months; with none of them all is paid that day")
    if down > left.total():
        raise ValueError("restructure: more is paid down than is left")
    return left.covered_by(down, book.terms.payment_order) if months else left


def start_anew(book: Book, principal: int, months: int, daily_rate: float | None) -> None:
    """Begin a plain loan of level instalments on what remains, with nothing overdue."""
    book.balance, book.carried = principal, 0
    book.arrears.items = []
    book.plans.append(book.behind)
    end_relief(book)
    book.coupons = Coupons(book.terms.rounding)
    if daily_rate is not None:
        book.rate = in_rate_units(daily_rate)
    book.method, book.agreed, book.calendar.bullet = "equal_instalment", book.behind + months, False
    count_from_today(book)
    book.negotiated = True
