"""The loan as it is today: what was really paid, and what is owed now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, cast

if TYPE_CHECKING:
    from jiebei.loan.loan import Loan
    from jiebei.loan.owed import Owed

__all__ = ["Today"]


class Today:
    """Add what has become of a loan up to a day."""

    def with_history(
        self, paid: Any, as_of: Any = None, *, then: str = "lower", days_ahead: int = 0
    ) -> Self:
        """Say what was really paid until today (实际还款记录); decisions to come go after it.

        Parameters
        ----------
        paid : list of (date, yuan), or DataFrame
            Every payment of this loan, in any order; a frame has the columns `date` and `payment`
            (or `amount`). A third value, or a column `then`, says what an early repayment does to
            the instalments. Rows of 0 yuan are passed over. The fees of the drawdown and of an
            extension and the down payment of a settlement belong to those agreements: leave them
            out (those in a frame of `cashflows()` are passed over).
        as_of : date, or whole days after the drawdown, optional
            Today (截至日); the day of the last payment if not given. Due days before it on which
            too little was paid are missed; one of that very day may still be paid, unless something
            is overdue by then.
        then : {"lower", "shorten"}
            What an early repayment does, where its row does not say.
        days_ahead : int
            A payment of exactly the next instalment, so many days before its due day at most (0 to
            31), counts as paid on it. At 0 all that is paid before a due day is an early repayment,
            which settles its own interest; the instalment still falls due.

        Returns
        -------
        Loan
            The loan with these decisions: `miss` where a due day passed without enough, `pay` what
            went to what was overdue, `pay_extra` what was more than due, or early. Where all was
            paid as agreed it is the loan itself.

        Raises
        ------
        JiebeiError
            For a payment that cannot be: before the drawdown, after `as_of`, when nothing is owed,
            more than is owed, below zero, no date; for several scenarios at once; where what was
            paid is among the decisions of the loan already.

        Notes
        -----
        Agreements (`extend`, `defer`, `reprice`, `coupon`, `restructure`) come first in the chain.
        On a due day the instalment, with what is overdue, comes before anything extra.

        Examples
        --------
        The first instalment was paid in time, the second not, and 2,000 yuan came later:

        >>> import jiebei as jb
        >>> loan = jb.Loan(12_000, daily_rate=0.0004, months=3, start="2026-12-01")
        >>> paid = [("2027-01-01", 4098.01), ("2027-02-11", 2_000)]
        >>> now = loan.with_history(paid, as_of="2027-02-15")
        >>> now
        Loan(12,000.00 at 0.0004 a day, 3 months, equal_instalment, from 2026-12-01, miss, pay)
        >>> now.owed("2027-02-15").total
        6202.99
        """
        from jiebei.loan.history import lived

        return cast("Self", lived(cast("Loan", self), paid, as_of, then, days_ahead))

    def owed(self, on: Any) -> Owed:
        """Return what is owed at the end of a day (今天欠多少), part by part, and since when.

        Parameters
        ----------
        on : date, or whole days after the drawdown
            What is decided after it does not count.

        Returns
        -------
        Owed
            What settles the loan that day, what of it is overdue, and how late it is, counted both
            ways; see there. All zero where the loan is paid off.

        Raises
        ------
        JiebeiError
            For a day before the drawdown; for a loan of several scenarios.

        Examples
        --------
        >>> import jiebei as jb
        >>> loan = jb.Loan(12_000, daily_rate=0.0004, months=3, start="2026-12-01").miss(1, times=2)
        >>> now = loan.owed("2027-02-11")
        >>> now.total, now.overdue, now.penalty, now.days_late
        (12390.24, 8321.42, 125.4, 41)
        """
        from jiebei.loan.owed import owed_on

        return owed_on(cast("Loan", self), on)

    def rest(self, on: Any) -> Self:
        """Return the loan from the last due day that was paid until a day on (余下的借款).

        As if drawn then; what was decided since stays. Tables and pictures begin there.

        Parameters
        ----------
        on : date, or whole days after the drawdown
            Today.

        Returns
        -------
        Loan
            What follows is that of the loan, to the fen; instalments count anew from 1. Where no
            instalment was paid in full until then, the loan itself.

        Raises
        ------
        JiebeiError
            Where nothing is left; where what was agreed before goes on after that due day in a way
            that a loan drawn then cannot have (a coupon that runs); for a loan of several
            scenarios.

        Examples
        --------
        >>> import jiebei as jb
        >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
        >>> loan.rest("2027-03-20")
        Loan(38,155.00 at 0.0004 a day, 9 months, equal_instalment, from 2027-03-01, running)
        >>> print(loan.rest("2027-03-20").summary().payoff_date)
        2027-12-01
        """
        from jiebei.loan.rest import rest_of

        return cast("Self", rest_of(cast("Loan", self), on))
