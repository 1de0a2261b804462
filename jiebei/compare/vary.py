"""Change one thing at a time: every case measured alike, and how far each is from the first."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar

import numpy as np
import pandas as pd

__all__ = ["vary", "weighs_most"]

Case = TypeVar("Case")


def vary(
    cases: Mapping[Any, Case],
    measure: Callable[[Case], Mapping[str, Any]],
    of: str | None = None,
) -> pd.DataFrame:
    """Measure cases that differ in one thing from the first (每次只改一项).

    Parameters
    ----------
    cases : dict of name to case
        The reader's own first.
    measure : callable
        A case to the figures of its row, column by column.
    of : str, optional
        The column whose change from the first case is shown beside it.

    Returns
    -------
    DataFrame
        A case a row, and with `of` a column `change`, empty in the first row.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> cases = {"yours": loan, "0.05% a day": loan.but(daily_rate=0.0005)}
    >>> vary(cases, lambda each: {"interest": each.summary().interest}, of="interest")
                 interest   change
    case
    yours         4037.33      NaN
    0.05% a day   5073.73  1036.4
    """
    rows = {name: measure(case) for name, case in cases.items()}
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("case")
    if of is not None:
        change = table[of] - table[of].iloc[0]
        beside = int(np.flatnonzero(table.columns == of)[0]) + 1
        table.insert(beside, "change", change.where(np.arange(len(table), dtype=np.int64) > 0))
    return table


def weighs_most(change: pd.Series[float]) -> Hashable:
    """Return the case that changes most, up or down; of equals the first.

    Examples
    --------
    >>> weighs_most(pd.Series([np.nan, 120.0, -300.0], ["yours", "longer", "dearer"]))
    'dearer'
    """
    return change.abs().idxmax()
