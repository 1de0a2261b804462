"""What a book of loans loses, what has to be provided for, and what it earns after that."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from jiebei.life.portfolio.rolls import chance_of_loss
from jiebei.life.portfolio.snapshots import BUCKETS, LOSS, bucket_of, grade_table
from jiebei.units.days import Ints
from jiebei.value.rates import effective_rates

__all__ = ["expected_loss", "provision", "yield_of"]

TWELVE_MONTHS = 12
WITHOUT_A_MISS = 0  # the bucket for which the next twelve months count, not all to come


def expected_loss(owed: Any, chance: Any, loss_given_default: Any) -> Any:
    """Return PD x LGD x EAD (预期损失), in the unit of what is owed.

    Parameters
    ----------
    owed : yuan
        At the time of default (EAD).
    chance, loss_given_default : decimal
        That it comes to that (PD), and the share that is then lost (LGD).

    Examples
    --------
    >>> print(expected_loss(10_000, 0.02, 0.85))
    170.0
    """
    return np.multiply(np.multiply(owed, chance), loss_given_default)


def provision(
    owed: Ints, rates: pd.DataFrame, loss_given_default: float, rule: str = "cards"
) -> pd.DataFrame:
    """Return what to provide for, by bucket: what is expected, and the least by grade (拨备).

    Parameters
    ----------
    owed : int array
        Principal owed in each of `BUCKETS`, in fen.
    rates : DataFrame
        Roll rates.
    loss_given_default : decimal
    rule : str
        Of `data/risk_grades.csv`.

    Returns
    -------
    DataFrame
        By bucket M0 to M6+: `owed` in yuan; `chance` of a loss, within twelve months for M0 and
        ever for the others; `expected_loss` in yuan; `grade`; `least_provision` in yuan, its share
        of what is owed. A grade's days that fall within a bucket count from its last day.
    """
    ever, soon = chance_of_loss(rates), chance_of_loss(rates, TWELVE_MONTHS)
    chance = np.where(
        np.arange(LOSS + 1, dtype=np.int64) == WITHOUT_A_MISS, soon[: LOSS + 1], ever[: LOSS + 1]
    )
    table, last_day = grade_table(rule), np.arange(LOSS + 1, dtype=np.int64) * 30
    last_day[LOSS] += 1
    assert (bucket_of(last_day) == np.arange(LOSS + 1, dtype=np.int64)).all()
    place = np.searchsorted(table["over_days"].to_numpy(), last_day, side="left") - 1
    yuan = owed[: LOSS + 1] / 100
    return pd.DataFrame(
        {
            "owed": yuan,
            "chance": chance,
            "expected_loss": expected_loss(yuan, np.nan_to_num(chance), loss_given_default),
            "grade": table.index.to_numpy()[place],
            "least_provision": yuan * table["provision"].to_numpy()[place],
        },
        index=pd.Index(BUCKETS[: LOSS + 1], name="bucket"),
    )


def yield_of(cash: Ints, first_day: int) -> float:
    """Return what lending earns a year (收益率): the rate at which all that comes in is worth it.

    Parameters
    ----------
    cash : int array
        What comes in less what is lent, in fen, day by day from `first_day` on.

    Returns
    -------
    float
        Effective annual rate, 365 days a year; NaN where there is none.

    Examples
    --------
    >>> cash = np.zeros(366, np.int64)
    >>> cash[[0, 365]] = -10_000, 11_000
    >>> round(yield_of(cash, 0), 6)
    0.1
    """
    days = np.flatnonzero(cash)
    if not len(days):
        return float("nan")
    # seen from the borrowers, as the rates of a loan are
    rates, _ = effective_rates(-cash[days][:, None], (first_day + days)[:, None])
    return float(rates[0])
