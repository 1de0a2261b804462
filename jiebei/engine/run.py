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
from itertools import cycle
from typing import Any

import numpy as np
import numpy.typing as npt

from jiebei.engine.block import Block
from jiebei.engine.book import EVERYONE, NEVER, Book, open_book
from jiebei.engine.columns import Places, Rows, brought, kept
from jiebei.engine.decisions.decision import INSTALMENT, PHASES, Decision
from jiebei.engine.events import EVENT
from jiebei.engine.instalments import begin_equal_parts, fall_due, recast
from jiebei.engine.prepayment import payoff
from jiebei.engine.refusals import Refusals
from jiebei.engine.status import status_of
from jiebei.units.days import MISSING, Ints, iso

__all__ = ["BLOCK", "run"]

BLOCK = 16_000  # loans whose state stays in the cache; a power of 2 would fill one part of it
FAR = np.int64(np.iinfo(np.int64).max)

Terms = Mapping[str, npt.NDArray[Any]]
Row = dict[str, Any]
Chosen = npt.NDArray[np.int16]


class Ahead:
    """One decision of the chain for the loans of a block: when it acts next, and with what."""

    def __init__(self, decision: Decision, values: dict[str, Ints]) -> None:
        self.decision = decision
        taken = values["on"] != MISSING
        self.last = int(np.max(decision.last(values) * taken, initial=0))
        if decision.awaits_an_instalment:
            values = values | {"instalment": np.where(taken, values["instalment"], NEVER)}
        self.values = values
        self.done = np.zeros(len(values["on"]), np.int64)
        self.began = np.full(len(values["on"]), FAR)  # the day of the instalment it awaits
        self.follows = type(decision).day_in is not Decision.day_in
        self.key = np.full(len(values["on"]), FAR)
        if not decision.awaits_an_instalment:
            self.key = _key(values["on"], decision.phase)

    @property
    def key(self) -> Ints:
        """Return when it acts next, day and phase in one number; FAR for never."""
        return self._key

    @key.setter
    def key(self, key: Ints) -> None:
        self._key, self.soonest = key, int(key.min(initial=FAR))

    def _act_next(self, rows: Any, key: Ints | np.int64) -> None:
        """Let it act next at another time for some of the loans."""
        self.key[rows] = key
        self.soonest = int(self.key.min(initial=FAR))

    def keep(self, places: Places | slice) -> None:
        """Keep the loans in these places; the others are done."""
        self.values = {name: kept(each, places) for name, each in self.values.items()}
        for name in ("done", "began", "key"):
            setattr(self, name, kept(getattr(self, name), places))

    def act(self, book: Book, rows: Ints, refusals: Refusals) -> Row:
        """Act on the loans in `rows` and look for the next time."""
        values = {name: each[rows] for name, each in self.values.items()}
        row = self.decision.act(book, rows, values, refusals)
        self.done[rows] += 1
        later = self.decision.again(values, self.done[rows])
        self._act_next(rows, FAR if later is None else _key(later, self.decision.phase))
        return row

    def follow(self, book: Book) -> None:
        """Move to the day on which the state of the loans makes it act, if that is still ahead."""
        day = self.decision.day_in(book, self.values)
        if day is not None:
            key = _key(day, self.decision.phase)
            self.key = np.where(key > book.moment, key, FAR)

    def leaves_unpaid(self, book: Book, falls_due: Any) -> Any:
        """Tell which of the instalments of today it leaves unpaid."""
        number = book.number
        begins = np.flatnonzero((number == self.values["instalment"]) & falls_due)
        if begins.size:
            self.began[begins] = book.date[begins]
            later = self.decision.pays_on(self.values, self.began)
            if later is not None:
                self._act_next(begins, _key(later[begins], self.decision.phase))
        return self.decision.leaves_unpaid(book, self.values, number, self.began) & falls_due


def _key(on: Ints, phase: int) -> Ints:
    return np.where(on == MISSING, FAR, on * PHASES + phase)


def run(
    terms: Terms,
    decisions: Sequence[Decision],
    values: Sequence[dict[str, Ints]],
    blocks: Sequence[Block],
    refusals: Refusals | None = None,
) -> Iterator[tuple[Block, int]]:
    """Run all loans, a block at a time: yield its rows and the number of its first loan.

    `terms` and each of `values` are flat arrays, one place a scenario, in the engine's units.
    `blocks`, all of one size, are filled in turn: what stands in one is gone once the others have
    been yielded. `refusals` takes what makes no sense, and says it in the end.
    """
    size, room = len(terms["start"]), max(blocks[0].room, 1)
    refusals = Refusals() if refusals is None else refusals
    beginnings = range(0, max(size, 1), room)  # no loans at all are an empty block
    for first, block in zip(beginnings, cycle(blocks), strict=False):
        refusals.first = first
        part = slice(first, min(first + room, size))
        ahead = [
            Ahead(decision, {name: each[part] for name, each in value.items()})
            for decision, value in zip(decisions, values, strict=True)
        ]
        block.clear(part.stop - first)
        some = {name: each[part] for name, each in terms.items()}
        loan = np.arange(part.stop - first, dtype=np.intp)
        if not ahead and (some["instalments"] != some["instalments"][:1]).any():
            loan = np.argsort(-some["instalments"], kind="stable")  # the longest first
            some = {name: each.take(loan) for name, each in some.items()}
        _run_block(loan, some, ahead, block, refusals)
        if not refusals.found:
            yield block, first
    refusals.speak(size)


def _run_block(
    loan: Places, terms: Terms, ahead: list[Ahead], block: Block, refusals: Refusals
) -> None:
    """Run the loans of a block, of which `loan` are the places in it."""
    book = open_book(terms, {each for one in ahead for each in one.decision.brings})
    book.loan = loan
    taken = np.flatnonzero(book.balance)  # a loan that is not taken leaves no row
    if taken.size != len(book):
        _keep(book, ahead, book.balance != 0)
    recast(book, EVERYONE)
    drawn = {"event": EVENT["draw"], "drawn": book.balance, "fee": terms["drawdown_fee"][taken]}
    _write(block, book, EVERYONE, drawn)
    while len(book):
        some: Rows = EVERYONE
        while ahead and (some := _act_before_due(book, some, ahead, block, refusals)).size:
            if not book.balance[some].all() or book.refused[some].any():
                _drop_finished(book, ahead, refusals)
                some = EVERYONE
        _accrue(book, EVERYONE, book.due, refusals)
        late = _days_late(block, book, EVERYONE)
        _write(block, book, EVERYONE, fall_due(book, ahead) | late)
        book.next_period()
        begin_equal_parts(book)
        _drop_finished(book, ahead, refusals)


def _accrue(book: Book, rows: Rows, at: Ints, refusals: Refusals) -> None:
    """Let interest run; what joins the principal of a loan may make it grow beyond all bounds."""
    book.accrue(rows, at)
    if book.late is not None or book.holiday is not None:
        refusals.note(book, rows, book.is_beyond(rows), "error.grown")


def _write(block: Block, book: Book, rows: Rows, row: Row) -> None:
    row["closing"] = book.principal(rows)
    if block.wants("arrears"):
        row["arrears"] = book.overdue(rows)
    if block.wants("status"):
        row["status"] = status_of(book, rows, row["event"])
    if block.wants("payoff"):
        row["payoff"] = payoff(book, rows)
    block.write(book.loan[rows], date=book.date[rows], **row)


def _days_late(block: Block, book: Book, rows: Rows) -> Row:
    """Return how late the loans are before anything happens that day."""
    if not block.wants("days_late"):
        return {}
    return {"days_late": brought(book.late).days_late(rows, book.date[rows])}


def _act_before_due(
    book: Book, some: Rows, ahead: list[Ahead], block: Block, refusals: Refusals
) -> Ints:
    """Let the first decision before the next instalment act; return the loans where it did."""
    rows, key, chosen = _first_before_the_instalment(book, some, ahead)
    if rows.size:
        _accrue(book, rows, key // PHASES, refusals)
        book.moment[rows] = key
        for place in np.flatnonzero(np.bincount(chosen)):
            _act(ahead[place], book, rows[chosen == place], block, refusals)
    return rows


def _first_before_the_instalment(
    book: Book, some: Rows, ahead: list[Ahead]
) -> tuple[Ints, Ints, Chosen]:
    """Return to which of some loans a decision happens next, when, and the place of the decision.

    On one day the phases decide what comes first, within a phase the order of the chain.
    """
    due = book.due[some] * PHASES + INSTALMENT
    key, chosen, latest = np.array(due), np.zeros(len(due), np.int16), int(due.max(initial=0))
    for place, each in enumerate(ahead):
        if each.follows:
            each.follow(book)
        if each.soonest < latest:  # a long chain is mostly not yet, or no more
            next_time = each.key[some]
            sooner = np.flatnonzero(next_time < key)
            key[sooner], chosen[sooner] = next_time[sooner], place
    found = np.flatnonzero(key < due)
    return found if isinstance(some, slice) else some[found], key[found], chosen[found]


def _act(each: Ahead, book: Book, rows: Ints, block: Block, refusals: Refusals) -> None:
    """Let a decision act on some loans; where it found nothing to do there is no row."""
    late = _days_late(block, book, rows)
    row = each.act(book, rows, refusals) | late
    acted = row.pop("acted", None)
    if acted is not None:
        rows, row = rows[acted], {name: part[acted] for name, part in row.items()}
    _write(block, book, rows, row)


def _drop_finished(book: Book, ahead: list[Ahead], refusals: Refusals) -> None:
    """Drop the loans that are closed or refused, and open ones for which nothing lies ahead."""
    if np.count_nonzero(book.refused):
        _keep(book, ahead, ~book.refused)
    if np.count_nonzero(book.balance) == len(book):
        return
    stays = book.balance > 0
    if book.late is not None:
        for each in ahead:
            each.follow(book)
        awaited = np.any([each.key < FAR for each in ahead], axis=0)
        stays = stays | (awaited & (book.overdue(EVERYONE) > 0))
    for each in ahead:
        _refuse_after_the_end(book, each, ~stays, refusals)
    _keep(book, ahead, stays)


def _keep(book: Book, ahead: list[Ahead], stays: Any) -> None:
    found = np.flatnonzero(stays)
    places = slice(found.size) if stays[: found.size].all() else found
    book.keep(places)
    for each in ahead:
        each.keep(places)


def _refuse_after_the_end(book: Book, each: Ahead, closed: Any, refusals: Refusals) -> None:
    if each.decision.awaits_an_instalment:
        _refuse_what_never_came(book, each, closed, refusals)
    late = closed & (each.key < FAR)
    if each.decision.stops or not late.any():
        return
    rows = np.flatnonzero(late)
    day = each.key[rows] // PHASES
    refused = ~(each.decision.idle_at_the_end & (day == book.date[rows]))
    if not refused.any():
        return
    first = np.argmax(refused)
    on, date = iso(day[first]), iso(book.date[rows][first])
    values = {"decision": each.decision.name, "on": on, "date": date}
    refusals.add(book.loan[rows][refused], "error.closed", "error.closed", values)


def _refuse_what_never_came(book: Book, each: Ahead, closed: Any, refusals: Refusals) -> None:
    never = closed & (each.began == FAR) & (each.values["on"] != MISSING)
    if not never.any():
        return
    rows = np.flatnonzero(never)
    last = book.number[rows[0]]
    number = each.values["instalment"][rows[0]]
    values = {"decision": each.decision.name, "instalment": str(number), "last": str(last)}
    refusals.add(book.loan[rows], "error.never_came", "error.never_came", values)
