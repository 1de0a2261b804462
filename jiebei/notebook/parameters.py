"""Check what was entered in a notebook, and say what is wrong under the names of its cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from types import ModuleType
from typing import Any

from jiebei.compare.goals import day_of, owed
from jiebei.engine.arrears import ORDERS as PAYMENT_ORDERS
from jiebei.engine.arrears import SPREADS
from jiebei.engine.decisions.new_terms import INTEREST
from jiebei.language.errors import JiebeiError
from jiebei.language.words import day, yuan
from jiebei.life.debts.orders import ORDERS
from jiebei.life.household.budget import check_amount
from jiebei.life.rules.facts import facts
from jiebei.loan.loan import Loan
from jiebei.loan.terms import (
    DAY_COUNTS,
    METHODS,
    MONTH_ENDS,
    MOST_MONTHS,
    PENALTY_ON,
    PREPAY_SETTLES,
    RESIDUALS,
    least_months,
)
from jiebei.notebook import cautions
from jiebei.notebook.meant import NO_METHODS, UNITS, meant
from jiebei.notebook.numbers.sections import SETTINGS
from jiebei.notebook.rules import Rule, rules
from jiebei.units.days import MISSING, as_days, iso
from jiebei.units.fen import ROUNDINGS
from jiebei.units.reading import choices, money, rate, share, whole_number
from jiebei.units.term import MOST_FOR_DAYS, ForDays

__all__ = [
    "agreed",
    "check",
    "choices_of",
    "day_in_life",
    "in_order",
    "page",
    "read",
    "repayment",
    "understand",
]

_PAGE: dict[str, Any] = {}  # of this kernel: what it asks, and what was typed


# One by one ----------------------------------------------------------------------------------


def read(cell: MutableMapping[str, Any], example: Mapping[str, Any]) -> None:
    """Read the grey cell (读取参数): put what is meant in the place of what was typed; check it.

    "3万" becomes 30000, "2026/7/10" and a number of days after the drawdown become a date,
    "每月等额" becomes "equal_instalment". Names that are no parameters of the page are left alone,
    whatever they hold. A rate that is hardly meant is computed, and a caution printed.

    Parameters
    ----------
    cell : dict
        Name to value, as `globals()` has them after the cell was run.
    example : dict
        The parameters of the page, in their order, each with the value it came with.

    Raises
    ------
    JiebeiError
        With the name of the first parameter that is missing or wrong, in the order of the cell.

    Examples
    --------
    >>> cell = {"principal": "3万", "start": "2026年7月10日", "repay_on": 90, "order": "my own"}
    >>> read(cell, {"principal": 50_000, "start": "2026-12-01", "repay_on": "2027-03-01"})
    >>> cell
    {'principal': 30000, 'start': '2026-07-10', 'repay_on': '2026-10-08', 'order': 'my own'}
    """
    understand(cell, example)
    _PAGE.update(asked=dict(example), typed={name: cell[name] for name in example})
    _PAGE["room"] = _room(cell, example)


def _room(cell: Mapping[str, Any], example: Mapping[str, Any]) -> str:
    """Return which room of the answers the example is of, as its page has imported it."""
    modules = (each for each in cell.values() if isinstance(each, ModuleType))
    rooms = (each for each in modules if getattr(each, "EXAMPLE", None) is example)
    return next((each.__name__.rpartition(".")[2] for each in rooms), "")


def understand(cell: MutableMapping[str, Any], example: Mapping[str, Any]) -> None:
    """Put what is meant in the place of what was typed, and check it; see `read`."""
    for name, value in example.items():
        if name not in cell:
            raise JiebeiError("error.entered_missing", name=name, example=repr(value))
    cell_before = {name: cell[name] for name in example}
    typed = {name: _meant(each, name) for name, each in cell_before.items()}
    given = {name: each for name, each in typed.items() if not _is_left_open(each, example[name])}
    check(given)
    cell.update(typed | _dated(given))
    otherwise = [name for name, said in cell_before.items() if typed[name] is not said]
    taken = {name: (cell_before[name], typed[name]) for name in otherwise}
    for words in cautions.on_days(taken):
        print(words)
    for words in cautions.on_rates(dict(_daily_rates(typed))):
        print(words)


def agreed(cell: Mapping[str, Any], example: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the cell says of the contract beside what the page asks (合同里的约定).

    The settings of a loan, such as `due_day` or `day_count`, can stand in any grey cell, and reach
    the loan of the page by this: `jb.Loan(..., **parameters.agreed(globals(), EXAMPLE))`.

    Parameters
    ----------
    cell : dict
        Name to value, as `globals()` has them after the cell was run.
    example : dict
        The parameters of the page: what it asks itself is given by itself.

    Raises
    ------
    JiebeiError
        For a setting that may not be, by its name.

    Examples
    --------
    >>> agreed({"principal": 30_000, "due_day": "20"}, {"principal": 50_000})
    {'due_day': 20}
    """
    given = {name: cell[name] for name in SETTINGS if name in cell and name not in example}
    understand(given, given)
    _PAGE["typed"] = {**_PAGE.get("typed", {}), **given}
    return given


def page() -> tuple[str, Mapping[str, Any], Mapping[str, Any]]:
    """Return the page of this kernel, what it asks, with its own values, and what was typed.

    All are empty before the page has read its grey cell; the first is the page's name where the
    cell has imported its answers.

    Examples
    --------
    >>> read({"months": "1年"}, {"months": 24})
    >>> page()
    ('', {'months': 24}, {'months': 12})
    """
    return _PAGE.get("room", ""), _PAGE.get("asked", {}), _PAGE.get("typed", {})


def _is_left_open(value: Any, example: Any) -> bool:
    """Tell whether nothing is given where the page itself gives nothing."""
    return isinstance(value, str) and value.strip() == example == ""


def _meant(value: Any, name: str) -> Any:
    rule = rules().get(name)
    return meant(name, rule.kind, value, choices_of(name)) if rule else value


def _dated(typed: Mapping[str, Any]) -> dict[str, str]:
    """Return every day as a date, also one that is given as so many after the drawdown."""
    named = [name for name in typed if name in rules() and rules()[name].kind == "date"]
    read = {name: as_days(typed[name], name) for name in named}
    first = int(read["start"][0]) if "start" in read else 0
    return {name: iso(int(days) + first * after) for name, (days, after) in read.items()}


def _daily_rates(typed: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """Yield the daily rates of the cell, also those in its lists."""
    for name, value in typed.items():
        kind = rules()[name].kind if name in rules() else ""
        if kind == "daily rate":
            yield name, value
        for row in value if kind == "rows" else ():
            if isinstance(rate := row.get("daily_rate"), int | float):
                yield f"{name}: {row.get('name', '')} daily_rate", rate


def check(given: Mapping[str, Any]) -> None:
    """Refuse parameters that are none (检查参数), before anything is worked out from them.

    Parameters
    ----------
    given : dict
        Name to value, in the order of the cell; names without a rule are passed over.

    Raises
    ------
    JiebeiError
        With the name of the first parameter that is wrong, its value, and what it may be.

    Examples
    --------
    >>> check({"principal": 50_000, "extend_months": -1})
    Traceback (most recent call last):
        ...
    jiebei.JiebeiError: extend_months=-1: a whole number from 0 to 60.
    """
    for name, value in given.items():
        if name in rules():
            _check(value, name, rules()[name])
    months = given.get("months", MOST_MONTHS)
    if isinstance(months, ForDays):  # all at once, whichever method is chosen
        return
    if "method" in given and months < least_months(given["method"]):
        raise JiebeiError("error.method_term", months=months)


def _check(value: Any, name: str, rule: Rule) -> None:
    several = rule.kind in ("yuan a month", "list", "rows", "by name")
    if hasattr(value, "__len__") and not isinstance(value, str) and not several:
        raise JiebeiError("error.entered_one", name=name)
    try:
        _check_kind(value, name, rule)
    except JiebeiError as refused:
        if rule.kind == "daily rate" and isinstance(value, str) and re.search("[厘毫分]", value):
            raise JiebeiError("error.old_unit", name=name, value=value) from None
        if isinstance(value, str) and rule.kind in UNITS:  # a figure that has no one meaning
            shown = {"refused": refused.words, "name": name, "typed": rule.typed}
            raise JiebeiError("error.entered_text", **shown) from None
        raise


def _check_kind(value: Any, name: str, rule: Rule) -> None:
    least, most = rule.least or 0, rule.most or 0
    match rule.kind:
        case "file":
            pass  # refused where it is used
        case "date":
            _check_date(value, name)
        case "yuan":
            money(value, name, zero=least == 0)
        case "yuan a month":
            check_amount(value, name)
        case "daily rate":
            rate(value, name)
        case "share" | "multiple":
            share(value, name, most)
        case "term" if isinstance(value, ForDays):
            whole_number(value.days, name, 1, MOST_FOR_DAYS, "error.for_days")
        case "term":
            whole_number(value, name, int(least), int(most), "error.months")
        case "months" | "days" | "count":
            whole_number(value, name, int(least), int(most))
        case "choice":
            _refuse_unknown(value, name)
            choices(value, name, choices_of(name))
        case _:
            _check_form(value, name, rule)


def _refuse_unknown(value: Any, name: str) -> None:
    """Refuse what people call a way to repay, and is none of those here."""
    found = NO_METHODS.get(value.strip()) if isinstance(value, str) else None
    if found and name in ("method", "offered"):
        raise JiebeiError(found, name=name, value=value)


def _check_date(value: Any, name: str) -> None:
    days, after_drawdown = as_days(value, name)
    if days == MISSING or (after_drawdown and name in ("start", "as_of", "legal_lines_on")):
        raise JiebeiError("error.give_a_date", name=name, value=value)


def choices_of(name: str) -> Sequence[str]:
    """Return what may be chosen for a parameter; nothing where it is no choice.

    Examples
    --------
    >>> choices_of("penalty_on"), choices_of("principal")
    (('principal', 'principal_and_interest'), ())
    """
    if name == "who":
        return list(facts("shocks")["who"].unique())
    known: dict[str, Sequence[str]] = {
        "method": METHODS,
        "offered": METHODS,
        "grace_interest": INTEREST,
        "penalty_on": PENALTY_ON,
        "order": ("cheapest", *ORDERS),
        "month_end": MONTH_ENDS,
        "day_count": DAY_COUNTS,
        "rounding": ROUNDINGS,
        "residual": RESIDUALS,
        "prepay_settles": PREPAY_SETTLES,
        "payment_order": [*PAYMENT_ORDERS],
        "payment_spread": SPREADS,
    }
    return known.get(name, ())


def _check_form(value: Any, name: str, rule: Rule) -> None:
    """Refuse what is not written like the example; its items have their own rules where used."""
    fits = isinstance(value, dict if rule.kind == "by name" else list)
    wrong = [each for each in value if not isinstance(each, dict)] if fits else [value]
    if not fits or (rule.kind == "rows" and wrong):
        fields = {"value": repr(wrong[0]), "example": rule.typed}
        raise JiebeiError("error.entered_kind", name=name, **fields)


# What goes together -------------------------------------------------------------------------


def day_in_life(loan: Loan, on: Any, name: str) -> None:
    """Refuse a day on which the loan does not run, under the name of the parameter.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=3, start="2026-12-01")
    >>> day_in_life(loan, "2027-06-01", "extend_on")
    Traceback (most recent call last):
        ...
    jiebei.JiebeiError: extend_on=2027-06-01: the loan runs from 2026-12-01 and is paid off \
on 2027-03-01; choose a day between them.
    """
    _refuse_outside(loan, on, name, 0)


def _refuse_outside(loan: Loan, on: Any, name: str, days_before_the_end: int) -> None:
    found, first = day_of(loan, on), int(loan.terms["start"])
    last = loan.summary().payoff_date.astype("M8[D]").astype("int64")
    if not first <= found <= last - days_before_the_end:
        shown = {"day": day(iso(found)), "first": day(iso(first)), "last": day(iso(last))}
        raise JiebeiError("error.day_in_life", name=name, **shown)


def repayment(loan: Loan, repay_amount: Any, repay_on: Any) -> None:
    """Refuse an early repayment that the loan does not allow, under the names of the cell.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(5_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> repayment(loan, 20_000, "2027-03-01")
    Traceback (most recent call last):
        ...
    jiebei.JiebeiError: repay_amount=20,000: on 2027-03-01 only ¥3,815.50 of principal is \
owed; give at most that.
    """
    if not money(repay_amount, "repay_amount", zero=True):
        return
    _refuse_outside(loan, repay_on, "repay_on", 1)  # on the last day the instalment repays all
    left = owed(loan, repay_on) / 100
    if repay_amount > left:
        shown = {"amount": f"{repay_amount:,}", "day": day(iso(day_of(loan, repay_on)))}
        raise JiebeiError("error.repay_amount", owed=yuan(left), **shown)


def in_order(repay_on: Any, reborrow_on: Any) -> None:
    """Refuse to borrow again before anything is repaid.

    Examples
    --------
    >>> in_order("2027-03-01", "2027-02-01")
    Traceback (most recent call last):
        ...
    jiebei.JiebeiError: reborrow_on=2027-02-01: you repay on 2027-03-01; choose a later day.
    """
    repay = int(as_days(repay_on, "repay_on")[0])
    again = int(as_days(reborrow_on, "reborrow_on")[0])
    if again < repay:
        raise JiebeiError("error.reborrow_on", again=iso(again), repay=iso(repay))
