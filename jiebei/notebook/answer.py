"""What a notebook answers with: a sentence, a table, a note."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from jiebei.language.figures import EMPTY
from jiebei.language.frames import cell, table_frame
from jiebei.language.words import day

__all__ = ["Answer", "shown"]

# A date or a negative amount, which browsers would break at its hyphen, minus or Chinese letters.
BREAKABLE = re.compile(r"<td>(?=[^\s<]{1,14}</td>)(?=[^<]*[-−年])")


@dataclass(frozen=True)
class Answer:
    """Hold the answer to a question; a notebook shows it as text and as HTML.

    Attributes
    ----------
    headline : str
        The answer in a sentence.
    table : DataFrame
        The figures behind it, as numbers; they are shown in the language in use.
    note : str
        What the answer assumes or leaves out.

    Examples
    --------
    >>> Answer("It costs 4,037.33 yuan.", pd.DataFrame({"interest": [4037.33]}, ["as agreed"]))
    It costs 4,037.33 yuan.
    <BLANKLINE>
                interest
    as agreed  ¥4,037.33
    """

    headline: str
    table: pd.DataFrame
    note: str = ""

    def __repr__(self) -> str:
        """Show the answer as plain text."""
        table = "" if self.table.empty else shown(self.table).to_string()
        parts = [self.headline, table, self.note]
        return "\n\n".join(part for part in parts if part)

    def _repr_html_(self) -> str:
        if self.table.empty:
            return f"<p><strong>{escape(self.headline)}</strong></p>"
        note = f"<p><small>{escape(self.note)}</small></p>" if self.note else ""
        table = _with_one_row_of_heads(shown(self.table)).to_html(border=0, justify="right")
        table = BREAKABLE.sub('<td style="white-space: nowrap">', table)
        return f"<p><strong>{escape(self.headline)}</strong></p>\n{table}\n{note}"


def shown(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table as people read it: columns and figures in the language in use.

    Examples
    --------
    >>> shown(pd.DataFrame({"effective_rate": [0.15617, None]}))
      effective rate
    0         15.62%
    1              –
    """
    text = {name: _text(frame[name]) for name in frame}
    return table_frame(pd.DataFrame(text, index=frame.index))


def _with_one_row_of_heads(table: pd.DataFrame) -> pd.DataFrame:
    """Put the name of the rows beside those of the columns: pandas gives it a row of its own."""
    if table.index.nlevels > 1 or table.index.name is None:
        return table
    return table.rename_axis(index=None, columns=str(table.index.name))


def _text(column: pd.Series[Any]) -> Any:
    """Write dates as days, figures as their column says; words stay as they are."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column
    if pd.api.types.is_datetime64_any_dtype(column):
        return [EMPTY if pd.isna(each) else day(each) for each in column]
    if pd.api.types.is_numeric_dtype(column):
        return [cell(str(column.name), each) for each in column]
    return column
