"""The state pays a part of the interest (财政贴息): the rule, and a loan with it."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from jiebei.life.rules.facts import facts
from jiebei.loan.loan import Loan
from jiebei.units.days import MISSING, as_days
from jiebei.units.reading import rate, share
from jiebei.value.worth import DAYS_A_YEAR

__all__ = ["Subsidy", "let_off", "subsidised", "subsidy"]


class Subsidy(NamedTuple):
    """The rule: points a year, at most a share of the rate and so many yuan, for some time."""

    points: float  # a year, a decimal
    highest_share: float  # of the contract rate
    cap: float  # yuan a borrower, institution and year
    first: np.datetime64  # day of spending
    last: np.datetime64


def subsidy() -> Subsidy:
    """Look up the subsidy on consumer loans (个人消费贷款财政贴息) in `data/legal_lines.csv`.

    Examples
    --------
    >>> rule = subsidy()
    >>> rule.points, rule.highest_share, rule.cap, str(rule.last)
    (0.01, 0.5, 3000.0, '2026-12-31')
    """
    lines: Any = facts("legal_lines").set_index("line")
    row = lines.loc["interest subsidy"]
    first, last = (np.datetime64(row[each], "D") for each in ("from", "until"))
    most = float(lines.loc["interest subsidy, most", "value"])
    cap = float(lines.loc["interest subsidy, cap", "value"])
    return Subsidy(float(row["value"]), most, cap, first, last)


def let_off(daily_rate: Any) -> Any:
    """Return the share of the interest that the subsidy pays (贴息占利息的比例).

    Parameters
    ----------
    daily_rate : decimal or array

    Returns
    -------
    float or array
        1 percentage point a year over the contract rate, at most half; half at rate zero, of
        nothing.

    Examples
    --------
    At 14.6 % a year a fifteenth of the interest; below 2 % a year it is half.

    >>> print(let_off(0.0004).round(6), let_off([0.00002, 0.0]))
    0.068493 [0.5 0.5]

    Notes
    -----
    min(0.01 / 365 / daily rate, 0.5). Source: 财金〔2025〕80号, 财金〔2026〕1号.
    """
    rate(daily_rate, "daily_rate")
    rule, daily = subsidy(), np.asarray(daily_rate, float)
    with np.errstate(divide="ignore"):
        return np.minimum(rule.points / DAYS_A_YEAR / daily, rule.highest_share)[()]


def subsidised(loan: Loan, spent: Any = 1.0, left: Any = None) -> Loan:
    """Return the loan with the subsidy (贴息) on the part of it that is seen to be spent.

    Parameters
    ----------
    loan : Loan
    spent : decimal
        Share of the principal that the lender can see spent on consumption, 0 to 1.
    left : yuan, optional
        What is left of the yearly cap; all of it if not given.

    Returns
    -------
    Loan
        Unchanged where it is drawn outside the time of the rule, or nothing is spent.

    Notes
    -----
    Written as a coupon, so it replaces another one, and what is repaid takes the other part first.
    That the interest of days after the last day of the rule is not subsidised is an assumption;
    see `data/assumptions.csv`.

    Examples
    --------
    10,000 yuan for the 30 days from 2026-12-01, at 0.04 % a day, cost 120 yuan without.

    >>> loan = Loan(10_000, daily_rate=0.0004, days=30, method="bullet", start="2026-12-01")
    >>> subsidised(loan).summary().interest, subsidised(loan, spent=0.5).summary().interest
    (111.78, 115.89)
    """
    share(spent, "spent")
    rule = subsidy()
    start = loan.terms["start"]
    first, last = (int(as_days(each, "on")[0]) for each in (rule.first, rule.last))
    taken = (np.asarray(spent) > 0) & (start >= first) & (start <= last)
    return loan.coupon(
        off=let_off(loan.daily_rate),
        on=np.where(taken, start, MISSING).astype("M8[D]"),
        principal=np.rint(loan.terms["principal"] * np.asarray(spent)) / 100,
        cap=rule.cap if left is None else left,
        expires=np.where(taken, last, MISSING).astype("M8[D]"),
    )
