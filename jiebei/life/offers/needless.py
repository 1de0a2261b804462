"""A loan drawn for its coupon alone: what is left if it is settled on each of its days."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from jiebei.life.offers.offers import Coupon, Market
from jiebei.loan.loan import Loan
from jiebei.units.days import Ints
from jiebei.value.worth import future_value

__all__ = ["Needless", "days_to_try", "drawn_for"]

EVERY_DAY, LATER = 400, 60  # the first days all, then some to the end


def days_to_try(loan: Loan) -> Any:
    """Return days on which the loan could be settled, the first year all of them."""
    last = int(loan.summary().days_in_debt)
    later = np.linspace(1, last, LATER).round()
    return np.unique(
        np.append(np.arange(1, min(last, EVERY_DAY) + 1, dtype=np.int64), later)
    ).astype(np.int64)


class Needless(NamedTuple):
    """A loan drawn for its coupon alone, and what is paid if it is settled on each of its days."""

    coupon: Coupon
    loan: Loan
    days: Ints
    flows: pd.DataFrame

    def gain(self, rate: float) -> Any:
        """Return what is left on each day if the money lay in savings until then."""
        return future_value(self.flows, rate, self.loan.terms["start"] + self.days)


def drawn_for(market: Market, coupon: Coupon) -> Needless | None:
    """Draw as much as the coupon covers, of the largest drawdown on which it works."""
    usable = [each for each in market.line.loans(market.need) if coupon.works_on(each)]
    if not usable:
        return None
    loan = max(usable, key=lambda each: float(each.principal))
    covered = loan.principal if coupon.principal is None else coupon.principal
    loan = loan.but(principal=min(covered, loan.principal))
    days = days_to_try(loan)
    settled = coupon.on(loan).settle(on=days)
    return Needless(coupon, loan, days, settled.cashflows(["loan", "date", "drawn", "payment"]))
