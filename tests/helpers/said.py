"""Which sentences of the table of words a text says."""

import re

from jiebei.language.table import language, table
from jiebei.language.words import Text, Words, apart


def by_key(said: Text) -> dict[str, Words]:
    """Return the sentences of what is said, each by the end of its key."""
    return {each.key.split(".")[-1]: each for each in apart(said) if isinstance(each, Words)}


def says(key: str, text: object) -> bool:
    """Tell whether a text holds the sentence of a key, whatever fills its fields."""
    pattern = re.sub(r"\\\{\w+(:.*?)?\\\}", ".+?", re.escape(table()[key][language()]))
    return re.search(pattern, str(text), re.IGNORECASE) is not None
