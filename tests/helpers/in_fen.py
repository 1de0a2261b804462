"""Build loans from plain arguments, and read their cash flows back in whole fen."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

import jiebei as jb

COLUMNS = ["date", "event", "days", "opening", "drawn", "interest", "penalty", "fee", "principal"]
COLUMNS += ["payment", "closing", "waived_interest"]
MONEY = {*COLUMNS[3:], "due", "arrears", "capitalised", "waived_penalty", "waived_principal"}
MONEY |= {"payoff", "capitalised_penalty", "capitalised_fee"}


def built(loan: Mapping[str, Any], chain: Iterable[tuple[str, Mapping[str, Any]]] = ()) -> Any:
    """Return the loan with its decisions: the arguments of `Loan`, then the calls chained on it."""
    strategy: Any = jb.Loan(**loan)
    for name, arguments in chain:
        strategy = getattr(strategy, name)(**arguments)
    return strategy


def in_fen(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with its money in whole fen, after a check that each is a whole fen."""
    out = frame.copy()
    for name in MONEY.intersection(frame):
        yuan = frame[name].to_numpy()
        out[name] = np.rint(yuan * 100).astype(np.int64)
        assert (out[name] / 100 == yuan).all(), f"{name}: not the nearest number to a whole fen"
    return out


def rows_in_fen(strategy: Any, columns: Sequence[str] = COLUMNS) -> list[tuple[Any, ...]]:
    """Return the cash flows as tuples in the order of `columns`: dates, names, whole numbers."""
    frame = in_fen(strategy.cashflows(list(columns)))
    if "date" in frame:
        frame["date"] = frame["date"].dt.date
    return list(frame.itertuples(index=False, name=None))
