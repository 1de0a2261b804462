"""Several drawdowns open at once on one line: what they are, and what cash saves on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from jiebei.language.errors import JiebeiError, nearest
from jiebei.language.words import Text, Words
from jiebei.loan.loan import Loan
from jiebei.loan.plan import Plan
from jiebei.units.days import as_days, iso
from jiebei.units.fen import FEN
from jiebei.units.reading import money

__all__ = ["MOST_DRAWN", "Drawdown", "Repaid", "best_use", "open_on", "plan_of", "read", "saved_by"]

MOST_DRAWN = 6
NEEDED = ("amount", "on", "daily_rate")
KNOWN = (*NEEDED, "name", "months", "days", "method")


@dataclass(frozen=True)
class Drawdown:
    """One drawdown (支用): what it is called, and its loan."""

    name: Text
    loan: Loan


class Repaid(NamedTuple):
    """What is repaid early on one drawdown, and what that saves, in yuan."""

    name: Text
    cash: float
    saved: float


def read(rows: Sequence[Mapping[str, Any]], **agreed: Any) -> tuple[Drawdown, ...]:
    """Read the drawdowns of a line as a borrower writes them down (几笔支用).

    Parameters
    ----------
    rows : list of dict
        At most 6: `amount` (yuan), `on` (the day), `daily_rate`, `months` or `days`, and if you
        like `method` and a `name`. In the order of their days they are named so otherwise.
    agreed
        What else the contract says of every one, such as `due_day`: arguments of `Loan`.

    Raises
    ------
    JiebeiError
        For anything missing, unknown or out of range, with the number of the row.

    Examples
    --------
    >>> rows = [
    ...     {"amount": 1_500, "on": "2026-11-27", "daily_rate": 0.0005, "days": 7},
    ...     {"amount": 6_000, "on": "2026-09-01", "daily_rate": 0.0004, "months": 12},
    ... ]
    >>> [str(each.name) for each in read(rows)]
    ['¥6,000 of 2026-09-01', '¥1,500 of 2026-11-27']
    """
    if not isinstance(rows, list | tuple) or len(rows) > MOST_DRAWN:
        raise JiebeiError("error.drawn_rows", most=MOST_DRAWN)
    found = [_drawdown(row, place, agreed) for place, row in enumerate(rows, start=1)]
    found.sort(key=lambda each: int(each.loan.terms["start"]))
    names = [str(each.name) for each in found]
    for name in names:
        if names.count(name) > 1:
            raise JiebeiError("error.drawn_twice", name=name)
    return tuple(found)


def _drawdown(row: Any, place: int, agreed: Mapping[str, Any]) -> Drawdown:
    try:
        if not isinstance(row, Mapping):
            raise JiebeiError("error.drawn_row", row=repr(row))
        for each in row:
            if each not in KNOWN:
                near = nearest(str(each), KNOWN)
                raise JiebeiError("error.drawn_key", key=repr(each), nearest=near)
        for each in NEEDED:
            if each not in row:
                raise JiebeiError("error.drawn_missing", key=each)
        terms = {name: row[name] for name in ("months", "days", "method") if name in row}
        amount, rate = row["amount"], row["daily_rate"]
        money(amount, "amount")
        loan = Loan(amount, daily_rate=rate, start=row["on"], **agreed, **terms)
    except JiebeiError as mistake:
        raise JiebeiError("error.drawn", place=place, words=mistake) from None
    named = Words("drawn.name", amount=float(amount), day=iso(loan.terms["start"]))
    return Drawdown(row.get("name") or named, loan)


def plan_of(drawn: Sequence[Drawdown]) -> Plan:
    """Return all drawdowns as one plan."""
    return Plan(tuple(each.loan for each in drawn))


def open_on(drawn: Sequence[Drawdown], day: Any) -> tuple[Drawdown, ...]:
    """Return the drawdowns of which something is owed at the end of a day, all paid as agreed.

    Raises
    ------
    JiebeiError
        For a drawdown after that day.

    Examples
    --------
    >>> rows = [{"amount": 1_500, "on": "2026-11-20", "daily_rate": 0.0005, "days": 7}]
    >>> len(open_on(read(rows), "2026-11-26")), len(open_on(read(rows), "2026-11-27"))
    (1, 0)
    """
    today = int(as_days(day, "today")[0])
    for each in drawn:
        if each.loan.terms["start"] > today:
            raise JiebeiError("error.drawn_later", name=each.name, today=iso(today))
    return tuple(each for each in drawn if each.loan.owed(iso(today)).principal >= FEN)


def saved_by(loan: Loan, cash: float, on: Any) -> tuple[float, float]:
    """Return what of some cash a drawdown takes, and the interest and fees that this saves.

    Examples
    --------
    5,000 yuan of 10,000 for 7 days at 0.05 % a day, repaid with 4 days to go, saves 4 x 2.50:

    >>> loan = Loan(10_000, daily_rate=0.0005, days=7, start="2027-01-28")
    >>> saved_by(loan, 5_007.50, "2027-01-31")
    (5007.5, 10.0)
    """
    if cash < FEN:
        return 0.0, 0.0
    early = loan.pay_extra(cash, on=on)
    flows = early.cashflows(["event", "payment"])
    taken = flows["payment"][flows["event"].isin(["prepayment", "payoff"])].sum()
    before, after = loan.summary(), early.summary()
    saved = (before.interest + before.fee) - (after.interest + after.fee)
    return round(float(taken), 2), round(float(saved), 2)


def best_use(drawn: Sequence[Drawdown], cash: float, on: Any) -> tuple[Repaid, ...]:
    """Return how cash in hand saves most on open drawdowns (先还哪一笔): where it goes, in order.

    Every order is tried: the first takes what it can, the rest goes to the next.

    Parameters
    ----------
    drawn : sequence of Drawdown
        Those that are open.
    cash : yuan
    on : date
        The day on which it is repaid; what falls due that day comes first.

    Examples
    --------
    A dearer one that ends in two days saves less than a cheaper one that runs for months:

    >>> rows = [
    ...     {"amount": 1_500, "on": "2026-11-26", "daily_rate": 0.0006, "days": 7, "name": "week"},
    ...     {"amount": 6_000, "on": "2026-09-01", "daily_rate": 0.0003, "months": 12, "name": "A"},
    ... ]
    >>> [(each.name, each.cash) for each in best_use(read(rows), 1_000, "2026-12-01")]
    [('A', 1000.0)]
    """
    known: dict[tuple[int, float], tuple[float, float]] = {}

    def uses(left: float, taken: tuple[int, ...]) -> Iterator[tuple[Repaid, ...]]:
        others = [place for place in range(len(drawn)) if place not in taken]
        ends = True
        for place in others:
            key = (place, round(left, 2))
            if key not in known:
                known[key] = saved_by(drawn[place].loan, left, on)
            spent, saved = known[key]
            if spent < FEN:
                continue
            ends = False
            first = Repaid(drawn[place].name, spent, saved)
            for rest in uses(round(left - spent, 2), (*taken, place)):
                yield first, *rest
        if ends:
            yield ()

    return max(uses(cash, ()), key=lambda use: round(sum(each.saved for each in use), 2))
