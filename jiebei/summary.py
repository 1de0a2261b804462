"""What a loan comes to: totals and rates, reduced block by block without a frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from jiebei.book import EVENTS
from jiebei.calendar import Ints, month_of
from jiebei.cashflows import Flat, blocks
from jiebei.engine import BLOCK
from jiebei.rates import effective_rates
from jiebei.rows import Block

__all__ = ["Summary", "summary_of"]

Numbers = Any  # an array in the shape of the scenarios, a plain number for one
_INSTALMENT = EVENTS.index("instalment")
_PARTS = ("interest", "fee", "principal")
_NEEDED = {"date", "event", "drawn", "interest", "fee", "principal", "closing"}


@dataclass(frozen=True)
class Summary:
    """Say what a loan or a plan comes to, in the shape of its scenarios.

    Attributes
    ----------
    drawn, total_paid, interest, penalty, fee, principal : yuan
        `total_paid` is the sum of the four after it.
    instalment : yuan
        The first instalment, 0 if there was none.
    largest_payment : yuan
        The most that one calendar month takes.
    payoff_date : datetime64[D]
        When nothing is owed any more.
    days_in_debt : int
        Days from the first drawdown to then.
    yuan_days : yuan x days
        Principal owed, summed over the days: cost / yuan_days x 10,000 is what 10,000 yuan cost
        a day.
    effective_rate : decimal
        Effective annual rate (IRR), 365 days a year; NaN where there is none.
    reason : int
        Why there is none: a key of `jiebei.rates.REASONS`, 0 where there is one.
    """

    drawn: Numbers
    total_paid: Numbers
    interest: Numbers
    penalty: Numbers
    fee: Numbers
    principal: Numbers
    instalment: Numbers
    largest_payment: Numbers
    payoff_date: Numbers
    days_in_debt: Numbers
    yuan_days: Numbers
    effective_rate: Numbers
    reason: Numbers


def summary_of(flats: Sequence[Flat], shape: tuple[int, ...]) -> Summary:
    """Return the summary of one loan, or of the loans of a line taken together."""
    size = int(np.prod(shape, dtype=np.int64))
    found: dict[str, npt.NDArray[Any]] = {}
    for together in zip(*(blocks(flat, _NEEDED, BLOCK) for flat in flats), strict=True):
        first = together[0][1]
        for name, values in _reduce([block for block, _ in together]).items():
            column = found.setdefault(name, np.empty(size, values.dtype))
            column[first : first + len(values)] = values
    return Summary(**{each.name: _shaped(found[each.name], shape) for each in fields(Summary)})


def _shaped(values: npt.NDArray[Any], shape: tuple[int, ...]) -> Any:
    if shape:
        return values.reshape(shape)
    return values[0] if values.dtype.kind == "M" else values[0].item()


def _reduce(together: list[Block]) -> dict[str, npt.NDArray[Any]]:
    """Return the totals of a block, one place a loan, of all its loans together."""
    loans = [block.padded(_NEEDED) for block in together]
    column = loans[0]
    if len(loans) > 1:
        column = {name: np.concatenate([each[name] for each in loans]) for name in _NEEDED}
    date, payment = column["date"], column["interest"] + column["fee"] + column["principal"]
    interest, fee, principal = (column[name].sum(0) for name in ("interest", "fee", "principal"))
    rate, reason = effective_rates(column["drawn"] - payment, date)
    began = np.where(column["drawn"] > 0, date, np.iinfo(np.int64).max).min(0)
    ended = date.max(0)
    return {
        "drawn": column["drawn"].sum(0) / 100,
        "total_paid": (interest + fee + principal) / 100,
        "interest": interest / 100,
        "penalty": np.zeros(len(interest)),
        "fee": fee / 100,
        "principal": principal / 100,
        "instalment": _first_instalment(loans[0]) / 100,
        "largest_payment": _largest_month(date, payment) / 100,
        "payoff_date": ended.astype("M8[D]"),
        "days_in_debt": ended - began,
        "yuan_days": (date * (column["principal"] - column["drawn"])).sum(0) / 100,
        "effective_rate": rate,
        "reason": reason,
    }


def _first_instalment(column: dict[str, Ints]) -> Ints:
    first = (column["event"] == _INSTALMENT).argmax(0)[None]
    parts = [np.take_along_axis(column[name], first, 0)[0] for name in _PARTS]
    none = np.take_along_axis(column["event"], first, 0)[0] != _INSTALMENT
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
