"""How late the loans are at the end of each month: days past due, buckets, grades."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from jiebei.language.errors import JiebeiError, nearest
from jiebei.life.rules.facts import facts
from jiebei.loan.loan import Loan
from jiebei.units.days import MISSING, Ints, as_days, due_date, month_of, one_day

__all__ = [
    "BUCKETS",
    "LOSS",
    "PAID",
    "Ends",
    "bucket_of",
    "ends_of",
    "grade_table",
    "grades",
    "month_ends",
    "rows_of",
]

BUCKETS = ("M0", "M1", "M2", "M3", "M4", "M5", "M6", "M6+", "paid")
LOSS, PAID = BUCKETS.index("M6+"), BUCKETS.index("paid")
NON_ACCRUAL_AFTER = 90  # days past due
ROWS = ["loan", "date", "days_late", "payment", "closing", "arrears"]


class Ends(NamedTuple):
    """Loans at the ends of months, one place a loan and month; money in fen.

    Attributes
    ----------
    loan, month : number of the loan, and of the month since January 1970
    age : months since that of the drawdown
    owed : principal
    arrears : due and unpaid, with the penalty up to the last event
    days : past due, of the oldest instalment that is not paid in full
    bucket : place in `BUCKETS`
    """

    loan: Ints
    month: Ints
    age: Ints
    owed: Ints
    arrears: Ints
    days: Ints
    bucket: npt.NDArray[np.int8]


def bucket_of(days: Any) -> npt.NDArray[np.int8]:
    """Return the bucket of so many days past due: M0 for none, M1 for 1 to 30, ... M6+ over 180.

    Examples
    --------
    >>> [BUCKETS[each] for each in bucket_of([0, 1, 30, 31, 90, 91, 180, 181, 2_000])]
    ['M0', 'M1', 'M1', 'M2', 'M3', 'M4', 'M6', 'M6+', 'M6+']
    """
    return np.asarray(np.minimum((np.asarray(days) + 29) // 30, LOSS), np.int8)


def month_ends(loan: Loan, until: Any) -> pd.DataFrame:
    """Return how late loans are at the end of each month (月末快照, 逾期天数).

    Parameters
    ----------
    loan : Loan
        With all that the borrowers do as decisions.
    until : date
        The last month is the last that ends by then.

    Returns
    -------
    DataFrame
        One row a loan and month, from that of the drawdown to that in which it is paid: `loan`,
        `date` (the last day of the month), `age` in months, `owed` (principal, yuan), `arrears`
        (due and unpaid after the last event, yuan), `days_past_due` of the oldest instalment that
        is not paid in full, `bucket`, and `non_accrual` (past 90 days).

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(12_000, daily_rate=0.0004, months=3, start="2026-12-01")
    >>> month_ends(loan.miss(1), "2027-12-31")[["date", "owed", "days_past_due", "bucket"]]
            date      owed  days_past_due bucket
    0 2026-12-31  12000.00              0     M0
    1 2027-01-31  12000.00             30     M1
    2 2027-02-28   4052.61              0     M0
    3 2027-03-31      0.00              0   paid
    """
    found = ends_of(rows_of(loan), one_day(until, "until"))
    last = (found.month + 1).astype("M8[M]").astype("M8[D]") - 1
    return pd.DataFrame(
        {
            "loan": found.loan,
            "date": last.astype("M8[s]"),
            "age": found.age,
            "owed": found.owed / 100,
            "arrears": found.arrears / 100,
            "days_past_due": found.days,
            "bucket": pd.Categorical.from_codes(
                found.bucket, dtype=pd.CategoricalDtype([*BUCKETS])
            ),
            "non_accrual": found.days > NON_ACCRUAL_AFTER,
        }
    )


def rows_of(loan: Loan, more: Sequence[str] = ()) -> pd.DataFrame:
    """Return the events of loans, as `ends_of` needs them, and more columns if asked for.

    How late a loan is after an event stands in the next one. Where the last one of all pays a part
    of what is overdue there is no next one, so the engine is asked by a payment of a fen.
    """
    rows = loan.cashflows([*ROWS, *more])
    last = _last(rows["loan"].to_numpy())
    partly = last & (rows["arrears"].to_numpy() > 0) & (rows["payment"].to_numpy() > 0)
    if not partly.any():
        return rows
    after = np.full(int(np.prod(loan.shape, dtype=np.int64)), MISSING)
    after[rows["loan"].to_numpy()[partly]] = as_days(rows["date"].to_numpy()[partly], "date")[0] + 1
    asked = loan.pay(0.01, on=after.reshape(loan.shape).astype("M8[D]")).cashflows(ROWS)
    since = asked["date"].to_numpy() - asked["days_late"].to_numpy() * np.timedelta64(1, "D")
    extra = _last(asked["loan"].to_numpy()) & np.isin(
        asked["loan"].to_numpy(), rows["loan"].to_numpy()[partly]
    )
    late = rows["date"].to_numpy()[partly] - since[extra]
    rows.loc[partly, "days_late"] = late.astype("m8[D]").astype(np.int64)
    return rows


def _last(loan: Ints) -> npt.NDArray[np.bool_]:
    """Tell which row is the last one of its loan."""
    return np.append(loan[1:] != loan[:-1], np.ones(min(len(loan), 1), np.bool_))


def ends_of(rows: pd.DataFrame, until: int) -> Ends:
    """Return the month ends of the loans whose events are given, up to a day."""
    loan, date = rows["loan"].to_numpy(), rows["date"].to_numpy()
    late = rows["days_late"].to_numpy()
    owed, arrears = (rows[each].to_numpy() for each in _MONEY)
    last = np.flatnonzero(_last(loan)) + 1
    cuts = last[np.searchsorted(last, np.arange(AT_ONCE, len(loan), AT_ONCE, dtype=np.int64))]
    places = list(map(slice, [0, *cuts.tolist()], [*cuts.tolist(), len(loan)]))

    def some(part: slice) -> Ends:
        return _ends(loan[part], date[part], late[part], owed[part], arrears[part], until)

    if len(places) == 1:
        return some(places[0])
    try:
        with ThreadPoolExecutor(2) as pool:
            parts = list(pool.map(some, places))
    except RuntimeError:  # a browser has no threads, a crowded machine has none left
        parts = list(map(some, places))
    return Ends(*map(np.concatenate, zip(*parts, strict=True)))


def _ends(loan: Ints, date: Any, late: Ints, yuan: Any, due: Any, until: int) -> Ends:
    """Return the month ends of so many loans as stay in the processor's own memory."""
    day = date.astype("M8[s]").view(np.int64) // DAY_SECONDS
    owed, arrears = (np.rint(each * 100).astype(np.int64) for each in (yuan, due))
    month, stop, last = _month_of_days(day), int(month_of(until + 1)), _last(loan)
    overdue = arrears > 0
    open_ = (owed > 0) | overdue
    after = np.append(month[1:], 0)[: len(month)]
    after[last] = np.where(open_[last], stop, month[last] + 1)
    count = np.maximum(np.minimum(after, stop) - month, 0)
    row = np.repeat(np.arange(len(loan), dtype=np.int64), count)
    at = (
        month[row]
        + np.arange(len(row), dtype=np.int64)
        - np.repeat(np.cumsum(count) - count, count)
    )
    days = np.zeros(len(row), np.int64)
    behind = np.flatnonzero(overdue[row])
    since = _since(day, late, last, np.flatnonzero(overdue))
    end = due_date(at[behind] + 1, 1) - 1
    days[behind] = np.maximum(end - since[row[behind]], 0)
    bucket = np.where(open_[row], np.int8(0), np.int8(PAID))
    bucket[behind] = bucket_of(days[behind])
    begins = np.flatnonzero(np.append(True, last[:-1])[: len(loan)])
    size = np.diff(np.append(begins, len(loan)))
    drawn = np.repeat(month[begins], size)
    return Ends(loan[row], at, at - drawn[row], owed[row], arrears[row], days, bucket)


def _month_of_days(day: Ints) -> Ints:
    """Return the month of each day: looked up, for there are many more loans than days."""
    first = int(day.min(initial=0))
    return month_of(np.arange(first, int(day.max(initial=first)) + 1, dtype=np.int64))[day - first]


def _since(day: Ints, late: Ints, last: npt.NDArray[np.bool_], overdue: Ints) -> Ints:
    """Return since when each loan is late after the events at the places given."""
    since = np.zeros_like(day)
    ask = overdue + ~last[overdue]  # the next event tells; the last one tells of itself
    since[overdue] = day[ask] - late[ask]
    return since


DAY_SECONDS = 86_400
AT_ONCE = 2**18  # events
_MONEY = ("closing", "arrears")


def grades(days: Any, rule: str = "cards") -> pd.Series[Any]:
    """Return the five-class grade (五级分类) of so many days past due.

    Parameters
    ----------
    days : int
        Past due.
    rule : str
        Of `data/risk_grades.csv`: "cards" (over 90, 120, 180 days), "all assets" (90, 270, 360).

    Examples
    --------
    >>> list(grades([0, 1, 91, 121, 181])), grades([181], "all assets")[0]
    (['normal', 'special mention', 'substandard', 'doubtful', 'loss'], 'substandard')
    """
    table = grade_table(rule)
    place = np.searchsorted(table["over_days"].to_numpy(), np.asarray(days), side="left") - 1
    kind = pd.CategoricalDtype([*table.index], ordered=True)
    return pd.Series(pd.Categorical.from_codes(place, dtype=kind))


def grade_table(rule: str = "cards") -> pd.DataFrame:
    """Return the grades of a rule, each with its days and what is to be provided at least."""
    table = facts("risk_grades")
    known = list(table["rule"].unique())
    if rule not in known:
        near = nearest(rule, known)
        raise JiebeiError("error.choice", name="rule", value=rule, nearest=near)
    return table[table["rule"] == rule].set_index("grade")[["over_days", "provision"]]
