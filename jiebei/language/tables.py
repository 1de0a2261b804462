"""Tables as people read them: columns and figures in the language in use, as text and as HTML."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from jiebei.language.figures import EMPTY
from jiebei.language.frames import cell, table_frame
from jiebei.language.shown import spoken
from jiebei.language.words import day

__all__ = ["as_html", "shown"]

# A date or a negative amount, which browsers would break at its hyphen, minus or Chinese letters.
BREAKABLE = re.compile(r"<td>(?=[^\s<]{1,14}</td>)(?=[^<]*[-−年])")


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


def as_html(frame: pd.DataFrame, *, index: bool = True) -> str:
    """Return a table as people read it, as HTML whose dates and amounts stay on one line.

    Examples
    --------
    >>> "<th>fee</th>" in as_html(pd.DataFrame({"fee": [1.5]}))
    True
    """
    html = _with_one_row_of_heads(shown(frame)).to_html(border=0, justify="right", index=index)
    return BREAKABLE.sub('<td style="white-space: nowrap">', html)


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
