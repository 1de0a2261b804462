"""Repay and borrow again, keep the loan, or extend it? The answer, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.answers.methods.verdict import listed
from jiebei.compare.compare import (
    Cash,
    Strategy,
    cash_left,
    compare,
    horizon,
    lowest_cash,
    net_benefit,
)
from jiebei.language.words import day, headline_yuan, say, sentence, sentences
from jiebei.loan.loan import Loan
from jiebei.loan.plan import Plan
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["answer", "need", "out_of_reach", "why"]

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


def answer(strategies: Mapping[str, Strategy], cash: Cash, savings_rate: float) -> Answer:
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
        lasts without borrowing again, that is one more way.
    """
    strategies = {**strategies, **_repaid_only(strategies, cash)}
    table = compare(strategies, savings_rate=savings_rate, cash=cash)
    holds = table["lowest_cash"] > -FEN
    table["holds"] = [say("answer.yes") if each else say("answer.no") for each in holds]
    if not holds.any():
        parts = [_short("none_holds", table, str(table["lowest_cash"].idxmax()))]
    else:
        parts = [_best(table[holds], horizon(*strategies.values()))]
        parts += [_short("misses", table, str(name)) for name in table.index[~holds]]
    return Answer(sentences(parts), table[COLUMNS], say("answer.reborrow.note"))


def _repaid_only(strategies: Mapping[str, Strategy], cash: Cash) -> dict[str, Strategy]:
    """Return the repayment without a new loan, if there is one to leave out and the cash lasts."""
    plan = next((each for each in strategies.values() if isinstance(each, Plan)), None)
    if plan is None or plan.loans[-1].terms["principal"] == 0:
        return {}
    repaid, kept = plan.loans[0], next(iter(strategies.values()))
    if repaid.summary().yuan_days == kept.summary().yuan_days:  # nothing is repaid early
        return {}
    lasts = lowest_cash(repaid, cash)[0] > -FEN
    return {say("strategy.repay_only"): repaid} if lasts else {}


def _short(key: str, table: pd.DataFrame, name: str) -> str:
    """Say by how much, and when, a way falls short."""
    row = table.loc[name]
    fields = {"short": headline_yuan(-row["lowest_cash"]), "day": day(row["lowest_cash_date"])}
    return sentence(say(f"answer.reborrow.{key}", name=name, **fields))


def _best(table: pd.DataFrame, last: Any) -> str:
    """Name the best way of these, and how far it is ahead of the baseline, or of the next."""
    ranked = table["net_benefit"].sort_values(ascending=False, kind="stable")
    best, baseline = str(ranked.index[0]), str(table.index[0])
    if len(ranked) == 1:
        return say("answer.reborrow.best_only", best=best)
    alike = [str(name) for name in table.index if ranked[best] - ranked[name] < FEN]
    if len(alike) > 1:
        return say("answer.reborrow.best_same", names=listed(alike))
    other = str(ranked.index[1]) if baseline == best else baseline
    gap = float(ranked[best] - ranked[other])
    fields = {"best": best, "amount": headline_yuan(gap), "day": day(last)}
    key, name = ("best_first", "other") if baseline == best else ("best_other", "baseline")
    return sentence(say(f"answer.reborrow.{key}", **fields, **{name: other}))


# The need ----------------------------------------------------------------------------------


def need(strategies: Mapping[str, Strategy], again: Plan, cash: Cash) -> Answer:
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
    ways = {**strategies, say("strategy.repay_only"): repaid}
    dates = pd.DatetimeIndex(sorted(pd.Timestamp(each) for each in cash.spends)).as_unit("s")
    spends = pd.Series({pd.Timestamp(each): float(cash.spends[each]) for each in cash.spends})
    table = pd.DataFrame({"date": dates, "need": spends.reindex(dates).to_numpy()})
    for name, way in ways.items():
        left = cash_left(way, cash)
        table[name] = left.reindex(dates).to_numpy() + table["need"].to_numpy()
    table = table.set_axis(pd.RangeIndex(1, len(table) + 1))
    return Answer(_need_words(table, again, lowest_cash(repaid, cash)), table)


def _need_words(table: pd.DataFrame, again: Plan, lowest: tuple[float, pd.Timestamp]) -> str:
    """Say what is missing on the tightest day without a new loan."""
    if table.empty:
        return say("answer.reborrow.need_none")
    left = table.iloc[:, -1] - table["need"]
    row = table.iloc[int(left.to_numpy().argmin())]
    held, short = float(row.iloc[-1]), -float(left.min())
    newest = again.loans[-1]
    drawn_on = pd.Timestamp(newest.terms["start"].astype("M8[D]").item())
    fields = {"day": day(row["date"]), "need": headline_yuan(row["need"])}
    if short < FEN and lowest[0] <= -FEN:
        fields |= {"short": headline_yuan(-lowest[0]), "later": day(lowest[1])}
        return say("answer.reborrow.need_hold_later", held=headline_yuan(held), **fields)
    if short < FEN:
        return say("answer.reborrow.need_hold", held=headline_yuan(held), **fields)
    fields["short"] = headline_yuan(short)
    if newest.terms["principal"] == 0:
        return say("answer.reborrow.need_nothing", **fields)
    if row["date"] < drawn_on:
        return say("answer.reborrow.need_early", **fields)
    amount = headline_yuan(newest.terms["principal"] / 100)
    return say("answer.reborrow.need_borrow", amount=amount, **fields)


# Why ---------------------------------------------------------------------------------------


def out_of_reach(again: Plan, cash: Cash) -> str:
    """Say that the cash does not carry repaying and borrowing again, "" where it does."""
    lowest, when = lowest_cash(again, cash)
    if lowest > -FEN:
        return ""
    return say("answer.reborrow.out_of_reach", short=headline_yuan(-lowest), day=day(when))


def why(loan: Loan, again: Plan, cash: Cash, savings_rate: float, at: Any) -> Axes:
    """Draw what the two costs differ by: interest spared, fees, the new loan's interest, savings.

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
        say("answer.reborrow.part_spared"): spared,
        say("answer.reborrow.part_fee"): fees,
        say("answer.reborrow.part_new"): new.interest,
        say(f"answer.reborrow.part_{'won' if savings < 0 else 'lost'}"): savings,
    }
    sign = "same" if abs(benefit) < FEN else "less" if benefit > 0 else "more"
    fields = {"spared": headline_yuan(-spared), "new": headline_yuan(new.interest)}
    fields["fees"] = headline_yuan(fees)
    with_fee = "_fee" if fees > FEN else ""
    amount = headline_yuan(abs(benefit))
    title = say(f"answer.reborrow.why_{sign}{with_fee}", amount=amount, **fields)
    return charts.waterfall(
        {name: each for name, each in parts.items() if each},
        round(kept.interest + kept.fee, 2),
        names=(say("strategy.keep"), say("strategy.reborrow")),
        title=title,
        subtitle=say("answer.reborrow.why_subtitle", unit="{unit}"),
        note=out_of_reach(again, cash),
    )
