"""Borrowing from one lender to pay another (以贷养贷): month by month, until no limit is left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from jiebei.language.errors import JiebeiError
from jiebei.life.debts.debt import NO_DAY, NO_LIMIT, Debt
from jiebei.life.debts.ledgers import Ledger, open_ledger
from jiebei.life.debts.orders import named, ranks
from jiebei.life.debts.payments import Month, last_payday, paydays
from jiebei.loan.terms import MOST_MONTHS
from jiebei.units.days import Ints
from jiebei.units.reading import money, whole_number

__all__ = ["Collapse", "Link", "collapse", "links", "outcome"]


@dataclass
class Link:
    """One payday of the chain; the last arrays have one place a scenario, in fen.

    Attributes
    ----------
    month : Month
        `counts` is False from the month on in which the chain breaks.
    room : int array
        What the lenders would still lend that day.
    missing : int array
        What is missing although all of it is borrowed.
    """

    month: Month
    room: Ints
    missing: Ints


@dataclass
class Collapse:
    """How a chain ends: arrays, one place a scenario; money in fen.

    Attributes
    ----------
    month : int array
        In which it breaks: what must be paid is more than your own money and all that the lenders
        still lend. 0: it does not in the months looked at.
    missing, due, room : int arrays
        In that month: what is missing, what had to be paid, what could still be borrowed.
    owed : int array
        What is owed after the last month that held.
    own, cost, drawn : int arrays
        Until then: your own money paid in, interest and fees, what was borrowed.
    free : bool array
        Where nothing is owed in the end.
    """

    month: Ints
    missing: Ints
    due: Ints
    room: Ints
    owed: Ints
    own: Ints
    cost: Ints
    drawn: Ints
    free: npt.NDArray[np.bool_]


def links(
    debts: Sequence[Debt],
    own: Any,
    new_months: Any,
    until: int = MOST_MONTHS,
    lends_again: Any = True,
) -> Iterator[Link]:
    """Pay month by month with your own money and, for what is missing, with new loans.

    The lender with the lowest rate lends first, each up to its limit. Family money falls due as a
    whole on the last payday before its deadline. What is left of your own money goes to the highest
    rate.

    Parameters
    ----------
    debts : list of Debt
        `balance`, `rate` and `limit` may be arrays of shape (scenarios,).
    own : yuan
        What you pay in a month out of your own pocket; an array is many scenarios.
    new_months : int or array
        Over how many months new loans run, 1 to 60.
    until : int
        Months looked at.
    lends_again : bool or array
        Whether what is repaid can be borrowed again (循环额度), or only what is free today.

    Raises
    ------
    JiebeiError
        Where nobody lends, and for amounts and terms out of range.
    """
    fen = np.atleast_1d(money(own, "own", zero=True))
    term = whole_number(new_months, "new_months", 1, MOST_MONTHS, "error.months")
    if not any(np.any(each.limit != NO_LIMIT) for each in debts):
        raise JiebeiError("error.debt_no_limit")
    return _paid(debts, fen, term, until, lends_again)


def _paid(
    debts: Sequence[Debt], own: Ints, new_months: Ints, until: int, lends_again: Any
) -> Iterator[Link]:
    ledgers = [open_ledger(each, len(own)) for each in debts]
    rank = np.broadcast_to(_ranks(debts), (len(debts), len(own)))
    alive = np.ones(len(own), np.bool_)
    unused = np.array([_room(*pair) for pair in zip(debts, ledgers, strict=True)])
    for count, month in enumerate(paydays(debts, ledgers, until), start=1):
        _pay_family(debts, month, count)
        cash = own - month.due.sum(axis=0)
        rooms = np.array([_room(*pair) for pair in zip(debts, ledgers, strict=True)])
        rooms = np.where(lends_again, rooms, np.minimum(rooms, unused))
        room = rooms.sum(axis=0)
        missing = np.maximum(-cash - room, 0)
        alive &= missing == 0
        month.counts = alive.copy()
        _borrow(debts, month, np.where(alive, np.maximum(-cash, 0), 0), rooms, new_months)
        unused = unused - month.parts["drawn"]
        month.pay_on_top(np.where(alive, np.maximum(cash, 0), 0), rank)
        yield Link(month, room, missing)
        if not (alive & month.closing.any(axis=0)).any():
            return


def _ranks(debts: Sequence[Debt]) -> Ints:
    plain = [_plain(each) for each in debts]
    return ranks(debts, [named(plain, "highest_rate")])


def _plain(debt: Debt) -> Debt:
    """Return a debt with one rate and one balance, whatever the scenarios."""
    rate, balance = (np.asarray(np.max(each)) for each in (debt.rate, debt.balance))
    return replace(debt, rate=rate, balance=balance)


def _room(debt: Debt, ledger: Ledger) -> Ints:
    """Return what a lender still lends."""
    return np.where(debt.limit == NO_LIMIT, 0, np.maximum(debt.limit - ledger.owed, 0))


def _pay_family(debts: Sequence[Debt], month: Month, count: int) -> None:
    """Let family money fall due as a whole on its last payday."""
    everywhere = np.arange(month.opening.shape[1], dtype=np.intp)
    for place, debt in enumerate(debts):
        if debt.due != NO_DAY and count == last_payday(debt):
            ledger = month.ledgers[place]
            ledger.pay(everywhere, ledger.owed.copy(), month.row(place))
    month.due = month.payment


def _borrow(debts: Sequence[Debt], month: Month, need: Ints, rooms: Ints, new_months: Any) -> None:
    """Borrow what is missing, from the cheapest lender first."""
    cheapest_first = np.argsort([int(np.max(each.rate)) for each in debts], kind="stable")
    for place in cheapest_first:
        amount = np.minimum(need, rooms[place])
        month.ledgers[place].lend(amount, month.day, new_months, month.row(place))
        need = need - amount


def collapse(
    debts: Sequence[Debt],
    own: Any,
    new_months: Any,
    until: int = MOST_MONTHS,
    lends_again: Any = True,
) -> Collapse:
    """Say how a chain of borrowing to repay ends (以贷养贷什么时候断).

    Parameters
    ----------
    debts : list of Debt
        With a `limit` where a lender lends more.
    own, new_months, until, lends_again
        As in `links`.

    Examples
    --------
    A card of 9,000 yuan with a limit of 10,000 and 0, 100 or 900 yuan a month:

    >>> from jiebei.life.debts.debt import read
    >>> card = {"name": "card", "kind": "card", "balance": 9_000, "daily_rate": 0.0005}
    >>> found = collapse(read([card | {"limit": 10_000}], "2026-12-01"), [0, 100, 900], 12)
    >>> found.month, found.owed / 100
    (array([ 8, 23,  0]), array([9998.43, 9959.12,    0.  ]))
    """
    run = links(debts, own, new_months, until, lends_again)
    return outcome(debts, run, np.size(own))


def outcome(debts: Sequence[Debt], run: Iterable[Link], size: int) -> Collapse:
    """Say how a chain ends from its links; see `links`."""
    nothing = {each.name: np.zeros(size, np.int64) for each in fields(Collapse)}
    found = Collapse(**nothing | {"free": np.zeros(size, np.bool_)})  # type: ignore[arg-type]
    found.owed += sum(each.balance for each in debts)
    for count, link in enumerate(run, start=1):
        _add(found, link, count)
    return found


def _add(found: Collapse, link: Link, count: int) -> None:
    """Add one month of the chain."""
    month, counts = link.month, link.month.counts
    breaks = ~counts & (found.month == 0) & ~found.free
    found.month[breaks], found.missing[breaks] = count, link.missing[breaks]
    found.due[breaks], found.room[breaks] = month.due.sum(axis=0)[breaks], link.room[breaks]
    drawn = month.parts["drawn"].sum(axis=0)
    found.drawn += drawn * counts
    found.own += (month.payment.sum(axis=0) - drawn) * counts
    for name in ("interest", "penalty", "fee", "capitalised"):
        found.cost += month.parts[name].sum(axis=0) * counts
    closing = month.closing.sum(axis=0)
    found.owed[counts] = closing[counts]
    found.free |= counts & (closing == 0)
