"""What is assumed of the borrowers, read from `data/behaviour.csv`: chances, shares, costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from jiebei.language.errors import JiebeiError
from jiebei.life.rules.facts import facts

__all__ = ["LOST_AFTER", "SHOWN", "Behaviour", "Sign", "assumed"]

Floats = npt.NDArray[np.float64]

LOST_AFTER = 7  # instalments missed in a row: more than 180 days, M6+
SHOWN = ("many lenders", "utilisation jump", "minimum payments")
_BY_TIER = ("borrowers", "late", "missed", "settled", "borrowed again")


@dataclass(frozen=True)
class Sign:
    """How often a sign is shown by those who will be over 90 days late, and by the others."""

    bad: float
    good: float
    months_ahead: int = 0  # of the first instalment missed


@dataclass(frozen=True, eq=False)
class Behaviour:
    """Say what borrowers do, by chance (还款行为假设); nothing of it is measured.

    Attributes
    ----------
    borrowers, late, missed, settled, again : array, one place a tier
        Share of the loans; chance an instalment to be paid 1 to 25 days late, and not to be paid
        when the next one falls due; chance a month to be settled early; chance to borrow again.
    rolls : array of six
        Chance that with 1, 2, ... 6 instalments missed the next one is missed, too.
    plan_after, plan, plan_kept
        After so many instalments missed, with this chance a new plan is agreed, and kept.
    signs : dict
        Name to `Sign`.
    recovered, recovered_after, funding, running_cost
        Share of a loss that is collected so many months later; the lender's costs a year.
    """

    borrowers: Floats
    late: Floats
    missed: Floats
    settled: Floats
    again: Floats
    rolls: Floats
    plan_after: int
    plan: float
    plan_kept: float
    signs: Mapping[str, Sign]
    recovered: float
    recovered_after: int
    funding: float
    running_cost: float

    def __post_init__(self) -> None:
        """Refuse what is no chance, and shares of borrowers that do not add up to 1."""
        chances = {name: getattr(self, name) for name in ("late", "missed", "settled", "again")}
        chances |= {"borrowers": self.borrowers, "rolls": self.rolls}
        chances |= {"plan": self.plan, "plan_kept": self.plan_kept, "recovered": self.recovered}
        for name, values in chances.items():
            for value in np.atleast_1d(values):
                if not 0 <= value <= 1:
                    raise JiebeiError("error.portfolio.chance", name=name, value=value)
        if abs(self.borrowers.sum() - 1) > 1e-9:
            raise JiebeiError("error.portfolio.shares", total=self.borrowers.sum())

    @property
    def loss_given_default(self) -> float:
        """Return the share that is lost of what a lost loan owes (LGD)."""
        return 1 - self.recovered


def assumed(table: pd.DataFrame | None = None) -> Behaviour:
    """Read what is assumed (读取行为假设).

    Parameters
    ----------
    table : DataFrame, optional
        Other assumptions in the columns of `data/behaviour.csv`: behaviour, who, value.

    Raises
    ------
    JiebeiError
        For a row that is missing, a chance outside 0 to 1, or shares that do not add up to 1.

    Examples
    --------
    >>> assumed().rolls
    array([0.62, 0.78, 0.86, 0.9 , 0.93, 0.95])
    """
    given = facts("behaviour") if table is None else table
    values = given.set_index(["behaviour", "who"])["value"].astype(float)

    def of(name: str) -> pd.Series[Any]:
        if name not in values.index:
            raise JiebeiError("error.portfolio.row", name=name)
        return values.loc[[name]].droplevel(0)

    tiers = {name: of(name).to_numpy(np.float64) for name in _BY_TIER}
    signs = {}
    for name in SHOWN:
        shares = of(f"shows {name}")
        ahead = values.get(("months ahead", name), 0)
        signs[name] = Sign(shares["bad"], shares["good"], int(ahead))
    plan = of("negotiated")
    return Behaviour(
        borrowers=tiers["borrowers"],
        late=tiers["late"],
        missed=tiers["missed"],
        settled=tiers["settled"],
        again=tiers["borrowed again"],
        rolls=of("rolls").to_numpy(np.float64),
        plan_after=int(plan.index[0]),
        plan=plan.iloc[0],
        plan_kept=of("negotiated plan kept").iloc[0],
        signs=signs,
        recovered=of("recovered").iloc[0],
        recovered_after=int(of("recovered after").iloc[0]),
        funding=of("funding").iloc[0],
        running_cost=of("running cost").iloc[0],
    )
