"""A loan as it is on the day of the question: its rates, what is behind it, and what is ahead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jiebei.compare.goals import day_of
from jiebei.language.errors import JiebeiError
from jiebei.language.words import Words
from jiebei.loan.loan import Loan
from jiebei.notebook import parameters
from jiebei.notebook.fit import Fit, again, due_days, repayment
from jiebei.units.days import Ints, iso, one_day
from jiebei.units.fen import RATE_SCALE
from jiebei.units.reading import rate

__all__ = ["SoFar", "decided", "rate_on", "repriced", "so_far"]


@dataclass(frozen=True)
class SoFar:
    """Hold a loan as it is today.

    Attributes
    ----------
    whole : Loan
        With all that was paid.
    ahead : Loan
        From the last due day that was paid on; the whole, where none is behind.
    today : str
        The day of the question, such as "2027-03-20".
    """

    whole: Loan
    ahead: Loan
    today: str

    def refuse_before(self, name: str, day: Any) -> None:
        """Refuse a decision on a day that is past, under the name of its parameter."""
        if day_of(self.whole, day) < one_day(self.today, "as_of"):
            raise JiebeiError("error.past", name=name, day=day, today=self.today)

    def fit_day(self, mine: Fit, name: str) -> Fit:
        """Keep a day from today on, or take one; what is typed and past is refused by its name."""
        if mine.own(name) and self.is_underway:
            self.refuse_before(name, getattr(mine, name))
        return mine.day(name, self.ahead, first=self.today)

    def tell_late(self, mine: Fit, ahead: Loan, dues: Ints) -> Fit:
        """Say which day an instalment that is late has, where they count from what is left."""
        number = int(mine.late_instalment)
        if int(ahead.terms["start"]) == int(self.whole.terms["start"]) or not number:
            return mine
        first = int((due_days(self.whole) < dues[0]).sum())
        shown = {"n": number, "k": first + number, "on": iso(dues[number - 1])}
        return mine.leave_out(Words("fit.instalment", **shown))

    @property
    def behind(self) -> int:
        """Return how many due days of the whole are behind what is ahead."""
        return int((due_days(self.whole) <= int(self.ahead.terms["start"])).sum())

    @property
    def is_underway(self) -> bool:
        """Tell whether today is later than the drawdown."""
        return one_day(self.today, "as_of") > int(self.whole.terms["start"])

    def refuse_late(self) -> None:
        """Refuse what can only be asked once nothing is overdue."""
        owed = self.whole.owed(self.today)
        if owed.overdue:
            shown = {"since": iso(owed.since.astype("i8")), "amount": owed.overdue}
            raise JiebeiError("error.overdue_first", today=self.today, **shown)


def repriced(loan: Loan, new_rates: Mapping[str, float]) -> Loan:
    """Let other daily rates run from certain days on (利率会变).

    Parameters
    ----------
    loan : Loan
        From its drawdown, as agreed.
    new_rates : dict of date to decimal
        A day. Where a loan is repaid before, the rate does not matter any more.

    Raises
    ------
    JiebeiError
        For a day on which the loan does not run, or a rate that is none.

    Examples
    --------
    >>> loan = Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> repriced(loan, {"2027-03-01": 0.0003}).summary().interest
    3437.01
    """
    for day in sorted(new_rates, key=lambda each: one_day(each, "new_rates")):
        parameters.day_in_life(loan, day, "new_rates")
        rate(new_rates[day], f'new_rates["{day}"]')
        loan = loan.reprice(new_rates[day], on=day)
    return loan


def rate_on(loan: Loan, on: Any) -> float:
    """Return the daily rate of a loan at the end of a day.

    Examples
    --------
    >>> loan = Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> rate_on(loan.reprice(0.0003, on="2027-03-01"), "2027-06-01")
    0.0003
    """
    day = day_of(loan, on)
    known = [each.values() for each in loan.decisions if each.name == "reprice"]
    behind = [int(each["rate"]) for each in known if each["on"] <= day]
    return float(behind[-1] / RATE_SCALE) if behind else float(loan.daily_rate)


def so_far(loan: Loan, paid: Mapping[Any, Any], as_of: str) -> SoFar:
    """Return a loan as it is on a day, by what was paid until then.

    Parameters
    ----------
    loan : Loan
        From its drawdown, as agreed.
    paid : dict of date to yuan
        Every payment so far; all as agreed, if empty.
    as_of : date or ""
        Today; "" for the day of the last payment, or the drawdown where there is none.

    Examples
    --------
    >>> loan = Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> so_far(loan, {}, "2027-03-20").ahead
    Loan(38,155.00 at 0.0004 a day, 9 months, equal_instalment, from 2027-03-01, running)
    >>> so_far(loan, {"2027-01-01": 9_000}, "").today
    '2027-01-01'
    """
    whole = loan.with_history(paid, as_of or None) if paid else loan
    days = [as_of] if as_of else list(paid) or [loan.start]
    drawn = int(loan.terms["start"])
    today = max(one_day(each, "as_of", since=drawn) for each in days)
    ahead = whole.rest(iso(today)) if paid or as_of else whole
    return SoFar(whole, ahead, iso(today))


def decided(now: SoFar, mine: Fit) -> Fit:
    """Fit a repayment and what is borrowed again to the loan as it is today.

    Examples
    --------
    >>> loan = Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> cell = {"repay_amount": 20_000, "repay_on": "2027-03-01", "reborrow_amount": 20_000}
    >>> cell |= {"reborrow_on": "2027-06-01", "reborrow_months": 6}
    >>> from jiebei.notebook.fit import begin
    >>> mine = decided(so_far(loan, {}, "2027-06-20"), begin(cell, cell))
    >>> mine.repay_amount, mine.repay_on, mine.reborrow_on
    (5000, '2027-09-01', '2027-10-01')
    """
    now.refuse_late()
    if now.is_underway:
        for name in ("repay_on", "reborrow_on"):
            if mine.own(name):
                now.refuse_before(name, getattr(mine, name))
    mine = repayment(mine, now.ahead, now.today)
    return again(mine, now.ahead, now.today, float(now.whole.principal))
