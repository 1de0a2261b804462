"""For how long money is borrowed: so many months, or so many days and then all at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jiebei.language.words import count
from jiebei.units.kinds import Whole

__all__ = ["MOST_FOR_DAYS", "ForDays", "instalments_in", "term"]

MOST_FOR_DAYS = 30  # a page's own rule: beyond them months are agreed


@dataclass(frozen=True, order=True, repr=False)
class ForDays:
    """Hold a term of so many days (按天借), after which all is repaid at once.

    Examples
    --------
    >>> ForDays(7)
    '7 days'
    """

    days: Whole

    def __repr__(self) -> str:
        """Show it as it is typed."""
        return repr(str(self))

    def __str__(self) -> str:
        """Write it in the language in use."""
        return count(self.days, "day")


def term(value: Any) -> dict[str, Any]:
    """Return a term as the argument of a loan: `days` for one of days, else `months`.

    Examples
    --------
    >>> term(12), term(ForDays(7))
    ({'months': 12}, {'days': 7})
    """
    return {"days": value.days} if isinstance(value, ForDays) else {"months": value}


def instalments_in(value: Any) -> Any:
    """Return how many instalments a term has room for: one where it is of days.

    Examples
    --------
    >>> instalments_in(12), instalments_in(ForDays(7))
    (12, 1)
    """
    return 1 if isinstance(value, ForDays) else value
