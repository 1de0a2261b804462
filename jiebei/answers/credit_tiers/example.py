"""What the page comes with."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

__all__ = ["EXAMPLE"]

EXAMPLE: Mapping[str, Any] = MappingProxyType(
    {
        "principal": 50_000,
        "months": 12,
        "method": "equal_instalment",
        "start": "2026-12-01",
        "reborrow_amount": 20_000,
        "reborrow_every": 4,
        "years_ahead": 3,
        "past_months": 6,
        "lenders": 2,
        "late_by_days": 5,
        "late_month": 6,
        "late_every": 4,
        "fallback_rate": 0.00065,
        "penalty_multiple": 1.5,
        "restore_days": 30,
        "restore_chance": 0.9,
        "limit_cut_on": "2027-07-15",
        "limit_cut_to": 30_000,
    }
)
