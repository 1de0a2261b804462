"""Which offer is better? Whether the cash carries a way of paying, and with how much to spare."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from jiebei.compare.compare import Cash
from jiebei.life.negotiation.standing import Debt, payments, shaped, starts
from jiebei.loan.loan import Loan
from jiebei.units.days import Ints, as_days, day_of_month, due_date, iso, month_of
from jiebei.units.reading import money

__all__ = ["kept_short", "lowest", "means", "short_from", "spare", "worst_on"]

Numbers = npt.NDArray[np.float64]


def means(debt: Debt, cash_now: float, surplus_now: float, keep_back: float = 0.0) -> Cash:
    """Return the cash from the eve of the talks on; what you live on is set aside that day.

    Parameters
    ----------
    cash_now : yuan
        In hand on the eve.
    surplus_now : yuan
        Left each month from then on, after living and other debts, before this loan.
    keep_back : yuan
        Never to be used for this loan.
    """
    given = {"cash_now": cash_now, "surplus_now": surplus_now, "keep_back": keep_back}
    for name, value in given.items():
        money(value, name, zero=True)
    eve = max(int(as_days(debt.on, "offer_on")[0]) - 1, int(debt.late.terms["start"]))
    spends = {debt.on: keep_back} if keep_back else {}
    return Cash(cash_now, surplus_now, since=iso(eve), spends=spends)


def lowest(ways: Loan, debt: Debt, cash: Cash) -> Any:
    """Return the lowest cash left under many ways at once, in yuan, in their shape.

    The same sum as `jiebei.lowest_cash` of each.

    Examples
    --------
    >>> from jiebei.life.negotiation.standing import behind
    >>> loan = Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> debt = behind(loan, 3, "2027-06-01")
    >>> plans = debt.late.restructure([24, 36, 48], on=debt.on)
    >>> lowest(plans, debt, means(debt, 3_000, 1_400, 1_000))
    array([-15895.89,  -2731.72,   2000.  ])
    """
    left, first, _ = _after_payments(ways, debt, cash)
    least = np.minimum(np.minimum.reduceat(left, first), _at_first(cash))
    return shaped(least / 100, ways)


def short_from(way: Loan, debt: Debt, cash: Cash) -> Any:
    """Return the first day on which the cash is short; NaT where it lasts."""
    left, _, _ = _after_payments(way, debt, cash)
    if _at_first(cash) < 0:
        return pd.Timestamp(debt.on)
    days = payments(way, debt.on)["date"][left < 0]
    return days.iloc[0] if len(days) else pd.NaT


def worst_on(way: Loan, debt: Debt, cash: Cash) -> pd.Timestamp:
    """Return the day of a payment after which the least cash is left, the first of such days.

    Examples
    --------
    >>> from jiebei.life.negotiation.standing import behind
    >>> loan = Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> debt = behind(loan, 3, "2027-06-01")
    >>> plan = debt.late.restructure(24, on=debt.on)
    >>> worst_on(plan, debt, means(debt, 3_000, 1_400, 1_000))
    Timestamp('2029-06-01 00:00:00')
    """
    left, _, _ = _after_payments(way, debt, cash)
    return pd.Timestamp(payments(way, debt.on)["date"].iloc[int(left.argmin())])


def spare(ways: Loan, debt: Debt, cash: Cash) -> Any:
    """Return by how much every payment could be higher, in yuan; negative: must be lower.

    Zero is where the cash just lasts; unlike the lowest cash, it goes on growing beyond.

    Examples
    --------
    >>> from jiebei.life.negotiation.standing import behind
    >>> loan = Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> debt = behind(loan, 3, "2027-06-01")
    >>> plans = debt.late.restructure([24, 36, 48], on=debt.on)
    >>> spare(plans, debt, means(debt, 3_000, 1_400, 1_000)).round(2)
    array([-662.33,  -75.88,  214.16])
    """
    left, first, paying = _after_payments(ways, debt, cash)
    number = np.cumsum(paying)
    rows = np.diff(first, append=len(left)).astype(np.intp)
    before = np.repeat(number[first] - paying[first], rows)
    each = np.where(paying, left / np.maximum(number - before, 1), np.inf)
    least = np.minimum.reduceat(each, first)
    at_first = _at_first(cash)
    least = np.minimum(least, at_first if at_first < 0 else np.inf)
    return shaped(least / 100, ways)


def kept_short(cash: Cash) -> float:
    """Return by how much the cash in hand is less than what is kept back, in yuan; else 0.

    Examples
    --------
    >>> from jiebei.life.negotiation.standing import behind
    >>> loan = Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> kept_short(means(behind(loan, 3, "2027-06-01"), 3_000, 1_400, 5_000))
    2000.0
    """
    return max(-_at_first(cash), 0) / 100


def _at_first(cash: Cash) -> int:
    """Return the fen in hand before anything is paid, without what is set aside."""
    return round(100 * cash.in_hand) - round(100 * sum(cash.spends.values()))


def _after_payments(ways: Loan, debt: Debt, cash: Cash) -> tuple[Numbers, Ints, Any]:
    """Return the fen left after each row, where each scenario begins, and which rows pay."""
    flows = payments(ways, debt.on)
    fen = np.rint(flows["payment"].to_numpy() * 100)
    days = flows["date"].to_numpy().astype("M8[D]").astype(np.int64)
    since, first = int(as_days(cash.since, "since")[0]), starts(flows)
    paydays = month_of(days) - month_of(since)
    paydays = paydays - (due_date(month_of(days), day_of_month(since)) > days)
    has = _at_first(cash) + round(100 * cash.monthly) * np.maximum(paydays, 0)
    paid = fen.cumsum()
    rows = np.diff(first, append=len(fen)).astype(np.intp)
    before = np.repeat(paid[first] - fen[first], rows)
    return has - (paid - before), first, fen > 0
