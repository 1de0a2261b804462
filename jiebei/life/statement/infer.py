"""Find the loan that gives a plan or a statement to the fen, or the nearest one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import Any

import pandas as pd

from jiebei.language.words import Words
from jiebei.life.statement.agreed_as import convention_words
from jiebei.life.statement.fit import Fitted, fitted
from jiebei.life.statement.notes import note, refused
from jiebei.life.statement.rounds import Quote
from jiebei.life.statement.shapes import NO_DAY, Shape, calendars, shapes
from jiebei.life.statement.stated import Stated, stated_of
from jiebei.loan.loan import Loan
from jiebei.loan.terms import DAY_COUNTS, RESIDUALS
from jiebei.units.days import iso
from jiebei.units.fen import ROUNDINGS
from jiebei.units.reading import RATE_SCALE
from jiebei.value.rates import annual_rate

__all__ = ["Candidate", "infer"]

MOST = 6
NEAR_FEES = 12  # fen to either side of the best fee
FEN_A_ROW = 6  # by which other roundings may move a row
NEAR_STARTS = range(1, 62)  # days from a drawdown to the first due day


@dataclass(frozen=True)
class Candidate:
    """Hold a loan that may be the one, and how far it is off.

    Attributes
    ----------
    loan : Loan
        With its decisions, where something was repaid early.
    difference : int
        Fen by which its rows are off, payments and interest where stated, all added; 0 to the fen.
    quote : Quote
        The daily rate as it may have been quoted.
    left_open : tuple of Words
        What the file does not tell.
    """

    loan: Loan
    difference: int
    quote: Quote
    left_open: tuple[Words, ...] = ()

    @property
    def fits(self) -> bool:
        """Tell whether it gives every row to the fen."""
        return self.difference == 0

    @property
    def advertised(self) -> float:
        """Return the yearly rate as it is shown: the daily one times 365."""
        return float(annual_rate(self.loan.daily_rate))

    @cached_property
    def effective_rate(self) -> float:
        """Return what the loan really costs a year, fees included."""
        return float(self.loan.summary().effective_rate)

    @property
    def conventions(self) -> Words:
        """Return the terms in words: method, rate, how days are counted, fees, early repayments."""
        return convention_words(self.loan, self.quote)

    def __repr__(self) -> str:
        """Say what it is, and how far off."""
        return str(self.words)

    @property
    def words(self) -> Words:
        """Return its terms, how far it is off, and what is left open."""
        key = "fits" if self.fits else "nearest"
        told = Words(f"statement.candidate.{key}", terms=self.conventions, fen=self.difference)
        return Words("text.passage", parts=(told, *self.left_open))


def infer(frame: pd.DataFrame, *, principal: Any = None, start: Any = None) -> list[Candidate]:
    """Find the loans that explain a plan, a record or a statement, the best first (反推条款).

    Parameters
    ----------
    frame : DataFrame
        As `read` returns it, or any with `date` and `payment`.
    principal : yuan, optional
        What was drawn, where the file does not say.
    start : date, optional
        Day of the drawdown; without it a month before the first due day is taken, and where that
        does not explain the rows, any day within two months before.

    Returns
    -------
    list of Candidate
        Ordered by `difference`, then by how usual the convention and how round the rate is.
        Several with the same difference fit alike.

    Raises
    ------
    JiebeiError
        Where nobody says what was drawn, or two loans are mixed.

    Examples
    --------
    What is the rate, if 10,000 yuan are repaid in 12 instalments of 913.94?

    >>> import jiebei as jb
    >>> best = jb.statement.infer(jb.statement.read("月供 913.94, 12 期, 借 10,000"))[0]
    >>> best.loan.daily_rate, best.difference
    (0.0004833, 0)
    """
    stated = stated_of(frame, principal, start)
    found = _tried(stated)
    if stated.start is None and stated.kind != "sentence" and found and found[0][1].difference != 0:
        found = _other_starts(stated, found)
    if not found:
        raise refused("nothing_fits")
    open_ = _left_open(stated)
    return [_candidate(shape, fit, stated, open_) for shape, fit in found[:MOST]]


Found = list[tuple[Shape, Fitted]]


def _tried(stated: Stated) -> Found:
    """Try the usual way to count days for all methods and terms, then the others for the best."""
    found: Found = []
    for calendar in calendars(stated):
        first = "thirty" if stated.kind == "sentence" else "actual"
        found += _fits(list(shapes(stated, calendar, (first,))), stated)
        ways = {(each.terms["method"], each.terms.get("months"), each.then, each.settles)
                for each, _ in _ranked(found)[:3]}  # fmt: skip
        others = tuple(each for each in DAY_COUNTS if each != first)
        if stated.kind == "sentence" and stated.start is None:
            others = ()
        more = [
            each
            for each in shapes(stated, calendar, others)
            if (each.terms["method"], each.terms.get("months"), each.then, each.settles) in ways
        ]
        found += _fits(more, stated)
    found = _rounded_otherwise(_ranked(found), stated)
    told = stated.interest is not None or stated.fee > 0 or stated.months is None
    if told or not found or found[0][1].difference <= 2 * len(stated.days):
        return found
    best = {shape.terms["day_count"]: shape for shape, _ in reversed(found)}  # of each, the first
    fees = [each for shape in best.values() for each in _with_fee(shape, stated)]
    return _rounded_otherwise(_ranked([*found, *fees]), stated)


def _rounded_otherwise(found: Found, stated: Stated) -> Found:
    """Try other roundings, and the residual first, where the best is off by a few fen a row."""
    few = FEN_A_ROW * len(stated.days)
    if stated.kind == "sentence" or not found or not 0 < found[0][1].difference <= few:
        return found
    usual = {"rounding": ROUNDINGS[0], "residual": RESIDUALS[0]}
    ways = [dict(zip(usual, each, strict=True)) for each in product(ROUNDINGS, RESIDUALS)]
    more = [
        shape._replace(terms=shape.terms | dict(way.items() - usual.items()))
        for shape, _ in found[:2]
        for way in ways
        if way != usual
    ]
    return _ranked([*found, *_fits(more, stated)])


def _with_fee(shape: Shape, stated: Stated) -> Found:
    """Look for a fee inside the sums: what is left unexplained falls down to it, and rises beyond.

    Nothing is returned where even the best fee leaves more than a fen or two a row.
    """
    tried: dict[int, tuple[Shape, Fitted]] = {}

    def off(fee: int) -> int:
        terms = {**shape.terms, "instalment_fee": fee / 100}
        if fee not in tried and (fits := _fits([shape._replace(terms=terms)], stated)):
            tried[fee] = fits[0]
        return tried[fee][1].difference if fee in tried else 10**12

    most = int(min(stated.payment.min(), stated.principal // 50))
    fee = _lowest(off, 1, most)
    if off(fee) > 2 * len(stated.days):
        return []
    for near in range(max(fee - NEAR_FEES, 1), min(fee + NEAR_FEES, most) + 1):
        off(near)
    return [min(tried.values(), key=lambda each: (each[1].difference, each[1].quote.rank))]


def _lowest(off: Callable[[int], int], least: int, most: int) -> int:
    """Return where a function that falls and then rises is lowest, by golden sections."""
    one, two = most - round(0.618 * (most - least)), least + round(0.618 * (most - least))
    while most - least > 3:
        if off(one) <= off(two):
            most, two = two, one
            one = most - round(0.618 * (most - least))
        else:
            least, one = one, two
            two = least + round(0.618 * (most - least))
    return min(range(least, most + 1), key=off)


def _fits(tried: list[Shape], stated: Stated) -> Found:
    found = [
        (each, fitted(each.loan, stated, each.terms["day_count"] == "thirty")) for each in tried
    ]
    return [(shape, fit) for shape, fit in found if fit is not None]


def _ranked(found: Found) -> Found:
    """Order by what is left unexplained, then the usual convention, then the roundest rate."""

    def key(each: tuple[Shape, Fitted]) -> tuple[Any, ...]:
        shape, fit = each
        usual = DAY_COUNTS.index(shape.terms["day_count"])
        return (
            fit.difference,
            fit.quote.rank + (usual > 0),
            usual,
            shape.then == "shorten",
            len(shape.terms),
        )

    return sorted(found, key=key)


def _other_starts(stated: Stated, found: Found) -> Found:
    """Look for a drawdown on another day, with the best method so far."""
    best = found[0][0]
    first = int(stated.days[0])
    more: Found = []
    for before in NEAR_STARTS:
        there = replace(stated, start=first - before)
        for calendar in calendars(there):
            terms = {**best.terms, **calendar}
            if "days" in terms:
                terms["days"] = int(stated.days[-1]) - there.start if there.start else terms["days"]
            more += _fits([best._replace(terms=terms)], there)
    return _ranked([*found, *more])


def _candidate(shape: Shape, fit: Fitted, stated: Stated, open_: tuple[Words, ...]) -> Candidate:
    loan = shape.loan(fit.quote.units / RATE_SCALE)
    start = shape.terms["start"]
    if stated.start is None and stated.kind != "sentence":
        open_ = (note("open_start", day=start), *open_)
    if stated.months is None:
        open_ = (*open_, note("open_months", n=int(shape.terms.get("months", 1))))
    return Candidate(loan, fit.difference, fit.quote, open_)


def _left_open(stated: Stated) -> tuple[Words, ...]:
    """Return what nothing in the file tells."""
    notes = []
    if stated.kind == "sentence":
        day = NO_DAY if stated.start is None else iso(stated.start)
        notes.append(note("open_days", day=day))
    if stated.interest is None and stated.kind != "sentence":
        notes.append(note("open_split"))
    return tuple(notes)
