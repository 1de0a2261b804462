"""The lender's book for a block of loans: what each owes, and how it grows from day to day.

Everything is whole numbers: money in fen, rates and factors in 1e-10, days since 1970-01-01.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from itertools import count
from typing import Any

import numpy as np
import numpy.typing as npt

from jiebei.calendar import Ints, due_date
from jiebei.checks import RATE_SCALE

__all__ = [
    "EVENTS",
    "LEVEL",
    "NEVER",
    "NO_INSTALMENT",
    "SLICE",
    "Book",
    "Rows",
    "half_up",
    "open_book",
]

Bools = npt.NDArray[np.bool_]
Rows = Any  # positions in the book: an index array, or slice(None) for every loan

EVENTS = (
    "draw",
    "instalment",
    "prepayment",
    "payoff",
    "extension",
    "deferral",
    "missed",
    "late payment",
    "settlement",
    "rate change",
    "coupon",
    "fee",
)
NO_INSTALMENT, LEVEL, SLICE = 0, 1, 2  # what is kept equal: nothing, payment, principal
NEVER = 10**6  # a count of instalments that no loan reaches


def half_up(amount: Ints, factor: Ints) -> Ints:
    """Return amount x factor / 1e10 in fen, half up (四舍五入), exact in whole numbers."""
    return np.asarray((amount * factor + RATE_SCALE // 2) // RATE_SCALE)


@dataclass
class Book:
    """The state of a block of loans; one array a column, one place a loan."""

    loan: Ints  # position in the block
    start: Ints  # drawdown
    date: Ints  # interest has accrued up to here
    balance: Ints  # principal owed
    rate: Ints
    factor: Ints  # what every 1e10 fen owe since interest was last settled
    days: Ints  # the days in that factor
    instalments: Ints  # agreed number
    paid: Ints  # instalments behind us
    interest_only: Ints  # the first so many carry no principal
    style: Ints
    level: Ints  # the equal payment, or the equal slice of principal
    anchor: Ints  # the month in which an instalment before the first would fall
    due_day: Ints
    due: Ints  # next due date
    fee_rate: Ints
    settles_whole: Bools
    least_days: Ints  # days of interest that are owed on the day of the drawdown
    thirty: Bools  # 30 days per due period
    period: Ints  # counted days of the running due period, where thirty
    period_start: Ints
    counted: Ints  # of these, already accrued
    relief: Ints  # factor that a coupon lets off since interest was last settled
    relief_share: Ints  # of the rate, in 1e-10, until that day
    relief_until: Ints
    prepaid_on: Ints  # the day of the last prepayment, and its totals
    prepaid: Ints
    prepaid_interest: Ints
    prepaid_waived: Ints
    prepaid_fee: Ints
    has_thirty: bool = field(default=False)
    has_relief: bool = field(default=False)

    def __len__(self) -> int:
        """Return how many loans still have something ahead of them."""
        return len(self.loan)

    def keep(self, stays: Bools) -> None:
        """Drop the loans that are done."""
        for name in _COLUMNS:
            setattr(self, name, getattr(self, name)[stays])

    def accrue(self, rows: Rows, at: Ints) -> None:
        """Let interest run to the day `at`: a factor grows, no amount is rounded."""
        days = at - self.date[rows]
        if self.has_thirty:
            days = np.where(self.thirty[rows], self._thirty_days(rows, at), days)
            self.counted[rows] += days
        if self.has_relief:
            until = self.relief_until[rows]
            free = np.where(at <= until, days, np.clip(until - self.date[rows], 0, days))
            self.relief[rows] += self.relief_rate(rows) * free
        self.factor[rows] += self.rate[rows] * days
        self.days[rows] += days
        self.date[rows] = at

    def _thirty_days(self, rows: Rows, at: Ints) -> Ints:
        period = self.period[rows]
        elapsed = np.minimum(at - self.period_start[rows], period)
        elapsed = np.where(at == self.due[rows], period, elapsed)
        return np.asarray(elapsed - self.counted[rows])

    def next_due(self, rows: Rows, ahead: int) -> Ints:
        """Return the due date `ahead` instalments from the last one paid."""
        return due_date(self.anchor[rows] + (self.paid[rows] + ahead), self.due_day[rows])

    def growths(self, rows: Rows) -> Iterator[Ints]:
        """Yield 1e10 + factor of each due period from here on, without end."""
        rate, until = self.rate[rows], self.next_due(rows, 1)
        days = until - self.date[rows]
        if self.has_thirty:
            thirty = self.thirty[rows]
            days = np.where(thirty, self.period[rows] - self.counted[rows], days)
        yield RATE_SCALE + self.factor[rows] + rate * days
        for ahead in count(2):
            since, until = until, self.next_due(rows, ahead)
            days = until - since
            yield RATE_SCALE + rate * (np.where(thirty, 30, days) if self.has_thirty else days)

    def least(self, rows: Rows) -> Ints:
        """Return the days of interest that are owed although none has passed."""
        return np.where(self.date[rows] == self.start[rows], self.least_days[rows], 0)

    def relief_rate(self, rows: Rows) -> Ints:
        """Return the part of the rate that a running coupon lets off."""
        return half_up(self.rate[rows], self.relief_share[rows])

    def factors(self, rows: Rows) -> tuple[Ints, Ints]:
        """Return the factor to settle today, and the part of it that is let off."""
        least = self.least(rows)
        factor = self.factor[rows] + self.rate[rows] * least
        if not self.has_relief:
            return factor, np.zeros_like(factor)
        running = self.relief_until[rows] > self.date[rows]
        return factor, self.relief[rows] + self.relief_rate(rows) * least * running

    def interest(self, rows: Rows, amount: Ints) -> tuple[Ints, Ints]:
        """Return the interest to pay on `amount` since it was last settled, and what is let off."""
        factor, relief = self.factors(rows)
        interest = half_up(amount, factor)
        if not self.has_relief:
            return interest, relief
        paid = half_up(amount, factor - relief)
        return paid, interest - paid

    def today(self, rows: Rows, total: Ints) -> Ints:
        """Return a total of the prepayments of this very day."""
        return np.asarray(total[rows] * (self.prepaid_on[rows] == self.date[rows]))

    def settles_all(self, rows: Rows) -> Bools:
        """Tell where a prepayment settles the interest on all that is owed.

        On the day of the drawdown only the part prepaid owes the least day of interest.
        """
        return np.asarray(self.settles_whole[rows] & (self.least(rows) == 0))

    def on_top(self, rows: Rows, amount: Ints) -> tuple[Ints, Ints, Ints]:
        """Return interest, interest let off, and fee that go with principal repaid early.

        They are rounded on the total of the day, so that two prepayments equal one of their sum.
        """
        before = self.today(rows, self.prepaid)
        total = before + amount
        whole = self.settles_all(rows)
        interest, waived = self.interest(rows, np.where(whole, before + self.balance[rows], total))
        return (
            interest - self.today(rows, self.prepaid_interest),
            np.maximum(waived - self.today(rows, self.prepaid_waived), 0),
            half_up(total, self.fee_rate[rows]) - self.today(rows, self.prepaid_fee),
        )

    def payoff(self, rows: Rows) -> Ints:
        """Return what settles the loan that day: principal, interest and fee."""
        interest, _, fee = self.on_top(rows, self.balance[rows])
        return np.asarray(self.balance[rows] + interest + fee)

    def prepay(self, rows: Ints, amount: Ints) -> tuple[Ints, Ints, Ints]:
        """Take `amount` of principal off, and return what goes on top of it."""
        interest, waived, fee = self.on_top(rows, amount)
        whole = rows[self.settles_all(rows)]
        for total, more in (
            (self.prepaid, amount),
            (self.prepaid_interest, interest),
            (self.prepaid_waived, waived),
            (self.prepaid_fee, fee),
        ):
            total[rows] = self.today(rows, total) + more
        self.prepaid_on[rows] = self.date[rows]
        self.balance[rows] -= amount
        self.factor[whole] = self.days[whole] = self.relief[whole] = 0
        self.prepaid_interest[whole] = self.prepaid_waived[whole] = 0
        return interest, waived, fee

    def next_period(self) -> None:
        """Move on to the next due period; interest has just been settled on the whole balance."""
        self.factor, self.days = np.zeros_like(self.factor), np.zeros_like(self.days)
        if self.has_relief:
            self.relief[:] = 0
        if self.has_thirty:
            self.period_start[:] = self.date
            self.counted[:] = 0
            self.period[:] = 30
        self.due = self.next_due(slice(None), 1)


_COLUMNS = [each.name for each in fields(Book) if not each.name.startswith("has_")]


def open_book(terms: Mapping[str, npt.NDArray[Any]], has_relief: bool) -> Book:
    """Draw the loans of a block: from here on interest runs."""
    start, rate = terms["start"], terms["rate"]
    size = len(start)

    def zeros() -> Ints:
        return np.zeros(size, np.int64)

    return Book(
        loan=np.arange(size),
        start=start,
        date=np.array(start),
        balance=np.array(terms["principal"]),
        rate=np.array(rate),
        factor=rate * terms["both_ends"],
        days=terms["both_ends"].astype(np.int64),
        instalments=np.array(terms["instalments"]),
        paid=zeros(),
        interest_only=terms["interest_only"],
        style=terms["style"],
        level=zeros(),
        anchor=np.array(terms["anchor"]),
        due_day=np.array(terms["due_day"]),
        due=due_date(terms["anchor"] + 1, terms["due_day"]),
        fee_rate=terms["fee_rate"],
        settles_whole=terms["settles_whole"],
        least_days=1 - terms["both_ends"].astype(np.int64),
        thirty=terms["thirty"],
        period=np.array(terms["first_period"]),
        period_start=np.array(start),
        counted=zeros(),
        relief=zeros(),
        relief_share=zeros(),
        relief_until=zeros(),
        prepaid_on=zeros(),
        prepaid=zeros(),
        prepaid_interest=zeros(),
        prepaid_waived=zeros(),
        prepaid_fee=zeros(),
        has_thirty=bool(terms["thirty"].any()),
        has_relief=has_relief,
    )
