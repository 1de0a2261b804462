"""How well a shop's cash covers its debt: coverage ratios as project finance uses them.

Cash flow available for debt service (CFADS) is what the business brings in, less what running it
takes, before any financing. The debt service cover ratio (DSCR) divides it by the debt service of
the same period; its average is the mean of the periods' ratios. The loan life cover ratio (LLCR)
divides the present value of all of it up to the last due date by the debt. So defined in E. R.
Yescombe, Principles of Project Finance (from memory), and on breakingintowallstreet.com ("Loan Life
Coverage Ratio") and arribaxlab.com ("Free Templates"), both read.

A ratio without a denominator is empty (NaN). It may be negative: then running the business takes
more than it brings in, and how far below zero it lies means nothing.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from jiebei.engine.decisions.early import PayExtra, Prepay, Settle
from jiebei.life.shop.shop import Shop
from jiebei.life.shop.till import Strategy, cash_by_day, day_numbers, due_days, within
from jiebei.loan.loan import Loan
from jiebei.units.days import Ints, as_dates, due_date
from jiebei.value.worth import DAYS_A_YEAR

__all__ = [
    "REASONS",
    "Cover",
    "agreed_end",
    "by_month",
    "cover",
    "covered_by_itself",
    "debt_service",
    "debt_service_cover",
    "loan_life_cover",
    "month_ends",
    "shop_months",
]

Floats = npt.NDArray[np.float64]
OK, NO_SERVICE, NO_DEBT = range(3)
REASONS = {OK: "", NO_SERVICE: "nothing falls due", NO_DEBT: "nothing is owed"}
DUE = ("instalment", "extension", "fee")  # events that are debt service
VOLUNTARY = ("prepayment", "payoff")  # and those that are the borrower's choice


# The ratios --------------------------------------------------------------------------------


def debt_service_cover(available: Any, service: Any) -> Floats:
    """Divide the cash available by what falls due, period by period (偿债覆盖率, DSCR).

    Examples
    --------
    Three quarters; nothing falls due in the second.

    >>> debt_service_cover([1_500, 900, -200], [1_000, 0, 1_000])
    array([ 1.5,  nan, -0.2])

    Returns
    -------
    float64 array
        available / service; empty where nothing falls due.
    """
    due = np.asarray(service, np.float64)
    ratio = np.full(np.broadcast_shapes(np.shape(available), due.shape), np.nan)
    return np.asarray(np.divide(available, due, out=ratio, where=due > 0))


def loan_life_cover(available: Any, days: Any, owed: Any, yearly_rate: Any) -> Floats:
    """Divide the present value of the cash available by the debt (贷款期覆盖率, LLCR).

    Examples
    --------
    1,100 in a year at 10 % are worth the 1,000 owed today.

    >>> loan_life_cover([1_100], [365], 1_000, 0.1).round(9).item()
    1.0

    Parameters
    ----------
    available : array
        Cash available in each period up to the last due date, along the last axis.
    days : array
        From today to the end of each period.
    owed : array
        Owed today.
    yearly_rate : array
        The loan's effective annual rate, a decimal.

    Returns
    -------
    float64 array
        sum(available x (1 + yearly_rate) ** (-days / 365)) / owed; empty where nothing is owed.
    """
    growth = np.log1p(np.asarray(yearly_rate, np.float64))[..., None]
    years = np.asarray(days) / DAYS_A_YEAR
    worth = (np.asarray(available) * np.exp(-growth * years)).sum(axis=-1)
    return debt_service_cover(worth, owed)


class Cover(NamedTuple):
    """How a loan is covered: the least ratio, where it is, their mean, over the loan's life."""

    least: float
    month: int  # place of the tightest month, -1 where there is none
    mean: float
    loan_life: float
    reason: int  # why `least` and `mean` are empty, a key of REASONS


def cover(strategy: Strategy, shop: Shop, late: int = 0, longer: int = 0) -> Cover:
    """Return the coverage ratios of one loan: least and average DSCR, and LLCR at the drawdown.

    What is repaid early by choice is no debt service, and does not shorten the loan's life.

    Parameters
    ----------
    strategy : Loan or Plan
        One scenario, drawn on the first day of the shop.
    shop : Shop
    late, longer : int
        Days that customers pay later, or goods lie longer, than the shop is used to.

    Examples
    --------
    >>> import jiebei as jb
    >>> shop = Shop([30_000] * 12, 0.6, 6_000, 0, 0, 0, "2026-12-01")
    >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> cover(loan, shop).month, round(cover(loan, shop).mean, 3)
    (2, 1.332)
    """
    within(strategy, shop)
    total = strategy.summary()
    ends = month_ends(strategy, shop, agreed_end(strategy))
    available = np.diff(shop.available(ends, late, longer), prepend=0)
    ratios = debt_service_cover(available, debt_service(strategy, ends))
    days = ends - shop.first_day
    life = loan_life_cover(available, days, total.drawn * 100, total.effective_rate)
    if np.isnan(ratios).all():
        return Cover(np.nan, -1, np.nan, float(life), NO_SERVICE)
    least = int(np.nanargmin(ratios))
    return Cover(float(ratios[least]), least, float(np.nanmean(ratios)), float(life), OK)


def month_ends(strategy: Strategy, shop: Shop, until: Any) -> Ints:
    """Return the last days of the months that are covered: the loan falls due on them.

    Examples
    --------
    >>> import jiebei as jb
    >>> shop = Shop([30_000] * 12, 0.6, 6_000, 0, 0, 0, "2026-12-01")
    >>> loan = jb.Loan(5_000, daily_rate=0.0004, months=2, start="2026-12-01", due_day=20)
    >>> month_ends(loan, shop, agreed_end(loan)).astype("M8[D]").astype(str).tolist()
    ['2026-12-20', '2027-01-20']
    """
    plain, terms = due_days(shop.first_day, until), strategy.loans[0].terms
    if terms["instalments"] == 1 or terms["start"] != shop.first_day:
        return plain
    months = np.arange(1, plain.size + 2, dtype=np.int64)
    ends = due_date(terms["anchor"] + months, terms["due_day"])
    return np.append(ends[ends < plain[-1]], plain[-1])


def agreed_end(strategy: Strategy) -> Any:
    """Return the last due date as agreed, whatever is repaid early by choice.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> print(agreed_end(loan.settle(on="2027-02-01")))
    2027-12-01
    """
    return max(_as_agreed(each).summary().payoff_date for each in strategy.loans)


def _as_agreed(loan: Loan) -> Loan:
    new = copy.copy(loan)
    kept = [each for each in loan.decisions if not isinstance(each, Prepay | PayExtra | Settle)]
    object.__setattr__(new, "decisions", tuple(kept))
    return new


# Month by month ---------------------------------------------------------------------------


def debt_service(strategy: Strategy, ends: Ints, events: Sequence[str] = DUE) -> Ints:
    """Return what falls due in each month in fen (应还本息), without what is repaid early.

    Early repayment is the borrower's choice, a cash sweep: it is no debt service.
    """
    flows = strategy.cashflows(["date", "event", "payment"])
    flows = flows[flows["event"].isin(events)]
    place = np.searchsorted(ends, day_numbers(flows["date"]))
    paid = np.rint(flows["payment"].to_numpy() * 100)
    return np.bincount(place.astype(np.intp), paid, ends.size + 1)[: ends.size].astype(np.int64)


def shop_months(shop: Shop, ends: Ints, late: int = 0, longer: int = 0) -> dict[str, Ints]:
    """Return what a shop sells, receives and pays in each month up to each of the days, in fen.

    `sold`, `received`, `paid_for_goods`, `paid_fixed`; `available_for_debt` is the second less the
    last two.
    """
    sums = {
        "sold": shop.sold(ends),
        "received": shop.received(ends, late),
        "paid_for_goods": shop.paid_for_goods(ends, longer),
        "paid_fixed": shop.paid_fixed(ends),
        "available_for_debt": shop.available(ends, late, longer),
    }
    return {name: np.diff(each, prepend=0) for name, each in sums.items()}


def by_month(
    strategy: Strategy, shop: Shop, in_hand: Any, until: Any = None, late: int = 0, longer: int = 0
) -> pd.DataFrame:
    """Return where the cash of each month comes from and goes, and how it covers the debt.

    Parameters
    ----------
    strategy : Loan or Plan
        One scenario.
    shop : Shop
    in_hand : yuan
    until : date, optional
        The last payoff if not given.
    late, longer : int
        As for `cover`.

    Returns
    -------
    DataFrame
        One row a month up to each due date: `date`; in yuan `sold`, `received`, `paid_for_goods`,
        `paid_fixed`, `available_for_debt`, `debt_service`, `repaid_early`, `cash` at the end;
        `cover` (empty where nothing falls due).

    Examples
    --------
    >>> import jiebei as jb
    >>> shop = Shop([30_000] * 12, 0.6, 6_000, 0, 0, 0, "2026-12-01")
    >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=3, start="2026-12-01")
    >>> by_month(loan, shop, 10_000)[["available_for_debt", "debt_service", "cash"]]
       available_for_debt  debt_service      cash
    0             6000.00      17075.03  48924.97
    1             6041.48      17075.03  37891.42
    2             5958.52      17075.02  26774.92
    """
    within(strategy, shop)
    last = strategy.summary().payoff_date if until is None else until
    ends = month_ends(strategy, shop, last)
    service = debt_service(strategy, ends)
    early = debt_service(strategy, ends, VOLUNTARY)
    cash = cash_by_day(strategy, shop, in_hand, ends, late, longer)
    monthly = shop_months(shop, ends, late, longer)
    frame = pd.DataFrame({"date": as_dates(ends)})
    yuan = {**monthly, "debt_service": service, "repaid_early": early, "cash": cash}
    for name, each in yuan.items():
        frame[name] = each / 100
    frame["cover"] = debt_service_cover(monthly["available_for_debt"], service)
    return frame


def covered_by_itself(way: Strategy, shop: Shop) -> float:
    """Return the coverage over the loan (LLCR) of a shop that earned just what it pays: 1.

    Discounted at its effective rate, what a loan takes is worth what it brought.
    """
    flows = way.cashflows(["date", "payment"])
    days = day_numbers(flows["date"]) - shop.first_day
    total = way.summary()
    return float(loan_life_cover(flows["payment"], days, total.drawn, total.effective_rate))
