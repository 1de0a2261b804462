"""Tables as people read them: columns and figures in the language in use, as text and as HTML."""

from __future__ import annotations

import re
from collections.abc import Collection
from html import escape
from typing import Any

import numpy as np
import pandas as pd

from jiebei.language.figures import EMPTY, yuan
from jiebei.language.frames import cell, kind, table_frame
from jiebei.language.shown import spoken
from jiebei.language.words import day

__all__ = ["as_html", "is_counted", "shown", "whole_yuan"]

# A date or a negative amount, which browsers would break at its hyphen, minus or Chinese letters.
BREAKABLE = re.compile(r"(?=\S{1,14}$)(?=.*[-−年])")
# What a page allows a cell to look like; what is best is bold as well, for where colours are lost.
LEFT, ONE_LINE, OUT_OF_REACH = "text-align: left", "white-space: nowrap", "color: #767676"
HALF_A_FEN = 0.005  # in yuan: less than this is nothing


def whole_yuan(frame: pd.DataFrame) -> list[Any]:
    """Return the columns of a comparison that whole yuan tell; a schedule keeps its fen.

    Fen are told of a column where an amount is below ten yuan or all are below a hundred, and
    where two amounts that differ would read the same.

    Examples
    --------
    >>> whole_yuan(pd.DataFrame({"interest": [4037.33, 1792.2], "fee": [0.0, 4.2]}))
    ['interest']
    >>> whole_yuan(pd.DataFrame({"interest": [4037.33, 4037.21]}))
    []
    """
    dated = "date" in frame or isinstance(frame.index, pd.DatetimeIndex)
    if dated or len(frame) < 2:
        return []
    return [name for name in frame if kind(str(name)) == "yuan" and _is_whole(frame[name])]


def _is_whole(column: pd.Series[Any]) -> bool:
    if not pd.api.types.is_numeric_dtype(column):
        return False
    amounts = np.abs(column.to_numpy(np.float64))
    amounts = amounts[np.isfinite(amounts) & (amounts >= HALF_A_FEN)]
    if not len(amounts) or amounts.min() < 10 or amounts.max() < 100:
        return False
    told = np.unique(column.dropna().round(2).to_numpy(np.float64))
    return len({yuan(each, 0) for each in told}) == len(told)


def is_counted(frame: pd.DataFrame) -> bool:
    """Tell whether the rows of a table are only counted, and no number says what one is.

    Examples
    --------
    >>> frame = pd.DataFrame({"interest": [1.0, 2.0]}, [1, 2])
    >>> is_counted(frame), is_counted(frame.rename_axis("month"))
    (True, False)
    """
    index = frame.index
    return index.name is None and pd.api.types.is_integer_dtype(index.dtype)


def shown(frame: pd.DataFrame, whole: Collection[Any] = ()) -> pd.DataFrame:
    """Return a table as people read it: columns and figures in the language in use.

    Of the columns that are `whole`, yuan are written without fen.

    Examples
    --------
    >>> shown(pd.DataFrame({"effective_rate": [0.15617, None]}))
      effective rate
    0         15.62%
    1              –
    """
    frame = spoken(frame)
    text = {name: _text(frame[name], name in whole) for name in frame}
    written = pd.DataFrame(text, index=frame.index)
    if isinstance(frame.index, pd.DatetimeIndex):
        written.index = pd.Index([day(each) for each in frame.index], name=frame.index.name)
    return table_frame(written)


def as_html(
    frame: pd.DataFrame,
    *,
    index: bool = True,
    best: Collection[Any] = (),
    beyond: Collection[Any] = (),
    whole: Collection[Any] = (),
) -> str:
    """Return a table as people read it, as HTML: words at the left, figures at the right.

    Dates and amounts stay on one line.

    Parameters
    ----------
    frame : DataFrame
    index : bool
        Whether the rows are named.
    best, beyond : collection of row names
        What is recommended stands in bold, what is out of reach in grey.
    whole : collection of column names
        Yuan without fen.

    Examples
    --------
    >>> frame = pd.DataFrame({"fee": [1.5, 0.0]}, ["settle", "as agreed"])
    >>> print(as_html(frame, best=["as agreed"]))
    <table class="dataframe">
    <thead>
    <tr style="text-align: right;"><th></th><th>fee</th></tr>
    </thead>
    <tbody>
    <tr><th style="text-align: left">settle</th><td>¥1.50</td></tr>
    <tr><th style="text-align: left">as agreed</th><td><b>¥0.00</b></td></tr>
    </tbody>
    </table>
    """
    table, words = shown(frame, whole), [_of_words(frame[name]) for name in frame]
    heads: list[str] = []
    names: list[list[str]] = [[]] * len(table)
    if index:
        heads, names = [_head(each, bool(each)) for each in table.index.names], _names(table)
    heads += [_head(name, left) for name, left in zip(table, words, strict=True)]
    rows = []
    for label, name, cells in zip(frame.index, names, table.to_numpy(object), strict=True):
        out, bold = label in beyond, label in best
        row = [_name(each, out) for each in name]
        row += [_cell(str(each), left, out, bold) for each, left in zip(cells, words, strict=True)]
        rows.append(f"<tr>{''.join(row)}</tr>\n")
    head = f'<tr style="text-align: right;">{"".join(heads)}</tr>'
    body = f"<thead>\n{head}\n</thead>\n<tbody>\n{''.join(rows)}</tbody>"
    return f'<table class="dataframe">\n{body}\n</table>'


def _of_words(column: pd.Series[Any]) -> bool:
    """Tell whether a column holds words rather than figures and days."""
    return not (
        pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column)
    )


def _names(table: pd.DataFrame) -> list[list[str]]:
    """Return what each row is called, level by level."""
    levels = [table.index.get_level_values(place) for place in range(table.index.nlevels)]
    return [[str(each) for each in row] for row in zip(*levels, strict=True)]


def _head(name: Any, left: bool) -> str:
    text = escape("" if name is None else str(name))
    return f'<th style="{LEFT}">{text}</th>' if left else f"<th>{text}</th>"


def _name(text: str, out: bool) -> str:
    style = f"{LEFT}; {OUT_OF_REACH}" if out else LEFT
    return f'<th style="{style}">{escape(text)}</th>'


def _cell(text: str, left: bool, out: bool, bold: bool) -> str:
    told = {LEFT: left, ONE_LINE: BREAKABLE.match(text), OUT_OF_REACH: out}
    style = "; ".join(name for name, true in told.items() if true)
    shown = f"<b>{escape(text)}</b>" if bold else escape(text)
    return f'<td style="{style}">{shown}</td>' if style else f"<td>{shown}</td>"


def _text(column: pd.Series[Any], whole: bool) -> Any:
    """Write dates as days, figures as their column says; words stay as they are."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column
    if pd.api.types.is_datetime64_any_dtype(column):
        return [EMPTY if pd.isna(each) else day(each) for each in column]
    if whole:
        return [yuan(each, 0) for each in column]
    if pd.api.types.is_numeric_dtype(column):
        return [cell(str(column.name), each) for each in column]
    return column
