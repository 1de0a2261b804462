"""A loan, and the decisions taken on it, written as a chain."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from jiebei.calendar import MISSING, Ints, as_days, iso
from jiebei.cashflows import Flat, frame_of
from jiebei.checks import choices, flat, money, rate, share, whole_number
from jiebei.decisions import (
    KEEP_RATE,
    THEN,
    Coupon,
    Decision,
    Extend,
    PayExtra,
    Prepay,
    Settle,
)
from jiebei.errors import JiebeiError, nearest, refuse
from jiebei.summary import Summary, summary_of
from jiebei.terms import MOST_DAYS, MOST_MONTHS, agreed, check_range
from jiebei.words import say

if TYPE_CHECKING:
    from jiebei.plan import Plan

__all__ = ["Loan"]


@dataclass(frozen=True, eq=False, repr=False)
class Loan:
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
        term in days, 1 to 1827, for a loan repaid once at maturity.
    method : {"equal_instalment", "interest_only", "equal_principal", "bullet", \
"interest_then_equal"}
        每月等额, 先息后本, 等额本金, 到期一次还本付息, 前几期付息后等额.
    interest_only_months : int
        For "interest_then_equal": how many instalments carry interest only.
    due_day : int, optional
        Day of the month on which instalments fall due (还款日), 1 to 31; else the drawdown's.
    month_end : {"clamp", "25_to_27", "1_to_3"}
        What becomes of due days 29 to 31: the last day of shorter months, the 25th to 27th, or the
        1st to 3rd of the following month.
    shortest_first_period : int
        A first due date that is fewer days off moves on by a month (0 to 31).
    day_count : {"actual", "both_ends", "thirty"}
        First day counted and last not (算头不算尾), both counted, or 30 days per due period.
    prepay_fee_rate : decimal
        Fee on principal repaid early (违约金), 0 to 0.1.
    prepay_settles : {"part", "whole"}
        Whether a prepayment settles interest on the part prepaid, or on the whole balance.
    drawdown_fee : yuan
        Fee paid on the day of the drawdown.

    Raises
    ------
    JiebeiError
        For any argument outside its range, with the value, the rule and the way out.

    Notes
    -----
    Interest on an amount is amount x rate x days, half up to the fen (四舍五入), rounded only when
    it is paid. The equal instalment is principal / sum of discount factors of the real days of each
    period; at rate zero principal / months. The last instalment takes what the rounding leaves.
    Sources: `data/product.csv`.

    Examples
    --------
    What do 50,000 yuan for a year at 0.04 % a day take each month, and cost in all?

    >>> import jiebei as jb
    >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> loan.summary().instalment, loan.summary().interest
    (4503.11, 4037.33)
    """

    principal: Any
    daily_rate: Any = field(kw_only=True)
    start: Any = field(kw_only=True)
    months: Any = field(default=None, kw_only=True)
    days: Any = field(default=None, kw_only=True)
    method: Any = field(default="equal_instalment", kw_only=True)
    interest_only_months: Any = field(default=6, kw_only=True)
    due_day: Any = field(default=None, kw_only=True)
    month_end: Any = field(default="clamp", kw_only=True)
    shortest_first_period: Any = field(default=15, kw_only=True)
    day_count: Any = field(default="actual", kw_only=True)
    prepay_fee_rate: Any = field(default=0.0, kw_only=True)
    prepay_settles: Any = field(default="part", kw_only=True)
    drawdown_fee: Any = field(default=0.0, kw_only=True)
    decisions: tuple[Decision, ...] = field(default=(), init=False)
    terms: dict[str, npt.NDArray[Any]] = field(init=False)

    def __post_init__(self) -> None:
        """Check what was agreed."""
        given = {each.name: getattr(self, each.name) for each in fields(self) if each.init}
        object.__setattr__(self, "terms", agreed(given))
        self._shape_with()

    @classmethod
    def from_frame(cls, frame: pd.DataFrame, **common: Any) -> Loan:
        """Read a portfolio: one row a loan, columns named like the arguments of a loan.

        Parameters
        ----------
        frame : DataFrame
            Columns `principal`, `daily_rate`, `start`, ...; others are refused by name.
        **common
            Arguments that are the same for every loan.

        Examples
        --------
        >>> import jiebei as jb, pandas as pd
        >>> portfolio = pd.DataFrame({"principal": [1_000, 2_000], "months": [3, 6]})
        >>> jb.Loan.from_frame(portfolio, daily_rate=0.0004, start="2026-12-01").summary().interest
        array([24.5 , 85.79])
        """
        known = [each.name for each in fields(cls) if each.init]
        for name in [*map(str, frame.columns), *common]:
            if name not in known:
                near = nearest(name, known)
                raise JiebeiError(say("error.column", name=name, nearest=near))
        for name in set(common).intersection(frame):
            raise JiebeiError(say("error.column_twice", name=name))
        for name in ("principal", "daily_rate", "start"):
            if name not in frame and name not in common:
                raise JiebeiError(say("error.column_missing", name=name))
        return cls(**{str(name): frame[name].to_numpy() for name in frame}, **common)

    @property
    def shape(self) -> tuple[int, ...]:
        """Return the shape of the scenarios; () for one loan."""
        return self._shape_with()

    def _shape_with(self, *more: npt.NDArray[Any]) -> tuple[int, ...]:
        arrays = [*self.terms.values(), *more]
        for decision in self.decisions:
            arrays += decision.values().values()
        try:
            return np.broadcast_shapes(*(each.shape for each in arrays))
        except ValueError as cause:
            shapes = sorted({each.shape for each in arrays if each.ndim}, key=len)
            given = ", ".join(map(str, shapes))
            raise JiebeiError(say("error.shapes", shapes=given)) from cause

    def _with(self, decision: Decision) -> Loan:
        self._shape_with(*decision.values().values())
        new = copy.copy(self)
        object.__setattr__(new, "decisions", (*self.decisions, decision))
        return new

    def _day(self, on: Any, taken: Any = True, name: str = "on") -> Ints:
        """Return the day of a decision, MISSING where it is not taken."""
        days, after_drawdown = as_days(on, name)
        self._shape_with(days, np.asarray(taken))
        missing = (days == MISSING) | ~np.asarray(taken)
        if after_drawdown:
            refuse((days < 0) & ~missing, days, name, "error.days_after")
            days = self.terms["start"] + days
        early = (days < self.terms["start"]) & ~missing
        if early.any():
            start = np.broadcast_to(self.terms["start"], early.shape)[early][0]
            refuse(early, days.astype("M8[D]"), name, "error.early", start=iso(start))
        return np.where(missing, MISSING, days)

    def prepay(self, amount: Any, on: Any, then: Any = "lower") -> Loan:
        """Repay `amount` of principal early (提前还款); its interest and fee come on top.

        Parameters
        ----------
        amount : yuan
            Principal to repay; 0 means not taken.
        on : date, or whole days after the drawdown
            NaT means not taken. On a due date the instalment comes first.
        then : {"lower", "shorten"}
            Lower the instalment (减少月供), or keep it and shorten the term (缩短期限).

        Raises
        ------
        JiebeiError
            Here for bad values; when computed if more is repaid than owed, the loan has ended, or
            there is no instalment to keep.

        Examples
        --------
        >>> import jiebei as jb
        >>> loan = jb.Loan(12_000, daily_rate=0.0004, months=3, start="2026-12-01")
        >>> loan.prepay(4_000, on="2026-12-11").cashflows(["date", "payment", "closing"])
                date  payment   closing
        0 2026-12-01     0.00  12000.00
        1 2026-12-11  4016.00   8000.00
        2 2027-01-01  2732.00   5367.20
        3 2027-02-01  2732.00   2701.75
        4 2027-03-01  2732.01      0.00
        """
        fen = money(amount, "amount", zero=True)
        codes = choices(then, "then", THEN)
        return self._with(Prepay(on=self._day(on, fen > 0), amount=fen, then=codes))

    def pay_extra(self, amount: Any, on: Any, times: Any = 1, then: Any = "lower") -> Loan:
        """Pay `amount` in cash on top, once or monthly (多还一笔); it stops at what is owed.

        As much principal is repaid as the cash covers with its interest and fee; where the rounding
        leaves a fen, it stays in your pocket.

        Parameters
        ----------
        amount : yuan
            Cash; 0 means not taken.
        on : date, or whole days after the drawdown
        times : int
            Repeated on the same day of the month so many times, 1 to 120.
        then : {"lower", "shorten"}

        Examples
        --------
        >>> import jiebei as jb
        >>> loan = jb.Loan(12_000, daily_rate=0.0004, months=3, start="2026-12-01")
        >>> extra = loan.pay_extra(5_000, on="2026-12-11", times=9)
        >>> extra.cashflows(["date", "payment", "closing"])
                date  payment   closing
        0 2026-12-01     0.00  12000.00
        1 2026-12-11  5000.00   7019.92
        2 2027-01-01  2397.31   4709.66
        3 2027-01-11  4728.50      0.00
        """
        fen = money(amount, "amount", zero=True)
        repeat = whole_number(times, "times", 1, 120)
        codes = choices(then, "then", THEN)
        day = self._day(on, fen > 0)
        return self._with(PayExtra(on=day, amount=fen, repeat=repeat, then=codes))

    def settle(self, on: Any) -> Loan:
        """Pay everything owed that day (提前结清).

        Examples
        --------
        >>> import jiebei as jb
        >>> loan = jb.Loan(10_000, daily_rate=0.0004, months=12, start="2026-12-01")
        >>> loan.settle(on=10).summary().total_paid
        10040.0
        """
        return self._with(Settle(on=self._day(on)))

    def extend(
        self,
        months: Any = None,
        *,
        on: Any,
        days: Any = None,
        fee: Any = 0.0,
        daily_rate: Any = None,
    ) -> Loan:
        """Agree on more instalments, or a later maturity (展期).

        Equal instalments are recast over all that remain: that is the relief. An interest-only loan
        repays its principal later. A loan repaid once falls due later, by months or by days.

        Parameters
        ----------
        months : int
            More instalments, 0 (not taken) to 60; or
        on : date, or whole days after the drawdown
            On a due date the extension comes before that day's instalment.
        days : int
            days, 0 (not taken) to 1827, for a loan repaid once at maturity.
        fee : yuan
            Paid that day.
        daily_rate : decimal, optional
            A new rate from that day on.

        Notes
        -----
        The product publishes no extension: what you agree on is what the app shows you.

        Examples
        --------
        >>> import jiebei as jb
        >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
        >>> print(loan.extend(6, on="2027-06-01").summary().payoff_date)
        2028-06-01
        """
        if months is None and days is None:
            raise JiebeiError(say("error.extend"))
        more = whole_number(0 if months is None else months, "months", 0, MOST_MONTHS)
        more_days = whole_number(0 if days is None else days, "days", 0, MOST_DAYS)
        both = (more > 0) & (more_days > 0)
        refuse(both, more_days, "days", "error.extend_both")
        fen = money(fee, "fee", zero=True)
        new_rate = np.int64(KEEP_RATE) if daily_rate is None else rate(daily_rate, "daily_rate")
        day = self._day(on, (more > 0) | (more_days > 0))
        return self._with(
            Extend(on=day, months=more, more_days=more_days, fee=fen, rate=np.asarray(new_rate))
        )

    def coupon(self, days: Any, off: Any = 1.0, on: Any = None) -> Loan:
        """Use an interest-free or discount coupon (免息券, 利率折扣券).

        Parameters
        ----------
        days : int
            For so many days, 0 (not taken) to 1827.
        off : decimal
            Share of the interest let off: 1 is free of interest, 0.1 is 10 % off (9 折).
        on : date, or whole days after the drawdown
            First day of the coupon, that of the drawdown if not given.

        Notes
        -----
        The principal follows the schedule without the coupon; only the interest paid is lower.

        Examples
        --------
        >>> import jiebei as jb
        >>> loan = jb.Loan(10_000, daily_rate=0.0005, days=14, method="bullet", start="2026-12-01")
        >>> loan.coupon(7).summary().interest
        35.0
        """
        length = whole_number(days, "days", 0, MOST_DAYS)
        part = share(off, "off")
        day = self._day(0 if on is None else on, length > 0)
        return self._with(Coupon(on=day, length=length, off=part))

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
        from jiebei.plan import Plan

        terms = {"daily_rate": daily_rate, "months": months, "days": days, "method": method}
        return Plan((self,)).reborrow(amount, on, **terms)

    def cashflows(self, columns: list[str] | None = None) -> pd.DataFrame:
        """Return every dated event (现金流), to the fen.

        Parameters
        ----------
        columns : list of str, optional
            Which columns, the first twelve of the contract if not given. Fewer are faster.

        Returns
        -------
        DataFrame
            One row per loan per event, ordered by loan, then date: `loan` (number of the scenario),
            `date`, `event`, `days` of interest settled; in yuan `opening` principal, `drawn`,
            `interest`, `penalty`, `fee`, `principal`, `payment` (the sum of these four), `closing`
            principal. On demand `due`, `arrears`, `capitalised`, `waived_interest`,
            `waived_principal`, `status`, and `payoff`, what settles the loan that day.

        Examples
        --------
        >>> import jiebei as jb
        >>> loan = jb.Loan(10_000, daily_rate=0.0004, days=7, method="bullet", start="2026-12-01")
        >>> loan.cashflows(["date", "event", "interest", "closing"])
                date       event  interest  closing
        0 2026-12-01        draw       0.0  10000.0
        1 2026-12-08  instalment      28.0      0.0
        """
        return frame_of(self.flat(), columns)

    def summary(self) -> Summary:
        """Return what the loan comes to, one place a scenario, without building a frame.

        Returns
        -------
        Summary
            Attributes in the shape of the scenarios; see there.
        """
        return summary_of([self.flat()], self.shape)

    def flat(self) -> Flat:
        """Return the terms and the decisions' values of all scenarios in C order."""
        shape = self.shape
        check_range(
            self.terms,
            sum((each.months_more() for each in self.decisions), np.zeros((), np.int64)),
            [each.rate for each in self.decisions if isinstance(each, Extend)],
        )
        terms = {name: flat(each, shape) for name, each in self.terms.items()}
        values = [
            {name: flat(value, shape) for name, value in each.values().items()}
            for each in self.decisions
        ]
        return terms, self.decisions, values

    def __repr__(self) -> str:
        """Show the loan in a line, and its decisions."""
        principal = self.terms["principal"]
        if self.shape:
            what = f"{np.prod(self.shape):,} scenarios of shape {self.shape}"
        else:
            term = f"{self.days} days" if self.months is None else f"{self.months} months"
            what = f"{principal / 100:,.2f} at {self.daily_rate} a day, {term}, {self.method}"
            what += f", from {iso(self.terms['start'])}"
        return f"Loan({what}{''.join(f', {each.name}' for each in self.decisions)})"
