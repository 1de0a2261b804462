"""What a published figure would be by one convention after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from jiebei.life.rules.facts import latest_lpr
from jiebei.loan.loan import Loan
from jiebei.loan.terms import MOST_MONTHS
from jiebei.value.rates import annual_rate, nominal_to_effective, periodic_rate
from jiebei.value.worth import BANK_YEAR, DAYS_A_YEAR, future_value

__all__ = ["FORGOTTEN", "tries"]

YEARS = (DAYS_A_YEAR, BANK_YEAR)
START = "2026-01-01"  # where a page names no day
FORGOTTEN = "last_loan"  # a reckoning that gives a published figure, and is wrong
Tries = Iterator[tuple[str, float]]  # a convention, and what it gives


def tries(row: Any) -> list[tuple[str, float]]:
    """Compute a published figure by every convention that applies, the usual one first.

    Examples
    --------
    >>> from jiebei.life.rules.facts import facts
    >>> first = next(facts("published_examples").itertuples())
    >>> first.published, tries(first)
    (50.0, [('actual', 45.0), ('both_ends', 50.0)])

    Parameters
    ----------
    row : row of `jiebei.facts("published_examples")`
    """
    return list(TRIES[row.method](row))


def _given(row: Any, name: str, otherwise: float = np.nan) -> float:
    """Read name=value from what else the page says."""
    found = re.search(rf"(?:^|; ){re.escape(name)}=([\d.]+)", str(row.other_inputs))
    return float(found[1]) if found else otherwise


def _daily(row: Any, year: int = BANK_YEAR) -> float:
    """Return the rate a day, of a year of so many days or of a month of 30."""
    if not np.isnan(row.daily_rate):
        return float(row.daily_rate)
    if not np.isnan(row.monthly_rate):
        return float(row.monthly_rate) / 30
    return float(row.annual_rate) / year


def _dates(row: Any) -> tuple[str, str] | None:
    """Return the days of drawdown and repayment, if the page names them."""
    found = re.search(r"drawn (\d\d-\d\d); repaid (\d\d-\d\d)", str(row.other_inputs))
    return (f"2026-{found[1]}", f"2026-{found[2]}") if found else None


def _single(row: Any, daily_rate: float, day_count: str = "actual") -> Loan:
    """Return the loan repaid once, on the day that the page names or after its days."""
    dates = _dates(row)
    start, days = START, row.days
    if dates is not None:
        start, days = dates[0], (np.datetime64(dates[1]) - np.datetime64(dates[0])).astype(np.int64)
    loan = Loan(
        10_000 if np.isnan(row.principal) else row.principal,
        daily_rate=daily_rate,
        days=max(int(days), 1),
        method="bullet",
        start=start,
        day_count=day_count,
    )
    return loan if days else loan.settle(on=0)


def _interest(row: Any) -> Tries:
    counts = ("actual", "both_ends") if _dates(row) else ("actual",)
    total = "total_paid" if row.method.endswith("principal") else "interest"
    if row.figure == "penalty":
        for times in (1.5, 1.0):
            value = _single(row, times * _daily(row)).summary().interest
            yield f"penalty_{times:.1f}", value
        return
    for count in counts:
        for year in YEARS if np.isnan(row.daily_rate) else (DAYS_A_YEAR,):
            convention = count if not np.isnan(row.daily_rate) else f"year_{year}"
            yield convention, getattr(_single(row, _daily(row, year), count).summary(), total)


def _days(row: Any) -> Tries:
    """Count the days that interest is charged for, by what the loan costs a day."""
    free = int(_given(row, "free days", 0))
    for count in ("actual",) if free else ("actual", "both_ends"):
        loan = _single(row, 0.0001, count).coupon(free)
        yield "coupon" if free else count, loan.summary().interest / (0.0001 * loan.principal)


def _schedule(row: Any) -> Tries:
    """Compute one figure of a schedule: by months of 30 days, by real days, unrounded, cut off."""
    daily = np.isnan(row.annual_rate)
    if row.periods <= MOST_MONTHS:
        for day_count, year in (("thirty", BANK_YEAR), *(("actual", year) for year in YEARS)):
            loan = Loan(
                row.principal,
                daily_rate=_daily(row, year),
                months=int(row.periods),
                method=row.method,
                start=START,
                day_count=day_count,
            )
            flows = loan.cashflows(["interest", "principal", "payment"]).iloc[1:]
            if day_count == "thirty":
                yield "thirty" if daily else "twelfth", _pick(row, flows)
            elif year == DAYS_A_YEAR or not daily:
                yield "actual" if daily else f"year_{year}", _pick(row, flows)
    for rounding in ("unrounded", "cut", "tenth"):
        yield rounding, _pick(row, _plain(row, rounding))


def _plain(row: Any, rounding: str) -> pd.DataFrame:
    """Return the schedule of the textbook: months of 30 days, at most the instalment rounded."""
    rate, periods = 30 * _daily(row), int(row.periods)
    if row.method == "equal_principal":
        principal = np.full(periods, row.principal / periods)
        interest = rate * (row.principal - principal.cumsum() + principal)
    else:
        level = row.principal * rate / -np.expm1(-periods * np.log1p(rate))
        level = {"cut": np.floor(level * 100) / 100, "tenth": round(level, 1)}.get(rounding, level)
        if row.method == "interest_only":
            level = row.principal * rate
        growth = (1 + rate) ** np.arange(periods, dtype=np.int64)
        interest = rate * (row.principal * growth - level * (growth - 1) / rate)
        principal = level - interest
    if row.method == "interest_only":
        principal = np.append(np.zeros(periods - 1), row.principal)
    if rounding == "tenth":
        interest, principal = interest.round(1), principal.round(1)
    payment = interest + principal
    return pd.DataFrame({"interest": interest, "principal": principal, "payment": payment})


def _pick(row: Any, flows: pd.DataFrame) -> float:
    """Return the figure that the page names from a schedule."""
    kind, _, which = row.figure.partition(" ")
    match kind:
        case "instalment":
            return float(flows["payment"].iloc[0])
        case "total":
            return float(flows["payment" if which == "paid" else "interest"].sum())
        case "last":
            return float(flows["payment"].iloc[-1])
    return float(flows[kind].iloc[int(which) - 1])


def _settled(row: Any) -> Tries:
    """Settle equal principal some days after the first instalment."""
    loan = Loan(
        row.principal,
        daily_rate=row.daily_rate,
        months=int(row.periods),
        method="equal_principal",
        start=START,
        day_count="thirty",
    )
    first = loan.cashflows(["date"])["date"].iloc[1]
    settled = loan.settle(on=first + pd.Timedelta(days=int(row.days) - 30))
    yield "thirty", settled.summary().interest


def _quoted(row: Any) -> Tries:
    for year in YEARS:
        yield f"times_{year}", 100 * annual_rate(row.daily_rate, year)


def _fitted(row: Any) -> Tries:
    """Find the rate that fits the instalments."""
    payment = _given(row, "instalment")
    if np.isnan(payment):
        payment = next(
            iter(_schedule(row._replace(method="equal_instalment", figure="instalment")))
        )[1]
    payments = np.full(int(row.periods), payment)
    payments[0] = _given(row, "first instalment", payment)
    monthly = periodic_rate([row.principal - _given(row, "fee at the start", 0.0), *-payments])
    tries = {
        "monthly": ("irr", monthly),
        "nominal": ("irr_12", 12 * monthly),
        "effective": ("irr_effective", nominal_to_effective(12 * monthly)),
    }
    convention, rate = tries[row.figure.split()[0]]
    yield convention, 100 * float(rate)


def _rollover(row: Any) -> Tries:
    """Borrow each instalment again over as many months: what is borrowed, what is left to pay."""
    terms: dict[str, Any] = {"daily_rate": _daily(row), "months": int(row.periods)}
    loans: list[float] = [row.principal]
    instalments: list[float] = []
    for _ in range(int(row.periods) + 1):
        loan = Loan(loans[-1], **terms, start=START, day_count="thirty")
        instalments.append(loan.summary().instalment)
        loans.append(round(sum(instalments), 2))
    if row.figure.startswith("new loan"):
        yield "rollover", loans[int(row.figure.split()[-1])]
        return
    left = [not_due * each for not_due, each in enumerate(instalments)]
    yield "rollover", sum(left)
    yield FORGOTTEN, sum(left[:-1])


def _compound(row: Any) -> Tries:
    years = _given(row, "years")
    for name, rate in (
        ("yearly", row.annual_rate),
        ("each_month", nominal_to_effective(row.annual_rate)),
    ):
        yield name, float(future_value(([0], [row.principal]), rate, at=DAYS_A_YEAR * years)[0])


def _product(row: Any) -> Tries:
    """Multiply, add or divide: nothing that a loan is needed for."""
    match row.method:
        case "annual interest":
            yield "product", row.principal * row.annual_rate
        case "amount at the cap":
            yield "product", _given(row, "cap") / row.annual_rate
        case "simple annual rate":
            for year in YEARS:
                share = _given(row, "interest") / row.principal
                yield f"times_{year}", 100 * share * year / row.days
        case "sum of the instalments":
            rest = (row.periods - 1) * _given(row, "instalment")
            yield "product", _given(row, "first instalment") + rest
        case "4 x LPR":
            yield "product", 400 * latest_lpr(row.source_date).rate


TRIES = {
    "daily interest": _interest,
    "daily interest and principal": _interest,
    "days": _days,
    "equal_instalment": _schedule,
    "equal_principal": _schedule,
    "interest_only": _schedule,
    "two stretches": _settled,
    "quoted rate": _quoted,
    "rate of the instalment": _fitted,
    "borrowing to repay": _rollover,
    "compound": _compound,
    "annual interest": _product,
    "amount at the cap": _product,
    "simple annual rate": _product,
    "sum of the instalments": _product,
    "4 x LPR": _product,
}
