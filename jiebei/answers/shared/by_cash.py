"""Which ways your cash carries: what a chart may recommend, what it draws hollow, what is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.shared.verdicts import lasts
from jiebei.compare.compare import Cash, Strategy, cash_left, horizon, lowest_cash
from jiebei.engine.events import VOLUNTARY
from jiebei.language.words import Text, Words, passage
from jiebei.units.days import day_of_month, iso, one_day
from jiebei.units.fen import FEN

__all__ = [
    "balance",
    "best",
    "cash_by_way",
    "held",
    "least",
    "on_payday",
    "recommended",
    "short",
    "short_of",
]

STROKE = pd.Timedelta(days=3)  # what is in hand no longer than that is a stroke, not a step


def short(table: pd.DataFrame) -> dict[str, float]:
    """Return by how many yuan the cash falls short of each way of a comparison.

    Examples
    --------
    >>> short(pd.DataFrame({"lowest_cash": [400.0, -11_664.0]}, ["as agreed", "settle"]))
    {'as agreed': -400.0, 'settle': 11664.0}
    """
    return {str(name): -float(each) for name, each in table["lowest_cash"].items()}


def short_of(strategies: Mapping[str, Strategy], cash: Cash) -> dict[str, float]:
    """Return by how many yuan the cash falls short of each of some ways."""
    return {name: -lowest_cash(each, cash)[0] for name, each in strategies.items()}


def best(table: pd.DataFrame) -> str | None:
    """Return the way that leaves the most among those that the cash carries, None if there is none.

    Of equally good ones it is the first.
    """
    able = table["net_benefit"][lasts(table)]
    if not len(able):
        return None
    return str(able.index[(able.max() - able < FEN).to_numpy().argmax()])


def recommended(strategies: Mapping[Any, Strategy], table: pd.DataFrame) -> Strategy:
    """Return the way that is recommended; the first, where the cash carries none.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(9_000, daily_rate=0.0004, months=3, start="2026-12-01")
    >>> ways = {"as agreed": loan, "settle": loan.settle(on="2027-01-01")}
    >>> recommended(ways, jb.compare(ways, cash=jb.Cash(10_000, 0, "2026-12-01")))
    Loan(9,000.00 at 0.0004 a day, 3 months, equal_instalment, from 2026-12-01, settle)
    """
    name = best(table)
    found = [each for called, each in strategies.items() if str(called) == name]
    return found[0] if found else next(iter(strategies.values()))


def balance(
    strategies: Mapping[str, Strategy], table: pd.DataFrame, past: Strategy | None = None
) -> Axes:
    """Draw how the debt falls by each way; the title is about the one that is recommended.

    Parameters
    ----------
    strategies : dict
        Name to loan or plan.
    table : DataFrame
        Their comparison, with the cash.
    past : loan or plan, optional
        What was before them, drawn pale.
    """
    return charts.balance(strategies, short=short(table), about=best(table), past=past)


def on_payday(strategies: Mapping[Any, Strategy], table: pd.DataFrame, cash: Cash) -> list[Words]:
    """Say which ways the cash would carry, if the surplus came by the day on which it is short.

    Examples
    --------
    >>> import jiebei as jb
    >>> cash = jb.Cash(8_000, 4_500, "2026-11-26")
    >>> ways = {"as agreed": jb.Loan(9_000, daily_rate=0.0, months=1, start="2026-11-20")}
    >>> on_payday(ways, jb.compare(ways, cash=cash), cash)[0]
    Your monthly surplus is taken to come on day 26 of the month: if it has come by 2026-12-20, \
your cash is enough for: as agreed.
    """
    lacking = table[~lasts(table)]
    taken = cash.payday or int(day_of_month(one_day(cash.since, "since")))
    for due in lacking["lowest_cash_date"].unique():
        there = short_of(
            {name: strategies[name] for name in lacking.index}, replace(cash, payday=due.day)
        )
        if names := tuple(name for name, each in there.items() if each < FEN):
            return [Words("answer.shared.cash_payday", day=taken, due=due, names=names)]
    return []


# What is left in hand -----------------------------------------------------------------------


def cash_by_way(
    strategies: Mapping[Any, Strategy],
    table: pd.DataFrame,
    cash: Cash,
    title: Words | None = None,
    more: Mapping[Any, Text] | None = None,
) -> Axes | Text:
    """Draw the cash that each way leaves from day to day; a sentence where it is always the same.

    All lines run to the last day of all, on which the ways are held against each other.

    Parameters
    ----------
    strategies : dict
        Name to loan or plan; the first is what the others are measured against.
    table : DataFrame
        Their comparison, with the cash.
    cash : Cash
    title : Words, optional
        What a page finds about them, instead of what is left in hand.
    more : dict, optional
        Name to what a page tells at its line, instead of how it ends: its title tells the price.
    """
    last = iso(horizon(*strategies.values()))
    until = replace(cash, spends={last: 0.0, **cash.spends})
    left = pd.DataFrame({name: cash_left(each, until) for name, each in strategies.items()}).ffill()
    title = title or _finding(strategies, table, last)
    if (left.sub(left.iloc[:, 0], axis=0).abs() < FEN).all(axis=None):
        return Words("answer.shared.cash_same", left=float(left.iloc[:, 0].min()))
    events = _events(strategies, table, cash)
    if title.fields.get("done"):
        events["early"] = ""  # said in the title
    more = more or {}
    ends = table["net_benefit"].iloc[1:][lasts(table)[1:]].drop(list(more), errors="ignore")
    gains = (ends.abs() >= FEN).any()
    savings = [Words("answer.shared.cash_note_savings")] * bool(gains or "amount" in title.fields)
    drawn = {
        name: _without_strokes(each).reindex(left.index).ffill() for name, each in left.items()
    }
    return charts.lines(
        left.index.to_numpy(),
        drawn,
        steps=True,
        x_kind="date",
        best=best(table),
        short=short(table),
        title=title,
        told={
            name: _and_gone(each, table.loc[name], table)
            for name, each in _at_lines(table, title, more).items()
        },
        subtitle=Words("answer.shared.cash_subtitle", unit="{unit}", **events),
        note=passage([*savings, Words("answer.shared.cash_note")]),
    )


def _at_lines(table: pd.DataFrame, title: Words, more: Mapping[Any, Text]) -> dict[Any, Text]:
    """Say beside each line what the title does not tell of its way already."""
    first, told = table.index[0], title.fields.get("best")
    return {
        name: "" if name == told else _told(row, name == first, more.get(name))
        for name, row in table.iterrows()
    }


def least(left: float, short_is_said: bool = True) -> Text:
    """Say beside a line what is left at the least; what it lacks, where nothing else says so."""
    if left > -FEN:
        return Words("answer.shared.cash_least", left=left)
    return "" if short_is_said else Words("answer.shared.cash_lacks", short=-left)


def _events(strategies: Mapping[Any, Strategy], table: pd.DataFrame, cash: Cash) -> dict[str, Text]:
    """Say what is repaid early and what is needed, where each is one sum on one day."""
    repaid = [_repaid(strategies[name]) for name in table.index[lasts(table)]]
    early = {(each.date, each.payment) for some in repaid for each in some if each.closing >= FEN}
    needed = {(iso(one_day(day, "spends")), each) for day, each in cash.spends.items() if each}
    said: dict[str, Text] = {"early": "", "needed": ""}
    for key, found in (("early", early), ("needed", needed)):
        for day, amount in found if len(found) == 1 else ():
            said[key] = Words(f"answer.shared.cash_{key}", day=day, amount=amount)
    return said


def _repaid(way: Strategy) -> list[Any]:
    """Return what is repaid early by a way, row by row."""
    flows = way.cashflows(["date", "event", "payment", "closing"])
    return list(flows[flows["event"].isin(VOLUNTARY)].itertuples())


def _and_gone(told: Text, row: pd.Series[Any], table: pd.DataFrame) -> Text:
    """Add when a way is free of debt, where that is on another day than by the first."""
    if row["lowest_cash"] <= -FEN or row["payoff_date"] == table["payoff_date"].iloc[0]:
        return told
    key = "cash_gone" if told else "cash_only_gone"
    return Words(f"answer.shared.{key}", told=told, month=row["payoff_date"])


def _told(row: pd.Series[Any], is_first: bool, more: Text | None = None) -> Text:
    """Say beside the line of a way what is left at the least, and how it ends beside the first."""
    low = least(float(row["lowest_cash"]))
    if low and more:
        return Words("answer.shared.cash_and", low=low, more=more)
    gain = float(row["net_benefit"])
    if not low or is_first or abs(gain) < FEN:
        return low
    key = "more" if gain > 0 else "less"
    return Words(f"answer.shared.cash_then_{key}", low=low, amount=abs(gain))


def _without_strokes(left: pd.Series[float]) -> pd.Series[float]:
    """Leave out income that is paid away again at once; what is lowest stays."""
    held = left.index.to_series().diff().shift(-1)
    peak = (left > left.shift()) & (left > left.shift(-1)) & (held <= STROKE)
    return left[~peak]


def _finding(strategies: Mapping[Any, Strategy], table: pd.DataFrame, last: str) -> Words:
    """Say of the recommended way what it repays, what stays in hand, and what the others lack."""
    name = best(table)
    fields: dict[str, Any] = {"day": last}
    if name is None:
        return Words(
            "answer.shared.cash_none", **fields, **_lacking(table, table["lowest_cash"].idxmax())
        )
    chosen = next(each for each in table.index if str(each) == name)
    fields |= {"best": chosen, "held": held(float(table["lowest_cash"][chosen]))}
    plan = table.index[0]
    if chosen != plan:
        if not lasts(table)[plan]:
            return Words("answer.shared.cash_lasts", **fields, **_lacking(table, plan))
        gap = float(table["net_benefit"][chosen] - table["net_benefit"][plan])
        done = _done(strategies[chosen])
        return Words("answer.shared.cash_more", **fields, amount=gap, name=plan, done=done)
    others = table.drop(index=plan)
    able = others["net_benefit"][lasts(others)]
    if not len(able):
        return Words(
            "answer.shared.cash_alone", **fields, **_lacking(table, others["lowest_cash"].idxmax())
        )
    gap = float(table["net_benefit"][plan] - able.max())
    key = "first" if gap >= FEN else "even"
    return Words(f"answer.shared.cash_{key}", **fields, amount=gap, name=able.idxmax())


def _done(way: Strategy) -> Text:
    """Say how much a way repays early on which day, where it is one sum."""
    repaid = _repaid(way)
    if len(repaid) != 1:
        return ""
    return Words("answer.shared.cash_done", day=repaid[0].date, amount=repaid[0].payment)


def held(left: float) -> Words:
    """Say what always stays in hand."""
    return Words(f"answer.shared.cash_{'held' if left >= 1 else 'just'}", left=left)


def _lacking(table: pd.DataFrame, name: Any) -> dict[str, Any]:
    row = table.loc[name]
    return {"name": name, "short": -float(row["lowest_cash"]), "on": row["lowest_cash_date"]}
