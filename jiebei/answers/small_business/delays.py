"""How far a shop's cash bends: customers who pay late, and goods that lie longer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei.answers.shared.frontier import Along, over
from jiebei.language.words import count, day, headline_yuan, say, sentence, sentences
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
    rows: dict[str, dict[str, Any]] = {}
    if_late, if_longer = borrow(late=EVERY_DELAY), borrow(longer=EVERY_DELAY)
    for name, way in borrow(late=late_days).items():
        late = beyond(if_late[name], shop, cash_in_hand, until)
        longer = beyond(if_longer[name], shop, cash_in_hand, until, "longer")
        asked = lowest(cash_by_day(way, shop, cash_in_hand, days, late_days), days)
        if not rows:
            parts = [_asked(name, asked, late_days), _stock(name, longer, shop)]
        rows[name] = {
            "late_days": _days(late, 0),
            "late_breaks": day(late.runs_out),
            "stock_days": _days(longer, shop.stock_days),
            "stock_breaks": day(longer.runs_out),
            "cash_if_late": asked.fen.item() / 100,
        }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("strategy")
    return Answer(sentences(parts), table, say("answer.small_business.limits_note"))


def _days(limit: Limit, usual: int) -> str:
    return say("answer.small_business.none") if limit.days < 0 else count(usual + limit.days, "day")


def _asked(name: str, found: Lowest, late: int) -> str:
    """Say what becomes of the cash when customers pay so much later."""
    fields = {
        "name": name,
        "days": count(late, "day"),
        "amount": headline_yuan(abs(found.fen.item()) / 100),
        "day": day(found.day.astype("M8[D]")),
        "out": day(found.runs_out.astype("M8[D]")),
    }
    at_once = "_once" if found.day == found.runs_out else ""
    key = "asked_holds" if found.fen >= 0 else f"asked_breaks{at_once}"
    return sentence(say(f"answer.small_business.{key}", **fields))


def _stock(name: str, limit: Limit, shop: Shop) -> str:
    """Say how long goods may lie before they sell."""
    if limit.days < 0:
        return say("answer.small_business.stock_none")
    total = count(shop.stock_days + limit.days, "day")
    fields = {"name": name, "usual": count(shop.stock_days, "day"), "days": total}
    if limit.runs_out is None:
        return say("answer.small_business.stock_all", **fields)
    return say("answer.small_business.stock", day=day(limit.runs_out), **fields)


def frontier(
    way: Strategy, shop: Shop, cash_in_hand: float, until: Any, late_days: int, reserve: float
) -> Axes | str:
    """Draw the lowest cash above the reserve, over the customers' delay and the reserve.

    Where nothing is left on the tightest day, whatever the delay, a sentence says so.
    """
    days = window(shop, until)
    every = lowest(cash_by_day(way, shop, cash_in_hand, days, EVERY_DELAY), days).fen / 100
    if every[0] <= 0:  # a longer delay never leaves more
        return say("answer.small_business.frontier_none")
    reach = max(30, 2 * int(np.count_nonzero(every >= reserve)), late_days + late_days // 2)
    late = np.arange(min(reach, MOST_DAYS) + 1)
    most = max(2.0 * reserve, 1.25 * float(every[0]), 100.0)

    def spare(late: Any, kept: Any) -> Any:
        return every[late] - kept[:, None]

    x = say("answer.small_business.frontier_x")
    y = say("answer.small_business.frontier_y", unit="{unit}")
    found = over(
        spare,
        Along(late, late_days, x, "days"),
        Along(np.linspace(0.0, most, 41), reserve, y, "yuan"),
    )
    return found.draw(
        regions=(say("answer.small_business.above"), say("answer.small_business.below")),
        zero=say("answer.small_business.frontier_zero"),
        title=_frontier_title(late, found.row, late_days, reserve),
        subtitle=say("answer.small_business.frontier_subtitle", unit="{unit}"),
        note=say("answer.small_business.frontier_note"),
    )


def _frontier_title(late: Ints, spare: Any, late_days: int, reserve: float) -> str:
    """Say up to which delay the reserve stays untouched."""
    touched = np.flatnonzero(spare < 0)
    fields = {"reserve": headline_yuan(reserve), "most": count(late[-1], "day")}
    if not touched.size:
        return say("answer.small_business.frontier_never", **fields)
    left = round(float(spare[late_days]) + reserve, 2)
    fields |= {"asked": count(late_days, "day"), "amount": headline_yuan(abs(left))}
    if touched[0] == 0:
        key = "always" if left >= 0 else "spent_always"
        return say(f"answer.small_business.frontier_{key}", **fields)
    side = "within" if late_days < late[touched[0]] else "beyond" if left >= 0 else "spent"
    fields["days"] = count(late[touched[0]] - (side != "within"), "day")
    return say(f"answer.small_business.frontier_{side}", **fields)
