"""What lies beside a reader's own case: a rate a little lower or higher, another method or term."""

from __future__ import annotations

from jiebei.loan.terms import INTEREST_ONLY_MONTHS, METHODS, MOST_MONTHS, least_months
from jiebei.units.reading import HIGHEST_DAILY_RATE

__all__ = ["methods_for", "rates_beside", "terms_beside"]


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
    months: int, method: str, interest_only_months: int = INTEREST_ONLY_MONTHS
) -> list[int]:
    """Return half and twice the months, as far as the method has room and loans go.

    Examples
    --------
    >>> terms_beside(12, "bullet"), terms_beside(12, "interest_then_equal")
    ([6, 24], [24])
    """
    room = least_months(method, interest_only_months)
    near = (months // 2, min(2 * months, MOST_MONTHS))
    return [each for each in near if each != months and each >= room]


def methods_for(months: int, interest_only_months: int = INTEREST_ONLY_MONTHS) -> list[str]:
    """Return the methods that have room in so many months.

    Examples
    --------
    >>> methods_for(3)
    ['interest_only', 'equal_instalment', 'equal_principal', 'bullet']
    """
    return [each for each in METHODS if least_months(each, interest_only_months) <= months]
