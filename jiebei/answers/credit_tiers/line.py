"""How much can I draw, and when? A revolving line by date, and what if it does not come back."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.charts.drawing.style import BASELINE_GREY
from jiebei.language.errors import JiebeiError
from jiebei.language.figures import yuan
from jiebei.language.words import Text, Words, passage, percent
from jiebei.life.credit.line import available, drawdowns
from jiebei.life.credit.on_time import by_date, cut, on_time
from jiebei.life.credit.tiers import Borrower
from jiebei.life.credit.years import years
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN
from jiebei.units.reading import share

__all__ = ["answer", "chart", "one_fen_more"]

LUCK = 1_000  # lines, each with luck of its own


def answer(
    borrower: Borrower,
    months: int,
    restore_days: int,
    restore_chance: float,
    cut_on: Any,
    cut_to: float,
) -> Answer:
    """Show what can be drawn on each day on which money is drawn, and what could get in the way.

    Parameters
    ----------
    borrower : Borrower
        Who pays on time.
    months : int
        How long to look ahead.
    restore_days : int
        If what is repaid can be drawn again only so many days later.
    restore_chance : decimal
        If it can be drawn again only with this chance, every repayment by itself.
    cut_on, cut_to : date, yuan
        If the limit is cut to that on a day, and stays there.

    Returns
    -------
    Answer
        By day: the amount, what is available before it is drawn, with a delay, with luck (in which
        share of 1,000 lines it fits), and with the limit cut.
    """
    plan, limits = on_time(borrower, months)
    share(restore_chance, "restore_chance")
    if plan is None:
        words = [*_elsewhere(borrower, months), Words("answer.credit_tiers.line_none")]
        return Answer(passage(words), pd.DataFrame())
    usual = drawdowns(plan, 0, changes=limits)
    late = drawdowns(plan, 0, changes=limits, delay_days=restore_days)
    luck = drawdowns(plan, 0, changes=limits, chance=np.full(LUCK, restore_chance))
    after = drawdowns(plan, 0, changes=cut(limits, cut_on, cut_to))
    fits = luck.groupby("date")["fits"].mean().to_numpy()
    table = pd.DataFrame(
        {
            "date": usual["date"],
            "limit": usual["limit"],
            "amount_drawn": usual["amount"],
            "available": usual["available"],
            "if_late": late["available"],
            "if_luck": [percent(each, 0) for each in fits],
            "if_cut": after["available"],
        }
    ).set_axis(pd.RangeIndex(1, len(usual) + 1))
    key = "usual_one" if len(usual) == 1 else "usual"
    amount = _range(usual["available"])
    words = [
        *_elsewhere(borrower, months),
        Words(f"answer.credit_tiers.line_{key}", n=len(usual), amount=amount),
    ]
    if len(usual) > 1 and restore_days:  # the first drawdown waits for nothing that comes back
        words.append(_short("late", late, days=restore_days))
    if len(usual) > 1 and restore_chance < 1:
        words.append(_lucky(luck, restore_chance))
    if pd.Timestamp(cut_on) <= usual["date"].iloc[-1]:
        words.append(_short("cut", after, amount=cut_to, on=cut_on))
    else:
        words.append(Words("answer.credit_tiers.line_cut_after", on=cut_on))
    return Answer(passage(words), table, Words("answer.credit_tiers.line_note"))


def one_fen_more(borrower: Borrower) -> Text:
    """Say what one fen more than the limit is refused with, or that the tier lends nothing."""
    plan, limits = on_time(borrower, 1)
    if plan is None:
        return Words("answer.credit_tiers.line_none")
    limit = next(iter(limits.values()))
    try:
        available(borrower.contract(limit + 0.01, borrower.elsewhere_rate, 0), limit)
    except JiebeiError as refused:
        return Words("answer.credit_tiers.line_refused", limit=limit, refused=str(refused))
    return ""  # pragma: no cover


def _elsewhere(borrower: Borrower, months: int) -> list[Words]:
    """Say what the line does not lend to whoever pays on time, if anything."""
    amount = float(years(borrower, np.zeros(months, np.int64)).elsewhere.sum())
    return [Words("answer.credit_tiers.line_elsewhere", amount=amount)] if amount else []


def _range(amounts: pd.Series[float]) -> Words:
    """Write the least and the most in one unit, also where only one of them is in 万元."""
    low, high = float(amounts.min()), float(amounts.max())
    key = "one" if yuan(low, 0) == yuan(high, 0) else "range"
    return Words(f"answer.credit_tiers.line_{key}", low=low, high=high)


def _short(what: str, draws: pd.DataFrame, **fields: object) -> Words:
    """Say which drawdown is the first that would not fit, and how much is short."""
    short = draws[~draws["fits"]]
    if short.empty:
        return Words(f"answer.credit_tiers.line_{what}_fits", **fields)
    first = short.iloc[0]
    return Words(
        f"answer.credit_tiers.line_{what}_short",
        first=first["date"],
        short=round(float(first["amount"] - first["available"]), 2),
        **fields,
    )


def _lucky(luck: pd.DataFrame, chance: float) -> Words:
    """Say in which share of cases all drawdowns fit."""
    all_fit = float(luck.groupby("line")["fits"].all().mean())
    fields = {"chance": chance, "share": all_fit}
    return Words("answer.credit_tiers.line_luck", cases=LUCK, **fields)


def chart(borrower: Borrower, months: int) -> Axes | Words:
    """Draw limit and what is drawn; a sentence where nothing is drawn on it."""
    if on_time(borrower, months)[0] is None:
        return Words("answer.credit_tiers.line_no_picture")
    table = by_date(borrower, months)
    tightest = table.iloc[int(table["available"].to_numpy().argmin())]
    least = float(tightest["available"])
    fields = {"least": abs(least), "day": tightest["date"]}
    key = "title_over" if least < 0 else "title"
    key += "_first" if (table["available"] - least < FEN).sum() > 1 else ""
    names = {name: Words(f"answer.credit_tiers.line_{name}") for name in ("limit", "drawn")}
    shown = {name: table[name].to_numpy() for name in names}
    axes = charts.lines(
        table["date"].to_numpy(),
        {names[name]: each for name, each in shown.items()},
        x_kind="date",
        steps=True,
        dashed=[names["limit"]],
        title=Words(f"answer.credit_tiers.line_{key}", **fields),
        subtitle=Words("answer.credit_tiers.line_subtitle", unit="{unit}"),
        note=Words("answer.credit_tiers.assumed"),
    )
    axes.fill_between(
        table["date"].to_numpy(),
        shown["drawn"],
        np.maximum(shown["drawn"], shown["limit"]),
        step="post",
        color=BASELINE_GREY,
        alpha=0.2,
        zorder=0.5,
        linewidth=0,
    )
    return axes
