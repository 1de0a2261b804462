"""What is done when, way by way, and what the recommended way changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.shared.by_cash import best, short
from jiebei.answers.shared.verdicts import lasts
from jiebei.compare.compare import Strategy
from jiebei.language.words import Text, Words
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["before_after", "strip", "timeline"]


def before_after(found: Answer) -> Words | None:
    """Say in a line what the recommended way changes against the first; None where it is the first.

    The payment is the first one after the day from which on the two differ.

    Examples
    --------
    >>> import jiebei as jb
    >>> from jiebei.answers import start_here
    >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> ways = {"as agreed": loan, "repay early": loan.prepay(20_000, on="2027-03-01")}
    >>> cash = jb.Cash(25_000, 5_000, since="2026-12-01")
    >>> before_after(start_here.answer(ways, 0.02, cash))
    "As agreed" → "repay early": then a payment of ¥4,503 → ¥2,143 · \
free of debt 2027-12-01 (same) · interest ¥4,037 → ¥2,793
    """
    ways, table = found.compared.strategies, found.figures  # type: ignore[union-attr]
    first = table.index[0]
    if not found.best or first in found.best:
        return None
    name = found.best[0]
    old, new = (_moves(ways[each]) for each in (first, name))
    gap = old.sub(new, fill_value=0.0).abs()
    since = gap.index[gap >= FEN][0]
    fees = table.filter(regex="^fee")  # in all, or of a loan that runs those still to come
    cost = table.filter(regex="^interest").join(fees).sum(axis=1).to_dict()
    return Words(
        "answer.start_here.before_after",
        first=first,
        best=name,
        payment=_change("payment", *(_next(each, since) for each in (old, new))),
        free=_change("free", *(table["payoff_date"][each] for each in (first, name))),
        what=Words(f"answer.start_here.cost{'_fee' if fees.to_numpy().max() >= FEN else ''}"),
        cost=_change("cost", cost[first], cost[name]),
    )


def _moves(way: Strategy) -> pd.Series[float]:
    """Return what is paid less what is drawn, by day."""
    flows = way.cashflows(["date", "payment", "drawn"])
    return (flows["payment"] - flows["drawn"]).groupby(flows["date"]).sum()


def _next(moves: pd.Series[float], since: Any) -> float:
    """Return the first payment after a day, 0 where none is left."""
    later = moves[(moves.index > since) & (moves >= FEN)]
    return float(later.iloc[0]) if len(later) else 0.0


def _change(what: str, old: Any, new: Any) -> Words:
    """Write from what to what, or that it stays."""
    same = old == new if what == "free" else abs(old - new) < FEN
    kind = "day" if what == "free" else "amount"
    return Words(f"answer.start_here.change_{kind}{'_same' if same else ''}", old=old, new=new)


def strip(found: Answer) -> Text:
    """Say what the recommended way does on which day, and what that changes against the first."""
    change = before_after(found)
    if change is None:
        return ""
    ways = found.compared.strategies  # type: ignore[union-attr]
    steps = tuple(step for _, step in _steps(ways[found.best[0]], _behind(ways)))
    done = steps[:-1]  # the last one is that nothing is owed any more
    return Words("answer.start_here.strip", steps=done, change=change) if done else change


# The steps ----------------------------------------------------------------------------------


def timeline(strategies: Mapping[Any, Strategy], table: pd.DataFrame) -> Axes:
    """Draw what is done when by each way, and what is owed; the title is on who is free first."""
    behind = _behind(strategies)
    steps = {name: [*_steps(each, behind)] for name, each in strategies.items()}
    title = _who_is_free(strategies, table)
    return charts.timeline(strategies, steps, short=short(table), about=best(table), title=title)


def _behind(strategies: Mapping[Any, Strategy]) -> set[pd.Timestamp]:
    """Return the days on which too much was paid before today."""
    agreed = next(iter(strategies.values())).cashflows(["date", "event"])
    return set(agreed["date"][agreed["event"] == "prepayment"])


def _steps(way: Strategy, behind: set[pd.Timestamp]) -> Iterator[tuple[pd.Timestamp, Words]]:
    """Tell what is decided on which day, and when nothing is owed any more."""
    more = [int(each.values()["months"]) for each in way.decisions if each.name == "extend"]
    flows = way.cashflows(["date", "event", "drawn", "payment"])
    later: Any = flows.iloc[1:].itertuples()
    for row in later:
        fields: dict[str, Any] = {"day": row.date}
        if row.date in behind:
            continue
        if row.event == "prepayment" and row.payment >= FEN:
            yield row.date, Words("answer.start_here.step_repay", amount=row.payment, **fields)
        elif row.event == "draw" and row.drawn >= FEN:
            yield row.date, Words("answer.start_here.step_again", amount=row.drawn, **fields)
        elif row.event == "extension" and (months := more.pop(0)):
            yield row.date, Words("answer.start_here.step_extend", months=months, **fields)
    end = way.summary().payoff_date
    yield pd.Timestamp(end), Words("answer.start_here.step_free", day=end)


def _who_is_free(strategies: Mapping[Any, Strategy], table: pd.DataFrame) -> Words | None:
    """Say which of the ways that cash carries end first and last; None where it carries few."""
    able = table.index[lasts(table)]
    if len(able) < 2:
        return None
    ends = {name: strategies[name].summary().payoff_date for name in able}
    begin, end = min(ends.values()), max(ends.values())
    first, last = (
        tuple(name for name, day in ends.items() if day == edge) for edge in (begin, end)
    )
    fields: dict[str, Any] = {"begin": begin, "end": end, "first": first, "last": last}
    key = "balance_same" if begin == end else "balance"
    carried = "" if len(able) == len(table) else "_carried"
    return Words(f"answer.start_here.{key}{carried}", **fields)
