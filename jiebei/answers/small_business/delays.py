"""How far a shop's cash bends: customers who pay late, and goods that lie longer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei.answers.shared.frontier import Along, over
from jiebei.language.words import Text, Words, passage
from jiebei.life.shop.delays import EVERY_DELAY, Borrow, Limit, beyond, window
from jiebei.life.shop.shop import MOST_DAYS, Shop
from jiebei.life.shop.till import Lowest, Strategy, cash_by_day, lowest
from jiebei.notebook.answer import Answer
from jiebei.units.days import Ints

__all__ = ["frontier", "limits"]


def limits(borrow: Borrow, shop: Shop, cash_in_hand: float, until: Any, late_days: int) -> Answer:
    """Show the longest delay of customers and the longest stock cycle that each way carries.

    Parameters
    ----------
    borrow : callable
        `borrow(late=..., longer=...)` returns the ways to repay, planned for such a change.
    shop, cash_in_hand, until
        As for `beyond`.
    late_days : int
        The delay that the reader asks about.
    """
    days = window(shop, until)
    rows: dict[Any, dict[str, Any]] = {}
    if_late, if_longer = borrow(late=EVERY_DELAY), borrow(longer=EVERY_DELAY)
    for name, way in borrow(late=late_days).items():
        late = beyond(if_late[name], shop, cash_in_hand, until)
        longer = beyond(if_longer[name], shop, cash_in_hand, until, "longer")
        asked = lowest(cash_by_day(way, shop, cash_in_hand, days, late_days), days)
        if not rows:
            parts = [_asked(name, asked, late_days)] if late_days else []
            parts.append(_stock(name, longer, shop))
        rows[name] = {
            "late_days": _days(late, 0),
            "late_breaks": pd.to_datetime(late.runs_out),
            "stock_days": _days(longer, shop.stock_days),
            "stock_breaks": pd.to_datetime(longer.runs_out),
            "cash_if_late": asked.fen.item() / 100,
        }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("strategy")
    return Answer(passage(parts), table, Words("answer.small_business.limits_note"))


def _days(limit: Limit, usual: int) -> Words:
    total = usual + limit.days
    return Words("answer.small_business.none") if limit.days < 0 else Words("text.days", n=total)


def _asked(name: Text, found: Lowest, late: int) -> Words:
    """Say what becomes of the cash when customers pay so much later."""
    fields = {
        "name": name,
        "days": late,
        "amount": abs(found.fen.item()) / 100,
        "day": found.day.astype("M8[D]"),
        "out": found.runs_out.astype("M8[D]"),
    }
    at_once = "_once" if found.day == found.runs_out else ""
    key = "asked_holds" if found.fen >= 0 else f"asked_breaks{at_once}"
    return Words(f"answer.small_business.{key}", **fields)


def _stock(name: Text, limit: Limit, shop: Shop) -> Words:
    """Say how long goods may lie before they sell."""
    if limit.days < 0:
        return Words("answer.small_business.stock_none")
    total = shop.stock_days + limit.days
    fields = {"name": name, "usual": shop.stock_days, "days": total}
    if limit.runs_out is None:
        return Words("answer.small_business.stock_all", **fields)
    return Words("answer.small_business.stock", day=limit.runs_out, **fields)


def frontier(
    way: Strategy, shop: Shop, cash_in_hand: float, until: Any, late_days: int, reserve: float
) -> Axes | Words:
    """Draw the lowest cash above the reserve, over the customers' delay and the reserve.

    Where nothing is left on the tightest day, whatever the delay, a sentence says so.
    """
    days = window(shop, until)
    every = lowest(cash_by_day(way, shop, cash_in_hand, days, EVERY_DELAY), days).fen / 100
    if every[0] <= 0:  # a longer delay never leaves more
        return Words("answer.small_business.frontier_none")
    reach = max(30, 2 * int(np.count_nonzero(every >= reserve)), late_days + late_days // 2)
    late = np.arange(min(reach, MOST_DAYS) + 1)
    most = max(2.0 * reserve, 1.25 * float(every[0]), 100.0)

    def spare(late: Any, kept: Any) -> Any:
        return every[late] - kept[:, None]

    x = Words("answer.small_business.frontier_x")
    y = Words("answer.small_business.frontier_y", unit="{unit}")
    found = over(
        spare,
        Along(late, late_days, x, "days"),
        Along(np.linspace(0.0, most, 41), reserve, y, "yuan"),
    )
    return found.draw(
        regions=(Words("answer.small_business.above"), Words("answer.small_business.below")),
        zero=Words("answer.small_business.frontier_zero"),
        title=_frontier_title(late, found.row, late_days, reserve),
        subtitle=Words("answer.small_business.frontier_subtitle", unit="{unit}"),
        note=Words("answer.small_business.frontier_note"),
    )


def _frontier_title(late: Ints, spare: Any, late_days: int, reserve: float) -> Words:
    """Say up to which delay the reserve stays untouched."""
    touched = np.flatnonzero(spare < 0)
    fields = {"reserve": reserve, "most": int(late[-1])}
    if not touched.size:
        return Words("answer.small_business.frontier_never", **fields)
    left = round(float(spare[late_days]) + reserve, 2)
    fields |= {"asked": late_days, "amount": abs(left)}
    if touched[0] == 0:
        key = "always" if left >= 0 else "spent_always"
        return Words(f"answer.small_business.frontier_{key}", **fields)
    side = "within" if late_days < late[touched[0]] else "beyond" if left >= 0 else "spent"
    fields["days"] = int(late[touched[0]] - (side != "within"))
    return Words(f"answer.small_business.frontier_{side}", **fields)
