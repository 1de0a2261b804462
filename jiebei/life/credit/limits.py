"""What moves a credit line from day to day, in whole fen: drawn, repaid, come back, cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from jiebei.language.errors import refuse_kind
from jiebei.loan.loan import Loan
from jiebei.loan.plan import Plan
from jiebei.units.arrays import alone, fit_shapes
from jiebei.units.days import Ints, as_days, one_day
from jiebei.units.reading import RATE_SCALE, flat, money, share, whole_number

__all__ = ["followed"]

LONGEST_DELAY = 3650
_FLOWS = ["loan", "date", "opening", "drawn", "closing"]


def followed(
    loans: Loan | Plan | Sequence[Loan],
    limit: Any,
    changes: Mapping[Any, float] | None,
    delay_days: Any,
    chance: Any,
    seed: int,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return how each day ends on each line, and what was there to be drawn, in fen.

    The arguments are those of `jiebei.life.credit.line.available`.
    """
    plan = Plan(tuple(loans) if isinstance(loans, Sequence) else (loans,))
    first = money(limit, "limit", zero=True)
    delay = whole_number(delay_days, "delay_days", 0, LONGEST_DELAY)
    back = share(chance, "chance")
    shape = fit_shapes(plan.shape, first.shape, delay.shape, back.shape)
    rows = _rows(plan, shape)
    luck = int(alone(whole_number(seed, "seed", 0, 2**31), seed, "seed"))
    moves = _moves(rows, flat(delay, shape), flat(back, shape), luck)
    days, limits = _changes(changes)
    lines = int(np.prod(shape, dtype=np.int64))
    table = _day_ends(_with_changes(moves, days, lines), flat(first, shape), limits)
    cash = rows.groupby(["line", "day"])["cash"].sum().rename("amount").reset_index()
    draws = cash[cash["amount"] > 0].merge(table, on=["line", "day"])
    # A day's drawdowns come after all else.
    return table, draws.assign(available=draws["available"] + draws["amount"])


def _rows(plan: Plan, shape: tuple[int, ...]) -> pd.DataFrame:
    """Return line, day, change of the principal owed and cash drawn, in fen, of every line."""
    flows = plan.cashflows(_FLOWS)
    size = int(np.prod(plan.shape, dtype=np.int64))
    fen = {name: np.rint(flows[name].to_numpy() * 100).astype(np.int64) for name in _FLOWS[2:]}
    rows = pd.DataFrame(
        {
            "scenario": plan.scenario_of(flows),
            "day": as_days(flows["date"].to_numpy(), "date")[0],
            "owed": fen["closing"] - fen["opening"],
            "cash": fen["drawn"],
        }
    )
    scenario = flat(np.arange(size, dtype=np.int64).reshape(plan.shape), shape)
    lines = pd.DataFrame({"line": np.arange(len(scenario), dtype=np.int64), "scenario": scenario})
    moving = rows[(rows["owed"] != 0) | (rows["cash"] > 0)]
    return lines.merge(moving, on="scenario", sort=False)


def _moves(rows: pd.DataFrame, delay: Ints, back: Ints, seed: int) -> pd.DataFrame:
    """Return what moves the principal owed, the principal waiting and the limit lost."""
    line, day = rows["line"].to_numpy(), rows["day"].to_numpy()
    owed = rows["owed"].to_numpy()
    repaid = np.maximum(-owed, 0)
    luck = np.random.default_rng(seed).integers(0, RATE_SCALE, len(rows))
    lost = np.where(luck < back[line], 0, repaid)
    wait = np.where(delay[line] > 0, repaid - lost, 0)
    later = wait > 0
    none = np.zeros(int(later.sum()), np.int64)
    return pd.DataFrame(
        {
            "line": np.concatenate([line, line[later]]),
            "day": np.concatenate([day, (day + delay[line])[later]]),
            "owed": np.concatenate([owed, none]),
            "waiting": np.concatenate([wait, -wait[later]]),
            "lost": np.concatenate([lost, none]),
        }
    )


def _changes(changes: Mapping[Any, float] | None) -> tuple[Ints, Ints]:
    """Return the days on which the limit changes, in order, and the new limits in fen."""
    if changes is not None:
        refuse_kind(changes, (Mapping,), "changes", "error.kind_changes")
    given = {} if changes is None else dict(changes)
    days = np.array([one_day(each, "changes") for each in given], np.int64)
    limits = money(list(given.values()), "changes", zero=True)
    order = np.argsort(days, kind="stable")
    return days[order], limits[order]


def _with_changes(moves: pd.DataFrame, days: Ints, lines: int) -> pd.DataFrame:
    """Add a row a line for each change of the limit, none before the line begins."""
    begins = moves.groupby("line")["day"].min().reindex(range(lines)).to_numpy()
    line, place = (each.ravel() for each in np.indices((lines, len(days))))
    rows = pd.DataFrame({"line": line, "day": days[place]})
    rows = rows[rows["day"] >= begins[rows["line"]]]
    moves = pd.concat([moves, rows]).fillna(0).astype(np.int64)
    moves.loc[moves["day"].isin(days), "lost"] = 0  # the new limit is said after that
    return moves.assign(change=np.searchsorted(days, moves["day"], side="right"))


def _day_ends(moves: pd.DataFrame, first: Ints, limits: Ints) -> pd.DataFrame:
    """Add up the moves of each line; return how each day ends, in fen."""
    moves = moves.sort_values(["line", "day"], kind="stable", ignore_index=True)
    moved = moves.groupby(["line", "day", "change"])[["owed", "waiting", "lost"]].sum()
    table = moved.reset_index()
    table[["owed", "waiting"]] = table.groupby("line")[["owed", "waiting"]].cumsum()
    # A new limit is a new start: what was lost before it counts no more.
    lost = table.groupby(["line", "change"])["lost"].cumsum()
    agreed = np.where(
        table["change"] > 0,
        np.append(limits, 0)[table["change"] - 1],
        first[table["line"]],
    )
    table["limit"] = np.maximum(agreed - lost, 0)
    table["drawn"] = table["owed"] + table["waiting"]
    table["available"] = table["limit"] - table["drawn"]
    return table
