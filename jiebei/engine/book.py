"""The lender's book for a block of loans: what each owes, and how it grows from day to day.

Everything is whole numbers: money in fen, rates and factors in 1e-10, days since 1970-01-01.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from itertools import count
from typing import Any

import numpy as np
import numpy.typing as npt

from jiebei.engine.arrears import Arrears
from jiebei.units.days import Ints, due_date, month_of
from jiebei.units.reading import RATE_SCALE

__all__ = [
    "BILLED",
    "CAPITALISED",
    "EVENTS",
    "EVERYONE",
    "LEVEL",
    "NEVER",
    "NO_DUE_DAY",
    "NO_HOLIDAY",
    "NO_INSTALMENT",
    "NO_LIMIT",
    "SLICE",
    "Book",
    "Rows",
    "half_up",
    "is_limit",
    "share_of",
]

Bools = npt.NDArray[np.bool_]
Interest = tuple[Ints, Ints, Ints]  # to pay, let off, and the part of that by a coupon
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
    "acceleration",
)
NO_INSTALMENT, LEVEL, SLICE = 0, 1, 2  # what is kept equal: nothing, payment, principal
NEVER = 10**6  # a count of instalments that no loan reaches
NO_DUE_DAY = np.int64(10**7)  # where nothing but arrears is left, no due day lies ahead
NO_LIMIT = np.int64(10**15)  # fen
EVERYONE = slice(None)
MOST_PRODUCT = 9.2e18  # of fen and a factor
NO_HOLIDAY, BILLED, CAPITALISED = 0, 1, 2  # what becomes of the interest of a payment holiday


def half_up(amount: Ints, factor: Ints) -> Ints:
    """Return amount x factor / 1e10 in fen, half up (四舍五入), exact in whole numbers."""
    return np.asarray((amount * factor + RATE_SCALE // 2) // RATE_SCALE)


def share_of(amount: Ints, share: Ints) -> Ints:
    """Return that share, in 1e-10, of an amount, half up to the fen; the amount may be large."""
    whole, part = np.divmod(share, 10**5)  # a product of the two as they are might not fit
    fen, rest = np.divmod(amount * whole, 10**5)
    return np.asarray(fen + (rest * 10**5 + amount * part + RATE_SCALE // 2) // RATE_SCALE)


def is_limit(amount: Ints) -> Bools:
    """Tell a limit from none, of which something may have been used up."""
    return np.asarray(amount < NO_LIMIT // 2)


def _nothing_off(interest: Ints) -> Interest:
    nothing = np.zeros_like(interest)
    return interest, nothing, nothing


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
    waiver: Ints  # factor that a holiday lets off since interest was last settled
    waiver_until: Ints  # all interest is let off until that day
    relief: Ints  # factor that a coupon lets off besides
    relief_share: Ints  # of the rate, in 1e-10, until that day
    relief_until: Ints
    relief_on: Ints  # the most principal on which it is let off
    relief_left: Ints  # the most that it may still let off
    prepaid_on: Ints  # the day of the last prepayment, and its totals
    prepaid: Ints
    prepaid_interest: Ints
    prepaid_waived: Ints
    prepaid_relief: Ints  # of it, by a coupon
    prepaid_fee: Ints
    instalment_fee: Ints
    holiday: Ints  # what becomes of the interest on the next due day, on which nothing is due
    paused: Ints  # the first due day that it lets pass
    carried: Ints  # interest of a holiday, billed, to be paid with the next instalment
    holidays: Ints  # due days behind us that were the end of one
    negotiated: Bools
    planned: Ints  # instalments behind us when the last new plan was agreed
    moment: Ints  # what happened last, as a day and a phase of it
    refused: Bools
    late: Arrears | None = field(default=None)
    has_thirty: bool = field(default=False)
    has_relief: bool = field(default=False)
    has_holidays: bool = field(default=False)

    def __len__(self) -> int:
        """Return how many loans still have something ahead of them."""
        return len(self.loan)

    def keep(self, stays: Bools) -> None:
        """Drop the loans that are done."""
        for name in _COLUMNS:
            setattr(self, name, getattr(self, name)[stays])
        if self.late is not None:
            self.late.keep(stays)

    def accrue(self, rows: Rows, at: Ints) -> None:
        """Let interest run to the day `at`: a factor grows, no amount is rounded."""
        days = self._counted_until(rows, at)
        if self.late is not None:
            self.late.accrue(rows, self.rate[rows], at - self.date[rows])
            days = days * (self.balance[rows] > 0)  # on what is overdue only the penalty runs
        if self.has_relief:
            waived = self._counted_between(rows, self.waiver_until, at)
            relieved = self._counted_between(rows, self.relief_until, at)
            self.waiver[rows] += self.rate[rows] * waived
            more = np.maximum(relieved - waived, 0)  # a day is let off once
            self.relief[rows] += self.relief_rate(rows) * more
        if self.has_thirty:
            self.counted[rows] += days * self.thirty[rows]
        self.factor[rows] += self.rate[rows] * days
        self.days[rows] += days
        self.date[rows] = at

    def _counted_between(self, rows: Rows, last: Ints, at: Ints) -> Ints:
        """Return the days of interest from the book's date until a last day, at most until `at`."""
        until = np.minimum(last[rows], at)
        return np.where(until > self.date[rows], self._counted_until(rows, until), 0)

    def _counted_until(self, rows: Rows, at: Ints) -> Ints:
        """Return the days of interest from the book's date until then."""
        days = at - self.date[rows]
        if not self.has_thirty:
            return days
        return np.where(self.thirty[rows], self._thirty_days(rows, at), days)

    def _thirty_days(self, rows: Rows, at: Ints) -> Ints:
        period = self.period[rows]
        elapsed = np.minimum(at - self.period_start[rows], period)
        elapsed = np.where(at == self.due[rows], period, elapsed)
        if self.has_holidays:
            elapsed = np.where(self.holiday[rows] > 0, self._in_holiday(rows, at), elapsed)
        return np.maximum(elapsed - self.counted[rows], 0)

    def _in_holiday(self, rows: Rows, at: Ints) -> Ints:
        """Return the days counted since a holiday's first period began, 30 for each due period."""
        day, due = self.due_day[rows], self.due[rows]
        last = due_date(month_of(at), day)
        last = np.where(last <= at, last, due_date(month_of(at) - 1, day))
        begun = last >= self.paused[rows]
        last = np.where(begun, last, self.period_start[rows])
        ahead = np.where(begun, month_of(due) - month_of(last), 0)
        before = np.where(begun, self.period[rows] - 30 * ahead, 0)
        return np.asarray(np.minimum(before + np.minimum(at - last, 30), self.period[rows]))

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

    def factors(self, rows: Rows) -> tuple[Ints, Ints, Ints]:
        """Return the factor to settle today, and what a holiday and a coupon let off of it."""
        least = self.least(rows)
        factor = self.factor[rows] + self.rate[rows] * least
        if not self.has_relief:
            return factor, np.zeros_like(factor), np.zeros_like(factor)
        waived = self.waiver_until[rows] > self.date[rows]
        relieved = (self.relief_until[rows] > self.date[rows]) & ~waived
        waiver = self.waiver[rows] + self.rate[rows] * least * waived
        return factor, waiver, self.relief[rows] + self.relief_rate(rows) * least * relieved

    def interest(self, rows: Rows, amount: Ints) -> Interest:
        """Return the interest to pay on `amount` since it was last settled, and what is let off.

        `amount` includes what was prepaid today; the part that a coupon does not reach goes first.
        """
        if not self.has_relief:
            return _nothing_off(half_up(amount, self.factors(rows)[0]))
        owed = self.balance[rows] + self.today(rows, self.prepaid)
        free = np.minimum(amount, np.maximum(amount - owed + self.relief_on[rows], 0))
        most = self.relief_left[rows] + self.today(rows, self.prepaid_relief)
        return self._let_off(amount, *self.factors(rows), free, most)

    @staticmethod
    def _let_off(
        amount: Ints, factor: Ints, waiver: Ints, relief: Ints, free: Ints, most: Ints
    ) -> Interest:
        """Take off what a holiday lets off, then what a coupon does of `free`, `most` at most."""
        full, left = half_up(amount, factor), half_up(amount, factor - waiver)
        paid = (amount * (factor - waiver) - free * relief + RATE_SCALE // 2) // RATE_SCALE
        by_coupon = np.minimum(left - paid, most)
        return left - by_coupon, full - left + by_coupon, by_coupon

    def today(self, rows: Rows, total: Ints) -> Ints:
        """Return a total of the prepayments of this very day."""
        return np.asarray(total[rows] * (self.prepaid_on[rows] == self.date[rows]))

    def principal(self, rows: Rows) -> Ints:
        """Return all principal owed, overdue or not."""
        if self.late is None:
            return self.balance[rows]
        return np.asarray(self.balance[rows] + self.late.principal[:, rows].sum(0))

    def overdue(self, rows: Rows) -> Ints:
        """Return all that is overdue today."""
        if self.late is None:
            return np.zeros_like(self.balance[rows])
        return self.late.total(rows, self.date[rows])

    def bill(self, rows: Rows) -> tuple[Ints, Ints]:
        """Settle the interest on the whole balance; return what is to be paid, and what is let off.

        The interest of a holiday, carried until now, is paid with it.
        """
        interest, waived, by_coupon = self.interest_run_up(rows)
        self.factor[rows] = self.days[rows] = 0
        self.settled(rows, by_coupon)
        interest = interest + self.carried[rows]
        self.carried[rows] = 0
        return interest, waived

    def interest_run_up(self, rows: Rows) -> Interest:
        """Return the interest on the whole balance, without the least day, and what is let off."""
        balance, factor = self.balance[rows], self.factor[rows]
        if not self.has_relief:
            return _nothing_off(half_up(balance, factor))
        free = np.minimum(balance, self.relief_on[rows])
        let_off = self.waiver[rows], self.relief[rows], free, self.relief_left[rows]
        return self._let_off(balance, factor, *let_off)

    def settled(self, rows: Rows, by_coupon: Ints) -> None:
        """Begin to let off anew: the interest on the whole balance has just been settled."""
        if self.has_relief:
            self.waiver[rows] = self.relief[rows] = 0
            self.relief_left[rows] -= by_coupon

    def is_beyond(self, rows: Rows) -> Bools:
        """Tell where the debt has grown so much that its interest does not fit whole numbers."""
        factor = np.maximum(self.factor[rows], self.fee_rate[rows])
        return np.asarray(self.balance[rows] * factor.astype(np.float64) > MOST_PRODUCT)

    def next_period(self) -> None:
        """Move on to the next due period; interest has just been settled on the whole balance."""
        if self.has_thirty:
            self.period_start[:] = self.date
            self.counted[:] = 0
            self.period[:] = 30
        self.due = self.next_due(EVERYONE, 1)
        if self.late is not None:
            self.due[self.balance == 0] = NO_DUE_DAY


_COLUMNS = [
    each.name for each in fields(Book) if each.name != "late" and not each.name.startswith("has_")
]
