"""The one error of the suite, and the words its messages share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import numpy as np

from jiebei.language.table import in_chinese
from jiebei.language.words import Words

__all__ = [
    "JiebeiError",
    "nearest",
    "one_of",
    "refuse",
    "refuse_call",
    "refuse_kind",
    "with_id",
]

OF_MANY = ("error.values", "error.at", "error.scenarios")  # refusals that name the first by place


class JiebeiError(ValueError):
    """Tell the borrower what was received, which rule it breaks, and the way out.

    Parameters
    ----------
    key : str
        Key of the sentence in the table of words.
    **fields
        What stands in its fields, raw; the words are chosen when it is shown.

    Examples
    --------
    >>> import jiebei as jb
    >>> jb.Loan(50_000, daily_rate=0.0004, months=0, start="2026-12-01")
    Traceback (most recent call last):
        ...
    jiebei.JiebeiError: months=0: a loan runs 1 to 60 months, a whole number.
    """

    __module__ = "jiebei"  # where everybody finds it

    def __init__(self, key: str, /, **fields: object) -> None:
        super().__init__(key)
        self.words = Words(key, **fields)

    def __str__(self) -> str:
        """Return the sentence in the language in use."""
        return str(self.words)

    def __reduce__(self) -> tuple[Any, ...]:
        """Let it be carried from one process to another."""
        return partial(type(self), self.words.key, **self.words.fields), ()

    def _render_traceback_(self) -> list[str]:
        """Show a notebook's reader the sentence alone, without the lines of code that led to it."""
        return [str(self)]


def nearest(name: object, known: Iterable[str]) -> Words:
    """Return the end of a message about an unknown name: a near one if there is, else all of them.

    A choice is also known by what it is called in Chinese, and a Chinese reader is shown that.

    Examples
    --------
    >>> str(nearest("equal_instalments", ["equal_instalment", "bullet"]))
    "did you mean 'equal_instalment'?"
    >>> str(nearest("x", ["lower", "shorten"]))
    "choose 'lower' or 'shorten'."
    >>> str(nearest("等额本息", ["equal_instalment", "bullet"]))
    "did you mean 'equal_instalment'?"
    """
    from difflib import get_close_matches  # loaded only when something went wrong

    choices = sorted(known)
    called = {words: each for each in choices for words in (each, *in_chinese(each))}
    if close := get_close_matches(str(name), called, n=1):
        near = called[close[0]]
        if all(map(in_chinese, choices)):
            return Words("error.did_you_mean_choice", names=(near,))
        return Words("error.did_you_mean", name=near)
    return Words("error.choose", names=choices)


def one_of(names: Iterable[object]) -> Words:
    """Return names as a choice: a, b or c; in Chinese a、b或c."""
    return Words("error.one_of", names=tuple(names))


def refuse(bad: Any, values: Any, name: str, rule: str, **fields: object) -> None:
    """Raise the rule with the first bad value, and how many there are where it is an array.

    `rule` is its key in the table of words, and `fields` are its fields.
    """
    if not np.count_nonzero(bad):
        return
    bad, values = np.broadcast_arrays(bad, values)
    first = int(np.flatnonzero(bad)[0])
    shown = values.ravel()[first]
    if values.dtype.kind in "iuf":
        shown = f"{shown:.10g}"
    elif values.dtype.kind == "O":
        shown = repr(shown)
    received = {"name": name, "value": shown, "rule": Words(rule, **fields)}
    if bad.ndim == 0:
        raise JiebeiError("error.value", **received)
    raise JiebeiError("error.values", refused=bad.sum(), size=bad.size, first=first, **received)


def refuse_kind(value: object, kinds: tuple[type, ...], name: str, rule: str) -> None:
    """Raise the rule unless the value is of one of the kinds; it says what is needed.

    Examples
    --------
    >>> import jiebei as jb
    >>> jb.horizon(5)
    Traceback (most recent call last):
        ...
    jiebei.JiebeiError: strategy: a loan is needed here, made with jb.Loan(...), and not int.
    """
    if isinstance(value, kinds):
        return
    raise JiebeiError(rule, name=name, kind=type(value).__name__)


def refuse_call(value: object, name: str, example: str) -> None:
    """Refuse what is no function.

    Examples
    --------
    >>> refuse_call(5, "make", "Loan.from_frame")
    Traceback (most recent call last):
        ...
    jiebei.JiebeiError: make: give a function, such as Loan.from_frame, and not int.
    """
    if not callable(value):
        raise JiebeiError("error.kind_call", name=name, example=example, kind=type(value).__name__)


@contextmanager
def with_id(ids: Any, shape: tuple[int, ...]) -> Iterator[None]:
    """Name by its id, too, the first of many that is refused within.

    Examples
    --------
    >>> with with_id(np.array(["A", "B"]), (2,)):
    ...     refuse(np.array([False, True]), [6, -1], "months", "error.text", text="a text")
    Traceback (most recent call last):
        ...
    jiebei.JiebeiError: months: 1 of 2 values are refused, the first is number 1, -1: a text \
Its id is B.
    """
    try:
        yield
    except JiebeiError as error:
        words = error.words
        if ids is None or words.key not in OF_MANY:
            raise
        names = np.broadcast_to(ids, shape).ravel() if shape else np.ravel(ids)
        first: Any = words.fields["first"]
        if first >= names.size:
            raise
        raise JiebeiError("error.with_id", refusal=words, id=names[first]) from None
