"""The decisions when money does not come, and what is then agreed on, as links of a chain."""

from __future__ import annotations

from typing import Any, Self

import numpy as np

from jiebei.engine.decisions.late import Miss, Pay, PayLate
from jiebei.engine.decisions.new_terms import INTEREST, KEEP_RATE, Defer
from jiebei.engine.decisions.restructure import Restructure
from jiebei.language.errors import JiebeiError, refuse
from jiebei.loan.deciding import Deciding
from jiebei.loan.terms import MOST_DAYS, MOST_DAYS_LATE, MOST_MONTHS
from jiebei.units.arrays import fit
from jiebei.units.days import MISSING, Ints
from jiebei.units.kinds import Date, Rate, Share, Whole, Yuan
from jiebei.units.reading import choices, money, rate, share, whole_number

__all__ = ["LateDecisions"]


class LateDecisions(Deciding):
    """Add what happens to a loan that is not paid on time."""

    def miss(self, instalment: Whole, times: Whole = 1, loan: int = -1) -> Self:
        """Leave an instalment unpaid (逾期未还); the next one that is paid collects it.

        Parameters
        ----------
        instalment : int
            Its number, 1 for the first; 0 means not taken.
        times : int
            So many in a row, 1 to 120; it stops with the loan, and with a new plan (`restructure`).

        Notes
        -----
        Only instalments that fall due have numbers: a due day let pass in a holiday has none. They
        go on through a new plan; one agreed on a due day takes the place of that instalment.

        What is overdue bears the penalty rate, daily_rate x penalty_multiple, for each day: on
        overdue principal in place of contract interest, and on overdue interest as agreed
        (`penalty_on`). It is rounded half up to the fen when it is paid.

        Examples
        --------
        >>> import jiebei as jb
        >>> loan = jb.Loan(12_000, daily_rate=0.0004, months=3, start="2026-12-01")
        >>> late = loan.miss(1)
        >>> late.cashflows(["date", "event", "penalty", "payment", "arrears"])
                date       event  penalty  payment  arrears
        0 2026-12-01        draw     0.00     0.00     0.00
        1 2027-01-01      missed     0.00     0.00  4098.01
        2 2027-02-01  instalment    76.22  8272.24     0.00
        3 2027-03-01  instalment     0.00  4098.00     0.00
        """
        number, day = self._instalment(instalment)
        repeat = whole_number(times, "times", 1, 2 * MOST_MONTHS)
        return self._with(Miss(on=day, instalment=number, times=repeat), loan)

    def pay_late(self, instalment: Whole, days: Whole, loan: int = -1) -> Self:
        """Pay nothing from an instalment on, and all that is overdue so many days later (晚还).

        Parameters
        ----------
        instalment : int
            Its number, 1 for the first; 0 means not taken.
        days : int
            Days late, 0 (not taken) to 3650. Instalments that fall due in between are missed too.

        Examples
        --------
        >>> import jiebei as jb
        >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
        >>> loan.pay_late(3, days=[0, 1, 7, 90]).summary().penalty
        array([  0.  ,   2.7 ,  18.91, 480.93])
        """
        number, day = self._instalment(instalment)
        later = whole_number(days, "days", 0, MOST_DAYS_LATE)
        fit(day, later)
        day = np.where(later > 0, day, MISSING)
        return self._with(PayLate(on=day, instalment=number, days=later), loan)

    def _instalment(self, value: Any) -> tuple[Ints, Ints]:
        """Return the number of an instalment, and MISSING where the decision is not taken."""
        number = whole_number(value, "instalment", 0, 10 * MOST_MONTHS)
        return number, np.where(number > 0, 0, MISSING)

    def pay(self, amount: Yuan, on: Date, loan: int = -1) -> Self:
        """Pay a sum towards what is overdue (还一部分欠款); it stops at that.

        Parameters
        ----------
        amount : yuan
            Cash; 0 means not taken. It goes to the oldest instalment, in it to penalty, fee,
            interest, principal, then to the next, or as agreed (`payment_order`,
            `payment_spread`). An instalment is paid in full when nothing of it is left.
        on : date, or whole days after the drawdown
            Refused if nothing is overdue that day.

        Examples
        --------
        >>> import jiebei as jb
        >>> loan = jb.Loan(12_000, daily_rate=0.0004, months=3, start="2026-12-01")
        >>> late = loan.miss(1).pay(2_000, on="2027-01-11")
        >>> late.cashflows(["date", "event", "penalty", "interest", "principal", "arrears"])[1:3]
                date         event  penalty  interest  principal  arrears
        1 2027-01-01        missed     0.00       0.0       0.00  4098.01
        2 2027-01-11  late payment    24.59     148.8    1826.61  2122.60
        """
        fen = money(amount, "amount", zero=True)
        return self._with(Pay(on=self._day(on, loan, fen > 0), amount=fen), loan)

    def defer(
        self,
        months: Whole = None,
        *,
        on: Date,
        days: Whole = None,
        interest: Any = "paid",
        loan: int = -1,
    ) -> Self:
        """Pay no principal for a while (宽限期, 延期还本); the plan goes on later.

        Parameters
        ----------
        months : int
            For so many due days from then on, 0 (not taken) to 60; or
        on : date, or whole days after the drawdown
            0 or the day of the drawdown for grace at the start. A due date that day is the first.
        days : int
            for so many days, 0 (not taken) to 1827; all due days are so much later then.
        interest : {"paid", "billed", "capitalised", "waived"}
            On the due days as always, in one sum with the first instalment afterwards, added to
            the principal when the holiday ends, or let off.

        Notes
        -----
        Interest run up before the holiday goes the same way, but is not waived. Instalments are
        worked out anew at its end. Where nothing is paid in it, what is overdue waits, and so does
        a fee with each instalment; with interest paid, the next due day collects what is overdue.
        What a waived holiday lets off uses up no coupon; one that runs goes on after it.

        Examples
        --------
        >>> import jiebei as jb
        >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
        >>> for interest in ("paid", "billed", "capitalised", "waived"):
        ...     print(interest, loan.defer(3, on=0, interest=interest).summary().interest)
        paid 5865.38
        billed 5865.38
        capitalised 6011.76
        waived 4065.38
        """
        if months is None and days is None:
            raise JiebeiError("error.defer")
        more = whole_number(0 if months is None else months, "months", 0, MOST_MONTHS)
        more_days = whole_number(0 if days is None else days, "days", 0, MOST_DAYS)
        kind = choices(interest, "interest", INTEREST)
        fit(more, more_days, kind)
        refuse((more > 0) & (more_days > 0), more_days, "days", "error.defer_both")
        refuse((more_days > 0) & (kind == 0), more_days, "days", "error.defer_paid")
        day = self._day(on, loan, (more > 0) | (more_days > 0))
        return self._with(Defer(on=day, months=more, more_days=more_days, interest=kind), loan)

    def restructure(
        self,
        months: Whole,
        *,
        on: Date,
        daily_rate: Rate = None,
        waive: Share = 0.0,
        waive_interest: Share = 0.0,
        haircut: Share = 0.0,
        down: Yuan = 0.0,
        loan: int = -1,
    ) -> Self:
        """Agree on a new plan for all that is owed (协商还款), counted from that day.

        Parameters
        ----------
        months : int
            Equal instalments from then on, 1 to 60; 0 means that all that is left is paid that day.
        on : date, or whole days after the drawdown
            NaT means not taken. It ends a holiday and a coupon, and comes before an instalment.
        daily_rate : decimal, optional
            The new rate, 0 for none (停息); as before if not given.
        waive, waive_interest, haircut : decimal
            Shares of the penalty, of the interest run up, and of the principal that are let off.
        down : yuan
            Paid at once, in the order of payment; what is then left of penalty, fees and interest
            is added to the principal.

        Notes
        -----
        Nobody is entitled to it: it is what lender and borrower agree on. The penalty follows the
        new rate: at 0 an instalment missed later bears none.

        Examples
        --------
        >>> import jiebei as jb
        >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
        >>> offer = loan.miss(3, times=3).restructure(36, on="2027-06-01", daily_rate=0.0, waive=1)
        >>> offer.summary().largest_payment, offer.summary().waived
        (4503.11, 497.14)
        """
        number = whole_number(months, "months", 0, MOST_MONTHS)
        shares = {
            name: share(each, name)
            for name, each in (
                ("waive", waive),
                ("waive_interest", waive_interest),
                ("haircut", haircut),
            )
        }
        cash = money(down, "down", zero=True)
        fit(number, cash)
        refuse((number == 0) & (cash > 0), cash / 100, "down", "error.down_at_once")
        new_rate = np.int64(KEEP_RATE) if daily_rate is None else rate(daily_rate, "daily_rate")
        day = self._day(on, loan)
        return self._with(
            Restructure(on=day, months=number, rate=np.asarray(new_rate), down=cash, **shares),
            loan,
        )
