"""Which sentence of the table of words a text says."""

import re

from jiebei.language.table import language, table


def says(key: str, text: object) -> bool:
    """Tell whether a text holds the sentence of a key, whatever fills its fields."""
    pattern = re.sub(r"\\\{\w+(:.*?)?\\\}", ".+?", re.escape(table()[key][language()]))
    return re.search(pattern, str(text), re.IGNORECASE) is not None
