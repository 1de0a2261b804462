"""What a plan may have been agreed as: methods, days, terms and decisions worth trying."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from jiebei.language.errors import JiebeiError
from jiebei.life.statement.stated import Stated
from jiebei.loan.loan import Loan
from jiebei.units.days import Ints, day_of_month, due_date, iso, month_of

__all__ = ["NO_DAY", "Shape", "calendars", "shapes"]

USUAL_MONTHS = (3, 6, 9, 10, 12, 18, 24, 36, 48, 60)
A_FEN_OR_TWO = 2
NO_DAY = "2026-01-01"  # where months of 30 days make the day of no account


class Shape(NamedTuple):
    """Conventions that are tried: a loan's terms but the rate, and what is paid early.

    Attributes
    ----------
    terms : dict
        Arguments of a loan.
    early : tuple
        Day and yuan of each early repayment.
    then : str
        What an early repayment does: "lower" or "shorten".
    settles : bool
        Whether the last of them settles the loan.
    """

    terms: dict[str, Any]
    early: tuple[tuple[str, float], ...] = ()
    then: str = "lower"
    settles: bool = False

    def loan(self, daily_rate: Any) -> Loan:
        """Return the loan at a daily rate, with its decisions."""
        loan = Loan(daily_rate=daily_rate, **self.terms)
        for place, (day, amount) in enumerate(self.early, start=1):
            if self.settles and place == len(self.early):
                loan = loan.settle(on=day)
            else:
                loan = loan.pay_extra(amount, on=day, then=self.then)
        return loan


def shapes(stated: Stated, calendar: dict[str, Any], counts: tuple[str, ...]) -> Iterator[Shape]:
    """Yield what is worth trying for the days of a calendar and some ways to count days."""
    common = {"principal": stated.principal / 100, "instalment_fee": stated.fee / 100, **calendar}
    early = tuple(
        (iso(day), paid / 100)
        for day, paid in zip(stated.days[stated.early], stated.payment[stated.early], strict=True)
    )
    ends_early = bool(early) and bool(stated.early[-1])
    for months in _months(stated):
        for method in _methods(stated, months):
            for count in counts:
                terms = {**common, **method, "months": months, "day_count": count}
                if method["method"] == "bullet" and months == 1 and stated.kind != "sentence":
                    terms = _in_days(terms, stated)
                if not early:
                    yield Shape(terms)
                    continue
                for then in ("lower", "shorten"):
                    yield Shape(terms, early, then)
                    if ends_early:
                        yield Shape(terms, early, then, True)


def _in_days(terms: dict[str, Any], stated: Stated) -> dict[str, Any]:
    """Return the terms of a loan repaid once, so many days after the drawdown."""
    start = np.datetime64(terms["start"], "D").astype(np.int64)
    kept = ("principal", "start", "method", "day_count", "instalment_fee")
    return {name: terms[name] for name in kept} | {"days": int(stated.days[-1] - start)}


def _months(stated: Stated) -> tuple[int, ...]:
    """Return the numbers of instalments that may have been agreed."""
    if stated.months is not None:
        return (stated.months,)
    regular = int((~stated.early).sum())
    more = range(max(regular, 1), regular + 2) if stated.early.any() else (max(regular, 1),)
    return tuple(dict.fromkeys([*more, *(each for each in USUAL_MONTHS if each > regular)]))


def _methods(stated: Stated, months: int) -> Iterator[dict[str, Any]]:
    """Yield the methods that the payments may be of: some are told from others by their shape."""
    regular = stated.payment[~stated.early]
    if months == 1:
        yield {"method": "bullet"}
        return
    first = int(np.argmax(stated.early)) if stated.early.any() else len(stated.days)
    before = stated.payment[:first] if first else regular
    if stated.kind == "sentence" or _alike(before[1:-1]):
        yield {"method": "equal_instalment"}
    small = before[0] * months < stated.principal
    falls = len(before) > 1 and before[0] > before[1]
    if not small and stated.kind != "sentence" and (falls or len(before) < 3):
        yield {"method": "equal_principal"}
    if small:
        yield {"method": "interest_only"}
        leading = int(np.argmax(np.diff(regular))) + 1 if len(regular) > 1 else 1
        for ahead in (leading,) if leading < months - 1 else (6,):
            if ahead < months - 1:
                yield {"method": "interest_then_equal", "interest_only_months": ahead}


def _alike(payments: Ints) -> bool:
    return len(payments) == 0 or int(payments.max() - payments.min()) <= A_FEN_OR_TWO


# Days ----------------------------------------------------------------------------------------


def calendars(stated: Stated) -> list[dict[str, Any]]:
    """Return start and due-day rules that give the days stated, or come nearest."""
    if stated.kind == "sentence":
        return [{"start": iso(stated.start) if stated.start is not None else NO_DAY}]
    due = stated.days[~stated.early] if (~stated.early).any() else stated.days
    starts = [stated.start] if stated.start is not None else [_month_before(due)]
    found = [_agreeing(iso(start), due) for start in starts]
    return [each for each in found if each]


def _month_before(due: Ints) -> int:
    """Return a month before the first due day, on the day of the month that most have."""
    return int(due_date(month_of(due[0]) - 1, _due_day(due)))


def _due_day(due: Ints) -> int:
    """Return the day of the month that most due days have; the last one where months cut it off."""
    days = day_of_month(due)
    values, counts = np.unique(days, return_counts=True)
    most = int(values[np.argmax(counts)])
    last = int(days.max())
    return last if last > 28 and most >= 28 else most


def _agreeing(start: str, due: Ints) -> dict[str, Any]:
    """Return the rules of the due day that meet the most days, the fewest of them."""
    day = _due_day(due)
    tried: list[dict[str, Any]] = [
        {},
        {"shortest_first_period": 0},
        {"month_end": "25_to_27"},
        {"month_end": "1_to_3"},
        {"due_day": day},
        {"due_day": day, "shortest_first_period": 0},
        {"due_day": day, "shortest_first_period": 31},
    ]
    missed = [_missed({"start": start, **each}, due) for each in tried]
    return {"start": start, **tried[int(np.argmin(missed))]}


def _missed(calendar: dict[str, Any], due: Ints) -> int:
    """Return by how many days the due days of a calendar miss those stated, all added."""
    try:
        loan = Loan(1_000, daily_rate=0.0, months=min(len(due), 60), **calendar)
        days = loan.cashflows(["date"])["date"].to_numpy().astype("M8[D]").astype(np.int64)[1:]
    except JiebeiError:
        return 10**6
    return int(np.abs(days - due[: len(days)]).sum())
