"""Repay and borrow again, keep the loan, or extend it? The answer, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.shared.verdicts import lasts, leaders, to_come
from jiebei.compare.compare import (
    Cash,
    Strategy,
    cash_left,
    compare,
    horizon,
    lowest_cash,
    net_benefit,
)
from jiebei.language.words import Text, Words, passage
from jiebei.loan.loan import Loan
from jiebei.loan.plan import Plan
from jiebei.notebook.answer import Answer, Compared
from jiebei.units.days import as_dates, one_day
from jiebei.units.fen import FEN
from jiebei.units.term import term

__all__ = ["answer", "least_again", "need", "out_of_reach", "why"]

MOST_TIMES = 64  # of what is missing: more than that is not looked for
COLUMNS = [
    "holds",
    "net_benefit",
    "interest",
    "fee",
    "largest_payment",
    "payoff_date",
    "lowest_cash",
    "lowest_cash_date",
]


# The answer --------------------------------------------------------------------------------


def answer(strategies: Mapping[Any, Strategy], cash: Cash, savings_rate: float) -> Answer:
    """Say which way leaves you best off among those that hold the money you need.

    Parameters
    ----------
    strategies : dict
        Name to loan or plan, one scenario each; the first is what the others are measured against.
    cash : Cash
        In hand, left each month, and what you need (`spends`).
    savings_rate : decimal
        What your savings earn a year.

    Returns
    -------
    Answer
        Its table is that of `compare`, with whether the way holds the need. Where the cash
        lasts without borrowing again, or with only as much as is missing, that is one more way.
    """
    strategies = {**strategies, **_borrowing_less(strategies, cash)}
    table = compare(strategies, savings_rate=savings_rate, cash=cash)
    holds = lasts(table)
    table["holds"] = holds.map({True: Words("answer.yes"), False: Words("answer.no")})
    if not holds.any():
        parts = [_short("none_holds", table, table["lowest_cash"].idxmax())]
    else:
        parts = [_best(table[holds], horizon(*strategies.values())), *_bare(table[holds], cash)]
        parts += [_short("misses", table, name) for name in table.index[~holds]]
    compared = Compared(strategies, savings_rate)
    best = leaders(table["net_benefit"], holds)
    shown = to_come(table[COLUMNS], next(iter(strategies.values())))
    return Answer(passage(parts), shown, Words("answer.reborrow.note"), compared, best)


def _borrowing_less(strategies: Mapping[Any, Strategy], cash: Cash) -> dict[Any, Strategy]:
    """Return the repayment with no new loan, and with only what is missing, if the cash lasts."""
    plan = next((each for each in strategies.values() if isinstance(each, Plan)), None)
    if plan is None:
        return {}
    without = needless(plan, next(iter(strategies.values())), cash)
    repaid: dict[Any, Strategy] = {Words("strategy.repay_only"): plan.loans[0]} if without else {}
    return repaid | _least(plan, cash)


def needless(plan: Plan, kept: Strategy, cash: Cash) -> list[Words]:
    """Say where something is repaid early and the cash lasts without what is borrowed again."""
    repaid = plan.loans[0]
    if plan.loans[-1].terms["principal"] == 0:
        return []
    if repaid.summary().yuan_days == kept.summary().yuan_days:  # nothing is repaid early
        return []
    return [Words("answer.reborrow.needless")] if lowest_cash(repaid, cash)[0] > -FEN else []


def _least(plan: Plan, cash: Cash) -> dict[Any, Strategy]:
    """Return the plan with only as much borrowed again as is missing, if the cash carries that."""
    amount = least_again(plan, cash)
    if not 0 < amount < plan.loans[-1].terms["principal"] / 100:
        return {}
    least = _borrowing(plan, amount)
    if lowest_cash(least, cash)[0] <= -FEN:
        return {}
    return {Words("answer.reborrow.case_least", amount=amount): least}


def _short(key: str, table: pd.DataFrame, name: Any) -> Words:
    """Say by how much, and when, a way falls short."""
    row = table.loc[name]
    fields: dict[str, Any] = {"short": -row["lowest_cash"], "day": row["lowest_cash_date"]}
    return Words(f"answer.reborrow.{key}", name=name, **fields)


def _best(table: pd.DataFrame, last: Any) -> Words:
    """Name the best way of these, and how far it is ahead of the baseline, or of the next."""
    ranked = table["net_benefit"].sort_values(ascending=False, kind="stable")
    best, baseline = ranked.index[0], table.index[0]
    if len(ranked) == 1:
        return Words("answer.reborrow.best_only", best=best)
    alike = [name for name in table.index if ranked[best] - ranked[name] < FEN]
    if len(alike) > 1:
        return Words("answer.reborrow.best_same", names=tuple(alike))
    other = ranked.index[1] if baseline == best else baseline
    gap = float(ranked[best] - ranked[other])
    fields: dict[str, Any] = {"best": best, "amount": gap, "day": last}
    key, name = ("best_first", "other") if baseline == best else ("best_other", "baseline")
    return Words(f"answer.reborrow.{key}", **fields, **{name: other})


def _bare(table: pd.DataFrame, cash: Cash) -> list[Words]:
    """Say on which day the best way leaves nothing in hand, where it does so later than today."""
    name: Any = table["net_benefit"].idxmax()
    best = table.loc[name]
    day = best["lowest_cash_date"]
    if best["lowest_cash"] >= FEN or day <= as_dates(one_day(cash.since, "since")):
        return []
    return [Words("answer.reborrow.best_bare", day=day)]


# The need ----------------------------------------------------------------------------------


def need(strategies: Mapping[Any, Strategy], again: Plan, cash: Cash) -> Answer:
    """Show the cash that each way holds when you need it, before you spend it.

    Parameters
    ----------
    strategies : dict
        Name to loan or plan.
    again : Plan
        The plan that repays and borrows again; without its last loan it is one more column.
    cash : Cash
        With `spends`, the dates and amounts.
    """
    repaid = again.loans[0]
    ways = {**strategies, Words("strategy.repay_only"): repaid}
    dates = pd.DatetimeIndex(sorted(pd.Timestamp(each) for each in cash.spends)).as_unit("s")
    spends = pd.Series({pd.Timestamp(each): float(cash.spends[each]) for each in cash.spends})
    table = pd.DataFrame({"date": dates, "need": spends.reindex(dates).to_numpy()})
    for name, way in ways.items():
        left = cash_left(way, cash)
        table[name] = left.reindex(dates).to_numpy() + table["need"].to_numpy()
    table = table.set_axis(pd.RangeIndex(1, len(table) + 1))
    return Answer(_need_words(table, again, cash), table)


def _need_words(table: pd.DataFrame, again: Plan, cash: Cash) -> Text:
    """Say what is missing on the tightest day without a new loan."""
    if table.empty:
        return Words("answer.reborrow.need_none")
    left = table.iloc[:, -1] - table["need"]
    row = table.iloc[int(left.to_numpy().argmin())]
    held, short = float(row.iloc[-1]), -float(left.min())
    newest = again.loans[-1]
    drawn_on = pd.Timestamp(newest.terms["start"].astype("M8[D]").item())
    fields: dict[str, Any] = {"day": row["date"], "need": row["need"]}
    lowest = lowest_cash(again.loans[0], cash)
    if short < FEN and lowest[0] <= -FEN:
        fields |= {"short": -lowest[0], "later": lowest[1]}
        return Words("answer.reborrow.need_hold_later", held=held, **fields)
    if short < FEN:
        return Words("answer.reborrow.need_hold", held=held, **fields)
    fields["short"] = short
    if newest.terms["principal"] == 0:
        return Words("answer.reborrow.need_nothing", **fields)
    if row["date"] < drawn_on:
        return Words("answer.reborrow.need_early", **fields)
    least = least_again(again, cash)
    key = "need_borrow" if least < short + FEN else "need_borrow_more"
    fields |= {"amount": newest.terms["principal"] / 100, "least": least}
    if not np.isfinite(least):
        return Words("answer.reborrow.need_vain", **fields)
    return passage(
        [Words(f"answer.reborrow.{key}", **fields), *_besides(again, least, cash, row["date"])]
    )


def _besides(again: Plan, least: float, cash: Cash, on: pd.Timestamp) -> list[Words]:
    """Say where borrowing just what is needed in time leaves too little on another day."""
    lowest, day = lowest_cash(_borrowing(again, least), cash)
    if lowest > -FEN:
        return []
    key = "need_before" if day < on else "need_later"
    return [Words(f"answer.reborrow.{key}", least=least, short=-lowest, day=day)]


def least_again(again: Plan, cash: Cash) -> float:
    """Return the least to borrow again to have what is needed in time, infinite where no sum does.

    0 where nothing is missing. Where the new loan is partly repaid before the need, it is more than
    what is missing.
    """
    dates = [pd.Timestamp(each) for each in cash.spends]

    def missing(fen: int) -> float:
        left = cash_left(_borrowing(again, fen / 100), cash)
        return max(0.0, -float(left[left.index.isin(dates)].min()))

    low = round(100 * missing(0)) if dates else 0
    high = low
    while missing(high) >= FEN:
        low, high = high, 2 * high
        if high > MOST_TIMES * 100 * missing(0):
            return float("inf")
    while high - low > 1:
        half = (low + high) // 2
        low, high = (low, half) if missing(half) < FEN else (half, high)
    return high / 100


def _borrowing(again: Plan, amount: float) -> Plan:
    """Return the plan with another amount borrowed again."""
    repaid, new = again.loans[0], again.loans[-1]
    terms = {"daily_rate": float(new.daily_rate), **term(new.term)}
    plan: Plan = repaid.reborrow(amount, on=new.terms["start"].astype("M8[D]"), **terms)
    return plan


# Why ---------------------------------------------------------------------------------------


def out_of_reach(again: Plan, cash: Cash) -> Text:
    """Say that the cash does not carry repaying and borrowing again, "" where it does."""
    lowest, when = lowest_cash(again, cash)
    if lowest > -FEN:
        return ""
    return Words("answer.reborrow.out_of_reach", short=-lowest, day=when)


def why(loan: Loan, again: Plan, cash: Cash, savings_rate: float, at: Any) -> Axes | Text:
    """Draw what the two costs differ by: interest spared, fees, the new loan's interest, savings.

    Where nothing costs anything there is nothing to draw: then it is a sentence.

    Parameters
    ----------
    loan : Loan
        Kept as agreed.
    again : Plan
        The same loan, part of it repaid, and the new one.
    cash : Cash
        Where it does not carry this, the note says so.
    savings_rate : decimal
    at : date
        The net benefit is in yuan of that day.
    """
    kept, repaid, new = (each.summary() for each in (loan, again.loans[0], again.loans[-1]))
    spared = round(repaid.interest - kept.interest, 2)
    fees = round(repaid.fee + new.fee - kept.fee, 2)
    benefit = round(float(net_benefit(again, loan, savings_rate, at)), 2)
    savings = round(-benefit - spared - fees - new.interest, 2)
    parts = {
        Words("answer.reborrow.part_spared"): spared,
        Words("answer.reborrow.part_fee"): fees,
        Words("answer.reborrow.part_new"): new.interest,
        Words(f"answer.reborrow.part_{'won' if savings < 0 else 'lost'}"): savings,
    }
    beyond = out_of_reach(again, cash)
    sign = "same" if abs(benefit) < FEN else "less" if benefit > 0 else "more"
    sign = "short" if beyond else sign
    fields: dict[str, Any] = {"spared": -spared, "new": new.interest}
    fields["fees"] = fees
    with_fee = "_fee" if fees > FEN else ""
    amount = abs(benefit)
    title = Words(f"answer.reborrow.why_{sign}{with_fee}", amount=amount, **fields)
    parts = {name: each for name, each in parts.items() if each}
    cost = round(kept.interest + kept.fee, 2)
    if not parts and cost < FEN:
        return title
    return charts.waterfall(
        parts,
        cost,
        names=(Words("strategy.keep"), Words("strategy.reborrow")),
        title=title,
        subtitle=Words("answer.reborrow.why_subtitle", unit="{unit}"),
        note=beyond,
    )
