"""Put each row that is stated beside the one that is expected."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple, TypeAlias

import numpy as np
import pandas as pd

from jiebei.life.statement.frame import fen_of
from jiebei.loan.loan import Loan
from jiebei.units.days import MISSING, Ints

__all__ = ["Pair", "Pairing", "expected_rows", "pairing"]

NEAR = 12  # days by which a payment may stand away from its due day
NOTHING = "nothing"


class Line(NamedTuple):
    """A payment: its place in the file or in the schedule, its day, and fen."""

    place: int
    day: int
    payment: int
    interest: int | None


class Pair(NamedTuple):
    """What is expected, and what is stated; one of the two may be missing."""

    expected: Line | None
    stated: Line | None

    @property
    def difference(self) -> int:
        """Return by how many fen more is stated than expected."""
        said = self.stated.payment if self.stated else 0
        return said - (self.expected.payment if self.expected else 0)

    @property
    def interest_difference(self) -> int:
        """Return by how many fen more interest is stated, 0 where it is not."""
        if self.stated is None or self.expected is None or self.stated.interest is None:
            return 0
        return self.stated.interest - (self.expected.interest or 0)

    @property
    def agrees(self) -> bool:
        """Tell whether the amounts agree to the fen."""
        return self.difference == 0 and self.interest_difference == 0

    @property
    def days_off(self) -> int:
        """Return how many days later it is stated than expected, 0 where no day is."""
        if self.stated is None or self.expected is None or self.stated.day == MISSING:
            return 0
        return self.stated.day - self.expected.day


Pairing: TypeAlias = Callable[[Loan], list[Pair]]


def expected_rows(loan: Loan) -> list[Line]:
    """Return what the engine expects to be paid, day by day."""
    flows = loan.cashflows(["date", "event", "payment", "interest"])
    payment, interest = fen_of(flows["payment"]), fen_of(flows["interest"])
    paid = (flows["event"] != "draw").to_numpy() & (payment > 0)
    places = np.arange(paid.sum(), dtype=np.int64)
    return _added(_days(flows["date"])[paid], payment[paid], interest[paid], places)


def stated_rows(frame: pd.DataFrame) -> list[Line]:
    """Return what is stated, day by day, without the drawdown."""
    rows = frame[frame["payment"].fillna(0) != 0]
    interest = fen_of(rows["interest"]) if "interest" in rows else None
    return _added(_days(rows["date"]), fen_of(rows["payment"]), interest, rows.index.to_numpy())


def _days(dates: pd.Series) -> Ints:
    return np.asarray(dates.to_numpy().astype("M8[D]").astype(np.int64))


def _added(days: Ints, payment: Ints, interest: Ints | None, places: Ints) -> list[Line]:
    """Add up what is paid on one day; rows without a day stay as they are."""
    lines: list[Line] = []
    for at, day in enumerate(days.tolist()):
        more = Line(
            int(places[at]), day, int(payment[at]), None if interest is None else int(interest[at])
        )
        if lines and lines[-1].day == day != MISSING:
            more = _sum(lines.pop(), more)
        lines.append(more)
    return lines


def _sum(one: Line, two: Line) -> Line:
    interest = None if one.interest is None else one.interest + (two.interest or 0)
    return Line(one.place, one.day, one.payment + two.payment, interest)


def pairing(frame: pd.DataFrame) -> Pairing:
    """Return what puts the rows of a frame, read once, beside those that a loan expects."""
    whole = frame.attrs.get("kind") == "plan"  # anything else tells of what is paid so far
    return partial(_paired, stated_rows(frame), whole)


def _paired(states: list[Line], whole: bool, loan: Loan) -> list[Pair]:
    """Return pairs in the order of their days: by number where both are as many, else by day."""
    expects = expected_rows(loan)
    if not whole and states and states[-1].day != MISSING:
        last = states[-1].day + NEAR  # what falls due later is not paid yet
        expects = [each for each in expects if each.day <= last]
        if len(expects) > len(states) and expects[-1].day > states[-1].day:
            expects = expects[:-1]
    if len(expects) == len(states):
        return list(map(Pair, expects, states))
    return _by_day(expects, states)


def _belong(expects: list[Line], states: list[Line]) -> bool:
    """Tell whether the first of both belong together: near, and neither is nearer to the next."""
    if not expects or not states:
        return False
    apart = abs(expects[0].day - states[0].day)
    nearer = [abs(expects[0].day - each.day) for each in states[1:2]]
    nearer += [abs(each.day - states[0].day) for each in expects[1:2]]
    return apart <= NEAR and all(apart <= each for each in nearer)


def _by_day(expects: list[Line], states: list[Line]) -> list[Pair]:
    pairs: list[Pair] = []
    while expects or states:
        if _belong(expects, states):
            pairs.append(Pair(expects[0], states[0]))
            expects, states = expects[1:], states[1:]
        elif not states or (expects and expects[0].day < states[0].day):
            pairs.append(Pair(expects[0], None))
            expects = expects[1:]
        else:
            pairs.append(Pair(None, states[0]))
            states = states[1:]
    return pairs
