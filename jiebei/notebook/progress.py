"""A bar that shows how far a long computation is."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any, Protocol

__all__ = ["Progress", "bar"]

FROM = 50_000  # loans: fewer are there before a bar would be
QUIET = 2  # seconds before it shows


class Progress(Protocol):
    """Whatever hands on the parts of a piece of work, and shows how many there are."""

    def __call__(self, parts: Iterable[Any], *, total: int) -> Iterable[Any]:
        """Hand on the parts one by one."""


def bar(loans: int) -> Progress | None:
    """Return a progress bar (进度条) for so many loans; none for few, or where tqdm is missing.

    Examples
    --------
    >>> bar(1_000) is None
    True
    """
    if loans < FROM:
        return None
    try:
        from tqdm.auto import tqdm
    except ImportError:
        return None
    return partial(tqdm, delay=QUIET, leave=False)
