"""What is my tier worth? What each gives, and what one late payment costs in all."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from jiebei.answers.credit_tiers.how import how
from jiebei.language.words import Text, Words, number, passage, percent
from jiebei.life.credit.score import LATEST
from jiebei.life.credit.tiers import Borrower, tier_table
from jiebei.life.credit.years import Years, years
from jiebei.notebook.answer import Answer
from jiebei.units.fen import FEN
from jiebei.units.reading import whole_number
from jiebei.value.rates import annual_rate

__all__ = ["answer", "by_tier", "histories", "lived", "no_due", "your_tier"]

YEAR = 12
MOST_NAMED = 300_000  # yuan, the highest limit that public pages name: data/product.csv


def histories(
    years_ahead: int, days_late: int, late_month: int, late_every: int
) -> dict[Words, npt.NDArray[np.int64]]:
    """Return four ways to pay: name to days late of each month.

    Parameters
    ----------
    years_ahead : int
        1 to 5.
    days_late : int
        How late a late payment is, 0 to 90.
    late_month : int
        Which month's payment is the one that is late, 1 to 12 x years_ahead.
    late_every : int
        Every so many months a payment is late where nothing reminds you, 1 to 60.
    """
    months = YEAR * int(whole_number(years_ahead, "years_ahead", 1, 5))
    days = int(whole_number(days_late, "days_late", 0, LATEST))
    month = int(whole_number(late_month, "late_month", 1, months))
    every = int(whole_number(late_every, "late_every", 1, 60))
    late = {name: np.zeros(months, np.int64) for name in ("on_time", "once", "often", "year")}
    late["once"][month - 1] = days
    late["often"][every - 1 :: every] = days
    late["year"][:] = np.where(np.arange(months) < YEAR, 0, late["often"])
    return {
        Words(f"strategy.{name}_late" if name != "on_time" else "strategy.on_time"): each
        for name, each in late.items()
    }


def lived(borrower: Borrower, late: Mapping[Any, Any]) -> Years:
    """Return the years of each way to pay; answer and chart share them: take them as they are."""
    return _lived(borrower, tuple(tuple(map(int, each)) for each in late.values()))


@lru_cache(8)
def _lived(borrower: Borrower, late: tuple[tuple[int, ...], ...]) -> Years:
    return years(borrower, np.array(late))


# The answer --------------------------------------------------------------------------------


def answer(borrower: Borrower, late: Mapping[Any, Any]) -> Answer:
    """Say what one late payment costs in all, and what a year on time is worth.

    Parameters
    ----------
    borrower : Borrower
    late : dict
        As `histories` returns it.

    Returns
    -------
    Answer
        By way to pay: how many payments count as late, the tier at the end, the months in a lower
        tier than on time, what had to be borrowed elsewhere, interest and fees, penalty, both, and
        how much more that is than on time.
    """
    found = lived(borrower, late)
    names = tier_table(borrower.tiers).index
    worse = (found.tier > found.tier[0]).sum(axis=1)
    table = pd.DataFrame(
        {
            "counted_late": (found.counted_late > 0).sum(axis=1),
            "tier_at_end": names[found.tier[:, -1]],
            "worse_months": [Words("text.months", n=int(each)) for each in worse],
            "elsewhere": _sums(found.elsewhere),
            "cost": _sums(found.charges_here + found.charges_elsewhere),
            "penalty": _sums(found.penalty),
            "in_all": found.cost,
            "extra_cost": np.round(found.cost - found.cost[0], 2),
        },
        pd.Index(late, name="strategy"),
    )
    compared = partial(how, found, late, names)
    if not found.due.any():
        nothing = Words("answer.credit_tiers.nothing_due", months=borrower.months)
        return Answer(nothing, table.iloc[:0, :0], compared=compared)
    words = [*_lent_later(borrower, found), _once(found, late), _year(table, found, late)]
    return Answer(passage(words), table, Words("answer.credit_tiers.note"), compared)


def _sums(amounts: Any) -> Any:
    return np.rint(amounts * 100).sum(axis=-1) / 100


def _lent_later(borrower: Borrower, found: Years) -> list[Words]:
    """Say which loan is the first that is lent so long, where it is not the first of all."""
    if found.here[:, 0].any():
        return []
    first = found.date[int(np.argmax(found.here.any(axis=0)))]
    return [Words("answer.credit_tiers.lent_later", months=borrower.months, day=first)]


def _once(found: Years, late: Mapping[Any, Any]) -> Words:
    """Say what one late payment costs, and how little of it is the penalty."""
    history = list(late.values())[1]
    if not history.any():
        return Words("answer.credit_tiers.once_zero", days=0)
    month = int(np.argmax(history)) + 1
    if nothing := no_due(found, month):
        return nothing
    penalty = float(_sums(found.penalty)[1])
    extra = round(float(found.cost[1] - found.cost[0]), 2)
    dearer = round(extra - penalty, 2)
    fields = {
        "days": int(history.max()),
        "day": found.date[month],
        "with_it": _with_it(found, month, int(history.max())),
        "all": abs(extra),
        "penalty": penalty,
        "dearer": dearer,
    }
    if found.counted_late[1].max() == 0:
        return Words("answer.credit_tiers.once_grace", **fields)
    if extra < -FEN:
        return Words("answer.credit_tiers.once_saves", **fields)
    key = "once_costs" if dearer > FEN else "once_penalty"
    return Words(f"answer.credit_tiers.{key}", **fields)


def _with_it(found: Years, month: int, days: int) -> Text:
    """Name the due dates before the late payment is made: what falls due then is late with it."""
    later = np.flatnonzero(found.due[1] > 0)
    paid = found.date[month] + np.timedelta64(days, "D")
    dates = [found.date[each] for each in later if each > month and found.date[each] < paid]
    return Words("answer.credit_tiers.with_it", days=dates) if dates else ""


def no_due(found: Years, month: int) -> Words | None:
    """Say that nothing falls due on the line that month, and when something does; or None."""
    due = np.flatnonzero(found.due[0] > 0)
    if month in due:
        return None
    nearest = [*due[due < month][-1:], *due[due > month][:1]]
    days = [found.date[each] for each in nearest]
    return Words("answer.credit_tiers.once_no_due", day=found.date[month], days=days)


def _year(table: pd.DataFrame, found: Years, late: Mapping[Any, Any]) -> Words:
    """Say what a year on time is worth against being late now and then."""
    often = list(late.values())[2]
    if not often[:YEAR].any():
        return Words("answer.credit_tiers.year_none")
    counted = int((found.counted_late[2, 1 : YEAR + 1] > 0).sum())
    if not counted:
        return Words("answer.credit_tiers.year_uncounted")
    worth = float(table["in_all"].iloc[2] - table["in_all"].iloc[3])
    sign = "same" if abs(worth) < FEN else "worth" if worth > 0 else "loses"
    fields = {"amount": abs(worth), "times": counted}
    return Words(f"answer.credit_tiers.year_{sign}", **fields)


# What a tier is worth ----------------------------------------------------------------------


def by_tier(borrower: Borrower) -> Answer:
    """Show what each tier gives, and what the same borrowing costs in it.

    Returns
    -------
    Answer
        By tier: its terms; `elsewhere` (what it does not lend); `cost` (interest and fees) of the
        first loan over its whole term, here and elsewhere; `change` against your tier.
    """
    table = tier_table(borrower.tiers)
    start = _first_day(borrower)
    principal = borrower.needs(0) / 100
    lends = table["longest_months"].to_numpy() >= borrower.months
    here = np.where(lends, np.minimum(table["limit"].to_numpy(np.float64), principal), 0.0)
    rates = table["daily_rate"].to_numpy()
    elsewhere = np.round(principal - here, 2)
    cost = _cost(borrower, here, rates)
    cost += _cost(borrower, elsewhere, np.full(len(table), borrower.elsewhere_rate))
    cost = np.round(cost, 2)
    shown = pd.DataFrame(
        {
            "score_from": [number(each) for each in table["score_from"]],
            "limit": table["limit"].astype(np.float64),
            "daily_rate": [percent(each, 3) for each in rates],
            "annual_rate": annual_rate(rates),
            "longest": [Words("text.months", n=each) for each in table["longest_months"]],
            "grace": [Words("text.days", n=each) for each in table["grace_days"]],
            "elsewhere": elsewhere,
            "cost": cost,
            "change": np.round(cost - cost[start.tier[0]], 2),
        },
        pd.Index(table.index, name="tier"),
    )
    said = _worth(borrower, shown, start)
    if not (elsewhere < principal).any():  # no tier makes a difference to the loan
        shown = shown.drop(columns=["elsewhere", "cost", "change"])
    return Answer(said, shown, Words("answer.credit_tiers.by_tier_note"))


def _cost(borrower: Borrower, amounts: Any, rates: Any) -> npt.NDArray[np.float64]:
    """Return interest and fees of the first loan, 0 where nothing is drawn."""
    cost = np.zeros(len(amounts))
    some = amounts > 0
    if some.any():
        total = borrower.contract(amounts[some], rates[some], 0).summary()
        cost[some] = total.interest + total.fee
    return cost


def _first_day(borrower: Borrower) -> Years:
    return years(borrower, np.zeros(1, np.int64))


def your_tier(borrower: Borrower) -> int:
    """Return the place of the borrower's tier on the first day, 0 the best."""
    return int(_first_day(borrower).tier[0])


def _worth(borrower: Borrower, table: pd.DataFrame, start: Years) -> Text:
    """Say where you stand, and what the tiers beside yours would change."""
    yours = int(start.tier[0])
    row = table.iloc[yours]
    fields = {
        "score": float(start.score[0]),
        "tier": row.name,
        "amount": borrower.needs(0) / 100,
        "months": borrower.months,
        "cost": row["cost"],
    }
    principal = borrower.needs(0) / 100
    lends = table["elsewhere"] < principal
    if not lends.any():
        return Words("answer.credit_tiers.yours_nowhere", **fields)
    key = "yours" if lends.iloc[yours] else "yours_elsewhere"
    words = [Words(f"answer.credit_tiers.{key}", **fields), *_lent(borrower, row)]
    for beside in (yours - 1, yours + 1):
        if 0 <= beside < len(table) and not (lends.iloc[yours] or lends.iloc[beside]):
            words.append(Words("answer.credit_tiers.beside_nothing", tier=table.index[beside]))
        elif 0 <= beside < len(table):
            change = float(table["change"].iloc[beside])
            sign = "same" if abs(change) < FEN else "more" if change > 0 else "less"
            fields = {"tier": table.index[beside], "amount": abs(change)}
            words.append(Words(f"answer.credit_tiers.beside_{sign}", **fields))
    return passage(words)


def _lent(borrower: Borrower, row: pd.Series[Any]) -> list[Words]:
    """Say what your tier does not lend, and that nobody is known to lend so much on a line."""
    principal, elsewhere = borrower.needs(0) / 100, row["elsewhere"]
    fields = {"here": principal - elsewhere, "elsewhere": elsewhere}
    words = []
    if 0 < elsewhere < principal:
        words.append(Words("answer.credit_tiers.yours_part", **fields))
    if principal > MOST_NAMED:
        words.append(Words("answer.credit_tiers.above_public", most=MOST_NAMED))
    return words
