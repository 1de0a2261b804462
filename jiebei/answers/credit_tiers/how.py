"""How the cost of being late adds up: each month beside paying on time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from jiebei.language.words import Words
from jiebei.life.credit.years import Years
from jiebei.notebook.how import Worked, by_how_much, known

__all__ = ["how"]

FUNCTIONS = ("jb.Borrower()", "jiebei.life.credit.years.years()", "loan.pay_late()")


def how(found: Years, ways: Iterable[Any], tiers: Any, figures: Any, name: Any) -> Worked:
    """Put a way to pay beside paying on time: a row a month in which anything is drawn or differs.

    Parameters
    ----------
    found : Years
    ways : names of the ways to pay, the first is on time
    tiers : names of the tiers
    figures : not needed
    name : str, optional
        The way to look at; the second, if not given.

    Examples
    --------
    >>> import numpy as np
    >>> from jiebei.life.credit.tiers import Borrower, tier_table
    >>> from jiebei.life.credit.years import years
    >>> borrower = Borrower(50_000, 12, "equal_instalment", "2026-12-01", 20_000, 4, 6, 2, 0.00065)
    >>> late = np.zeros((2, 12), np.int64)
    >>> late[1, 4] = 5
    >>> found = years(borrower, late)
    >>> worked = how(found, ["on time", "late"], tier_table(None).index, None, None)
    >>> worked.table["difference"].sum().round(2) == round(found.cost[1] - found.cost[0], 2)
    np.True_
    """
    names = list(ways)
    name = names[1] if name is None else known(name, names)
    places = [0, names.index(name)]
    cost = (found.charges_here + found.charges_elsewhere + found.penalty)[places].round(2)
    drawn = found.here + found.elsewhere
    tier = found.tier[places]
    rows = (cost > 0).any(axis=0) | (tier[0] != tier[1]) | (drawn[0] > 0)
    columns: dict[Any, Any] = {"drawn": drawn[0]}
    columns |= {_of("how_tier", names[at]): tiers[found.tier[at]] for at in places}
    columns |= {_of("how_cost", names[at]): cost[row] for row, at in enumerate(places)}
    columns["difference"] = (cost[1] - cost[0]).round(2)
    table = pd.DataFrame(columns, pd.DatetimeIndex(found.date.astype("M8[s]"), name="date"))[rows]
    costs = round(float(table["difference"].sum()), 2)
    said = by_how_much("answer.credit_tiers.how_", costs, name=name, baseline=names[0])
    return Worked(said, table, Words("answer.credit_tiers.how_note"), FUNCTIONS)


def _of(key: str, name: Any) -> Words:
    return Words(f"answer.credit_tiers.{key}", name=name)
