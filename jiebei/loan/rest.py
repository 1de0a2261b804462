"""The loan from its last due day on, as if drawn then: what was before it is left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from jiebei.engine.decisions.decision import INSTALMENT, Decision
from jiebei.engine.decisions.late import Miss, PayLate
from jiebei.engine.decisions.new_terms import KEEP_RATE
from jiebei.engine.decisions.restructure import Restructure
from jiebei.language.errors import JiebeiError
from jiebei.loan.history import Row, day_of, rows_of
from jiebei.loan.taken_up import KNOWN_OTHERWISE, take_up
from jiebei.loan.terms import INTEREST_THEN_EQUAL
from jiebei.units.days import Ints, iso
from jiebei.units.fen import RATE_SCALE

if TYPE_CHECKING:
    from jiebei.loan.loan import Loan

__all__ = ["rest_of"]


def rest_of(loan: Loan, on: Any) -> Loan:
    """Return what is left of a loan on a day; see `Loan.rest`."""
    if loan.shape:
        raise JiebeiError("error.rest_one", scenarios=np.prod(loan.shape))
    today, rows = day_of(loan, on, "on"), rows_of(loan)
    last = [each for each in rows if each.day <= today][-1]
    if not last.closing and not last.arrears:
        raise JiebeiError("error.rest_closed", on=iso(today), date=iso(last.day))
    due = [each for each in rows if each.falls_due and each.day <= today]
    while due and (due[-1].arrears or _waits(loan, due)):  # from the last one paid in full
        due.pop()
    if not due:
        return loan
    begin, number = due[-1], len(due)
    past = [each for each in loan.decisions if _is_before(each, begin.day, number)]
    coming = [_counted_from(each, number) for each in loan.decisions if each not in past]
    for anew in (False, True):  # a plan made on that very day is worked out anew
        try:
            rest = _running(loan, past, begin, number, anew=anew)
            rest = rest._deciding((*rest.decisions, *coming))
            if _after(rest, begin.day) == _after(loan, begin.day):
                return rest
        except JiebeiError:
            continue
    raise JiebeiError("error.rest_agreed", on=iso(begin.day))


def _waits(loan: Loan, due: list[Row]) -> bool:
    """Tell whether one of these instalments, of nothing perhaps, still waits after the last one."""
    late = [each for each in loan.decisions if isinstance(each, Miss | PayLate)]
    return any(_goes_on(each, due) for each in late if each.instalment <= len(due))


def _goes_on(each: Miss | PayLate, due: list[Row]) -> bool:
    if isinstance(each, Miss):
        return bool(each.instalment + each.times - 1 > len(due))
    return bool(due[int(each.instalment) - 1].day + each.days > due[-1].day)


def _after(loan: Loan, day: int) -> list[Row]:
    return [each for each in rows_of(loan) if each.day > day]


def _is_before(each: Decision, day: int, number: int) -> bool:
    """Tell whether a decision did what it does before that instalment was paid."""
    if isinstance(each, Miss | PayLate):
        return bool(each.instalment <= number)
    return bool((each.on < day) | ((each.on == day) & (each.phase < INSTALMENT)))


def _counted_from(each: Decision, number: int) -> Decision:
    """Return a decision to come, with instalments counted from there on."""
    if not isinstance(each, Miss | PayLate):
        return each
    return type(each)(**each.values() | {"instalment": each.instalment - number})


def _running(loan: Loan, past: list[Decision], begin: Row, number: int, *, anew: bool) -> Loan:
    """Return the loan as it runs after an instalment, without what is decided then."""
    frame = loan._deciding(past).cashflows(["date", "event", "interest", "principal"])
    ahead = frame[(frame["date"] > _date(begin.day)) & (frame["event"] == "instalment")]
    if ahead.empty:
        raise JiebeiError("error.rest_agreed", on=iso(begin.day))
    method, only = loan.method, max(int(loan.interest_only_months) - number, 0)
    if any(isinstance(each, Restructure) for each in past) or (
        method == INTEREST_THEN_EQUAL and not only
    ):
        method = "equal_instalment"
    parts = {"equal_instalment": ["interest", "principal"], "equal_principal": ["principal"]}
    given = {name: each for name, each in loan.given().items() if name not in KNOWN_OTHERWISE}
    given |= {"principal": begin.closing / 100, "daily_rate": _rate(loan, past), "method": method}
    if method in parts and not anew:
        given["instalment"] = round(float(ahead[parts[method]].iloc[0].sum()), 2)
    if method == INTEREST_THEN_EQUAL:
        given["interest_only_months"] = only
    else:
        del given["interest_only_months"]
    days = {"last_due": _date(begin.day), "next_due": ahead["date"].iloc[0]}
    return take_up(type(loan), **given, instalments=len(ahead), **days)


def _date(day: int) -> np.datetime64:
    return np.datetime64(day, "D")


def _rate(loan: Loan, past: list[Decision]) -> float:
    """Return the daily rate after these decisions."""
    changes = sorted(
        (int(each.on), each.phase, int(each.values()["rate"]))
        for each in past
        if each.values().get("rate", KEEP_RATE) != KEEP_RATE
    )
    rate: Ints | int = changes[-1][2] if changes else loan.terms["rate"]
    return float(rate) / RATE_SCALE
