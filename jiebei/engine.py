"""Accrue, then apply: one event loop over blocks of loans, the only place where time passes.

    while a loan has something ahead of it:
        while decisions come before the next instalment:
            accrue to the first of them, let it act, write its row
        accrue to the due date, pay the instalment, write its row
        drop the loans that are done

Loans do not wait for each other: one may be months ahead of its neighbour in the block.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from jiebei.book import EVENTS, LEVEL, Book, Rows, half_up, open_book
from jiebei.calendar import Ints, iso
from jiebei.decisions import INSTALMENT, Coupon, Decision
from jiebei.instalments import recast
from jiebei.refusals import Refusals
from jiebei.rows import Block

__all__ = ["BLOCK", "run"]

BLOCK = 8_192  # loans whose state and rows stay in the cache
FAR = np.iinfo(np.int64).max
ORDER = 8  # room for the phases within a day

_DRAW, _INSTALMENT = EVENTS.index("draw"), EVENTS.index("instalment")

Terms = Mapping[str, npt.NDArray[Any]]


class Ahead:
    """One decision of the chain for the loans of a block: when it acts next, and with what."""

    def __init__(self, decision: Decision, values: dict[str, Ints]) -> None:
        self.decision = decision
        self.values = values
        self.done = np.zeros(len(values["on"]), np.int64)
        self.key = _key(values["on"], decision.phase)

    def keep(self, stays: Any) -> None:
        """Drop the loans that are done."""
        self.values = {name: each[stays] for name, each in self.values.items()}
        self.done, self.key = self.done[stays], self.key[stays]

    def act(self, book: Book, rows: Ints, refusals: Refusals) -> dict[str, Any]:
        """Act on the loans in `rows` and look for the next time."""
        values = {name: each[rows] for name, each in self.values.items()}
        row = self.decision.act(book, rows, values, refusals)
        self.done[rows] += 1
        later = self.decision.again(values, self.done[rows])
        self.key[rows] = FAR if later is None else _key(later, self.decision.phase)
        return row


def _key(on: Ints, phase: int) -> Ints:
    return np.where(on < 0, FAR, on * ORDER + phase)


def run(
    terms: Terms,
    decisions: Sequence[Decision],
    values: Sequence[dict[str, Ints]],
    block: Block,
) -> Iterator[int]:
    """Run all loans, a block at a time: yield the number of its first loan, its rows in `block`.

    `terms` and each of `values` are flat arrays, one place a scenario, in the engine's units.
    """
    size, room = len(terms["start"]), max(block.room, 1)
    refusals = Refusals()
    for first in range(0, max(size, 1), room):  # no loans at all are an empty block
        refusals.first = first
        part = slice(first, min(first + room, size))
        ahead = [
            Ahead(decision, {name: each[part] for name, each in value.items()})
            for decision, value in zip(decisions, values, strict=True)
        ]
        block.clear(part.stop - first)
        _run_block({name: each[part] for name, each in terms.items()}, ahead, block, refusals)
        yield first
    refusals.speak(size)


def _run_block(terms: Terms, ahead: list[Ahead], block: Block, refusals: Refusals) -> None:
    book = open_book(terms, any(isinstance(each.decision, Coupon) for each in ahead))
    if not book.balance.all():  # a loan that is not taken leaves no row
        _keep(book, ahead, book.balance > 0)
    recast(book, slice(None))
    _write(block, book, slice(None), _drawdown(book, terms))
    block.step()
    while len(book):
        while ahead and (rows := _act_before_the_instalment(book, ahead, block, refusals)).size:
            if not book.balance[rows].all():
                _drop_closed(book, ahead, refusals)
        book.accrue(slice(None), book.due)
        _write(block, book, slice(None), _instalment(book))
        block.step()
        _drop_closed(book, ahead, refusals)


def _write(block: Block, book: Book, rows: Rows, row: dict[str, Any]) -> None:
    if block.wants("payoff"):
        row["payoff"] = book.payoff(rows)
    block.write(book.loan[rows], date=book.date[rows], **row)


def _drawdown(book: Book, terms: Terms) -> dict[str, Any]:
    fee = terms["drawdown_fee"][book.loan]
    return {"event": _DRAW, "drawn": book.balance, "fee": fee, "closing": book.balance}


def _act_before_the_instalment(
    book: Book, ahead: list[Ahead], block: Block, refusals: Refusals
) -> Ints:
    """Let the first decision before the next instalment act; return the loans where it did.

    On one day the phases decide what comes first, within a phase the order of the chain.
    """
    key = book.due * ORDER + INSTALMENT
    chosen = np.full(len(book), -1)
    for place, each in enumerate(ahead):
        sooner = each.key < key
        if sooner.any():
            key = np.where(sooner, each.key, key)
            chosen[sooner] = place
    rows = np.flatnonzero(chosen >= 0)
    if rows.size:
        book.accrue(rows, key[rows] // ORDER)
        for place in np.unique(chosen[rows]):
            mine = rows[chosen[rows] == place]
            _write(block, book, mine, ahead[place].act(book, mine, refusals))
        block.step()
    return rows


def _instalment(book: Book) -> dict[str, Any]:
    """Pay the instalment that falls due: interest since it was last settled, then principal."""
    balance = book.balance
    paid = book.paid + 1
    interest = half_up(balance, book.factor)
    level = book.level - np.where(book.style == LEVEL, interest, 0)
    principal = np.where(paid <= book.interest_only, 0, np.clip(level, 0, balance))
    principal = np.where(paid >= book.instalments, balance, principal)
    row: dict[str, Any] = {
        "event": _INSTALMENT,
        "days": book.days,
        "interest": interest,
        "principal": principal,
        "closing": balance - principal,
    }
    if book.has_relief:
        row["interest"] = half_up(balance, book.factor - book.relief)
        row["waived_interest"] = interest - row["interest"]
    book.balance, book.paid = row["closing"], paid
    book.next_period()
    begins = np.flatnonzero(paid == book.interest_only)
    if begins.size:
        recast(book, begins)
    return row


def _drop_closed(book: Book, ahead: list[Ahead], refusals: Refusals) -> None:
    stays = book.balance > 0
    if stays.all():
        return
    for each in ahead:
        _refuse_after_the_end(book, each, ~stays, refusals)
    _keep(book, ahead, stays)


def _keep(book: Book, ahead: list[Ahead], stays: Any) -> None:
    book.keep(stays)
    for each in ahead:
        each.keep(stays)


def _refuse_after_the_end(book: Book, each: Ahead, closed: Any, refusals: Refusals) -> None:
    late = closed & (each.key < FAR)
    if each.decision.stops or not late.any():
        return
    rows = np.flatnonzero(late)
    day = each.key[rows] // ORDER
    refused = ~(each.decision.idle_at_the_end & (day == book.date[rows]))
    if not refused.any():
        return
    first = np.argmax(refused)
    on, date = iso(day[first]), iso(book.date[rows][first])
    values = {"decision": each.decision.name, "on": on, "date": date}
    refusals.add(book.loan[rows][refused], "error.closed", "error.closed", values)
