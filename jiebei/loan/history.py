"""What was really paid, turned into decisions of the chain: missed, late, part, early, extra."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from jiebei.engine.decisions.decision import RATE, Decision
from jiebei.engine.decisions.early import THEN, PayExtra, Prepay, Settle
from jiebei.engine.decisions.late import Miss, Pay, PayLate
from jiebei.language.errors import JiebeiError
from jiebei.language.words import say
from jiebei.units.arrays import alone
from jiebei.units.days import MISSING, iso
from jiebei.units.reading import choices, money, whole_number

if TYPE_CHECKING:
    from jiebei.loan.loan import Loan

__all__ = ["Row", "day_of", "lived", "rows_of", "until"]

OF_MONEY = (Prepay, PayExtra, Settle, Miss, PayLate, Pay)
AGREED = ("draw", "extension", "settlement")  # what these take belongs to the agreement
ROUNDING = 2  # fen that may stay in the pocket: principal, interest and fee are whole fen
MOST_AHEAD = 31


class Row(NamedTuple):
    """One row of the cash flows: its day, and in fen what was paid and what is owed after it."""

    day: int
    event: str
    payment: int
    closing: int
    arrears: int

    @property
    def falls_due(self) -> bool:
        """Tell whether an instalment fell due, paid or not."""
        return self.event in ("instalment", "missed")


class _Payment(NamedTuple):
    day: int
    fen: int
    then: str


def lived(loan: Loan, paid: Any, as_of: Any, then: Any, days_ahead: Any) -> Loan:
    """Return the loan with what was paid up to a day; see `Loan.with_history`."""
    if loan.shape:
        raise JiebeiError("error.history_one", scenarios=np.prod(loan.shape))
    for each in loan.decisions:
        if isinstance(each, OF_MONEY) and each.on != MISSING:
            raise JiebeiError("error.history_first", decision=each.name)
    whole = whole_number(days_ahead, "days_ahead", 0, MOST_AHEAD)
    ahead = int(alone(whole, days_ahead, "days_ahead"))
    choices(then, "then", THEN)
    payments = sorted(_read(loan, paid, then), key=lambda each: each.day)
    last = payments[-1].day if payments else int(loan.terms["start"])
    today = last if as_of is None else day_of(loan, as_of, "as_of")
    if last > today:
        raise JiebeiError("error.history_later", on=iso(last), as_of=iso(today))
    return _Life(loan, payments, today, ahead).lived()


def until(loan: Loan, day: int) -> Loan:
    """Return the loan with its decisions until the end of a day.

    A new rate of that very day is left out: it comes last, and begins with the next.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> until(loan.miss(2).prepay(9_000, on="2027-06-01"), day=20_900)
    Loan(50,000.00 at 0.0004 a day, 12 months, equal_instalment, from 2026-12-01, miss)
    """
    fell_due = sum(each.falls_due and each.day <= day for each in rows_of(loan))

    def is_past(each: Decision) -> bool:
        if isinstance(each, Miss | PayLate):
            return bool(each.instalment <= fell_due)
        return bool(each.on < day + (each.phase < RATE))

    return loan._deciding(filter(is_past, loan.decisions))


def rows_of(loan: Loan) -> list[Row]:
    """Return the cash flows of one loan, one row an event."""
    frame = loan.cashflows(["date", "event", "payment", "closing", "arrears"])
    days = frame["date"].to_numpy().astype("M8[D]").astype(np.int64)
    money = np.rint(frame[["payment", "closing", "arrears"]].to_numpy() * 100).astype(np.int64)
    return [
        Row(day, event, *amounts)
        for day, event, amounts in zip(days.tolist(), frame["event"], money.tolist(), strict=True)
    ]


def day_of(loan: Loan, value: Any, name: str) -> int:
    """Read one day, a date or whole days after the drawdown, on which the loan may be owed."""
    day = loan._day(value, name=name)
    if day.ndim or day == MISSING:
        raise JiebeiError("error.give_a_date", name=name, value=value)
    return int(day)


class _Life:
    """Go from one day on which something was due, paid or agreed to the next."""

    def __init__(self, loan: Loan, payments: Iterable[_Payment], today: int, ahead: int) -> None:
        self.loan, self.today, self.ahead = loan, today, ahead
        self.paid: dict[int, deque[_Payment]] = defaultdict(deque)
        for each in payments:
            self.paid[each.day].append(each)
        self.so_far = loan._deciding(())
        self.rows = rows_of(self.so_far)

    def lived(self) -> Loan:
        """Return the loan with the decisions that the payments mean."""
        day = int(self.loan.terms["start"]) - 1
        while (day := self._next_day(day)) <= self.today:
            agreed = [each for each in self.loan.decisions if each.on == day]
            self._agree(each for each in agreed if each.phase < RATE)
            self._fall_due(day)
            while self.paid[day]:
                self._pay(self.paid[day].popleft())
            self._agree(each for each in agreed if each.phase >= RATE)
        meant = [each for each in self.so_far.decisions if isinstance(each, OF_MONEY)]
        return self.loan._deciding((*self.loan.decisions, *meant)) if meant else self.loan

    def _next_day(self, day: int) -> int:
        """Return the next day on which something is due, was paid or was agreed."""
        days = [each.day for each in self.rows if each.falls_due]
        days += [each for each, payments in self.paid.items() if payments]
        days += [int(each.on) for each in self.loan.decisions]
        return min((each for each in days if each > day), default=self.today + 1)

    def _decide(self, loan: Loan) -> None:
        self.so_far, self.rows = loan, rows_of(loan)

    def _agree(self, agreed: Iterable[Decision]) -> None:
        if decisions := [*agreed]:
            self._decide(self.so_far._deciding((*self.so_far.decisions, *decisions)))

    def _fall_due(self, day: int) -> None:
        """Take what falls due from what was paid that day, or let it be missed."""
        behind = [each.arrears for each in self.rows if each.day < day][-1:]
        numbered = enumerate((each for each in self.rows if each.falls_due), 1)
        for number, due in [each for each in numbered if each[1].day == day]:
            cash = sum(each.fen for each in self.paid[day])
            if cash >= due.payment:
                self._take(self.paid[day], due.payment)
            elif cash or any(behind) or day < self.today:
                self._decide(self.so_far.miss(number))

    @staticmethod
    def _take(payments: deque[_Payment], due: int) -> None:
        """Take what is due from the payments of a day, the first ones first."""
        while due:
            first = payments.popleft()
            if first.fen > due:
                payments.appendleft(first._replace(fen=first.fen - due))
            due -= min(first.fen, due)

    def _pay(self, payment: _Payment) -> None:
        """Let a payment go to what is overdue, then to the principal."""
        if self._is_ahead(payment):
            return
        before = [each for each in self.rows if each.day <= payment.day]
        self._check(payment, before[-1])
        on, yuan = np.int64(payment.day).astype("M8[D]"), payment.fen / 100
        ways = [self.so_far.pay(yuan, on)] if before[-1].arrears else []
        booked = sum(each.payment for each in before)
        for way in (*ways, self.so_far.pay_extra(yuan, on, then=payment.then)):
            rows = rows_of(way)
            taken = sum(each.payment for each in rows if each.day <= payment.day) - booked
            if taken == payment.fen:
                break
        if payment.fen - taken > ROUNDING:
            shown = {"on": iso(payment.day), "amount": yuan, "booked": taken / 100}
            raise JiebeiError("error.history_rest", **shown)
        self.so_far, self.rows = way, rows

    def _check(self, payment: _Payment, last: Row) -> None:
        """Refuse what is paid when nothing is owed, or not so much."""
        shown = {"on": iso(payment.day), "amount": payment.fen / 100}
        if not last.closing and not last.arrears:
            raise JiebeiError("error.history_closed", date=iso(last.day), **shown)
        owed = rows_of(self.so_far.settle(np.int64(payment.day).astype("M8[D]")))[-1].payment
        if payment.fen > owed:
            raise JiebeiError("error.history_more", owed=owed / 100, **shown)

    def _is_ahead(self, payment: _Payment) -> bool:
        """Tell whether it is the next instalment, paid a few days ahead: then it waits for it."""
        soon = range(payment.day + 1, payment.day + self.ahead + 1)
        due = next((each for each in self.rows if each.falls_due and each.day in soon), None)
        if due is None or due.payment != payment.fen:
            return False
        self.paid[due.day].appendleft(payment._replace(day=due.day))
        return True


def _read(loan: Loan, paid: Any, then: str) -> Iterator[_Payment]:
    """Read the payments, one a row: when, how much, and what then becomes of the instalments."""
    for number, (on, amount, *more) in enumerate(_rows(paid), 1):
        row = say("history.row", number=number)
        cash = int(money(amount, row, zero=True))
        day = day_of(loan, on, row)
        kept = more[0] if more else then
        choices(kept, row, THEN)
        if cash:
            yield _Payment(day, cash, kept)


def _rows(paid: Any) -> Iterator[tuple[Any, ...]]:
    """Return the rows of a frame, or of a list."""
    if isinstance(paid, pd.DataFrame):
        yield from _rows_of_frame(paid)
        return
    if isinstance(paid, str) or not isinstance(paid, Iterable):
        raise JiebeiError("error.history_list", kind=type(paid).__name__)
    for number, row in enumerate(paid.items() if isinstance(paid, Mapping) else paid, 1):
        if (
            isinstance(row, str)
            or not isinstance(row, Iterable)
            or len(row := [*row]) not in (2, 3)
        ):
            raise JiebeiError("error.history_row", number=number, row=row)
        yield tuple(row)


def _rows_of_frame(frame: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    cash = next((each for each in ("payment", "amount") if each in frame), None)
    if "date" not in frame or cash is None:
        raise JiebeiError("error.history_columns", columns=", ".join(map(str, frame.columns)))
    if "event" in frame:
        frame = frame[~frame["event"].isin(AGREED)]
    columns = ["date", cash, *(["then"] if "then" in frame else [])]
    yield from frame[columns].itertuples(index=False, name=None)
