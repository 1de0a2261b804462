"""What most pages come with: one loan, and what one could do with it; and who reads them first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from jiebei.compare.compare import Cash, Strategy
from jiebei.loan.loan import Loan
from jiebei.units.days import iso

__all__ = [
    "AGAIN",
    "EXTENDED",
    "LOAN",
    "NEW_RATES",
    "OFFERED",
    "OWN_LIST",
    "REPAID",
    "SAVINGS",
    "SO_FAR",
    "Reader",
    "without",
]

LOAN: Mapping[str, Any] = MappingProxyType(
    {
        "principal": 50_000,
        "daily_rate": 0.0004,
        "months": 12,
        "method": "equal_instalment",
        "start": "2026-12-01",
    }
)
SO_FAR: Mapping[str, Any] = MappingProxyType({"as_of": "", "paid": {}})
OWN_LIST: Mapping[str, Any] = MappingProxyType({"repayments": {}, "extra_monthly": 0})
NEW_RATES: Mapping[str, Any] = MappingProxyType({"new_rates": {}})
REPAID: Mapping[str, Any] = MappingProxyType({"repay_amount": 20_000, "repay_on": "2027-03-01"})
AGAIN: Mapping[str, Any] = MappingProxyType(
    {"reborrow_amount": 20_000, "reborrow_on": "2027-06-01", "reborrow_months": 6}
)
EXTENDED: Mapping[str, Any] = MappingProxyType({"extend_months": 6, "extend_on": "2027-06-01"})
SAVINGS: Mapping[str, Any] = MappingProxyType(
    {"savings_rate": 0.02, "cash_in_hand": 25_000, "monthly_surplus": 5_000}
)
OFFERED = (
    *("equal_instalment", "interest_only", "equal_principal", "bullet"),
    "interest_then_equal",
)


def without(example: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return the values of an example but one.

    Examples
    --------
    >>> without(REPAID, "repay_on")
    {'repay_amount': 20000}
    """
    return {each: value for each, value in example.items() if each != name}


@dataclass(frozen=True)
class Reader:
    """Hold what the first page knows of its reader, for the pages that it asks on his behalf.

    Attributes
    ----------
    loan : Loan
        As agreed, one scenario; of one that runs, what is still ahead.
    ways : dict
        Name to loan or plan, what could be done with it; the first is to keep it.
    savings_rate, other_rate : decimal
        What savings earn a year, and what money costs elsewhere.
    cash : Cash
        In hand today, and left each month.
    behind : int
        How many instalments of the loan are behind it.
    """

    loan: Loan
    ways: Mapping[str, Strategy]
    savings_rate: float
    other_rate: float
    cash: Cash
    behind: int = 0

    @property
    def owed(self) -> float:
        """Return the principal owed today."""
        return float(self.loan.owed(self.cash.since).principal)

    def typed_into(self, example: Mapping[str, Any]) -> dict[str, Any]:
        """Return the example of a page with this loan typed into it, by what is left of it."""
        typed = {
            "principal": self.owed,
            "daily_rate": float(self.loan.daily_rate),
            "months": int(self.loan.months),
            "method": str(self.loan.method),
            "start": iso(self.loan.terms["start"]),
        }
        return {**example, **{name: typed[name] for name in typed if name in example}}
