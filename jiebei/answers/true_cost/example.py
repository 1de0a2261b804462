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
        "method": "equal_instalment",
        "start": "2026-12-01",
        "as_of": "2026-12-01",
        "what_if_fee": 500.0,
        "coupon_days": 30,
        "coupon_off": 1.0,
    }
)
