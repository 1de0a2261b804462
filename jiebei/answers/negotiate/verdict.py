"""Which offer is better? What the cash carries, and which of these is worth most today."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from jiebei.answers.negotiate.offers import terms_of
from jiebei.compare.compare import Cash
from jiebei.language.words import (
    count,
    day,
    headline_yuan,
    number,
    percent,
    say,
    sentence,
    sentences,
)
from jiebei.life.negotiation.carried import lowest, short_from
from jiebei.life.negotiation.least import least_months, least_share
from jiebei.life.negotiation.standing import Debt, takes, worth
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["answer", "ranked", "table"]


def table(debt: Debt, strategies: Mapping[str, Loan], cash: Cash, own_rate: float) -> pd.DataFrame:
    """Show what each way takes from the day of the talks on, and what it is worth then.

    Returns
    -------
    DataFrame
        `terms`, `carried` in words; yuan `paid_at_once`, `month_at_most` after that,
        `paid_from_now` in all, `worth_today` against the first row; `payoff_date`; `lowest_cash`,
        and `short_from`, the first day on which cash is short.
    """
    rows = {}
    for name, way in strategies.items():
        taken = takes(way, debt.on)
        left = float(lowest(way, debt, cash))
        rows[name] = {
            "terms": terms_of(way),
            "carried": say(f"answer.{'yes' if left > -FEN else 'no'}"),
            "paid_at_once": taken.at_once,
            "month_at_most": taken.monthly,
            "payoff_date": pd.Timestamp(way.summary().payoff_date),
            "paid_from_now": taken.paid,
            "worth_today": round(float(worth(way, debt, own_rate)), 2),
            "lowest_cash": left,
            "short_from": short_from(way, debt, cash),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("strategy")


def answer(debt: Debt, strategies: Mapping[str, Loan], cash: Cash, own_rate: float) -> Answer:
    """Say which way to take: of those that the cash carries, the one that is worth most today.

    Parameters
    ----------
    debt : Debt
    strategies : dict of name to Loan
        As `negotiate_offers.ways` gives them: the first is to catch up.
    cash : Cash
        As `negotiate_cash.means` gives it.
    own_rate : decimal
        What a year is worth to you: what your savings earn, or a dearer debt costs.

    Examples
    --------
    >>> from jiebei.life.negotiation.carried import means
    >>> from jiebei.life.negotiation.standing import behind
    >>> from jiebei.answers.negotiate.offers import ways
    >>> loan = Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> debt = behind(loan, 3, "2027-06-01")
    >>> found = answer(debt, ways(debt, {"A": {"months": 24}}), means(debt, 3_000, 3_000), 0.02)
    >>> print(found.headline[:61])
    Take 'A' (24 instalments): your cash carries it, at most ¥2,1
    """
    found = table(debt, strategies, cash, own_rate)
    carried = found[found["lowest_cash"] > -FEN]
    parts = [_none(found)] if carried.empty else _best(found, carried, debt, cash)
    if found["lowest_cash"].iloc[0] <= -FEN:  # who can do without asks for nothing
        ask = _ask(debt, cash)
        wrapped = ask if carried.empty else say("answer.negotiate.ask_else", ask=ask)
        parts.append(sentence(wrapped))
    return Answer(sentences(parts), found, say("answer.negotiate.note"))


def _none(found: pd.DataFrame) -> str:
    """Say how far the nearest way is from what the cash carries."""
    name = str(ranked(found).index[0])
    row = found.loc[name]
    fields = {"short": headline_yuan(-row["lowest_cash"]), "day": day(row["short_from"])}
    return say("answer.negotiate.none", name=name, offers=number(len(found) - 1), **fields)


def _best(found: pd.DataFrame, carried: pd.DataFrame, debt: Debt, cash: Cash) -> list[str]:
    """Name the way worth most, what it takes, and how far it is ahead."""
    best = ranked(carried)
    name, baseline = str(best.index[0]), str(found.index[0])
    row = best.iloc[0]
    once = row["month_at_most"] < FEN
    fields = {
        "name": name,
        "terms": row["terms"],
        "surplus": headline_yuan(cash.monthly),
        "monthly": headline_yuan(row["month_at_most"]),
        "more": headline_yuan(row["month_at_most"] - cash.monthly),
        "once": headline_yuan(row["paid_at_once"]),
    }
    key = "keep" if name == baseline else "take"
    how = "free" if row["paid_from_now"] < FEN else "once" if once else "month"
    if (key, how) == ("take", "month") and row["month_at_most"] > cash.monthly + FEN:
        how = "month_over"
    parts = [say(f"answer.negotiate.{key}_{how}", **fields)]
    if name != baseline:
        parts.append(_against(found, row, debt))
    others = best.index[1:].drop(baseline, errors="ignore")
    if len(others):
        gap = float(row["worth_today"] - best["worth_today"][others[0]])
        key = "next_same" if gap < FEN else "next"
        parts.append(say(f"answer.negotiate.{key}", name=str(others[0]), amount=headline_yuan(gap)))
    elif len(found) > 2 or name == baseline:
        parts.append(say("answer.negotiate.no_other"))
    return parts


def _against(found: pd.DataFrame, row: pd.Series[Any], debt: Debt) -> str:
    """Say what the best way is worth against catching up, and whether that could be carried."""
    value = float(row["worth_today"])
    sign = "same" if abs(value) < FEN else "more" if value > 0 else "less"
    baseline = say(f"answer.negotiate.{'catching_up' if debt.missed else 'paying_on'}")
    fields: dict[str, Any] = {"amount": headline_yuan(abs(value)), "baseline": baseline}
    text = say(f"answer.negotiate.worth_{sign}", **fields)
    short = -float(found["lowest_cash"].iloc[0])
    if short < FEN:
        return text
    fields |= {"short": headline_yuan(short), "day": day(found["short_from"].iloc[0])}
    return sentences([text, sentence(say("answer.negotiate.baseline_short", **fields))])


def ranked(found: pd.DataFrame) -> pd.DataFrame:
    """Put first what is carried, the best before the others; then what comes nearest to it.

    Parameters
    ----------
    found : DataFrame
        As `table` returns it.
    """
    carried = found["lowest_cash"] > -FEN
    best = found[carried].sort_values("worth_today", ascending=False, kind="stable")
    nearest = found[~carried].sort_values("lowest_cash", ascending=False, kind="stable")
    return pd.concat([best, nearest])


def _ask(debt: Debt, cash: Cash) -> str:
    """Say what to ask for at least: time, else a lower rate, else a part of the principal."""
    months, plan = least_months(debt, cash)
    if plan is not None:
        monthly = headline_yuan(takes(plan, debt.on).monthly)
        key = "ask_one" if months == 1 else "ask_months"
        fields = {"months": count(months, "instalment"), "monthly": monthly}
        return say(f"answer.negotiate.{key}", **fields)
    if least_months(debt, cash, daily_rate=0.0)[1] is not None:
        return say("answer.negotiate.ask_none")
    share = least_share(debt, cash)
    if share is None:
        return say("answer.negotiate.ask_nothing")
    return say("answer.negotiate.ask_part", share=percent(share, 1))
