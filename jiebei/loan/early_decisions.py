"""The decisions of a borrower who pays as agreed or better, as links of a chain."""

from __future__ import annotations

from typing import Self

import numpy as np

from jiebei.engine.book import NO_DUE_DAY
from jiebei.engine.decisions.coupon import Coupon
from jiebei.engine.decisions.early import THEN, PayExtra, Prepay, Settle
from jiebei.engine.decisions.new_terms import KEEP_RATE, Extend, Reprice
from jiebei.engine.relief import NO_LIMIT
from jiebei.language.errors import JiebeiError, refuse
from jiebei.loan.deciding import Deciding
from jiebei.loan.terms import MOST_DAYS, MOST_MONTHS
from jiebei.units.arrays import fit
from jiebei.units.days import MISSING
from jiebei.units.kinds import Choice, Date, Rate, Share, Whole, Yuan
from jiebei.units.reading import choices, money, rate, share, whole_number

__all__ = ["EarlyDecisions"]


class EarlyDecisions(Deciding):
    """Let a loan be repaid early, extended, repriced, or let a coupon lower its interest."""

    def prepay(self, amount: Yuan, on: Date, then: Choice = "lower", loan: int = -1) -> Self:
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

        Notes
        -----
        Instalments are rounded anew: prepaying a few fen may raise interest by a few fen.

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
        day = self._day(on, loan, fen > 0)
        return self._with(Prepay(on=day, amount=fen, then=codes), loan)

    def pay_extra(
        self, amount: Yuan, on: Date, times: Whole = 1, then: Choice = "lower", loan: int = -1
    ) -> Self:
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
        day = self._day(on, loan, fen > 0)
        return self._with(PayExtra(on=day, amount=fen, repeat=repeat, then=codes), loan)

    def settle(self, on: Date, loan: int = -1) -> Self:
        """Pay everything owed that day (提前结清).

        Examples
        --------
        >>> import jiebei as jb
        >>> loan = jb.Loan(10_000, daily_rate=0.0004, months=12, start="2026-12-01")
        >>> loan.settle(on=10).summary().total_paid
        10040.0
        """
        return self._with(Settle(on=self._day(on, loan)), loan)

    def extend(
        self,
        months: Whole = None,
        *,
        on: Date,
        days: Whole = None,
        fee: Yuan = 0.0,
        daily_rate: Rate = None,
        loan: int = -1,
    ) -> Self:
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
            raise JiebeiError("error.extend")
        more = whole_number(0 if months is None else months, "months", 0, MOST_MONTHS)
        more_days = whole_number(0 if days is None else days, "days", 0, MOST_DAYS)
        fit(more, more_days)
        both = (more > 0) & (more_days > 0)
        refuse(both, more_days, "days", "error.extend_both")
        fen = money(fee, "fee", zero=True)
        new_rate = np.int64(KEEP_RATE) if daily_rate is None else rate(daily_rate, "daily_rate")
        day = self._day(on, loan, (more > 0) | (more_days > 0))
        return self._with(
            Extend(on=day, months=more, more_days=more_days, fee=fen, rate=np.asarray(new_rate)),
            loan,
        )

    def reprice(self, daily_rate: Rate, on: Date, loan: int = -1) -> Self:
        """Change the daily rate from a day on (利率调整); the equal instalments are recast.

        Parameters
        ----------
        daily_rate : decimal
            The new one; interest until that day stays at the old one.
        on : date, or whole days after the drawdown
            NaT means not taken. It comes last on its day.

        Notes
        -----
        What is overdue bears a penalty at the new rate from that day. Refused where all has fallen
        due: then `extend` and `restructure` bring a new rate. It ends with the loan: one that is
        repaid before keeps nothing to be charged.

        Examples
        --------
        >>> import jiebei as jb
        >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
        >>> loan.reprice(0.0003, on="2027-03-01").summary().interest
        3437.01
        """
        day = self._day(on, loan)
        return self._with(Reprice(on=day, rate=rate(daily_rate, "daily_rate")), loan)

    def coupon(
        self,
        days: Whole = None,
        off: Share = 1.0,
        on: Date = None,
        *,
        instalments: Whole = None,
        principal: Yuan = None,
        cap: Yuan = None,
        expires: Date = None,
        loan: int = -1,
    ) -> Self:
        """Use an interest-free or discount coupon (免息券, 利率折扣券); it replaces another one.

        Parameters
        ----------
        days : int
            For so many days, 0 (not taken) to 1827; or
        off : decimal
            Share of the interest let off: 1 is free of interest, 0.1 is 10 % off (9 折).
        on : date, or whole days after the drawdown
            First day of the coupon, that of the drawdown if not given.
        instalments : int
            until the due day of so many instalments from the day after (0, not taken, to 60).
        principal : yuan, optional
            Only on so much of the principal (免息额度); a prepayment takes the other part first.
        cap : yuan, optional
            The most that it lets off in all.
        expires : date, optional
            The last day on which it works.

        Notes
        -----
        The principal follows the schedule without the coupon; only the interest paid is lower. The
        discounted rate is kept to 1e-10 a day. In a holiday that waives all interest it lets off
        nothing, and goes on after it; `restructure` ends it. Its last day is fixed when it is
        taken: due days in a holiday agreed later count, those of a holiday already running do not.
        An instalment missed under it keeps its discount; the penalty is at the full rate.

        Examples
        --------
        >>> import jiebei as jb
        >>> loan = jb.Loan(10_000, daily_rate=0.0005, days=14, method="bullet", start="2026-12-01")
        >>> loan.coupon(7).summary().interest
        35.0
        >>> loan.coupon(7, principal=4_000, cap=10).summary().interest
        60.0
        """
        if (days is not None) + (instalments is not None) + (expires is not None) == 0 or (
            days is not None and instalments is not None
        ):
            raise JiebeiError("error.coupon_length")
        length = np.asarray(NO_DUE_DAY)
        if days is not None:
            length = whole_number(days, "days", 0, MOST_DAYS)
        number = np.asarray(0, np.int64)
        if instalments is not None:
            number = whole_number(instalments, "instalments", 0, MOST_MONTHS)
        limit = {
            name: NO_LIMIT if each is None else money(each, name, zero=True)
            for name, each in (("principal", principal), ("cap", cap))
        }
        last = (
            np.asarray(NO_DUE_DAY) if expires is None else self._day(expires, loan, name="expires")
        )
        taken = (length > 0) if instalments is None else (number > 0)
        first = self._drawdown(loan) if on is None else on
        limited = Coupon(
            on=self._day(first, loan, taken),
            length=length,
            instalments=number,
            expires=np.where(last == MISSING, NO_DUE_DAY, last),
            off=share(off, "off"),
            principal=np.asarray(limit["principal"]),
            cap=np.asarray(limit["cap"]),
        )
        return self._with(limited, loan)
