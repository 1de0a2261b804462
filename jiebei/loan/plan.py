"""Several loans on one line: what repaying and borrowing again comes to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from jiebei.language.errors import JiebeiError, refuse_kind
from jiebei.loan.cashflows import frame_of
from jiebei.loan.loan import Loan
from jiebei.loan.memory import Flat
from jiebei.loan.summary import Summary, summary_of
from jiebei.units.arrays import fit, fit_shapes
from jiebei.units.days import MISSING, as_days, day_of_month
from jiebei.units.reading import money

__all__ = ["Plan", "Strategy", "check_strategy"]


@dataclass(frozen=True, eq=False)
class Plan:
    """Hold the loans of one line, in the order of their drawdowns.

    It has the decisions and the questions of a loan. A decision concerns the newest loan, or the
    one that `loan=` picks; whole days count from the first drawdown.
    """

    loans: tuple[Loan, ...]
    shape: tuple[int, ...] = field(init=False, repr=False)  # of the scenarios; () for one plan

    def __post_init__(self) -> None:
        """Check that there are loans, and that their arrays fit together."""
        if not isinstance(self.loans, tuple) or not self.loans:
            raise JiebeiError("error.plan")
        for place, each in enumerate(self.loans):
            refuse_kind(each, (Loan,), f"loans[{place}]", "error.kind_loan")
        object.__setattr__(self, "shape", fit_shapes(*(each.shape for each in self.loans)))

    @property
    def decisions(self) -> tuple[Any, ...]:
        """Return the decisions of all loans."""
        return tuple(each for loan in self.loans for each in loan.decisions)

    def _change(self, place: int, on: Any, change: Callable[[Loan, Any], Loan]) -> Plan:
        if not isinstance(place, int) or not -len(self.loans) <= place < len(self.loans):
            raise JiebeiError("error.loan", place=place, loans=len(self.loans))
        loans = list(self.loans)
        loans[place] = change(loans[place], self._date(on))
        return Plan(tuple(loans))

    def _date(self, on: Any) -> Any:
        """Return whole days after the first drawdown as dates."""
        days, after_drawdown = as_days(on, "on")
        if not after_drawdown:
            return on
        start = self.loans[0].terms["start"]
        fit(start, days)
        return np.where(days == MISSING, MISSING, start + days).astype("M8[D]")

    def prepay(self, amount: Any, on: Any, then: Any = "lower", loan: int = -1) -> Plan:
        """Repay principal early; see `Loan.prepay`."""
        return self._change(loan, on, lambda each, day: each.prepay(amount, day, then))

    def pay_extra(
        self, amount: Any, on: Any, times: Any = 1, then: Any = "lower", loan: int = -1
    ) -> Plan:
        """Pay cash on top; see `Loan.pay_extra`."""
        return self._change(loan, on, lambda each, day: each.pay_extra(amount, day, times, then))

    def settle(self, on: Any, loan: int = -1) -> Plan:
        """Pay everything owed on one loan; see `Loan.settle`."""
        return self._change(loan, on, lambda each, day: each.settle(day))

    def extend(self, months: Any = None, *, on: Any, loan: int = -1, **terms: Any) -> Plan:
        """Agree on more instalments; see `Loan.extend`."""
        return self._change(loan, on, lambda each, day: each.extend(months, on=day, **terms))

    def coupon(
        self, days: Any = None, off: Any = 1.0, on: Any = None, *, loan: int = -1, **limits: Any
    ) -> Plan:
        """Use a coupon, from the drawdown of that loan if `on` is not given; see `Loan.coupon`."""
        return self._change(loan, on, lambda each, day: each.coupon(days, off, day, **limits))

    def reprice(self, daily_rate: Any, on: Any, loan: int = -1) -> Plan:
        """Change the daily rate; see `Loan.reprice`."""
        return self._change(loan, on, lambda each, day: each.reprice(daily_rate, day))

    def miss(self, instalment: Any, times: Any = 1, loan: int = -1) -> Plan:
        """Leave an instalment unpaid; see `Loan.miss`."""
        return self._change(loan, None, lambda each, _: each.miss(instalment, times))

    def pay_late(self, instalment: Any, days: Any, loan: int = -1) -> Plan:
        """Pay all that is overdue so many days later; see `Loan.pay_late`."""
        return self._change(loan, None, lambda each, _: each.pay_late(instalment, days))

    def pay(self, amount: Any, on: Any, loan: int = -1) -> Plan:
        """Pay a sum towards what is overdue; see `Loan.pay`."""
        return self._change(loan, on, lambda each, day: each.pay(amount, day))

    def defer(self, months: Any = None, *, on: Any, loan: int = -1, **terms: Any) -> Plan:
        """Pay no principal for a while; see `Loan.defer`."""
        return self._change(loan, on, lambda each, day: each.defer(months, on=day, **terms))

    def restructure(self, months: Any, *, on: Any, loan: int = -1, **terms: Any) -> Plan:
        """Agree on a new plan for all that is owed; see `Loan.restructure`."""
        return self._change(loan, on, lambda each, day: each.restructure(months, on=day, **terms))

    def reborrow(
        self,
        amount: Any,
        on: Any,
        *,
        daily_rate: Any = None,
        months: Any = None,
        days: Any = None,
        method: Any = None,
    ) -> Plan:
        """Borrow again on the same line; see `Loan.reborrow`."""
        first = self.loans[0]
        given = first.given()
        if months is not None or days is not None:
            given |= {"months": months, "days": days}
        wanted = {"daily_rate": daily_rate, "method": method}
        given |= {name: value for name, value in wanted.items() if value is not None}
        fen = money(amount, "amount", zero=True)
        day = first._day(self._date(on), fen > 0)
        given["start"] = np.where(day == MISSING, first.terms["start"], day).astype("M8[D]")
        if given["due_day"] is None:
            given["due_day"] = day_of_month(first.terms["start"])
        new = Loan(**given | {"principal": np.where(fen > 0, fen / 100, 1.0)})
        drawn = np.where(day == MISSING, 0, fen)  # what is not taken is a loan of nothing
        new._agree({**new.terms, "principal": drawn})
        return Plan((*self.loans, new))

    def cashflows(self, columns: list[str] | None = None) -> pd.DataFrame:
        """Return every dated event of all loans; see `Loan.cashflows`.

        `loan` is the number of the scenario x the number of loans + the place of the loan.
        """
        return frame_of(self._flats(), columns)

    def summary(self) -> Summary:
        """Return what the line comes to, all loans together; see `Loan.summary`."""
        return summary_of(self._flats(), self.shape)

    def _flats(self) -> list[Flat]:
        """Return the terms and decisions of each loan, all in the shape of the plan."""
        return [each.flat(self.shape) for each in self.loans]

    def __repr__(self) -> str:
        """Show the loans of the line."""
        return f"Plan({'; '.join(map(repr, self.loans))})"


Strategy = Loan | Plan


def check_strategy(value: object, name: str) -> None:
    """Refuse what is neither a loan nor a plan."""
    refuse_kind(value, (Loan, Plan), name, "error.kind_loan")
