"""What does the loan really cost for some days only? A day's price, a coupon, one day late."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from jiebei.language.words import Words, passage, written
from jiebei.loan.loan import Loan
from jiebei.loan.terms import MOST_DAYS
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN
from jiebei.units.reading import share, whole_number

__all__ = ["for_days"]

SHOWN, USUAL = (1, 3, 7, 14, 30), 7  # days


def for_days(loan: Loan, coupon_days: int, coupon_off: float) -> Answer:
    """Say what so many days cost, all repaid at their end (按天借).

    Parameters
    ----------
    loan : Loan
        Its own days are told; seven, where it runs by months.
    coupon_days : int
        First days on which a coupon works.
    coupon_off : decimal
        Share of the interest that it lets off meanwhile.

    Returns
    -------
    Answer
        Table by days: `date`, `total_paid`, `interest`, `with_coupon`, `late_one_day`,
        `effective_rate`.

    Examples
    --------
    >>> loan = Loan(5_000, daily_rate=0.0005, days=7, start="2027-01-28")
    >>> print(for_days(loan, 3, 1.0).figures.iloc[2]["with_coupon"])
    10.0
    """
    whole_number(coupon_days, "coupon_days", 0, MOST_DAYS)
    share(coupon_off, "coupon_off")
    own = USUAL if loan.months is not None else int(loan.days)
    shown = np.unique([*SHOWN, own])
    short = loan.but(days=shown)
    plain, coupon = short.summary(), short.coupon(coupon_days, coupon_off).summary()
    table = pd.DataFrame(
        {
            "date": pd.DatetimeIndex(plain.payoff_date.astype("M8[s]")),
            "total_paid": plain.total_paid,
            "interest": plain.interest,
            "with_coupon": coupon.interest,
            "late_one_day": short.pay_late(1, 1).summary().penalty,
            "effective_rate": plain.effective_rate,
        },
        pd.Index([written(int(each), "count.day") for each in shown], name="days"),
    )
    row = table.iloc[int(np.searchsorted(shown, own))]
    said = passage([*_price(loan, own, row), *_coupon(coupon_days, row), _late(row)])
    return Answer(said, table, Words("answer.true_cost.for_days_note"))


def _price(loan: Loan, days: int, row: pd.Series[Any]) -> list[Words]:
    """Say what so many days and one day cost, and that giving it back at once is one day too."""
    if row["interest"] < FEN:
        return [Words("answer.true_cost.for_days_free", days=days)]
    same_day = float(loan.but(days=days).settle(on=0).summary().interest)
    fields: dict[str, Any] = {"days": days, "cost": row["interest"], "same_day": same_day}
    fields |= {"rate": float(loan.daily_rate), "principal": float(loan.principal)}
    return [
        Words("answer.true_cost.for_days", **fields),
        Words("answer.true_cost.for_days_same_day", **fields),
    ]


def _coupon(days: int, row: pd.Series[Any]) -> list[Words]:
    """Say what the coupon leaves of it, where it changes anything."""
    saved = float(row["interest"] - row["with_coupon"])
    if saved < FEN:
        return []
    left = "" if row["with_coupon"] >= FEN else "_nothing"
    key = f"answer.true_cost.for_days_coupon{left}"
    return [Words(key, days=days, cost=row["with_coupon"], saved=saved)]


def _late(row: pd.Series[Any]) -> Words | str:
    """Say what one day late costs."""
    if row["late_one_day"] < FEN:
        return ""
    return Words("answer.true_cost.for_days_late", penalty=row["late_one_day"])
