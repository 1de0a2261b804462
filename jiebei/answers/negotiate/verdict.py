"""Which offer is better? What the cash carries, and which of these is worth most today."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from jiebei.answers.negotiate.how import how
from jiebei.answers.negotiate.offers import terms_of
from jiebei.answers.shared.verdicts import lasts, leaders
from jiebei.compare.compare import Cash
from jiebei.language.words import (
    Text,
    Words,
    passage,
)
from jiebei.life.negotiation.carried import kept_short, lowest, short_from
from jiebei.life.negotiation.least import least_months, least_share
from jiebei.life.negotiation.standing import Debt, takes, worth
from jiebei.loan.loan import Loan
from jiebei.notebook.answer import Answer
from jiebei.notebook.how import Worked
from jiebei.units.fen import FEN

__all__ = ["answer", "ranked", "table"]


def table(debt: Debt, strategies: Mapping[Any, Loan], cash: Cash, own_rate: float) -> pd.DataFrame:
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
            "carried": Words(f"answer.{'yes' if left > -FEN else 'no'}"),
            "month_at_most": taken.monthly,
            "worth_today": round(float(worth(way, debt, own_rate)), 2),
            "terms": terms_of(way),
            "paid_at_once": taken.at_once,
            "paid_from_now": taken.paid,
            "payoff_date": pd.Timestamp(way.summary().payoff_date),
            "lowest_cash": left,
            "short_from": short_from(way, debt, cash),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("strategy")


def answer(debt: Debt, strategies: Mapping[Any, Loan], cash: Cash, own_rate: float) -> Answer:
    """Say which way to take: of those that the cash carries, the one that is worth most today.

    Parameters
    ----------
    debt : Debt
    strategies : dict of name to Loan
        As `negotiate.offers.ways` gives them: the first is to catch up.
    cash : Cash
        As `negotiate_cash.means` gives it.
    own_rate : decimal
        What a year is worth to you: what your savings earn, or what your dearest debt costs.

    Examples
    --------
    >>> from jiebei.life.negotiation.carried import means
    >>> from jiebei.life.negotiation.standing import behind
    >>> from jiebei.answers.negotiate.offers import ways
    >>> loan = Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> debt = behind(loan, 3, "2027-06-01")
    >>> found = answer(debt, ways(debt, {"A": {"months": 24}}), means(debt, 3_000, 3_000), 0.02)
    >>> print(found.headline[:61])
    Take 'A' (24 instalments): you can afford it, at most ¥2,146
    """
    found = table(debt, strategies, cash, own_rate)
    carried = found[lasts(found)]
    parts: list[Text] = [_none(found)] if carried.empty else _best(found, carried, debt, cash)
    kept = kept_short(cash)
    if kept >= FEN:
        parts.append(Words("answer.negotiate.keep_short", short=kept))
    elif found["lowest_cash"].iloc[0] <= -FEN:  # who can do without asks for nothing
        ask = _ask(debt, cash)
        wrapped = ask if carried.empty else Words("answer.negotiate.ask_else", ask=ask)
        parts.append(wrapped)
    best = leaders(found["worth_today"], lasts(found))

    def compared(figures: pd.DataFrame, name: Any) -> Worked:
        return how(debt, strategies, own_rate, ranked(figures), name)

    return Answer(passage(parts), found, Words("answer.negotiate.note"), compared, best)


def _none(found: pd.DataFrame) -> Words:
    """Say how far the nearest way is from what the cash carries."""
    name: Any = ranked(found).index[0]
    row = found.loc[name]
    fields: dict[str, Any] = {"short": -row["lowest_cash"], "day": row["short_from"]}
    return Words("answer.negotiate.none", name=name, **fields)


def _best(found: pd.DataFrame, carried: pd.DataFrame, debt: Debt, cash: Cash) -> list[Text]:
    """Name the way worth most, what it takes, and how far it is ahead."""
    best = ranked(carried)
    name, baseline = best.index[0], found.index[0]
    row = best.iloc[0]
    once = row["month_at_most"] < FEN
    fields: dict[str, Any] = {
        "name": name,
        "terms": row["terms"],
        "surplus": cash.monthly,
        "monthly": row["month_at_most"],
        "more": row["month_at_most"] - cash.monthly,
        "once": row["paid_at_once"],
    }
    key = "keep" if name == baseline else "take"
    how = "free" if row["paid_from_now"] < FEN else "once" if once else "month"
    if (key, how) == ("take", "month") and row["month_at_most"] > cash.monthly + FEN:
        how = "month_over"
    parts: list[Text] = [Words(f"answer.negotiate.{key}_{how}", **fields)]
    if name != baseline:
        parts.append(_against(found, row, debt))
    others = best.index[1:].drop(baseline, errors="ignore")
    if len(others):
        gap = float(row["worth_today"] - best["worth_today"][others[0]])
        key = "next_same" if gap < FEN else "next"
        parts.append(Words(f"answer.negotiate.{key}", name=others[0], amount=gap, best=name))
    elif name == baseline:
        parts.append(Words("answer.negotiate.no_offer"))
    elif len(found) > 2:
        parts.append(Words("answer.negotiate.no_other"))
    return parts


def _against(found: pd.DataFrame, row: pd.Series[Any], debt: Debt) -> Text:
    """Say what the best way is worth against catching up, and whether that could be carried."""
    value = float(row["worth_today"])
    sign = "same" if abs(value) < FEN else "more" if value > 0 else "less"
    baseline = Words(f"answer.negotiate.{'catching_up' if debt.missed else 'paying_on'}")
    fields: dict[str, Any] = {"amount": abs(value), "baseline": baseline}
    text = Words(f"answer.negotiate.worth_{sign}", **fields)
    short = -float(found["lowest_cash"].iloc[0])
    if short < FEN:
        return text
    fields |= {"short": short, "day": found["short_from"].iloc[0]}
    return passage([text, Words("answer.negotiate.baseline_short", **fields)])


def ranked(found: pd.DataFrame) -> pd.DataFrame:
    """Put first what is carried, the best before the others; then what comes nearest to it.

    Parameters
    ----------
    found : DataFrame
        As `table` returns it.
    """
    carried = lasts(found)
    best = found[carried].sort_values("worth_today", ascending=False, kind="stable")
    nearest = found[~carried].sort_values("lowest_cash", ascending=False, kind="stable")
    return pd.concat([best, nearest])


def _ask(debt: Debt, cash: Cash) -> Words:
    """Say what to ask for at least: time, else a lower rate, else a part of the principal."""
    months, plan = least_months(debt, cash)
    if plan is not None:
        monthly = takes(plan, debt.on).monthly
        more = monthly - cash.monthly
        key = "ask_one" if months == 1 else "ask_months_over" if more > FEN else "ask_months"
        return Words(f"answer.negotiate.{key}", months=months, monthly=monthly, more=more)
    if least_months(debt, cash, daily_rate=0.0)[1] is not None:
        return Words("answer.negotiate.ask_none")
    share = least_share(debt, cash)
    if share is None:
        return Words("answer.negotiate.ask_nothing")
    return Words("answer.negotiate.ask_part", share=share)
