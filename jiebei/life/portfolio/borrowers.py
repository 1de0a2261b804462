"""Who borrows: a frame of loans, one row each, drawn by tier."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from jiebei.life.credit.tiers import tier_table
from jiebei.life.portfolio.behaviour import Behaviour
from jiebei.loan.loan import Loan
from jiebei.units.days import as_dates, due_date, month_of, one_day
from jiebei.units.reading import whole_number

__all__ = ["STREAM", "TERMS", "borrowers", "draw", "loans_of", "lot"]

STREAM = 10_000  # loans that one stream of random numbers serves, whatever runs beside it
COHORTS = 12  # months in which loans are drawn
TERMS = ["principal", "daily_rate", "months", "method", "start"]
MONTHS, MONTHS_SHARES = np.array([3, 6, 12]), (0.1, 0.2, 0.7)
METHODS, INTEREST_FIRST = np.array(["equal_instalment", "interest_only"]), 0.2
LEAST_DRAWN, MOST_DRAWN = 0.1, 0.6  # of the tier's limit
MOST_LOANS = 10_000_000
WHO, WHAT = 0, 1  # purposes of random numbers: who borrows, and what they do
PURPOSES = ((WHAT, 2, 3), (4, 5, 6))  # what they do, signs, borrowing again; for both loans


def lot(seed: int, place: int, purpose: int) -> np.random.Generator:
    """Return the random numbers of the loans at a place, for one purpose: a spawned stream.

    What is drawn of them depends neither on other loans, nor on what else is drawn.
    """
    return np.random.Generator(
        np.random.SFC64(np.random.SeedSequence(seed, spawn_key=(place, purpose)))
    )


def borrowers(
    loans: int, start: Any, behaviour: Behaviour, seed: int = 1, tiers: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Draw who borrows (贷款组合): one row a loan, drawn in one of the twelve months from `start`.

    Parameters
    ----------
    loans : int
        How many, 1 to 10,000,000.
    start : date
        Its month is that of the first drawdowns.
    behaviour : Behaviour
        Its `borrowers` are the shares of the tiers.
    seed : int
        The same one draws the same loans; the first thousand of a million are those of a thousand.
    tiers : DataFrame, optional
        As in `jiebei.life.credit.tiers.tier_table`.

    Returns
    -------
    DataFrame
        `tier` (0 is the best), and arguments of a loan: `principal`, 10 % to 60 % of the tier's
        limit in whole hundreds, `daily_rate`, `months`, `method`, `start`.

    Examples
    --------
    >>> from jiebei.life.portfolio.behaviour import assumed
    >>> borrowers(3, "2026-12-01", assumed())[["tier", "principal", "months", "start"]]
       tier  principal  months      start
    0     0    22900.0      12 2027-05-01
    1     3    12900.0      12 2026-12-17
    2     1    24000.0      12 2027-02-03
    """
    number = int(whole_number(loans, "loans", 1, MOST_LOANS))
    table, first = tier_table(tiers), int(month_of(one_day(start, "start")))
    places = range(-(-number // STREAM))
    drawn = [draw(lot(seed, place, WHO), first, behaviour, table) for place in places]
    return pd.concat(drawn, ignore_index=True).iloc[:number]


def draw(
    lot: np.random.Generator, first_month: int, behaviour: Behaviour, tiers: pd.DataFrame
) -> pd.DataFrame:
    """Draw the loans that one stream serves."""
    tier = lot.choice(len(behaviour.borrowers), STREAM, p=behaviour.borrowers)
    limit, rate, longest = (
        tiers[name].to_numpy()[tier] for name in ("limit", "daily_rate", "longest_months")
    )
    share = lot.uniform(LEAST_DRAWN, MOST_DRAWN, STREAM)
    months = np.minimum(lot.choice(MONTHS, STREAM, p=MONTHS_SHARES), longest)
    month = first_month + lot.integers(0, COHORTS, STREAM)
    days = due_date(month, lot.integers(1, 29, STREAM))
    return pd.DataFrame(
        {
            "tier": tier,
            "principal": np.maximum(np.round(share * limit, -2), 100.0),
            "daily_rate": rate,
            "months": months,
            "method": METHODS[(lot.random(STREAM) < INTEREST_FIRST).astype(np.int64)],
            "start": as_dates(days),
        }
    )


def loans_of(frame: pd.DataFrame, **terms: Any) -> Loan:
    """Return the loans of a frame as agreed, on other terms where given."""
    columns = [name for name in TERMS if name not in terms]
    return Loan.from_frame(frame[columns], **terms)
