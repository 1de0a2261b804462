"""What the page comes with."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from jiebei.answers.shared.example import LOAN

__all__ = ["EXAMPLE"]

EXAMPLE: Mapping[str, Any] = MappingProxyType(
    {
        **LOAN,
        "legal_lines_on": "2026-12-01",
        "what_if_fee": 500.0,
        "coupon_days": 30,
        "coupon_off": 1.0,
    }
)
