"""Compare strategies fairly: money moves in time, so totals alone mislead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from jiebei.language.errors import JiebeiError, nearest, refuse_kind
from jiebei.language.words import Text, say
from jiebei.loan.plan import Strategy, check_strategy
from jiebei.units.arrays import alone, fit_shapes
from jiebei.units.days import as_dates, day_of_month, due_date, month_of, one_day
from jiebei.units.kinds import Date, Rate
from jiebei.units.reading import money, whole_number, yearly_rate
from jiebei.value.worth import BreakEven, break_even, future_value

__all__ = [
    "Cash",
    "Strategy",
    "cash_left",
    "compare",
    "flip",
    "horizon",
    "lowest_cash",
    "net_benefit",
    "refuse_arrays",
]

HIGHEST_SAVINGS_RATE = 1.0
_FLOWS = ["loan", "date", "event", "drawn", "payment"]  # the same for all: written once


@dataclass(frozen=True)
class Cash:
    """Say what a borrower has in hand, and what is left each month before this loan is served.

    Attributes
    ----------
    in_hand : yuan
        On the day `since`, after the drawdown.
    monthly : yuan
        Left of the income each month (每月结余), on its `payday`.
    since : date
    spends : dict of date to yuan
        What else you must have ready, and spend, on dates (到时要用的钱).
    payday : int
        Day of the month, 1 to 31, or the last of a shorter one; 0 for that of `since`.
    """

    in_hand: float
    monthly: float
    since: Any
    spends: Mapping[Any, float] = field(default_factory=dict)
    payday: int = 0


def compare(
    strategies: Mapping[Any, Strategy],
    baseline: Text | None = None,
    *,
    savings_rate: float = 0.0,
    cash: Cash | None = None,
) -> pd.DataFrame:
    """Compare strategies with a baseline (对比方案), one row a strategy.

    Parameters
    ----------
    strategies : dict of name to Loan or Plan
        One scenario each; a name is a text, or words that are chosen when shown.
    baseline : str, optional
        The first, if not given.
    savings_rate : decimal
        What your savings earn a year (理财收益率).
    cash : Cash, optional
        With it, the lowest cash left and its day are shown.

    Returns
    -------
    DataFrame
        In yuan `total_paid`, `interest`, `fee`, `penalty`, `largest_payment` in one calendar month,
        `cost_per_10k_day`, `net_benefit` against the baseline at the last payoff of all;
        `effective_rate` and `flip_rate` a year as decimals, empty where there is none or several;
        `payoff_date`, `days_in_debt`. With cash, `lowest_cash` and `lowest_cash_date`.

    Raises
    ------
    JiebeiError
        For an unknown baseline, no strategy, arrays of scenarios, or one that is never paid off.

    Notes
    -----
    net benefit = sum((cash - baseline's cash) x (1 + savings_rate) ** ((H - date) / 365)), H the
    last payoff of all strategies. The flip rate is the savings rate at which it is zero.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> table = jb.compare({"as agreed": loan, "settle": loan.settle(on="2027-03-01")})
    >>> table[["interest", "net_benefit"]]
               interest  net_benefit
    strategy
    as agreed   4037.33          0.0
    settle      1664.33       2373.0
    """
    refuse_kind(strategies, (Mapping,), "strategies", "error.kind_strategies")
    if cash is not None:
        refuse_kind(cash, (Cash,), "cash", "error.kind_cash")
    baseline = _baseline(strategies, baseline)
    rate = yearly_rate(savings_rate, "savings_rate")
    if rate.ndim:
        raise JiebeiError("error.savings_array", shape=rate.shape)
    last = horizon(*strategies.values())
    rows = {name: _row(strategy) for name, strategy in strategies.items()}
    worth = {name: _worth(strategy, savings_rate, last) for name, strategy in strategies.items()}
    for name, strategy in strategies.items():
        rows[name]["net_benefit"] = float(worth[name] - worth[baseline])
        found = flip(strategy, strategies[baseline])
        rows[name]["flip_rate"] = float(found.roots[0]) if found.kind == "one" else np.nan
        if cash is not None:
            rows[name]["lowest_cash"], rows[name]["lowest_cash_date"] = lowest_cash(strategy, cash)
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("strategy")


def _baseline(strategies: Mapping[Any, Strategy], name: Text | None) -> Text:
    if not strategies:
        raise JiebeiError("error.no_strategies")
    for each, strategy in strategies.items():
        check_strategy(strategy, repr(str(each)))
        refuse_arrays("compare", strategy, "error.what.named", name=each)
        _refuse_open(strategy, "error.what.named", name=each)
    if name is None:
        first: Text = next(iter(strategies))
        return first
    if not isinstance(name, Text) or name not in strategies:
        near = nearest(name, map(str, strategies))
        raise JiebeiError("error.no_strategy", name=name, nearest=near)
    return name


def refuse_arrays(
    asked: str, strategy: Strategy, what: str = "error.what.strategy", **fields: object
) -> None:
    """Refuse scenarios where one is asked for."""
    if strategy.shape:
        whose = say(what, **fields)
        raise JiebeiError("error.arrays", what=whose, shape=strategy.shape, asked=asked)


def _refuse_open(strategy: Strategy, what: str = "error.what.strategy", **fields: object) -> None:
    """Refuse a strategy that leaves something unpaid for ever: nothing can be compared with it."""
    if not any("arrears" in each.brings for each in strategy.decisions):
        return
    arrears = np.max(strategy.summary().arrears)
    if arrears > 0:
        whose = say(what, **fields)
        raise JiebeiError("error.open_strategy", what=whose, arrears=f"{arrears:,.2f}")


def _row(strategy: Strategy) -> dict[str, Any]:
    total = strategy.summary()
    cost = total.total_paid - total.drawn
    return {
        "total_paid": total.total_paid,
        "interest": total.interest,
        "fee": total.fee,
        "penalty": total.penalty,
        "effective_rate": total.effective_rate,
        "cost_per_10k_day": cost / total.yuan_days * 10_000 if total.yuan_days else np.nan,
        "payoff_date": pd.Timestamp(total.payoff_date),
        "days_in_debt": total.days_in_debt,
        "largest_payment": total.largest_payment,
    }


def horizon(*strategies: Strategy) -> np.datetime64:
    """Return the last payoff of all strategies and scenarios."""
    if not strategies:
        raise JiebeiError("error.no_strategies")
    for each in strategies:
        check_strategy(each, "strategy")
        _refuse_open(each)
    return np.datetime64(max(np.max(each.summary().payoff_date) for each in strategies), "D")


def net_benefit(strategy: Strategy, baseline: Strategy, savings_rate: Rate, at: Date = None) -> Any:
    """Return what a strategy leaves you with more than the baseline (净收益), in yuan.

    Both begin alike; the difference of their cash flows goes in and out of savings.

    Parameters
    ----------
    strategy, baseline : Loan or Plan
        Their scenarios broadcast.
    savings_rate : decimal or array
        A year, effective. An array goes before the axis of the scenarios: rates[:, None].
    at : date, optional
        In yuan of that day; the last payoff of both if not given.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> jb.net_benefit(loan.settle(on="2027-03-01"), loan, [0.0, 0.02, 0.20]).round(2)
    array([2373.  , 2068.98, -665.15])
    """
    check_strategy(strategy, "strategy")
    check_strategy(baseline, "baseline")
    fit_shapes(strategy.shape, baseline.shape)
    last = horizon(strategy, baseline) if at is None else at
    worth = _worth(strategy, savings_rate, last) - _worth(baseline, savings_rate, last)
    return worth if worth.shape else worth.item()


def _worth(strategy: Strategy, savings_rate: Rate, at: Date) -> npt.NDArray[np.float64]:
    rate = yearly_rate(savings_rate, "savings_rate")
    if rate.ndim and len(strategy.shape) > 1:
        raise JiebeiError("error.savings_rates", rates=rate.shape, scenarios=strategy.shape)
    flows = strategy.cashflows(_FLOWS)
    flows["loan"] = strategy.scenario_of(flows)
    worth = future_value(flows, rate, at=at)
    return worth.reshape(np.broadcast_shapes(rate.shape, strategy.shape))


def flip(strategy: Strategy, baseline: Strategy) -> BreakEven:
    """Find the savings rates at which the strategy is worth as much as the baseline (临界收益率).

    Rates from 0 to 100 % a year are searched.

    Examples
    --------
    Without a fee, repaying early flips at the loan's own effective rate: that is the lesson.

    >>> import jiebei as jb
    >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> jb.flip(loan.settle(on="2027-03-01"), loan).roots.round(4)
    array([0.1562])
    """
    check_strategy(strategy, "strategy")
    check_strategy(baseline, "baseline")
    refuse_arrays("flip", strategy)
    refuse_arrays("flip", baseline, "error.what.baseline")
    ours, theirs = strategy.cashflows(_FLOWS), baseline.cashflows(_FLOWS)
    dates = np.concatenate([ours["date"].to_numpy(), theirs["date"].to_numpy()])
    cash = np.concatenate([_less(ours, "drawn", "payment"), _less(theirs, "payment", "drawn")])
    return break_even(cash, dates, 0.0, HIGHEST_SAVINGS_RATE)


def _less(flows: pd.DataFrame, one: str, other: str) -> npt.NDArray[np.float64]:
    return np.asarray(flows[one].to_numpy() - flows[other].to_numpy())


def lowest_cash(strategy: Strategy, cash: Cash) -> tuple[float, pd.Timestamp]:
    """Return the lowest cash left while the strategy runs, and the first day of it.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> jb.lowest_cash(loan.settle(on="2027-03-01"), jb.Cash(30_000, 5_000, "2026-12-01"))
    (-6664.33, Timestamp('2027-03-01 00:00:00'))
    """
    check_strategy(strategy, "strategy")
    refuse_kind(cash, (Cash,), "cash", "error.kind_cash")
    refuse_arrays("lowest_cash", strategy)
    left = cash_left(strategy, cash)
    place = int(left.to_numpy().argmin())
    return float(left.iloc[place]), left.index[place]


def cash_left(strategy: Strategy, cash: Cash) -> pd.Series[float]:
    """Return the cash left at the end of each day on which it moves, a date a row.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(9_000, daily_rate=0.0, months=3, start="2026-12-01")
    >>> cash = jb.Cash(1_000, 5_000, "2026-12-01", spends={"2027-02-10": 4_000})
    >>> cash_left(loan, cash).to_list()
    [1000.0, 3000.0, 5000.0, 1000.0, 3000.0]
    >>> cash_left(loan, jb.Cash(1_000, 5_000, "2026-12-01", payday=10)).to_list()
    [1000.0, 6000.0, 3000.0, 8000.0, 5000.0, 10000.0, 7000.0]
    """
    since = one_day(cash.since, "since")
    refuse_kind(cash.spends, (Mapping,), "spends", "error.kind_spends")
    for name in ("in_hand", "monthly"):
        given = getattr(cash, name)
        alone(money(given, name, zero=True), given, name)
    flows = strategy.cashflows(_FLOWS)
    days = flows["date"].to_numpy().astype("M8[D]").astype(np.int64)
    still_ahead = (days > since) | ((days == since) & (flows["event"] != "draw").to_numpy())
    out = np.where(still_ahead, _less(flows, "drawn", "payment"), 0.0)
    spent = np.array([one_day(each, "spends") for each in cash.spends], np.int64)
    last = int(np.concatenate([[since], days, spent]).max())
    months = np.arange(int(month_of(since)), int(month_of(last)) + 1, dtype=np.int64)
    payday = alone(whole_number(cash.payday, "payday", 0, 31), cash.payday, "payday")
    paydays = due_date(months, payday or day_of_month(since))
    paydays = paydays[(paydays > since) & (paydays <= last)]
    when = np.concatenate([[since], paydays, days, spent])
    spends = [
        float(alone(money(each, "spends", zero=True), each, "spends")) / 100
        for each in cash.spends.values()
    ]
    amount = np.concatenate(
        [[cash.in_hand], np.full(len(paydays), cash.monthly), out, np.negative(spends)]
    )
    moves, place = np.unique(np.maximum(when, since), return_inverse=True)
    left = np.cumsum(np.bincount(place, np.round(amount * 100))) / 100
    return pd.Series(left, pd.DatetimeIndex(as_dates(moves)))
