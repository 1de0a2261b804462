"""The frame that all kinds of files become: dated amounts in yuan, a row of the file each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from jiebei.language.words import Words
from jiebei.life.statement.notes import note

__all__ = ["PARTS", "Payment", "fen_of", "frame_of"]

PARTS = ("payment", "principal", "interest", "fee", "penalty", "closing", "drawn")


class Payment(NamedTuple):
    """One row: where it stands in the file, its day, its amounts in fen, and what it is."""

    row: int
    day: str  # empty where none is stated
    fen: Mapping[str, int]
    kind: str = ""  # "draw", "payment", "early", where words say so
    order: int | None = None  # which instalment, where it is numbered


def frame_of(
    payments: Sequence[Payment], kind: str, loan: Mapping[str, Any], notes: Sequence[Words]
) -> pd.DataFrame:
    """Return the payments by date; `attrs` hold the kind of file, the loan, and the notes."""
    notes = list(notes)
    dated = [each.day for each in payments]
    if dated != sorted(dated):
        reverse = dated == sorted(dated, reverse=True)
        late = tuple(
            each.row for each, before in zip(payments[1:], payments, strict=False)
            if each.day < before.day
        )  # fmt: skip
        notes.append(note("newest_first") if reverse else note("out_of_order", rows=late))
        payments = sorted(reversed(payments) if reverse else payments, key=lambda each: each.day)
    named = [part for part in PARTS if part == "payment" or any(part in e.fen for e in payments)]
    data: dict[str, Any] = {
        "date": pd.DatetimeIndex([e.day or "NaT" for e in payments]).as_unit("s")
    }
    for part in named:
        missing = 0 if part in ("payment", "drawn") and kind != "sentence" else np.nan
        data[part] = [e.fen[part] / 100 if part in e.fen else missing for e in payments]
    index = pd.Index([each.row for each in payments], name="row")
    frame = pd.DataFrame(data, index=index).astype(dict.fromkeys(named, "float64"))
    if any(each.kind == "early" for each in payments):
        frame["early"] = [each.kind == "early" for each in payments]
    frame.attrs = {"kind": kind, "loan": dict(loan), "notes": tuple(notes)}
    return frame


def fen_of(column: Any) -> Any:
    """Return a column of yuan as whole fen; what is not stated as none (-1 never occurs)."""
    values = np.asarray(column, np.float64)
    return np.where(np.isnan(values), 0, np.rint(values * 100)).astype(np.int64)
