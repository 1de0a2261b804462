"""What columns and choices are called, and how a table is shown."""

from __future__ import annotations

from typing import Any

import pandas as pd

from jiebei.language.figures import EMPTY, daily_words, display_width, yuan
from jiebei.language.table import language, table
from jiebei.language.words import Text, Words, headline, say

__all__ = ["NAMED", "called", "cell", "column", "keyed", "kind", "shorten", "table_frame"]

NAMED = ("card", "platform", "family")  # of the examples: each is called like a column

# How the figures of a column are written; a column not named here holds yuan.
_KINDS = {
    "daily_rate": "daily",
    "loan": "number",
    "counted_late": "number",
    "times_eased": "number",
    "days": "days",
    "days_late": "days",
    "days_to_go": "days",
    "days_since_drawdown": "days",
    "days_since_talks": "days",
    "factor": "factor",
    "discount_factor": "factor",
    "days_in_debt": "days",
    "effective_rate": "percent",
    "flip_rate": "percent",
    "same_cost_rate": "percent",
    "annual_rate": "percent",
    "contract_rate": "percent",
    "missed": "percent",
    "quoted_rate": "percent",
    "postponed_rate": "percent",
    "waived_rate": "percent",
    "all_in_rate": "percent",
    "near_share": "percent",
    "breaks_share": "percent",
    "over_90_share": "percent",
    "lost_share": "percent",
    "yield_agreed": "percent",
    "yield_earned": "percent",
    "yield_left": "percent",
    "flagged_share": "percent",
    "paid_off_share": "percent",
    "precision": "percent",
    "recall": "percent",
    "lift": "number",
    "how_many": "number",
    **dict.fromkeys([*(f"M{n}" for n in range(7)), "M6+"], "percent"),
    "with_it": "percent",
    "without": "percent",
    "borrowers": "number",
    "date": "date",
    "payoff_date": "date",
    "lowest_cash_date": "date",
}


def _known(key: str, otherwise: str) -> str:
    return say(key) if key in table() else otherwise


def called(name: str) -> Text:
    """Return the words for a column, or for a debt that is named like one; another name stays.

    Examples
    --------
    >>> called("platform"), called("Aunt Li")
    (another platform, 'Aunt Li')
    """
    key = f"column.{name}"
    return Words(key) if key in table() else name


def keyed(name: str) -> str:
    """Return the key of a debt of the examples by what it is called, in either language.

    Examples
    --------
    >>> keyed("信用卡"), keyed("card"), keyed("Aunt Li")
    ('card', 'card', 'Aunt Li')
    """
    for key in NAMED:
        row = table()[f"column.{key}"]
        if name.strip() in (row["en"], row["zh"]):
            return key
    return name


def column(name: str) -> str:
    """Return what a column of a frame is called; an unknown name stays as it is.

    Examples
    --------
    >>> column("fee"), column("rent")
    ('fee', 'rent')
    """
    return _known(f"column.{name}", name)


def kind(column: str) -> str:
    """Return what a column holds: money, days, a date, a number, a rate a year or a day."""
    return _KINDS.get(column, "yuan")


def cell(column: str, value: Any) -> str:
    """Write one figure of a table the way its column is written.

    Examples
    --------
    >>> cell("interest", 3650.0), cell("effective_rate", 0.15623), cell("days_in_debt", 1)
    ('¥3,650.00', '15.62%', '1 day')
    >>> cell("daily_rate", 0.00045)
    '0.045%'
    """
    match kind(column):
        case "factor":
            return EMPTY if pd.isna(value) else f"{value:.6f}"
        case "daily":
            return daily_words(value)
        case "yuan":
            return yuan(value)
        case other:
            return headline(value, other)


def table_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with its columns, events and states named in the language in use.

    The figures stay as they are; a name that the table of words does not know stays too.

    Examples
    --------
    >>> table_frame(pd.DataFrame({"interest": [1.5], "my note": ["x"]}, index=["as agreed"]))
               interest my note
    as agreed       1.5       x
    """
    shown = frame.rename(columns=column)
    if frame.index.name is not None:
        shown.index = shown.index.rename(column(str(frame.index.name)))
    for area in ("event", "status"):
        if area in frame and isinstance(frame[area].dtype, pd.CategoricalDtype):
            names = {
                each: _known(f"{area}.{str(each).replace(' ', '_')}", each)
                for each in frame[area].cat.categories
            }
            shown[say(f"column.{area}")] = frame[area].cat.rename_categories(names)
    return shown


def shorten(text: str, width: int) -> str:
    """Return the text, cut with an ellipsis where it is wider than so many columns.

    Examples
    --------
    >>> shorten("repay as much as possible", 14)
    'repay as...'
    """
    if display_width(text) <= width:
        return text
    dots = "…" if language() == "zh" else "..."
    while text and display_width(text + dots) > width:
        text = text[:-1]
    at_word = text.rpartition(" ")[0]
    return (at_word if 2 * len(at_word) > len(text) else text).rstrip() + dots
