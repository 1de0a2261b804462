"""How a debt moves from payday to payday, in all scenarios at once: a loan, a card, family money.

A ledger is billed once a month, which pays what must be paid; then it may take more, or lend more.
What happens is added to the month's row of that debt: arrays in fen, one place a scenario.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Protocol

import numpy as np

from jiebei.engine.book import EVERYONE, open_book
from jiebei.engine.instalments import level_of, recast, worth_of_level
from jiebei.life.debts.debt import NO_LIMIT, Debt
from jiebei.loan.terms import INTEREST_ONLY_MONTHS, MOST_MONTHS
from jiebei.units.days import Ints
from jiebei.units.fen import RATE_SCALE, half_up

__all__ = ["MOST", "PARTS", "Ledger", "Row", "open_ledger"]

PARTS = ("drawn", "interest", "penalty", "fee", "principal", "capitalised")
MOST = 900_000_000  # fen; beyond it a share would not fit, and nobody gets free of as much
NEVER = 10**6  # instalments
INTEREST_ONLY = {
    "interest_only": NEVER,
    "bullet": NEVER,
    "interest_then_equal": INTEREST_ONLY_MONTHS,
}

Row = dict[str, Ints]


class Ledger(Protocol):
    """What one lender has written down, in all scenarios."""

    @property
    def owed(self) -> Ints:
        """Return what is owed now."""

    def bill(self, day: int, row: Row) -> None:
        """Let interest run to the payday, and pay what must be paid."""

    def pay(self, places: Ints, cash: Ints, row: Row) -> Ints:
        """Take cash in these scenarios, at most what is owed; return what was taken."""

    def lend(self, amount: Ints, day: int, months: Any, row: Row) -> None:
        """Lend more on that day; a loan over so many months."""


def open_ledger(debt: Debt, size: int) -> Ledger:
    """Return the ledger of a debt for so many scenarios."""
    kinds: dict[str, Callable[[Debt, int], Ledger]] = {
        "loan": LoanLedger,
        "card": CardLedger,
        "family": FamilyLedger,
    }
    return kinds[debt.kind](debt, size)


class Contract:
    """One loan in instalments, all scenarios at once.

    The equal instalment is always the engine's own: that of a loan of what is owed today, over the
    instalments that remain. After a payment on top it is lower, as after `Loan.pay_extra`.
    """

    def __init__(self, debt: Debt, principal: Ints, start: int, months: Any) -> None:
        self.debt, self.date, self.paid = debt, start, 0
        self.balance = np.array(principal)
        self.months = np.broadcast_to(months, self.balance.shape)
        self.rate = np.broadcast_to(debt.rate, self.balance.shape)
        self.factor = np.zeros_like(self.balance)  # since interest was last settled
        self.level = np.zeros_like(self.balance)
        self.interest_only = INTEREST_ONLY.get(debt.method, 0)
        self._recast(np.arange(len(self.balance), dtype=np.intp))

    def _recast(self, places: Ints) -> None:
        """Ask the engine for the equal instalment, or the equal slice of principal, from here."""
        places = places[(self.balance[places] > 0) & (self.months[places] > self.paid)]
        if self.paid < self.interest_only or not places.size:
            return
        asked = self.balance[places], self.rate[places], self.months[places] - self.paid
        if self.debt.method == "equal_principal":
            self.level[places] = _by_engine(self.debt, self.date, *asked)
            return
        balance, *terms = asked
        (rates, months), back = _told_apart(*terms)
        worth = [_worth(self.debt, self.date, *each) for each in zip(rates, months, strict=True)]
        level, near_tie = level_of(balance, np.array(worth)[back])
        if near_tie.any():
            level[near_tie] = _by_engine(self.debt, self.date, *(each[near_tie] for each in asked))
        self.level[places] = level

    def bill(self, day: int, row: Row) -> None:
        """Pay the instalment of this payday."""
        self.factor += self.rate * (day - self.date)
        self.date, self.paid = day, self.paid + 1
        is_last = self.paid >= self.months
        settles = is_last if self.debt.method == "bullet" else np.ones_like(is_last)
        interest = half_up(self.balance, self.factor) * settles
        level = self.level if self.debt.method == "equal_principal" else self.level - interest
        principal = np.clip(level, 0, self.balance) * (self.paid > self.interest_only)
        principal = np.where(is_last, self.balance, principal)
        self.factor[settles] = 0
        self.balance -= principal
        row["interest"] += interest
        row["principal"] += principal
        if self.paid == self.interest_only:
            self._recast(np.arange(len(self.balance), dtype=np.intp))

    def pay(self, places: Ints, cash: Ints, row: Row) -> Ints:
        """Repay as much principal as the cash covers with its interest and fee."""
        factor, fee_rate = self.factor[places], self.debt.fee_rate
        grows = 1 + (factor + fee_rate) / RATE_SCALE
        amount = np.minimum((cash / grows).astype(np.int64) + 2, self.balance[places])
        for _ in range(4):
            cost = amount + half_up(amount, factor) + half_up(amount, fee_rate)
            amount = amount - (cost > cash)
        interest, fee = half_up(amount, factor), half_up(amount, fee_rate)
        for name, paid in (("interest", interest), ("fee", fee), ("principal", amount)):
            row[name][places] += paid
        self.balance[places] -= amount
        self._recast(places)
        return np.asarray(amount + interest + fee)


def _by_engine(debt: Debt, day: int, balance: Ints, rate: Ints, months: Ints) -> Ints:
    """Ask the engine what each instalment of a loan from this day on takes."""
    by_slices = debt.method == "equal_principal"
    method = "equal_principal" if by_slices else "equal_instalment"
    terms, *_ = debt.loan(balance, day, months, rate, method).flat()
    book = open_book(terms, set())
    recast(book, EVERYONE)
    return book.level


@lru_cache(10_000)  # it does not depend on what is owed, and every order asks for it anew
def _worth(debt: Debt, day: int, rate: int, months: int) -> float:
    """Return what 1 yuan with each instalment from this day on is worth that day."""
    terms, *_ = debt.loan(
        np.array([100_00]), day, months, np.array([rate]), "equal_instalment"
    ).flat()
    return float(worth_of_level(open_book(terms, set()), EVERYONE)[0])


def _told_apart(rate: Ints, months: Ints) -> tuple[tuple[list[int], list[int]], Ints]:
    """Return each pair of rate and months once, and where each is found."""
    key = rate * (MOST_MONTHS + 1) + months
    each, back = (
        np.unique(key, return_inverse=True)
        if np.ptp(key)
        else (key[:1], np.zeros(len(key), np.intp))
    )
    apart = np.divmod(each, MOST_MONTHS + 1)
    return (apart[0].tolist(), apart[1].tolist()), back


class LoanLedger:
    """All loans in instalments of one lender."""

    def __init__(self, debt: Debt, size: int) -> None:
        self.debt = debt
        owed = np.broadcast_to(debt.balance, size)
        self.contracts = [Contract(debt, owed, debt.start, debt.months)]

    @property
    def owed(self) -> Ints:
        """Return the principal of all its loans."""
        return np.asarray(np.sum([each.balance for each in self.contracts], axis=0))

    def bill(self, day: int, row: Row) -> None:
        """Pay the instalments of this payday."""
        for each in self.contracts:
            each.bill(day, row)
        running = [each for each in self.contracts if each.balance.any()]
        self.contracts = running or self.contracts[:1]

    def pay(self, places: Ints, cash: Ints, row: Row) -> Ints:
        """Repay early, the oldest loan first."""
        left = cash.copy()
        for each in self.contracts:
            now = np.flatnonzero((left > 0) & (each.balance[places] > 0))
            if now.size:
                left[now] -= each.pay(places[now], left[now], row)
        return np.asarray(cash - left)

    def lend(self, amount: Ints, day: int, months: Any, row: Row) -> None:
        """Draw a new loan, in some scenarios perhaps one of nothing."""
        if amount.any():
            self.contracts.append(Contract(self.debt, amount, day, months))
            row["drawn"] += amount


class CardLedger:
    """A revolving card: interest joins the statement every month, a share of which must be paid.

    What the statement has above the limit must be paid whole.
    """

    def __init__(self, debt: Debt, size: int) -> None:
        self.debt, self.date = debt, debt.start
        self.owed = np.array(np.broadcast_to(debt.balance, size))

    def bill(self, day: int, row: Row) -> None:
        """Add the month's interest and pay the minimum."""
        debt = self.debt
        days = max(day - max(self.date, debt.free_until), 0)
        statement = np.minimum(self.owed + half_up(self.owed, debt.rate * days), MOST)
        interest = statement - self.owed
        minimum = np.maximum(half_up(statement, debt.minimum_share), debt.minimum_floor)
        above = np.where(debt.limit == NO_LIMIT, 0, statement - debt.limit)
        minimum = np.minimum(np.maximum(minimum, above), statement)
        row["interest"] += np.minimum(minimum, interest)
        row["capitalised"] += np.maximum(interest - minimum, 0)
        row["principal"] += np.maximum(minimum - interest, 0)
        self.owed, self.date = statement - minimum, day

    def pay(self, places: Ints, cash: Ints, row: Row) -> Ints:
        """Pay more than the minimum."""
        return _repay(self.owed, places, cash, row)

    def lend(self, amount: Ints, day: int, months: Any, row: Row) -> None:
        """Take cash from the card; interest runs from that day."""
        self.owed += amount
        row["drawn"] += amount


class FamilyLedger:
    """Money without interest until its deadline; after it a late fee, and interest if so agreed."""

    def __init__(self, debt: Debt, size: int) -> None:
        self.debt, self.date = debt, debt.start
        self.owed = np.array(np.broadcast_to(debt.balance, size))

    def bill(self, day: int, row: Row) -> None:
        """Pay what being late costs: interest since the deadline, and the late fee once."""
        debt = self.debt
        late = max(day - max(self.date, debt.due), 0)
        row["interest"] += half_up(self.owed, debt.rate * late)
        if self.date <= debt.due < day:
            row["penalty"] += debt.late_fee * (self.owed > 0)
        self.date = day

    def pay(self, places: Ints, cash: Ints, row: Row) -> Ints:
        """Pay some of it back."""
        return _repay(self.owed, places, cash, row)

    def lend(self, amount: Ints, day: int, months: Any, row: Row) -> None:
        """Lend no more: it has no limit to lend on."""


def _repay(owed: Ints, places: Ints, cash: Ints, row: Row) -> Ints:
    amount = np.minimum(cash, owed[places])
    owed[places] -= amount
    row["principal"][places] += amount
    return amount
