"""A card bill of which nothing is paid (信用卡逾期): interest, interest on it, and late fees."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from jiebei.units.days import as_dates, day_of_month, due_date, month_of, one_day
from jiebei.units.fen import RATE_SCALE, divided
from jiebei.units.reading import money, rate, share, whole_number

__all__ = ["CARD_RATE", "CardBill", "missed_minimum", "unpaid_card"]

CARD_RATE = 0.0005  # a day: the ceiling from 2017 to 2020, and still what most cards ask
BOOKED_BEFORE = 30  # days from the booking of the purchases to the due day of their bill
MOST_MONTHS_UNPAID = 60


@dataclass(frozen=True)
class CardBill:
    """Hold a card bill and what its contract asks for if it is not paid.

    Attributes
    ----------
    balance : yuan
        All of the bill.
    minimum_share : decimal
        Of each bill, that has to be paid at least (最低还款额).
    late_fee_share : decimal
        Of the minimum that is not paid, once for each bill (违约金).
    daily_rate : decimal
        What the bill bears from the day of booking, as nothing of it was paid (全额计息).
    booked_before : days
        From the booking of the purchases to the due day.
    minimum_floor : yuan
        The least that has to be paid of any bill that is as large.
    """

    balance: float
    minimum_share: float = 0.1
    late_fee_share: float = 0.05
    daily_rate: float = CARD_RATE
    booked_before: int = BOOKED_BEFORE
    minimum_floor: float = 0

    def __post_init__(self) -> None:
        """Check what is given, under the names of the page."""
        money(self.balance, "card_balance", zero=True)
        share(self.minimum_share, "card_minimum")
        share(self.late_fee_share, "card_late_fee")
        rate(self.daily_rate, "daily_rate")
        whole_number(self.booked_before, "booked_before", 0, 60)
        money(self.minimum_floor, "minimum_floor", zero=True)

    @property
    def minimum(self) -> float:
        """Return what has to be paid of it at least, in yuan."""
        return self.minimum_of(int(money(self.balance, "card_balance", zero=True))) / 100

    def minimum_of(self, fen: int) -> int:
        """Return the fen that have to be paid at least of a bill of so many."""
        part: int = divided(fen * int(share(self.minimum_share, "card_minimum")), RATE_SCALE)
        return min(max(part, int(money(self.minimum_floor, "minimum_floor", zero=True))), fen)


def unpaid_card(bill: CardBill, due: Any, months: int) -> pd.DataFrame:
    """Return what becomes of a card bill of which nothing is paid, month by month (信用卡逾期).

    Parameters
    ----------
    bill : CardBill
    due : date
        Due day of the bill, whose minimum is missed.
    months : int
        How many, 1 to 60.

    Returns
    -------
    DataFrame
        A row a month, on the due day of that month: `date`, `days` since the last row (in the first
        one since the booking); in yuan `interest`, `fee`, `owed` (bill, interest and fees so far),
        `minimum` (of the bill of that day) and `extra_cost`, which is `owed` less the bill.

    Notes
    -----
    interest = (bill + interest so far) x daily rate x days; fee = late_fee_share x the minimum that
    was missed a month before; minimum = minimum_share x (bill + interest so far). Each is rounded
    half up to the fen. Fees bear no interest. Sources: 银发〔2016〕111号, from memory: interest up
    to 0.05 % a day, no late payment charge (滞纳金), no interest on fees; what is assumed stands in
    `data/assumptions.csv`, under "card".

    Examples
    --------
    61 days on the whole 5,000 are 152.50, and 5 % of the 500 that were missed are 25:

    >>> found = unpaid_card(CardBill(5_000), "2027-03-01", 2)
    >>> found[["interest", "fee", "owed"]].to_numpy().tolist()
    [[152.5, 25.0, 5177.5], [77.29, 25.76, 5280.55]]
    """
    count = int(whole_number(months, "months", 1, MOST_MONTHS_UNPAID))
    first = one_day(due, "due")
    balance = int(money(bill.balance, "card_balance", zero=True))
    daily = int(rate(bill.daily_rate, "daily_rate"))
    charge = int(share(bill.late_fee_share, "card_late_fee"))
    bears, fees, since = balance, 0, first - bill.booked_before
    minimum = bill.minimum_of(balance)
    rows = []
    for month in range(1, count + 1):
        day = int(due_date(month_of(first) + month, day_of_month(first)))
        interest = divided(bears * daily * (day - since), RATE_SCALE)
        fee = divided(minimum * charge, RATE_SCALE)
        bears, fees = bears + interest, fees + fee
        minimum = bill.minimum_of(bears)
        owed = bears + fees
        rows.append([day - since, interest, fee, owed, minimum, owed - balance, day])
        since = day
    table = np.array(rows, np.int64)
    columns = ["interest", "fee", "owed", "minimum", "extra_cost"]
    found = pd.DataFrame(table[:, 1:-1] / 100, columns=columns)
    found.insert(0, "days", table[:, 0])
    found.insert(0, "date", as_dates(table[:, -1]))
    return found


def missed_minimum(bill: CardBill, due: Any, months: int) -> pd.DataFrame:
    """Return what a missed minimum costs more than a paid one, month by month (最低还款没还上).

    Parameters
    ----------
    bill : CardBill
        Of a card whose balance bears interest already, with the interest up to the due day.
    due : date
        Due day of the bill; from then on nothing is paid, or every minimum is.
    months : int
        How many, 1 to 60.

    Returns
    -------
    DataFrame
        A row a month, on the due day of that month: `date`; in yuan `interest` and `fee`, more than
        with the minima paid, and `extra_cost`, all since the due day.

    Notes
    -----
    extra_cost = (interest + fees where nothing is paid) - interest where each minimum is paid, both
    until that day. Rounded and compounded as in `unpaid_card`.

    Examples
    --------
    Of 5,000 the minimum is 500: 5 % of it are 25, and 31 days on 500 at 0.05 % are 7.75:

    >>> missed_minimum(CardBill(5_000), "2027-03-01", 2)[["interest", "fee", "extra_cost"]]
       interest    fee  extra_cost
    0      7.75  25.00       32.75
    1     14.47  25.39       72.61
    """
    unpaid = unpaid_card(replace(bill, booked_before=0), due, months)
    daily = int(rate(bill.daily_rate, "daily_rate"))
    owed = int(money(bill.balance, "card_balance", zero=True))
    paid = []
    for days in unpaid["days"].tolist():
        owed -= bill.minimum_of(owed)
        interest = divided(owed * daily * days, RATE_SCALE)
        paid.append(interest / 100)
        owed += interest
    more = (unpaid["interest"] - np.array(paid)).round(2)
    found = unpaid[["date"]].assign(interest=more, fee=unpaid["fee"])
    return found.assign(extra_cost=(found["interest"] + found["fee"]).cumsum().round(2))
