"""Which language everything is shown in."""

from collections.abc import Iterator
from contextlib import contextmanager

from jiebei.language.errors import JiebeiError
from jiebei.language.table import choose, language, language_of

__all__ = ["speaking", "use"]


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


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Show everything in a language for a while, then go on in the one before.

    Examples
    --------
    >>> from jiebei.language.words import Words
    >>> kept = Words("strategy.extend")
    >>> with speaking("zh"):
    ...     print(kept)
    展期
    >>> print(kept)
    extend
    """
    before = language()
    use(lang)
    try:
        yield
    finally:
        use(before)
