"""How early could one know? Signs, what they are worth, and a call to those who show them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.language.words import Text, Words, number, passage, percent
from jiebei.life.portfolio.signs import SIGNS, calibration, fitted, lead, worth
from jiebei.life.portfolio.study import Book
from jiebei.notebook.answer import Answer

__all__ = ["Called", "answer", "calibrated", "called", "known"]

SHOWN_AHEAD = 6  # months
HALF = 0.5


def named(sign: str) -> Words:
    """Return what a sign is called."""
    return Words(f"sign.{sign.replace(' ', '_')}")


def answer(found: Book) -> Answer:
    """Say what each sign is worth, and how early it is there (早期预警)."""
    table = worth(found.counts["cells"])
    shown = pd.DataFrame(
        {
            "flagged_share": [percent(each, 1) for each in table["flagged"]],
            "precision": [percent(each, 1) for each in table["precision"]],
            "recall": [percent(each, 1) for each in table["recall"]],
            "lift": [number(each, 1) for each in table["lift"]],
        },
        pd.Index([named(str(each)) for each in table.index], name="sign"),
    )
    best = table["lift"].dropna()
    if best.empty or not found.counts["bad"].any():
        return Answer(Words("answer.lender_view.sign_none"), shown)
    name: Any = best.idxmax()
    fields: dict[str, Any] = {
        "lift": best[name],
        "recall": table["recall"][name],
        "sign": named(name),
    }
    said = passage([Words("answer.lender_view.sign", **fields), _ahead(found)])
    return Answer(said, shown, Words("answer.lender_view.sign_note"))


def _ahead(found: Book) -> Text:
    """Say how many months before half of the bad loans had shown something."""
    any_ = lead(found.counts["early"])["any"]
    early = any_[any_ >= HALF]
    if early.empty:
        return Words("answer.lender_view.ahead_never", share=any_.iloc[0])
    months = int(early.index[-1])
    return Words("answer.lender_view.ahead", months=months, share=any_[months])


def known(found: Book) -> Axes | Text:
    """Draw how many of the bad loans had shown each sign so many months before."""
    if not found.counts["bad"].any():
        return Words("answer.lender_view.sign_none")
    table = lead(found.counts["early"])
    shown = {named("any"): table["any"].to_numpy()}
    shown |= {named(name): table[name].to_numpy() for name in SIGNS}
    share = table["any"].iloc[SHOWN_AHEAD]
    return charts.lines(
        table.index.to_numpy(),
        shown,
        y_kind="percent",
        x_label=Words("answer.lender_view.known_x"),
        title=Words("answer.lender_view.known", months=SHOWN_AHEAD, share=share),
        subtitle=Words("answer.lender_view.known_subtitle"),
        note=Words("answer.lender_view.known_note"),
    )


def in_short(found: Book) -> list[Words]:
    """Say how many of the bad loans had shown a sign long before; nothing where none is bad."""
    if not found.counts["bad"].any():
        return []
    share = lead(found.counts["early"])["any"].iloc[SHOWN_AHEAD]
    known = Words("answer.lender_view.known", months=SHOWN_AHEAD, share=share)
    return [Words("text.sentence", text=known)]


class Called(NamedTuple):
    """Whom a lender calls: loans, those of them that are bad, bad ones, all; on the half tried."""

    loans: int
    right: int
    bad: int
    of: int


def called(found: Book, alarm: float) -> Called:
    """Count who is called if everybody is whose chance is at least `alarm`.

    The chances are learned from every other loan, and tried on the rest.
    """
    cells = found.counts["cells"]
    tried, rings = cells[:, :, 1], fitted(cells) >= alarm
    return Called(
        int(tried[rings].sum()),
        int(tried[rings][:, 1].sum()),
        int(tried[..., 1].sum()),
        int(tried.sum()),
    )


def calibrated(found: Book, alarm: float) -> Answer:
    """Say what calling those with a chance of at least `alarm` finds, and whether chances hold."""
    cells = found.counts["cells"]
    table = calibration(cells, fitted(cells))
    rows = [
        Words("answer.lender_view.band", low=low, high=high)
        for low, high in zip(table["from"], table["to"], strict=True)
    ]
    shown = pd.DataFrame(
        {
            "how_many": [number(each) for each in table["loans"]],
            "expected_share": [percent(each) for each in table["expected"]],
            "observed_share": [percent(each) for each in table["observed"]],
            "two_errors": ["±" + percent(2 * each) for each in table["error"]],
        },
        pd.Index(rows, name="chance_before", dtype=object),
    )
    said = passage([_calls(called(found, alarm), alarm), _holds(table)])
    return Answer(said, shown, Words("answer.lender_view.calibrated_note"))


def _calls(who: Called, alarm: float) -> Text:
    if not who.bad:
        return Words("answer.lender_view.sign_none")
    if not who.loans:
        return Words("answer.lender_view.calls_none", alarm=alarm)
    fields: dict[str, Any] = {"alarm": alarm, "flagged": who.loans / who.of}
    fields |= {"precision": who.right / who.loans, "recall": who.right / who.bad}
    return Words("answer.lender_view.calls", **fields)


def _holds(table: pd.DataFrame) -> Text:
    within = np.abs(table["observed"] - table["expected"]) <= 2 * table["error"]
    fields: dict[str, Any] = {"within": int(within.sum()), "bands": len(table)}
    return Words("answer.lender_view.bands", **fields)
