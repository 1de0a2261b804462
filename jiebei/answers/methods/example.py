"""What the page comes with."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from jiebei.answers.shared.example import LOAN, OFFERED, SAVINGS, without

__all__ = ["EXAMPLE"]

EXAMPLE: Mapping[str, Any] = MappingProxyType(
    {
        **without(LOAN, "method"),
        "as_of": "",
        **SAVINGS,
        "offered": [*OFFERED],
    }
)
