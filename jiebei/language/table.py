"""The table of words, and the language in use.

A row of ``words.csv`` is a key, its English and its Chinese. Every folder of the package keeps its
own words beside its code; what all share lies in ``language/words/``. A key names its area first:
``column.interest``, ``event.prepayment``, ``answer.repay_early.keep``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from types import MappingProxyType

__all__ = [
    "LANGUAGES",
    "all_in_yuan",
    "choose",
    "counts_in_wan",
    "fen_below",
    "files",
    "has_fen",
    "in_chinese",
    "in_each_language",
    "language",
    "language_of",
    "table",
    "terms",
    "usual",
]

LANGUAGES = {  # as people call them
    "en": ("en", "english", "英文", "英语", "eng"),
    "zh": ("zh", "chinese", "中文", "汉语", "简体中文", "cn", "zh-cn", "zh_cn"),
}

NAMES = ("column.", "event.", "method.", "status.", "strategy.")  # areas of the table

_language = "en"


def files() -> list[Path]:
    """Return the files that the words lie in."""
    package = Path(__file__).parents[1]
    return sorted([*package.rglob("words.csv"), *Path(__file__).with_name("words").glob("*.csv")])


@cache
def table() -> Mapping[str, Mapping[str, str]]:
    """Return the words by key and language."""
    rows: dict[str, Mapping[str, str]] = {}
    for each in files():
        with each.open(encoding="utf-8", newline="") as file:
            rows |= {row["key"]: MappingProxyType(row) for row in csv.DictReader(file)}
    return MappingProxyType(rows)


@cache
def terms() -> frozenset[str]:
    """Return the Chinese terms: words that are not to be broken, 术语.

    Examples
    --------
    >>> {"净收益", "还清日", "按原计划"} <= terms()
    True
    """
    file = Path(__file__).with_name("glossary.csv")
    with file.open(encoding="utf-8", newline="") as rows:
        known = [row["zh"] for row in csv.DictReader(rows)]
    named = (row["zh"] for key, row in table().items() if key.startswith(NAMES))
    return frozenset(
        each for each in [*known, *named] if re.fullmatch("[\u4e00-\u9fff]{2,6}", each)
    )


def language() -> str:
    """Return the language in use, ``"en"`` or ``"zh"``."""
    return _language


def choose(lang: str) -> None:
    """Choose the language of everything that is shown; `lang` is one of LANGUAGES."""
    global _language
    _language = lang


def language_of(name: object) -> str | None:
    """Return "en" or "zh" for what people call them; None for anything else.

    Examples
    --------
    >>> language_of("中文"), language_of("English"), language_of("fr")
    ('zh', 'en', None)
    """
    called = str(name).strip().lower()
    return next((each for each, names in LANGUAGES.items() if called in names), None)


def in_each_language(key: str) -> tuple[str, ...]:
    """Return the words for a key in every language: what is named so is known again by them.

    Examples
    --------
    >>> in_each_language("strategy.extend")
    ('extend', '展期')
    """
    return tuple(table()[key][lang] for lang in LANGUAGES)


def in_chinese(choice: str) -> tuple[str, ...]:
    """Return what a choice is called in Chinese, the usual name first; nothing where it has none.

    Examples
    --------
    >>> in_chinese("equal_instalment")[:2]
    ('每月等额', '等额本息')
    """
    name = choice.replace(" ", "_")
    rows = [table()[key] for key in (f"choice.{name}", f"shock.{name}") if key in table()]
    return tuple(words for row in rows for words in row["zh"].split("、"))


def usual(choice: str) -> str:
    """Return how a choice is typed in the language in use; another text stays.

    Examples
    --------
    >>> usual("equal_instalment"), usual("Aunt Li")
    ('equal_instalment', 'Aunt Li')
    """
    return next(iter(in_chinese(choice)), choice) if language() == "zh" else choice


_ALL_IN_YUAN = ContextVar("all in yuan", default=False)
_FEN_BELOW = ContextVar("fen below", default=100.0)


@contextmanager
def fen_below(amount: float) -> Iterator[None]:
    """Write fen in headlines only below so many yuan, as where a whole one stands beside it.

    Examples
    --------
    >>> from jiebei.language.words import headline_yuan
    >>> with fen_below(10):
    ...     print(headline_yuan(24.40), headline_yuan(9.94))
    ¥24 ¥9.94
    """
    token = _FEN_BELOW.set(amount)
    try:
        yield
    finally:
        _FEN_BELOW.reset(token)


def has_fen(amount: float) -> bool:
    """Tell whether a headline writes the fen of an amount of this size."""
    return abs(amount) < _FEN_BELOW.get()


@contextmanager
def all_in_yuan(whether: bool = True) -> Iterator[None]:
    """Write every amount in yuan, however large, as where a small one stands beside it.

    Examples
    --------
    >>> from jiebei.language.chosen import use
    >>> from jiebei.language.words import headline_yuan
    >>> use("zh")
    >>> with all_in_yuan():
    ...     print(headline_yuan(299_430))
    ¥299,430
    >>> use("en")
    """
    token = _ALL_IN_YUAN.set(whether or _ALL_IN_YUAN.get())  # within a picture that is
    try:
        yield
    finally:
        _ALL_IN_YUAN.reset(token)


def counts_in_wan() -> bool:
    """Tell whether large amounts are counted in 万元: in Chinese, unless told otherwise."""
    return language() == "zh" and not _ALL_IN_YUAN.get()
