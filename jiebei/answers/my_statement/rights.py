"""What a debt collector may and may not do, and what to look at each month: facts with sources."""

from __future__ import annotations

from typing import Any

import pandas as pd

from jiebei.language.words import Words
from jiebei.life.rules.facts import cited, facts
from jiebei.notebook.answer import Answer

__all__ = ["collectors", "watch"]

COLLECTION = {  # what is said, and the row of legal_lines.csv that it rests on
    "calls": "collection, standard for online loans",
    "attempts": "collection, guideline of the banks",
    "night": "collection, standard for online loans",
    "others": "collection, standard for online loans",
    "threats": "collection, guideline of the banks",
}
MONTHLY = {
    "report": "credit report, free of charge",
    "shown": "record of late payment",
    "object": "credit report, objection",
    "force": "force majeure",
}


def collectors() -> Answer:
    """Say what a collector may and may not do, each with its document and where it was read."""
    return _told(COLLECTION, "collect", "answer.my_statement.collect")


def watch() -> Answer:
    """Say what to look at each month, each with its document."""
    return _told(MONTHLY, "watch", "answer.my_statement.watch")


def _told(rows: dict[str, str], area: str, headline: str) -> Answer:
    lines = facts("legal_lines").set_index("line")
    told: list[dict[str, Any]] = []
    for key, line in rows.items():
        row: Any = lines.loc[line]
        value = None if pd.isna(row["value"]) else int(row["value"])
        told.append(
            {
                "fact": Words(f"answer.my_statement.{area}_{key}", n=value),
                "document": cited(row),
            }
        )
    return Answer(Words(headline), pd.DataFrame(told, pd.RangeIndex(1, len(told) + 1)))
