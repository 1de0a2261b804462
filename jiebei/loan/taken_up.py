"""A loan that is taken up on its last due day: from what is left of it, checked."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import numpy as np

from jiebei.engine.decisions.underway import Underway
from jiebei.language.errors import JiebeiError, nearest, refuse
from jiebei.loan.terms import METHODS, MOST_MONTHS
from jiebei.units.arrays import alone, fit
from jiebei.units.days import MISSING, Ints, as_days, day_of_month, due_date, iso, month_of
from jiebei.units.reading import choices, money, whole_number

if TYPE_CHECKING:
    from jiebei.loan.loan import Loan

__all__ = ["KNOWN_OTHERWISE", "take_up"]

KNOWN_OTHERWISE = frozenset({"start", "months", "days", "due_day", "drawdown_fee"})
KNOWN_OTHERWISE |= {"month_end", "shortest_first_period"}
EQUAL, SLICE, BULLET, THEN_EQUAL = (
    METHODS.index(each)
    for each in ("equal_instalment", "equal_principal", "bullet", "interest_then_equal")
)
A_LITTLE = 0.01  # by so much more than the others, and a yuan, may the last instalment take


def take_up(
    kind: type[Loan],
    principal: Any,
    *,
    daily_rate: Any,
    instalments: Any,
    last_due: Any,
    next_due: Any = None,
    method: str = "equal_instalment",
    instalment: Any = None,
    interest_only_months: Any = 0,
    interest_paid_to: Any = None,
    **terms: Any,
) -> Loan:
    """Return a loan that runs already; see `running`."""
    codes = alone(choices(method, "method", METHODS), method, "method")
    if codes == BULLET:
        raise JiebeiError("error.running_bullet")
    _refuse_terms(kind, terms)
    left = whole_number(instalments, "instalments", 1, MOST_MONTHS)
    last, start = _interest_since(last_due, interest_paid_to)
    due_day = day_of_month(last)
    if next_due is not None:
        due_day = np.maximum(due_day, day_of_month(_date(next_due, "next_due")))
    loan = kind(
        principal,
        daily_rate=daily_rate,
        start=start.astype("M8[D]"),
        months=left,
        due_day=due_day,
        shortest_first_period=0,
        **_method(method, interest_only_months),
        **terms,
    )
    _refuse_days(loan, last, start, next_due)
    level = np.asarray(np.int64(0))
    if instalment is not None:
        if not np.isin(loan.method, (METHODS[EQUAL], METHODS[SLICE])).all():
            raise JiebeiError("error.running_instalment", method=method)
        level = money(instalment, "instalment")
    shown_for = {"at_balance": loan.terms["principal"], "at_rate": loan.terms["rate"]}
    found = loan._with(Underway(on=start, since=last, level=level, **shown_for), -1)
    if instalment is not None:
        _refuse_misfit(found, loan, level)
    return found


def _refuse_terms(kind: type[Loan], terms: dict[str, Any]) -> None:
    arguments = {each.name for each in fields(kind) if each.init} - {"decisions"}
    known = sorted(arguments - KNOWN_OTHERWISE)
    for name in terms:
        if name in KNOWN_OTHERWISE:
            raise JiebeiError("error.running_term", name=name)
        if name not in known:
            raise JiebeiError("error.argument", name=name, nearest=nearest(name, known))


def _method(method: str, interest_only_months: Any) -> dict[str, Any]:
    """Return the method of what is left: where the part of interest only is over, equal ones."""
    if method != METHODS[THEN_EQUAL]:
        return {"method": method}
    months = whole_number(interest_only_months, "interest_only_months", 0, MOST_MONTHS - 1)
    if not months.any():
        return {"method": METHODS[EQUAL]}
    methods = np.where(months > 0, method, METHODS[EQUAL])[()]
    return {"method": methods, "interest_only_months": np.maximum(months, 1)}


def _interest_since(last_due: Any, paid_to: Any) -> tuple[Ints, Ints]:
    """Return the last due day, and the day since when interest is owed."""
    last = _date(last_due, "last_due")
    start = last if paid_to is None else _date(paid_to, "interest_paid_to")
    fit(last, start)
    refuse(start < last, start.astype("M8[D]"), "interest_paid_to", "error.running_paid_to")
    return last, start


def _date(value: Any, name: str) -> Ints:
    days, after_drawdown = as_days(value, name)
    if after_drawdown or (days == MISSING).any():
        raise JiebeiError("error.give_a_date", name=name, value=value)
    return days


def _refuse_days(loan: Loan, last: Ints, start: Ints, next_due: Any) -> None:
    """Refuse days that are not those of one due period."""
    due = due_date(loan.terms["anchor"] + 1, loan.terms["due_day"])
    paid_to = start.astype("M8[D]")
    refuse(due - last > 31, paid_to, "interest_paid_to", "error.running_paid_to")
    if next_due is not None:
        given = _date(next_due, "next_due")
        month_later = due_date(month_of(last) + 1, day_of_month(last))
        shown = iso(np.broadcast_to(month_later, fit(due, given)).flat[0])
        refuse(given != due, given.astype("M8[D]"), "next_due", "error.running_next", due=shown)


def _refuse_misfit(found: Loan, anew: Loan, level: Ints) -> None:
    """Refuse an instalment that does not repay what is left in the instalments that are left."""
    frame = found.cashflows(["loan", "event", "interest", "principal"])
    frame = frame[frame["event"] == "instalment"]
    parts = ["principal"] if found.method == METHODS[SLICE] else ["interest", "principal"]
    paid = frame[parts].sum(axis=1).groupby(frame["loan"])
    most = level / 100 * (1 + A_LITTLE) + 1
    last, count = paid.last().to_numpy(), paid.count().to_numpy()
    left = np.broadcast_to(found.months, found.shape).ravel()
    most = np.broadcast_to(most, found.shape).ravel()
    wrong = ((last > most) | (count != left)).reshape(found.shape)
    about = np.ravel(anew.summary().instalment)[np.argmax(wrong)]
    refuse(wrong, level / 100, "instalment", "error.running_misfit", about=about)
