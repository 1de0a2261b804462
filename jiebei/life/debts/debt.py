"""What is owed to several lenders (多头借贷): each debt checked, in the engine's whole numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from jiebei.language.errors import JiebeiError, nearest
from jiebei.language.frames import called
from jiebei.language.words import Text, Words
from jiebei.loan.loan import Loan
from jiebei.loan.terms import METHODS, MOST_MONTHS
from jiebei.units.arrays import alone, plain
from jiebei.units.days import Ints, day_of_month, due_date, iso, month_of, one_day
from jiebei.units.reading import RATE_SCALE, choices, money, rate, share, whole_number

__all__ = ["KINDS", "NO_DAY", "NO_LIMIT", "Debt", "payday", "read"]

KINDS = ("loan", "card", "family")
NO_DAY = np.iinfo(np.int64).max  # no deadline
NO_LIMIT: Ints = np.asarray(-1, np.int64)  # lends nothing new
MOST_DEBTS = 6  # all their orders are tried
MOST_YUAN = 8_000_000  # a share of more would not fit the engine's whole numbers

_NEEDED = {
    "loan": ("name", "balance", "daily_rate", "months"),
    "card": ("name", "balance", "daily_rate"),
    "family": ("name", "balance", "due"),
}
_OPTIONAL: Mapping[str, Mapping[str, Any]] = {
    "loan": {
        "method": "equal_instalment",
        "prepay_fee_rate": 0.0,
        "limit": None,
        "due_day": None,
    },
    "card": {
        "minimum_share": 0.1,
        "minimum_floor": 100,
        "free_until": None,
        "limit": None,
        "due_day": None,
    },
    "family": {"daily_rate": 0.0, "late_fee": 0},
}


@dataclass(frozen=True, eq=False)
class Debt:
    """One debt as it stands on the day `start`: money in fen, rates in 1e-10, days as numbers.

    `balance`, `rate`, `months` and `limit` may be arrays, one place a scenario.
    """

    name: Text
    kind: str
    start: int
    balance: Ints
    rate: Ints  # a day; of family money, after its deadline
    months: Ints  # instalments that remain, of a loan
    method: str
    fee_rate: Ints  # of what is repaid early
    minimum_share: Ints  # of a card's statement
    minimum_floor: Ints
    free_until: int  # interest runs from this day on, of a card
    due: int  # the deadline, of family money
    late_fee: Ints
    limit: Ints  # as far as this lender lends; NO_LIMIT where it lends nothing new
    due_day: int  # day of the month

    @property
    def last_due(self) -> int:
        """Return its last due day, today's if it is one: interest runs since then."""
        return self.payday(0)

    def payday(self, month: int) -> int:
        """Return its due day so many months after the last one."""
        return _payday(self.start, self.due_day, month)

    @property
    def deadline(self) -> int:
        """Return the day by which it is better paid; NO_DAY if there is none."""
        free = self.free_until if self.free_until > self.start else NO_DAY
        return min(free, self.due)

    def loan(self, principal: Ints, start: int, months: Any, rate: Ints, method: str) -> Loan:
        """Return a loan of this lender, in the engine, that falls due on its day of the month."""
        return Loan(
            principal / 100,
            daily_rate=rate / RATE_SCALE,
            start=np.int64(start).astype("M8[D]"),
            months=months,
            method=method,
            due_day=self.due_day,
            shortest_first_period=0,
        )


def payday(start: int, month: int) -> int:
    """Return the day on which all debts are paid, so many months after `start`."""
    return int(due_date(month_of(start) + month, day_of_month(start)))


def _payday(start: int, due_day: int, month: int) -> int:
    """Return the due day so many months after the last one up to `start`."""
    this = month_of(start)
    is_ahead = due_date(this, due_day) > start
    return int(due_date(this - is_ahead + month, due_day))


def read(table: Iterable[Mapping[str, Any]], start: Any) -> list[Debt]:
    """Read what you owe: a list of dicts, one a debt (债务清单).

    Parameters
    ----------
    table : list of dict
        Each has `name`, `kind` and `balance` (yuan still owed), and

        - kind "loan", instalments on schedule (分期): `daily_rate`, `months` left; if you like
          `method`, `prepay_fee_rate` (违约金比例), `limit` (额度, yuan), `due_day` (每月几号还款);
        - kind "card", revolving with a minimum payment (最低还款额): `daily_rate`; if you like
          `minimum_share` of the statement (0.1) and `minimum_floor` (100 yuan), `free_until` (last
          day without interest), `limit`, `due_day`;
        - kind "family", without interest, by a deadline (亲友): `due`; if you like `late_fee`
          (yuan, once) and `daily_rate` after the deadline.
    start : date
        Today's balances; bills fall on this day of every month that follows, but for debts with a
        `due_day` of their own: the last one is paid, and interest since then is still owed.

    Returns
    -------
    list of Debt
        1 to 6 of them.

    Raises
    ------
    JiebeiError
        For anything missing, unknown or out of range: with the name of the debt, the value
        received, the rule and the way out.

    Notes
    -----
    A name such as "card", "platform", "family" or "this_line" is shown in the language in use.

    Examples
    --------
    >>> [debt] = read(
    ...     [{"name": "card", "kind": "card", "balance": 18_000, "daily_rate": 0.0005}],
    ...     "2026-12-01",
    ... )
    >>> str(debt.name), int(debt.balance), int(debt.rate)
    ('card', 1800000, 5000000)
    """
    first = one_day(start, "start")
    rows = list(table)
    if not 1 <= len(rows) <= MOST_DEBTS:
        raise JiebeiError("error.debts", n=len(rows), most=MOST_DEBTS)
    debts = [_read(row, first, place) for place, row in enumerate(rows, start=1)]
    for place, debt in enumerate(debts):
        if debt.name in [each.name for each in debts[:place]]:
            raise JiebeiError("error.debt_twice", name=str(debt.name))
    return debts


def _read(row: Mapping[str, Any], start: int, place: int) -> Debt:
    """Read one debt; whatever is wrong with it is said with its name."""
    name = row.get("name") if isinstance(row, Mapping) else None
    if not isinstance(name, str) or not name.strip():
        raise JiebeiError("error.debt_name", place=place)
    shown = called(name)
    try:
        return _checked(shown, _complete(row), start)
    except JiebeiError as mistake:
        raise JiebeiError("error.debt", name=shown, words=mistake) from None


def _complete(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row with what was left out, or say what is missing or unknown."""
    kind = row.get("kind")
    if kind not in KINDS:
        raise JiebeiError("error.debt_kind", kind=kind, nearest=_nearest(kind, KINDS))
    known = ("kind", *_NEEDED[kind], *_OPTIONAL[kind])
    for each in row:
        if each not in known:
            near = _nearest(each, known)
            raise JiebeiError("error.debt_key", key=each, kind=kind, nearest=near)
    for each in _NEEDED[kind]:
        if each not in row:
            rule = "error.debt_rate" if each == "daily_rate" else "error.debt_missing"
            raise JiebeiError(rule, key=each, kind=kind)
    return {**_OPTIONAL[kind], **row}


def _nearest(name: object, known: Sequence[str]) -> Words:
    return nearest(str(name), known)


def _checked(name: Text, row: Mapping[str, Any], start: int) -> Debt:
    for each in set(row) - {"name", "kind"}:
        alone(plain(row[each], each), row[each], each)
    balance = _fen(row["balance"], "balance")
    late, free = row["kind"] == "family", row.get("free_until")
    own = row.get("due_day")
    due_day = int(day_of_month(start) if own is None else whole_number(own, "due_day", 1, 31))
    last_due, first = (_payday(start, due_day, month) for month in (0, 1))
    debt = Debt(
        name=name,
        kind=row["kind"],
        start=start,
        balance=balance,
        rate=rate(row["daily_rate"], "daily_rate"),
        months=whole_number(row.get("months", 1), "months", 1, MOST_MONTHS, "error.months"),
        method=METHODS[int(choices(row.get("method", "equal_instalment"), "method", METHODS))],
        fee_rate=share(row.get("prepay_fee_rate", 0.0), "prepay_fee_rate", 0.1),
        minimum_share=share(row.get("minimum_share", 0.0), "minimum_share"),
        minimum_floor=_fen(row.get("minimum_floor", 0), "minimum_floor", zero=True),
        free_until=last_due if free is None else _deadline(free, "free_until", start, first),
        due=_deadline(row["due"], "due", start, first) if late else NO_DAY,
        late_fee=_fen(row.get("late_fee", 0), "late_fee", zero=True),
        limit=NO_LIMIT if row.get("limit") is None else _fen(row["limit"], "limit", zero=True),
        due_day=due_day,
    )
    if 0 <= debt.limit < balance:
        raise JiebeiError(
            "error.debt_limit", limit=f"{debt.limit / 100:,.2f}", owed=f"{balance / 100:,.2f}"
        )
    if debt.kind == "loan":
        debt.loan(balance, start, debt.months, debt.rate, debt.method).flat()  # checks its terms
    return debt


def _fen(value: Any, name: str, zero: bool = False) -> Ints:
    """Read one amount, small enough for a share of it to fit."""
    fen = money(value, name, zero=zero)
    if fen.ndim or fen > 100 * MOST_YUAN:
        raise JiebeiError("error.debt_amount", name=name, value=value, most=f"{MOST_YUAN:,}")
    return fen


def _deadline(value: Any, name: str, start: int, first: int) -> int:
    """Read a date on or after the first due day."""
    days = one_day(value, name)
    if days < start:
        raise JiebeiError("error.debt_past", name=name, value=value, today=iso(start))
    if days < first:
        shown = {"value": value, "first": iso(first)}
        raise JiebeiError("error.debt_deadline", name=name, **shown)
    return days
