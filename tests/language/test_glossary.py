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
