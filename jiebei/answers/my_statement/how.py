"""How the payments that the terms ask for come about, row by row beside those that are stated."""

from __future__ import annotations

from typing import Any

import pandas as pd

from jiebei.language.figures import daily_words
from jiebei.language.words import Text, Words, passage
from jiebei.loan.loan import Loan
from jiebei.notebook.how import Worked, nameless
from jiebei.units.fen import FEN

__all__ = ["how"]

FUNCTIONS = ("loan.cashflows()", "jb.statement.reconcile()")
PARTS = ["interest", "penalty", "fee", "principal"]


def how(loan: Loan, rows: pd.DataFrame, figures: pd.DataFrame, name: Any) -> Worked:
    """Show the loan of the grey cell from due day to due day, and what is stated for each.

    Parameters
    ----------
    loan : Loan
        One scenario.
    rows : DataFrame
        As `jb.statement.reconcile` returns it: `due`, `stated`, `by_terms`.
    figures : not needed
    name : not needed

    Examples
    --------
    >>> loan = Loan(9_000, daily_rate=0.0004, months=2, start="2026-12-01")
    >>> due = pd.to_datetime(["2027-01-01", "2027-02-01"])
    >>> rows = pd.DataFrame({"due": due, "stated": [4582.0, 4581.57]})
    >>> how(loan, rows, pd.DataFrame(), None).table["difference"].round(2).to_list()
    [-1.87, -2.3]
    """
    nameless(name)
    asked = loan.cashflows(["date", "days", "opening", *PARTS, "payment", "closing"])
    drawn, asked = asked.iloc[0], asked.iloc[1:]
    stated = rows.dropna(subset=["due"]).groupby("due")["stated"].sum()
    table = asked.groupby("date").agg(
        days=("days", "sum"),
        opening=("opening", "first"),
        **{each: (each, "sum") for each in PARTS},
        by_terms=("payment", "sum"),
        closing=("closing", "last"),
    )
    table = table.drop(columns=[each for each in PARTS[1:3] if (table[each] < FEN).all()])
    table["stated"] = stated.reindex(table.index).fillna(0.0)
    table["difference"] = (table["stated"] - table["by_terms"]).round(2)
    parts: list[Text] = [_first(loan, table)]
    in_all, listed = float(rows["stated"].sum()), float(table["stated"].sum())
    apart = round(in_all - listed, 2)
    key = "" if abs(apart) < FEN else "_none" if abs(listed) < FEN else "_apart"
    sums = {"stated": in_all, "asked": float(table["by_terms"].sum()), "apart": apart}
    parts.append(Words(f"answer.my_statement.how_sums{key}", day=drawn["date"], **sums))
    rounded = Words(f"answer.my_statement.rounded_{loan.rounding}")
    note = Words("answer.my_statement.how_note", rounded=rounded)
    return Worked(passage(parts), table, note, FUNCTIONS)


def _first(loan: Loan, table: pd.DataFrame) -> Words:
    """Say how the interest of the first row comes about."""
    row: Any = table.iloc[0]
    fields = {
        "opening": row["opening"],
        "rate": daily_words(float(loan.daily_rate)),
        "days": int(row["days"]),
    }
    return Words("answer.my_statement.how_first", interest=row["interest"], **fields)
