"""How the worth of an offer adds up: day by day beside no offer, in money of then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from jiebei.language.words import Words, passage
from jiebei.life.negotiation.standing import Debt, payments
from jiebei.loan.loan import Loan
from jiebei.notebook.how import Worked, by_how_much, known, side_by_side, taken_back
from jiebei.units.fen import FEN

__all__ = ["how"]

FUNCTIONS = ("loan.restructure()", "loan.cashflows()", "jb.present_value()")


def how(
    debt: Debt, ways: Mapping[Any, Loan], own_rate: float, figures: pd.DataFrame, name: Any
) -> Worked:
    """Put the payments of the ways side by side, and take one's difference back to the talks.

    Parameters
    ----------
    debt, ways, own_rate
        As `answer` takes them.
    figures : DataFrame
        As `ranked` returns it: the best that cash carries comes first.
    name : str, optional
        The way to look at.

    Examples
    --------
    >>> from jiebei.life.negotiation.standing import behind
    >>> debt = behind(Loan(9_000, daily_rate=0.0004, months=3, start="2026-12-01"), 1, "2027-02-01")
    >>> ways = {"catch up": debt.caught_up, "A": debt.late.restructure(2, on=debt.on)}
    >>> table = how(debt, ways, 0.0, pd.DataFrame(index=[*ways]), "A").table
    >>> table["difference"].to_list()
    [6204.17, -1628.87, -4702.39]
    """
    baseline, *others = ways
    if not others:
        return Worked(Words("answer.negotiate.how_none"), pd.DataFrame(), "", ())
    best = next(each for each in figures.index if each in others)
    name = best if name is None else known(name, ways)
    shown = side_by_side(ways, name)
    table = pd.DataFrame({each: _by_day(way, debt.on) for each, way in shown.items()}).fillna(0.0)
    table["difference"] = (table[name] - table[baseline]).round(2)
    table = table.join(taken_back(table["difference"], debt.on, "talks", own_rate))
    fields = {"name": name, "baseline": baseline, "day": debt.on, "rate": own_rate}
    costs = -float(table["worth_at_talks"].sum())
    said = [by_how_much("answer.negotiate.how_", costs, **fields)]
    row = figures.loc[name]
    if row.get("lowest_cash", 0.0) <= -FEN:
        said.append(Words("how.short", short=-row["lowest_cash"], day=row["short_from"]))
    return Worked(passage(said), table, Words("answer.negotiate.how_note"), FUNCTIONS)


def _by_day(way: Loan, on: str) -> pd.Series[float]:
    """Return what is paid each day from the talks on, as a negative amount."""
    flows = payments(way, on)
    return -flows.groupby("date")["payment"].sum().round(2)
