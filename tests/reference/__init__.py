"""What a loan and its decisions mean, written slowly: the oracle that the engine is tested against.

One loan at a time, one calendar day at a time, in whole fen and exact fractions. Nothing here is
shared with the package, nothing is fast, nothing is clever: whoever knows loans should be able to
read these pages against the contract, and to correct them.

    loan = {"principal": 50_000, "daily_rate": 0.0004, "start": "2026-12-01", "months": 12}
    rows = schedule(loan, [("prepay", {"amount": 20_000, "on": "2027-03-15"})])[0]

`agreement.py` holds the terms and the due dates, `book.py` one contract on which interest runs and
instalments fall due, `arrears.py` what was not paid, `unpaid.py` which due dates are missed,
`cost.py` what it costs to repay, `coupons.py` what is let off, `rows.py` what is written down. What
decisions do stands in `paying.py`, `agreeing.py` and `settlement.py`; this page holds the order of
events, `population.py` a fast form of the plain schedule for large populations.
"""

from bisect import insort
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from . import agreeing, paying, settlement
from .agreement import Terms, as_date, day_in_month, in_fen
from .book import Book
from .population import level_payment, plain_schedule, tie_heavy_loans
from .rows import Row
from .unpaid import UNDATED, Chain, Decision, Unpaid

__all__ = ["Chain", "Row", "level_payment", "plain_schedule", "schedule", "tie_heavy_loans"]

# What each decision does, and its phase: on one date the phases follow each other.
ACTS: dict[str, tuple[int, Callable[..., None]]] = {
    "coupon": (1, agreeing.coupon),
    "restructure": (2, settlement.restructure),
    "extend": (2, agreeing.extend),
    "defer": (2, agreeing.defer),
    "pay": (4, paying.pay),
    "pay_late": (4, paying.pay_late),
    "prepay": (5, paying.prepay),
    "pay_extra": (5, paying.pay_extra),
    "settle": (5, paying.settle),
    "reprice": (6, agreeing.reprice),
}
FALLING_DUE_ALTOGETHER, FALLING_DUE = 2, 3
WHEN_ALL_IS_DUE = ("settle", "pay", "pay_late", "pay_extra", "restructure", "extend")
# A decision with nothing in all of these that it has is not taken.
AMOUNTS = {
    "coupon": ("days", "instalments"),
    "extend": ("months", "days"),
    "defer": ("months", "days"),
    "prepay": ("amount",),
    "pay_extra": ("amount",),
    "pay": ("amount",),
}


def schedule(loan: Mapping[str, Any], chain: Chain = ()) -> list[list[Row]]:
    """Return the rows of the contract, and of each one that `reborrow` opens on the same line."""
    first, contracts = Terms(**loan), list[list[Row]]()
    terms, decisions = first, list[tuple[str, Mapping[str, Any]]]()
    for name, given in chain:
        arguments = dict(given)
        for each in ("on", "expires"):  # days count from the first drawdown of the line
            if arguments.get(each) is not None:
                arguments[each] = as_date(arguments[each], first.drawdown)
        if name == "reborrow":
            contracts.append(live_through(terms, decisions))
            terms, decisions = another_contract(first, **arguments), []
        else:
            decisions.append((name, arguments))
    return [*contracts, live_through(terms, decisions)]


def another_contract(first: Terms, amount: float, on: date, **given: Any) -> Terms:
    """Draw again on the same line: the due day stays, and all that is not agreed anew."""
    if given.get("days") is not None:
        given["months"] = None
    elif given.get("months") is not None:
        given["days"] = None
    due_day = first.due_day or first.drawdown.day
    return replace(first, principal=amount, start=on, due_day=due_day, **given)


def live_through(terms: Terms, chain: Chain) -> list[Row]:
    """Live through one contract: go to the next date, accrue, then apply, phase after phase."""
    book, ahead, unpaid = Book(terms), in_order(chain, terms.drawdown), Unpaid(chain)
    while dates := book.dates_ahead() + [each.date for each in ahead[:1]]:
        today = min(dates)
        if not book.is_closed():
            book.accrue(today)
        take_until(book, ahead, today, FALLING_DUE_ALTOGETHER)
        if book.falls_due_altogether() == today:
            agreeing.accelerate(book)
        take_until(book, ahead, today, FALLING_DUE)
        for late in let_fall_due(book, unpaid):
            insort(ahead, late)
        take_until(book, ahead, today)
    unpaid.check(book.behind)
    return book.rows


def let_fall_due(book: Book, unpaid: Unpaid) -> list[Decision]:
    """Let the holiday end or the instalment fall due; return the late payments that follow."""
    holiday = book.holiday
    passes_over = holiday is not None and holiday.due_dates > 0
    falls_due = bool(book.balance) and book.next_due() == book.today
    if holiday and falls_due and passes_over:
        book.pass_due_date()
        holiday.due_dates -= 1
    if holiday and holiday.ends == book.today:
        agreeing.end_holiday(book)
    if not falls_due or passes_over:
        return []
    late = unpaid.late_payments(book.behind + 1, book.today)
    book.instalment(missed=unpaid.is_missed(book.behind + 1, book.today, book.plans))
    return late


def in_order(chain: Chain, drawdown: date) -> list[Decision]:
    """Put dated decisions in the order in which they happen; one of nothing is not taken."""
    decisions = []
    for place, (name, given) in enumerate(chain):
        arguments = dict(given)
        amounts = [arguments.get(each) or 0 for each in AMOUNTS.get(name, ()) if each in arguments]
        if name in UNDATED or (amounts and not any(amounts)):
            continue
        on = as_date(arguments.pop("on", None) or drawdown, drawdown)
        for month in range(arguments.pop("times", 1)):
            when = day_in_month(on, month, on.day)
            decisions.append(Decision(when, ACTS[name][0], place, name, arguments))
    return sorted(decisions)


def take_until(book: Book, ahead: list[Decision], today: date, phase: int = 9) -> None:
    """Let the decisions of today act, those of the phases before this one."""
    while ahead and ahead[0].date == today and ahead[0].phase < phase:
        take(book, ahead.pop(0))


def take(book: Book, decision: Decision) -> None:
    """Let one decision act on the book, or refuse it."""
    name, arguments = decision.name, dict(decision.arguments)
    if decision.date < book.terms.drawdown:
        raise ValueError(f"{name}: before the drawdown")
    if book.is_closed():
        closed_today = book.rows[-1].date == decision.date
        if name in ("pay_extra", "pay_late", "reprice") or (name == "settle" and closed_today):
            return  # nothing is owed, nothing happens
        raise ValueError(f"{name}: the loan is closed")
    if book.is_open() and name not in WHEN_ALL_IS_DUE:
        raise ValueError(f"{name}: all has fallen due")
    if "amount" in arguments:
        arguments["amount"] = in_fen(arguments["amount"])
    ACTS[name][1](book, **arguments)
