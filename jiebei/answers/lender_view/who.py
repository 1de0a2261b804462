"""Who does not pay back, and what lending to them earns, tier by tier."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.lender_view import early
from jiebei.answers.lender_view.how import how
from jiebei.language.words import Text, Words, number, passage, percent
from jiebei.life.portfolio.losses import yield_of
from jiebei.life.portfolio.pool import Pool, first_day
from jiebei.life.portfolio.study import Book
from jiebei.notebook.answer import Answer

__all__ = ["answer", "chart", "figures", "yields"]


def yields(found: Book, pool: Pool) -> tuple[list[float], float]:
    """Return what lending earns a year, in each tier and in all."""
    first = first_day(found.span)
    return [yield_of(each, first) for each in pool.cash], yield_of(pool.cash.sum(axis=0), first)


def figures(found: Book) -> pd.DataFrame:
    """Return the figures of each tier, and of all in the last row.

    Returns
    -------
    DataFrame
        By tier: `loans`; `bad`, the share ever over 90 days late; `lost`, of what was lent, after
        what is collected; `agreed` and `earned`, effective a year, as agreed and after losses;
        `left`, what of it is left after the lender's own money and running costs.
    """
    plain, behaviour = found.pool(), found.question.behaviour
    counts = found.counts
    with_all = {
        "loans": counts["loans"],
        "bad": counts["bad"],
        "lost": plain.lost,
        "drawn": plain.drawn,
    }
    total = {name: np.append(each, each.sum()).astype(float) for name, each in with_all.items()}
    agreed, earned = ([*each, all_] for each, all_ in map(_of(found), ("agreed", "plain")))
    with np.errstate(invalid="ignore", divide="ignore"):
        table = {
            "loans": total["loans"],
            "bad": total["bad"] / total["loans"],
            "lost": total["lost"] / total["drawn"],
            "agreed": agreed,
            "earned": earned,
            "left": np.array(earned) - behaviour.funding - behaviour.running_cost,
        }
    rows = [*found.tiers, Words("answer.lender_view.all")]
    return pd.DataFrame(table, pd.Index(rows, name="tier", dtype=object))


def _of(found: Book) -> Any:
    return lambda name: yields(found, found.pool(name))


def answer(found: Book) -> Answer:
    """Say who does not pay back, and whether lending pays (谁会不还)."""
    table = figures(found)
    tiers, all_ = table.iloc[:-1], table.iloc[-1]
    shown = pd.DataFrame(
        {
            "how_many": [number(each) for each in table["loans"]],
            "over_90_share": [percent(each) for each in table["bad"]],
            "lost_share": [percent(each) for each in table["lost"]],
            "yield_agreed": [percent(each) for each in table["agreed"]],
            "yield_earned": [percent(each) for each in table["earned"]],
            "yield_left": [percent(each, signed=True) for each in table["left"]],
        },
        table.index,
    )
    said = passage([_who(tiers, all_), _earns(all_), _no_gain(tiers)])
    return Answer(said, shown, Words("answer.lender_view.who_note"), partial(how, found))


def _who(tiers: pd.DataFrame, all_: Any) -> Text:
    known = {str(name): each for name, each in tiers[tiers["loans"] > 0]["bad"].items()}
    fields: dict[str, Any] = {"bad": round(all_["bad"] * all_["loans"]), "loans": all_["loans"]}
    if not all_["bad"]:
        return Words("answer.lender_view.who_none", loans=all_["loans"])
    low, high = min(known, key=known.__getitem__), max(known, key=known.__getitem__)
    fields |= {"share": all_["bad"], "low": low, "least": known[low]}
    key = "who_same" if known[low] == known[high] else "who"
    return Words(f"answer.lender_view.{key}", **fields, high=high, most=known[high])


def _earns(all_: Any) -> Text:
    key = "earns" if all_["left"] >= 0 else "loses"
    fields: dict[str, Any] = {
        "lost": 100 * all_["lost"],
        "agreed": all_["agreed"],
        "earned": all_["earned"],
    }
    return Words(f"answer.lender_view.{key}", **fields, left=100 * abs(all_["left"]))


def _no_gain(tiers: pd.DataFrame) -> Text:
    known = tiers[tiers["loans"] > 0]
    # Where next to nothing comes back there is no rate.
    names = tuple(known.index[~(known["left"] >= 0)])
    if not names:
        return Words("answer.lender_view.all_gain")
    if len(names) == len(known):
        return Words("answer.lender_view.none_gains")
    return Words("answer.lender_view.no_gain", names=names)


def chart(found: Book, ax: Axes | None = None) -> Axes | Text:
    """Draw what lending earns in each tier as agreed and after losses, against what it costs."""
    table, behaviour = figures(found), found.question.behaviour
    all_ = table.iloc[-1]
    if not all_["bad"]:
        return Words("answer.lender_view.who_none", loans=all_["loans"])
    known = table.dropna(subset=["agreed", "earned"])  # where none is paid back there is no rate
    cost = behaviour.funding + behaviour.running_cost
    ends = {
        Words("answer.lender_view.who_row", tier=name, share=each["bad"]): (
            each["agreed"],
            each["earned"],
        )
        for name, each in known.iterrows()
    }
    fields = {"share": all_["bad"], "agreed": all_["agreed"], "earned": all_["earned"]}
    fields["left"] = all_["left"]
    bad = known["bad"].iloc[:-1]
    fields |= {"low": bad.idxmin(), "least": bad.min(), "high": bad.idxmax(), "most": bad.max()}
    return charts.pairs(
        ends,
        (Words("answer.lender_view.as_agreed"), Words("answer.lender_view.after_losses")),
        limit=cost,
        limit_name=Words("answer.lender_view.who_cost", share=cost),
        title=Words("answer.lender_view.who_chart", **fields),
        subtitle=Words("answer.lender_view.who_subtitle"),
        note=passage([*early.in_short(found), Words("answer.lender_view.who_chart_note")]),
        ax=ax,
    )
