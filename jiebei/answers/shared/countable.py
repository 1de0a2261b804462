"""How far can it be counted? The amounts up to which a loan is counted to the fen."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable
from typing import Any

import numpy as np

from jiebei.language.errors import JiebeiError
from jiebei.loan.loan import Loan

__all__ = ["countable"]


def countable(amounts: Any, loan: Callable[[Any], Loan]) -> Any:
    """Return the first of ascending amounts, those of which a loan can be counted to the fen.

    A chart or a table looks no further than that.

    Examples
    --------
    >>> def lent(amount: float) -> Loan:
    ...     return Loan(amount, daily_rate=0.001, months=60, start="2026-12-01")
    >>> countable([1e3, 1e6, 1e9], lent).tolist()
    [1000.0, 1000000.0]
    """
    tried = np.asarray(amounts)

    def beyond(place: int) -> bool:
        try:
            loan(tried[place].item()).summary()
        except JiebeiError:
            return True
        return False

    return tried[: bisect(range(len(tried)), False, key=beyond)]
