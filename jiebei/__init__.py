"""Cash flows, strategies and true costs of a credit line priced by the day.

A strategy is a loan and the decisions taken on it, written as a chain:

>>> import jiebei as jb
>>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
>>> early = loan.prepay(20_000, on="2027-03-01")
>>> again = early.reborrow(20_000, on="2027-06-01", months=6)
>>> table = jb.compare({"as agreed": loan, "repay": early, "again": again}, savings_rate=0.02)
>>> table[["interest", "net_benefit"]].round(2)
           interest  net_benefit
strategy
as agreed   4037.33         0.00
repay       2793.45      1084.52
again       3656.73       334.32

`loan.cashflows()` is every dated event as a frame, `loan.summary()` what it comes to. Every
argument may be an array, and everything is then computed for all of it at once.

In Chinese, 中文: `jb.use("zh")`.
"""

import sys
from functools import wraps
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pandas  # noqa: F401  (it loads quicker before our own files than from the midst of them)

from jiebei.compare import (
    Cash,
    compare,
    flip,
    horizon,
    lowest_cash,
    net_benefit,
    net_benefit_ledger,
)
from jiebei.language import chosen
from jiebei.language.errors import JiebeiError
from jiebei.loan import Loan, Plan, Summary
from jiebei.value import annual_rate, break_even, effective_rate, future_value, present_value

if TYPE_CHECKING:
    from jiebei.life.rules.facts import facts, latest_lpr
    from jiebei.loan.parquet import cashflows_of, cashflows_to_parquet
    from jiebei.loan.running import running
    from jiebei.notebook.calendars import save_calendar
    from jiebei.notebook.files import save

__all__ = [
    "Cash",
    "JiebeiError",
    "Loan",
    "Plan",
    "Summary",
    "annual_rate",
    "break_even",
    "cashflows_of",
    "cashflows_to_parquet",
    "compare",
    "effective_rate",
    "facts",
    "flip",
    "future_value",
    "horizon",
    "latest_lpr",
    "lowest_cash",
    "net_benefit",
    "net_benefit_ledger",
    "present_value",
    "running",
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
    "cashflows_of": "loan.parquet",
    "cashflows_to_parquet": "loan.parquet",
    "facts": "life.rules.facts",
    "largest_loan": "life.household.stress",
    "latest_lpr": "life.rules.facts",
    "running": "loan.running",
    "save": "notebook.files",
    "save_calendar": "notebook.calendars",
    "statement": "life.statement",
}


@wraps(chosen.use)
def use(lang: str) -> None:
    """Choose the language, and in a notebook let the next cells be read as people type them."""
    chosen.use(lang)
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell:
        import_module("jiebei.notebook.as_typed").help_python(shell)


def __getattr__(name: str) -> Any:
    if name not in ON_FIRST_USE:
        raise AttributeError(f"module 'jiebei' has no attribute {name!r}")
    room = import_module(f"jiebei.{ON_FIRST_USE[name]}")
    return getattr(room, name, room)


def __dir__() -> list[str]:
    return sorted({*__all__, *ON_FIRST_USE})
