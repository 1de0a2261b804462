"""All that a plan is made for: the debts as they stand today, the cash, what may be decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jiebei.language.errors import JiebeiError
from jiebei.language.words import Text, Words
from jiebei.life.debts.debt import Debt
from jiebei.life.household.budget import Budget
from jiebei.life.offers.offers import Coupon, Offer
from jiebei.loan.loan import Loan
from jiebei.units.days import iso, one_day
from jiebei.units.reading import money, yearly_rate

__all__ = ["Again", "Borrower", "Extension"]


@dataclass(frozen=True)
class Extension:
    """An extension that the lender of the first loan offers (展期); see `Loan.extend`.

    It is taken on the day `on`, or on a due day of the loan until the day `until`, if there is one.
    """

    months: int
    on: Any
    fee: float = 0.0
    daily_rate: float | None = None
    until: Any = None


@dataclass(frozen=True)
class Again:
    """What may be drawn again on the line of the first loan (循环额度).

    Attributes
    ----------
    limit : yuan
        The limit; what is owed on the line, and what is drawn, stays within it. Nothing is drawn
        on days on which as much or more would be owed as agreed.
    months : int
        The term of a new loan.
    daily_rate : decimal, optional
        The loan's own, if not given.
    """

    limit: float
    months: int
    daily_rate: float | None = None


@dataclass(frozen=True, eq=False)
class Borrower:
    """Hold a borrower on one day (今天的全部家底).

    Attributes
    ----------
    loans : tuple of Loan
        On this line, each one scenario, nothing overdue; the first is the one that can be extended
        or have a coupon. What has been paid so far is in them: see `Loan.with_history`.
    budget : Budget
        `since` is today, `reserve` the cash in hand; income and spending come on paydays.
    keep : yuan
        The reserve below which cash never falls (备用金).
    savings_rate : decimal
        What cash earns a year, effective.
    debts : tuple of Debt
        Other lenders, as `jiebei.life.debts.debt.read` returns them, on the day of today.
    extensions, coupons, offers : tuples
        At most one extension and one coupon is taken; any of the offers.
    again : Again, optional
        Whether the line lends again.
    least : yuan
        The least principal that this line takes early at once (起还金额), but for all that is owed.

    Raises
    ------
    JiebeiError
        For several scenarios, nothing owed, debts of another day, amounts that are none.

    Examples
    --------
    >>> loan = Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> budget = Budget(12_000, 6_000, reserve=25_000, since="2026-12-01")
    >>> Borrower((loan,), budget, keep=5_000, savings_rate=0.02).today
    20788
    """

    loans: tuple[Loan, ...]
    budget: Budget
    keep: float = 0.0
    savings_rate: float = 0.0
    debts: tuple[Debt, ...] = ()
    extensions: tuple[Extension, ...] = ()
    coupons: tuple[Coupon, ...] = ()
    offers: tuple[Offer, ...] = ()
    again: Again | None = None
    least: float = 0.0

    def __post_init__(self) -> None:
        """Check what was given."""
        money(self.keep, "keep", zero=True)
        money(self.least, "prepay_least", zero=True)
        yearly_rate(self.savings_rate, "savings_rate")
        if not self.loans and not self.debts:
            raise JiebeiError("error.best_nothing")
        for each in self.loans:
            if each.shape:
                raise JiebeiError("error.best_scenarios", shape=each.shape)
            owed = each.owed(iso(self.today))
            if owed.overdue:
                raise JiebeiError("error.best_overdue", today=iso(self.today))
            if not owed.total:
                raise JiebeiError("error.best_closed", today=iso(self.today))
        for debt in self.debts:
            if debt.start != self.today:
                shown = {"start": iso(debt.start), "today": iso(self.today)}
                raise JiebeiError("error.best_day", name=debt.name, **shown)

    @property
    def today(self) -> int:
        """Return the day of the question, days since 1970-01-01."""
        return int(one_day(self.budget.since, "since"))

    def names(self) -> Iterator[Text]:
        """Yield what each debt is called: this line's first."""
        for place in range(len(self.loans)):
            key = "column.this_line" if len(self.loans) == 1 else "best.loan"
            yield Words(key) if len(self.loans) == 1 else Words(key, n=place + 1)
        for debt in self.debts:
            yield debt.name
