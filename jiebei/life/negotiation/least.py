"""The least of a concession that the cash carries: months, or a share of the principal."""

from __future__ import annotations

import numpy as np

from jiebei.compare.compare import Cash
from jiebei.life.negotiation.carried import lowest
from jiebei.life.negotiation.standing import Debt
from jiebei.loan.loan import Loan
from jiebei.loan.terms import MOST_MONTHS
from jiebei.units.fen import FEN

__all__ = ["SHARES", "least_months", "least_share"]

SHARES = np.arange(1001, dtype=np.int64) / 1000  # steps of 0.1 %


def least_months(
    debt: Debt, cash: Cash, daily_rate: float | None = None
) -> tuple[int, Loan | None]:
    """Find the least instalments that the cash carries (最少要分几期), nothing let off.

    Parameters
    ----------
    debt : Debt
    cash : Cash
    daily_rate : decimal, optional
        The present one if not given.

    Returns
    -------
    months, plan
        No plan, and the longest term there is, where none is carried.
    """
    months = np.arange(1, MOST_MONTHS + 1, dtype=np.int64)
    plans = debt.late.restructure(months, on=debt.on, daily_rate=daily_rate)
    carried = lowest(plans, debt, cash) > -FEN
    if not carried.any():
        return MOST_MONTHS, None
    found = int(months[carried.argmax()])
    return found, debt.late.restructure(found, on=debt.on, daily_rate=daily_rate)


def least_share(debt: Debt, cash: Cash) -> float | None:
    """Find the least share of the principal to let off (减免本金), over 60 months and no interest.

    Returns
    -------
    decimal, or None
        To 0.1 %; none where not even the whole of it is enough.
    """
    plans = debt.late.restructure(MOST_MONTHS, on=debt.on, daily_rate=0.0, haircut=SHARES)
    carried = lowest(plans, debt, cash) > -FEN
    return float(SHARES[carried.argmax()]) if carried.any() else None
