"""Agreeing anew: a later end, a holiday, another rate, a coupon, a settlement."""

from datetime import date, timedelta
from fractions import Fraction

from .agreement import half_up, in_fen, in_rate_units
from .arrears import Parts
from .book import Book, Holiday
from .coupons import Coupon


def accelerate(book: Book) -> None:
    """Let everything fall due, and be overdue, because the borrower has been late for so long."""
    days, billed, waived = book.settle_interest()
    bill = Parts(interest=billed + book.carried, principal=book.balance)
    book.balance, book.carried = 0, 0
    end_relief(book)
    book.arrears.grow(book.today, bill, grace_days=0)
    book.write("acceleration", days, waived_interest=waived)


def end_relief(book: Book) -> None:
    """End any holiday."""
    book.coupons.waiver = None
    book.holiday, book.paused_until = None, 0
    book.interest_only_until = min(book.interest_only_until, book.behind)


def extend(
    book: Book,
    months: int = 0,
    days: int = 0,
    fee: float = 0.0,
    daily_rate: float | None = None,
) -> None:
    """Agree on more instalments, or on a later due date of a bullet loan."""
    if days and book.method != "bullet":
        raise ValueError("extend: days only for a bullet loan")
    if daily_rate is not None:
        book.rate = in_rate_units(daily_rate)
    if book.is_open():
        reopen(book, months, days)
    elif book.method == "bullet":
        book.calendar.move(months, days)
    else:
        book.agreed += months
    book.write("extension", paid=Parts(fee=in_fen(fee)))
    book.recast()


def reopen(book: Book, months: int, days: int) -> None:
    """Let overdue principal run on, due in new instalments that count from today."""
    book.balance = book.arrears.let_principal_go(book.today)
    book.agreed = book.behind + (1 if book.method == "bullet" else months)
    count_from_today(book, months, days)


def count_from_today(book: Book, months: int = 1, days: int = 0) -> None:
    """Let interest and due dates begin anew today."""
    book.start_interest_anew()
    book.counted = 0
    book.calendar.start_anew(book.today, months, days)


def defer(book: Book, months: int = 0, days: int = 0, interest: str = "paid") -> None:
    """Agree on a payment holiday."""
    if book.method == "bullet":
        raise ValueError("defer: a bullet loan has nothing to defer; extend it")
    if book.holiday:
        raise ValueError("defer: another holiday is still running")
    if months and days:
        raise ValueError("defer: months or days, not both")
    if days and (interest == "paid" or book.terms.day_count == "thirty"):
        raise ValueError("defer: so only in months")
    if interest == "paid":
        pay_interest_only(book, months)
    else:
        pay_nothing(book, months, days, interest)
    book.write("deferral")


def pay_interest_only(book: Book, months: int) -> None:
    """Let the next instalments be interest only; those of the plan follow."""
    book.agreed += months
    if book.method == "interest_then_equal" and not book.in_equal_part():
        book.interest_only_until += months
    else:
        book.paused_until = max(book.paused_until, book.behind) + months


def pay_nothing(book: Book, months: int, days: int, interest: str) -> None:
    """Let the next due dates pass, or all of them come so many days later."""
    if days:
        book.calendar.postpone(days)
        ends = book.today + timedelta(days)
    else:
        ends = book.calendar.due(months)
    book.holiday = Holiday(interest, ends, months)
    if interest == "waived":
        waive_all(book, ends)


def waive_all(book: Book, until: date) -> None:
    """Let off all interest until then; a coupon lets off nothing of it, and goes on after it."""
    book.coupons.waiver = Coupon(Fraction(1), until)
    if first_day_is_over(book):
        book.coupons.waiver.let_off = Fraction(book.factor)
        for coupon in book.coupons.taken:
            coupon.let_off = Fraction(0)


def first_day_is_over(book: Book) -> bool:
    """Tell whether the interest of today has run: at the drawdown, if both ends count."""
    return book.today == book.terms.drawdown and book.terms.day_count == "both_ends"


def end_holiday(book: Book) -> None:
    """Settle the interest of the holiday, and recast what remains."""
    capitalised, capitalise = 0, book.holiday and book.holiday.interest == "capitalised"
    days, billed, waived = book.settle_interest()
    if capitalise:
        book.balance += billed
        capitalised = billed
    else:
        book.carried += billed
    book.holiday = None
    book.write("deferral", days, waived_interest=waived, capitalised=capitalised)
    book.recast()


def reprice(book: Book, daily_rate: float) -> None:
    """Agree on another rate from today."""
    book.rate = in_rate_units(daily_rate)
    book.write("rate change")
    book.recast_level()


def coupon(
    book: Book,
    days: int | None = None,
    off: float = 1.0,
    instalments: int | None = None,
    principal: float | None = None,
    cap: float | None = None,
    expires: date | None = None,
) -> None:
    """Let off a share of the interest that runs from today; replaces another coupon."""
    until, day_is_over = [date.max], first_day_is_over(book)
    if days is not None:  # both ends counted: the drawdown is the first of the days
        until.append(book.today + timedelta(days - day_is_over))
    if instalments is not None:
        until.append(due_date_of(book, instalments))
    if expires is not None:  # the interest of a day has run when the next day begins
        until.append(expires + timedelta(book.terms.day_count != "both_ends"))
    taken = Coupon(
        Fraction(str(off)),
        min(until),
        None if principal is None else in_fen(principal),
        None if cap is None else in_fen(cap),
    )
    if day_is_over:
        book.coupons.taken = []
        taken.let_off = Fraction(half_up(book.rate * taken.off)) * (book.today <= taken.until)
    book.coupons.taken.append(taken)
    book.write("coupon")


def due_date_of(book: Book, number: int) -> date:
    """Return the date on which so many instalments from tomorrow on have fallen due."""
    if book.calendar.bullet:
        return book.next_due()
    passed_over = book.holiday.due_dates if book.holiday else 0
    return book.calendar.due(number + (passed_over or int(book.next_due() == book.today)))
