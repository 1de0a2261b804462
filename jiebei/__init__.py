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

ON_FIRST_USE = {  # what loads only when somebody asks for it: `import jiebei` stays quick
    "charts": "charts",
    "controls": "controls",
    "Borrower": "tiers",
    "Budget": "budget",
    "Shop": "shop",
    "available": "credit",
    "largest_loan": "stress",
}


def __getattr__(name: str) -> Any:
    if name not in ON_FIRST_USE:
        raise AttributeError(f"module 'jiebei' has no attribute {name!r}")
    room = import_module(f"jiebei.{ON_FIRST_USE[name]}")
    return room if name == ON_FIRST_USE[name] else getattr(room, name)


def __dir__() -> list[str]:
    return sorted([*globals(), *ON_FIRST_USE])
