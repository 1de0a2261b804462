"""What a loan looks like in Python: a line, with the decisions taken on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from jiebei.units.days import iso

if TYPE_CHECKING:
    from jiebei.loan.loan import Loan

__all__ = ["in_a_line"]


def in_a_line(loan: Loan) -> str:
    """Return what stands for a loan in Python: its amount, rate, term, and decisions."""
    if loan.shape:
        what = f"{np.prod(loan.shape):,} scenarios of shape {loan.shape}"
    else:
        months = f"{loan.months} months, {loan.method}"
        term = f"{loan.days} days, bullet" if loan.months is None else months
        amount, start = f"{loan.terms['principal'] / 100:,.2f}", iso(loan.terms["start"])
        what = f"{amount} at {loan.daily_rate} a day, {term}, from {start}"
    return f"Loan({what}{''.join(f', {each.name}' for each in loan.decisions)})"
