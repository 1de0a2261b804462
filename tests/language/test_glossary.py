"""One English term has one Chinese one, in every sentence."""

import csv
import re
from pathlib import Path

import pytest

import jiebei
from jiebei.language.table import table

GLOSSARY = Path(jiebei.__file__).parent / "language" / "glossary.csv"


def terms() -> list[tuple[str, str]]:
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        return [(row["en"], row["zh"]) for row in csv.DictReader(file)]


def plain(text: str) -> str:
    """Return a template without its fields, whose names are no words."""
    return re.sub(r"\{[^}]*\}", "", text)


def test_the_terms_are_sorted_and_unique() -> None:
    known = [english for english, _ in terms()]
    assert known == sorted(set(known))


@pytest.mark.parametrize(("english", "chinese"), terms())
def test_a_term_has_one_name_in_chinese(english: str, chinese: str) -> None:
    term = re.compile(rf"\b{english}s?\b", re.IGNORECASE)
    used = {key: row for key, row in table().items() if term.search(plain(row["en"]))}
    assert used
    assert [key for key, row in used.items() if chinese not in plain(row["zh"])] == []


NEVER = [  # what no borrower says, or what has a better name
    *("多剩", "反转", "标示", "推后", "届时", "尚欠", "仍欠", "口径", "本产品", "该产品", "红线"),
    *("最值", "情形", "应请求", "利息与费用", "按这一利率", "“", "”"),
]


@pytest.mark.parametrize("word", NEVER)
def test_no_sentence_uses_a_word_that_nobody_says(word: str) -> None:
    assert [key for key, row in table().items() if word in row["zh"]] == []


def test_a_unit_behind_a_name_stands_in_brackets() -> None:
    assert [key for key, row in table().items() if row["zh"].endswith("，{unit}")] == []
