"""What follows from loans and decisions: every dated event, as one frame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from jiebei.engine.block import Block
from jiebei.engine.events import EVENTS
from jiebei.engine.refusals import Noted, Refusals
from jiebei.engine.run import BLOCK, run
from jiebei.engine.status import STATUSES
from jiebei.language.errors import JiebeiError, nearest
from jiebei.loan.memory import Flat, few, recall
from jiebei.units.days import MISSING, Ints

__all__ = [
    "COLUMNS",
    "CORE",
    "blocks",
    "chosen",
    "frame_of",
    "most_rows",
    "refused",
]

CORE = (
    "loan",
    "date",
    "event",
    "days",
    "opening",
    "drawn",
    "interest",
    "penalty",
    "fee",
    "principal",
    "payment",
    "closing",
)
COLUMNS = (
    *CORE,
    "due",
    "arrears",
    "capitalised",
    "capitalised_penalty",
    "capitalised_fee",
    "waived_interest",
    "waived_penalty",
    "waived_principal",
    "days_late",
    "status",
    "payoff",
)

_DAY_SECONDS = 86_400
_KINDS = {"event": EVENTS, "status": STATUSES}
_PARTS = ("interest", "penalty", "fee", "principal")
_MADE_OF: dict[str, tuple[str, ...]] = {
    "loan": (),
    "opening": ("closing",),
    "drawn": ("closing",),
    "payment": _PARTS,
    "due": (*_PARTS, "arrears"),
}
_WHOLE = ("event", "days", "days_late", "status")
_TYPES = {"loan": np.int64, "date": np.int64, "event": np.int8, "status": np.int8}
_TYPES |= {"days": np.int64, "days_late": np.int64}
_BROUGHT_BY = {  # columns that are 0 unless a decision brings one of what they are about
    "penalty": {"arrears"},
    "arrears": {"arrears"},
    "days_late": {"arrears"},
    "waived_penalty": {"settlement"},
    "waived_principal": {"settlement"},
    "capitalised": {"holidays", "settlement"},
    "capitalised_penalty": {"settlement"},
    "capitalised_fee": {"settlement"},
    "waived_interest": {"relief", "settlement"},
}

_AFTERWARDS = ("loan", "opening", "drawn")  # made of what has been written
_USUAL = {"date", "event", "days", "drawn", "interest", "fee", "principal", "closing"}
_USUAL |= set(_BROUGHT_BY)


def most_rows(flat: Flat) -> Ints:
    """Return how many rows each loan may take at most."""
    terms, decisions, values = flat
    rows = 1 + terms["instalments"]
    for decision, value in zip(decisions, values, strict=True):
        rows = rows + np.where(value["on"] == MISSING, 0, decision.rows(value))
    return rows


def always_zero(flat: Flat) -> set[str]:
    """Return the columns in which nothing can ever stand."""
    terms, decisions, values = flat
    brought = {each for decision in decisions for each in decision.brings}
    columns = {name for name, by in _BROUGHT_BY.items() if not by & brought}
    fees = [terms[name] for name in ("fee_rate", "drawdown_fee", "instalment_fee")]
    fees += [each["fee"] for each in values if "fee" in each]
    return columns if any(each.any() for each in fees) else columns | {"fee"}


def blocks(flat: Flat, names: set[str], *, in_turn: int = 1) -> Iterator[tuple[Block, int]]:
    """Run the engine; yield each block of rows and the number of its first loan.

    So many blocks are filled in turn: the rows of one stay until the others have been yielded.
    """
    if few([flat]):
        names = names | _USUAL - always_zero(flat) | {"fee"}  # one run answers most questions
        yield recall(_the_block, [flat], frozenset(names)), 0
    else:
        yield from _blocks(flat, names, in_turn)


def _the_block(flats: Sequence[Flat], names: frozenset[str]) -> Block:
    ((block, _),) = _blocks(flats[0], names)
    return block


def _blocks(
    flat: Flat,
    names: Iterable[str],
    in_turn: int = 1,
    refusals: Refusals | None = None,
) -> Iterator[tuple[Block, int]]:
    terms, decisions, values = flat
    room = min(BLOCK, len(terms["start"]))
    rows = room * int(most_rows(flat).max(initial=0))
    filled = [Block(names, rows, room) for _ in range(in_turn)]
    yield from run(terms, decisions, values, filled, refusals)


def refused(flat: Flat) -> list[int]:
    """Return the numbers of the scenarios that no decision may be taken in as it was."""
    noted = Noted()
    for _ in _blocks(flat, {"date"}, refusals=noted):
        pass
    return noted.scenarios()


def chosen(columns: Sequence[str] | None) -> tuple[str, ...]:
    """Check the names of the columns asked for; the core ones if none are."""
    names = listed(columns) or CORE
    for each in names:
        if not isinstance(each, str) or each not in COLUMNS:
            near = nearest(each, COLUMNS)
            raise JiebeiError("error.column", name=each, nearest=near)
    return names


def listed(columns: Any) -> tuple[str, ...]:
    """Return the names asked for, one or several, as they are given."""
    if not isinstance(columns, Iterable) or isinstance(columns, str):
        return (columns,) if columns else ()
    return tuple(columns)


def frame_of(flats: Sequence[Flat], columns: Sequence[str] | None) -> pd.DataFrame:
    """Return the dated events of all loans as one frame, ordered by loan, then date.

    Each of `flats` is a loan of the line, in all its scenarios; `loan` is the number of the
    scenario x the number of loans + the place of the loan.
    """
    frame: pd.DataFrame = recall(_frame, flats, chosen(columns))
    return frame.copy(deep=few(flats))  # what is kept stays as it is, with pandas 2 too


def _frame(flats: Sequence[Flat], names: tuple[str, ...]) -> pd.DataFrame:
    if len(flats) == 1:
        return _written(flats[0], names)
    frames = [_written(each, tuple(dict.fromkeys(("loan", *names)))) for each in flats]
    for place, frame in enumerate(frames):
        frame["loan"] = frame["loan"] * len(frames) + place
    together = pd.concat(frames, ignore_index=True)
    return together.sort_values("loan", kind="stable", ignore_index=True)[list(names)]


def _written(flat: Flat, names: tuple[str, ...]) -> pd.DataFrame:
    writer = _Writer(flat, names)
    if few([flat]):
        writer.take(*next(blocks(flat, writer.needed)))
    else:
        _write_while_computing(writer, blocks(flat, writer.needed, in_turn=2))
    return writer.frame(copy=few([flat]))


def _write_while_computing(writer: _Writer, made: Iterator[tuple[Block, int]]) -> None:
    """Copy the rows of one block while the engine fills the other."""
    with ThreadPoolExecutor(1) as hand:
        written: Future[None] | None = None
        for block, first in made:
            if written is not None:
                written.result()
            written = hand.submit(writer.take, block, first)
        if written is not None:
            written.result()


def _columns(names: Sequence[str], never: set[str], room: int) -> dict[str, npt.NDArray[Any]]:
    """Return room for what is written, most of which is never touched."""
    if {"opening", "drawn"} & {*names}:
        names = [*dict.fromkeys([*names, "closing"])]
    columns: dict[str, npt.NDArray[Any]] = {
        name: np.empty(room, _TYPES.get(name, np.float64))
        for name in names
        if name not in never | {"drawn"}
    }
    return columns | ({"drawn": np.zeros(room)} if "drawn" in names else {})


class _Writer:
    """Fill columns made beforehand with the rows of one block after another."""

    def __init__(self, flat: Flat, names: tuple[str, ...]) -> None:
        needed = {part for name in names for part in _MADE_OF.get(name, (name,))}
        never = always_zero(flat)
        self.names = names
        self.needed = needed - never
        room = int(most_rows(flat).sum())  # pages that stay empty are never touched
        self.size = 0
        try:
            self.columns = _columns(names, never, room)
        except MemoryError as cause:
            size = 8 * room * len(names) / 2**30
            raise JiebeiError("error.too_many", rows=room, gigabytes=size) from cause

    def take(self, block: Block, first: int) -> None:
        """Copy the rows of a block, loan by loan."""
        places, count = block.places(), block.counts()
        rows, begins = slice(self.size, self.size + block.size), _begins(count)
        some = {name: column[rows] for name, column in self.columns.items()}
        for name in some.keys() - {*_AFTERWARDS}:
            values = block.by_loan(_values(name, block), places)
            if name == "due" and block.wants("arrears"):
                arrears = block.by_loan(block.column("arrears"), places)
                values = values + _grows(arrears.ravel(), begins).reshape(values.shape)
            _write(name, values, some[name])
        if "loan" in some:
            loans = np.arange(first, first + block.loans, dtype=np.int64)
            some["loan"][:] = np.repeat(loans, count.astype(np.intp))
        if "opening" in some:
            some["opening"][1:] = some["closing"][:-1]
            some["opening"][begins] = 0  # every loan opens with nothing owed
        if "drawn" in some:
            some["drawn"][begins] = some["closing"][begins]
        self.size = rows.stop

    def frame(self, *, copy: bool) -> pd.DataFrame:
        """Hand the columns over, or copies that lie together: those are copied again quickly."""
        columns = dict(enumerate(map(self._column, self.names)))
        frame = pd.DataFrame(columns, index=pd.RangeIndex(self.size), copy=copy)
        frame.columns = _header(self.names).view()
        return frame

    def _column(self, name: str) -> Any:
        column = self.columns.get(name)
        values: Any = column[: self.size] if column is not None else self._nothing(name)
        if name in _KINDS:
            return pd.Categorical.from_codes(values, dtype=_kind(name), validate=False)
        return values.view("M8[s]") if name == "date" else values

    def _nothing(self, name: str) -> npt.NDArray[Any]:
        return np.zeros(self.size, _TYPES.get(name, np.float64))


@cache
def _header(names: tuple[str, ...]) -> pd.Index[str]:
    """Return the names of columns; made of text anew they would take as long as six columns."""
    return pd.Index(names)


@cache
def _kind(name: str) -> pd.CategoricalDtype:
    return pd.CategoricalDtype([*_KINDS[name]])


def _begins(count: Ints) -> Ints:
    """Return where the rows of each loan begin; a loan that is not taken has none."""
    return (np.cumsum(count) - count)[count > 0]


def _write(name: str, values: Ints, column: npt.NDArray[Any]) -> None:
    """Write whole numbers into a column, in its own unit."""
    out = column.reshape(values.shape)
    if name == "date":
        np.multiply(values, _DAY_SECONDS, out=out)
    elif name in _WHOLE:
        out[...] = values
    else:
        np.divide(values, 100.0, out=out)


def _values(name: str, block: Block) -> Ints:
    """Return a column in whole numbers, made of what the block holds."""
    if name not in ("payment", "due"):
        return block.column(name)
    paid = block.column("interest") + block.column("principal")
    for part in ("penalty", "fee"):
        if block.wants(part):
            paid += block.column(part)
    return paid


def _grows(owed: Ints, begins: Ints) -> Ints:
    """Return by how much an amount grows from one row of a loan to the next."""
    more = np.diff(owed, prepend=0)
    more[begins] = owed[begins]
    return more
