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
from jiebei.life.best.lanes import (
    Lane,
    as_loan,
    card,
    due_days,
    family,
    is_new,
    of_loan,
    with_early,
)
from jiebei.life.best.uneven import spread_anew
from jiebei.life.debts.debt import payday
from jiebei.life.household.budget import Months
from jiebei.life.offers.offers import Coupon, Need, Offer
from jiebei.loan.loan import Loan
from jiebei.units.days import Ints, iso, one_day
from jiebei.value.worth import DAYS_A_YEAR

__all__ = ["Ground", "ground"]

YEAR = 12
OFFERED = 3  # paydays on which another lender's offer stands
WAIT = 0.25  # yuan: where to wait a day could gain as much, tomorrow is looked at too
LATER = 3  # due days, after its first, on which a coupon may be used


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
    waits : yuan
        The most that repaying tomorrow could gain, where that is not one of the days.
    """

    borrower: Borrower
    lanes: tuple[Lane, ...]
    days: Ints
    net: Any
    waits: float = 0.0

    @property
    def growth(self) -> Any:
        """Return what a yuan of cash grows to from each day to the next."""
        return (1 + self.borrower.savings_rate) ** (np.diff(self.days) / DAYS_A_YEAR)

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
    ends, new = _ends(borrower, last), [each for each in lanes if is_new(each, borrower.today)]
    waits = _waiting(borrower, new)
    tomorrow = np.array([borrower.today + 1] if waits >= WAIT else [], np.int64)
    days = np.unique(np.concatenate([usual, ends, tomorrow]))
    net = np.zeros(len(days))
    comes = (months.income - months.expenses - months.other_loans) / 100
    comes[0] = months.cash[0] / 100
    net[np.searchsorted(days, months.date)] = comes
    opened = []
    for each in lanes:
        more = [ends] * (each.free is not None) + [tomorrow] * (each in new)
        opened.append(with_early(each, np.unique(np.concatenate([usual, *more]))))
    return Ground(borrower, tuple(opened), days, net, 0.0 if len(tomorrow) else waits)


def _waiting(there: Borrower, new: list[Lane]) -> float:
    """Return the most that it could gain to repay tomorrow what is repaid today, in yuan.

    A loan drawn today owes a day of interest in any case, and until tomorrow the cash earns.
    """
    owed = sum({each.debt: each.owed for each in new}.values())
    cash = min(max(there.budget.reserve - there.keep, 0.0), 1.1 * owed)
    return float(cash * ((1 + there.savings_rate) ** (1 / DAYS_A_YEAR) - 1))


def _ends(there: Borrower, last: int) -> Ints:
    """Return the days on which a coupon ends: until then a yuan of it costs nothing to keep."""
    ends = list[int]()
    for each in there.coupons if there.loans else ():
        if each.days is not None:
            terms = there.loans[0].terms
            days = _usable(each, due_days(there.loans[0], there.today), there.today)
            counted = bool(terms["both_ends"]) and int(terms["start"]) == there.today
            ends += [day + each.days - (counted and day == there.today) for day in days]
        if each.expires is not None:
            expires = int(one_day(each.expires, "expires"))
            ends += [expires, expires + 1]
    found = np.array(ends, np.int64)
    return found[(found > there.today) & (found < last)]


def _once(lanes: list[Lane]) -> Iterator[Ints]:
    for each in lanes:
        yield np.array([each.begins, *(day for day, _ in each.once)], np.int64)


def _owed(borrower: Borrower) -> Iterator[Lane]:
    """Yield every way of what is owed, but for cards."""
    names, today = list(borrower.names()), borrower.today
    for number, loan in enumerate(borrower.loans):
        for way in [Way(loan)] if number else _ways(borrower, loan):
            lane = of_loan(number, names[number], _always(way.loan), way.loan, today)
            lane = replace(lane, takes=way.takes, on_line=True, least=borrower.least)
            lane = _let_off(lane, way, today)
            yield spread_anew(lane, _bare(way), today)
            if not (lane.once or way.recast):
                yield from _kept(lane, way.loan)
    for number, debt in enumerate(borrower.debts, start=len(borrower.loans)):
        if debt.kind == "family":
            yield family(number, debt)
        elif debt.kind == "loan":
            loan = as_loan(debt)
            lane = of_loan(number, debt.name, _always(loan), loan, today)
            yield lane
            yield from _kept(lane, loan)


def _always(loan: Loan) -> Callable[[float], Loan]:
    return lambda _: loan


@dataclass(frozen=True, eq=False)
class Way:
    """One way of the first loan: as agreed, or with what is taken on some days."""

    loan: Loan
    takes: tuple[tuple[int, Text], ...] = ()
    coupon: Coupon | None = None
    begins: int = 0  # the first day of the coupon
    recast: bool = False  # whether its instalment is another from a day to come on


def _ways(borrower: Borrower, loan: Loan) -> Iterator[Way]:
    """Yield the loan as agreed, and with each extension and coupon, soon or on a coming due day.

    With an extension a coupon is used as soon as it can be.
    """
    due = due_days(loan, borrower.today)
    coupons = [(each, _usable(each, due, borrower.today)) for each in borrower.coupons]
    yield Way(loan)
    for coupon, days in coupons:
        yield from (_with(Way(loan), coupon, day) for day in days)
    for each in borrower.extensions:
        for on in _stands(each, due):
            longer = loan.extend(each.months, on=iso(on), fee=each.fee, daily_rate=each.daily_rate)
            key = "best.extend_once" if loan.method == "bullet" else "best.extend"
            takes = ((on, Words(key, months=each.months)),)
            way = Way(longer, takes, recast=on > borrower.today)
            yield way
            for coupon, days in coupons:
                yield from (_with(way, coupon, day) for day in days[:1])


def _with(way: Way, coupon: Coupon, day: int) -> Way:
    """Use a coupon from a day on."""
    takes = (*way.takes, (day, Words("best.coupon", coupon=coupon.words)))
    return replace(way, loan=_use(coupon, way.loan, day), takes=takes, coupon=coupon, begins=day)


def _usable(coupon: Coupon, due: Ints, today: int) -> list[int]:
    """Return when a coupon can be used: today, or from its first day on, and on due days."""
    begins = today if coupon.begins is None else int(one_day(coupon.begins, "begins"))
    limits = [each for each in (coupon.use_by, coupon.expires) if each is not None]
    last = min((int(one_day(each, "use_by")) for each in limits), default=int(due[-1]))
    first = max(begins, today)
    days = [first, *(int(day) for day in due if first < day)]
    return [day for day in days if day <= last and day < due[-1]][: 1 + LATER]


def _stands(each: Extension, due: Ints) -> list[int]:
    """Return the days on which an extension can be taken."""
    on = int(one_day(each.on, "on"))
    until = on if each.until is None else int(one_day(each.until, "until"))
    return [on, *(int(day) for day in due[(due > on) & (due <= until)][:YEAR])]


def _use(coupon: Coupon, loan: Loan, day: int) -> Loan:
    limits = {name: getattr(coupon, name) for name in ("principal", "cap", "expires")}
    return loan.coupon(coupon.days, coupon.off, iso(day), instalments=coupon.instalments, **limits)


def _let_off(lane: Lane, way: Way, today: int) -> Lane:
    """Write what a coupon lets off apart from what is paid: its part, its slice, its cap."""
    coupon = way.coupon
    if coupon is None:
        return lane
    bare = _bare(way)
    free = _use(replace(coupon, principal=None, cap=None), bare, way.begins)
    without = of_loan(lane.debt, lane.name, _always(bare), bare, today)
    whole = of_loan(lane.debt, lane.name, _always(free), free, today)
    return replace(
        lane,
        pays=without.pays,
        interest=without.interest,
        waives=without.pays - whole.pays,
        free=free,
        slice=np.inf if coupon.principal is None else coupon.principal,
        cap=np.inf if coupon.cap is None else coupon.cap,
    )


def _bare(way: Way) -> Loan:
    """Return the loan of a way without its coupon, which came last."""
    return way.loan._deciding(way.loan.decisions[:-1]) if way.coupon else way.loan


def _kept(lane: Lane, loan: Loan) -> Iterator[Lane]:
    """Yield the lane that keeps its instalment, with a fee or a least amount.

    Without them nothing is lost by letting the instalment fall and repaying the rest of it.
    """
    style, only = int(loan.terms["style"]), int(loan.terms["interest_only"])
    if (
        not (loan.terms["fee_rate"] or lane.least)
        or style == NO_INSTALMENT
        or only
        or len(lane.due) < 2
    ):
        return
    slices = style != LEVEL
    level = lane.spread[0] - lane.spread[1] if slices else lane.pays[0] * lane.owed
    yield replace(lane, level=float(level), by_slices=slices)


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
            most = _most(borrower) if offer.limit is None else offer.limit
            name = Words("best.offer", name=offer.name, on=iso(day))
            for part, free in _parts(offer, int(day)):
                play = partial(_offered, part, term, int(day))
                lane = _new(number, name, play, most, int(day), fee=offer.monthly_fee)
                yield replace(lane, lender=offer.name, early_from=free)
                number += 1


def _parts(offer: Offer, day: int) -> Iterator[tuple[Offer, int]]:
    """Yield what is drawn of an offer, and from when on it can be repaid early.

    Where the fee on that is asked for some months only, a part may be repaid at once with it, and
    the other part from then on without it.
    """
    if offer.prepay_fee_months is not None:
        yield replace(offer, prepay_fee_rate=0.0), payday(day, offer.prepay_fee_months)
    yield offer, 0


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
