"""Credit tiers: what a score sets, and who borrows under them.

The lender publishes no tiers. The table is an assumption, in `data/credit_tiers.csv`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from jiebei.language.errors import JiebeiError, refuse
from jiebei.life.credit.score import LATEST
from jiebei.life.rules.facts import facts
from jiebei.loan.loan import Loan
from jiebei.loan.terms import PENALTY_MULTIPLE
from jiebei.units.arrays import alone, plain
from jiebei.units.days import Ints, day_of_month, due_date, one_day
from jiebei.units.reading import money, rate, whole_number

__all__ = ["HISTORY_MONTHS", "Borrower", "tier_of", "tier_table"]

HISTORY_MONTHS = 120
NOT_FOLLOWED = "accelerate_after"  # what falls due as a whole ends the line: not modelled
COLUMNS = ["tier", "score_from", "limit", "daily_rate", "longest_months", "grace_days"]

# The table of tiers ------------------------------------------------------------------------


def tier_table(table: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the tiers (信用评级), the best first, after checking them.

    Parameters
    ----------
    table : DataFrame, optional
        Other tiers than those of `data/credit_tiers.csv`, in the same columns.

    Returns
    -------
    DataFrame
        By `tier`: `score_from` (least score), `limit` in yuan, `daily_rate` as a decimal,
        `longest_months` (the longest term), `grace_days` (a payment so many days late still counts
        as on time).

    Raises
    ------
    JiebeiError
        When the scores do not fall to 0 row by row, or a tier is better than the one above it.

    Examples
    --------
    >>> tier_table()[["score_from", "limit", "daily_rate"]].head(2)
          score_from   limit  daily_rate
    tier
    A           85.0  150000      0.0002
    B           70.0  100000      0.0003
    """
    given = facts("credit_tiers") if table is None else table.reset_index()
    for name in COLUMNS:
        if name not in given:
            raise JiebeiError("error.tiers.column", name=name)
    tiers = given[COLUMNS].set_index("tier").astype({"score_from": np.float64})
    scores = tiers["score_from"].to_numpy()
    if len(tiers) == 0 or scores[-1] != 0 or (np.diff(scores) >= 0).any():
        raise JiebeiError("error.tiers.scores")
    money(tiers["limit"], "limit", zero=True)
    rate(tiers["daily_rate"], "daily_rate")
    whole_number(tiers["longest_months"], "longest_months", 1, 60)
    whole_number(tiers["grace_days"], "grace_days", 0, LATEST)
    for name, sign in zip(COLUMNS[2:], (1, -1, 1, 1), strict=True):
        worse = np.append(False, sign * np.diff(tiers[name].to_numpy()) > 0)
        refuse(worse, tiers[name], name, "error.tiers.order")
    return tiers


def tier_of(scores: Any, tiers: pd.DataFrame) -> Ints:
    """Return the place of the tier of each score, 0 for the best.

    Examples
    --------
    >>> tier_of([100, 85, 84.9, 0], tier_table())
    array([0, 0, 1, 4])
    """
    least = tiers["score_from"].to_numpy()
    return np.asarray((np.asarray(scores)[..., None] < least).sum(axis=-1), np.int64)


# Who borrows ------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Borrower:
    """Say who borrows what, under which tiers: first `principal`, then again and again.

    Attributes
    ----------
    principal, months, method, start
        The first loan, as in `Loan`. All later loans have its term, method and due day.
    again_amount : yuan
        Needed again (再借的金额), every
    again_every : int
        months, 1 to 60.
    past_months : int
        Months since the first loan of all, all of them on time, 1 to 120.
    lenders : int
        From how many lenders money is owed, this one included, 1 to 20.
    elsewhere_rate : decimal
        A day, at another lender: for what the tier does not give.
    penalty_multiple : decimal
        The penalty (罚息) is so many times the rate, on all that is overdue; see `Loan`.
    tiers, points : DataFrame, optional
        Other assumptions than those in `data/credit_tiers.csv` and `data/credit_score.csv`.
    agreed : dict, optional
        What else the contract of every loan says, as the arguments of `Loan`; but the first loan's
        due day is the line's. That a late loan falls due as a whole is not followed.
    """

    principal: float
    months: int
    method: str
    start: Any
    again_amount: float
    again_every: int
    past_months: int
    lenders: int
    elsewhere_rate: float
    penalty_multiple: float = PENALTY_MULTIPLE
    tiers: pd.DataFrame | None = None
    points: pd.DataFrame | None = None
    agreed: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check what a loan does not check."""
        for each in fields(self)[:-3]:  # all but the tables
            value = getattr(self, each.name)
            alone(plain(value, each.name), value, each.name)
        one_day(self.start, "start")
        money(self.again_amount, "again_amount", zero=True)
        whole_number(self.again_every, "again_every", 1, 60)
        whole_number(self.past_months, "past_months", 1, HISTORY_MONTHS)
        whole_number(self.lenders, "lenders", 1, 20)
        self.contract(self.principal, self.elsewhere_rate, 0)

    @cached_property
    def clock(self) -> tuple[int, int]:
        """Return the month before the first due day of the line, and the day of the month."""
        terms = self._loan(self.principal, self.elsewhere_rate, self.start).terms
        before = terms["anchor"] + terms["instalments"] - self.months  # a bullet is due once
        return int(before), int(terms["due_day"])

    def due_day(self, month: Any) -> Ints:
        """Return the start, or the due day of the line that comes so many months later."""
        before, day = self.clock
        due = due_date(before + np.asarray(month), day)
        return np.where(np.asarray(month) == 0, one_day(self.start, "start"), due)

    def contract(self, amount: Any, daily_rate: Any, month: int) -> Loan:
        """Return a loan drawn on that due day of the line; 0 is the start."""
        return self._loan(amount, daily_rate, self.due_day(month).astype("M8[D]"))

    def _loan(self, amount: Any, daily_rate: Any, start: Any) -> Loan:
        terms: dict[str, Any] = {
            "due_day": day_of_month(one_day(self.start, "start")),
            "penalty_multiple": self.penalty_multiple,
            **{name: each for name, each in self.agreed.items() if name != NOT_FOLLOWED},
        }
        return Loan(
            amount,
            daily_rate=daily_rate,
            months=self.months,
            method=self.method,
            start=start,
            **terms,
        )

    def needs(self, month: int) -> int:
        """Return what is needed in that month, in fen."""
        if month == 0:
            return int(money(self.principal, "principal"))
        return (
            0
            if month % self.again_every
            else int(money(self.again_amount, "again_amount", zero=True))
        )
