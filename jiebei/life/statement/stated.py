"""What a frame states, in whole fen and days, ready to be held against the engine's rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from jiebei.language.errors import refuse_kind
from jiebei.life.statement.frame import fen_of
from jiebei.life.statement.notes import refused
from jiebei.loan.loan import Loan
from jiebei.units.arrays import alone
from jiebei.units.days import MISSING, Ints, iso, one_day
from jiebei.units.reading import money

__all__ = ["Stated", "expected", "stated_of"]

FAR = np.int64(10**9)
NEAR = 12  # days by which a payment may be booked away from its due day


@dataclass(frozen=True)
class Stated:
    """Hold what was stated, a place a day on which something was paid or falls due.

    Attributes
    ----------
    kind : str
        "plan", "record", "account" or "sentence".
    days : int64 array
        Since 1970; MISSING where no day is told.
    payment, interest : int64 array
        Fen; `interest` is None where it is not stated.
    fee : int
        Fen with each instalment; fees that change from row to row are taken off `payment`.
    early : bool array
        What the words call an early repayment.
    principal : int
        Fen drawn; 0 where nobody says.
    start : int or None
        Day of the drawdown.
    months : int or None
        Instalments, where all of them are stated or their number is.
    until : int
        What falls due after this day may be missing.
    """

    kind: str
    days: Ints
    payment: Ints
    interest: Ints | None
    fee: int
    early: Any
    principal: int
    start: int | None
    months: int | None
    until: int

    @property
    def counted(self) -> Any:
        """Tell which places count: the last instalment of a sentence takes what rounding leaves."""
        last = self.kind == "sentence" and len(self.days) > 1
        return np.arange(len(self.days), dtype=np.int64) < len(self.days) - last


def stated_of(frame: pd.DataFrame, principal: Any = None, start: Any = None) -> Stated:
    """Return what a frame states; what is given besides counts before what the file says.

    Raises
    ------
    JiebeiError
        For a frame without days and payments, with several drawdowns, or with none and no sum.
    """
    refuse_kind(frame, (pd.DataFrame,), "frame", "statement.error.no_frame")
    for name in ("date", "payment"):
        if name not in frame:
            raise refused("no_column", name=name)
    told = dict(frame.attrs.get("loan", {}))
    drawn = frame[frame["drawn"] > 0] if "drawn" in frame else frame[:0]
    if len(drawn) > 1:
        raise refused("many_draws", rows=tuple(map(int, drawn.index)))
    if len(drawn) == 1:
        told |= {"principal": drawn["drawn"].iloc[0], "start": drawn["date"].iloc[0]}
    rows = frame.drop(index=drawn.index) if len(drawn) else frame
    rows = rows[rows["payment"].fillna(0) + rows["date"].isna() * 0.0 != 0]
    if rows.empty:
        raise refused("no_payments")
    kind = frame.attrs.get("kind", "plan" if "principal" in frame else "record")
    told |= {
        name: value
        for name, value in (("principal", principal), ("start", start))
        if value is not None
    }
    return _checked(_of_rows(rows, kind, told))


def _of_rows(rows: pd.DataFrame, kind: str, told: dict[str, Any]) -> Stated:
    days = rows["date"].to_numpy().astype("M8[D]").astype(np.int64)
    payment = fen_of(rows["payment"])
    others = sum((fen_of(rows[each]) for each in ("fee", "penalty") if each in rows), 0 * payment)
    interest = fen_of(rows["interest"]) if "interest" in rows else None
    if interest is not None and "principal" in rows and "fee" not in rows:
        others = payment - interest - fen_of(rows["principal"])
    fee = int(others[0]) if (others == others[0]).all() and others[0] > 0 else 0
    closing = (
        fen_of(rows["closing"]) if "closing" in rows and rows["closing"].notna().all() else None
    )
    complete = kind in ("plan", "sentence") and (closing is None or closing[-1] == 0)
    sum_of = _principal(rows, closing, told)
    early = rows["early"].to_numpy() if "early" in rows else np.zeros(len(rows), np.bool_)
    stated = Stated(
        kind,
        days,
        payment - others + fee,
        interest,
        fee,
        early,
        sum_of,
        one_day(told["start"], "start") if told.get("start") is not None else None,
        len(rows) if complete else told.get("months"),
        int(FAR if complete else days.max(initial=MISSING)),
    )
    return stated if kind == "sentence" else _by_day(stated)


def _principal(rows: pd.DataFrame, closing: Any, told: dict[str, Any]) -> int:
    """Return the fen drawn: as told, as principal adds up, or as was owed at first."""
    if told.get("principal") is not None:
        return int(alone(money(told["principal"], "principal"), told["principal"], "principal"))
    if "principal" not in rows:
        return 0
    parts = fen_of(rows["principal"])
    return int(parts.sum() if closing is None else closing[0] + parts[0])


def _by_day(stated: Stated) -> Stated:
    """Add up what is paid on one day."""
    days, places = np.unique(stated.days, return_inverse=True)

    def added(values: Any) -> Any:
        return None if values is None else np.bincount(places, values, len(days)).astype(np.int64)

    early = np.zeros(len(days), np.bool_)
    np.logical_or.at(early, places, stated.early)
    return replace(
        stated,
        days=days,
        payment=added(stated.payment),
        interest=added(stated.interest),
        early=early,
    )


def _checked(stated: Stated) -> Stated:
    if stated.principal <= 0:
        raise refused("how_much")
    if stated.months is not None and stated.months > 60:
        raise refused("many_months", n=stated.months)
    if stated.start is not None and stated.kind != "sentence" and stated.days.min() < stated.start:
        raise refused("before_start", day=iso(stated.days.min()), start=iso(stated.start))
    return stated


def expected(loan: Loan, stated: Stated) -> tuple[Ints, Ints]:
    """Return payment and interest of each scenario in fen, a column a stated day, one for others.

    A row of the engine belongs to the stated day that is nearest, at most 12 days off.
    """
    flows = loan.cashflows(["loan", "date", "event", "payment", "interest"])
    flows = flows[flows["event"] != "draw"]
    days = flows["date"].to_numpy().astype("M8[D]").astype(np.int64)
    flows, days = flows[days <= stated.until], days[days <= stated.until]
    scenario = flows["loan"].to_numpy()
    size, places = int(np.prod(loan.shape)), len(stated.days)
    if stated.kind == "sentence":
        first = np.searchsorted(scenario, np.arange(size, dtype=np.int64))
        place = np.minimum(np.arange(len(scenario), dtype=np.int64) - first[scenario], places)
    else:
        place = _nearest(days, stated)
    where = scenario * (places + 1) + place

    def table(name: str) -> Ints:
        fen = np.rint(flows[name].to_numpy() * 100)
        return np.bincount(where, fen, size * (places + 1)).astype(np.int64).reshape(size, -1)

    return table("payment"), table("interest")


def _nearest(days: Ints, stated: Stated) -> Any:
    """Return the place of the stated day nearest to each; the place of all others where none is."""
    known, places = stated.days, len(stated.days)
    after = np.minimum(np.searchsorted(known, days), places - 1)
    before = np.maximum(after - 1, 0)
    closer = np.abs(known[before] - days) < np.abs(known[after] - days)
    place = np.where(closer, before, after)
    return np.where(np.abs(known[place] - days) > NEAR, places, place)
