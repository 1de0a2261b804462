"""What a lender's loan costs if it is settled before its end: the interest, and what stays due."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from jiebei.life.offers.offers import Need, Offer
from jiebei.units.days import due_date, iso, month_of, one_day
from jiebei.value.rates import effective_rates

__all__ = ["Settled", "settled"]


class Settled(NamedTuple):
    """A loan that is settled some months after it is drawn (提前结清).

    Attributes
    ----------
    date : datetime64
        On which day it is settled; its own end where that is earlier.
    cost : yuan
        Interest and fees in all, with the two below.
    stays : yuan
        Of it, fees of later instalments that fall due all the same.
    asked : yuan
        Of it, the fee for settling early (违约金).
    effective_rate : decimal
        A year; NaN where there is none.
    """

    date: np.datetime64
    cost: float
    stays: float
    asked: float
    effective_rate: float


def settled(offer: Offer, need: Need, months: int) -> Settled:
    """Settle what one lender lends for a need on one day, so many months after that day.

    Parameters
    ----------
    offer : Offer
    need : Need
        Of one amount.
    months : int
        1 or more.

    Notes
    -----
    A fee that stays falls due with the settlement. A fee for settling is asked before
    `prepay_fee_months` have passed; on that day it is not.

    Examples
    --------
    >>> need = Need({"2026-12-01": 6_000}, 6, "equal_principal")
    >>> card = Offer("card", monthly_fee=0.005, fee_stays=True)
    >>> settled(card, need, 2)[1:4]
    (180.0, 120.0, 0.0)
    """
    [loan] = offer.loans(need)
    start = one_day(loan.start, "start")
    on = int(due_date(month_of(start) + months, start - due_date(month_of(start), 1) + 1))
    if offer.prepay_fee_months is not None and months >= offer.prepay_fee_months:
        loan = loan.but(prepay_fee_rate=0.0)
    end = loan.summary()
    early = on < int(end.payoff_date.astype("M8[D]").astype("int64"))
    plan = loan.settle(on=iso(on)) if early else loan
    total, plain = plan.summary(), loan.but(prepay_fee_rate=0.0)
    free = plain.settle(on=iso(on)).summary() if early else total
    stays = round(float(end.fee - free.fee), 2) if offer.fee_stays else 0.0
    flows = plan.cashflows(["date", "drawn", "payment"])
    cash = np.array(flows["drawn"] - flows["payment"], np.float64)
    cash[-1] -= stays
    days = (flows["date"] - flows["date"].iloc[0]) / pd.Timedelta(days=1)
    rate, _ = effective_rates(cash[:, None], days.to_numpy()[:, None])
    return Settled(
        total.payoff_date,
        round(float(total.interest + total.fee) + stays, 2),
        stays,
        round(float(total.fee - free.fee), 2),
        float(rate[0]),
    )
