"""How a net benefit comes about: the cash flows side by side, and what each day is worth."""

from __future__ import annotations

import numpy as np
import pandas as pd

from jiebei.compare.compare import horizon, refuse_arrays
from jiebei.loan.plan import Strategy, check_strategy
from jiebei.units.arrays import alone
from jiebei.units.days import one_day
from jiebei.units.kinds import Date, Rate
from jiebei.units.reading import yearly_rate
from jiebei.value.worth import DAYS_A_YEAR

__all__ = ["cash_by_day", "net_benefit_ledger"]


def net_benefit_ledger(
    strategy: Strategy, baseline: Strategy, savings_rate: Rate, at: Date = None
) -> pd.DataFrame:
    """Show how a net benefit adds up (净收益明细): a row a day on which the two differ or pay.

    Parameters
    ----------
    strategy, baseline : Loan or Plan
        One scenario each.
    savings_rate : decimal
        A year, effective.
    at : date, optional
        In yuan of that day; the last payoff of both if not given, as in `net_benefit`. To follow
        one of many, give the last payoff of all: `jb.horizon(strategies, baselines)`.

    Returns
    -------
    DataFrame
        By `date`: in yuan `strategy_cash` and `baseline_cash`, received +, paid -, and
        `difference`, the first less the second, all three to the fen; `days_to_go` until the day
        of the valuation, `factor`, and `worth` = difference x factor.

    Raises
    ------
    JiebeiError
        For what is no loan or plan, holds several scenarios, or is never paid off.

    Notes
    -----
    factor = (1 + savings_rate) ** (days_to_go / 365). `worth` is not rounded: its sum is the net
    benefit, to a millionth of a fen. Rounded to the fen, the rows may add up to half a fen each
    more or less.

    Examples
    --------
    What does settling after three months leave me with, if savings earn 2 %?

    >>> import jiebei as jb
    >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> ledger = jb.net_benefit_ledger(loan.settle(on="2027-03-01"), loan, 0.02)
    >>> ledger.loc["2027-03-01", ["difference", "days_to_go", "factor", "worth"]].round(4).to_list()
    [-38155.0, 275.0, 1.015, -38728.5324]
    >>> print(ledger["worth"].sum().round(2))
    2068.98
    """
    check_strategy(strategy, "strategy")
    check_strategy(baseline, "baseline")
    refuse_arrays("net_benefit_ledger", strategy)
    refuse_arrays("net_benefit_ledger", baseline, "error.what.baseline")
    rate = alone(yearly_rate(savings_rate, "savings_rate"), savings_rate, "savings_rate")
    last = horizon(strategy, baseline) if at is None else at
    ledger = pd.DataFrame(
        {"strategy_cash": cash_by_day(strategy), "baseline_cash": cash_by_day(baseline)}
    )
    ledger = ledger.fillna(0.0).rename_axis("date")
    days = ledger.index.to_numpy().astype("M8[D]").astype(np.int64)
    ledger["difference"] = np.round(ledger["strategy_cash"] - ledger["baseline_cash"], 2)
    ledger["days_to_go"] = one_day(last, "at") - days
    ledger["factor"] = np.exp(np.log1p(rate) * (ledger["days_to_go"] / DAYS_A_YEAR))
    ledger["worth"] = ledger["difference"] * ledger["factor"]
    return ledger


def cash_by_day(strategy: Strategy) -> pd.Series[float]:
    """Return what is received (+) and paid (-) each day, to the fen.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(100, daily_rate=0.0004, days=7, method="bullet", start="2026-12-01")
    >>> cash_by_day(loan).to_list()
    [100.0, -100.28]
    """
    flows = strategy.cashflows(["date", "drawn", "payment"])
    return (flows["drawn"] - flows["payment"]).groupby(flows["date"]).sum().round(2)
