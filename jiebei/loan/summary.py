"""What a loan comes to: totals and rates, reduced block by block without a frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from jiebei.engine.block import Block
from jiebei.engine.events import EVENT
from jiebei.language.errors import JiebeiError
from jiebei.loan.cashflows import always_zero, blocks
from jiebei.loan.memory import Flat, recall
from jiebei.loan.no_list import NoList
from jiebei.units.arrays import plain
from jiebei.units.days import Ints, month_of
from jiebei.value.rates import OPEN, effective_rates, why

__all__ = ["Summary", "summary_of"]

Numbers = Any  # an array in the shape of the scenarios, a plain number for one

MOST_SHOWN = 10  # scenarios at a glance

_PARTS = ("interest", "penalty", "fee", "principal")
_WAIVED = ("waived_interest", "waived_penalty", "waived_principal")
_NEEDED = {"date", "event", "drawn", "interest", "fee", "principal"}
_ADDED = ("capitalised", "capitalised_penalty", "capitalised_fee")
_AT_TIMES = {"penalty", "arrears", "days_late", *_ADDED, *_WAIVED}


@dataclass(frozen=True, eq=False)
class Summary(NoList):
    """Say what a loan or a plan comes to, in the shape of its scenarios.

    Attributes
    ----------
    drawn, total_paid, interest, penalty, fee, principal : yuan
        `total_paid` is the sum of the four after it. Interest, penalty and fees that were added to
        the principal count here under their own names, not as principal paid.
    capitalised, waived : yuan
        Interest, penalty and fees added to the principal; interest, penalty, principal let off.
    arrears : yuan
        What is still overdue after the last row, 0 for a loan that is closed.
    days_late : int
        The most days past due (逾期天数) of the oldest instalment not paid in full.
    instalment : yuan
        The first that is paid, with what it collects; 0 if there was none.
    largest_payment : yuan
        The most that one calendar month takes.
    payoff_date : datetime64[D]
        When nothing is owed any more; NaT for a loan left open.
    days_in_debt : int
        Days from the first drawdown to then, or to the last row of a loan left open.
    yuan_days : yuan x days
        Principal owed, summed over the days: cost / yuan_days x 10,000 is what 10,000 yuan cost
        a day.
    effective_rate : decimal
        Effective annual rate (IRR), 365 days a year; NaN where there is none.
    reason : int
        Why there is none: a key of `jiebei.value.rates.REASONS`, 0 where there is one.
    """

    _no_list = "error.no_list_summary"

    drawn: Numbers
    total_paid: Numbers
    interest: Numbers
    penalty: Numbers
    fee: Numbers
    principal: Numbers
    capitalised: Numbers
    waived: Numbers
    arrears: Numbers
    days_late: Numbers
    instalment: Numbers
    largest_payment: Numbers
    payoff_date: Numbers
    days_in_debt: Numbers
    yuan_days: Numbers
    effective_rate: Numbers
    reason: Numbers

    def to_frame(self, ids: Any = None) -> pd.DataFrame:
        """Return the totals as a frame, a row a scenario, a column an attribute.

        Parameters
        ----------
        ids : array, optional
            Names of the rows, such as `loan.ids`; the scenarios in C order, numbered from 0, if
            not given.

        Returns
        -------
        DataFrame
            Numbers as in the attributes, `payoff_date` as a datetime.

        Raises
        ------
        JiebeiError
            Unless there is one name a scenario.

        Examples
        --------
        >>> import jiebei as jb
        >>> loans = jb.Loan([1_000, 2_000], daily_rate=0.0004, months=3, start="2026-12-01")
        >>> loans.summary().to_frame(["A", "B"])["interest"].to_dict()
        {'A': 24.5, 'B': 49.0}
        """
        columns = {name: np.ravel(each) for name, each in vars(self).items()}
        frame = pd.DataFrame(columns).rename_axis("scenario")
        if ids is None:
            return frame
        names, shape = plain(ids, "ids"), np.shape(self.drawn)
        if names.ndim and names.shape == shape[len(shape) - names.ndim :]:
            names = np.broadcast_to(names, shape)  # the same loans, swept over a rate
        if names.size != len(frame):
            raise JiebeiError("error.ids", ids=names.size, scenarios=len(frame))
        return frame.set_axis(pd.Index(names.ravel(), name="id"))

    def __eq__(self, other: object) -> bool:
        """Tell whether all figures are the same; an empty one is like an empty one."""
        if not isinstance(other, Summary):
            return NotImplemented
        pairs = zip(vars(self).values(), vars(other).values(), strict=True)
        return all(np.array_equal(one, two, equal_nan=True) for one, two in pairs)

    __hash__ = None  # type: ignore[assignment]  # what holds arrays is no key

    def _repr_html_(self) -> str:
        from jiebei.language.tables import as_html, shown  # only where it is shown

        frame = self.to_frame().head(MOST_SHOWN)
        return as_html(
            shown(frame.assign(reason=[why(each) if each else "" for each in frame["reason"]])).T
        )


def summary_of(flats: Sequence[Flat], shape: tuple[int, ...]) -> Summary:
    """Return the summary of one loan, or of the loans of a line taken together."""
    # Arrays could be written to by who gets them, plain numbers cannot.
    made: Summary = _summary(flats, shape) if shape else recall(_summary, flats, shape)
    return made


def _summary(flats: Sequence[Flat], shape: tuple[int, ...]) -> Summary:
    size = int(np.prod(shape, dtype=np.int64))
    found: dict[str, npt.NDArray[Any]] = {}
    zero: set[str] = set.intersection(*(always_zero(flat) for flat in flats))
    names = _NEEDED | (_AT_TIMES - zero)
    for together in zip(*(blocks(flat, names) for flat in flats), strict=True):
        first = together[0][1]
        for name, values in _reduce([block for block, _ in together], names).items():
            column = found.setdefault(name, np.empty(size, values.dtype))
            column[first : first + len(values)] = values
    return Summary(**{each.name: _shaped(found[each.name], shape) for each in fields(Summary)})


def _shaped(values: npt.NDArray[Any], shape: tuple[int, ...]) -> Any:
    if shape:
        return values.reshape(shape)
    return values[0] if values.dtype.kind == "M" else values[0].item()


def _reduce(together: list[Block], names: set[str]) -> dict[str, npt.NDArray[Any]]:
    """Return the totals of a block, one place a loan, of all its loans together."""
    loans = [block.padded(names) for block in together]
    column = loans[0]
    if len(loans) > 1:
        column = {name: np.concatenate([each[name] for each in loans]) for name in names}
    total = {name: column[name].sum(0) for name in names - {"date", "event", "days_late"}}
    nothing = np.zeros_like(total["drawn"])
    date = column["date"]
    payment = np.asarray(sum(column[name] for name in _PARTS if name in names))
    capitalised, penalty, fee = (total.get(name, nothing) for name in _ADDED)
    rate, reason = effective_rates(column["drawn"] - payment, date)
    began = np.where(column["drawn"] > 0, date, np.iinfo(np.int64).max).min(0)
    ended, lowers = date.max(0), _lowers(column)
    found = {
        "drawn": total["drawn"],
        "interest": total["interest"] + capitalised - penalty - fee,
        "penalty": total.get("penalty", nothing) + penalty,
        "fee": total["fee"] + fee,
        "principal": total["principal"] - capitalised,
        "capitalised": capitalised,
        "waived": np.asarray(sum(total.get(name, nothing) for name in _WAIVED)),
        "arrears": nothing,
        "total_paid": payment.sum(0),
        "instalment": _first_instalment(loans[0], names),
        "largest_payment": _largest_month(date, payment),
        "yuan_days": ((date - ended) * lowers).sum(0),
    }
    if "arrears" in names:
        found["arrears"] = _left_open(loans)
        open_ = found["arrears"] > 0
        rate, reason = np.where(open_, np.nan, rate), np.where(open_, OPEN, reason)
    latest = np.where(found["arrears"] > 0, np.datetime64("NaT"), ended.astype("M8[D]"))
    return {name: each / 100 for name, each in found.items()} | {
        "payoff_date": latest.astype("M8[D]"),
        "days_in_debt": ended - began,
        "days_late": column["days_late"].max(0) if "days_late" in names else nothing,
        "effective_rate": rate,
        "reason": reason,
    }


def _lowers(column: dict[str, Ints]) -> Ints:
    """Return by how much each row lowers the principal owed."""
    lower = column["principal"] - column["drawn"]
    for name, sign in (("capitalised", -1), ("waived_principal", 1)):
        if name in column:
            lower = lower + sign * column[name]
    return np.asarray(lower)


def _left_open(loans: list[dict[str, Ints]]) -> Ints:
    """Return what is overdue after the last row of each loan."""
    left = np.zeros_like(loans[0]["date"][0])
    for column in loans:
        last = column["date"].argmax(0)  # the first of that day, ...
        same_day = column["date"] == np.take_along_axis(column["date"], last[None], 0)
        last = len(same_day) - 1 - same_day[::-1].argmax(0)  # ... the last of that day
        left = left + np.take_along_axis(column["arrears"], last[None], 0)[0]
    return np.asarray(left)


def _first_instalment(column: dict[str, Ints], names: set[str]) -> Ints:
    first = (column["event"] == EVENT["instalment"]).argmax(0)[None]
    parts = [np.take_along_axis(column[name], first, 0)[0] for name in _PARTS if name in names]
    none = np.take_along_axis(column["event"], first, 0)[0] != EVENT["instalment"]
    return np.where(none, 0, sum(parts))


def _largest_month(date: Ints, payment: Ints) -> Ints:
    """Return the most that each loan takes in one calendar month."""
    month = month_of(date)
    if (np.diff(month, axis=0) < 0).any():
        order = np.argsort(month, axis=0, kind="stable")
        month = np.take_along_axis(month, order, 0)
        payment = np.take_along_axis(payment, order, 0)
    in_month = largest = np.asarray(payment[0])
    for step in range(1, len(month)):
        in_month = payment[step] + np.where(month[step] == month[step - 1], in_month, 0)
        largest = np.maximum(largest, in_month)
    return np.asarray(largest)
