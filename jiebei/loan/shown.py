"""The instalment that was shown for a running loan: it goes where the loan is on other terms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from jiebei.engine.decisions.decision import Decision
from jiebei.engine.decisions.underway import Underway

if TYPE_CHECKING:
    from jiebei.loan.loan import Loan

__all__ = ["kept_under"]

FOLLOWS_FROM = ("method", "interest_only_months", "months", "days")


def kept_under(loan: Loan, terms: Mapping[str, Any]) -> tuple[Decision, ...]:
    """Return the decisions of a loan as they are on other terms.

    What the lender keeps equal was shown for this method and so many instalments: under others it
    is worked out anew.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.running(
    ...     38_155, daily_rate=0.0004, instalments=9, last_due="2027-03-01", instalment=4_503.11
    ... )
    >>> [int(each.level) for each in kept_under(loan, {"method": "equal_principal"})]
    [0]
    """
    same = all(
        np.array_equal(terms[name], getattr(loan, name)) for name in FOLLOWS_FROM if name in terms
    )
    return loan.decisions if same else tuple(map(_anew, loan.decisions))


def _anew(each: Decision) -> Decision:
    if not isinstance(each, Underway):
        return each
    return Underway(**each.values() | {"level": np.zeros_like(each.level)})
