"""What a notebook answers with: a sentence, a table, a note."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import Any, cast

import pandas as pd

from jiebei.language.figures import EMPTY
from jiebei.language.frames import cell, table_frame
from jiebei.language.shown import spoken
from jiebei.language.words import Text, day, sentence

__all__ = ["Answer", "shown"]

# A date or a negative amount, which browsers would break at its hyphen, minus or Chinese letters.
BREAKABLE = re.compile(r"<td>(?=[^\s<]{1,14}</td>)(?=[^<]*[-−年])")


@dataclass(frozen=True)
class Answer:
    """Hold the answer to a question; a notebook shows it as text and as HTML.

    What it says is kept as words, which are chosen when it is shown: in the language then in use.

    Attributes
    ----------
    said : Words or str
        The answer in a sentence or more.
    figures : DataFrame
        The figures behind it, as numbers; its rows and texts may be words.
    remark : Words or str
        What the answer assumes or leaves out.
    headline, note : str
        What is said, and the remark, in the language in use.
    table : DataFrame
        The figures, with their rows and texts in the language in use.

    Examples
    --------
    >>> Answer("It costs 4,037.33 yuan.", pd.DataFrame({"interest": [4037.33]}, ["as agreed"]))
    It costs 4,037.33 yuan.
    <BLANKLINE>
                interest
    as agreed  ¥4,037.33
    """

    said: Text
    figures: pd.DataFrame
    remark: Text = ""

    @property
    def headline(self) -> str:
        """Return the answer in the language in use."""
        return sentence(str(self.said))

    @property
    def table(self) -> pd.DataFrame:
        """Return the figures, with their rows and texts in the language in use."""
        return cast(pd.DataFrame, spoken(self.figures))

    @property
    def note(self) -> str:
        """Return what the answer assumes or leaves out, in the language in use."""
        return str(self.remark)

    def __repr__(self) -> str:
        """Show the answer as plain text."""
        table = "" if self.figures.empty else shown(self.table).to_string()
        parts = [self.headline, table, self.note]
        return "\n\n".join(part for part in parts if part)

    def _repr_html_(self) -> str:
        if self.figures.empty:
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
    frame = spoken(frame)
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
