"""The first sheet of what is taken home: the numbers put in, the answer, and what it assumes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from jiebei.language.figures import daily_words, number, percent, yuan
from jiebei.language.frames import called
from jiebei.language.table import language, table, usual
from jiebei.language.words import Words, count, day, say
from jiebei.notebook.parameters import page
from jiebei.notebook.rules import WITHIN, rules
from jiebei.units.term import ForDays
from jiebei.units.written import date_of

__all__ = ["about", "told"]

COLUMNS = ["item", "value", "whose", "cell_name"]
FILES = ("export_to", "calendar_to")


def about(
    tables: Mapping[Any, pd.DataFrame], taken: Mapping[str, Any] = MappingProxyType({})
) -> dict[Words, pd.DataFrame]:
    """Return a sheet on what the other sheets rest on; nothing where no page has read its cell.

    Parameters
    ----------
    tables : dict of name to DataFrame
        Those of an answer say what it says, and what it assumes.
    taken : dict
        What was used instead of values that did not fit the loan, by name.

    Returns
    -------
    dict of name to DataFrame
        One table of `item`, `value`, `whose` and `cell_name`: the answers' sentences, their
        assumptions, the day of the file, then every number of the grey cell, in words, as it was
        used.
    """
    room, asked, typed = page()
    if not typed:
        return {}
    rows = [*_answers(tables), (say("about.date"), day(dt.date.today()), "", "")]
    for name, value in {**typed, **taken}.items():
        if name not in FILES:
            whose = _whose(name, value, asked, taken)
            rows.append((_meaning(name, room), told(name, value), whose, name))
    return {Words("about.sheet"): pd.DataFrame(rows, columns=COLUMNS)}


def _answers(tables: Mapping[Any, pd.DataFrame]) -> Iterator[tuple[str, str, str, str]]:
    for name, each in tables.items():
        said, remark = each.attrs.get("answer", ("", ""))
        if said:
            yield say("about.answer"), said, str(name), ""
        if remark:
            yield say("about.assumes"), remark, str(name), ""


def _whose(name: str, value: Any, asked: Mapping[str, Any], taken: Mapping[str, Any]) -> str:
    """Say whose a value is; nobody's where it is left open."""
    if name in taken:
        return say("about.fitted")
    if _is_open(value):
        return ""
    return say("about.example" if value == asked.get(name) else "about.yours")


def _meaning(name: str, room: str) -> str:
    """Return what a number is on this page; a name without a rule as it stands."""
    if name not in rules():
        return name
    meaning = rules()[name].meaning(room)
    return meaning.zh if language() == "zh" else meaning.en


# A value in words -------------------------------------------------------------------------------


def told(name: str, value: Any) -> str:
    """Return the value of a parameter in words, as a page writes it.

    Examples
    --------
    >>> told("daily_rate", 0.00045), told("method", "interest_only"), told("months", 12)
    ('0.045%', 'interest only, principal at the end', '12 months')
    >>> told("paid", {"2027-01-01": 4503.11}), told("as_of", "")
    ('2027-01-01: ¥4,503.11', 'left open')
    >>> print(told("other_debts", [{"name": "card", "balance": 18_000, "daily_rate": 0.0005}]))
    name: card, owed: ¥18,000.00, a day: 0.050%
    """
    return _told(value, rules()[name].kind if name in rules() else "text")


def _is_open(value: Any) -> bool:
    return value is None or (isinstance(value, str | list | Mapping) and not value)


def _told(value: Any, kind: str) -> str:
    """Return a value of a kind in words."""
    if _is_open(value):
        return say("about.open")
    if isinstance(value, Mapping):
        pairs = [_pair(str(key), each, kind) for key, each in value.items()]
        rows = any(isinstance(each, Mapping) for each in value.values())
        return "\n".join(pairs) if rows else _joined(pairs)
    if isinstance(value, list):
        return _row(value, kind)
    if isinstance(value, str):
        return day(value) if date_of(value) else _named(value)
    if isinstance(value, ForDays):
        return str(value)
    return _figure(value, kind)


def _row(values: list[Any], kind: str) -> str:
    """Return a list in words: figures beside one another, rows below one another."""
    if any(isinstance(each, Mapping) for each in values):
        return "\n".join(_told(each, kind) for each in values)
    return _joined([_told(each, kind) for each in values])


def _joined(parts: list[str]) -> str:
    return say("about.row", parts=tuple(parts))


def _pair(key: str, value: Any, kind: str) -> str:
    """Return an entry: a day with its sum, a chance, or what a row says under a name."""
    if f"row.{key}" in table():
        within = _told(value, WITHIN.get(key, "yuan"))
        return say("about.pair", name=say(f"row.{key}"), value=within)
    name = day(key) if date_of(key) else _named(key)
    return say("about.pair", name=name, value=_told(value, "yuan" if kind == "by name" else kind))


def _named(text: str) -> str:
    """Return what a choice, or a debt that is named like one, is called; another text stays."""
    for area in ("method", "offer"):
        if f"{area}.{text}" in table():
            return say(f"{area}.{text}")
    named = usual(text)
    return str(called(text)) if named == text else named


def _figure(value: Any, kind: str) -> str:
    match kind:
        case "daily rate":
            return daily_words(value)
        case "share":
            return percent(value)
        case "term":
            return count(value, "month")
        case "yuan" | "yuan a month" | "by name":
            return yuan(value)
    return number(value, 0 if float(value).is_integer() else 2)
