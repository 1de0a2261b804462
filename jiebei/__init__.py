"""Cash flows, strategies and true costs of a credit line priced by the day."""

from importlib import import_module
from typing import Any

from jiebei.compare.compare import Cash, compare, flip, horizon, lowest_cash, net_benefit
from jiebei.language.errors import JiebeiError
from jiebei.language.words import use
from jiebei.life.rules.facts import facts, latest_lpr
from jiebei.loan.loan import Loan
from jiebei.loan.plan import Plan
from jiebei.loan.summary import Summary
from jiebei.notebook.files import save, save_calendar
from jiebei.value.rates import annual_rate, effective_rate
from jiebei.value.worth import break_even, future_value, present_value

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
    "controls": "notebook.sliders",
    "Borrower": "life.credit.tiers",
    "Budget": "life.household.budget",
    "Shop": "life.shop.shop",
    "available": "life.credit.line",
    "largest_loan": "life.household.stress",
}


def __getattr__(name: str) -> Any:
    if name not in ON_FIRST_USE:
        raise AttributeError(f"module 'jiebei' has no attribute {name!r}")
    room = import_module(f"jiebei.{ON_FIRST_USE[name]}")
    return getattr(room, name, room)


def __dir__() -> list[str]:
    return sorted([*globals(), *ON_FIRST_USE])
