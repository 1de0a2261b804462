"""What may stand in my_numbers.toml, and where: every parameter that is the reader's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from jiebei.notebook.rules import rules

__all__ = ["FILE", "LOAN", "MORE", "ROWS", "SECTIONS", "SETTINGS", "home", "known", "section_of"]

FILE = "my_numbers.toml"
LOAN = ("principal", "daily_rate", "months", "method", "start")
SETTINGS = (  # of a loan, beside what makes it: they hold on every page
    *("due_day", "month_end", "shortest_first_period", "interest_only_months", "day_count"),
    *("rounding", "residual"),
    *("prepay_fee_rate", "prepay_settles", "drawdown_fee", "instalment_fee"),
    *("penalty_multiple", "penalty_on", "grace_days", "payment_order", "payment_spread"),
    "accelerate_after",
)
SECTIONS: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "loan": LOAN,
        "history": ("as_of", "paid"),
        "cash": (
            *("cash_in_hand", "monthly_surplus", "surplus_day"),
            *("reserve", "savings_rate", "other_rate"),
        ),
        "income": (
            *("monthly_income", "monthly_expenses", "other_loans", "payday"),
            *("debt_budget", "line_limit"),
        ),
        "plans": (
            *("repay_amount", "repay_on", "free_by", "save_goal", "extend_months", "extend_on"),
            *("reborrow_amount", "reborrow_on", "reborrow_months", "needs", "needed_months"),
        ),
        "trouble": (
            *("cash_then", "surplus_then", "late_instalment", "days_late", "can_pay"),
            *("cash_now", "surplus_now", "keep_back", "thin_months"),
        ),
        "shop": (
            *("sales", "goods_share", "fixed_costs", "customer_days", "supplier_days"),
            *("stock_days", "till_reserve", "shop_limit", "shop_income", "shop_expenses"),
        ),
        "files": ("statement", "record"),
        "settings": SETTINGS,
    }
)
ROWS = ("other_debts", "offers", "other_offers", "coupons")  # each a table of its own
MORE = "more"  # what one page alone asks

# What is no number of the reader's: where files go, how much is drawn at random, the lender's side.
NOT_THEIRS = frozenset(
    {
        *("export_to", "calendar_to", "seed", "households", "loans", "months_seen"),
        *("misses_times", "recovered", "funding_rate", "running_cost", "alarm", "kept_share"),
        *("relief_months", "longer_months", "ceiling", "lpr_times", "today"),
        "legal_lines_on",
    }
)


def known() -> frozenset[str]:
    """Return the names that may be given.

    Examples
    --------
    >>> {"principal", "due_day"} <= known(), "seed" in known()
    (True, False)
    """
    return frozenset(rules().keys() - NOT_THEIRS)


# What a page asks under a name of its own.
ALSO = {"take_home_pay": "income", "today": "history"}


def section_of(name: str) -> str:
    """Return the section in which a name is written; "" for a table of its own.

    Examples
    --------
    >>> section_of("principal"), section_of("offers"), section_of("what_if_fee")
    ('loan', '', 'more')
    """
    if name in ROWS:
        return ""
    found = (each for each, names in SECTIONS.items() if name in names)
    return next(found, ALSO.get(name, MORE))


def home(folder: Path | None = None) -> Path:
    """Return the folder in which the reader's numbers lie: that of the suite, else this one."""
    here = (folder or Path.cwd()).resolve()
    marks = (FILE, "start.py")
    above = (each for each in (here, *here.parents) if any((each / m).exists() for m in marks))
    return next(above, here)
