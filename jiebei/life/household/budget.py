"""A budget by the month: what comes in, what goes out, what a loan takes of it, what is left.

A month here runs from payday to payday, so that what falls due in it is paid out of its income.
All sums are whole fen; the loan's own are those of the engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from jiebei.compare.compare import Strategy, horizon
from jiebei.language.errors import JiebeiError
from jiebei.units.arrays import alone
from jiebei.units.days import Ints, as_dates, day_of_month, due_date, month_of, one_day
from jiebei.units.reading import money, whole_number

__all__ = [
    "Budget",
    "Months",
    "Service",
    "by_month",
    "check_amount",
    "service",
    "service_ratio",
    "taken",
]

YEAR = 12
LIST_MONTHS = 60  # that a list may name
EARLY = ("prepayment", "payoff")  # events that you choose; what else is paid falls due


class Months(NamedTuple):
    """A budget month by month, in fen; the first month runs from `since` to the first payday."""

    date: Ints  # the first day of each, days since 1970-01-01
    income: Ints
    expenses: Ints
    other_loans: Ints
    cash: Ints  # in hand when the month's bills are paid, before this loan takes anything


class Service(NamedTuple):
    """What a strategy takes month by month, in fen: arrays of shape (scenarios, months)."""

    instalments: Ints  # what falls due
    early: Ints  # what is repaid before it is due
    drawn: Ints
    peak: Ints  # the most that it has taken of the month's cash at the end of any day


@dataclass(frozen=True)
class Budget:
    """Say what comes in and goes out each month, before this loan (月度收支).

    Attributes
    ----------
    income, expenses : yuan
        A month (每月收入, 每月支出): one figure, or a list of 12, 24, ... that begins with the
        first payday and starts over when it ends, as the seasons of a shop do.
    reserve : yuan
        In hand on the day `since` (备用金), after the drawdown and its fee: it is taken as spent.
    since : date
    other_loans : yuan
        What other loans take each month (其他贷款月供): one figure or a list.
    payday : int, optional
        Day of the month (1 to 31) on which income comes and expenses go (发薪日); else that of
        `since`. The first payday is the first such day after `since`.

    Raises
    ------
    JiebeiError
        For amounts that are none, and lists that are not whole years.

    Examples
    --------
    >>> import jiebei as jb
    >>> budget = Budget(12_000, 7_000, reserve=25_000, since="2026-12-01")
    >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> by_month(loan, budget)[["date", "cash_before", "instalments", "cash_after"]].head(3)
            date  cash_before  instalments  cash_after
    0 2026-12-01     25000.00         0.00    25000.00
    1 2027-01-01     25000.00      4503.11    25496.89
    2 2027-02-01     25496.89      4503.11    25993.78
    """

    income: Any
    expenses: Any
    reserve: float
    since: Any
    other_loans: Any = 0.0
    payday: int | None = None

    def __post_init__(self) -> None:
        """Check what was given."""
        for name in ("income", "expenses", "other_loans"):
            _fen_a_month(getattr(self, name), name)
        alone(money(self.reserve, "reserve", zero=True), self.reserve, "reserve")
        one_day(self.since, "since")
        if self.payday is not None:
            alone(whole_number(self.payday, "payday", 1, 31), self.payday, "payday")

    def months(self, until: Any) -> Months:
        """Return the months up to the one in which a day lies.

        Examples
        --------
        >>> Budget(3_000, 2_000, reserve=500, since="2026-12-01").months("2027-02-28").cash
        array([ 50000, 150000, 250000])
        """
        since, last = one_day(self.since, "since"), one_day(until, "until")
        payday = int(day_of_month(since)) if self.payday is None else self.payday
        ahead = np.arange(max(int(month_of(last) - month_of(since)), 0) + 1, dtype=np.int64)
        paydays = due_date(month_of(since) + ahead, payday)
        paydays = paydays[(paydays > since) & (paydays <= last)]
        income, expenses, other = (
            np.concatenate([[0], np.resize(_fen_a_month(each, name), len(paydays))])
            for name, each in (
                ("income", self.income),
                ("expenses", self.expenses),
                ("other_loans", self.other_loans),
            )
        )
        cash = money(self.reserve, "reserve", zero=True) + np.cumsum(income - expenses - other)
        return Months(np.concatenate([[since], paydays]), income, expenses, other, cash)


def _fen_a_month(value: Any, name: str) -> Ints:
    """Read yuan a month: one figure, or a list of whole years."""
    fen = np.atleast_1d(money(value, name, zero=True))
    if fen.ndim > 1 or fen.size not in (1, *range(YEAR, LIST_MONTHS + 1, YEAR)):
        raise JiebeiError("error.budget_list", name=name, size=fen.size, most=LIST_MONTHS)
    return fen


def check_amount(value: Any, name: str) -> None:
    """Refuse what is neither yuan a month nor a list of them, under the name of where it stands.

    Raises
    ------
    JiebeiError
        As `Budget` does.

    Examples
    --------
    >>> check_amount([3_000] * 12, "shop_income")
    """
    _fen_a_month(value, name)


def service(strategy: Strategy, dates: Ints) -> Service:
    """Return what a strategy takes in months that begin on these days, for each of its scenarios.

    The drawdown on the first of these days is taken as spent, its fee as paid.
    """
    flows = strategy.cashflows(["loan", "date", "event", "drawn", "payment"])
    day = flows["date"].to_numpy().astype("M8[D]").astype(np.int64)
    event = flows["event"]
    ahead = (day > dates[0]) | ((day == dates[0]) & (event != "draw").to_numpy())
    flows, day, event = flows[ahead], day[ahead], event[ahead]
    scenario = strategy.scenario_of(flows)
    paid, drawn = (np.rint(flows[each] * 100).astype(np.int64) for each in ("payment", "drawn"))
    month = np.searchsorted(dates, day, side="right") - 1
    shape = (int(np.prod(strategy.shape, dtype=np.int64)), len(dates))
    is_early = event.isin(EARLY).to_numpy()
    parts = np.zeros((3, *shape), np.int64)
    for part, amount in zip(parts, (paid * ~is_early, paid * is_early, drawn), strict=True):
        np.add.at(part, (scenario, month), amount.to_numpy())
    peak = _peak(scenario, day, (paid - drawn).to_numpy(), dates, shape)
    return Service(parts[0], parts[1], parts[2], peak)


def _peak(scenario: Ints, day: Ints, out: Ints, dates: Ints, shape: tuple[int, int]) -> Ints:
    """Return the most that has gone out, less what came in, at the end of any day of each month."""
    days, place = np.unique(np.concatenate([dates, day]), return_inverse=True)
    by_day = np.zeros((len(days), shape[0]), np.int64)
    np.add.at(by_day, (place[len(dates) :], scenario), out)
    peak = np.full(shape[::-1], np.iinfo(np.int64).min, np.int64)
    gone, last = by_day[0] * 0, -1
    for each, month in zip(by_day, np.searchsorted(dates, days, side="right") - 1, strict=True):
        gone = each + (gone if month == last else 0)
        peak[month] = np.maximum(peak[month], gone)
        last = month
    return peak.T


def taken(takes: Service) -> Ints:
    """Return the most that a strategy has taken of the cash by any day of each month."""
    net = takes.instalments + takes.early - takes.drawn
    return np.asarray(np.cumsum(net, axis=1) - net + takes.peak)


def by_month(strategy: Strategy, budget: Budget, until: Any = None) -> pd.DataFrame:
    """Return the budget with a strategy, from payday to payday, until the loan is paid off.

    Parameters
    ----------
    strategy : Loan or Plan
        One scenario.
    budget : Budget
    until : date, optional
        A later day than that on which it is paid off.

    Returns
    -------
    DataFrame
        `date`, the first day of the month; in yuan `cash_before`, `income`, `expenses`,
        `other_loans`, `instalments` (what falls due), `repaid_early`, `drawn`, `cash_after`, and
        `lowest_cash`, the least at the end of any day of the month. To the fen, cash_after =
        cash_before + income - expenses - other_loans - instalments - repaid_early + drawn.
    """
    months = budget.months(horizon(strategy) if until is None else until)
    takes = service(strategy, months.date)
    instalments, early, drawn, _ = (each[0] for each in takes)
    net = drawn - instalments - early
    after = months.cash + np.cumsum(net)
    before = np.concatenate([months.cash[:1], after[:-1]])
    yuan = {
        "cash_before": before,
        "income": months.income,
        "expenses": months.expenses,
        "other_loans": months.other_loans,
        "instalments": instalments,
        "repaid_early": early,
        "drawn": drawn,
        "cash_after": after,
        "lowest_cash": months.cash - taken(takes)[0],
    }
    date = as_dates(months.date)
    return pd.DataFrame({"date": date} | {name: each / 100 for name, each in yuan.items()})


def service_ratio(frame: pd.DataFrame) -> float:
    """Return the share of income that loans take while this one runs (月供收入比, DSTI).

    Parameters
    ----------
    frame : DataFrame
        Of `by_month`. What is repaid early is a choice, not a burden: it does not count.

    Returns
    -------
    float
        Instalments of this and other loans / income, over the months in which this one has an
        instalment; infinite without income, NaN without instalments.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> round(service_ratio(by_month(loan, Budget(12_000, 7_000, 25_000, "2026-12-01"))), 4)
    0.3753
    """
    runs = frame[frame["instalments"] > 0]
    takes, income = runs["instalments"].sum() + runs["other_loans"].sum(), runs["income"].sum()
    if income == 0:
        return float("inf") if takes else float("nan")
    return float(takes / income)
