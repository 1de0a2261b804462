"""Which repayment method suits me? What each takes a month, what it costs, what fits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from jiebei.answers.shared.quotes import daily_words
from jiebei.compare.compare import Cash, compare, horizon
from jiebei.language.errors import JiebeiError, nearest
from jiebei.language.table import language
from jiebei.language.words import day, headline_yuan, percent, say, sentence, sentences, yuan
from jiebei.loan.loan import Loan
from jiebei.loan.terms import INTEREST_ONLY_MONTHS, INTEREST_THEN_EQUAL, METHODS, least_months
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN

__all__ = ["answer", "figures", "listed", "misconception", "possible"]

COLUMNS = [
    "first_instalment",
    "largest_payment",
    "interest",
    "owed_on_average",
    "cost_per_10k_day",
    "effective_rate",
    "net_benefit",
    "lowest_cash",
]


def possible(offered: Sequence[str], months: int) -> list[str]:
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
    left = [each for each in offered if months >= least_months(each)]
    if len(set(left)) < 2:
        longer = {"name": INTEREST_THEN_EQUAL, "least": INTEREST_ONLY_MONTHS}
        raise JiebeiError("error.offered_few", offered=list(offered), months=months, **longer)
    return left


def listed(names: Iterable[object]) -> str:
    """Write names one after the other; some of them have commas of their own.

    Examples
    --------
    >>> listed(["interest only, principal at the end", "all at the end"])
    'interest only, principal at the end; all at the end'
    """
    return ("; " if language() == "en" else "、").join(map(str, names))


# The answer --------------------------------------------------------------------------------


def answer(loans: Mapping[str, Loan], savings_rate: float, cash: Cash) -> Answer:
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
    return Answer(sentences(parts), table[COLUMNS], say("answer.methods.note"))


def figures(loans: Mapping[str, Loan], savings_rate: float, cash: Cash) -> pd.DataFrame:
    """Return the comparison, with what is owed on average and the first instalment."""
    table = compare(loans, savings_rate=savings_rate, cash=cash).rename_axis("method")
    totals = [loan.summary() for loan in loans.values()]
    table["first_instalment"] = [each.instalment for each in totals]
    table["owed_on_average"] = [each.yuan_days / each.days_in_debt for each in totals]
    return table


def _cost(table: pd.DataFrame) -> str:
    low, high = str(table["interest"].idxmin()), str(table["interest"].idxmax())
    amounts = table["interest"]
    if amounts[high] - amounts[low] < FEN:
        return say("answer.methods.cost_same", amount=headline_yuan(amounts[low]))
    return say(
        "answer.methods.cost_range",
        low=low,
        low_amount=headline_yuan(amounts[low]),
        high=high,
        high_amount=headline_yuan(amounts[high]),
        price=_price(table),
    )


def _price(table: pd.DataFrame) -> str:
    """Write what 10,000 yuan cost a day; rounding to the fen tells small loans apart."""
    low, high = (yuan(each) for each in table["cost_per_10k_day"].agg(["min", "max"]))
    return low if low == high else say("answer.methods.range", low=low, high=high)


def _verdict(table: pd.DataFrame, savings_rate: float, last: np.datetime64) -> str:
    fits = table["lowest_cash"] > -FEN
    if not fits.any():
        least = str(table["lowest_cash"].idxmax())
        short = headline_yuan(-table["lowest_cash"][least])
        when = day(table["lowest_cash_date"][least])
        return say("answer.methods.fits_none", name=least, short=short, day=when)
    return sentences([_best(table[fits], savings_rate, last), _fitting(table, fits)])


def _best(table: pd.DataFrame, savings_rate: float, last: np.datetime64) -> str:
    """Name the method of these that leaves the most, and how much more than the first one."""
    ranked = table["net_benefit"].sort_values(ascending=False, kind="stable")
    savings, best = percent(savings_rate), str(ranked.index[0])
    if len(ranked) == 1:
        return say("answer.methods.best_only", best=best)
    if ranked.iloc[0] - ranked.iloc[-1] < FEN:
        return say("answer.methods.best_same", savings=savings)
    alike = [str(name) for name in table.index if ranked.iloc[0] - ranked[name] < FEN]
    if len(alike) > 1:
        return say("answer.methods.best_two", savings=savings, names=listed(alike))
    other = str(table.index[0]) if table.index[0] != best else str(ranked.index[1])
    gap = ranked[best] - ranked[other]
    fields = {"best": best, "other": other, "amount": headline_yuan(gap), "day": day(last)}
    return say("answer.methods.best", savings=savings, **fields)


def _fitting(table: pd.DataFrame, fits: pd.Series[bool]) -> str:
    if fits.all():
        return say("answer.methods.fits_all")
    return sentence(say("answer.methods.fits_some", names=listed(table.index[~fits])))


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
        say("method.equal_instalment"),
        say("method.interest_only"),
        say("answer.methods.like_equal"),
    ]
    loans = dict(zip(names, (equal, interest_only, like_equal), strict=True))
    table = figures(loans, 0.0, Cash(0, 0, equal.start))
    table.insert(0, "daily_rate", [daily_words(each.daily_rate) for each in loans.values()])
    columns = ["daily_rate", "cost_per_10k_day", "effective_rate", "owed_on_average", "interest"]
    level, only, like = (table.loc[name] for name in names)
    gap = only["interest"] - level["interest"]
    if gap < FEN:
        return Answer(say("answer.methods.wrong_same"), table[columns])
    same = abs(like["interest"] - level["interest"]) < FEN
    text = say(
        "answer.methods.wrong",
        price=_price(table.iloc[:2]),
        amount=headline_yuan(gap),
        level=headline_yuan(level["owed_on_average"]),
        only=headline_yuan(only["owed_on_average"]),
    )
    amount = yuan(like["interest"])
    proof = say(f"answer.methods.proof_{'same' if same else 'other'}", amount=amount)
    return Answer(sentences([text, proof]), table[columns])
