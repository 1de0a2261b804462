"""The lender's book for a block of loans: what each owes, and how it grows from day to day.

Everything is whole numbers: money in fen, rates and factors in 1e-10, days since 1970-01-01. What
only some loans need, and a decision must bring, is a part of the book; without it there is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

import numpy as np
import numpy.typing as npt

from jiebei.engine.arrears import Arrears, no_arrears
from jiebei.engine.columns import Bools, Columns, Places, Rows, kept
from jiebei.engine.day_count import Thirty
from jiebei.engine.holiday import Holiday
from jiebei.engine.prepaid import Prepaid
from jiebei.engine.relief import NOTHING, Interest, Relief, let_off, no_relief
from jiebei.engine.residual import Residual
from jiebei.units.days import Ints, due_date, due_dates
from jiebei.units.fen import RATE_SCALE, divided

__all__ = [
    "EVERYONE",
    "LEVEL",
    "MOST_PRODUCT",
    "NEVER",
    "NO_DUE_DAY",
    "NO_INSTALMENT",
    "SLICE",
    "Book",
    "open_book",
]

NO_INSTALMENT, LEVEL, SLICE = range(3)  # what is kept equal: nothing, payment, principal
NEVER = 1_000_000  # a count of instalments that no loan reaches
NO_DUE_DAY = np.int64(10_000_000)  # where nothing but arrears is left, no due day lies ahead
EVERYONE = slice(None)
MOST_PRODUCT = 9.2e18  # of fen and a factor
_AS_AGREED = ("start", "instalment_fee", "fee_rate", "settles_whole")  # nothing changes these
_AT_FIRST = ("rate", "instalments", "interest_only", "style", "due_day")


class Book(Columns):
    """The state of a block of loans; one array a column, one place a loan."""

    loan: Places  # position in the block
    start: Ints  # drawdown
    date: Ints  # interest has accrued up to here
    balance: Ints  # principal owed that is not overdue
    rate: Ints
    factor: Ints  # what every 1e10 fen owe since interest was last settled
    days: Ints  # the days in that factor
    least_days: Ints  # days of interest that are owed on the day of the drawdown
    instalments: Ints  # agreed number
    paid: Ints  # due days behind us
    interest_only: Ints  # the first so many carry no principal
    style: Ints
    level: Ints  # the equal payment, or the equal slice of principal
    month: Ints  # in which the last due day behind us lay, or one before the first would have
    due_day: Ints
    due: Ints  # next due date
    instalment_fee: Ints
    fee_rate: Ints  # of principal repaid early
    settles_whole: Bools
    moment: Ints  # what happened last, as a day and a phase of it
    refused: Bools
    rounding: Ints | None  # places in ROUNDINGS; None is half up for all
    residual: Residual | None
    thirty: Thirty | None
    relief: Relief | None
    holiday: Holiday | None
    prepaid: Prepaid | None
    late: Arrears | None

    def __len__(self) -> int:
        """Return how many loans still have something ahead of them."""
        return len(self.loan)

    @property
    def number(self) -> Ints:
        """Return the number of the last instalment: due days let pass in a holiday have none."""
        return self.paid if self.holiday is None else self.paid - self.holiday.ended

    def rounded(self, rows: Rows, amount: Ints, factor: Ints) -> Ints:
        """Return amount x factor / 1e10 in fen, rounded as agreed."""
        return np.asarray(divided(amount * factor, RATE_SCALE, self.rounding_of(rows)))

    def rounding_of(self, rows: Rows) -> Ints | None:
        """Return how sums are rounded, None where all are half up."""
        return None if self.rounding is None else self.rounding[rows]

    def accrue(self, rows: Rows, at: Ints) -> None:
        """Let interest run to the day `at`: a factor grows, no amount is rounded."""
        rate, date = self.rate[rows], self.date[rows]
        days = self._counted_until(rows, at)
        if self.late is not None:
            self.late.accrue(rows, rate, at - date)
            if not self.balance[rows].all():  # on what is overdue only the penalty runs
                days = days * (self.balance[rows] > 0)
        if self.relief is not None:
            waived = self._counted_between(rows, self.relief.waiver_until[rows], at)
            relieved = self._counted_between(rows, self.relief.until[rows], at)
            self.relief.accrue(rows, rate, waived, relieved)
        if self.thirty is not None:
            self.thirty.counted[rows] += days * self.thirty.agreed[rows]
        self.factor[rows] += rate * days
        self.days[rows] += days
        self.date[rows] = at

    def _counted_between(self, rows: Rows, last: Ints, at: Ints) -> Ints:
        """Return the days of interest from the book's date until a last day, at most until `at`."""
        until = np.minimum(last, at)
        return np.where(until > self.date[rows], self._counted_until(rows, until), 0)

    def _counted_until(self, rows: Rows, at: Ints) -> Ints:
        """Return the days of interest from the book's date until then."""
        days = at - self.date[rows]
        if self.thirty is None:
            return days
        due, due_day = self.due[rows], self.due_day[rows]
        return self.thirty.days(rows, days, at, due, due_day, self.holiday)

    def next_due(self, rows: Rows, ahead: int | Ints) -> Ints:
        """Return the due date `ahead` instalments from the last one paid."""
        return due_date(self.month[rows] + ahead, self.due_day[rows])

    def growths(self, rows: Rows, periods: int) -> Ints:
        """Return 1e10 + factor of each of so many due periods from here on, a row each."""
        dates = due_dates(self.month[rows], self.due_day[rows], periods + 1)
        dates[0] = self.date[rows]
        days, thirty = dates[1:] - dates[:-1], self.thirty
        if thirty is not None:
            agreed = thirty.agreed[rows]
            days = np.where(agreed, 30, days)
            days[:1] = np.where(agreed, thirty.period[rows] - thirty.counted[rows], days[:1])
        growths = RATE_SCALE + self.rate[rows] * days
        growths[:1] += self.factor[rows]
        return growths

    def least(self, rows: Rows) -> Ints:
        """Return the days of interest that are owed although none has passed."""
        return np.asarray(self.least_days[rows] * (self.date[rows] == self.start[rows]))

    def factors(self, rows: Rows) -> tuple[Ints, Ints, Ints]:
        """Return the factor to settle today, and what a holiday and a coupon let off of it."""
        least, rate, relief = self.least(rows), self.rate[rows], self.relief
        factor = self.factor[rows] + rate * least
        if relief is None:
            return factor, NOTHING, NOTHING
        waived = relief.waiver_until[rows] > self.date[rows]
        relieved = (relief.until[rows] > self.date[rows]) & ~waived
        waiver = relief.waiver[rows] + rate * least * waived
        return factor, waiver, relief.coupon[rows] + relief.of_rate(rows, rate) * least * relieved

    def interest(self, rows: Rows, amount: Ints) -> Interest:
        """Return the interest to pay on `amount` since it was last settled, and what is let off.

        `amount` includes what was prepaid today; the part that a coupon does not reach goes first.
        """
        if self.relief is None:
            return self.rounded(rows, amount, self.factors(rows)[0]), NOTHING, NOTHING
        owed, most = self.balance[rows], self.relief.left[rows]
        if self.prepaid is not None:
            today = self.prepaid.today(rows, self.date[rows])
            if today:
                owed, most = owed + today["principal"], most + today["by_coupon"]
        beyond = amount - owed + self.relief.most_principal[rows]
        free = np.minimum(amount, np.maximum(beyond, 0))
        return let_off(amount, *self.factors(rows), free, most, self.rounding_of(rows))

    def principal(self, rows: Rows) -> Ints:
        """Return all principal owed, overdue or not."""
        principal = self.balance[rows]
        if self.late is not None:
            late, places = self.late.among(rows)
            if late.size:
                principal = np.array(principal)
                principal[late] += kept(self.late.principal, places).sum(0)
        return principal

    def overdue(self, rows: Rows) -> Ints:
        """Return all that is overdue today."""
        if self.late is None:
            return np.zeros_like(self.balance[rows])
        return self.late.total(rows, self.date[rows])

    def in_holiday(self, rows: Rows) -> Bools:
        """Tell which loans are in a payment holiday."""
        if self.holiday is None:
            return np.zeros(self.balance[rows].shape, np.bool_)
        return self.holiday.runs(rows)

    def carried(self, rows: Rows) -> Ints:
        """Return the interest of a holiday that waits to be paid."""
        if self.holiday is None:
            return np.zeros_like(self.balance[rows])
        return self.holiday.carried[rows]

    def bill(self, rows: Rows) -> tuple[Ints, Ints]:
        """Settle the interest on the whole balance; return what is to be paid, and what is let off.

        The interest of a holiday, carried until now, is paid with it.
        """
        interest, waived, by_coupon = self.interest_run_up(rows)
        self.factor[rows] = self.days[rows] = 0
        self.settled(rows, by_coupon)
        if self.holiday is not None:
            interest = interest + self.holiday.carried[rows]
            self.holiday.carried[rows] = 0
        return interest, waived

    def interest_run_up(self, rows: Rows) -> Interest:
        """Return the interest on the whole balance, without the least day, and what is let off."""
        balance, factor, relief = self.balance[rows], self.factor[rows], self.relief
        if relief is None:
            return self.rounded(rows, balance, factor), NOTHING, NOTHING
        free = np.minimum(balance, relief.most_principal[rows])
        off = relief.waiver[rows], relief.coupon[rows], free, relief.left[rows]
        return let_off(balance, factor, *off, self.rounding_of(rows))

    def settled(self, rows: Rows, by_coupon: Ints) -> None:
        """Begin to let off anew: the interest on the whole balance has just been settled."""
        if self.relief is not None:
            self.relief.forget(rows)
            self.relief.left[rows] -= by_coupon

    def forget_interest(self, rows: Rows) -> None:
        """Let interest begin anew from today: it has been settled, or let off."""
        self.factor[rows] = self.days[rows] = 0
        if self.relief is not None:
            self.relief.forget(rows)

    def is_beyond(self, rows: Rows) -> Bools:
        """Tell where the debt has grown so much that its interest does not fit whole numbers."""
        balance, factor = self.balance[rows], np.maximum(self.factor[rows], self.fee_rate[rows])
        return np.asarray(balance * factor.astype(np.float64) > MOST_PRODUCT)

    def lengthen(self, rows: Rows, days: Ints) -> None:
        """Let the running due period count so many days more, where it counts thirty."""
        if self.thirty is not None:
            self.thirty.period[rows] += days

    def next_period(self) -> None:
        """Move on to the next due period; interest has just been settled on the whole balance."""
        if self.thirty is not None:
            self.thirty.begin(EVERYONE, self.date)
        self.due = self.next_due(EVERYONE, 1)
        if self.late is not None:
            self.due[self.balance == 0] = NO_DUE_DAY


def open_book(terms: Mapping[str, npt.NDArray[Any]], may_bring: Set[str]) -> Book:
    """Draw the loans of a block: from here on interest runs.

    `may_bring` names what the decisions to come may bring: "relief", "holidays", "prepayments",
    "arrears".
    """
    size, start, thirty = len(terms["start"]), terms["start"], terms["thirty"]
    days = terms["both_ends"].astype(np.int64)  # of interest on the day of the drawdown itself
    rounding = terms["rounding"] if terms["rounding"].any() else None
    first = terms["residual_first"]
    parts = {
        "rounding": rounding,
        "residual": Residual.zeros(size, first=first) if first.any() else None,
        "thirty": _thirty(terms) if thirty.any() else None,
        "relief": no_relief(size) if "relief" in may_bring else None,
        "holiday": Holiday.zeros(size) if "holidays" in may_bring else None,
        "prepaid": Prepaid.zeros(size) if "prepayments" in may_bring else None,
        "late": no_arrears(terms, rounding) if "arrears" in may_bring else None,
    }
    return Book.zeros(
        size,
        **{name: terms[name] for name in _AS_AGREED},
        **{name: np.array(terms[name]) for name in _AT_FIRST},
        loan=np.arange(size, dtype=np.intp),
        date=np.array(start),
        balance=np.array(terms["principal"]),
        factor=terms["rate"] * days,
        days=days,
        least_days=1 - days,
        month=np.array(terms["anchor"]),
        due=due_date(terms["anchor"] + 1, terms["due_day"]),
        refused=np.zeros(size, np.bool_),
        **parts,
    )


def _thirty(terms: Mapping[str, npt.NDArray[Any]]) -> Thirty:
    period, since = np.array(terms["first_period"]), np.array(terms["start"])
    return Thirty.zeros(len(since), agreed=terms["thirty"], period=period, since=since)
