"""Type the reader's numbers into a page: what it asks for and the file says."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from jiebei.loan.loan import Loan
from jiebei.loan.terms import INTEREST_THEN_EQUAL
from jiebei.notebook.numbers.reading import Numbers
from jiebei.notebook.numbers.sections import SETTINGS
from jiebei.notebook.so_far import SoFar
from jiebei.units.days import Ints, day_of_month, iso, one_day

__all__ = ["not_told", "settings_of", "typed_into"]

NONE_TOLD: Mapping[str, Any] = MappingProxyType({"other_debts": [], "coupons": [], "reserve": 0})
SHORT_MONTH = 28  # due days beyond are not seen from a day in February


def typed_into(example: Mapping[str, Any], numbers: Numbers) -> dict[str, Any]:
    """Return what the reader's numbers say of what a page asks (填进页面的数字).

    Debts, coupons and a reserve that a file with a loan does not tell are none: who has some tells
    them. Where only what is left of an income is told, that is the income, and nothing is spent.
    A page that knows no payments gets a loan that runs by what is left of it: the principal still
    owed, the instalments left, the last due day.

    Parameters
    ----------
    example : dict
        What the page asks, by name, with its own values.
    numbers : Numbers
        The reader's.

    Examples
    --------
    >>> loan = {"principal": 30_000, "daily_rate": 0.00045, "months": 18, "start": "2026-07-10"}
    >>> numbers = Numbers(loan | {"method": "equal_principal", "as_of": "2026-11-26"})
    >>> page = {"principal": 50_000, "months": 12, "start": "2026-12-01", "savings_rate": 0.02}
    >>> typed_into(page, numbers)
    {'principal': 23333.32, 'months': 14, 'start': '2026-11-10'}
    >>> typed_into(page | {"paid": {}}, numbers)
    {'principal': 30000, 'months': 18, 'start': '2026-07-10', 'paid': {}}
    """
    values = not_told(numbers) | dict(numbers.values) | _following(numbers.values)
    if "paid" not in example:
        values |= _left(numbers)
    if numbers.now is None and example.keys() & {"paid", "cash_in_hand"}:
        values.pop("as_of", None)  # it is not drawn yet, or nobody says from when it runs
    if "principal" not in example:  # a day or a term of something else
        values = {name: each for name, each in values.items() if name not in ("start", "months")}
    if "paid" in example and numbers.now:  # no payments told: all as agreed
        agreed = _as_agreed(numbers.now) if example["paid"] else {}
        values = {"paid": agreed, **values, "today": numbers.now.today}
    return {name: values[name] for name in example if name in values}


def _following(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what follows from what was said: pages ask for it under other names."""
    found = {}
    if values.get("as_of"):
        found["legal_lines_on"] = values["as_of"]
    income, surplus = values.get("monthly_income"), values.get("monthly_surplus")
    if income is None and surplus is not None:  # what is left is all that comes, and none goes out
        found |= dict.fromkeys(("take_home_pay", "monthly_income"), surplus)
        found |= {"monthly_expenses": 0, "other_loans": 0}
        if not values.get("other_debts"):  # it is left after these are paid
            found["debt_budget"] = surplus
    if isinstance(income, int | float):
        found["take_home_pay"] = income
        spent = [values.get(name) for name in ("monthly_expenses", "other_loans")]
        if "monthly_surplus" not in values and isinstance(spent[0], int | float):
            others = spent[1] if isinstance(spent[1], int | float) else 0
            found["monthly_surplus"] = max(income - spent[0] - others, 0)
    return {name: each for name, each in found.items() if name not in values}


def not_told(numbers: Numbers) -> dict[str, Any]:
    """Return what there is none of, since the file tells a loan and nothing of it.

    Examples
    --------
    >>> not_told(Numbers({"coupons": [{"days": 30}]}))
    {}
    >>> loan = {"principal": 30_000, "daily_rate": 0.00045, "months": 18, "start": "2026-07-10"}
    >>> not_told(Numbers(loan | {"coupons": [{"days": 30}]}))
    {'other_debts': [], 'reserve': 0}
    """
    if numbers.loan is None:
        return {}
    return {name: none for name, none in NONE_TOLD.items() if name not in numbers.values}


def _left(numbers: Numbers) -> dict[str, Any]:
    """Return what is left of a loan that runs, as a page takes it; and what is late of it.

    It begins on the last due day before anything is overdue.
    """
    loan, now = numbers.loan, numbers.now
    if loan is None or now is None:
        return {}
    owed, due = now.whole.owed(now.today), _due_days(loan)
    late = owed.overdue > 0
    until = int(owed.since.astype("i8")) - 1 if late else one_day(now.today, "as_of")
    paid = int((due <= until).sum())
    found: dict[str, Any] = {"principal": float(owed.principal)}
    if paid:
        found |= {"months": len(due) - paid, "start": iso(due[paid - 1])}
        found |= _method_left(loan, paid)
    if late:
        found |= {"late_instalment": 1, "days_late": int(owed.days_late)}
    return found


def _due_days(loan: Loan) -> Ints:
    """Return all due days of a loan as agreed."""
    flows = loan.cashflows(["date", "event"])
    due = flows["date"][flows["event"] == "instalment"]
    return due.to_numpy().astype("M8[D]").astype(np.int64)


def _method_left(loan: Loan, paid: int) -> dict[str, Any]:
    """Return how the rest is repaid, after so many instalments: some carry only interest first."""
    if loan.method != INTEREST_THEN_EQUAL:
        return {"method": str(loan.method)}
    only = int(loan.interest_only_months) - paid
    if only <= 0:
        return {"method": "equal_instalment"}
    return {"method": INTEREST_THEN_EQUAL, "interest_only_months": only}


def _as_agreed(now: SoFar) -> dict[str, float]:
    """Return what was paid until today where nobody says otherwise: every instalment."""
    flows = now.whole.cashflows(["date", "event", "payment"])
    due = flows[(flows["date"] <= now.today) & (flows["event"] == "instalment")]
    return dict(zip(due["date"].dt.strftime("%Y-%m-%d"), due["payment"].tolist(), strict=True))


def settings_of(example: Mapping[str, Any], numbers: Numbers) -> dict[str, Any]:
    """Return the settings of the loan that a page takes beside what it asks (每页都用的约定).

    Examples
    --------
    >>> settings_of({"principal": 1, "grace_days": 0}, Numbers({"due_day": 20, "grace_days": 3}))
    {'due_day': 20}
    """
    if "principal" not in example:
        return {}
    found = dict(numbers.settings)
    if numbers.loan is not None and numbers.now and "paid" not in example:
        day = int(day_of_month(numbers.loan.terms["start"]))
        found = ({"due_day": day} if day > SHORT_MONTH else {}) | found
        left = _left(numbers)
        found |= {name: left[name] for name in SETTINGS if name in left}
    return {name: found[name] for name in SETTINGS if name in found and name not in example}
