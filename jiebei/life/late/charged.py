"""What a loan charges since its first day late when nothing is paid, against the courts' line."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from jiebei.life.late.costs import due_date
from jiebei.life.rules.court import Charged, all_in
from jiebei.loan.loan import Loan
from jiebei.loan.terms import MOST_MONTHS
from jiebei.units.days import Ints
from jiebei.units.fen import FEN

__all__ = ["LOOKED_AT", "Above", "above_line", "charged_late"]

LOOKED_AT: Ints = np.arange(1, 2 * 365 + 1, dtype=np.int64)  # days late: two years unpaid


class Above(NamedTuple):
    """When what is charged since the first day late is above the line.

    Attributes
    ----------
    first : int
        The first day late on which it is; 0 where it never is within two years.
    stays : bool
        Whether it is on every day after that as well.
    """

    first: int
    stays: bool


def charged_late(loan: Loan, instalment: int, days: Any, *, from_start: bool = False) -> Charged:
    """Hold what is charged so many days late against the line, nothing paid since (逾期后综合成本).

    Parameters
    ----------
    loan : Loan
        As agreed, one scenario.
    instalment : int
        The first that is not paid; none is after it.
    days : int or array
        Days after its due day.
    from_start : bool
        Count from the drawdown, instead of from the first day late.

    Examples
    --------
    At 0.08 % a day the penalty alone is above 24 % a year.

    >>> terms = {"months": 1, "method": "bullet", "start": "2026-12-01"}
    >>> dear = Loan(10_000, daily_rate=0.0008, **terms, penalty_on="principal")
    >>> found = charged_late(dear, 1, 30)
    >>> print(found.charged, found.allowed, found.excess)
    360.0 197.26 162.74
    """
    due = due_date(loan, instalment)
    unpaid = loan.miss(instalment, times=2 * MOST_MONTHS)
    return all_in(unpaid, due + np.asarray(days), since=None if from_start else due)


def above_line(loan: Loan, instalment: int) -> Above:
    """Return from which day late on the total is above the line, within two years (超线的日子).

    Examples
    --------
    >>> loan = Loan(50_000, daily_rate=0.0006, months=12, start="2026-12-01")
    >>> above_line(loan, 3)
    Above(first=47, stays=True)
    """
    above = charged_late(loan, instalment, LOOKED_AT).excess >= FEN
    if not above.any():
        return Above(0, False)
    first = int(above.argmax())
    return Above(int(LOOKED_AT[first]), bool(above[first:].all()))
