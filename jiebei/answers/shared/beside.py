"""What lies beside a reader's own case: a rate a little lower or higher, another method or term."""

from __future__ import annotations

from typing import Any

from jiebei.language.words import Words
from jiebei.loan.terms import INTEREST_ONLY_MONTHS, METHODS, MOST_MONTHS, least_months
from jiebei.units.reading import HIGHEST_DAILY_RATE
from jiebei.units.term import MOST_FOR_DAYS, ForDays

__all__ = ["methods_for", "rates_beside", "term_case", "terms_beside"]


def rates_beside(own: float, step: float) -> list[float]:
    """Return the daily rates a step below and above one's own, those that there can be.

    Examples
    --------
    >>> rates_beside(0.0004, 0.0001), rates_beside(0.0, 0.0001)
    ([0.0003, 0.0005], [0.0001])
    """
    near = (round(float(own) + each, 10) for each in (-step, step))
    return [each for each in near if 0 <= each <= HIGHEST_DAILY_RATE]


def terms_beside(
    months: Any, method: str, interest_only_months: int = INTEREST_ONLY_MONTHS
) -> list[Any]:
    """Return half and twice the months, as far as the method has room and loans go; or the days.

    Examples
    --------
    >>> terms_beside(12, "bullet"), terms_beside(12, "interest_then_equal")
    ([6, 24], [24])
    >>> terms_beside(ForDays(7), "bullet")
    ['3 days', '14 days']
    """
    if isinstance(months, ForDays):
        days = (months.days // 2, min(2 * months.days, MOST_FOR_DAYS))
        return [ForDays(each) for each in days if each not in (0, months.days)]
    room = least_months(method, interest_only_months)
    near = (months // 2, min(2 * months, MOST_MONTHS))
    return [each for each in near if each != months and each >= room]


def term_case(term: Any) -> Words:
    """Name the case of another term.

    Examples
    --------
    >>> term_case(6), term_case(ForDays(3))
    (6 months, 3 days)
    """
    if isinstance(term, ForDays):
        return Words("answer.methods.case_days", days=term.days)
    return Words("answer.methods.case_months", months=term)


def methods_for(months: Any, interest_only_months: int = INTEREST_ONLY_MONTHS) -> list[str]:
    """Return the methods that have room in so many months; none, where days end all at once.

    Examples
    --------
    >>> methods_for(3)
    ['interest_only', 'equal_instalment', 'equal_principal', 'bullet']
    """
    if isinstance(months, ForDays):
        return []
    return [each for each in METHODS if least_months(each, interest_only_months) <= months]
