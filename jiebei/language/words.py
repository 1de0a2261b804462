"""What is said: a key and raw values, turned into words when it is shown.

A template of the table says how each of its fields is written: ``{amount:money}``,
``{rate:percent.1}``, ``{day:day}``, ``{n:count.month}``. A plus after it gives a gain its sign. So
the table decides, for each language, how a sum or a date stands in its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from numbers import Real
from string import Formatter
from typing import Any, cast

import pandas as pd

from jiebei.language.figures import EMPTY, daily_words, digits, is_empty, number, percent, yuan
from jiebei.language.table import counts_in_wan, has_fen, in_chinese, language, table

__all__ = [
    "EMPTY",
    "Text",
    "Words",
    "apart",
    "count",
    "day",
    "headline",
    "headline_yuan",
    "month",
    "number",
    "passage",
    "percent",
    "say",
    "sentence",
    "sentences",
    "span",
    "written",
    "yuan",
]

PASSAGE = "text.passage"
WAN_FROM, YI_FROM = 100_000, 100_000_000  # from here on a Chinese reader counts in 万元, in 亿元


class Words:
    """Hold what is to be said: its key in the table of words, and raw values for its fields.

    Words are equal when they say the same, in whatever language: they can name a strategy, a row
    or a debt, and are found again by it.

    Examples
    --------
    >>> from jiebei.language.chosen import use
    >>> kept = Words("chart.label.saves", amount="¥1,024")
    >>> kept
    saves ¥1,024
    >>> use("zh"); kept
    省¥1,024
    >>> use("en"); kept.key, kept.fields
    ('chart.label.saves', {'amount': '¥1,024'})

    Parameters
    ----------
    key : str
        Key in the table of words.
    **fields
        Raw values, or other words.
    """

    __slots__ = ("_fields", "key")

    def __init__(self, key: str, /, **fields: object) -> None:
        self.key = key
        self._fields = fields

    @property
    def fields(self) -> dict[str, object]:
        """Return the raw values by name, of those that its sentence tells."""
        told = _told(self.key)
        return {name: value for name, value in self._fields.items() if name in told}

    def __str__(self) -> str:
        return say(self.key, **self._fields)

    __repr__ = __str__  # as a notebook shows it

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Words):
            return NotImplemented
        return self.key == other.key and self.fields == other.fields

    def __hash__(self) -> int:
        return hash((self.key, tuple(sorted(self.fields.items()))))


@cache
def _told(key: str) -> frozenset[str]:
    """Return the names of the fields that a sentence has in one language or the other."""
    texts = table().get(key, {}).values()
    return frozenset(name for text in texts for name in re.findall(r"\{(\w+)", text))


Text = str | Words
"""What a reader is shown: words of the table, or a text that somebody gave."""


def say(key: str, /, **fields: object) -> str:
    """Return the words for a key in the language in use, with its fields filled in.

    Examples
    --------
    >>> say("chart.label.saves", amount="¥1,024")
    'saves ¥1,024'
    >>> say("colum.interest")
    Traceback (most recent call last):
        ...
    LookupError: no words for 'colum.interest': the nearest key is 'column.interest'.

    Raises
    ------
    LookupError
        When the table has no such key, or a field of the sentence is missing.
    """
    row = table().get(key)
    if row is None:
        from difflib import get_close_matches  # loaded only when something went wrong

        near = get_close_matches(key, table(), n=1, cutoff=0.0)[0]
        raise LookupError(f"no words for {key!r}: the nearest key is {near!r}.")
    try:
        return _templates(row[language()], fields).vformat(row[language()], (), fields)
    except KeyError as missing:
        raise LookupError(f"the words for {key!r} need the field {missing}.") from None


def passage(parts: Iterable[Text]) -> Text:
    """Return sentences one after the other; an empty one falls away.

    Examples
    --------
    >>> passage(["it costs nothing.", "", "ask for it."])
    It costs nothing. Ask for it.
    """
    said = [one for each in parts for one in apart(each)]
    return Words(PASSAGE, parts=tuple(said)) if said else ""


def apart(said: Text) -> list[Text]:
    """Return the sentences of a passage, one by one: each can be asked for its key.

    Examples
    --------
    >>> apart(passage([Words("chart.label.same"), "ask for it."])), apart("")
    ([no difference, 'ask for it.'], [])
    """
    if isinstance(said, Words) and said.key == PASSAGE:
        return list(cast(Iterable[Text], said.fields["parts"]))
    return [said] if said else []


def sentence(text: str) -> str:
    """Return the text as a sentence begins: English ones with a capital letter."""
    return text[:1].upper() + text[1:] if language() == "en" else text


def sentences(parts: Sequence[str]) -> str:
    """Return sentences one after the other; Chinese ones without a space."""
    return (" " if language() == "en" else "").join(parts)


def written(value: object, how: str) -> Words:
    """Return one figure as words, in a format of the templates: for the rows of a table.

    Examples
    --------
    >>> written(3, "count.month"), written("2027-03-01", "month"), written(0.000437, "daily")
    (3 months, Mar 2027, 0.0437%)
    """
    return Words("text.written", value=value, how=how)


# How a field is written --------------------------------------------------------------------


def _passage(parts: Sequence[object]) -> str:
    return sentences([sentence(str(each)) for each in parts])


def _closed(text: object) -> str:
    """Write a sentence with its full stop."""
    said = sentence(str(text))
    return said if said.endswith((".", "。")) else said + say("text.stop")


def _items(items: Iterable[object], unit: str | None) -> list[str]:
    """Write each thing of a list, in the format that its template names: ``{days:list.day}``."""
    return [WRITERS[unit](each) if unit else str(each) for each in items]


def _joined(separator: str) -> Callable[..., str]:
    """Return what writes a list with the separator of its kind in the language in use."""

    def write(items: Iterable[object], unit: str | None = None) -> str:
        return SEPARATORS[separator][language() == "zh"].join(_items(items, unit))

    return write


def _either(names: Sequence[object], unit: str | None = None) -> str:
    """Write a choice, with a word before its last: a, b or c; in Chinese a、b或c."""
    *most, last = _items(names, unit)
    return say("error.or", most=WRITERS["names"](most), last=last) if most else last


def _choices(names: Sequence[str]) -> str:
    """Write what may be typed, for a Chinese reader by what it is called, where all have a name."""
    called = [in_chinese(each)[:1] for each in names]
    if language() == "en" or not all(called):
        return WRITERS["or"]([repr(each) for each in names])
    pairs = zip(names, called, strict=True)
    return WRITERS["or"]([f"'{words[0]}'（{each}）" for each, words in pairs])


class _Templates(Formatter):
    """Fill a template: a field with a format of ours is written by it."""

    def __init__(self, in_yuan: bool = False) -> None:
        """Keep whether every sum is written in yuan, large ones too."""
        self.in_yuan = in_yuan

    def format_field(self, value: Any, how: str) -> str:
        known = re.fullmatch(FORMAT, how)
        if known is None:
            return str(super().format_field(str(value) if isinstance(value, Words) else value, how))
        name, unit, places, sign = known.groups()
        is_text = isinstance(value, Words | str)
        if name in FIGURES and is_text and not re.fullmatch(DATE, str(value)):
            return str(value)  # what is no figure is told in words
        given: dict[str, Any] = {"unit": unit} if unit else {}
        given |= {"places": int(places)} if places else {}
        given |= {"signed": True} if sign else {}
        given |= {"in_yuan": True} if self.in_yuan and name == "money" else {}
        return WRITERS[name](value, **given)


def _templates(template: str, fields: Mapping[str, object]) -> _Templates:
    """Return what fills a template: in one sentence all sums are told in one unit."""
    if language() == "en" or "money" not in template:
        return _TEMPLATES
    how = {str(name): (how or "").rstrip("+") for _, name, how, _ in _TEMPLATES.parse(template)}
    told = [(how.get(name), float(x)) for name, x in fields.items() if isinstance(x, Real)]
    in_wan = [k == "money" and abs(x) >= WAN_FROM for k, x in told if x and k in ("money", "yuan")]
    return _IN_YUAN if any(in_wan) and not all(in_wan) else _TEMPLATES


def headline_yuan(amount: Any, *, signed: bool = False, in_yuan: bool = False) -> str:
    """Write an amount as a headline does: whole yuan, fen only below 100, 万元 and 亿元 in Chinese.

    Examples
    --------
    >>> headline_yuan(1234.56), headline_yuan(0.01), headline_yuan(60.0 + 1e-12)
    ('¥1,235', '¥0.01', '¥60')
    >>> from jiebei.language.chosen import use
    >>> use("zh"); headline_yuan(299_430), headline_yuan(-8_000_000), headline_yuan(128_938_700)
    ('29.94万元', '−800万元', '1.29亿元')
    >>> use("en")
    """
    if is_empty(amount) or abs(amount) < WAN_FROM or in_yuan or not counts_in_wan():
        whole = is_empty(amount) or not has_fen(amount) or round(float(amount), 2).is_integer()
        return yuan(amount, 0 if whole else 2, signed=signed)
    step, unit = (YI_FROM, "yi") if abs(amount) >= YI_FROM else (10_000, "wan")
    counted = digits(amount / step, 2, signed=signed)
    return counted.rstrip("0").rstrip(".") + say(f"unit.{unit}")


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


SEPARATORS = {
    "list": (", ", "，"),
    "names": (", ", "、"),
    "series": ("; ", "；"),
    "ways": ("; ", "、"),
    "quoted": ('"; "', "」、「"),  # between the marks round the first and the last
    "path": (" → ", " → "),
}
WRITERS: dict[str, Callable[..., str]] = {
    "yuan": yuan,
    "money": headline_yuan,
    "percent": percent,
    "daily": daily_words,
    "number": number,
    "day": day,
    "month": month,
    "count": count,
    "or": _either,
    **{each: _joined(each) for each in SEPARATORS},
    "choices": _choices,
    "passage": _passage,
    "sentence": _closed,
    "heading": lambda text: sentence(str(text)).rstrip(".。"),
    "capital": lambda text: sentence(str(text)),
}
FIGURES = ("yuan", "money", "percent", "daily", "number", "day", "month", "count")
DATE = r"\d{4}-\d\d-\d\d"  # re compiles and keeps them when they are first needed
FORMAT = rf"({'|'.join(WRITERS)})(?:\.([a-z_]+))?(?:\.(\d))?(\+)?"
_TEMPLATES, _IN_YUAN = _Templates(), _Templates(in_yuan=True)
