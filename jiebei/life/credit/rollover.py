"""A line of credit that feeds itself: every instalment paid with a new loan (以贷养贷)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from jiebei.language.errors import JiebeiError
from jiebei.loan.loan import Loan
from jiebei.loan.plan import Plan
from jiebei.loan.terms import MOST_MONTHS
from jiebei.units.days import as_days, due_date, month_of
from jiebei.units.reading import whole_number

__all__ = ["month_by_month", "rollover"]


def rollover(loan: Loan, months: int) -> Plan:
    """Pay whatever falls due with a new loan on the same terms (以贷养贷), for so many months.

    Examples
    --------
    The first instalments of a published chain, 10,000 yuan at 1.5 % a month:

    >>> import jiebei as jb
    >>> loan = jb.Loan(
    ...     10_000, daily_rate=0.0005, months=12, start="2026-12-01", day_count="thirty"
    ... )
    >>> [each.principal.item() for each in rollover(loan, 3).loans[1:]]
    [916.8, 1000.85, 1092.61]

    Parameters
    ----------
    loan : Loan
        One scenario. Its term, rate and method are those of every new loan.
    months : int
        Months after the drawdown, 1 to 60, in which the due dates are paid in this way. After that
        the loans are repaid as agreed.

    Returns
    -------
    Plan
        The loan, and one new loan a due date, each as large as all that falls due that day.

    Raises
    ------
    JiebeiError
        For months out of range, or an array of scenarios.

    Notes
    -----
    Nothing is ever paid out of your own pocket but a drawdown fee, so the principal owed grows by
    the interest: on 30-day months by the factor (1 + 30 x daily rate) a month.
    """
    ahead = int(whole_number(months, "months", 1, MOST_MONTHS))
    if loan.shape:
        raise JiebeiError("error.rollover", scenarios=np.prod(loan.shape))
    start = loan.terms["start"]
    until = due_date(month_of(start) + ahead, np.int64(31))
    plan, due = Plan((loan,)), _due(loan)
    while (coming := due[due.index <= until]).size:
        day, fen = int(coming.index[0]), int(coming.iloc[0])
        plan = plan.reborrow(fen / 100, on=np.int64(day).astype("M8[D]"))
        due = due[due.index > day].add(_due(plan.loans[-1]), fill_value=0)
    return plan


def _due(loan: Loan) -> pd.Series[int]:
    """Return what a loan takes in fen, by day, after the day it is drawn."""
    flows = loan.cashflows(["date", "payment"])
    days = as_days(flows["date"].to_numpy(), "date")[0]
    fen = np.round(flows["payment"].to_numpy() * 100).astype(np.int64)
    paid = pd.Series(fen).groupby(days).sum()
    return paid[(paid > 0) & (paid.index > loan.terms["start"])]


def month_by_month(plan: Plan) -> pd.DataFrame:
    """Return what falls due on each day on which a line is drawn on again, and what is owed then.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(
    ...     10_000, daily_rate=0.0005, months=12, start="2026-12-01", day_count="thirty"
    ... )
    >>> month_by_month(rollover(loan, 12))[["due", "drawn", "owed", "to_pay"]].iloc[[0, 1, 12]]
            due     drawn      owed    to_pay
    0      0.00  10000.00  10000.00  11001.61
    1    916.80    916.80  10150.00  11093.44
    12  2406.15   2406.15  11956.15  12869.67

    Returns
    -------
    DataFrame
        One row a drawdown: `date`; in yuan what fell `due`, of it `interest`, what was `drawn` to
        pay it, the principal `owed` afterwards, all that is still `to_pay` on the loans drawn so
        far; and the number of `open_loans`.
    """
    flows = plan.cashflows(["loan", "date", "drawn", "interest", "payment", "closing"])
    drawn = flows[flows["drawn"] > 0].groupby("date")["drawn"].sum()
    begun = flows.groupby("loan")["date"].transform("min")
    rows = []
    for date, amount in drawn.items():
        known = flows[begun <= date]  # the loans drawn so far
        past = known["date"] <= date
        today = flows[(flows["date"] == date) & (flows["drawn"] == 0)]
        owed = known[past].groupby("loan")["closing"].last()
        rows.append(
            {
                "date": date,
                "due": today["payment"].sum(),
                "interest": today["interest"].sum(),
                "drawn": amount,
                "owed": owed.sum(),
                "to_pay": known.loc[~past, "payment"].sum(),
                "open_loans": int((owed > 0).sum()),
            }
        )
    table = pd.DataFrame(rows)
    money = ["due", "interest", "drawn", "owed", "to_pay"]
    return table.assign(**table[money].round(2))
