"""Money is short on the due day: what can be done, as loans, and what other money costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from jiebei.language.words import Words
from jiebei.life.late.costs import Elsewhere, due_date, due_then
from jiebei.loan.loan import Loan
from jiebei.units.fen import FEN
from jiebei.value.worth import DAYS_A_YEAR

__all__ = ["Extension", "given_back", "missing", "ways"]


@dataclass(frozen=True)
class Extension:
    """What the lender offers, if it does: so many months more, for a fee in yuan."""

    months: int
    fee: float = 0.0


def ways(
    loan: Loan, instalment: int, days: int, can_pay: float, extension: Extension
) -> dict[Words, Loan]:
    """Return what can be done on a due day when money is short, as loans.

    Parameters
    ----------
    loan : Loan
        As agreed.
    instalment, days : int
        Which instalment is paid late, and how late what is missing is paid.
    can_pay : yuan
        In hand on the due day.
    extension : Extension

    Returns
    -------
    dict of name to Loan
        A part payment only where it is one: more than nothing, and less than all.
    """
    due, late = due_date(loan, instalment), loan.pay_late(instalment, days)
    interest, whole = due_then(loan, instalment)
    found = {Words("strategy.pay_on_time"): loan, Words("strategy.pay_late"): late}
    for key, part in (("interest", interest), ("part", can_pay)):
        if days and FEN < part < whole - FEN:  # else it is one of the two above
            found[Words(f"strategy.pay_{key}")] = late.pay(part, on=due)
    if extension.months:
        extended = loan.extend(extension.months, on=due, fee=extension.fee)
        found[Words("strategy.extend")] = extended
    return found


def missing(loan: Loan, due: Any, days: int, can_pay: float) -> pd.Series[float]:
    """Return what is missing on each due day before the rest comes; the first day 0 where it is."""
    paid = loan.cashflows(["date", "payment"]).groupby("date")["payment"].sum()
    lent = paid[(paid.index >= pd.Timestamp(due)) & (paid.index < pd.Timestamp(due + days))].copy()
    lent.iloc[:1] = np.maximum(lent.iloc[:1] - can_pay, 0.0)
    return lent


def given_back(
    lent: pd.Series[float], back: Any, elsewhere: Elsewhere, savings_rate: float
) -> dict[str, float]:
    """Return what money from elsewhere changes, given back on one day."""
    years = (back - lent.index.to_numpy().astype("M8[D]")).astype(np.int64) / DAYS_A_YEAR
    total = float(lent.sum())
    cost = float(lent @ np.expm1(years * np.log1p(elsewhere.rate)))
    cost += elsewhere.fee * (total > FEN)
    earned = float(lent @ np.expm1(years * np.log1p(savings_rate)))
    return {
        "cash_needed": -float(lent.iloc[:1].sum()),
        "payment_then": total + cost,
        "extra_cost": cost,
        "net_benefit": earned - cost,
        "days_late": 0,
    }
