"""How the cash in the till came about: from one day to the next on which something is paid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from jiebei.compare.compare import horizon
from jiebei.language.words import Words
from jiebei.life.shop.delays import window
from jiebei.life.shop.shop import Shop
from jiebei.life.shop.till import Strategy, cash_by_day, lowest
from jiebei.notebook.how import Worked, known
from jiebei.units.days import Ints, as_dates, day_of_month

__all__ = ["how"]

FUNCTIONS = ("jb.Shop()", "jiebei.life.shop.till.cash_by_day()", "loan.cashflows()")


def how(
    ways: Mapping[Any, Strategy], shop: Shop, cash_in_hand: float, figures: Any, name: Any
) -> Worked:
    """Show the till of the first way to repay, or of another one.

    Each row begins with what the row before left, and says what came in and went out since: the
    days on which the lender or the rent is paid, and the tightest of all days.

    Examples
    --------
    >>> from jiebei.loan.loan import Loan
    >>> shop = Shop([3_100] * 12, 0.5, 1_000, 0, 30, 30, "2026-12-01")
    >>> loan = Loan(5_000, daily_rate=0.0004, months=2, start="2026-12-01")
    >>> how({"as agreed": loan}, shop, 2_000, None, None).table["till"].to_list()
    [7000.0, 5003.4, 3012.16]
    """
    name = next(iter(ways)) if name is None else known(name, ways)
    days = window(shop, horizon(*ways.values()))
    till = cash_by_day(ways[name], shop, cash_in_hand, days)
    least = lowest(till, days)
    flows = ways[name].cashflows(["date", "drawn", "payment"])
    paid_on = flows["date"].to_numpy().astype("M8[D]").astype(np.int64)
    told = np.isin(days, paid_on) | (day_of_month(days) == 1) | (days == least.day)
    told[[0, -1]] = True
    at = np.flatnonzero(told)
    moved = flows.groupby(np.searchsorted(days[at], paid_on))[["drawn", "payment"]].sum()
    moved = moved.reindex(np.arange(len(at)), fill_value=0.0).round(2)
    table = pd.DataFrame(
        {
            "received": _since(shop.received(days[at])),
            "paid_for_goods": _since(shop.paid_for_goods(days[at])),
            "paid_fixed": _since(shop.paid_fixed(days[at])),
            "drawn": moved["drawn"].to_numpy(),
            "payment": moved["payment"].to_numpy(),
            "till": till[at] / 100,
        },
        pd.DatetimeIndex(as_dates(days[at]), name="date"),
    )
    fields = {"name": name, "amount": abs(least.fen.item()) / 100, "day": as_dates(least.day)}
    said = Words(f"answer.small_business.how_{'short' if least.fen < 0 else 'left'}", **fields)
    note = Words("answer.small_business.how_note", own=float(cash_in_hand))
    return Worked(said, table, note, FUNCTIONS)


def _since(through: Ints) -> Any:
    """Return in yuan what has moved since the row before."""
    return np.diff(through, prepend=0) / 100
