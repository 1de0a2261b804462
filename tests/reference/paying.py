"""Paying what is overdue, and principal before it falls due."""

from .arrears import Parts
from .book import Book
from .cost import cost_of_repaying


def pay_all_overdue(book: Book) -> Parts:
    """Pay all that is overdue and return its parts, before the row is written."""
    return book.arrears.pay(book.today, book.overdue().total())


def pay_overdue(book: Book, cash: int) -> Parts:
    """Pay what is overdue as far as the cash goes, in the order agreed."""
    return book.arrears.pay(book.today, cash)


def pay(book: Book, amount: int) -> None:
    """Pay cash for what is overdue; what is beyond that stays in the pocket."""
    if not book.is_late():
        raise ValueError("pay: nothing is overdue that day")
    book.write("late payment", paid=pay_overdue(book, amount))


def pay_late(book: Book) -> None:
    """Pay all that is overdue, if anything is."""
    if book.is_late():
        book.write("late payment", paid=pay_all_overdue(book))


def prepay(book: Book, amount: int, then: str = "lower") -> None:
    """Repay principal, with its interest and fee on top."""
    if book.is_late():
        raise ValueError("prepay: something is overdue that day; use pay, pay_extra or settle")
    repay(book, amount, then)


def settle(book: Book) -> None:
    """Repay everything."""
    overdue = pay_all_overdue(book)
    if book.balance:
        repay(book, book.balance, overdue=overdue)
    else:
        book.write("payoff", paid=overdue)


def pay_extra(book: Book, amount: int, then: str = "lower") -> None:
    """Pay what is overdue, then the largest principal that the cash covers with its cost."""
    overdue = pay_overdue(book, amount)
    cash = 0 if book.is_late() else amount - overdue.total()
    part = largest_part(book, cash)
    if part:
        repay(book, part, then, overdue)
    elif overdue.total():
        book.write("late payment", paid=overdue)
    else:
        raise ValueError("pay_extra: less than the interest that comes first")


def largest_part(book: Book, cash: int) -> int:
    """Return the largest principal that the cash covers together with its interest and fee."""
    least, most = 0, min(cash, book.balance)
    while least < most:
        middle = (least + most + 1) // 2
        enough = middle + cost_of_repaying(book, middle).total() <= cash
        least, most = (middle, most) if enough else (least, middle - 1)
    return least


def repay(book: Book, part: int, then: str = "lower", overdue: Parts | None = None) -> None:
    """Repay a part of the balance; what was overdue and is paid with it stands in the same row."""
    if not 0 < part <= book.balance:
        raise ValueError(f"prepay: {part} fen, but {book.balance} fen is owed")
    if then == "shorten" and not keeps_an_instalment(book):
        raise ValueError("shorten: there is no instalment to keep")
    cost, whole = cost_of_repaying(book, part), book.terms.prepay_settles == "whole"
    interest = cost.interest - cost.waived + cost.carried
    paid = Parts(fee=cost.fee, interest=interest, principal=part)
    book.balance -= part
    book.carried -= cost.carried
    book.settled_today += part
    book.interest_today += cost.interest
    book.waived_today += cost.waived
    book.prepaid_today += part
    book.fee_today += cost.fee
    book.coupons.use(cost.waived_today)
    if whole and book.days:
        book.start_interest_anew()
    event = "prepayment" if book.balance else "payoff"
    book.write(event, cost.days, paid + (overdue or Parts()), waived_interest=cost.waived)
    if book.balance and then == "lower":
        book.recast()
    elif book.balance:
        shorten(book)


def keeps_an_instalment(book: Book) -> bool:
    """Tell whether there is an instalment, or a slice of principal, that could be kept."""
    return not book.is_paused() and (book.in_equal_part() or book.method == "equal_principal")


def shorten(book: Book) -> None:
    """Keep the instalment; agree on the least number of them that clears the balance."""
    balance, number, factor = book.balance, book.behind + 1, book.factor_when_due()
    while number < book.agreed:
        interest = book.interest_on(balance, factor)
        principal = book.principal_due(number, balance, interest)
        if principal == balance:  # this instalment covers all that is left: it is the last
            break
        balance, number = balance - principal, number + 1
        factor = book.rate * book.calendar.days(number - book.behind)
    book.agreed, book.more = number, 0
