"""Which offer is better? From what is owed today to what is paid in all, part by part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.compare.compare import Cash
from jiebei.language.words import Text, Words
from jiebei.life.negotiation.carried import lowest
from jiebei.life.negotiation.split import NEW, WAIVED, parts_of
from jiebei.life.negotiation.standing import Debt
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["parts", "waterfall"]


def parts(debt: Debt, strategies: Mapping[Any, Loan], cash: Cash | None = None) -> Answer:
    """Show, a row a way, how what is owed today becomes what is paid in all.

    With `cash`, also whether it carries the way.
    """
    table = pd.DataFrame({name: parts_of(way, debt) for name, way in strategies.items()}).T
    table = table.rename_axis("strategy")
    kept = [name for name in table if name not in (*WAIVED, *NEW) or table[name].abs().max() > FEN]
    fields: dict[str, Any] = {
        "owed": debt.total,
        "penalty": debt.owed["penalty"],
        "interest": debt.owed["interest"],
        "day": debt.on,
        "days": debt.days_late,
        "missed": debt.missed,
    }
    waivable = debt.owed["penalty"] + debt.owed["interest"] > FEN
    key = "on_time" if not debt.missed else "late" if waivable else "late_plain"
    table = table[kept]
    if cash is not None:
        held = [lowest(way, debt, cash) > -FEN for way in strategies.values()]
        said: list[Any] = [Words(f"answer.{'yes' if each else 'no'}") for each in held]
        table["carried"] = said
    return Answer(Words(f"answer.negotiate.owed_{key}", **fields), table)


def waterfall(
    way: Loan, name: Text, debt: Debt, cash: Cash | None = None, ax: Axes | None = None
) -> Axes:
    """Draw what turns the debt of today into what is paid in all under one way.

    With `cash`, a way that it does not carry is called so.
    """
    left = 0.0 if cash is None else float(lowest(way, debt, cash))
    if left <= -FEN:
        name = Words("answer.negotiate.name_short", name=name, amount=-left)
    split = parts_of(way, debt)
    start, end = split.pop("owed_today"), split.pop("paid_from_now")
    steps = {Words(f"column.{each}"): amount for each, amount in split.items() if abs(amount) > FEN}
    let_off = round(-sum(split[each] for each in WAIVED), 2)
    new = round(sum(split[each] for each in NEW), 2)
    sign = int(np.sign(new - let_off)) if abs(new - let_off) > FEN else 0
    fields: dict[str, Any] = {
        "name": name,
        "amount": abs(end - start),
        "let_off": _amount(let_off),
        "new": _amount(new),
    }
    title = Words(f"answer.negotiate.parts_{('same', 'more', 'less')[sign]}", **fields)
    return charts.waterfall(
        steps,
        start,
        end,
        names=(Words("column.owed_today"), Words("column.paid_from_now")),
        title=title,
        subtitle=Words("answer.negotiate.parts_subtitle", unit="{unit}"),
        ax=ax,
    )


def _amount(amount: float) -> float | Words:
    return amount if abs(amount) > FEN else Words("answer.negotiate.nought")
