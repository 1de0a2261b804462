"""Which sentence of the table of words a text says."""

import csv
import re
from functools import cache
from pathlib import Path

from jiebei.language import words
from jiebei.language.words import language


@cache
def templates() -> dict[str, dict[str, str]]:
    """Return the sentences by key and language."""
    with (Path(words.__file__).with_name("words.csv")).open(encoding="utf-8", newline="") as file:
        return {row["key"]: row for row in csv.DictReader(file)}


def says(key: str, text: str) -> bool:
    """Tell whether a text holds the sentence of a key, whatever fills its fields."""
    pattern = re.sub(r"\\\{\w+\\\}", ".+?", re.escape(templates()[key][language()]))
    return re.search(pattern, text, re.IGNORECASE) is not None
