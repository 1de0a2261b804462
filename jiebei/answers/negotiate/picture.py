"""Which offer is better? All ways in one picture: what a month takes, against what it leaves."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.negotiate.verdict import ranked
from jiebei.answers.shared.verdicts import lasts, leaders
from jiebei.compare.compare import Cash
from jiebei.language.words import Words, passage
from jiebei.units.fen import FEN

__all__ = ["chart"]


def chart(found: pd.DataFrame, cash: Cash, ax: Axes | None = None) -> Axes:
    """Draw what a month of each way takes at most, the best first, and what cash carries.

    Parameters
    ----------
    found : DataFrame
        As `negotiate.table` returns it.
    cash : Cash
        As `negotiate.means` gives it.
    """
    rows = ranked(found)
    best = leaders(found["worth_today"], lasts(found))
    notes = [Words("answer.negotiate.bars_note")] if (rows["paid_at_once"] >= FEN).any() else []
    return charts.bars(
        rows["month_at_most"].to_dict(),
        {name: _beside(row) for name, row in rows.iterrows()},
        limit=float(cash.monthly),
        limit_name=Words("answer.negotiate.bars_limit"),
        best=list(best),
        short=(-rows["lowest_cash"]).to_dict(),
        title=_title(rows, best),
        subtitle=Words("answer.negotiate.bars_subtitle", unit="{unit}"),
        note=passage(notes),
        ax=ax,
    )


def _beside(row: Any) -> tuple[Words, list[float]]:
    """Say what a way takes at once, each month, and in all, or what cash lacks for it."""
    said = {"once": row["paid_at_once"], "month": row["month_at_most"]}
    said = {key: each for key, each in said.items() if each >= FEN}
    if row["lowest_cash"] <= -FEN:
        said["short"] = -row["lowest_cash"]
    elif "month" in said or not said:
        said["paid"] = row["paid_from_now"]
    parts = [
        Words(f"answer.negotiate.bar_{key}", amount=f"{{{place}}}")
        for place, key in enumerate(said)
    ]
    if "paid" in said:
        parts.append(Words("answer.negotiate.bar_until", month=row["payoff_date"]))
    return Words("answer.negotiate.terms", parts=tuple(parts)), list(said.values())


def _title(rows: pd.DataFrame, best: tuple[Any, ...]) -> Words:
    """Say how many ways cash carries, and which of them is worth most."""
    carried = int(lasts(rows).sum())
    first: Any = rows.index[0]
    fields = {"n": carried, "all": len(rows), "name": first, "short": -rows["lowest_cash"].iloc[0]}
    if carried < 2:
        return Words(f"answer.negotiate.bars_{'one' if carried else 'none'}", **fields)
    fields["best"] = tuple(Words("answer.negotiate.quoted", name=each) for each in best)
    key = "every" if carried == len(rows) else "some"
    return Words(f"answer.negotiate.bars_{key}{'' if best else '_alike'}", **fields)
