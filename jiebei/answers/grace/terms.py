"""What the reader entered about the grace, read under the names of the parameters cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jiebei.compare.compare import Cash
from jiebei.language.errors import JiebeiError
from jiebei.loan.loan import Loan
from jiebei.notebook.parameters import day_in_life
from jiebei.units.days import as_days
from jiebei.units.reading import money, whole_number

__all__ = ["cash", "check"]


def check(loan: Loan, grace_months: int, late_instalment: int, holiday_on: Any) -> None:
    """Say in words what of the grace does not go with the loan, if anything does not.

    Raises
    ------
    JiebeiError
        With the name of the parameter.

    Examples
    --------
    >>> loan = Loan(50_000, daily_rate=0.0004, months=3, start="2026-12-01")
    >>> check(loan, 3, late_instalment=4, holiday_on="2027-02-01")
    Traceback (most recent call last):
        ...
    jiebei.JiebeiError: late_instalment=4: a whole number from 0 to 3.
    """
    if loan.method == "bullet" and grace_months:
        raise JiebeiError("error.grace.bullet")
    whole_number(late_instalment, "late_instalment", 0, int(loan.terms["instalments"]))
    _check_date(holiday_on, "holiday_on")
    day_in_life(loan, holiday_on, "holiday_on")


def _check_date(value: Any, name: str) -> None:
    """Refuse whole days after the drawdown: they are no date."""
    if as_days(value, name)[1]:
        raise JiebeiError("error.give_a_date", name=name, value=value)


def cash(
    cash_in_hand: float, monthly_surplus: float, start: Any, thin_months: Mapping[str, float]
) -> Cash:
    """Return the reader's cash: in hand, left each month, and less on some days.

    Examples
    --------
    >>> cash(25_000, 5_000, "2026-12-01", {"2027-01-01": 12_000}).spends
    {'2027-01-01': 12000}
    """
    for on, amount in thin_months.items():
        _check_date(on, "thin_months")
        money(amount, "thin_months", zero=True)
    return Cash(cash_in_hand, monthly_surplus, since=start, spends=thin_months)
