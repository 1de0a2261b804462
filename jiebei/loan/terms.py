"""What was agreed in the contract: checked, and turned into the engine's whole numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from jiebei.engine.arrears import ORDERS, SPREADS
from jiebei.engine.book import LEVEL, MOST_PRODUCT, NEVER, NO_DUE_DAY, NO_INSTALMENT, SLICE
from jiebei.language.errors import JiebeiError, refuse
from jiebei.units.arrays import fit
from jiebei.units.days import MISSING, Ints, as_days, day_of_month, due_date, month_of
from jiebei.units.fen import ROUNDINGS
from jiebei.units.reading import choices, money, rate, share, whole_number

__all__ = [
    "DAY_COUNTS",
    "INTEREST_ONLY_MONTHS",
    "INTEREST_THEN_EQUAL",
    "METHODS",
    "MONTH_ENDS",
    "PENALTY_MULTIPLE",
    "PENALTY_ON",
    "PREPAY_SETTLES",
    "RESIDUALS",
    "check_range",
    "least_months",
    "terms_of",
]

INTEREST_THEN_EQUAL = "interest_then_equal"
INTEREST_ONLY_MONTHS = 6  # unless others are given
DAY_COUNTS = ("actual", "both_ends", "thirty")
MONTH_ENDS = ("clamp", "25_to_27", "1_to_3")
PREPAY_SETTLES = ("part", "whole")
RESIDUALS = ("last", "first")
PENALTY_MULTIPLE = 1.5  # unless another is given; assumed, see data/assumptions.csv
PENALTY_ON = ("principal", "principal_and_interest")
MOST_MONTHS, MOST_DAYS = 60, 1827
MOST_MULTIPLE, MOST_GRACE_DAYS, MOST_DAYS_LATE = 2.0, 30, 3650

_KEPT_EQUAL = {  # by each method
    "interest_only": NO_INSTALMENT,
    "equal_instalment": LEVEL,
    "equal_principal": SLICE,
    "bullet": NO_INSTALMENT,
    INTEREST_THEN_EQUAL: LEVEL,
}
METHODS = tuple(_KEPT_EQUAL)
_ONLY, _BULLET, _THEN = map(METHODS.index, ("interest_only", "bullet", INTEREST_THEN_EQUAL))
_STYLE = np.array([*_KEPT_EQUAL.values()], np.int64)


def terms_of(given: Mapping[str, Any], *, nothing: bool = False) -> dict[str, npt.NDArray[Any]]:
    """Check the arguments of a loan and return its terms as arrays that broadcast.

    `nothing` says whether the principal may be 0.
    """
    fit(*given.values())
    method = choices(given["method"], "method", METHODS)
    once = _BULLET if given["days"] is not None else method  # at the end of so many days
    day_count = choices(given["day_count"], "day_count", DAY_COUNTS)
    start, after = as_days(given["start"], "start")
    shown = start if after else start.astype("M8[D]")
    refuse(after | (start == MISSING), shown, "start", "error.start")
    instalments, maturity = _term(given, start)
    name = "interest_only_months"
    interest_only = whole_number(given[name], name, 1, MOST_MONTHS - 1)
    none_equal = (once == _THEN) & (interest_only >= instalments)
    refuse(none_equal, interest_only, name, "error.interest_only_months")
    return {
        "principal": money(given["principal"], "principal", zero=nothing),
        "rate": rate(given["daily_rate"], "daily_rate"),
        "start": start,
        "style": _STYLE[once],
        "interest_only": np.where(once == _ONLY, NEVER, interest_only * (once == _THEN)),
        "both_ends": day_count == DAY_COUNTS.index("both_ends"),
        "thirty": day_count == DAY_COUNTS.index("thirty"),
        "fee_rate": share(given["prepay_fee_rate"], "prepay_fee_rate", 0.1),
        "settles_whole": choices(given["prepay_settles"], "prepay_settles", PREPAY_SETTLES) == 1,
        "rounding": choices(given["rounding"], "rounding", ROUNDINGS),
        "residual_first": choices(given["residual"], "residual", RESIDUALS) == 1,
        "drawdown_fee": money(given["drawdown_fee"], "drawdown_fee", zero=True),
        "instalment_fee": money(given["instalment_fee"], "instalment_fee", zero=True),
        **_when_late(given),
        **_due_days(given, method, start, instalments, maturity),
    }


def _when_late(given: Mapping[str, Any]) -> dict[str, npt.NDArray[Any]]:
    """Return what was agreed for payments that come late."""
    name = "accelerate_after"
    return {
        "penalty_multiple": share(given["penalty_multiple"], "penalty_multiple", MOST_MULTIPLE),
        "penalty_on_interest": choices(given["penalty_on"], "penalty_on", PENALTY_ON) == 1,
        "grace_days": whole_number(given["grace_days"], "grace_days", 0, MOST_GRACE_DAYS),
        "payment_order": choices(given["payment_order"], "payment_order", list(ORDERS)),
        "payment_spread": choices(given["payment_spread"], "payment_spread", SPREADS),
        "accelerate_after": whole_number(given[name], name, 0, MOST_DAYS_LATE),
    }


def least_months(method: str, interest_only_months: int = INTEREST_ONLY_MONTHS) -> int:
    """Return the fewest months in which a method has room: some need one after those of interest.

    Examples
    --------
    >>> least_months("equal_instalment"), least_months("interest_then_equal", 3)
    (1, 4)
    """
    return interest_only_months + 1 if method == INTEREST_THEN_EQUAL else 1


def _term(given: Mapping[str, Any], start: Ints) -> tuple[Ints, Ints | None]:
    """Return the number of months, and the maturity where the term is in days."""
    months, days = given["months"], given["days"]
    if (months is None) == (days is None):
        raise JiebeiError("error.no_term" if months is None else "error.two_terms")
    if days is None:
        return whole_number(months, "months", 1, MOST_MONTHS, "error.months"), None
    length = whole_number(days, "days", 1, MOST_DAYS, "error.days")
    return np.ones_like(length), start + length


def _due_days(
    given: Mapping[str, Any], method: Ints, start: Ints, months: Ints, maturity: Ints | None
) -> dict[str, npt.NDArray[Any]]:
    """Return the day of the month and the month from which the due dates count."""
    if maturity is not None:
        return {
            "instalments": np.ones_like(maturity),
            "due_day": day_of_month(maturity),
            "anchor": month_of(maturity) - 1,
            "first_period": maturity - start,
        }
    day = day_of_month(start)
    if given["due_day"] is not None:
        day = whole_number(given["due_day"], "due_day", 1, 31, "error.due_day")
    rule = choices(given["month_end"], "month_end", MONTH_ENDS)
    day = np.where((day <= 28) | (rule == 0), day, np.where(rule == 1, day - 4, day - 28))
    name = "shortest_first_period"
    shortest = whole_number(given[name], name, 0, 31, "error.shortest_first_period")
    drawn_in, drawn_on = month_of(start), day_of_month(start)
    month = drawn_in + (due_date(drawn_in, day) <= start)
    month = month + (due_date(month, day) - start < shortest)
    bullet = method == _BULLET  # due once, whole months after the drawdown
    day = np.where(bullet, drawn_on, day)
    anchor = np.where(bullet, drawn_in + months, month) - 1
    first_period = 30 * (anchor + 1 - drawn_in) + day - drawn_on
    return {
        "instalments": np.where(bullet, 1, months),
        "due_day": day,
        "anchor": anchor,
        "first_period": np.maximum(first_period, 1),
    }


def check_range(terms: Mapping[str, Any], decisions: Sequence[Any]) -> None:
    """Refuse loans whose interest would not fit the engine's whole numbers.

    Where interest may join the principal, the engine looks again as the debt grows.
    """
    last = terms["anchor"] + terms["instalments"]
    highest = terms["rate"]
    for each in decisions:
        taken = each.on != MISSING
        last = last + each.months_more() * taken
        highest = np.maximum(highest, getattr(each, "rate", 0) * taken)
    start, fee_rate, principal = terms["start"], terms["fee_rate"], terms["principal"]
    most, rate, fee, end = (e.max(initial=0) for e in (principal, highest, fee_rate, last))
    if not _beyond(most, rate, fee, end, start.min(initial=NO_DUE_DAY)):
        return  # all of them together tell it of most
    beyond = _beyond(principal, highest, fee_rate, last, start)
    refuse(beyond, principal / 100, "principal", "error.beyond")


def _beyond(principal: Any, rate: Any, fee_rate: Any, last_month: Any, start: Any) -> Any:
    """Tell where the interest of all days, or the fee, times the principal is too much."""
    days = 31.0 * (last_month - month_of(start) + 1)
    return principal * np.maximum(rate * days, fee_rate) > MOST_PRODUCT
