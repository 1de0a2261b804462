"""Which sentence of the table of words a text says."""

import re

from jiebei.language.table import language, table


def says(key: str, text: str) -> bool:
    """Tell whether a text holds the sentence of a key, whatever fills its fields."""
    pattern = re.sub(r"\\\{\w+(:.*?)?\\\}", ".+?", re.escape(table()[key][language()]))
    return re.search(pattern, text, re.IGNORECASE) is not None
