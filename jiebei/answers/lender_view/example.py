"""What the page comes with."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

__all__ = ["EXAMPLE"]

EXAMPLE: Mapping[str, Any] = MappingProxyType(
    {
        "loans": 20_000,
        "start": "2026-12-01",
        "months_seen": 18,
        "misses_times": 1.0,
        "recovered": 0.15,
        "funding_rate": 0.03,
        "running_cost": 0.03,
        "alarm": 0.1,
        "kept_share": 0.6,
        "relief_months": 3,
        "longer_months": 12,
        "plan_months": 24,
        "rate_off": 0.5,
        "waived": 1.0,
        "ceiling": 0.24,
        "lpr_times": 4,
        "seed": 1,
    }
)
