"""Strategies: what is decided on one loan, or on several of one line, and what follows from it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Hashable
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import pandas as pd

from jiebei.engine.decisions.decision import Decision
from jiebei.language.errors import JiebeiError, refuse_kind, with_id
from jiebei.language.words import Words, say
from jiebei.loan.cashflows import CORE, chosen, frame_of, listed, refused
from jiebei.loan.early_decisions import EarlyDecisions
from jiebei.loan.late_decisions import LateDecisions
from jiebei.loan.memory import Flat
from jiebei.loan.no_list import NoList
from jiebei.loan.summary import MOST_SHOWN, Summary, summary_of
from jiebei.units.arrays import fit, fit_shapes, plain
from jiebei.units.days import MISSING, Ints, as_days
from jiebei.units.kinds import Choice, Date, Rate, Whole, Yuan

__all__ = ["Plan", "Strategy", "check_strategy"]

GUESSED = ("schedule", "amortization", "amortisation", "payments", "table", "to_frame")
SCHEDULE = ("date", "event", "interest", "fee", "principal", "payment", "closing")
AT_A_GLANCE = ("drawn", "interest", "fee", "total_paid", "payoff_date", "effective_rate")


class Strategy(NoList, EarlyDecisions, LateDecisions):
    """One loan, or several of one line, and the decisions taken on them."""

    shape: tuple[int, ...]  # of the scenarios; () for one
    ids: Any = None  # what each scenario is called, in their shape

    def only(self, which: Any) -> Self:
        """Return the scenarios that are picked, as one list of them, with their ids.

        Parameters
        ----------
        which : array of bool
            In the shape of the scenarios, such as `possible()`.

        Raises
        ------
        JiebeiError
            For a mask of another shape or kind.

        Examples
        --------
        >>> import jiebei as jb
        >>> loans = jb.Loan([900, 2_000], daily_rate=0.0004, months=3, start="2026-12-01")
        >>> early = loans.prepay(1_000, on="2026-12-20")
        >>> early.only(early.possible()).summary().interest
        array([32.1])
        """
        return self._only(self._picked(which), self.shape)

    def one(self, which: Any) -> Self:
        """Return one scenario of many, as `compare` and `net_benefit_ledger` take it.

        Parameters
        ----------
        which : id, or whole number
            What it is called in `ids`; where there are none its place, from 0, in C order.

        Raises
        ------
        JiebeiError
            Where none is called so, or several are.

        Examples
        --------
        >>> import jiebei as jb
        >>> terms = {"daily_rate": 0.0004, "months": 3, "start": "2026-12-01"}
        >>> loans = jb.Loan([900, 2_000], ids=["A", "B"], **terms)
        >>> early = loans.prepay(300, on="2026-12-20")
        >>> ledger = jb.net_benefit_ledger(early.one("B"), loans.one("B"), savings_rate=0.02)
        >>> print(ledger["worth"].sum().round(2))
        4.39
        """
        places = np.arange(np.prod(self.shape), dtype=np.int64)
        names = places if self.ids is None else np.broadcast_to(self.ids, self.shape).ravel()
        found = [place for place in places if np.all(names[place] == which)] if self.shape else []
        if len(found) != 1:
            key = "error.one_of_several" if found else "error.one"
            raise JiebeiError(key, which=repr(which), n=len(found))
        return self._only(np.unravel_index(found[0], self.shape), self.shape)

    @abstractmethod
    def _only(self, which: Any, shape: tuple[int, ...]) -> Self:
        """Return what is picked of all that is broadcast to a shape."""

    def possible(self) -> Any:
        """Tell in which scenarios every decision can be taken (哪些情形行得通).

        `summary()` and `cashflows()` refuse them all for one that cannot. What arguments alone
        forbid, a negative amount, a day before the drawdown, is refused where it is given.

        Returns
        -------
        bool, or array of bool in the shape of the scenarios

        Examples
        --------
        >>> import jiebei as jb
        >>> loans = jb.Loan([900, 2_000], daily_rate=0.0004, months=3, start="2026-12-01")
        >>> loans.prepay(1_000, on="2026-12-20").possible()
        array([False,  True])
        """
        mask = np.ones(self.shape, np.bool_)
        for each in self._flats():
            mask.reshape(-1)[refused(each)] = False
        return mask if self.shape else bool(mask)

    if not TYPE_CHECKING:  # where it would hide what is misspelt

        def __getattr__(self, name: str) -> Any:
            """Say what a schedule is called here, which people look for under other names."""
            kind = type(self).__name__
            key = "error.guessed" if name in GUESSED else "error.attribute"
            raise AttributeError(say(key, kind=kind, name=name), name=name, obj=self)

    def _picked(self, which: Any) -> Any:
        """Check a mask of the scenarios."""
        mask = plain(which, "which")
        if mask.dtype != np.bool_ or mask.shape != self.shape or not self.shape:
            raise JiebeiError("error.mask", shape=self.shape, given=mask.shape)
        return mask

    def __eq__(self, other: object) -> bool:
        """Tell whether it is the same on all terms, with the same decisions and ids."""
        if not isinstance(other, Strategy):
            return NotImplemented
        return type(self) is type(other) and self._known_by() == other._known_by()

    def __hash__(self) -> int:
        """Return one number for all that are equal."""
        return hash(self._known_by())

    def _known_by(self) -> Hashable:
        """Return all that tells it from others."""
        return tuple(each._known_by() for each in self.loans)

    def _repr_html_(self) -> str:
        """Show its line, and the first rows of its cash flows; of many scenarios the totals."""
        from html import escape  # only where it is shown: `import jiebei` stays quick

        from jiebei.language.tables import as_html

        line = f"<p><code>{escape(repr(self))}</code></p>"
        try:
            if self.shape:
                first = (
                    np.arange(np.prod(self.shape), dtype=np.int64).reshape(self.shape) < MOST_SHOWN
                )
                some = self.only(first)
                totals = some.summary().to_frame(some.ids)
                return f"{line}\n{as_html(totals[list(AT_A_GLANCE)])}"
            flows = self.cashflows(list(SCHEDULE))
        except JiebeiError as refusal:
            return f"{line}\n<p>{escape(str(refusal))}</p>"
        rest = len(flows) - MOST_SHOWN
        more = f"\n<p>{escape(str(Words('loan.more_rows', n=rest)))}</p>" if rest > 0 else ""
        return f"{line}\n{as_html(flows.head(MOST_SHOWN), index=False)}{more}"

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
        amount: Yuan,
        on: Date,
        *,
        daily_rate: Rate = None,
        months: Whole = None,
        days: Whole = None,
        method: Choice = None,
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

    def _date(self, on: Date) -> Any:
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
            Which columns, the ids and the first twelve of the contract if not given. Fewer are
            faster.

        Returns
        -------
        DataFrame
            One row per loan per event, ordered by loan, then date: `id` if there are ids, `loan`
            (number of the scenario, x the number of loans + the place of the loan),
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
        if self.ids is None:
            return frame_of(self._flats(), columns)
        return self._with_ids(columns)

    def _with_ids(self, columns: list[str] | None) -> pd.DataFrame:
        """Return the cash flows with the id of each row's loan, first or where it is asked for."""
        asked = ("id", *CORE) if columns is None else listed(columns)
        needed = dict.fromkeys(chosen([each for each in ("loan", *asked) if each != "id"]))
        with with_id(self.ids, self.shape):
            flows = frame_of(self._flats(), list(needed))
        if "id" in asked:
            names = np.broadcast_to(self.ids, self.shape).ravel()
            flows["id"] = names[self.scenario_of(flows)]
        return flows[list(asked)]

    def summary(self) -> Summary:
        """Return what the loan comes to, one place a scenario, without building a frame.

        Returns
        -------
        Summary
            Attributes in the shape of the scenarios; see there.
        """
        with with_id(self.ids, self.shape):
            return summary_of(self._flats(), self.shape)

    def _flats(self) -> list[Flat]:
        """Return the terms and decisions of each loan, all in the shape of the line."""
        return [each.flat(self.shape) for each in self.loans]

    def scenario_of(self, flows: pd.DataFrame) -> Any:
        """Return the number of the scenario of each row of its cash flows."""
        refuse_kind(flows, (pd.DataFrame,), "flows", "error.kind_table")
        if "loan" not in flows:
            raise JiebeiError("error.column_missing", name="loan")
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
        self.ids = self._loans[0].ids

    @property
    def loans(self) -> tuple[Any, ...]:
        """Return its loans, in the order of their drawdowns."""
        return self._loans

    def _only(self, which: Any, shape: tuple[int, ...]) -> Self:
        return type(self)(tuple(each._only(which, shape) for each in self.loans))

    def _with(self, decision: Decision, loan: int) -> Self:
        loans = list(self.loans)
        loans[loan] = self._one(loan)._with(decision, -1)
        return type(self)(tuple(loans))

    def _day(self, on: Date, loan: int, taken: Any = True, name: str = "on") -> Ints:
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
