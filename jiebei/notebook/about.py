"""The first sheet of what is taken home: the numbers put in, the answer, and what it assumes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from jiebei.language.table import language
from jiebei.language.words import Words, say
from jiebei.notebook.parameters import page
from jiebei.notebook.rules import rules

__all__ = ["about"]

FILES = ("export_to", "calendar_to")


def about(tables: Mapping[Any, pd.DataFrame]) -> dict[Words, pd.DataFrame]:
    """Return a sheet on what the other sheets rest on; nothing where no page has read its cell.

    Parameters
    ----------
    tables : dict of name to DataFrame
        Those of an answer say what it says, and what it assumes.

    Returns
    -------
    dict of name to DataFrame
        One table of `item`, `value` and `meaning`: the answers' sentences, their assumptions, the
        day of the file, then every number of the grey cell as it was used.
    """
    _, typed = page()
    if not typed:
        return {}
    inputs = {name: value for name, value in typed.items() if name not in FILES}
    rows = [*_answers(tables), (say("about.date"), dt.date.today().isoformat(), "")]
    rows += [(name, _written(value), _meaning(name)) for name, value in inputs.items()]
    columns = ["item", "value", "meaning"]
    return {Words("about.sheet"): pd.DataFrame(rows, columns=columns)}


def _answers(tables: Mapping[Any, pd.DataFrame]) -> Iterator[tuple[str, str, str]]:
    for name, table in tables.items():
        said, remark = table.attrs.get("answer", ("", ""))
        if said:
            yield say("about.answer"), said, str(name)
        if remark:
            yield say("about.assumes"), remark, str(name)


def _written(value: Any) -> str:
    return value if isinstance(value, str) else repr(value)


def _meaning(name: str) -> str:
    """Return what a number is, where it is the same on every page."""
    rule = rules().get(name)
    if rule is None or len(rule.comments) > 1:
        return ""
    comment = rule.comments[""]
    said = comment.zh if language() == "zh" else comment.en
    return said.replace("，{range}", "").replace(", {range}", "").replace("; {range}", "")
