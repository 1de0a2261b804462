"""Paying late: what the credit record shows, how long, and the one-off repair of 2025 and 2026."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from jiebei.life.late.costs import due_date, due_dates
from jiebei.life.rules.facts import facts
from jiebei.loan.loan import Loan

__all__ = ["Delay", "Repair", "contested_grace", "credit_repair", "delay", "years_kept"]


class Delay(NamedTuple):
    """What a credit record keeps of paying late.

    Attributes
    ----------
    arose : datetime64[D]
        The day after the due day of the first instalment that is late.
    last_arose : datetime64[D]
        The same of the last one.
    paid_on : datetime64[D]
        The day on which all that is overdue is paid.
    most : yuan
        The most that is overdue in all, penalty included: what is paid that day.
    """

    arose: np.datetime64
    last_arose: np.datetime64
    paid_on: np.datetime64
    most: float


class Repair(NamedTuple):
    """Which delays the one-off credit repair (一次性信用修复) takes off the record.

    Attributes
    ----------
    most : yuan
        Overdue on one loan at most.
    first, last : datetime64[D]
        Between which days the delay must have arisen, both included.
    repaid_by : datetime64[D]
        The last day on which to repay it.
    """

    most: float
    first: np.datetime64
    last: np.datetime64
    repaid_by: np.datetime64

    def refuses(self, late: Delay) -> str:
        """Return the first condition that a delay does not meet: arose, amount, paid; or none.

        Examples
        --------
        >>> due, repaid = np.datetime64("2025-09-02"), np.datetime64("2025-10-01")
        >>> credit_repair().refuses(Delay(due, due, repaid, 4_585.08))
        ''
        >>> credit_repair().refuses(Delay(due, due, repaid, 10_000.01))
        'amount'
        """
        if late.arose < self.first or late.last_arose > self.last:
            return "arose"
        if late.most > self.most:
            return "amount"
        return "paid" if late.paid_on > self.repaid_by else ""


def credit_repair() -> Repair:
    """Look the repair up in `data/legal_lines.csv`.

    Examples
    --------
    >>> repair = credit_repair()
    >>> print(repair.most, repair.first, repair.last, repair.repaid_by)
    10000.0 2020-01-01 2025-12-31 2026-03-31
    """
    lines: Any = facts("legal_lines").set_index("line")
    rule, delays = (lines.loc[f"one-off credit repair{each}"] for each in ("", ", delays of"))
    days = (np.datetime64(each, "D") for each in (delays["from"], delays["until"], rule["until"]))
    return Repair(float(rule["value"]), *days)


def contested_grace() -> int:
    """Return the most days of grace that pages tell of, and other pages deny.

    Examples
    --------
    >>> contested_grace()
    3
    """
    told: Any = facts("product").set_index("fact").loc["days of grace after the due day", "value"]
    return max(int(each) for each in told)


def delay(loan: Loan, instalment: int, days: int) -> Delay:
    """Return what the record keeps if an instalment, and all due since, is paid so late.

    Examples
    --------
    >>> loan = Loan(50_000, daily_rate=0.0004, months=12, start="2025-06-01")
    >>> late = delay(loan, 3, 30)
    >>> print(late.arose, late.paid_on, late.most)
    2025-09-02 2025-10-01 4585.08
    """
    due = due_date(loan, instalment)
    paid_on = due + np.timedelta64(days, "D")
    dues = due_dates(loan)
    last_due = dues[(dues >= due) & (dues < paid_on)][-1]
    return Delay(due + 1, last_due + 1, paid_on, _overdue(loan, instalment, days, paid_on))


def _overdue(loan: Loan, instalment: int, days: int, paid_on: np.datetime64) -> float:
    """Return what is paid that day, without an instalment that falls due on it."""
    late, agreed = (_on(each, paid_on) for each in (loan.pay_late(instalment, days), loan))
    on_time = agreed["payment"].sum() if late["event"].eq("instalment").any() else 0.0
    return round(float(late["payment"].sum() - on_time), 2)


def _on(loan: Loan, when: np.datetime64) -> pd.DataFrame:
    flows = loan.cashflows(["date", "event", "payment"])
    return flows[flows["date"] == pd.Timestamp(when)]


def years_kept() -> int:
    """Return for how many years after repayment the law keeps the record."""
    lines: Any = facts("legal_lines").set_index("line")
    return int(lines.loc["record of late payment", "value"])
