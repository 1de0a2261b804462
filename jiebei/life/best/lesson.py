"""What a thousand borrowers teach: how often a rule of thumb is as good as the best plan."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from jiebei.life.best.best import best
from jiebei.life.best.drawn import borrower
from jiebei.life.best.rules import RULES, ruled
from jiebei.units.fen import FEN

__all__ = ["DRAWN", "NEAR", "TRAITS", "how_often", "shared", "tried"]

DRAWN = 1_000  # borrowers; those without any plan are left out
NEAR = 50.0  # yuan: a rule that loses no more is as good
TRAITS = ("fee", "deadline", "card", "uneven", "several", "thin")


def tried(seed: int) -> dict[str, Any] | None:
    """Return what the borrower of a seed is like, and what each rule loses; None without a plan.

    `gap` is by how much the bound lies above the plan. What a rule loses is NaN where it breaks:
    then something that falls due is not paid, or the reserve is touched.

    Examples
    --------
    >>> found = tried(1)
    >>> sorted(found)[:4], found["lost_highest_rate"] >= -0.1
    (['card', 'deadline', 'fee', 'gap'], True)
    """
    there = borrower(seed)
    found = best(there)
    if found is None:
        return None
    line, cash = there.loans[0], float(there.budget.reserve)
    income = np.asarray(there.budget.income)
    fees = [float(line.prepay_fee_rate), *(float(each.fee_rate) for each in there.debts)]
    kinds = [each.kind for each in there.debts]
    row: dict[str, Any] = {
        "seed": seed,
        "fee": max(fees) > 0,
        "deadline": "family" in kinds or line.method in ("bullet", "interest_only"),
        "card": "card" in kinds,
        "uneven": bool(np.ptp(income) > 0),
        "several": len(kinds) > 0,
        "thin": cash - there.keep < 1.5 * float(income.mean()),
        "owed": float(line.principal) + sum(float(each.balance) for each in there.debts) / 100,
        "left": found.played.left,
        "gap": found.gap,
    }
    for name in RULES:
        played = ruled(found.ground, name)
        holds = played.lowest > -FEN
        lost = max(round(found.played.left - played.left, 2), 0.0)
        row[f"lost_{name}"] = lost if holds else np.nan
    return row


def how_often(table: pd.DataFrame) -> pd.DataFrame:
    """Show of each rule how often it is near the best, how often it breaks, and what it loses.

    Parameters
    ----------
    table : DataFrame
        A row a borrower, as `tried` returns them.

    Returns
    -------
    DataFrame
        By rule: `near` and `breaks`, shares of all; `lost`, the median in yuan where it holds.

    Examples
    --------
    >>> table = pd.DataFrame({f"lost_{name}": [10.0, 60.0, np.nan, 0.0] for name in RULES})
    >>> how_often(table).loc["highest_rate"].to_list()
    [0.5, 0.25, 10.0]
    """
    rows = {}
    for name in RULES:
        lost = table[f"lost_{name}"]
        rows[name] = {
            "near": float((lost <= NEAR).mean()),
            "breaks": float(lost.isna().mean()),
            "lost": float(lost.median()),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("rule")


def shared(table: pd.DataFrame, rule: str = "highest_rate") -> pd.DataFrame:
    """Show what the cases have in common in which a rule is not near the best.

    Returns
    -------
    DataFrame
        By trait: `n` borrowers who have it; `near_with` and `near_without`, the share for whom the
        rule is near, with and without it; ordered by how far these are apart.

    Examples
    --------
    >>> traits = {each: [True, False] for each in TRAITS}
    >>> table = pd.DataFrame(traits | {"lost_highest_rate": [99, 0]})
    >>> shared(table).loc["fee"].to_list()
    [1.0, 0.0, 1.0]
    """
    near = table[f"lost_{rule}"] <= NEAR
    rows = {}
    for trait in TRAITS:
        has = table[trait].astype(bool)
        rows[trait] = {
            "n": int(has.sum()),
            "near_with": float(near[has].mean()),
            "near_without": float(near[~has].mean()),
        }
    found = pd.DataFrame.from_dict(rows, orient="index").rename_axis("trait")
    apart = (found["near_without"] - found["near_with"]).sort_values(ascending=False)
    return found.loc[apart.index]
