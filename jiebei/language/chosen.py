"""Which language everything is shown in."""

from jiebei.language.errors import JiebeiError
from jiebei.language.table import choose, language_of

__all__ = ["use"]


def use(lang: str) -> None:
    """Choose the language of everything that is shown, 界面语言.

    Examples
    --------
    >>> from jiebei.language.words import say
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
    found = language_of(lang)
    if found is None:
        raise JiebeiError("error.lang", lang=lang)
    choose(found)
