"""Cash flows, strategies and true costs of a credit line priced by the day."""

from importlib import import_module
from typing import Any

from jiebei.compare import Cash, compare, flip, horizon, lowest_cash, net_benefit
from jiebei.errors import JiebeiError
from jiebei.exports import save, save_calendar
from jiebei.facts import facts, latest_lpr
from jiebei.loan import Loan
from jiebei.plan import Plan
from jiebei.rates import annual_rate, effective_rate
from jiebei.summary import Summary
from jiebei.words import use
from jiebei.worth import break_even, future_value, present_value

__all__ = [
    "Cash",
    "JiebeiError",
    "Loan",
    "Plan",
    "Summary",
    "annual_rate",
    "break_even",
    "compare",
    "effective_rate",
    "facts",
    "flip",
    "future_value",
    "horizon",
    "latest_lpr",
    "lowest_cash",
    "net_benefit",
    "present_value",
    "save",
    "save_calendar",
    "use",
]

ON_FIRST_USE = ("charts", "controls")  # they load matplotlib and ipywidgets, which take a while


def __getattr__(name: str) -> Any:
    if name in ON_FIRST_USE:
        return import_module(f"jiebei.{name}")
    raise AttributeError(f"module 'jiebei' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *ON_FIRST_USE])
