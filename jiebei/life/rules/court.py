"""What a loan has cost by a day, against what courts leave a lender: 24 % a year in all."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from jiebei.language.errors import refuse
from jiebei.life.rules.facts import facts
from jiebei.loan.history import until
from jiebei.loan.loan import Loan
from jiebei.loan.summary import Summary
from jiebei.units.days import MISSING, Ints, as_days
from jiebei.units.fen import RATE_SCALE, divided
from jiebei.units.reading import share
from jiebei.value.worth import DAYS_A_YEAR

__all__ = ["Charged", "all_in", "judicial_line", "settled", "simple_rate"]

_FINER = 10_000  # the line is kept to 1e-6 a year, so that fen x days x line stays within int64


class Charged(NamedTuple):
    """What was charged, in yuan, against a line; in the shape of the scenarios.

    Attributes
    ----------
    charged : yuan
        Interest, penalty and fees, paid or still owed.
    allowed : yuan
        What the line allows on the principal outstanding, half up to the fen.
    excess : yuan
        What is charged above it, 0 if nothing is.
    rate : decimal
        charged as a simple rate a year on the principal outstanding; NaN where none was.
    """

    charged: Any
    allowed: Any
    excess: Any
    rate: Any


def judicial_line() -> float:
    """Return the line above which courts cut what licensed lenders charge (年利率24%).

    Examples
    --------
    >>> judicial_line()
    0.24
    """
    lines = facts("legal_lines").set_index("line")
    found: Any = lines.loc["judicial line", "value"]
    return float(found)


def simple_rate(loan: Loan) -> Any:
    """Return all that a loan costs as a simple rate a year on the principal owed (单利年化).

    This is what is held against the 24 % line, everywhere in the suite; the effective rate
    (`loan.summary().effective_rate`), which adds interest on interest, stands beside it.

    Returns
    -------
    decimal
        In the shape of the scenarios; NaN where nothing was owed.

    Notes
    -----
    rate = (interest + penalty + fees) x 365 / sum of (principal owed x days). A fee taken at the
    drawdown counts in full, and does not lessen the principal owed. Source: a judgment that takes
    the principal owed as base, at 24 % a year for the time owed, named with 法发〔2017〕22号 in
    `data/legal_lines.csv`.

    Examples
    --------
    10,000 yuan for 31 days at 0.04 % a day cost 124 yuan; with a fee of 100 that is 224 on
    310,000 yuan x days.

    >>> from jiebei.loan.loan import Loan
    >>> terms = {"daily_rate": 0.0004, "months": 1, "method": "bullet", "start": "2026-12-01"}
    >>> print(simple_rate(Loan(10_000, **terms)))
    0.146
    >>> print(round(simple_rate(Loan(10_000, **terms, drawdown_fee=100)), 6))
    0.263742
    """
    rate = _yearly(*_so_far(loan.summary()))
    return rate if np.ndim(rate) else float(rate)


def settled(loan: Loan, on: Any) -> Loan:
    """Return the loan as if all that is owed were paid on a day (截至某日).

    A loan that is paid off by then stays as it is.

    Parameters
    ----------
    loan : Loan
        With its decisions up to that day.
    on : date, or whole days after the drawdown
        NaT leaves the loan as it is.

    Examples
    --------
    >>> from jiebei.loan.loan import Loan
    >>> loan = Loan(12_000, daily_rate=0.0004, months=3, start="2026-12-01")
    >>> settled(loan, ["2027-02-01", "2027-06-01"]).summary().interest
    array([248.63, 294.02])
    """
    day, ended = _days(loan, on), loan.summary().payoff_date
    as_dates = np.where(day == MISSING, np.datetime64("NaT"), day.astype("M8[D]"))
    return loan.settle(on=np.where(ended <= as_dates, np.datetime64("NaT"), as_dates))


def all_in(loan: Loan, on: Any, *, since: Any = None, line: Any = None) -> Charged:
    """Hold all that a loan charges by a day against a line (综合成本对照24%).

    Parameters
    ----------
    loan : Loan
        With its decisions up to that day; `loan.miss(3, times=120)` for one not paid any more.
    on : date, or whole days after the drawdown
        Up to which day; that day itself bears no interest.
    since : date, or whole days after the drawdown, optional
        What was charged before, or had run up by then, and the principal held before do not
        count; the drawdown if not given.
    line : decimal, optional
        A simple rate a year, 0 to 1; `judicial_line` if not given.

    Raises
    ------
    JiebeiError
        For a day before `since`, or a line that is no share.

    Notes
    -----
    charged(t) = interest, penalty and fees that a borrower has paid in all who settles on day t:
    what was paid before, and what is owed on t beyond the principal.
    allowed(t) = line / 365 x sum of (principal owed x days up to t), the principal that is overdue
    included. With `since`, both are taken as of t less as of that day. excess = charged - allowed,
    0 if that is negative. Source: 法发〔2017〕22号 in `data/legal_lines.csv`. From which day on a
    court counts is not said there: compare `since` the drawdown and since the first day overdue.

    Examples
    --------
    At 0.06 % a day the penalty is 32.85 % a year. Nothing is paid for a year after the drawdown:

    >>> from jiebei.loan.loan import Loan
    >>> loan = Loan(10_000, daily_rate=0.0006, months=1, method="bullet", start="2026-12-01")
    >>> found = all_in(loan.miss(1), on="2027-12-01", since="2027-01-01")
    >>> found.charged, found.allowed, found.excess, round(found.rate, 4)
    (3061.91, 2196.16, 865.75, 0.3346)
    """
    drawn = loan.terms["start"]
    day, first = _days(loan, on), drawn if since is None else _days(loan, since)
    early = (day < first) & (day != MISSING)
    refuse(early, np.asarray(day).astype("M8[D]"), "on", "error.court.since")
    yearly = share(judicial_line() if line is None else line, "line") // _FINER
    charged, held = _so_far(settled(loan, day.astype("M8[D]")).summary())
    if since is not None:
        one = not loan.shape and not np.ndim(first)  # what was paid later is not yet known then
        then = until(loan, int(first)) if one else loan
        before, held_before = _so_far(settled(then, first.astype("M8[D]")).summary())
        charged, held = charged - before, held - held_before
    year = DAYS_A_YEAR * (RATE_SCALE // _FINER)
    allowed = divided(held * yearly, year)
    rate = _yearly(charged, held)
    excess = np.maximum(charged - allowed, 0)
    found = [*(np.divide(each, 100) for each in (charged, allowed, excess)), rate]
    return Charged(*(each if np.ndim(each) else float(each) for each in found))


def _days(loan: Loan, on: Any) -> Ints:
    """Return a day as days since 1970, MISSING for none."""
    days, after_drawdown = as_days(on, "on")
    missing = days == MISSING
    return np.where(missing, MISSING, days + loan.terms["start"]) if after_drawdown else days


def _yearly(charged: Ints, held: Ints) -> Any:
    """Return what is charged as a simple rate a year on the principal held; NaN on none."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(held > 0, charged * DAYS_A_YEAR / held, np.nan)


def _so_far(total: Summary) -> tuple[Ints, Ints]:
    """Return what was charged in fen, and the principal held in fen x days."""
    charged = np.rint(np.multiply(total.interest + total.penalty + total.fee, 100))
    return charged.astype(np.int64), np.rint(np.multiply(total.yuan_days, 100)).astype(np.int64)
