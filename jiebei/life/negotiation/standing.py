"""Which offer is better? What is owed on the day of the talks, and what a way of paying takes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from jiebei.language.errors import JiebeiError
from jiebei.language.words import Words
from jiebei.loan.loan import Loan
from jiebei.loan.terms import MOST_DAYS_LATE
from jiebei.units.days import MISSING, Ints, as_days, iso
from jiebei.units.fen import FEN
from jiebei.units.reading import whole_number
from jiebei.value.worth import present_value

__all__ = [
    "Debt",
    "Takes",
    "behind",
    "cost_today",
    "payments",
    "shaped",
    "starts",
    "takes",
    "worth",
]

PARTS = ("penalty", "fee", "interest", "principal")


@dataclass(frozen=True)
class Debt:
    """Say how a loan stands on the day on which offers are compared.

    Attributes
    ----------
    late : Loan
        With the instalments missed before that day; the offers act on it.
    caught_up : Loan
        All that is overdue is paid that day, then as agreed: what offers are measured against.
    on : str
        That day.
    missed : int
        Instalments unpaid, those that fell due before that day.
    days_late : int
        Since the first of them.
    owed : dict
        Yuan of `penalty`, `fee`, `interest`, `principal` that would settle it all that day.
    ahead : int
        Instalments that are still to come, that of the day itself included.
    """

    late: Loan
    caught_up: Loan
    on: str
    missed: int
    days_late: int
    owed: dict[str, float]
    ahead: int

    @property
    def name(self) -> Words:
        """Return what paying without an offer is called."""
        return Words(f"strategy.{'catch_up' if self.missed else 'as_agreed'}")

    @property
    def total(self) -> float:
        """Return all that is owed that day, in yuan."""
        return round(sum(self.owed.values()), 2)


def behind(loan: Loan, late_instalment: int, offer_on: Any) -> Debt:
    """Let nothing be paid from an instalment on, and look at the debt on a day (协商日的欠款).

    Parameters
    ----------
    loan : Loan
        As agreed, or as it is today, from the last due day that was paid on.
    late_instalment : int
        The first one that is not paid; 0: none so far. Where something is overdue already, nothing
        is paid from there on, whatever is said here.
    offer_on : date
        Day of the talks. What falls due that very day is still open.

    Raises
    ------
    JiebeiError
        For an instalment that the loan does not have, a day before the drawdown, or one on which
        nothing is owed.

    Examples
    --------
    >>> loan = Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> debt = behind(loan, 3, "2027-06-01")
    >>> debt.missed, debt.days_late, debt.total
    (3, 92, 44410.26)
    """
    flows = loan.cashflows(["date", "event", "arrears"])
    coming = int((flows["event"] == "instalment").argmax())
    overdue = bool(flows["arrears"].iloc[coming - 1] >= FEN)
    flows = flows[flows["event"].isin(["instalment", "missed"])]
    dues = flows["date"].to_numpy().astype("M8[D]").astype(np.int64)
    already = int((flows["event"] == "missed").sum())
    first = int(
        whole_number(late_instalment, "late_instalment", 0, len(dues), "error.negotiate_instalment")
    )
    first = max(first, already + 1) if first or overdue else 0
    day = _day(loan, offer_on, int(dues[-1]))
    more = int((dues[first - 1 :] < day).sum()) if first else 0
    late = loan.miss(first, times=more) if more else loan
    since = _late_since(late, day) if overdue else int(dues[first - 1]) if more else day
    if day - since > MOST_DAYS_LATE:
        fields = {"on": iso(day), "days": day - since, "most": MOST_DAYS_LATE}
        raise JiebeiError("error.negotiate_late", **fields)
    if since == day > dues[-1]:
        raise JiebeiError("error.negotiate_repaid", on=iso(day), last=iso(dues[-1]))
    caught_up = loan.pay_late(first, days=day - since) if more else loan
    if overdue and day not in dues:  # on a due day all that is overdue is paid with what is due
        caught_up = late.pay(late.owed(iso(day)).overdue, on=iso(day))
    elif overdue:
        caught_up = late
    last = late.restructure(0, on=iso(day)).cashflows([*PARTS]).iloc[-1]
    owed = {name: float(last[name]) for name in PARTS}
    missed = int(((dues >= since) & (dues < day)).sum())
    return Debt(late, caught_up, iso(day), missed, day - since, owed, int((dues >= day).sum()))


def _late_since(loan: Loan, day: int) -> int:
    """Return the due day of the oldest instalment of which anything is left before a day."""
    since = loan.owed(iso(day - 1)).since
    return day if np.isnat(since) else int(since.astype(np.int64))


def _day(loan: Loan, offer_on: Any, last: int) -> int:
    days, after_drawdown = as_days(offer_on, "offer_on")
    start = int(loan.terms["start"])
    if days.ndim or days == MISSING:
        raise JiebeiError("error.give_a_date", name="offer_on", value=offer_on)
    day = int(days) + start * after_drawdown
    if day < start:
        fields = {"on": iso(day), "first": iso(start), "last": iso(last)}
        raise JiebeiError("error.negotiate_early", **fields)
    return day


# What a way of paying takes ----------------------------------------------------------------


@lru_cache(maxsize=32)  # a loan never changes, and is asked for many things
def payments(way: Loan, on: str) -> pd.DataFrame:
    """Return what is paid from a day on, a row an event, of all scenarios in turn.

    The frame is shared: take it as it is.
    """
    flows = way.cashflows(["loan", "date", "event", "drawn", "payment"])
    flows = flows[(flows["date"] >= pd.Timestamp(on)) & (flows["event"] != "draw")]
    return flows.reset_index(drop=True)


class Takes(NamedTuple):
    """What a way takes from the day of the talks on, in yuan, in the shape of its scenarios."""

    at_once: Any
    monthly: Any  # the most of a month after that day
    paid: Any  # in all


def takes(way: Loan, on: str) -> Takes:
    """Return what is paid at once, in a month after that at most, and in all.

    Examples
    --------
    >>> loan = Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> debt = behind(loan, 3, "2027-06-01")
    >>> takes(debt.late.restructure(36, on=debt.on, daily_rate=0.0, waive=1), debt.on)
    Takes(at_once=0.0, monthly=1219.81, paid=43913.12)
    """
    flows = payments(way, on)
    fen = np.rint(flows["payment"].to_numpy() * 100)
    today = flows["date"].to_numpy() == np.datetime64(on)
    first = starts(flows)
    found = (
        np.add.reduceat(np.where(today, fen, 0.0), first),
        np.maximum.reduceat(np.where(today, 0.0, fen), first),
        np.add.reduceat(fen, first),
    )
    return Takes(*(shaped(each / 100, way) for each in found))


def starts(flows: pd.DataFrame) -> Ints:
    """Return the row on which each scenario begins."""
    loan = flows["loan"].to_numpy()
    return np.append(0, np.flatnonzero(loan[1:] != loan[:-1]) + 1)


def shaped(values: npt.NDArray[Any], way: Loan) -> Any:
    """Return one value a scenario in the shape of a way; a plain number for one."""
    return values.reshape(way.shape) if way.shape else values[0].item()


def cost_today(way: Loan, on: str, own_rate: Any) -> Any:
    """Return what the payments from a day on are worth that day (现值), at your own rate.

    Parameters
    ----------
    own_rate : decimal
        A year; for one scenario an array will do.
    """
    value = -present_value(payments(way, on), own_rate, at=on)
    return shaped(value, way) if np.ndim(own_rate) == 0 else value


def worth(way: Loan, debt: Debt, own_rate: Any) -> Any:
    """Return how much less a way costs than to catch up, in yuan of the day of the talks.

    Examples
    --------
    >>> loan = Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> debt = behind(loan, 3, "2027-06-01")
    >>> offer = debt.late.restructure(36, on=debt.on, daily_rate=0.0, waive=1)
    >>> round(worth(offer, debt, 0.02), 2)
    2775.66
    """
    baseline = cost_today(debt.caught_up, debt.on, own_rate)
    return baseline - cost_today(way, debt.on, own_rate)
