"""Signs that a borrower may not pay: who shows them, how early, and what they are worth.

The truth is known, because it is simulated: whether a loan was ever over 90 days late. Signs are
drawn from it with the shares of `data/behaviour.csv`; a missed first instalment is a fact.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from jiebei.life.portfolio.behaviour import SHOWN, Behaviour
from jiebei.life.portfolio.lives import Lives
from jiebei.units.days import Ints

__all__ = [
    "AHEAD",
    "SIGNS",
    "Seen",
    "calibration",
    "count_signs",
    "fitted",
    "lead",
    "shown",
    "worth",
]

Floats = npt.NDArray[np.float64]

SIGNS = (*SHOWN, "first instalment missed")
AHEAD = 13  # months before a loan is over 90 days late: 0 to 12
OVER_90_AFTER = 3  # months after it was missed an instalment is over 90 days late
NEVER = 10**6  # a month that never comes
PATTERNS = 2 ** len(SIGNS)


class Seen(NamedTuple):
    """Counts of loans.

    Attributes
    ----------
    cells : (tiers, patterns, 2, 2)
        By tier, signs shown (bit k for the k-th of `SIGNS`), every other loan, and whether bad.
    early : (signs + 1, months)
        Of the bad ones, those whose sign was there so many months before they were over 90 days
        late; the last row is any sign.
    """

    cells: Ints
    early: Ints


def shown(months: Ints, lives: Lives, behaviour: Behaviour, lot: np.random.Generator) -> list[Ints]:
    """Return the month, counted from the drawdown, in which each sign is first seen, or never."""
    found, lots = [], lot.random((len(lives), len(SHOWN), 2))
    for place, name in enumerate(SHOWN):
        sign, (luck, when) = behaviour.signs[name], lots[:, place].T
        shows = luck < np.where(lives.bad, sign.bad, sign.good)
        before = np.maximum(lives.missed - sign.months_ahead, 0)
        some_month = (when * months).astype(np.int64) * (sign.months_ahead > 0)
        if not sign.months_ahead:
            before = np.zeros_like(before)
        found.append(np.where(shows, np.where(lives.bad, before, some_month), NEVER))
    return [*found, np.where(lives.missed == 1, 1, NEVER)]


def count_signs(tier: Ints, tiers: int, first: int, lives: Lives, seen: Sequence[Ints]) -> Seen:
    """Count who shows which signs; `first` is the number of the first of these loans."""
    pattern = sum((each < NEVER) << bit for bit, each in enumerate(seen))
    half = (first + np.arange(len(lives), dtype=np.int64)) % 2
    place = ((tier * PATTERNS + np.asarray(pattern)) * 2 + half) * 2 + lives.bad
    cells = np.bincount(place, minlength=tiers * PATTERNS * 4).reshape(tiers, PATTERNS, 2, 2)
    over_90 = (lives.missed + OVER_90_AFTER)[lives.bad]
    rows = [each[lives.bad] for each in seen]
    early = [
        [int((month <= over_90 - ahead).sum()) for ahead in range(AHEAD)]
        for month in [*rows, np.min(rows, axis=0, initial=NEVER)]
    ]
    return Seen(cells.astype(np.int64), np.array(early, np.int64))


def worth(cells: Ints) -> pd.DataFrame:
    """Return what each sign is worth (早期预警: 提升度, 精确率, 召回率).

    Parameters
    ----------
    cells : int array (tiers, patterns, 2, 2)
        Of `Seen`.

    Returns
    -------
    DataFrame
        By sign: `flagged` (share of the loans that show it), `precision` (of these, the share that
        is bad), `recall` (of the bad ones, the share that shows it), `lift` (precision / the share
        of bad ones among all). NaN where nobody shows it, or none is bad.

    Examples
    --------
    >>> cells = np.zeros((1, PATTERNS, 2, 2), np.int64)
    >>> cells[0, 0, 0], cells[0, 1, 0] = (85, 5), (5, 5)
    >>> worth(cells).loc["many lenders"].round(2).to_list()
    [0.1, 0.5, 0.5, 5.0]
    """
    counted = cells.sum(axis=(0, 2)).astype(np.float64)  # (patterns, bad)
    rows = {}
    with np.errstate(invalid="ignore", divide="ignore"):
        share = counted[:, 1].sum() / counted.sum()
        for bit, name in enumerate(SIGNS):
            shows = counted[(np.arange(PATTERNS, dtype=np.int64) >> bit) % 2 == 1].sum(axis=0)
            precision = shows[1] / shows.sum()
            rows[name] = {
                "flagged": shows.sum() / counted.sum(),
                "precision": precision,
                "recall": shows[1] / counted[:, 1].sum(),
                "lift": precision / share,
            }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("sign")


def lead(early: Ints) -> pd.DataFrame:
    """Return the share of bad loans that was known so many months before, by sign and for any."""
    bad = early[-1].max(initial=0)
    names = [*SIGNS, "any"]
    return pd.DataFrame((early / max(bad, 1)).T, columns=names).rename_axis("months_before")


def fitted(cells: Ints) -> Floats:
    """Return the chance of being bad of each tier and pattern, learned from every other loan.

    A logistic regression on tier and signs, by Newton's method, with a trace of shrinkage so that
    what nobody shows stays out of it. The other half of the loans is what it is tried on.
    """
    tiers = len(cells)
    bits = (
        np.arange(PATTERNS, dtype=np.int64)[:, None] >> np.arange(len(SIGNS), dtype=np.int64)
    ) % 2
    of_tier = np.repeat(np.eye(tiers), PATTERNS, axis=0)
    given = np.hstack([of_tier, np.tile(bits, (tiers, 1))])
    total = cells[:, :, 0].sum(axis=-1).ravel().astype(np.float64)
    bad = cells[:, :, 0, 1].ravel().astype(np.float64)
    weight = np.zeros(given.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-given @ weight))
        slope = given.T @ (bad - total * chance) - SHRINK * weight
        bend = (given.T * (total * chance * (1 - chance))) @ given
        step = np.linalg.solve(bend + SHRINK * np.eye(len(weight)), slope)
        weight = weight + np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-10:
            break
    return np.asarray(1 / (1 + np.exp(-given @ weight))).reshape(tiers, PATTERNS)


SHRINK = 1e-2


def calibration(cells: Ints, chance: Any, bands: Sequence[float] = ()) -> pd.DataFrame:
    """Set what was expected against what came, for the loans that nothing was learned from.

    Parameters
    ----------
    cells : int array
        Of `Seen`.
    chance : array (tiers, patterns)
        Of `fitted`.
    bands : sequence of float
        Edges between which loans are taken together, by their chance.

    Returns
    -------
    DataFrame
        By band: `loans`, `expected` and `observed` share of bad ones, and `error`, the standard
        error of the observed share if the expected one were true.
    """
    edges = np.array(bands or BANDS)
    flat, tried = np.asarray(chance).ravel(), cells[:, :, 1].reshape(-1, 2)
    place = np.searchsorted(edges, flat, side="right")
    rows = []
    for band in range(len(edges) + 1):
        mine = place == band
        loans = tried[mine].sum()
        if loans:
            expected = float((flat[mine] * tried[mine].sum(axis=1)).sum() / loans)
            low = edges[band - 1] if band else 0.0
            high = edges[band] if band < len(edges) else 1.0
            rows.append((low, high, int(loans), expected, tried[mine, 1].sum() / loans))
    table = pd.DataFrame(rows, columns=["from", "to", "loans", "expected", "observed"])
    spread = table["expected"] * (1 - table["expected"]) / table["loans"]
    return table.assign(error=np.sqrt(spread))


BANDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4)
