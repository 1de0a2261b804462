"""What the page comes with, and what of it is fitted to the loan that the reader types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from jiebei.answers import methods
from jiebei.answers.shared.example import (
    AGAIN,
    EXTENDED,
    LOAN,
    OFFERED,
    REPAID,
    SAVINGS,
    SO_FAR,
)
from jiebei.compare.goals import can_shorten
from jiebei.language.words import Words
from jiebei.loan.loan import Loan
from jiebei.notebook.fit import Fit, begin
from jiebei.notebook.so_far import SoFar, decided

__all__ = ["EXAMPLE", "fitted"]

EXAMPLE: Mapping[str, Any] = MappingProxyType(
    {
        **LOAN,
        **SO_FAR,
        "drawdowns": [],
        "cash_in_hand": SAVINGS["cash_in_hand"],
        "monthly_surplus": SAVINGS["monthly_surplus"],
        "surplus_day": 0,
        "savings_rate": SAVINGS["savings_rate"],
        **REPAID,
        **AGAIN,
        **EXTENDED,
        "cash_then": 3_000,
        "surplus_then": 3_000,
        "other_rate": 0.18,
        "offered": [*OFFERED],
        "legal_lines_on": "2026-12-01",
    }
)


def fitted(now: SoFar, typed: Mapping[str, Any]) -> Fit:
    """Fit the repayment, the new loan and the extension to the loan as it is today.

    Where there is no instalment to keep, shortening the term is left out.
    """
    mine = now.fit_day(decided(now, begin(typed, EXAMPLE)), "extend_on")
    if not mine.repay_amount or can_shorten(now.ahead, mine.repay_on):
        return mine
    return mine.leave_out(Words("answer.start_here.no_shorten", day=mine.repay_on))


def by_method(now: SoFar, offered: Sequence[str], agreed: Mapping[str, Any]) -> dict[Words, Loan]:
    """Return what is still owed, by each method offered, as if drawn on the last due day.

    Parameters
    ----------
    now : SoFar
    offered : list of str
        Those for which the months left are too few are left out.
    agreed : dict
        What else the contract says, as `Loan` takes it.

    Examples
    --------
    >>> from jiebei.notebook.so_far import so_far
    >>> loan = Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> ways = by_method(so_far(loan, {}, "2027-03-20"), ["bullet", "equal_principal"], {})
    >>> ways[Words("method.equal_principal")]
    Loan(38,155.00 at 0.0004 a day, 9 months, equal_principal, from 2027-03-01)
    """
    first = now.ahead
    terms = dict(agreed)
    if now.is_underway:  # its fee is paid, and a due day may not be seen from February
        terms |= {"drawdown_fee": 0.0, "due_day": int(first.terms["due_day"])}
    months = int(first.months)
    terms |= {"daily_rate": float(first.daily_rate), "months": months, "start": first.start}
    owed = now.whole.owed(now.today).principal
    return {
        Words(f"method.{each}"): Loan(owed, method=each, **terms)
        for each in methods.possible(offered, months)
    }
