"""Should I repay early, and shorten the term or lower the instalment? The verdict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from jiebei.answers.repay_early.cash import cash_words
from jiebei.answers.shared import own_list
from jiebei.answers.shared.by_cash import on_payday
from jiebei.answers.shared.verdicts import lasts, to_come, turns, unless
from jiebei.compare.affordable import affordable
from jiebei.compare.compare import Cash, Strategy, compare, flip, horizon
from jiebei.compare.goals import can_shorten, day_of, owed
from jiebei.language.words import (
    Text,
    Words,
    passage,
    percent,
)
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer, Compared
from jiebei.units.days import iso
from jiebei.units.fen import FEN
from jiebei.units.reading import share

__all__ = ["answer", "possible", "remaining_interest", "ways"]

SAME = 0.0005  # a year: less than this is the same rate
COLUMNS = [
    "net_benefit",
    "flip_rate",
    "interest",
    "fee",
    "next_instalment",
    "payoff_date",
    "lowest_cash",
    "lowest_cash_date",
]


def possible(strategies: Mapping[Any, Strategy], loan: Loan, on: Any) -> dict[Any, Strategy]:
    """Leave out what shortens the term of a loan that has no instalment to keep.

    Examples
    --------
    >>> loan = Loan(5_000, daily_rate=0.0004, months=3, method="interest_only", start="2026-12-01")
    >>> chains = {"lower": loan.prepay(9, on=5), "shorten": loan.prepay(9, on=5, then="shorten")}
    >>> list(possible(chains, loan, on=5))
    ['lower']
    """
    owed(loan, on)  # says in words where nothing is owed any more
    if can_shorten(loan, on):
        return dict(strategies)
    return {name: each for name, each in strategies.items() if not _shortens(each)}


def ways(loan: Loan, on: Any) -> dict[Words, str]:
    """Return what an early repayment can change: its name, and what `then` calls it."""
    names = {Words("strategy.repay_lower"): "lower"}
    if can_shorten(loan, on):
        names[Words("strategy.repay_shorten")] = "shorten"
    return names


# The answer --------------------------------------------------------------------------------


def answer(strategies: Mapping[Any, Strategy], on: Any, savings_rate: float, cash: Cash) -> Answer:
    """Say whether to repay early or to keep the loan, and up to which savings rate that holds.

    Parameters
    ----------
    strategies : dict
        Name to strategy; the first is the loan as agreed.
    on : date
        Day of the early repayment.
    savings_rate : decimal
        What your savings earn a year, 0 to 1.
    cash : Cash
        In hand, and left each month; where it would not last, no verdict is given.
    """
    share(savings_rate, "savings_rate")
    table = compare(strategies, savings_rate=savings_rate, cash=cash)
    table["next_instalment"] = [_next_instalment(each, on) for each in strategies.values()]
    fits = lasts(table)
    others, chosen = table.iloc[1:], ()
    if not fits.iloc[0] or not fits.iloc[1:].any():
        text: Text = _withheld(table, fits, strategies, on, cash)
    else:
        best: Any = others["net_benefit"][fits.iloc[1:]].idxmax()
        gain = float(table["net_benefit"][best])
        chosen = (best,) if gain >= FEN else tuple(table.index[:1]) if gain <= -FEN else ()
        text = _verdict(strategies, best, gain, savings_rate)
        text = passage([text, *(_left_out(table, name) for name in others.index[~fits.iloc[1:]])])
    text = passage([text, *on_payday(strategies, table, cash)])
    agreed, mine = next(iter(strategies.values())), Words("strategy.own_list")
    planned = {mine: strategies[mine]} if mine in strategies else {}
    text = passage(
        [text, *cash_words(strategies, on), *own_list.said(agreed, next(iter(strategies)), planned)]
    )
    remark = [Words("answer.repay_early.note"), *_on_shortening(strategies, table, on)]
    remark += [Words("answer.shared.own_list_note")] if planned else []
    shown = to_come(table[COLUMNS], agreed)
    return Answer(text, shown, passage(remark), Compared(strategies, savings_rate), chosen)


def _on_shortening(strategies: Mapping[Any, Strategy], table: pd.DataFrame, on: Any) -> list[Words]:
    """Say that the app decides whether the term shortens, or that this loan's cannot."""
    if any(_shortens(each) for each in strategies.values()):
        return [Words("answer.repay_early.both"), *_why_apart(strategies, table["net_benefit"])]
    agreed = next(iter(strategies.values()))
    if isinstance(agreed, Loan) and can_shorten(agreed, on):
        return []
    return [Words("answer.repay_early.no_shorten")]


def _why_apart(strategies: Mapping[Any, Strategy], benefit: Any) -> list[Words]:
    """Say why shortening leaves more or less than lowering, where both stand there."""
    names = [Words(f"strategy.repay_{then}") for then in ("lower", "shorten")]
    if not all(name in benefit.index for name in names):
        return []
    lower, shorten = (float(benefit[name]) for name in names)
    if abs(shorten - lower) < FEN:
        return []
    if shorten < lower:
        return [Words("answer.repay_early.both_less")]
    agreed = next(iter(strategies.values()))
    rates = [turns(flip(strategies[name], agreed)).rates for name in names]
    if any(each.size != 1 for each in rates):
        return [Words("answer.repay_early.both_more_plain")]
    low, high = (float(each[0]) for each in rates)
    if high - low < SAME:
        return [Words("answer.repay_early.both_more")]
    return [Words("answer.repay_early.both_more_rate", shorten=high, lower=low)]


def _shortens(strategy: Strategy) -> bool:
    return any(np.any(each.values().get("then", 0) == 1) for each in strategy.decisions)


def _next_instalment(strategy: Strategy, on: Any) -> float:
    flows = strategy.cashflows(["date", "event", "payment"])
    later = (flows["event"] == "instalment") & (flows["date"] > pd.Timestamp(str(on)))
    return float(flows["payment"][later].iloc[0]) if later.any() else np.nan


def _verdict(
    strategies: Mapping[Any, Strategy], best: Any, gain: float, savings_rate: float
) -> Text:
    baseline = next(iter(strategies))
    found = flip(strategies[best], strategies[baseline])
    fields: dict[str, Any] = {
        "name": best,
        "day": horizon(*strategies.values()),
        "amount": abs(gain),
        "savings": savings_rate,
    }
    if abs(gain) < FEN:
        return Words("answer.repay_early.equal", **fields)
    key = "repay" if gain > 0 else "keep"
    clause = unless(found, savings_rate)
    text: Text = Words(f"answer.repay_early.{key}", unless=clause, **fields)
    own = strategies[baseline].summary().effective_rate
    paid = strategies[best].summary().fee - strategies[baseline].summary().fee
    if found.kind == "one" and own > FEN and paid < FEN and abs(found.roots[0] - own) < SAME:
        about = "" if percent(found.roots[0]) == percent(own) else "_about"
        text = passage([text, Words(f"answer.repay_early.own_rate{about}", rate=own)])
    elif paid > FEN:
        text = passage([text, *_without_fee(strategies[best], strategies[baseline], own, paid)])
    return text


def _without_fee(early: Strategy, agreed: Strategy, own: float, fee: float) -> list[Words]:
    """Say where the answer would flip without a fee: at the loan's own rate, or elsewhere."""
    if not isinstance(early, Loan) or not isinstance(agreed, Loan):
        return []
    found = turns(flip(early.but(prepay_fee_rate=0.0), agreed.but(prepay_fee_rate=0.0)))
    if found.rates.size != 1:
        return []
    rate = float(found.rates[0])
    near = abs(rate - own) < SAME
    key = "fee_moves" if near else "fee_moves_else"
    return [
        Words(f"answer.repay_early.{key}", rate=own, fee=fee, **({} if near else {"flip": rate}))
    ]


def _withheld(
    table: pd.DataFrame,
    fits: pd.Series[bool],
    strategies: Mapping[Any, Strategy],
    on: Any,
    cash: Cash,
) -> Words:
    """Say why there is no verdict: on which day the cash would be how short, and what would do."""
    if fits.iloc[0]:
        name: Any = table["lowest_cash"].iloc[1:].idxmax()
        left = float(table["lowest_cash"].iloc[0])
        agreed = strategies[table.index[0]]
        most = affordable(agreed, on, cash) if isinstance(agreed, Loan) else 0.0
        fields = {"most": most, "on": pd.Timestamp(str(on))}
        key = "short" if most >= FEN else "short_later"
        return Words(f"answer.repay_early.{key}", left=left, **fields, **_shortage(table, name))
    fields = _shortage(table, table.index[0])
    if not fits.any():
        return Words("answer.repay_early.short_all", **fields)
    best: Any = table["net_benefit"][fits].idxmax()
    left = max(float(table["lowest_cash"][best]), 0.0)
    return Words("answer.repay_early.short_agreed", best=best, left=left, **fields)


def _shortage(table: pd.DataFrame, name: Any) -> dict[str, Any]:
    short = -float(table["lowest_cash"][name])
    return {"name": name, "short": short, "day": table["lowest_cash_date"][name]}


def _left_out(table: pd.DataFrame, name: Any) -> Words:
    return Words("answer.repay_early.left_out", **_shortage(table, name))


# A common error ----------------------------------------------------------------------------


def remaining_interest(loan: Loan, on: Any) -> Answer:
    """Correct "who repays early must pay all the interest anyway" (提前还清要付剩余利息)."""
    left = owed(loan, on) / 100
    flows = loan.cashflows(["date", "interest"])
    after = flows["date"] > iso(day_of(loan, on))
    planned = round(float(flows["interest"][after].sum()), 2)
    last = loan.settle(on=on).cashflows(["interest", "fee", "payment"]).iloc[-1]
    rows = {
        "principal": (left, left),
        "interest": (float(last["interest"]), planned),
        "fee": (float(last["fee"]), 0.0),
        "total_paid": (float(last["payment"]), round(left + planned, 2)),
    }
    names = [Words("answer.repay_early.really"), Words("answer.repay_early.claimed")]
    table = pd.DataFrame(rows, index=names)
    saved = planned - float(last["interest"] + last["fee"])
    fields = {
        "day": iso(day_of(loan, on)),
        "principal": left,
        "interest": last["interest"],
        "fee": float(last["fee"]),
        "amount": abs(saved),
    }
    if planned < FEN:
        key = "wrong_zero"
    elif saved < 0:
        key = "wrong_fee"
    else:
        key = "wrong" if last["fee"] < FEN else "wrong_with_fee"
    return Answer(Words(f"answer.repay_early.{key}", **fields), table)
