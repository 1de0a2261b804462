"""What it costs to repay principal before it falls due."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from .agreement import RATE_UNIT, rounded

if TYPE_CHECKING:
    from .book import Book


@dataclass(frozen=True)
class Cost:
    """What comes on top of principal that is repaid now."""

    days: int
    interest: int  # before what a coupon lets off
    waived: int
    waived_today: list[int]  # by each coupon, with the prepayments made today
    fee: int
    carried: int  # interest of a holiday, paid with the last of the principal

    def total(self) -> int:
        return self.interest - self.waived + self.fee + self.carried


def cost_of_repaying(book: "Book", part: int) -> Cost:
    """Return days, interest, what is let off, and the fee if `part` is repaid now."""
    days, factor, coupons = book.days, book.factor, book.coupons
    if book.today == book.terms.drawdown and book.terms.day_count != "both_ends":
        days, factor = 1, book.rate  # money given back the same day pays for one day
        coupons = coupons.one_day_more(book.rate, book.today)
    basis, balance = book.settled_today + part, book.settled_today + book.balance
    if book.terms.prepay_settles == "whole" and book.days:
        basis = balance = book.balance
    how = book.terms.rounding
    interest = rounded(Fraction(basis * factor, RATE_UNIT), how) - book.interest_today
    waived_today = coupons.waived(basis, balance, factor)
    waived = sum(waived_today) - book.waived_today
    fee_rate = Fraction(str(book.terms.prepay_fee_rate))
    fee = rounded((book.prepaid_today + part) * fee_rate, how) - book.fee_today
    carried = book.carried if part == book.balance else 0
    return Cost(days, interest, waived, waived_today, fee, carried)


def payoff(book: "Book") -> int:
    """Return what settles the whole loan now, all that is overdue with it."""
    owed = book.overdue().total()
    if not book.balance:
        return owed
    return owed + book.balance + cost_of_repaying(book, book.balance).total()
