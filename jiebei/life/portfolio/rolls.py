"""From bucket to bucket: how many loans roll on, and with which chance they end as a loss."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from jiebei.life.portfolio.snapshots import BUCKETS, LOSS, PAID, Ends
from jiebei.units.days import Ints

__all__ = ["chance_of_loss", "flow_to_loss", "moves", "rates_of"]

SIZE = len(BUCKETS)
Floats = npt.NDArray[np.float64]


def moves(ends: Ends, tier: Any = 0, tiers: int = 1, weights: Any = None) -> Ints:
    """Count the loans that go from one bucket to another from a month's end to the next (迁徙).

    Parameters
    ----------
    ends : Ends
    tier : int array, optional
        Of each place of `ends`.
    tiers : int
        How many there are.
    weights : int array, optional
        What is counted instead of loans, such as the fen owed at the beginning.

    Returns
    -------
    int64 array (tiers, from, to)
    """
    stays = ends.loan[1:] == ends.loan[:-1]
    of = np.broadcast_to(np.asarray(tier, np.int64), ends.loan.shape)[:-1][stays]
    begin, to = ends.bucket[:-1][stays].astype(np.int64), ends.bucket[1:][stays]
    place = (of * SIZE + begin) * SIZE + to
    size = tiers * SIZE * SIZE
    if weights is None:
        counted: Any = np.bincount(place, minlength=size)
    else:  # whole numbers below 2^53 add up without rounding
        counted = np.bincount(place, np.asarray(weights)[:-1][stays], minlength=size)
    return np.asarray(counted, np.int64).reshape(tiers, SIZE, SIZE)


def rates_of(counted: Ints) -> pd.DataFrame:
    """Turn counts (from, to) into roll rates (迁徙率): the share of each bucket that goes where.

    What is lost stays lost, what is paid stays paid. A bucket that nobody was in has no rates: NaN.

    Examples
    --------
    >>> counted = np.zeros((9, 9), np.int64)
    >>> counted[0, :2] = 90, 10
    >>> rates_of(counted).loc["M0", ["M0", "M1", "M2"]].to_list()
    [0.9, 0.1, 0.0]
    """
    total = counted.sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore"):
        shares = np.where(total > 0, counted / total, np.nan)
    shares[[LOSS, PAID]] = np.eye(SIZE)[[LOSS, PAID]]
    names = pd.Index(BUCKETS, name="from")
    return pd.DataFrame(shares, index=names, columns=pd.Index(BUCKETS, name="to"))


def chance_of_loss(rates: pd.DataFrame, months: int | None = None) -> pd.Series[Any]:
    """Return the chance that a loan in each bucket ends over 180 days late (PD).

    Parameters
    ----------
    rates : DataFrame
        Of `rates_of`.
    months : int, optional
        Within so many months; ever, if not given.

    Notes
    -----
    Ever: x = (I - Q)^-1 r, where Q are the rates between buckets that are neither lost nor paid and
    r those into the loss. Within n months: the column of the loss of the n-th power. Rates are
    taken as the same for old and young loans, which they are not quite.

    Examples
    --------
    Half of what is in M1 is lost at once, half is paid: the chance is a half.

    >>> counted = np.zeros((9, 9), np.int64)
    >>> counted[1, [7, 8]] = 5, 5
    >>> chance_of_loss(rates_of(counted))["M1"]
    np.float64(0.5)
    """
    shares = rates.to_numpy()
    known = np.nan_to_num(shares)
    if months is None:
        inner = known[:LOSS, :LOSS]
        found = np.linalg.solve(np.eye(LOSS) - inner, known[:LOSS, LOSS])
        chance = np.concatenate([found, [1.0, 0.0]])
    else:
        chance = np.linalg.matrix_power(known, months)[:, LOSS]
    return pd.Series(np.where(np.isnan(shares[:, 0]), np.nan, chance), rates.index, name="chance")


def flow_to_loss(rates: pd.DataFrame) -> pd.Series[Any]:
    """Return the share of each bucket that rolls straight on into the loss (flow to loss).

    The product of the rates from bucket to next bucket; who comes back once counts as saved.

    Examples
    --------
    >>> counted = np.diag(np.full(8, 3), 1) + np.diag(np.full(9, 1))
    >>> float(flow_to_loss(rates_of(counted))["M5"])
    0.5625
    """
    onward = np.diagonal(rates.to_numpy(), 1)[:LOSS]
    product = np.append(np.cumprod(onward[::-1])[::-1], 1.0)
    return pd.Series(product, rates.index[: LOSS + 1], name="flow")
