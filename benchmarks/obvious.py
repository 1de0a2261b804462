"""The same loans the obvious way: whole arrays, one period after the other, exact in integers.

What anybody who knows numpy would write for loans of equal instalments that are paid as agreed: no
decisions, no blocks, no checks. `run.py` sees to it that both frames are the same to the fen.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

SCALE = 10**10
EVENTS = pd.CategoricalDtype(["draw", "instalment"])
Ints = npt.NDArray[np.int64]


def schedule(frame: pd.DataFrame, months: int) -> pd.DataFrame:
    """Return the twelve core columns of the cash flows, ordered by loan, then date."""
    balance = np.rint(frame["principal"].to_numpy() * 100).astype(np.int64)
    rate = np.rint(frame["daily_rate"].to_numpy() * SCALE).astype(np.int64)
    dates = _dates(frame["start"].to_numpy().astype("M8[D]"), months)
    days = np.diff(dates, axis=0, prepend=dates[:1]).astype(np.int64)
    level = _level(balance, rate, days[1:])
    rows: dict[str, list[Any]] = {name: [] for name in ("opening", "interest", "principal")}
    none = np.zeros_like(balance)
    opening = np.array(balance)
    for period in range(1, months + 1):
        interest = (balance * rate * days[period] + SCALE // 2) // SCALE
        principal = balance if period == months else level - interest
        for name, each in (("opening", balance), ("interest", interest), ("principal", principal)):
            rows[name].append(each)
        balance = balance - principal
    yuan = {name: _by_loan([none, *each]) / 100 for name, each in rows.items()}
    yuan["drawn"] = _by_loan([opening] + [none] * months) / 100
    yuan["payment"] = yuan["interest"] + yuan["principal"]
    codes = np.array([0] + [1] * months, np.int8)
    size, nothing = len(frame), np.zeros(len(frame) * (months + 1))
    return pd.DataFrame(
        {
            "loan": np.repeat(np.arange(size), months + 1),
            "date": _by_loan(dates).astype("M8[s]"),
            "event": pd.Categorical.from_codes(np.tile(codes, size), dtype=EVENTS),
            "days": _by_loan(days),
            "opening": yuan["opening"],
            "drawn": yuan["drawn"],
            "interest": yuan["interest"],
            "penalty": nothing,
            "fee": nothing,
            "principal": yuan["principal"],
            "payment": yuan["payment"],
            "closing": yuan["opening"] + yuan["drawn"] - yuan["principal"],
        }
    )


def of_many_terms(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the same of loans with a column of months: term by term, then in order."""
    parts = []
    for months, some in frame.groupby("months"):
        part = schedule(some, int(months))
        part["loan"] = some.index.to_numpy()[part["loan"].to_numpy()]
        parts.append(part)
    return pd.concat(parts, ignore_index=True).sort_values("loan", kind="stable", ignore_index=True)


def _dates(start: npt.NDArray[np.datetime64], months: int) -> npt.NDArray[np.datetime64]:
    """Return the drawdown and the due dates, on the same day of each month, or its last."""
    month = start.astype("M8[M]")
    day = start - month.astype("M8[D]")
    found = [start]
    for ahead in range(1, months + 1):
        first = (month + ahead).astype("M8[D]")
        last = (month + ahead + 1).astype("M8[D]") - 1
        found.append(np.minimum(first + day, last))
    return np.array(found)


def _level(balance: Ints, rate: Ints, days: Ints) -> Ints:
    """Return the payment that clears the balance, half up to the fen."""
    worth, total = np.ones(len(balance)), np.zeros(len(balance))
    for each in days:
        worth = worth / (1 + rate * each / SCALE)
        total = total + worth
    return np.floor(balance / total + 0.5).astype(np.int64)


def _by_loan(rows: Any) -> Any:
    return np.array(rows).T.ravel()
