"""What an argument may be, as a name that a signature shows: what is read of it is checked.

Each is one value, or an array of them: a list, a column of a frame, an array of numpy.
"""

from __future__ import annotations

from typing import Any, TypeAlias

__all__ = ["Choice", "Date", "Rate", "Share", "Whole", "Yuan"]

Yuan: TypeAlias = Any
"""Amounts in yuan, to the fen: 20_000, 4_503.11."""

Rate: TypeAlias = Any
"""Rates as decimals: 0.0004 for 0.04 %."""

Share: TypeAlias = Any
"""Shares and multiples as decimals: 0.5 for a half."""

Date: TypeAlias = Any
"""Dates, "2027-03-01", datetime.date, Timestamp, or where it says so whole days from the start."""

Whole: TypeAlias = Any
"""Whole numbers: of months, days, instalments."""

Choice: TypeAlias = Any
"""Names of what can be chosen: "lower"."""
