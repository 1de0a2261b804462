"""All lanes of a borrower: each debt in every way that can be chosen, and what may be drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from jiebei.engine.book import LEVEL, NO_INSTALMENT
from jiebei.language.words import Text, Words
from jiebei.life.best.borrower import Again, Borrower, Extension
from jiebei.life.best.lanes import Lane, as_loan, card, family, of_loan, with_early
from jiebei.life.debts.debt import payday
from jiebei.life.household.budget import Months
from jiebei.life.offers.offers import Coupon, Need, Offer
from jiebei.loan.loan import Loan
from jiebei.units.days import Ints, iso

__all__ = ["Ground", "ground"]

YEAR = 12
OFFERED = 3  # paydays on which another lender's offer stands


@dataclass(frozen=True, eq=False)
class Ground:
    """What a programme is laid out on.

    Attributes
    ----------
    borrower : Borrower
    lanes : tuple of Lane
    days : int array
        Today, and every day on which anything falls due or comes in.
    net : float array
        Yuan that come in less what is spent, on each of these days; today the cash in hand.
    """

    borrower: Borrower
    lanes: tuple[Lane, ...]
    days: Ints
    net: Any

    @property
    def growth(self) -> Any:
        """Return what a yuan of cash grows to from each day to the next."""
        return (1 + self.borrower.savings_rate) ** (np.diff(self.days) / 365)

    @property
    def months(self) -> Months:
        """Return what comes in and what is spent: today, and on every payday."""
        return self.borrower.budget.months(iso(int(self.days[-1])))


def ground(borrower: Borrower) -> Ground:
    """Read every lane from the engine, and lay them on one calendar.

    Examples
    --------
    >>> from jiebei.life.household.budget import Budget
    >>> loan = Loan(50_000, daily_rate=0.0004, months=3, start="2026-12-01")
    >>> budget = Budget(22_000, 4_000, reserve=9_000, since="2026-12-01", payday=15)
    >>> found = ground(Borrower((loan,), budget))
    >>> [iso(each) for each in found.days[:4]]
    ['2026-12-01', '2026-12-15', '2027-01-01', '2027-01-15']
    """
    lanes = list(_owed(borrower))
    last = max((int(each.due[-1]) for each in lanes), default=borrower.today)
    if any(debt.kind == "card" for debt in borrower.debts):
        last = max(last, payday(borrower.today, YEAR))
    lanes += _drawn(borrower, last)
    last = max((int(each.due[-1]) for each in lanes), default=last)
    number = len(borrower.loans)
    for place, debt in enumerate(borrower.debts, start=number):
        if debt.kind == "card":
            lanes.append(card(place, debt, last))
    last = max(last, *(int(each.due[-1]) for each in lanes))
    months = borrower.budget.months(iso(last))
    usual = np.unique(np.concatenate([months.date, *(each.due for each in lanes), *_once(lanes)]))
    days = np.union1d(usual, _ends(borrower, last))
    net = np.zeros(len(days))
    comes = (months.income - months.expenses - months.other_loans) / 100
    comes[0] = months.cash[0] / 100
    net[np.searchsorted(days, months.date)] = comes
    open_on = ((each, usual if each.free is None else days) for each in lanes)
    return Ground(borrower, tuple(with_early(*each) for each in open_on), days, net)


def _ends(borrower: Borrower, last: int) -> Ints:
    """Return the days on which a coupon ends: until then a yuan of it costs nothing to keep."""
    ends = list[int]()
    for each in borrower.coupons if borrower.loans else ():
        if each.days is not None:
            terms = borrower.loans[0].terms
            counted = bool(terms["both_ends"]) and int(terms["start"]) == borrower.today
            ends.append(borrower.today + each.days - counted)
        if each.expires is not None:
            expires = int(np.datetime64(each.expires, "D").astype(np.int64))
            ends += [expires, expires + 1]
    found = np.array(ends, np.int64)
    return found[(found > borrower.today) & (found < last)]


def _once(lanes: list[Lane]) -> Iterator[Ints]:
    for each in lanes:
        yield np.array([each.begins, *(day for day, _ in each.once)], np.int64)


def _owed(borrower: Borrower) -> Iterator[Lane]:
    """Yield every way of what is owed, but for cards."""
    names = list(borrower.names())
    for number, loan in enumerate(borrower.loans):
        for way, changed, coupon in _ways(borrower, loan, number):
            lane = of_loan(number, names[number], _always(changed), changed, borrower.today)
            lane = replace(lane, way=way, on_line=True)
            lane = _let_off(lane, coupon, borrower.today)
            yield from [lane] if lane.once else _kept(lane, changed)
    for number, debt in enumerate(borrower.debts, start=len(borrower.loans)):
        if debt.kind == "family":
            yield family(number, debt)
        elif debt.kind == "loan":
            loan = as_loan(debt)
            lane = of_loan(number, debt.name, _always(loan), loan, borrower.today)
            yield from _kept(lane, loan)


def _always(loan: Loan) -> Callable[[float], Loan]:
    return lambda _: loan


def _ways(
    borrower: Borrower, loan: Loan, number: int
) -> Iterator[tuple[Text, Loan, Coupon | None]]:
    """Yield the loan as agreed, and with each extension and coupon: its name, and what it is."""
    yield "", loan, None
    if number:
        return
    today = iso(borrower.today)
    coupons = [each for each in borrower.coupons if _still(each, borrower.today)]
    for coupon in coupons:
        yield Words("best.coupon", coupon=coupon.words), _use(coupon, loan, today), coupon
    for each in borrower.extensions:
        longer = _longer(each, loan)
        words = Words("best.extend", months=each.months, on=each.on)
        yield words, longer, None
        for coupon in coupons:
            both = Words("best.extend_coupon", months=each.months, on=each.on, coupon=coupon.words)
            yield both, _use(coupon, longer, today), coupon


def _still(coupon: Coupon, today: int) -> bool:
    """Tell whether a coupon can be used today."""
    last = [each for each in (coupon.use_by, coupon.expires) if each is not None]
    return all(np.datetime64(each, "D").astype(np.int64) >= today for each in last)


def _use(coupon: Coupon, loan: Loan, today: str) -> Loan:
    limits = {name: getattr(coupon, name) for name in ("principal", "cap", "expires")}
    used = loan.coupon(coupon.days, coupon.off, today, instalments=coupon.instalments, **limits)
    return used


def _longer(each: Extension, loan: Loan) -> Loan:
    return loan.extend(each.months, on=each.on, fee=each.fee, daily_rate=each.daily_rate)


def _let_off(lane: Lane, coupon: Coupon | None, today: int) -> Lane:
    """Write what a coupon lets off apart from what is paid: its part, its slice, its cap."""
    if coupon is None:
        return lane
    plays = lane.play
    assert callable(plays)
    bare = plays(0.0)._deciding(plays(0.0).decisions[:-1])
    free = replace(coupon, principal=None, cap=None)
    without = of_loan(lane.debt, lane.name, plays, bare, today)
    whole = of_loan(lane.debt, lane.name, plays, _use(free, bare, iso(today)), today)
    return replace(
        lane,
        pays=without.pays,
        interest=without.interest,
        waives=without.pays - whole.pays,
        free=_use(free, bare, iso(today)),
        slice=np.inf if coupon.principal is None else coupon.principal,
        cap=np.inf if coupon.cap is None else coupon.cap,
    )


def _kept(lane: Lane, loan: Loan) -> Iterator[Lane]:
    """Yield a lane, and with a fee on early repayment the one that keeps its instalment.

    Without a fee nothing is lost by letting the instalment fall and repaying the rest of it.
    """
    yield lane
    style, only = int(loan.terms["style"]), int(loan.terms["interest_only"])
    if not loan.terms["fee_rate"] or style == NO_INSTALMENT or only or len(lane.due) < 2:
        return
    slices = style != LEVEL
    paid = 1 - lane.keeps[0] if slices else lane.pays[0]
    way = Words("best.kept") if not lane.way else Words("best.kept_too", way=lane.way)
    yield replace(lane, way=way, level=paid * lane.owed, by_slices=slices)


def _drawn(borrower: Borrower, last: int) -> Iterator[Lane]:
    """Yield what may be drawn: on this line on any payday, of other lenders soon."""
    months = borrower.budget.months(iso(last)).date
    number = len(borrower.loans) + len(borrower.debts)
    again = borrower.again
    if again is not None and borrower.loans and again.limit > 0:
        for day in months[:-1]:
            play = partial(_again, borrower.loans[0], again, int(day))
            name = Words("best.again", on=iso(day))
            yield _new(number, name, play, again.limit, int(day), on_line=True)
            number += 1
    if not borrower.offers:
        return
    term = max((len(each.due) for each in _owed(borrower)), default=YEAR)
    for offer in borrower.offers:
        for day in months[:OFFERED]:
            play = partial(_offered, offer, term, int(day))
            most = _most(borrower) if offer.limit is None else offer.limit
            name = Words("best.offer", name=offer.name, on=iso(day))
            lane = _new(number, name, play, most, int(day), fee=offer.monthly_fee)
            yield replace(lane, lender=offer.name)
            number += 1


def _most(borrower: Borrower) -> float:
    """Return all that is owed: nobody borrows more to repay it."""
    owed = sum(each.owed(iso(borrower.today)).total for each in borrower.loans)
    return float(owed + sum(float(each.balance) / 100 for each in borrower.debts))


def _again(loan: Loan, again: Again, day: int, amount: float) -> Loan:
    rate = loan.daily_rate if again.daily_rate is None else again.daily_rate
    line = loan.reborrow(amount, on=iso(day), months=again.months, daily_rate=rate)
    drawn = line.loans[-1]
    assert isinstance(drawn, Loan)
    return drawn._deciding(())


def _offered(offer: Offer, months: int, day: int, amount: float) -> Loan:
    [loan] = offer.loans(Need({iso(day): amount}, months, "equal_instalment"))
    return loan


def _new(
    number: int,
    name: Text,
    play: Callable[[float], Loan],
    most: float,
    day: int,
    on_line: bool = False,
    fee: float = 0.0,
) -> Lane:
    loan = play(most)
    lane = of_loan(number, name, play, loan, day, drawn=True, on_line=on_line)
    cost = float(loan.drawdown_fee)
    if fee:  # of the first principal with every instalment: in proportion, as nothing is early
        opening = most * np.concatenate([[1.0], np.cumprod(lane.keeps)[:-1]])
        lane = replace(lane, pays=lane.pays + lane.fixed / opening, fixed=np.zeros(len(opening)))
    return replace(lane, owed=most, begins=day, once=((day, cost),) if cost else ())
