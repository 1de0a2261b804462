"""Look at a table as a whole: told twice, two loans in one, totals that differ."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd

from jiebei.language.words import Words
from jiebei.life.statement.figures import amount_in, is_amount, order_in
from jiebei.life.statement.frame import Payment, fen_of
from jiebei.life.statement.heads import Heads
from jiebei.life.statement.notes import note, refused
from jiebei.life.statement.sheet import Row

__all__ = ["days_follow", "told_twice", "totals_noted", "two_loans"]


def told_twice(body: Sequence[Row]) -> tuple[list[Row], tuple[int, ...]]:
    """Return the rows without those that repeat another cell by cell, and which these are."""
    known: set[tuple[str, ...]] = set()
    kept, double = [], []
    for row in body:
        if row.cells in known:
            double.append(row.number)
        else:
            kept.append(row)
        known.add(row.cells)
    return kept, tuple(double)


def two_loans(body: Sequence[Row], heads: Heads) -> None:
    """Refuse a table that tells of two loans: two contracts, or instalments counted anew."""
    if "contract" in heads:
        place = heads.places["contract"][0]
        names = dict.fromkeys(row.cell(place) for row in body if row.cell(place))
        if len(names) > 1:
            raise refused("two_contracts", column=heads.name(place), names=", ".join(names))
    if "number" in heads:
        _refuse_counted_anew(body, heads)


def _refuse_counted_anew(body: Sequence[Row], heads: Heads) -> None:
    place = heads.places["number"][0]
    seen: dict[int, Row] = {}
    for row in body:
        order = order_in(row.cell(place))
        if order is not None and order in seen:
            fields = {"order": order, "first": seen[order].number, "row": row.number}
            raise refused("two_loans", column=heads.name(place), **fields)
        if order is not None:
            seen[order] = row


def days_follow(payments: Sequence[Payment], kind: str) -> list[Words]:
    """Refuse instalments whose days do not follow their numbers; note those that are missing."""
    numbered = sorted((each.order, each) for each in payments if each.order and each.day)
    for (order, before), (later, each) in pairwise(numbered):
        if each.day <= before.day:
            fields = {"row": each.row, "order": later, "first": before.row, "before": order}
            raise refused("order", **fields)
    if kind == "plan":
        _refuse_days_told_twice(payments)
    orders = [order for order, _ in numbered]
    missing = sorted(set(range(orders[0], orders[-1])) - set(orders)) if orders else []
    return [note("missing", names=", ".join(map(str, missing)))] if missing else []


def _refuse_days_told_twice(payments: Sequence[Payment]) -> None:
    days: dict[str, Payment] = {}
    for each in payments:
        if each.day and each.day in days:
            raise refused("two_days", row=each.row, first=days[each.day].row, day=each.day)
        days[each.day] = each


def totals_noted(frame: pd.DataFrame, totals: Sequence[Row], heads: Heads) -> pd.DataFrame:
    """Note what does not follow from the rows: totals, missing instalments, what is still owed."""
    notes = list(frame.attrs["notes"])
    named = len(heads.row.cells)
    for row in totals[-1:]:
        if len(row.cells) < named and all(row.cells):
            continue  # blanks part the cells, and which are empty cannot be told
        for field in ("payment", "principal", "interest", "fee", "penalty"):
            for place in heads.places.get(field, ())[:1]:
                if field in frame and is_amount(row.cell(place)):
                    name, scale = heads.name(place), heads.scales[place]
                    said = amount_in(row.cell(place), row.number, name, scale)
                    added = int(fen_of(frame[field]).sum())
                    if said != added:
                        fields = {
                            "row": row.number,
                            "column": name,
                            "total": said / 100,
                            "added": added / 100,
                        }
                        notes.append(note("totals_differ", **fields))
    if "closing" in frame and "principal" in frame:
        closing, principal = fen_of(frame["closing"]), fen_of(frame["principal"])
        known = frame["closing"].notna().to_numpy()
        breaks = (closing[:-1] - principal[1:] != closing[1:]) & known[1:] & known[:-1]
        rows = tuple(int(each) for each in frame.index[1:][breaks])
        if rows:
            notes.append(note("closing_breaks", rows=rows))
    frame.attrs["notes"] = tuple(notes)
    return frame
