"""How an answer came about: the cash flows that were compared, and what each day is worth."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from jiebei.compare.compare import Strategy, horizon
from jiebei.compare.ledger import cash_by_day, net_benefit_ledger
from jiebei.language.errors import JiebeiError, nearest
from jiebei.language.words import Text, Words, passage
from jiebei.units.days import one_day
from jiebei.units.fen import FEN
from jiebei.value.worth import DAYS_A_YEAR

__all__ = [
    "Compared",
    "Worked",
    "Workings",
    "by_how_much",
    "known",
    "nameless",
    "runs",
    "side_by_side",
    "taken_back",
]

MOST_BESIDE = 5  # ways beside each other that a sheet of A4 has room for
FUNCTIONS = ("loan.cashflows()", "jb.net_benefit_ledger()", "jb.net_benefit()")


class Worked(NamedTuple):
    """How an answer came about, as `Answer.how()` shows it.

    Attributes
    ----------
    said : Words
        What the rows come to.
    table : DataFrame
        The steps, a row a day.
    remark : Words
        How they are read.
    functions : tuple of str
        What did it, in Python.
    """

    said: Text
    table: pd.DataFrame
    remark: Text
    functions: tuple[str, ...]


Workings = Callable[[pd.DataFrame, Any], Worked]  # (figures of the answer, name of a way or None)


@dataclass(frozen=True)
class Compared:
    """Work out how one way compares with the first: cash flows side by side, a row a day.

    Attributes
    ----------
    strategies : dict of name to Loan or Plan
        The first is what the others were measured against.
    savings_rate : decimal
        A year.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(9_000, daily_rate=0.0004, months=3, start="2026-12-01")
    >>> ways = {"as agreed": loan, "settle": loan.settle(on="2027-01-01")}
    >>> worked = Compared(ways, 0.0)(jb.compare(ways), None)
    >>> worked.table[["as agreed", "settle", "difference"]].to_numpy()[-1].round(2).tolist()
    [-3073.51, 0.0, 3073.51]
    """

    strategies: Mapping[Any, Strategy]
    savings_rate: float

    def __call__(self, figures: pd.DataFrame, name: Any) -> Worked:
        """Return the steps: of the ways that cash carries the best is taken, if none is named."""
        ways = self.strategies
        baseline, *others = ways
        name = _best(figures.loc[others]) if name is None else known(name, ways)
        last = horizon(*ways.values())
        ledger = net_benefit_ledger(ways[name], ways[baseline], self.savings_rate, at=last)
        shown = side_by_side(ways, name)
        beside = pd.DataFrame({each: cash_by_day(way) for each, way in shown.items()})
        worth = ledger[["difference", "days_to_go", "factor", "worth"]]
        table = beside.fillna(0.0).loc[ledger.index].join(worth)
        if runs(ways[baseline]):  # nothing is received on its last due day: that much is left
            table = table[(table.index > table.index[0]) | (table["difference"] != 0)]
        fields = {"name": name, "baseline": baseline, "day": last, "rate": self.savings_rate}
        gain = by_how_much("how.", float(ledger["worth"].sum()), **fields)
        said = passage([gain, *_short(figures, name)])
        return Worked(said, table, Words("how.note"), FUNCTIONS)


def runs(way: Strategy) -> bool:
    """Tell whether a loan is one that runs already, entered by what is left of it.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(9_000, daily_rate=0.0004, months=3, start="2026-12-01")
    >>> runs(loan), runs(loan.rest("2027-01-01"))
    (False, True)
    """
    return any(each.name == "running" for each in way.decisions)


def by_how_much(said: str, gap: float, **fields: object) -> Words:
    """Say that one is more than another, less, or the same to the fen: so the key goes on.

    Examples
    --------
    >>> each = {"name": "late", "baseline": "on time"}
    >>> by_how_much("answer.credit_tiers.how_", -12.5, **each)
    late costs ¥12.50 less than on time: the differences of all months, added up.
    """
    side = "same" if abs(gap) < FEN else "more" if gap > 0 else "less"
    return Words(f"{said}{side}", amount=abs(gap), **fields)


def taken_back(cash: pd.Series[float], on: Any, to: str, rate: float) -> pd.DataFrame:
    """Take the cash of each day back to an earlier one (折现): its days, its factor and its worth.

    Examples
    --------
    >>> paid = pd.Series([-102.0], pd.DatetimeIndex(["2027-12-01"]))
    >>> taken_back(paid, "2026-12-01", "talks", 0.02).round(4).to_dict("records")
    [{'days_since_talks': 365, 'discount_factor': 0.9804, 'worth_at_talks': -100.0}]
    """
    days = cash.index.to_numpy().astype("M8[D]").astype(np.int64) - one_day(on, "on")
    factor = np.exp(-np.log1p(rate) * (days / DAYS_A_YEAR))
    return pd.DataFrame(
        {
            f"days_since_{to}": days,
            "discount_factor": factor,
            f"worth_at_{to}": cash.to_numpy() * factor,
        },
        cash.index,
    )


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


def side_by_side(ways: Mapping[Any, Any], name: Any) -> dict[Any, Any]:
    """Return the ways that stand side by side: all, where the page is wide enough for them.

    Else the first and the one that is looked at, which the difference is between.

    Examples
    --------
    >>> [*side_by_side(dict.fromkeys("abcde"), "c")], [*side_by_side(dict.fromkeys("abcdef"), "c")]
    (['a', 'b', 'c', 'd', 'e'], ['a', 'c'])
    """
    if len(ways) <= MOST_BESIDE:
        return {**ways}
    return {each: way for each, way in ways.items() if each in (next(iter(ways)), name)}


def known(name: Any, ways: Iterable[Any]) -> Any:
    """Return the name of a way as it is kept, whether it is given as words or as a text.

    Examples
    --------
    >>> known("settle", ["as agreed", "settle"])
    'settle'
    """
    named = {str(each): each for each in ways}
    if str(name) not in named:
        raise JiebeiError("error.how_name", name=str(name), nearest=nearest(str(name), named))
    return named[str(name)]


def nameless(name: Any) -> None:
    """Refuse the name of a way where the answer is of one thing only."""
    if name is not None:
        raise JiebeiError("error.how_nameless", name=str(name))
