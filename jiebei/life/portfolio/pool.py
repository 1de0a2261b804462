"""Loans taken together: what comes in day by day, what is lost, in whole fen by tier."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from jiebei.life.portfolio.behaviour import Behaviour
from jiebei.life.portfolio.snapshots import LOSS, Ends, ends_of, rows_of
from jiebei.loan.loan import Loan
from jiebei.units.days import Ints, due_date
from jiebei.units.fen import share_of
from jiebei.units.reading import share

__all__ = ["SPAN", "Pool", "Span", "collected", "fen", "first_day", "lost_at", "pooled", "run"]

SPAN = 96  # months from the first drawdown on: by then everything has ended
COLUMNS = ("drawn", "interest", "penalty")


class Span(NamedTuple):
    """The months that are looked at, counted since January 1970."""

    first: int
    months: int = SPAN

    @property
    def last_day(self) -> int:
        """Return the last day of the last month."""
        return int(due_date(self.first + self.months, 1)) - 1

    @property
    def days(self) -> int:
        """Return the number of days."""
        return self.last_day - first_day(self) + 1


def first_day(span: Span) -> int:
    """Return the first day of the first month."""
    return int(due_date(span.first, 1))


class Pool(NamedTuple):
    """Sums in fen, one place a tier.

    Attributes
    ----------
    cash : (tiers, days)
        What comes in, collections after a loss included, less what is lent.
    drawn, interest, lost, owed : lent, paid as interest and penalty, lost; principal owed, added up
        over the ends of months
    """

    cash: Ints
    drawn: Ints
    interest: Ints
    lost: Ints
    owed: Ints


def run(loan: Loan, span: Span) -> tuple[pd.DataFrame, Ends]:
    """Run loans through the engine; return their events, and where they are at each month's end."""
    rows = rows_of(loan, COLUMNS)
    return rows, ends_of(rows, span.last_day)


def lost_at(ends: Ends) -> Ints:
    """Return the places at which a loan is over 180 days late for the first time, for good.

    Who pays after all, at the seventh due day, may be over 180 days late at a month's end as well.
    """
    lost = np.flatnonzero(ends.bucket == LOSS)
    loan = ends.loan[lost]
    first = lost[np.append(True, loan[1:] != loan[:-1])[: len(lost)]]
    last = np.searchsorted(ends.loan, ends.loan[first], side="right") - 1
    return np.asarray(first[ends.bucket[last] == LOSS])


def fen(values: Any) -> Ints:
    """Return yuan, each the nearest double to a whole fen, as fen."""
    return np.asarray(np.rint(np.asarray(values) * 100), np.int64)


def collected(lost: Ints, behaviour: Behaviour) -> Ints:
    """Return what is collected of what is lost, half up to the fen."""
    return share_of(lost, share(behaviour.recovered, "recovered"))


def pooled(
    rows: pd.DataFrame, ends: Ends, tier: Ints, tiers: int, behaviour: Behaviour, span: Span
) -> Pool:
    """Add up the events of loans, by tier."""
    of_row, of_end = tier[rows["loan"].to_numpy()], tier[ends.loan]
    day = rows["date"].to_numpy().astype("M8[D]").astype(np.int64) - first_day(span)
    drawn, interest = fen(rows["drawn"]), fen(rows["interest"]) + fen(rows["penalty"])
    lost = lost_at(ends)
    amount, back = ends.owed[lost], collected(ends.owed[lost], behaviour)
    when = due_date(ends.month[lost] + 1 + behaviour.recovered_after, 1) - 1 - first_day(span)
    place = np.concatenate([of_row * span.days + day, of_end[lost] * span.days + when])
    flows = np.concatenate([fen(rows["payment"]) - drawn, back])
    return Pool(
        cash=_sums(place, flows, tiers * span.days).reshape(tiers, span.days),
        drawn=_sums(of_row, drawn, tiers),
        interest=_sums(of_row, interest, tiers),
        lost=_sums(of_end[lost], amount - back, tiers),
        owed=_sums(of_end, ends.owed * (ends.bucket < LOSS), tiers),
    )


def _sums(place: Ints, amounts: Ints, size: int) -> Ints:
    """Add up whole numbers by place; below 2^53 nothing is rounded."""
    return np.bincount(place, amounts, minlength=size).astype(np.int64)
