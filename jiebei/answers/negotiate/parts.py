"""Which offer is better? From what is owed today to what is paid in all, part by part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from jiebei.compare.compare import Cash
from jiebei.language.words import Words
from jiebei.life.negotiation.carried import lowest
from jiebei.life.negotiation.split import NEW, WAIVED, parts_of
from jiebei.life.negotiation.standing import Debt
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["parts"]


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
