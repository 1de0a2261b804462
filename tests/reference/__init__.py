"""What a loan and its decisions mean, written slowly: the oracle that the engine is tested against.

One loan at a time, one calendar day at a time, in whole fen and exact fractions. Nothing here is
shared with the package, nothing is fast, nothing is clever: whoever knows loans should be able to
read these pages against the contract, and to correct them.

    loan = {"principal": 50_000, "daily_rate": 0.0004, "start": "2026-12-01", "months": 12}
    rows = schedule(loan, [("prepay", {"amount": 20_000, "on": "2027-03-15"})])[0]

`agreement.py` holds the terms and the due dates, `book.py` what each event does to a contract, this
page the order of events, `population.py` a fast form of the plain schedule for large populations.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from .agreement import Terms, as_date, day_in_month, in_fen
from .book import Book, Row
from .population import level_payment, plain_schedule, tie_heavy_loans

__all__ = ["Chain", "Row", "level_payment", "plain_schedule", "schedule", "tie_heavy_loans"]

Chain = Sequence[tuple[str, Mapping[str, Any]]]

PHASE = {"coupon": 1, "extend": 2, "prepay": 5, "settle": 5, "pay_extra": 5}
INSTALMENT_PHASE = 3


@dataclass(frozen=True, order=True)
class Decision:
    """One decision on its date; in the order of date, then phase, then place in the chain."""

    date: date
    phase: int
    place: int
    name: str = field(compare=False)
    arguments: Mapping[str, Any] = field(compare=False)


def schedule(loan: Mapping[str, Any], chain: Chain = ()) -> list[list[Row]]:
    """Return the rows of the contract, and of each one that `reborrow` opens on the same line."""
    first, contracts = Terms(**loan), []
    terms, decisions = first, list[tuple[str, Mapping[str, Any]]]()
    for name, given in chain:
        arguments = dict(given)
        if "on" in arguments:  # days count from the first drawdown of the line
            arguments["on"] = as_date(arguments["on"], first.drawdown)
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
    book, ahead = Book(terms), in_order(chain, terms.drawdown)
    while book.balance or ahead:
        today = min([book.next_due()] * bool(book.balance) + [each.date for each in ahead[:1]])
        if book.balance:
            book.accrue(today)
        while ahead and ahead[0].date == today and ahead[0].phase < INSTALMENT_PHASE:
            take(book, ahead.pop(0))
        if book.balance and book.next_due() == today:
            book.instalment()
        while ahead and ahead[0].date == today:
            take(book, ahead.pop(0))
    return book.rows


def in_order(chain: Chain, drawdown: date) -> list[Decision]:
    """Put decisions in the order in which they happen; one of amount 0 is not taken."""
    decisions = []
    for place, (name, given) in enumerate(chain):
        arguments = dict(given)
        on, phase = as_date(arguments.pop("on", drawdown), drawdown), PHASE[name]
        if arguments.get("amount") == 0 or (name == "coupon" and arguments["days"] == 0):
            continue
        for month in range(arguments.pop("times", 1)):
            when = day_in_month(on, month, on.day)
            decisions.append(Decision(when, phase, place, name, arguments))
    return sorted(decisions)


def take(book: Book, decision: Decision) -> None:
    """Let one decision act on the book, or refuse it."""
    arguments = dict(decision.arguments)
    if decision.date < book.terms.drawdown:
        raise ValueError(f"{decision.name}: before the drawdown")
    if book.balance == 0:
        closed_today = book.rows[-1].date == decision.date
        if decision.name == "pay_extra" or (decision.name == "settle" and closed_today):
            return  # nothing is owed, nothing happens
        raise ValueError(f"{decision.name}: the loan is closed")
    if decision.name == "settle":
        book.prepay(book.balance)
    elif decision.name in ("prepay", "pay_extra"):
        getattr(book, decision.name)(in_fen(arguments.pop("amount")), **arguments)
    else:
        getattr(book, decision.name)(**arguments)
