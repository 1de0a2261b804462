"""The whole book: so many loans drawn, lived, run and counted, a few thousand at a time.

What is kept of each few thousand are sums of whole numbers, so memory does not grow with the book,
and neither the number of threads nor the order changes a fen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any

import numpy as np
import pandas as pd

from jiebei.life.credit.tiers import tier_table
from jiebei.life.portfolio import borrowers as who
from jiebei.life.portfolio.behaviour import Behaviour
from jiebei.life.portfolio.caps import capped
from jiebei.life.portfolio.help import (
    HELP,
    Programme,
    Trouble,
    as_it_goes,
    helped,
    in_trouble,
    together,
)
from jiebei.life.portfolio.lives import ENDS, LOST, Lives, act, live
from jiebei.life.portfolio.pool import SPAN, Pool, Span, fen, pooled, run
from jiebei.life.portfolio.rolls import moves
from jiebei.life.portfolio.signs import count_signs, shown
from jiebei.life.portfolio.snapshots import BUCKETS, LOSS, PAID, Ends
from jiebei.loan.loan import Loan
from jiebei.units.days import Ints, month_of, one_day
from jiebei.units.reading import whole_number

__all__ = ["Book", "Question", "book", "one_life", "with_help"]

OVER_30, OVER_90 = 30, 90
LATENESS = ("owed", "over_30", "over_90", "lost")
AGAIN_AFTER = 7  # days after the last payment


@dataclass(frozen=True, eq=False)
class Question:
    """What is asked: how many loans, of whom, from when on, with which help and ceilings."""

    loans: int
    start: Any
    behaviour: Behaviour
    seed: int = 1
    tiers: pd.DataFrame | None = None
    programmes: Mapping[str, Programme] | None = None
    ceilings: Sequence[float] = ()


@dataclass(frozen=True, eq=False)
class Book:
    """A lender's book: counts, and sums in fen.

    Attributes
    ----------
    question : Question
    tiers : list of str
    span : Span
        The months looked at.
    counts : dict of int array
        `ends` (tiers, `ENDS`): what became of the loans; `bad`, `loans`, `drawn` (tiers);
        `moves` (tiers, from, to) loans, `moved` the same in fen; `stock` (months, tiers, buckets)
        fen owed at each month's end; `vintages` (months of drawdown, age, `LATENESS`) fen;
        `lent` (months of drawdown) fen; `cells`, `early` of `Seen`; `plain.*`, `agreed.*`,
        `ceiling0.*` the sums of a `Pool`; `help.NAME.*` those of `helped`.
    """

    question: Question
    tiers: list[str]
    span: Span
    counts: dict[str, Ints]

    def pool(self, name: str = "plain") -> Pool:
        """Return the sums as things go ("plain"), as agreed, or under a ceiling ("ceiling0")."""
        return Pool(**{each: self.counts[f"{name}.{each}"] for each in Pool._fields})

    def vintage(self, what: str) -> pd.DataFrame:
        """Return what share of what was lent in a month is late, by age in months (账龄分析).

        Parameters
        ----------
        what : {"owed", "over_30", "over_90", "lost"}
            Principal of what is owed in all, over 30 or 90 days late, or lost.
        """
        fen_late = self.counts["vintages"][:, :, LATENESS.index(what)]
        lent = self.counts["lent"]
        known = lent > 0
        months = (self.span.first + np.flatnonzero(known)).astype("M8[M]").astype("M8[s]")
        shares = fen_late[known] / lent[known][:, None]
        return pd.DataFrame(shares, index=pd.DatetimeIndex(months, name="drawn")).rename_axis(
            columns="age"
        )


def book(
    question: Question,
    threads: int = 2,
    progress: Callable[..., Iterable[Any]] | None = None,
) -> Book:
    """Draw a book of loans, let the borrowers live, and count (贷款组合模拟).

    Parameters
    ----------
    question : Question
    threads : int
        At work at once, 1 to 64; the result is the same with any number.
    progress : callable, optional
        (parts, total=how many) to the same parts, such as `tqdm.tqdm`.

    Examples
    --------
    >>> from jiebei.life.portfolio.behaviour import assumed
    >>> found = book(Question(1_000, "2026-12-01", assumed()))
    >>> dict(zip(ENDS, found.counts["ends"].sum(axis=0).tolist()))
    {'on time': 781, 'late': 294, 'cured': 41, 'prepaid': 349, 'negotiated': 4, 'lost': 26}
    """
    table, span = tier_table(question.tiers), _span(question)
    counts = _added(partial(_count, question, table, span), question, threads, progress)
    return Book(question, list(map(str, table.index)), span, counts)


def with_help(found: Book, programmes: Mapping[str, Programme], loans: int) -> Book:
    """Return the book with help of another kind: nothing else of it is run again.

    Parameters
    ----------
    found : Book
    programmes : dict
        Name to `Programme`; what is not named stays.
    loans : int
        How many are drawn for it, those of the book or fewer.
    """
    counts = dict[str, Ints]()
    for name, programme in programmes.items():
        trouble, without = _troubled(found, loans, programme.after)
        sums = helped(trouble, programme, found.question.behaviour, found.span, without)
        counts |= {f"help.{name}.{each}": value for each, value in sums.items()}
    return replace(found, counts=found.counts | counts)


@lru_cache(len(HELP))
def _troubled(found: Book, loans: int, after: int) -> tuple[Trouble, dict[str, int]]:
    """Return the loans that are helped, and what they come to without: no help changes that."""
    question, span = replace(found.question, loans=loans), found.span
    tiers, parts = tier_table(question.tiers), list[Trouble]()
    for place in range(-(-loans // who.STREAM)):
        parts.append(in_trouble(*_lived(question, tiers, span, place), after))
    trouble = together(parts)
    return trouble, as_it_goes(trouble, question.behaviour, span)


def _span(question: Question) -> Span:
    return Span(int(month_of(one_day(question.start, "start"))))


def _added(
    count: Callable[[int], dict[str, Ints]],
    question: Question,
    threads: int,
    progress: Callable[..., Iterable[Any]] | None,
) -> dict[str, Ints]:
    """Add up what is counted of each few thousand loans, in their order."""
    number = int(whole_number(question.loans, "loans", 1, who.MOST_LOANS))
    workers = int(whole_number(threads, "threads", 1, 64))
    places = range(-(-number // who.STREAM))
    total: dict[str, Ints] = {}

    def add(parts: Iterable[dict[str, Ints]]) -> None:
        for part in progress(parts, total=len(places)) if progress else parts:
            for name, each in part.items():
                total[name] = total[name] + each if name in total else each

    try:
        with ThreadPoolExecutor(workers) as pool:
            add(pool.map(count, places))
    except RuntimeError:  # a browser has no threads, a crowded machine has none left
        total.clear()
        add(map(count, places))
    return total


def one_life(question: Question, place: int | None = None) -> tuple[int, Any, Lives, Loan]:
    """Return one of the first loans of a book, and what becomes of it (跟一笔借款看到底).

    Parameters
    ----------
    question : Question
    place : int, optional
        0 for the first; if not given, the first that is ever over 90 days late, or the first.

    Returns
    -------
    tuple
        Its place, its row of the frame of borrowers, its life, and the loan as it was lived.

    Examples
    --------
    >>> from jiebei.life.portfolio.behaviour import assumed
    >>> place, row, life, loan = one_life(Question(1_000, "2026-12-01", assumed()))
    >>> place, int(row["principal"]), int(life.lost[0]), int(loan.summary().days_late[0])
    (9, 4300, 5, 213)
    """
    frame, lives = _lived(question, tier_table(question.tiers), _span(question), 0)
    at = int(lives.bad.argmax()) if place is None else place
    one = np.array([at])
    life, row = lives.take(one), frame.iloc[one].reset_index(drop=True)
    return at, row.iloc[0], life, act(who.loans_of(row), life)


def _drawn(question: Question, tiers: pd.DataFrame, span: Span, place: int) -> pd.DataFrame:
    """Draw the loans that one stream serves."""
    lot = who.lot(question.seed, place, who.WHO)
    frame = who.draw(lot, span.first, question.behaviour, tiers)
    return frame.iloc[: question.loans - place * who.STREAM]


def _lived(
    question: Question, tiers: pd.DataFrame, span: Span, place: int
) -> tuple[pd.DataFrame, Lives]:
    """Return the loans that one stream serves, and what becomes of them."""
    frame = _drawn(question, tiers, span, place)
    return frame, live(frame, question.behaviour, who.lot(question.seed, place, who.WHAT))


def _help(question: Question, frame: pd.DataFrame, lives: Lives, span: Span) -> dict[str, Ints]:
    return {
        f"help.{name}.{each}": value
        for name, programme in (question.programmes or {}).items()
        for each, value in helped(
            in_trouble(frame, lives, programme.after), programme, question.behaviour, span
        ).items()
    }


def _count(question: Question, tiers: pd.DataFrame, span: Span, place: int) -> dict[str, Ints]:
    """Count the loans that one stream serves, and those borrowed again after them."""
    frame = _drawn(question, tiers, span, place)
    total = _generation(frame, place, question, len(tiers), span, again=False)
    frame = total.pop("frame")
    if len(frame):
        more = _generation(frame, place, question, len(tiers), span, again=True)
        more.pop("frame")
        total |= {name: total[name] + each for name, each in more.items()}
    return total


def _generation(
    frame: pd.DataFrame, place: int, question: Question, tiers: int, span: Span, *, again: bool
) -> dict[str, Any]:
    behaviour, tier = question.behaviour, frame["tier"].to_numpy()
    lots = [who.lot(question.seed, place, each) for each in who.PURPOSES[again]]
    lives = live(frame, behaviour, lots[0])
    agreed = who.loans_of(frame)
    lived = act(agreed, lives)
    rows, ends = run(lived, span)
    plain = pooled(rows, ends, tier, tiers, behaviour, span)
    seen = shown(frame["months"].to_numpy(), lives, behaviour, lots[1])
    signs = count_signs(tier, tiers, place * who.STREAM, lives, seen)
    found: dict[str, Any] = {
        "loans": np.bincount(tier, minlength=tiers),
        "bad": np.bincount(tier, lives.bad, minlength=tiers).astype(np.int64),
        "ends": _table(tier, lives.end, tiers, len(ENDS)),
        "cells": signs.cells,
        "early": signs.early,
        **_month_by_month(ends, frame, tier, tiers, span),
    }
    found |= _named("plain", plain)
    found |= _named("agreed", pooled(*run(agreed, span), tier, tiers, behaviour, span))
    for number, most in enumerate(question.ceilings):
        under = pooled(*run(capped(lived, most), span), tier, tiers, behaviour, span)
        found |= _named(f"ceiling{number}", under)
    if not again:
        found |= _help(question, frame, lives, span)
    found["frame"] = _again(frame, rows, lives.end, behaviour, lots[2])
    return found


def _named(name: str, pool: Pool) -> dict[str, Ints]:
    return {f"{name}.{each}": value for each, value in pool._asdict().items()}


def _table(row: Ints, column: Ints, rows: int, columns: int) -> Ints:
    return np.bincount(row * columns + column, minlength=rows * columns).reshape(rows, columns)


def _month_by_month(
    ends: Ends, frame: pd.DataFrame, tier: Ints, tiers: int, span: Span
) -> dict[str, Ints]:
    """Return where the money stands at each month's end, by bucket and by month of drawdown."""
    of, at = tier[ends.loan], ends.month - span.first
    drawn_in, buckets = at - ends.age, len(BUCKETS)
    stock = np.bincount(
        (at * tiers + of) * buckets + ends.bucket, ends.owed, minlength=SPAN * tiers * buckets
    )
    late = [
        np.ones(len(of), np.bool_),
        (ends.days > OVER_30) & (ends.bucket < LOSS),
        (ends.days > OVER_90) & (ends.bucket < LOSS),
        ends.bucket == LOSS,
    ]
    place = drawn_in * SPAN + ends.age
    vintages = [np.bincount(place, ends.owed * each, minlength=SPAN * SPAN) for each in late]
    start = month_of(frame["start"].to_numpy().astype("M8[D]").astype(np.int64)) - span.first
    lent = np.bincount(start, fen(frame["principal"]), minlength=SPAN)
    counts = {
        "moves": moves(ends, of, tiers),
        "moved": moves(ends, of, tiers, ends.owed),
        "stock": stock.reshape(SPAN, tiers, buckets).astype(np.int64),
        "vintages": np.stack(vintages, axis=-1).reshape(SPAN, SPAN, len(LATENESS)).astype(np.int64),
        "lent": lent.astype(np.int64),
    }
    assert not counts["stock"][:, :, PAID].any()
    return counts


def _again(
    frame: pd.DataFrame, rows: pd.DataFrame, end: Ints, behaviour: Behaviour, lot: Any
) -> pd.DataFrame:
    """Return the loans of those who have repaid and borrow again, the same, some days later."""
    wants = lot.random(len(frame)) < behaviour.again[frame["tier"].to_numpy()]
    wants &= end != LOST
    last = rows.groupby("loan")["date"].last().to_numpy().astype("M8[D]") + AGAIN_AFTER
    clamped = last - np.maximum((last - last.astype("M8[M]")).astype(np.int64) - 27, 0)
    start = clamped.astype("M8[s]")
    return frame.assign(start=start).iloc[np.flatnonzero(wants)].reset_index(drop=True)
