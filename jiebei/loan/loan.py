"""A loan, and the decisions taken on it, written as a chain."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cache
from types import MappingProxyType
from typing import Any, ClassVar, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from jiebei.engine.decisions.decision import Decision
from jiebei.engine.decisions.late import Accelerate
from jiebei.language.errors import JiebeiError, nearest, refuse, with_id
from jiebei.loan.in_a_line import in_a_line
from jiebei.loan.memory import Flat
from jiebei.loan.plan import Strategy
from jiebei.loan.shown import kept_under
from jiebei.loan.terms import INTEREST_ONLY_MONTHS, PENALTY_MULTIPLE, check_range, terms_of
from jiebei.loan.today import Today
from jiebei.units.arrays import fit, fit_shapes, kept, plain
from jiebei.units.days import MISSING, Ints, as_days, day_of_month, in_years, iso
from jiebei.units.kinds import Choice, Date, Rate, Share, Whole, Yuan
from jiebei.units.reading import flat, money
from jiebei.units.term import ForDays

__all__ = ["Loan", "arguments"]

BESIDE = ("decisions", "ids")  # what a loan holds beside its terms
DUE = ("due_day", "month_end", "shortest_first_period")
WRITTEN = ("months", "days", "method", "interest_only_months", *DUE)  # terms tell them in part


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Loan(Today, Strategy):
    """Describe a loan on a line priced by the day; every decision returns a new loan.

    Every argument may be an array; they broadcast, and each place is one scenario.

    Parameters
    ----------
    principal : yuan
        Amount drawn (本金).
    daily_rate : decimal
        Interest a day (日利率), 0 to 0.005: 0.0004 is 0.04 % a day. Kept to 1e-10.
    start : date
        Day of the drawdown (放款日).
    months : int, optional
        Term of 1 to 60 months (期数); or
    days : int, optional
        term in days, 1 to 1827: then all is repaid at once, whichever the method.
    method : {"equal_instalment", "interest_only", "equal_principal", "bullet", \
"interest_then_equal"}
        每月等额, 先息后本, 等额本金, 到期一次还本付息, 前几期付息后等额.
    interest_only_months : int
        For "interest_then_equal": how many instalments carry interest only.
    due_day : int, optional
        Day of the month on which instalments fall due (还款日), 1 to 31; else the drawdown's.
    month_end : {"clamp", "25_to_27", "1_to_3"}
        Due days 29 to 31: the last of shorter months, the 25th to 27th, the 1st to 3rd of the next.
    shortest_first_period : int
        A first due date that is fewer days off moves on by a month (0 to 31).
    day_count : {"actual", "both_ends", "thirty"}
        First day counted and last not (算头不算尾), both counted, or 30 days per due period.
    rounding : {"half_up", "half_even", "down", "up"}
        Of interest, penalty, equal parts and prepayment fee: 四舍五入, 四舍六入五成双, 舍去, 进位.
    residual : {"last", "first"}
        Who takes what rounding equal parts leaves (尾差). "first": what the last would differ by,
        in every new plan; the few fen of interest that this changes stay with the last.
    prepay_fee_rate : decimal
        Fee on principal repaid early (违约金), 0 to 0.1.
    prepay_settles : {"part", "whole"}
        Whether a prepayment settles interest on the part prepaid, or on the whole balance.
    drawdown_fee, instalment_fee : yuan
        Fees paid on the day of the drawdown, and with each instalment.
    penalty_multiple : decimal
        The penalty rate as a multiple of the daily rate (罚息), 0 to 2; kept to 1e-10 a day.
    penalty_on : {"principal_and_interest", "principal"}
        Whether overdue interest bears penalty too (复利).
    grace_days : int
        Days after its due day, each its own, in which an instalment bears no penalty (还款日宽限),
        0 to 30; one day beyond, all days since its due day count.
    payment_order : {"penalty_first", "principal_first"}
        What a payment goes to: penalty, fee, interest, principal; or principal, interest, fee,
        penalty. What is overdue comes before what is due.
    payment_spread : {"oldest", "component"}
        Whether a part payment goes to the oldest instalment whole, then to the next (先旧后新);
        or to the first of these parts of all that is overdue, and so on.
    accelerate_after : int
        On which day late the whole loan falls due (提前到期), 0 for never, to 3650: before anything
        is paid that day, and not inside the days of grace but on the first day beyond them.
    ids : array, optional
        What each scenario is called (编号), for `cashflows()`.

    Raises
    ------
    JiebeiError
        For any argument outside its range, with the value, the rule and the way out.

    Notes
    -----
    Interest on an amount is amount x rate x days, rounded only when it is paid, half up to the fen
    (四舍五入) unless agreed otherwise. The equal instalment is principal / sum of discount factors
    of the real days of each period, at rate zero principal / months; one takes the residual.
    Days late (逾期天数) count from the due day of the oldest instalment of which anything is left,
    a fen of its penalty even, days of grace included; `status` tells whether those matter. What was
    called as a whole is late since that day, once what is older is paid. Sources:
    `data/product.csv`; what is assumed: `data/assumptions.csv`.

    Examples
    --------
    What do 50,000 yuan for a year at 0.04 % a day take each month, and cost in all?

    >>> import jiebei as jb
    >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> loan.summary().instalment, loan.summary().interest
    (4503.11, 4037.33)
    """

    principal: Yuan = field(kw_only=False)
    daily_rate: Rate
    start: Date
    months: Whole = None
    days: Whole = None
    method: Choice = "equal_instalment"
    interest_only_months: Whole = INTEREST_ONLY_MONTHS
    due_day: Whole = None
    month_end: Choice = "clamp"
    shortest_first_period: Whole = 15
    day_count: Choice = "actual"
    rounding: Choice = "half_up"
    residual: Choice = "last"
    prepay_fee_rate: Rate = 0.0
    prepay_settles: Choice = "part"
    drawdown_fee: Yuan = 0.0
    instalment_fee: Yuan = 0.0
    penalty_multiple: Share = PENALTY_MULTIPLE
    penalty_on: Choice = "principal_and_interest"
    grace_days: Whole = 0
    payment_order: Choice = "penalty_first"
    payment_spread: Choice = "oldest"
    accelerate_after: Whole = 0
    decisions: tuple[Decision, ...] = ()
    ids: Any = None
    terms: Mapping[str, npt.NDArray[Any]] = field(init=False)
    shape: tuple[int, ...] = field(init=False)  # of the scenarios; () for one loan
    may_be_nothing: ClassVar[bool] = False

    def __post_init__(self) -> None:
        """Check what was agreed, and that no decision comes before the drawdown."""
        for name, value in self.given().items():
            object.__setattr__(self, name, kept(value, name))
        self._agree(terms_of(self.given(), nothing=self.may_be_nothing))
        object.__setattr__(self, "ids", self._named())
        for each in self.decisions:
            if not each.awaits_an_instalment:
                self._day(each.on.astype("M8[D]"))

    def _agree(self, terms: Mapping[str, npt.NDArray[Any]]) -> None:
        """Take these terms, which nobody changes from then on."""
        for each in terms.values():
            each.setflags(write=False)
        object.__setattr__(self, "terms", MappingProxyType(dict(terms)))
        given = (value for each in self.decisions for value in each.values().values())
        object.__setattr__(self, "shape", fit_shapes(*(a.shape for a in (*terms.values(), *given))))

    def __getstate__(self) -> dict[str, Any]:
        """Return what a copy, or a file of pickle, holds."""
        return vars(self) | {"terms": dict(self.terms)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take what a copy, or a file of pickle, held."""
        vars(self).update(state)
        self._agree(self.terms)

    def _named(self) -> Any:
        """Return the ids as an array that nobody changes, if there is one a scenario."""
        if self.ids is None:
            return None
        if not self.shape:
            raise JiebeiError("error.ids_alone")
        ids = plain(self.ids, "ids").copy()
        if ids.shape != self.shape[len(self.shape) - ids.ndim :] or not ids.ndim:
            scenarios = int(np.prod(self.shape))
            raise JiebeiError("error.ids", ids=ids.size, scenarios=scenarios)
        ids.setflags(write=False)
        return ids

    def given(self) -> dict[str, Any]:
        """Return the arguments by name, as they were given; the decisions are none of them."""
        return {name: getattr(self, name) for name in arguments()}

    def but(self, **terms: Any) -> Self:
        """Return the same loan on other terms; its decisions stay, each on its date.

        Parameters
        ----------
        **terms
            Arguments of a loan. Where `months` or `days` is given, the other one goes.

        Raises
        ------
        JiebeiError
            For an argument that a loan does not have, or that is outside its range; for a drawdown
            after a decision.

        Examples
        --------
        What if the loan that I repay early were dearer?

        >>> import jiebei as jb
        >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
        >>> loan.prepay(20_000, on="2027-03-01").but(daily_rate=0.0005).summary().interest
        3512.72
        """
        known = arguments()
        for name in terms:
            if name not in known:
                near = nearest(name, known)
                raise JiebeiError("error.argument", name=name, nearest=near)
        if ("months" in terms) != ("days" in terms):
            terms = {"months": None, "days": None} | terms
        return replace(self, **terms, decisions=kept_under(self, terms))

    @classmethod
    def from_frame(cls, frame: pd.DataFrame, **common: Any) -> Loan:
        """Read a portfolio: one row a loan, columns named like the arguments of a loan.

        Parameters
        ----------
        frame : DataFrame
            Columns `principal`, `daily_rate`, `start`, ..., and `id` if the loans have names;
            else the index names them, unless it just counts. Others are refused by name.
        **common
            Arguments that are the same for every loan.

        Returns
        -------
        Loan
            A scenario a row. Its `ids` are in the column `id` of `cashflows()`, and name the rows
            of `summary().to_frame(loans.ids)`.

        Raises
        ------
        JiebeiError
            For a column that is unknown, missing or double, and for the first bad value, with the
            number of its row, from 0, and its id.

        Examples
        --------
        >>> import jiebei as jb, pandas as pd
        >>> portfolio = pd.DataFrame({"id": ["A", "B"], "principal": [1_000, 2_000]})
        >>> loans = jb.Loan.from_frame(portfolio, daily_rate=0.0004, months=3, start="2026-12-01")
        >>> loans.cashflows(["id", "date", "payment"]).tail(1)
          id       date  payment
        7  B 2027-03-01    683.0
        """
        if not isinstance(frame, pd.DataFrame):
            raise JiebeiError("error.frame", kind=type(frame).__name__)
        for name in frame.columns[frame.columns.duplicated()]:
            raise JiebeiError("error.column_double", name=name)
        for names, known in ((map(str, frame), [*arguments(), "id"]), (common, arguments())):
            for name in names:
                if name not in known:
                    near = nearest(name, known)
                    raise JiebeiError("error.column", name=name, nearest=near)
        for name in set(common).intersection(frame):
            raise JiebeiError("error.column_twice", name=name)
        for name in ("principal", "daily_rate", "start"):
            if name not in frame and name not in common:
                raise JiebeiError("error.column_missing", name=name)
        columns: dict[str, Any] = {str(name): frame[name].to_numpy() for name in frame}
        ids = None if isinstance(frame.index, pd.RangeIndex) else frame.index.to_numpy()
        ids = columns.pop("id", ids)
        with with_id(ids, ()):
            return cls(**columns, **common, ids=ids)

    def _only(self, which: Any, shape: tuple[int, ...]) -> Self:
        def picked(value: Any) -> Any:
            array = plain(value, "only")
            return np.broadcast_to(array, shape)[which] if array.ndim else value

        terms = {name: picked(each) for name, each in self.given().items()}
        decisions = tuple(
            type(each)(**{name: picked(value) for name, value in each.values().items()})
            for each in self.decisions
        )
        names = picked(self.ids)
        return replace(self, **terms, decisions=decisions, ids=names if np.ndim(names) else None)

    def _known_by(self) -> Hashable:
        """Return all that tells it from others: the terms, and what `but` builds on."""
        written = (np.broadcast_to(np.asarray(self.given()[name], object), self.shape)
                   for name in WRITTEN)  # fmt: skip
        return (
            self.shape,
            tuple(tuple(each.ravel()) for each in written),
            tuple(flat(each, self.shape).tobytes() for each in self.terms.values()),
            tuple(
                (type(each), *(flat(v, self.shape).tobytes() for v in each.values().values()))
                for each in self.decisions
            ),
            None if self.ids is None else tuple(self.ids.ravel()),
        )

    @property
    def term(self) -> Any:
        """Return for how long it was lent: so many months, or `ForDays`."""
        return ForDays(int(self.days)) if self.months is None else self.months

    @property
    def loans(self) -> tuple[Loan]:
        """Return the loan itself, a line of one."""
        return (self,)

    def _with(self, decision: Decision, loan: int) -> Self:
        self._one(loan)
        new = object.__new__(type(self))
        given = (each.shape for each in decision.values().values())
        shape = fit_shapes(self.shape, *given)
        vars(new).update(vars(self), decisions=(*self.decisions, decision), shape=shape)
        return new

    def _deciding(self, decisions: Iterable[Decision]) -> Self:
        """Return the same loan with these decisions in place of its own."""
        return replace(self, decisions=tuple(decisions))

    def _day(self, on: Date, loan: int = -1, taken: Any = True, name: str = "on") -> Ints:
        days, after_drawdown = as_days(on, name)
        fit(self.terms["start"], days, taken)
        missing = (days == MISSING) | ~np.asarray(taken)
        if after_drawdown:
            refuse((days < 0) & ~missing, days, name, "error.days_after")
            days = in_years(np.where(missing, MISSING, self.terms["start"] + days), name)
        early = (days < self.terms["start"]) & ~missing
        if early.any():
            start = np.broadcast_to(self.terms["start"], early.shape)[early][0]
            refuse(early, days.astype("M8[D]"), name, "error.early", start=iso(start))
        return np.where(missing, MISSING, days)

    def _drawdown(self, loan: int) -> Any:
        return self.terms["start"].astype("M8[D]")

    def _drawn_again(self, amount: Yuan, on: Date, **other: Any) -> Loan:
        """Return another loan on this line, on the same terms but for those given.

        It falls due on the line's day. Where it is not taken, it is a loan of nothing.
        """
        fen = money(amount, "amount", zero=True)
        day = self._day(on, taken=fen > 0)
        due_day = day_of_month(self.terms["start"]) if self.due_day is None else self.due_day
        drawn = {
            "principal": np.where(day == MISSING, 0, fen) / 100,
            "start": np.where(day == MISSING, self.terms["start"], day).astype("M8[D]"),
            "due_day": due_day,
        }
        return _Redrawn(**self.given() | other | drawn)

    def flat(self, within: tuple[int, ...] = ()) -> Flat:
        """Return the terms and the decisions' values of all scenarios in C order.

        `within` is the shape of a line of which this is one loan.
        """
        shape, decisions = np.broadcast_shapes(self.shape, within), self.decisions
        check_range(self.terms, decisions)
        terms = {name: flat(each, shape) for name, each in self.terms.items()}
        if terms["accelerate_after"].any():
            after = self.terms["accelerate_after"]
            called = Accelerate(on=np.where(after > 0, 0, MISSING), after=after)
            decisions = (*decisions, called)
        values = [
            {name: flat(value, shape) for name, value in each.values().items()}
            for each in decisions
        ]
        return terms, decisions, values

    def __repr__(self) -> str:
        """Show the loan in a line, and its decisions."""
        return in_a_line(self)


class _Redrawn(Loan):
    """A loan drawn later on a line, in some scenarios perhaps not: then it is one of nothing."""

    may_be_nothing: ClassVar[bool] = True


@cache
def arguments() -> tuple[str, ...]:
    """Return the names of the arguments of a loan.

    Examples
    --------
    >>> arguments()[:3]
    ('principal', 'daily_rate', 'start')
    """
    return tuple(each.name for each in fields(Loan) if each.init and each.name not in BESIDE)
