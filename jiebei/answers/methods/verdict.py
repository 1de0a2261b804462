"""Which repayment method suits me? What each takes a month, what it costs, what fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from jiebei.answers.shared.verdicts import lasts, leaders
from jiebei.compare.compare import Cash, compare, horizon
from jiebei.language.errors import JiebeiError, nearest
from jiebei.language.figures import daily_words
from jiebei.language.words import (
    Text,
    Words,
    passage,
)
from jiebei.loan.loan import Loan
from jiebei.loan.terms import INTEREST_ONLY_MONTHS, INTEREST_THEN_EQUAL, METHODS, least_months
from jiebei.notebook.answer import Answer, Compared
from jiebei.units.fen import FEN
from jiebei.units.term import ForDays

__all__ = ["answer", "figures", "misconception", "possible"]

COLUMNS = [
    "net_benefit",
    "interest",
    "first_instalment",
    "largest_payment",
    "effective_rate",
    "owed_on_average",
    "cost_per_10k_day",
    "lowest_cash",
]


def possible(offered: Sequence[str], months: Any) -> list[str]:
    """Return the offered methods that the term allows: six months of interest need a seventh.

    Examples
    --------
    >>> possible(["equal_instalment", "interest_only", "interest_then_equal"], months=6)
    ['equal_instalment', 'interest_only']

    Raises
    ------
    JiebeiError
        For an unknown method, or where fewer than two are left to choose from.
    """
    for each in offered:
        if each not in METHODS:
            near = nearest(each, METHODS)
            raise JiebeiError("error.offered", name=each, nearest=near)
    if isinstance(months, ForDays):  # all at once, whichever it is
        return list(offered)
    left = [each for each in offered if months >= least_months(each)]
    if len(set(left)) < 2:
        longer = {"name": INTEREST_THEN_EQUAL, "least": INTEREST_ONLY_MONTHS}
        raise JiebeiError("error.offered_few", offered=list(offered), months=months, **longer)
    return left


# The answer --------------------------------------------------------------------------------


def answer(loans: Mapping[Any, Loan], savings_rate: float, cash: Cash) -> Answer:
    """Say what the methods cost, which fit the cash, and which of those leaves you best off.

    Parameters
    ----------
    loans : dict
        Name of the method to loan, the baseline first.
    savings_rate : decimal
        What your savings earn a year.
    cash : Cash
        In hand, and left each month.
    """
    table = figures(loans, savings_rate, cash)
    parts = [_cost(table), _verdict(table, savings_rate, horizon(*loans.values()))]
    compared = Compared(loans, savings_rate)
    best = leaders(table["net_benefit"], lasts(table))
    return Answer(passage(parts), table[COLUMNS], Words("answer.methods.note"), compared, best)


def figures(loans: Mapping[Any, Loan], savings_rate: float, cash: Cash) -> pd.DataFrame:
    """Return the comparison, with what is owed on average and the first instalment."""
    table = compare(loans, savings_rate=savings_rate, cash=cash).rename_axis("method")
    totals = [loan.summary() for loan in loans.values()]
    table["first_instalment"] = [each.instalment for each in totals]
    table["owed_on_average"] = [each.yuan_days / each.days_in_debt for each in totals]
    return table


def _cost(table: pd.DataFrame) -> Words:
    amounts = table["interest"]
    low, high = amounts.min(), amounts.max()
    if high - low < FEN:
        return Words("answer.methods.cost_same", amount=low)
    return Words(
        "answer.methods.cost_range",
        low=tuple(amounts.index[amounts - low < FEN]),
        low_amount=low,
        high=tuple(amounts.index[high - amounts < FEN]),
        high_amount=high,
        price=_price(table),
    )


def _price(table: pd.DataFrame) -> Words | float:
    """Write what 10,000 yuan cost a day; rounding to the fen tells small loans apart."""
    low, high = table["cost_per_10k_day"].agg(["min", "max"]).round(2)
    return float(low) if low == high else Words("answer.methods.range", low=low, high=high)


def _verdict(table: pd.DataFrame, savings_rate: float, last: np.datetime64) -> Text:
    fits = lasts(table)
    if not fits.any():
        least: Any = table["lowest_cash"].idxmax()
        short, when = -table["lowest_cash"][least], table["lowest_cash_date"][least]
        return Words("answer.methods.fits_none", name=least, short=short, day=when)
    return passage([_best(table, fits, savings_rate, last), _fitting(table, fits)])


def _best(
    table: pd.DataFrame, fits: pd.Series[bool], savings_rate: float, last: np.datetime64
) -> Words:
    """Name the carried method that leaves the most, and how much more than the first or next."""
    ranked = table["net_benefit"][fits].sort_values(ascending=False, kind="stable")
    best, first = ranked.index[0], table.index[0]
    if len(ranked) == 1:
        return Words("answer.methods.best_only", best=best)
    if ranked.iloc[0] - ranked.iloc[-1] < FEN:
        return Words("answer.methods.best_same", savings=savings_rate)
    able = "" if fits.all() else "_able"
    alike = [name for name in table.index[fits] if ranked.iloc[0] - ranked[name] < FEN]
    if len(alike) > 1:
        key = f"answer.methods.best_two{able}"
        return Words(key, savings=savings_rate, names=tuple(alike))
    other = first if first != best and first in ranked.index else ranked.index[1]
    fields: dict[str, Any] = {"best": best, "other": other, "day": last}
    gap = float(ranked[best] - ranked[other])
    return Words(f"answer.methods.best{able}", savings=savings_rate, amount=gap, **fields)


def _fitting(table: pd.DataFrame, fits: pd.Series[bool]) -> Words:
    if fits.all():
        return Words("answer.methods.fits_all")
    return Words("answer.methods.fits_some", names=tuple(table.index[~fits]))


# Why ---------------------------------------------------------------------------------------


def misconception(equal: Loan, interest_only: Loan, like_equal: Loan) -> Answer:
    """Correct "interest only is dearer because its rate is higher" (先息后本利率更高).

    Parameters
    ----------
    equal, interest_only : Loan
        The same money at the same rate, by the two methods.
    like_equal : Loan
        The second, with as much principal prepaid on each due date as the first repays.
    """
    names = [
        Words("method.equal_instalment"),
        Words("method.interest_only"),
        Words("answer.methods.like_equal"),
    ]
    loans = dict(zip(names, (equal, interest_only, like_equal), strict=True))
    table = figures(loans, 0.0, Cash(0, 0, equal.start))
    table.insert(0, "daily_rate", [daily_words(each.daily_rate) for each in loans.values()])
    columns = ["daily_rate", "cost_per_10k_day", "effective_rate", "owed_on_average", "interest"]
    level, only, like = (table.iloc[place] for place in range(3))
    gap = only["interest"] - level["interest"]
    if gap < FEN:
        return Answer(Words("answer.methods.wrong_same"), table[columns])
    same = abs(like["interest"] - level["interest"]) < FEN
    text = Words(
        "answer.methods.wrong",
        price=_price(table.iloc[:2]),
        amount=gap,
        level=level["owed_on_average"],
        only=only["owed_on_average"],
    )
    amount = like["interest"]
    proof = Words(f"answer.methods.proof_{'same' if same else 'other'}", amount=amount)
    return Answer(passage([text, proof]), table[columns])
