"""What the page comes with."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

__all__ = ["EXAMPLE"]

EXAMPLE: Mapping[str, Any] = MappingProxyType(
    {
        "principal": 50_000,
        "daily_rate": 0.0004,
        "months": 12,
        "start": "2026-12-01",
        "savings_rate": 0.02,
        "cash_in_hand": 25_000,
        "monthly_surplus": 5_000,
        "offered": [
            "equal_instalment",
            "interest_only",
            "equal_principal",
            "bullet",
            "interest_then_equal",
        ],
    }
)
