"""The pictures of the tiers: what yours is worth beside its neighbours, and what late costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.credit_tiers.verdict import by_tier, your_tier
from jiebei.charts.drawing.panels import stacked
from jiebei.language.words import Words
from jiebei.life.credit.tiers import Borrower
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["first_chart", "tier_chart", "ways_chart"]


def first_chart(answer: Answer, borrower: Borrower) -> Axes | Words:
    """Draw what your tier is worth, and beneath it what paying late costs over the years.

    What makes no difference is left out; where nothing does, a sentence says so.

    Parameters
    ----------
    answer : Answer
        As `answer` returns it.
    borrower : Borrower
    """
    tiers = _by_name(borrower)
    yours = your_tier(borrower)
    near = [] if tiers is None else _near(tiers["change"].to_list(), yours)
    if tiers is None or not near:
        return ways_chart(answer)
    if _alike(answer):
        return _near_chart(tiers, yours, near, borrower)
    made: Axes = stacked(
        (2.8, lambda ax: _near_chart(tiers, yours, near, borrower, ax)),
        (3.5, lambda ax: ways_chart(answer, ax)),
    )
    return made


def _near(changes: Sequence[float], yours: int) -> list[int]:
    """Return the places of the next better and the next worse tier in which it costs another sum.

    Examples
    --------
    >>> _near([-300.0, 0.0, 0.0, 250.0, 400.0], 2), _near([0.0, 0.0], 0)
    ([0, 3], [])
    """
    better = [place for place in range(yours - 1, -1, -1) if abs(changes[place]) >= FEN]
    worse = [place for place in range(yours + 1, len(changes)) if abs(changes[place]) >= FEN]
    return [*better[:1], *worse[:1]]


def _near_chart(
    tiers: pd.DataFrame, yours: int, near: list[int], borrower: Borrower, ax: Axes | None = None
) -> Axes:
    """Draw what the first loan costs in your tier, and in those next to it."""
    own = tiers.iloc[yours]
    fields = {"tier": own["tier"], "cost": own["cost"], "months": borrower.months}
    fields |= {"amount": borrower.needs(0) / 100}
    fields["others"] = [_beside(tiers.iloc[place]) for place in near]
    return charts.dumbbell(
        tiers.iloc[sorted([*near, yours])],
        "cost",
        tiers.index[yours],
        title=Words("answer.credit_tiers.near_title", **fields),
        subtitle=Words("answer.credit_tiers.near_subtitle", unit="{unit}"),
        ax=ax,
    )


def _beside(row: pd.Series[Any]) -> Words:
    """Say what a tier next to yours changes."""
    change = float(row["change"])
    fields = {"tier": row["tier"], "amount": abs(change)}
    return Words(f"answer.credit_tiers.near_{'more' if change > 0 else 'less'}", **fields)


def ways_chart(answer: Answer, ax: Axes | None = None) -> Axes | Words:
    """Draw what each way to pay costs in all, against paying on time; a sentence where all is one.

    Parameters
    ----------
    answer : Answer
        As `answer` returns it.
    ax : Axes, optional
        Where to draw.
    """
    table = answer.figures
    if _alike(answer):
        return Words("answer.credit_tiers.ways_alike")
    title, names = _ways_title(table), table.index
    if title:  # that of the chart itself would tell of the tiers, too
        names = pd.Index([_ends_at(*each) for each in table["tier_at_end"].items()])
    return charts.dumbbell(
        table.set_axis(names),
        "in_all",
        names[0],
        title=title,
        subtitle=Words("answer.credit_tiers.ways_subtitle", unit="{unit}"),
        note=Words("answer.credit_tiers.assumed"),
        ax=ax,
    )


def _ends_at(name: Any, tier: str) -> Words:
    return Words("answer.credit_tiers.ends_at", name=name, tier=tier)


def _ways_title(table: pd.DataFrame) -> Words | None:
    """Say what one late payment costs and of what, and what a year on time is worth, if anything.

    None where one late payment costs nothing.
    """
    once, often, year = table["extra_cost"].iloc[1:]
    if once < FEN:
        return None
    penalty = float(table["penalty"].iloc[1])
    fields = {"once": once, "often": often, "year": year, "saves": often - year}
    fields |= {"penalty": penalty, "dearer": once - penalty}
    key = "once" if year < FEN else "worth" if often - year >= FEN else "cost"
    key += "" if once - penalty >= FEN else "_penalty"
    return Words(f"answer.credit_tiers.ways_{key}", **fields)


def _alike(answer: Answer) -> bool:
    """Tell whether all ways to pay cost the same."""
    table = answer.figures
    return table.empty or bool(table["extra_cost"].abs().max() < FEN)


def tier_chart(borrower: Borrower) -> Axes | Words:
    """Draw what the same borrowing costs in each tier, against yours; where none lends, say so."""
    tiers = _by_name(borrower)
    if tiers is None:
        return Words("answer.credit_tiers.no_tier", months=borrower.months)
    return charts.dumbbell(
        tiers,
        "cost",
        tiers.index[your_tier(borrower)],
        note=Words("answer.credit_tiers.assumed"),
    )


def _by_name(borrower: Borrower) -> pd.DataFrame | None:
    """Return the table of the tiers by what a picture calls them; None where none lends."""
    table = by_tier(borrower).figures
    if "elsewhere" not in table:
        return None
    lends = table["elsewhere"] < borrower.needs(0) / 100
    names = [
        Words("answer.credit_tiers.at", tier=name, rate=rate)
        if here
        else Words("answer.credit_tiers.at_elsewhere", tier=name, rate=borrower.elsewhere_rate)
        for name, rate, here in zip(table.index, table["daily_rate"], lends, strict=True)
    ]
    return table.assign(tier=table.index).set_axis(pd.Index(names, name="strategy"))
