"""What holds many scenarios and is no list: it says how one of them is picked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jiebei.language.errors import JiebeiError

__all__ = ["NoList"]


class NoList:
    """Refuse in words what lists can do: a place, a length, a loop.

    Examples
    --------
    >>> import jiebei as jb
    >>> jb.Loan([900, 2_000], daily_rate=0.0004, months=3, start="2026-12-01")[1]
    Traceback (most recent call last):
        ...
    jiebei.JiebeiError: a Loan is no list, even where it holds many: one(1) picks one of them by \
its id or place, only(...) several by a mask, shape says how many there are.
    """

    if not TYPE_CHECKING:  # where it would hide what is misspelt

        def __getitem__(self, which: Any) -> Any:
            """Say how one is picked."""
            raise JiebeiError(self._no_list, kind=type(self).__name__, which=which)

        def __len__(self) -> int:
            """Say where the number stands."""
            raise JiebeiError(self._no_list, kind=type(self).__name__, which=0)

    _no_list = "error.no_list"

    def __bool__(self) -> bool:
        """Be true, as whatever is there."""
        return True
