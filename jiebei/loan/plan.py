"""Strategies: what is decided on one loan, or on several of one line, and what follows from it."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, Self

import numpy as np
import pandas as pd

from jiebei.engine.decisions.decision import Decision
from jiebei.language.errors import JiebeiError, refuse_kind
from jiebei.loan.cashflows import frame_of
from jiebei.loan.early_decisions import EarlyDecisions
from jiebei.loan.late_decisions import LateDecisions
from jiebei.loan.memory import Flat
from jiebei.loan.summary import Summary, summary_of
from jiebei.units.arrays import fit, fit_shapes
from jiebei.units.days import MISSING, Ints, as_days

__all__ = ["Plan", "Strategy", "check_strategy"]


class Strategy(EarlyDecisions, LateDecisions):
    """One loan, or several of one line, and the decisions taken on them."""

    shape: tuple[int, ...]  # of the scenarios; () for one

    @property
    @abstractmethod
    def loans(self) -> tuple[Any, ...]:
        """Return its loans, in the order of their drawdowns."""

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """Return the decisions of all loans."""
        return tuple(each for loan in self.loans for each in loan.decisions)

    def _one(self, loan: int) -> Any:
        """Return the loan that a decision picks."""
        if not isinstance(loan, int) or not -len(self.loans) <= loan < len(self.loans):
            raise JiebeiError("error.loan", place=loan, loans=len(self.loans))
        return self.loans[loan]

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
        """Borrow again on the same line (还款后再借): a new contract with the line's due day.

        What is not given is as in the first loan. Later decisions concern the new loan.

        Examples
        --------
        >>> import jiebei as jb
        >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
        >>> plan = loan.prepay(20_000, on="2027-03-01").reborrow(20_000, on="2027-06-01", months=6)
        >>> print(plan.summary().payoff_date)
        2027-12-01
        """
        given: dict[str, Any] = {"daily_rate": daily_rate, "method": method}
        other = {name: value for name, value in given.items() if value is not None}
        if months is not None or days is not None:
            other |= {"months": months, "days": days}
        return Plan((*self.loans, self.loans[0]._drawn_again(amount, self._date(on), **other)))

    def _date(self, on: Any) -> Any:
        """Return whole days after the first drawdown as dates."""
        days, after_drawdown = as_days(on, "on")
        if not after_drawdown:
            return on
        start = self.loans[0].terms["start"]
        fit(start, days)
        return np.where(days == MISSING, MISSING, start + days).astype("M8[D]")

    def cashflows(self, columns: list[str] | None = None) -> pd.DataFrame:
        """Return every dated event (现金流), to the fen.

        Parameters
        ----------
        columns : list of str, optional
            Which columns, the first twelve of the contract if not given. Fewer are faster.

        Returns
        -------
        DataFrame
            One row per loan per event, ordered by loan, then date: `loan` (number of the
            scenario, x the number of loans + the place of the loan),
            `date`, `event`, `days` of interest settled; in yuan `opening` principal, `drawn`,
            `interest`, `penalty`, `fee`, `principal`, `payment` (the sum of these four), `closing`
            principal. On demand `due` on that row, `arrears` (due and unpaid after it, with the
            penalty so far), `capitalised` (added to the principal; of it `capitalised_penalty` and
            `capitalised_fee`), `waived_interest`, `waived_penalty`,
            `waived_principal`, `days_late` before it, `status` after it, and `payoff`, what
            settles the loan that day.

        Examples
        --------
        >>> import jiebei as jb
        >>> loan = jb.Loan(10_000, daily_rate=0.0004, days=7, method="bullet", start="2026-12-01")
        >>> loan.cashflows(["date", "event", "interest", "closing"])
                date       event  interest  closing
        0 2026-12-01        draw       0.0  10000.0
        1 2026-12-08  instalment      28.0      0.0
        """
        return frame_of(self._flats(), columns)

    def summary(self) -> Summary:
        """Return what the loan comes to, one place a scenario, without building a frame.

        Returns
        -------
        Summary
            Attributes in the shape of the scenarios; see there.
        """
        return summary_of(self._flats(), self.shape)

    def _flats(self) -> list[Flat]:
        """Return the terms and decisions of each loan, all in the shape of the line."""
        return [each.flat(self.shape) for each in self.loans]

    def scenario_of(self, flows: pd.DataFrame) -> Any:
        """Return the number of the scenario of each row of its cash flows."""
        return flows["loan"].to_numpy() // len(self.loans)


class Plan(Strategy):
    """Hold the loans of one line, in the order of their drawdowns.

    It has the decisions and the questions of a loan. A decision concerns the newest loan, or the
    one that `loan=` picks; whole days count from the first drawdown.

    Parameters
    ----------
    loans : tuple of Loan
        One or more.
    """

    def __init__(self, loans: tuple[Strategy, ...]) -> None:
        """Check that there are loans, and that their arrays fit together."""
        if not isinstance(loans, tuple) or not loans:
            raise JiebeiError("error.plan")
        for place, each in enumerate(loans):
            check_strategy(each, f"loans[{place}]")
        self._loans = tuple(one for each in loans for one in each.loans)
        self.shape = fit_shapes(*(each.shape for each in self._loans))

    @property
    def loans(self) -> tuple[Any, ...]:
        """Return its loans, in the order of their drawdowns."""
        return self._loans

    def _with(self, decision: Decision, loan: int) -> Self:
        loans = list(self.loans)
        loans[loan] = self._one(loan)._with(decision, -1)
        return type(self)(tuple(loans))

    def _day(self, on: Any, loan: int, taken: Any = True, name: str = "on") -> Ints:
        days: Ints = self._one(loan)._day(self._date(on), -1, taken, name)
        return days

    def _drawdown(self, loan: int) -> Any:
        return self._one(loan)._drawdown(-1)

    def __repr__(self) -> str:
        """Show the loans of the line."""
        return f"Plan({'; '.join(map(repr, self.loans))})"


def check_strategy(value: object, name: str) -> None:
    """Refuse what is neither a loan nor a plan."""
    refuse_kind(value, (Strategy,), name, "error.kind_loan")
