"""How an answer came about: the cash flows that were compared, and what each day is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from jiebei.compare.compare import Strategy, horizon
from jiebei.compare.ledger import cash_by_day, net_benefit_ledger
from jiebei.language.errors import JiebeiError, nearest
from jiebei.language.words import Text, Words, passage
from jiebei.units.fen import FEN

__all__ = ["Compared", "workings"]


@dataclass(frozen=True)
class Compared:
    """Hold what an answer compared.

    Attributes
    ----------
    strategies : dict of name to Loan or Plan
        The first is what the others were measured against.
    savings_rate : decimal
        A year.
    """

    strategies: Mapping[Any, Strategy]
    savings_rate: float


def workings(compared: Compared, figures: pd.DataFrame, name: Any = None) -> tuple[Text, Any]:
    """Return the sentence on how one way compares with the first, and a frame, a row a day.

    Parameters
    ----------
    compared : Compared
    figures : DataFrame
        The answer's: of the ways that cash carries the best one is taken.
    name : str, optional
        Another way.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(9_000, daily_rate=0.0004, months=3, start="2026-12-01")
    >>> ways = {"as agreed": loan, "settle": loan.settle(on="2027-01-01")}
    >>> said, ledger = workings(Compared(ways, 0.0), jb.compare(ways))
    >>> ledger[["as agreed", "settle", "difference"]].to_numpy()[-1].round(2).tolist()
    [-3073.51, 0.0, 3073.51]
    """
    ways = compared.strategies
    baseline, *others = ways
    name = _best(figures.loc[others]) if name is None else _known(name, ways)
    last = horizon(*ways.values())
    ledger = net_benefit_ledger(ways[name], ways[baseline], compared.savings_rate, at=last)
    beside = pd.DataFrame({each: cash_by_day(way) for each, way in ways.items()})
    worth = ledger[["difference", "days_to_go", "factor", "worth"]]
    table = beside.fillna(0.0).loc[ledger.index].join(worth)
    if _runs(ways[baseline]):  # nothing is received on its last due day: that much is left
        table = table[(table.index > table.index[0]) | (table["difference"] != 0)]
    gain = float(ledger["worth"].sum())
    key = "how.same" if abs(gain) < FEN else "how.more" if gain > 0 else "how.less"
    fields = {"name": name, "baseline": baseline, "amount": abs(gain), "day": last}
    said = Words(key, rate=compared.savings_rate, **fields)
    return passage([said, *_short(figures, name)]), table


def _runs(way: Strategy) -> bool:
    """Tell whether a loan is one that runs already, entered by what is left of it."""
    return any(each.name == "running" for each in getattr(way, "decisions", ()))


def _short(figures: pd.DataFrame, name: Any) -> list[Words]:
    """Say by how much, and when, the cash falls short of a way."""
    if not {"lowest_cash", "lowest_cash_date"} <= {*figures.columns} or name not in figures.index:
        return []
    row = figures.loc[name]
    if row["lowest_cash"] > -FEN:
        return []
    return [Words("how.short", short=-row["lowest_cash"], day=row["lowest_cash_date"])]


def _best(figures: pd.DataFrame) -> Any:
    """Return the way that leaves most, of those that cash carries where there are any."""
    carried = figures["lowest_cash"] > -FEN if "lowest_cash" in figures else figures.index == ""
    return (figures[carried] if carried.any() else figures)["net_benefit"].idxmax()


def _known(name: Any, ways: Mapping[Any, Strategy]) -> Any:
    """Return the name of a way as it is kept, whether it is given as words or as a text."""
    named = {str(each): each for each in ways}
    if str(name) not in named:
        raise JiebeiError("error.how_name", name=str(name), nearest=nearest(str(name), named))
    return named[str(name)]
