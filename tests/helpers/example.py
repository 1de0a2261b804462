"""The loan of most examples: 50,000 yuan for a year at 0.04 % a day."""

from typing import Any

import jiebei as jb

__all__ = ["loan"]


def loan(**changes: Any) -> jb.Loan:
    """Return the loan of the examples, with some terms changed."""
    terms = {"principal": 50_000, "daily_rate": 0.0004, "months": 12, "start": "2026-12-01"}
    return jb.Loan(**terms | changes)
