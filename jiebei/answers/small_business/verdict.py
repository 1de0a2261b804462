"""Can the shop carry the loan through its season? The verdict on every way to repay."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from jiebei.answers.small_business.how import how
from jiebei.compare.compare import horizon
from jiebei.language.words import Words, number, passage
from jiebei.life.shop.carried_loans import carried_loans
from jiebei.life.shop.coverage import agreed_end, cover, month_ends
from jiebei.life.shop.delays import Borrow, beyond, window
from jiebei.life.shop.shop import Shop
from jiebei.life.shop.till import Strategy, cash_by_day, lowest
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["answer", "figures", "ratio", "ways"]

SHOWN = [
    "carried",
    "lowest_cash",
    "lowest_cash_date",
    "cover_least",
    "tightest_month",
    "cover_life",
    "interest",
    "payoff_date",
]


def ways() -> tuple[Words, Words, Words, Words]:
    """Return the names of the four ways to repay: equal, interest only, good months, at once."""
    return (
        Words("method.equal_instalment"),
        Words("strategy.shop_interest"),
        Words("strategy.shop_sweep"),
        Words("strategy.shop_season"),
    )


def figures(ways: Mapping[Any, Strategy], shop: Shop, cash_in_hand: float) -> pd.DataFrame:
    """Return how each way to repay is carried and covered, one row a way.

    Parameters
    ----------
    ways : dict
        Name to loan, one scenario each, all drawn on the shop's first day.
    shop : Shop
    cash_in_hand : yuan
        The owner's money on the first day, beside the loan.

    Returns
    -------
    DataFrame
        `lowest_cash` in yuan up to the last payoff of all ways, `lowest_cash_date`, `runs_out` (NaT
        where it does not), `cover_least` (DSCR), `tightest_month` (its last day), `cover_mean`,
        `cover_life` (LLCR), `interest`, `payoff_date`.
    """
    days = window(shop, horizon(*ways.values()))
    rows = {}
    for name, way in ways.items():
        least = lowest(cash_by_day(way, shop, cash_in_hand, days), days)
        total, covered = way.summary(), cover(way, shop)
        ends = month_ends(way, shop, agreed_end(way))
        rows[name] = {
            "lowest_cash": least.fen.item() / 100,
            "lowest_cash_date": _date(least.day),
            "runs_out": _date(least.runs_out) if least.runs_out else pd.NaT,
            "cover_least": covered.least,
            "tightest_month": pd.NaT if covered.reason else _date(ends[covered.month]),
            "cover_mean": covered.mean,
            "cover_life": covered.loan_life,
            "interest": total.interest,
            "payoff_date": pd.Timestamp(total.payoff_date),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("strategy")


def ratio(value: float) -> str:
    """Write a ratio with two decimals, rounded down: 0.999 does not reach 1.

    Examples
    --------
    >>> ratio(1.249), ratio(0.999), ratio(-0.001), ratio(math.nan)
    ('1.24', '0.99', '−0.01', '–')
    """
    return number(_down(value), 2)


def _down(value: float) -> float:
    """Return a ratio cut to two decimals."""
    return value if math.isnan(value) else math.floor(value * 100 + 1e-9) / 100


def _date(number_of_day: Any) -> pd.Timestamp:
    return pd.Timestamp(np.int64(number_of_day).astype("M8[D]").item())


def answer(
    borrow: Borrow,
    principal: float,
    shop: Shop,
    cash_in_hand: float,
    reserve: float,
    shop_limit: float,
) -> Answer:
    """Say whether the shop carries the loan, how tight it gets, and what would break it.

    Parameters
    ----------
    borrow : callable
        `borrow(principal)` returns the ways to repay, name to loan; the first is the one asked for.
    principal : yuan
    shop : Shop
    cash_in_hand, reserve : yuan
        The owner's money on the first day; what shall stay in the till.
    shop_limit : yuan
        The most that can be borrowed.
    """
    planned = borrow(principal)
    table = figures(planned, shop, cash_in_hand)
    first = table.iloc[0]
    parts = [_verdict(first, reserve), _tightest(first), _life(first), *_others(table)]
    if first["lowest_cash"] < 0:
        most = max(1, math.floor(max(principal, shop_limit)))
        parts.insert(1, _way_out(borrow, principal, shop, cash_in_hand, table, most))
    else:
        parts += _not_needed(table, shop, cash_in_hand, horizon(*planned.values()))
        parts.append(_late(planned, shop, cash_in_hand))
    states = [_state(each, reserve) for each in table["lowest_cash"]]
    shown = table.copy()
    shown["carried"] = pd.Series(
        [Words(f"answer.small_business.is_{each}") for each in states], table.index
    )
    for name in ("cover_least", "cover_life"):
        shown[name] = [ratio(each) for each in table[name]]
    compared = partial(how, planned, shop, cash_in_hand)
    return Answer(passage(parts), shown[SHOWN], Words("answer.small_business.note"), compared)


def _state(least: float, reserve: float) -> str:
    return "broken" if least < 0 else "touched" if least < reserve else "carried"


def _verdict(row: pd.Series[Any], reserve: float) -> Words:
    state, least = _state(row["lowest_cash"], reserve), row["lowest_cash"]
    if state == "broken" and row["runs_out"] != row["lowest_cash_date"]:
        state = "broken_long"
    fields = {
        "name": row.name,
        "day": row["lowest_cash_date"],
        "amount": abs(least),
        "reserve": reserve,
        "out": row["runs_out"],
    }
    return Words(f"answer.small_business.{state}", **fields)


def _tightest(row: pd.Series[Any]) -> Words:
    """Say what comes in for each yuan that falls due in the tightest month."""
    least = row["cover_least"]
    if math.isnan(least):
        return Words("answer.small_business.tight_none")
    key = "negative" if least < 0 else "short" if least < 1 else "covered"
    fields = {"day": row["tightest_month"], "ratio": _down(least)}
    return Words(f"answer.small_business.tight_{key}", **fields)


def _life(row: pd.Series[Any]) -> Words:
    """Say what comes in over the whole loan for each yuan borrowed."""
    life = row["cover_life"]
    key = "negative" if life < 0 else "short" if life < 1 else "covered"
    return Words(f"answer.small_business.life_{key}", ratio=_down(life))


def _others(table: pd.DataFrame) -> list[Words]:
    """Name the other ways that are carried, those that are not, and the cheapest that is."""
    others, parts = table.iloc[1:], list[Words]()
    holds = others["lowest_cash"] >= 0
    first_holds = table["lowest_cash"].iloc[0] >= 0
    if holds.any():
        key = "others_too" if first_holds else "others_do"
        names = tuple(others.index[holds])
        parts.append(Words(f"answer.small_business.{key}", names=names))
    for name, row in others[~holds].iterrows():
        fields = {"name": name, "day": row["runs_out"]}
        parts.append(Words("answer.small_business.others_not", **fields))
    saved = table["interest"].iloc[0] - table["interest"][table["lowest_cash"] >= 0]
    if first_holds and saved.max() >= FEN:
        fields = {"name": saved.idxmax(), "amount": float(saved.max())}
        parts.append(Words("answer.small_business.cheapest", **fields))
    return parts


def _not_needed(table: pd.DataFrame, shop: Shop, cash_in_hand: float, until: Any) -> list[Words]:
    """Say that the shop gets through without a loan, where each of the ways costs interest."""
    days = window(shop, until)
    least = lowest(shop.available(days) + round(cash_in_hand * 100), days)
    if least.fen < 0 or table["interest"].min() <= 0:
        return []
    fields = {"amount": least.fen.item() / 100, "day": _date(least.day)}
    return [Words("answer.small_business.not_needed", **fields)]


def _late(ways: Mapping[Any, Strategy], shop: Shop, cash_in_hand: float) -> Words:
    """Say how much later customers would have to pay for the cash to run out, the first way."""
    name, way = next(iter(ways.items()))
    found = beyond(way, shop, cash_in_hand, horizon(*ways.values()))
    if found.runs_out is None:
        return Words("answer.small_business.late_never", name=name, days=found.days)
    fields = {"name": name, "days": found.days + 1, "day": found.runs_out}
    return Words("answer.small_business.late", **fields)


def _way_out(
    borrow: Borrow,
    principal: float,
    shop: Shop,
    cash_in_hand: float,
    table: pd.DataFrame,
    most: int,
) -> Words:
    """Say which other loan would be carried, and how much more of one's own this one takes."""
    name, until = table.index[0], horizon(*borrow(principal).values())
    found = carried_loans(lambda each: borrow(each)[name], shop, cash_in_hand, until, most)
    fields = {"own": -table["lowest_cash"].iloc[0]}
    if found is None:
        return _own_money(shop, cash_in_hand, table, until)
    least, highest = found
    key = "without" if highest == 0 else "less" if highest < principal else "more"
    fields |= {"least": least, "most": highest}
    return Words(f"answer.small_business.out_{key}", **fields)


def _own_money(shop: Shop, cash_in_hand: float, table: pd.DataFrame, until: Any) -> Words:
    """Say how much more of one's own it takes, or that less of it does without the loan."""
    least = shop.available(window(shop, until)).min() + round(cash_in_hand * 100)
    own, without = -table["lowest_cash"].iloc[0], -least / 100
    key = "out_cheaper" if without < own else "out_own"
    fields = {"own": own, "without": without}
    return Words(f"answer.small_business.{key}", **fields)
