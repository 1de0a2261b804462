"""A loan that runs already, entered by what is left of it."""

from __future__ import annotations

from typing import Any

from jiebei.loan.loan import Loan
from jiebei.loan.taken_up import take_up
from jiebei.units.kinds import Date, Rate, Whole, Yuan

__all__ = ["running"]


def running(
    principal: Yuan,
    *,
    daily_rate: Rate,
    instalments: Whole,
    last_due: Date,
    next_due: Date = None,
    method: str = "equal_instalment",
    instalment: Yuan = None,
    interest_only_months: Whole = 0,
    interest_paid_to: Date = None,
    **terms: Any,
) -> Loan:
    """Enter a running loan by what is left of it (剩余本金, 剩余期数), as the app shows it.

    Nothing may be overdue on the day for which it is entered; what was paid, or missed, after that
    goes into `with_history`.

    Parameters
    ----------
    principal : yuan
        Principal still owed (剩余本金).
    daily_rate : decimal
        Interest a day (日利率).
    instalments : int
        How many are left (剩余期数), 1 to 60.
    last_due : date
        The last due day, which was paid (上一个还款日): interest since then is still owed.
    next_due : date, optional
        The next one; the same day a month later if not given. Needed where one of both is cut short
        by the end of a month.
    method : {"equal_instalment", "interest_only", "equal_principal", "interest_then_equal"}
    instalment : yuan, optional
        The equal instalment that the app shows (每月等额的月供), without a fee with it; for
        "equal_principal" the principal in it. Without it, it is worked out anew from what is left,
        and may differ by some fen, since the rounding of the first one is not known.
    interest_only_months : int
        For "interest_then_equal": how many of the instalments left carry interest only.
    interest_paid_to : date, optional
        Where a repayment since the last due day settled the interest on all that was owed
        (`prepay_settles="whole"`), its day; the last due day if not given.
    **terms
        Further arguments of `Loan`: `day_count`, `prepay_fee_rate`, `penalty_multiple`, ...

    Returns
    -------
    Loan
        As if drawn on the last due day; its instalments count from 1. What follows is that of the
        whole loan, to the fen.

    Raises
    ------
    JiebeiError
        For a bad value; where the instalment does not repay the rest; for a loan repaid once, which
        has no due day behind it: give that to `Loan` with its own drawdown and what is owed.

    Examples
    --------
    Of 50,000 yuan over 12 months 3 instalments are paid:

    >>> import jiebei as jb
    >>> rest = jb.running(
    ...     38_155, daily_rate=0.0004, instalments=9, last_due="2027-03-01", instalment=4_503.11
    ... )
    >>> rest.cashflows(["date", "interest", "payment", "closing"]).iloc[[1, 2, -1]]
            date  interest  payment   closing
    1 2027-04-01    473.12  4503.11  34125.01
    2 2027-05-01    409.50  4503.11  30031.40
    9 2027-12-01     53.40  4503.12      0.00
    """
    return take_up(
        Loan,
        principal,
        daily_rate=daily_rate,
        instalments=instalments,
        last_due=last_due,
        next_due=next_due,
        method=method,
        instalment=instalment,
        interest_only_months=interest_only_months,
        interest_paid_to=interest_paid_to,
        **terms,
    )
