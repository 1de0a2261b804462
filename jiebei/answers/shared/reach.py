"""Which ways your cash carries: what a chart may recommend, and what it draws hollow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.shared.verdicts import lasts
from jiebei.compare.compare import Cash, Strategy, lowest_cash
from jiebei.units.fen import FEN

__all__ = ["balance", "best", "recommended", "short", "short_of"]


def short(table: pd.DataFrame) -> dict[str, float]:
    """Return by how many yuan the cash falls short of each way of a comparison.

    Examples
    --------
    >>> short(pd.DataFrame({"lowest_cash": [400.0, -11_664.0]}, ["as agreed", "settle"]))
    {'as agreed': -400.0, 'settle': 11664.0}
    """
    return {str(name): -float(each) for name, each in table["lowest_cash"].items()}


def short_of(strategies: Mapping[str, Strategy], cash: Cash) -> dict[str, float]:
    """Return by how many yuan the cash falls short of each of some ways."""
    return {name: -lowest_cash(each, cash)[0] for name, each in strategies.items()}


def best(table: pd.DataFrame) -> str | None:
    """Return the way that leaves the most among those that the cash carries, None if there is none.

    Of equally good ones it is the first.
    """
    able = table["net_benefit"][lasts(table)]
    if not len(able):
        return None
    return str(able.index[(able >= able.max() - FEN).to_numpy().argmax()])


def recommended(strategies: Mapping[Any, Strategy], table: pd.DataFrame) -> Strategy:
    """Return the way that is recommended; the first, where the cash carries none.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(9_000, daily_rate=0.0004, months=3, start="2026-12-01")
    >>> ways = {"as agreed": loan, "settle": loan.settle(on="2027-01-01")}
    >>> recommended(ways, jb.compare(ways, cash=jb.Cash(10_000, 0, "2026-12-01")))
    Loan(9,000.00 at 0.0004 a day, 3 months, equal_instalment, from 2026-12-01, settle)
    """
    name = best(table)
    found = [each for called, each in strategies.items() if str(called) == name]
    return found[0] if found else next(iter(strategies.values()))


def balance(
    strategies: Mapping[str, Strategy], table: pd.DataFrame, past: Strategy | None = None
) -> Axes:
    """Draw how the debt falls by each way; the title is about the one that is recommended.

    Parameters
    ----------
    strategies : dict
        Name to loan or plan.
    table : DataFrame
        Their comparison, with the cash.
    past : loan or plan, optional
        What was before them, drawn pale.
    """
    return charts.balance(strategies, short=short(table), about=best(table), past=past)
