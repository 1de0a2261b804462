"""A transparent behaviour score: points for what the cash flows show, month by month.

The lender publishes no score. All points are assumptions, in `data/credit_score.csv`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from jiebei.language.errors import JiebeiError, nearest, refuse
from jiebei.life.rules.facts import facts
from jiebei.units.days import as_days, month_of
from jiebei.units.reading import whole_number

__all__ = [
    "BEST",
    "LATEST",
    "PARTS",
    "Behaviour",
    "days_late",
    "latest",
    "monthly",
    "parts",
    "score",
]

BEST = 100.0  # the score lies between 0 and this
LATEST = 90  # days late; beyond, a loan is lost to the lender, and no score is of help
PARTS = ("base", "history", "on_time", "late", "days_late", "utilisation", "lenders")

Floats = npt.NDArray[np.float64]


class Behaviour(NamedTuple):
    """What a score sees: arrays of shape (..., months), the latest month last; they broadcast.

    Attributes
    ----------
    days_late : int
        Of the payment due in the month (逾期天数), after days of grace; 0 is on time.
    utilisation : decimal
        Share of the limit that is drawn at the end of the month (额度使用率).
    lenders : int
        From whom money is owed at the end of the month (借款机构数).
    """

    days_late: Any
    utilisation: Any
    lenders: Any


def score(behaviour: Behaviour, points: pd.DataFrame | None = None) -> Floats:
    """Score a borrower at the end of each month (行为评分), 0 to 100.

    Parameters
    ----------
    behaviour : Behaviour
        From the first month of the first loan on.
    points : DataFrame, optional
        Other points than those of `data/credit_score.csv`, in the same columns.

    Returns
    -------
    float64 array
        The sum of `parts`, not below 0 nor above 100, in the shape of the behaviour.

    Examples
    --------
    Two years on time, then a payment 5 days late: 11.5 points for it, and 1.25 for the month that
    is no longer one without a late payment, less 0.5 for the longer history.

    >>> late = [0] * 24 + [5]
    >>> score(Behaviour(late, 0.3, 1))[-2:]
    array([92.  , 79.75])
    """
    found = rules(points)
    months = np.broadcast_arrays(*_checked(behaviour))
    ends = range(1, months[0].shape[-1] + 1)
    totals = [total(Behaviour(*(each[..., :end] for each in months)), found) for end in ends]
    return np.stack(totals, axis=-1)


def latest(behaviour: Behaviour, points: pd.DataFrame | None = None) -> Floats:
    """Score a borrower at the end of the last month only; see `score`."""
    return total(Behaviour(*np.broadcast_arrays(*_checked(behaviour))), rules(points))


def parts(behaviour: Behaviour, points: pd.DataFrame | None = None) -> dict[str, Floats]:
    """Return the points of each part of the score at the end of the last month.

    Examples
    --------
    >>> found = parts(Behaviour([0] * 24 + [5], 0.5, 3))
    >>> {name: round(float(each), 2) for name, each in found.items()}
    {'base': 50.0, 'history': 12.5, 'on_time': 28.75, 'late': -10.0, 'days_late': -1.5, \
'utilisation': -4.0, 'lenders': -4.0}
    """
    return _parts(Behaviour(*np.broadcast_arrays(*_checked(behaviour))), rules(points))


def total(behaviour: Behaviour, rule_of: dict[str, Any]) -> Floats:
    """Score checked arrays of one shape at the end of the last month, by checked `rules`."""
    return np.clip(sum(_parts(behaviour, rule_of).values()), 0.0, BEST)


def _parts(behaviour: Behaviour, rule_of: dict[str, Any]) -> dict[str, Floats]:
    """Return points x (what is counted, above one bound and up to another), part by part."""
    late = behaviour.days_late
    months = late.shape[-1]
    age = np.arange(months, dtype=np.int64)[::-1]  # the latest month is of age 0

    def counted(name: str, amount: Any) -> Any:
        rule = rule_of[name]
        return np.clip(amount, rule["above"], rule["up_to"]) - rule["above"]

    def fading(name: str, amount: Any) -> Any:
        weight = np.clip(1 - age / rule_of[name]["months"], 0, None)
        return (counted(name, amount) * weight).sum(axis=-1)

    recent = age < rule_of["on_time"]["months"]
    amounts = {
        "base": np.ones(late.shape[:-1]),
        "history": np.full(late.shape[:-1], counted("history", months)),
        "on_time": counted("on_time", ((late == 0) & recent).sum(axis=-1)),
        "late": fading("late", late > 0),
        "days_late": fading("days_late", late),
        "utilisation": counted("utilisation", behaviour.utilisation[..., -1]),
        "lenders": counted("lenders", behaviour.lenders[..., -1]),
    }
    return {name: rule_of[name]["points"] * amounts[name] for name in PARTS}


def _checked(behaviour: Behaviour) -> Behaviour:
    late = whole_number(behaviour.days_late, "days_late", 0, LATEST)
    if late.ndim == 0 or late.shape[-1] == 0:
        raise JiebeiError("error.score.months")
    used = np.asarray(behaviour.utilisation, np.float64)
    refuse(~(used >= 0), used, "utilisation", "error.score.utilisation")
    return Behaviour(late, used, whole_number(behaviour.lenders, "lenders", 0, 1000))


def rules(points: pd.DataFrame | None = None) -> dict[str, dict[str, float]]:
    """Return points and bounds of each part, after checking them; an empty bound is none."""
    table = (facts("credit_score") if points is None else points).set_index("part")
    for name in (*PARTS, *map(str, table.index)):
        if name not in table.index or name not in PARTS:
            raise JiebeiError("error.score.part", name=name, nearest=nearest(name, PARTS))
    table = table[["points", "above", "up_to", "months"]].astype(np.float64)
    wrong = table["points"].isna() | ((table["points"] > 0) != table.index.isin(PARTS[:3]))
    refuse(wrong & (table["points"] != 0), table["points"], "points", "error.score.points")
    table["above"] = table["above"].fillna(0.0)
    table["up_to"] = table["up_to"].fillna(np.inf)
    table["months"] = table["months"].fillna(np.inf)
    return {str(name): dict(row) for name, row in table.iterrows()}


# From cash flows to behaviour --------------------------------------------------------------


def days_late(flows: pd.DataFrame) -> pd.Series[int]:
    """Read from cash flows how many days late each month's payment was (逾期天数).

    Parameters
    ----------
    flows : DataFrame
        Rows of one or more loans with the columns `loan`, `date` and `arrears` (due and unpaid
        after the row).

    Returns
    -------
    Series
        By month (the first day of it) in which something fell due and was not paid: the days until
        nothing was in arrears on that loan, the longest of all loans; at most 90. What is still
        unpaid counts up to the last date of the flows.

    Examples
    --------
    >>> flows = pd.DataFrame({
    ...     "loan": 0,
    ...     "date": pd.to_datetime(["2027-01-01", "2027-02-01", "2027-02-06"]),
    ...     "arrears": [0.0, 900.0, 0.0],
    ... })
    >>> days_late(flows)
    month
    2027-02-01    5
    Name: days_late, dtype: int64
    """
    rows = pd.DataFrame(
        {
            "loan": flows["loan"].to_numpy(),
            "day": as_days(flows["date"].to_numpy(), "date")[0],
            "behind": flows["arrears"].to_numpy() > 0,
        }
    )
    rows = rows.groupby(["loan", "day"], as_index=False).last()  # as the day ends
    end = int(rows["day"].max())
    starts = rows["behind"] & ~rows.groupby("loan")["behind"].shift(fill_value=False)
    clear = rows["day"].where(~rows["behind"])
    until = clear.groupby(rows["loan"]).bfill().fillna(end)
    spell = rows.assign(days=np.minimum(until - rows["day"], LATEST).astype(np.int64))[starts]
    month = pd.Series(_first_of_month(spell["day"]), spell.index, name="month")
    return spell.groupby(month)["days"].max().rename("days_late")


def monthly(
    line: pd.DataFrame, late: pd.Series[int] | None = None, lenders: Any = 1
) -> pd.DataFrame:
    """Return the behaviour of one borrower, a month a row.

    Parameters
    ----------
    line : DataFrame
        One line, as `jiebei.life.credit.line.available` returns it.
    late : Series, optional
        Days late by month, as `days_late` reads them from cash flows; none if not given.
    lenders : int or array
        How many lenders, this one included.

    Returns
    -------
    DataFrame
        `month` (its first day), `days_late`, `utilisation` at the end of the month (1 where a
        closed line is still drawn), `lenders`; from the first drawdown to the last event.

    Examples
    --------
    >>> import jiebei as jb
    >>> from jiebei.life.credit.line import available
    >>> loan = jb.Loan(9_000, daily_rate=0.0, months=3, start="2026-12-01")
    >>> monthly(available(loan, 10_000))["utilisation"].to_list()
    [0.9, 0.6, 0.3, 0.0]
    """
    if line["line"].nunique() > 1:
        raise JiebeiError("error.line.several", lines=line["line"].nunique())
    days = as_days(line["date"].to_numpy(), "date")[0]
    months = np.arange(int(month_of(days[0])), int(month_of(days[-1])) + 1, dtype=np.int64)
    last = np.searchsorted(month_of(days), months, side="right") - 1
    limit, drawn = (line[name].to_numpy()[last] for name in ("limit", "drawn"))
    used = np.divide(drawn, limit, out=np.where(drawn > 0, 1.0, 0.0), where=limit > 0)
    dates = pd.DatetimeIndex(months.astype("M8[M]").astype("M8[s]"))
    known = pd.Series(0, dates) if late is None else late.reindex(dates, fill_value=0)
    return pd.DataFrame(
        {
            "month": dates,
            "days_late": known.to_numpy(np.int64),
            "utilisation": used,
            "lenders": np.broadcast_to(lenders, len(months)),
        }
    )


def _first_of_month(days: Any) -> Any:
    return month_of(days).astype("M8[M]").astype("M8[s]")
