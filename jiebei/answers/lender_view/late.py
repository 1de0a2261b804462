"""How late loans roll on, how each month's loans turn out, and what is to be provided for."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.language.words import Text, Words, passage, percent
from jiebei.life.portfolio.losses import provision
from jiebei.life.portfolio.rolls import chance_of_loss, rates_of
from jiebei.life.portfolio.snapshots import BUCKETS, LOSS
from jiebei.life.portfolio.study import Book
from jiebei.life.rules.facts import facts
from jiebei.notebook.answer import Answer

__all__ = ["heat", "provided", "rates", "vintages"]

AGES = 25  # months that a vintage is followed, that of the drawdown among them
QUARTER = 3  # months of drawdown that one line takes together
ON_TIME, FIRST, BACK_BELOW = 0, 1, 0.5
OVER_30, OVER_90 = 2, 4  # the first buckets beyond


def rates(found: Book) -> pd.DataFrame:
    """Return the roll rates of the whole book, by number of loans."""
    return rates_of(found.counts["moves"].sum(axis=0))


def heat(found: Book) -> Axes:
    """Draw where the loans of each bucket are a month later (迁徙率热力图)."""
    table = rates(found)
    chance = chance_of_loss(table)
    turn = next((name for name in BUCKETS[1:LOSS] if chance[name] > BACK_BELOW), None)
    late = np.isfinite(chance["M1"])
    key = "heat" if turn else "heat_none" if late else "heat_on_time"
    names = [*BUCKETS[:-1], Words("answer.lender_view.paid"), Words("answer.lender_view.ever_lost")]
    shares = np.column_stack([table.to_numpy(), chance.to_numpy()])[:LOSS]
    return charts.heatmap(
        BUCKETS[:LOSS],
        names,
        shares,
        row_label=Words("answer.lender_view.heat_rows"),
        column_label=Words("answer.lender_view.heat_columns"),
        apart=1,
        title=Words(f"answer.lender_view.{key}", bucket=turn, first=chance["M1"]),
        subtitle=Words("answer.lender_view.heat_subtitle"),
        note=Words("answer.lender_view.heat_note"),
    )


def vintages(found: Book) -> Axes:
    """Draw how much of what was lent in each quarter is over 30 days late or lost, by age."""
    late = found.counts["vintages"][:, :, 1] + found.counts["vintages"][:, :, 3]
    lent = found.counts["lent"]
    shown, first = {}, found.span.first
    for begin in range(0, 12, QUARTER):
        part = slice(begin, begin + QUARTER)
        if lent[part].sum():
            months = [np.datetime64(first + begin + at, "M").astype("M8[s]") for at in (0, 2)]
            name = Words("answer.lender_view.quarter", first=months[0], last=months[1])
            shown[name] = late[part, :AGES].sum(axis=0) / lent[part].sum()
    ages = np.arange(AGES)
    peak = max(float(each.max()) for each in shown.values())
    return charts.lines(
        ages,
        shown,
        y_kind="percent",
        x_label=Words("answer.lender_view.age"),
        title=Words(f"answer.lender_view.{'vintages' if peak else 'vintages_none'}", peak=peak),
        subtitle=Words("answer.lender_view.vintages_subtitle"),
        note=Words("answer.lender_view.vintages_note"),
    )


def provided(found: Book, months_seen: int) -> Answer:
    """Say what is late on the day looked at, and what is to be provided for (拨备).

    Parameters
    ----------
    found : Book
    months_seen : int
        Months after the first drawdown: the book is looked at at the end of that month.
    """
    owed = found.counts["stock"][months_seen].sum(axis=0)
    table = provision(owed, rates(found), found.question.behaviour.loss_given_default)
    day = (np.datetime64(found.span.first + months_seen + 1, "M").astype("M8[D]") - 1).astype(
        "M8[s]"
    )
    standing = float(owed[:LOSS].sum())
    if not standing:
        said: Text = Words("answer.lender_view.nothing_owed", day=day)
        return Answer(said, pd.DataFrame())
    shares = {
        "over_30": owed[OVER_30:LOSS].sum() / standing,
        "over_90": owed[OVER_90:LOSS].sum() / standing,
    }
    lost = float(owed[LOSS]) / 100
    key = "standing_lost" if lost else "standing"
    said = passage(
        [
            Words(f"answer.lender_view.{key}", day=day, owed=standing / 100, lost=lost, **shares),
            Words("answer.lender_view.published", **_published()),
            _provides(table),
        ]
    )
    shown = pd.DataFrame(
        {
            "owed_there": table["owed"],
            "share_of_owed": [percent(each) for each in owed[: LOSS + 1] / max(owed.sum(), 1)],
            "chance_lost": [percent(each, 1) for each in table["chance"]],
            "expected_loss": table["expected_loss"],
            "grade": [Words(f"grade.{name.replace(' ', '_')}") for name in table["grade"]],
            "least_provision": table["least_provision"],
        }
    )
    return Answer(said, shown, Words("answer.lender_view.provided_note"))


def _published() -> dict[str, Any]:
    table = facts("published_risk").groupby("figure")["value"]
    low, high = table.min(), table.max()
    return {
        "low_30": low["over 30 days late"],
        "high_30": high["over 30 days late"],
        "low_90": low["over 90 days late"],
        "high_90": high["over 90 days late"],
    }


def _provides(table: pd.DataFrame) -> Text:
    expected, least = table["expected_loss"].sum(), table["least_provision"].sum()
    key = "provides_more" if expected > least else "provides_less"
    return Words(f"answer.lender_view.{key}", expected=expected, least=least)
