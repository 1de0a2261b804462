"""The words that the code shows, in English or Chinese, and how figures are written.

All of them live in one table, ``words.csv`` (key, en, zh). A key names its area first:
``column.interest``, ``event.prepayment``, ``method.equal_instalment``, ``chart.balance.title``.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from jiebei.language.errors import JiebeiError
from jiebei.language.figures import EMPTY, digits, display_width, is_empty, number, percent, yuan

__all__ = [
    "EMPTY",
    "cell",
    "column",
    "count",
    "day",
    "display_width",
    "headline",
    "headline_yuan",
    "in_chinese",
    "in_each_language",
    "kind",
    "language",
    "language_of",
    "month",
    "number",
    "percent",
    "say",
    "sentence",
    "sentences",
    "shorten",
    "span",
    "table_frame",
    "use",
    "yuan",
]

LANGUAGES = {  # as people call them
    "en": ("en", "english", "英文", "英语", "eng"),
    "zh": ("zh", "chinese", "中文", "汉语", "简体中文", "cn", "zh-cn", "zh_cn"),
}
WAN_FROM = 100_000  # from here on a Chinese reader counts in 万元

# How the figures of a column are written; a column not named here holds yuan.
_KINDS = {
    "loan": "number",
    "days": "days",
    "days_in_debt": "days",
    "effective_rate": "percent",
    "flip_rate": "percent",
    "same_cost_rate": "percent",
    "annual_rate": "percent",
    "quoted_rate": "percent",
    "date": "date",
    "payoff_date": "date",
    "lowest_cash_date": "date",
}

_language = "en"


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    with Path(__file__).with_name("words.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["key"]: MappingProxyType(row) for row in csv.DictReader(file)}
    return MappingProxyType(rows)


def use(lang: str) -> None:
    """Choose the language of everything that is shown, 界面语言.

    Examples
    --------
    >>> use("zh"); say("column.interest")
    '利息'
    >>> use("en"); say("column.interest")
    'interest'

    Parameters
    ----------
    lang : {"en", "zh"}
        English or Chinese, also as "English" or "中文". It holds for the whole process.

    Raises
    ------
    JiebeiError
        For any other language.
    """
    global _language
    found = language_of(lang)
    if found is None:
        raise JiebeiError(f'lang={lang!r}: choose "en" (English) or "zh" (中文).')
    _language = found


def language_of(name: object) -> str | None:
    """Return "en" or "zh" for what people call them; None for anything else.

    Examples
    --------
    >>> language_of("中文"), language_of("English"), language_of("fr")
    ('zh', 'en', None)
    """
    called = str(name).strip().lower()
    return next((each for each, names in LANGUAGES.items() if called in names), None)


def language() -> str:
    """Return the language in use, ``"en"`` or ``"zh"``."""
    return _language


def say(key: str, /, **fields: object) -> str:
    """Return the words for a key in the language in use, with its fields filled in.

    Examples
    --------
    >>> say("chart.label.saves", amount="¥1,024")
    'saves ¥1,024'
    >>> say("colum.interest")
    Traceback (most recent call last):
        ...
    jiebei.JiebeiError: no words for 'colum.interest': the nearest key is 'column.interest'.

    Raises
    ------
    JiebeiError
        When the table has no such key, or a field of the sentence is missing.
    """
    row = _table().get(key)
    if row is None:
        from difflib import get_close_matches  # loaded only when something went wrong

        near = get_close_matches(key, _table(), n=1, cutoff=0.0)[0]
        raise JiebeiError(f"no words for {key!r}: the nearest key is {near!r}.")
    try:
        return row[_language].format(**fields)
    except KeyError as missing:
        raise JiebeiError(f"the words for {key!r} need the field {missing}.") from None


def in_each_language(key: str) -> tuple[str, ...]:
    """Return the words for a key in every language: what is named so is known again by them.

    Examples
    --------
    >>> in_each_language("strategy.extend")
    ('extend', '展期')
    """
    return tuple(_table()[key][lang] for lang in LANGUAGES)


def in_chinese(choice: str) -> tuple[str, ...]:
    """Return what a choice is called in Chinese, the usual name first; nothing where it has none.

    Examples
    --------
    >>> in_chinese("equal_instalment")
    ('每月等额', '等额本息')
    """
    name = choice.replace(" ", "_")
    rows = [_table()[key] for key in (f"choice.{name}", f"shock.{name}") if key in _table()]
    return tuple(words for row in rows for words in row["zh"].split("、"))


def _known(key: str, otherwise: str) -> str:
    return say(key) if key in _table() else otherwise


def sentence(text: str) -> str:
    """Return the text as a sentence begins: English ones with a capital letter."""
    return text[:1].upper() + text[1:] if _language == "en" else text


def sentences(parts: Sequence[str]) -> str:
    """Return sentences one after the other; Chinese ones without a space."""
    return (" " if _language == "en" else "").join(parts)


# Figures -----------------------------------------------------------------------------------


def headline_yuan(amount: Any, *, signed: bool = False) -> str:
    """Write an amount as a headline does: whole yuan, fen only below 100, 万元 in Chinese.

    Examples
    --------
    >>> headline_yuan(1234.56), headline_yuan(0.01), headline_yuan(299_430)
    ('¥1,235', '¥0.01', '¥299,430')
    >>> use("zh"); headline_yuan(299_430), headline_yuan(-8_000_000)
    ('29.94万元', '−800万元')
    >>> use("en")
    """
    if is_empty(amount) or abs(amount) < WAN_FROM or _language == "en":
        whole = is_empty(amount) or abs(amount) >= 100 or float(amount).is_integer()
        return yuan(amount, 0 if whole else 2, signed=signed)
    tens = digits(amount / 10_000, 2, signed=signed)
    return tens.rstrip("0").rstrip(".") + say("unit.wan")


def headline(value: Any, kind: str, *, signed: bool = False) -> str:
    """Write a figure of a kind ("yuan", "percent", "days", "date", "number") for a headline.

    Examples
    --------
    >>> headline(1234.56, "yuan", signed=True), headline(0.15623, "percent"), headline(30, "days")
    ('+¥1,235', '15.62%', '30 days')
    """
    if is_empty(value):
        return EMPTY
    match kind:
        case "percent":
            return percent(value, signed=signed)
        case "days":
            return count(value, "day")
        case "date":
            return day(value)
        case "number":
            return number(value, 0 if float(value).is_integer() else 2, signed=signed)
    return headline_yuan(value, signed=signed)


def day(date: Any) -> str:
    """Write a date: 2027-03-01, or 2027年3月1日 in Chinese.

    Examples
    --------
    >>> day("2027-03-01")
    '2027-03-01'
    """
    return EMPTY if is_empty(date) else _dated("date.day", date)


def month(date: Any) -> str:
    """Write the month of a date: Mar 2027, or 2027年3月 in Chinese.

    Examples
    --------
    >>> month("2027-03-01")
    'Mar 2027'
    """
    return EMPTY if is_empty(date) else _dated("date.month", date)


def _dated(key: str, date: Any) -> str:
    when = pd.Timestamp(date)
    name = say(f"month.{when.month:02}")
    return say(key, iso=f"{when:%Y-%m-%d}", year=when.year, month=name, day=when.day)


def count(how_many: Any, unit: str, places: int = 0) -> str:
    """Write a number of things, in the plural where English has one.

    Examples
    --------
    >>> count(1, "month"), count(3, "month"), count(8.8, "year", 1)
    ('1 month', '3 months', '8.8 years')

    Parameters
    ----------
    how_many : float
        The number.
    unit : str
        A unit of the word table, e.g. "day", "month", "year", "instalment", "loan", "scenario".
    places : int
        Decimals.
    """
    digits = number(how_many, places)
    return say(f"count.{unit}.{'one' if digits == '1' else 'many'}", n=digits)


def span(first: Any, last: Any) -> str:
    """Write the time between two dates: months when they are whole or many, else days.

    Examples
    --------
    >>> span("2027-07-01", "2027-12-01"), span("2027-07-01", "2027-07-20")
    ('5 months', '19 days')
    >>> span("2027-07-01", "2028-06-25")
    'about 12 months'
    """
    one, two = sorted((pd.Timestamp(first), pd.Timestamp(last)))
    months = (two.year - one.year) * 12 + two.month - one.month
    if months and one.day == two.day:
        return count(months, "month")
    days = (two - one).days
    if days < 100:
        return count(days, "day")
    return say("count.about", count=count(days / (365.25 / 12), "month"))


# Columns and tables ------------------------------------------------------------------------


def column(name: str) -> str:
    """Return what a column of a frame is called; an unknown name stays as it is.

    Examples
    --------
    >>> column("fee"), column("rent")
    ('fee', 'rent')
    """
    return _known(f"column.{name}", name)


def kind(column: str) -> str:
    """Return what a column holds: "yuan", "percent", "days", "date" or "number"."""
    return _KINDS.get(column, "yuan")


def cell(column: str, value: Any) -> str:
    """Write one figure of a table the way its column is written.

    Examples
    --------
    >>> cell("interest", 3650.0), cell("effective_rate", 0.15623), cell("days_in_debt", 1)
    ('¥3,650.00', '15.62%', '1 day')
    """
    return yuan(value) if kind(column) == "yuan" else headline(value, kind(column))


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


# The width of a text -----------------------------------------------------------------------


def shorten(text: str, width: int) -> str:
    """Return the text, cut with an ellipsis where it is wider than so many columns.

    Examples
    --------
    >>> shorten("repay as much as possible", 14)
    'repay as...'
    """
    if display_width(text) <= width:
        return text
    dots = "…" if _language == "zh" else "..."
    while text and display_width(text + dots) > width:
        text = text[:-1]
    at_word = text.rpartition(" ")[0]
    return (at_word if 2 * len(at_word) > len(text) else text).rstrip() + dots
