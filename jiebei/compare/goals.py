"""Look for the amount that reaches a goal: free of debt by a date, or a sum saved.

Thousands of amounts are tried at once, as scenarios of one loan, on ever finer grids of fen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from jiebei.language.errors import JiebeiError
from jiebei.loan.loan import Loan
from jiebei.units.days import Ints, iso, one_day
from jiebei.units.reading import money

__all__ = [
    "Sought",
    "amount_to_be_free_by",
    "amount_to_save",
    "can_shorten",
    "day_of",
    "least",
    "owed",
    "seek_saving",
]

FEN = 0.01  # the least that can be repaid
POINTS = 2**14  # amounts tried at once


@dataclass(frozen=True)
class Sought:
    """Hold what a search has found: the least amount that reaches the goal, or the best there is.

    Attributes
    ----------
    amount : yuan
        Principal to repay early.
    value : yuan
        What it saves.
    reached : bool
        Whether that is what was asked for.
    """

    amount: float
    value: float
    reached: bool


def amount_to_be_free_by(loan: Loan, on: Any, date: Any) -> float:
    """Find the least principal to repay on a day so that nothing is owed on another (无债一身轻).

    The instalment is kept and the term shortened; where there is no instalment to keep, it falls,
    and nearly all that is owed must be repaid: but a few fen, if they end in time by rounding.

    Parameters
    ----------
    loan : Loan
        One scenario.
    on : date, or whole days after the drawdown
        Day of the early repayment.
    date : date, or whole days after the drawdown
        Day on which the loan shall be paid off.

    Returns
    -------
    float
        Yuan, to the fen: a fen less does not do. 0 where the loan ends in time as it is.

    Raises
    ------
    JiebeiError
        Where the date lies before the day of the repayment, with the best that can be had.

    Examples
    --------
    How much must I repay on 1 March to be free by 1 June?

    >>> import jiebei as jb
    >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> amount_to_be_free_by(loan, on="2027-03-01", date="2027-06-01")
    24970.45
    """
    most, goal = owed(loan, on), day_of(loan, date)
    if _last_day(loan)[()] <= goal:
        return 0.0
    first = day_of(loan, on)
    if goal < first:
        best = {"on": iso(first), "amount": most / 100}
        raise JiebeiError("error.free_by", date=iso(goal), **best)
    then = "shorten" if can_shorten(loan, on) else "lower"

    def sooner(amounts: Ints) -> Ints:
        return -_last_day(loan.prepay(amounts / 100, on=on, then=then))

    return least(sooner, 0, most, -goal)[0] / 100


def amount_to_save(loan: Loan, on: Any, yuan: float, then: str = "lower") -> float:
    """Find the least principal to repay on a day that saves a sum of interest and fees (想省多少).

    Parameters
    ----------
    loan : Loan
        One scenario.
    on : date, or whole days after the drawdown
        Day of the early repayment.
    yuan : float
        What shall be saved: interest and fees as agreed, less those with the early repayment.
    then : {"lower", "shorten"}
        Lower the instalment, or keep it and shorten the term.

    Returns
    -------
    float
        Yuan, to the fen.

    Raises
    ------
    JiebeiError
        Where no amount saves so much, with the best that can be had.

    Notes
    -----
    What is saved grows with the amount, but wobbles by a few fen, since every instalment is
    rounded: the last 160 yuan below an amount that does are tried fen by fen. With a fee, more may
    save less: the search then ends at the amount that saves most.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> amount_to_save(loan, on="2027-03-01", yuan=1_000)
    16078.69
    >>> amount_to_save(loan, on="2027-03-01", yuan=1_000, then="shorten")
    9424.41
    """
    found = seek_saving(loan, on, yuan, then)
    if not found.reached:
        best = {"most": found.value, "amount": found.amount}
        raise JiebeiError("error.save", goal=yuan, on=iso(day_of(loan, on)), **best)
    return found.amount


def seek_saving(loan: Loan, on: Any, yuan: float, then: str = "lower") -> Sought:
    """Find the least amount that saves a sum, or the one that saves most; see `amount_to_save`.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> seek_saving(loan, on="2027-03-01", yuan=9_999)
    Sought(amount=38155.0, value=2373.0, reached=False)
    """
    most, goal = owed(loan, on), int(money(yuan, "yuan", zero=True))
    agreed = _cost(loan)

    def saved(amounts: Ints) -> Ints:
        return agreed - _cost(loan.prepay(amounts / 100, on=on, then=then))

    if goal == 0:
        return Sought(0.0, 0.0, True)
    amount, value = least(saved, 0, most, goal)
    return Sought(amount / 100, value / 100, value >= goal)


def can_shorten(loan: Loan, on: Any) -> bool:
    """Tell whether there is an instalment that could be kept while the term shortens.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(5_000, daily_rate=0.0004, months=3, method="bullet", start="2026-12-01")
    >>> can_shorten(loan, on="2027-01-01")
    False
    """
    loan.prepay(FEN, on=on).summary()  # where nothing can be repaid early, that is said
    try:
        loan.prepay(FEN, on=on, then="shorten").summary()
    except JiebeiError:
        return False
    return True


def owed(loan: Loan, on: Any) -> int:
    """Return the principal owed at the end of a day, in fen.

    Raises
    ------
    JiebeiError
        Where nothing is owed any more, or not yet, or the loan holds several scenarios.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    >>> owed(loan, on="2027-03-01")
    3815500
    """
    if loan.shape:
        raise JiebeiError("error.one_amount", scenarios=np.prod(loan.shape))
    day = day_of(loan, on)
    flows = loan.prepay(0, on=on).cashflows(["date", "closing"])
    behind = flows["closing"][flows["date"] <= iso(day)]
    if behind.empty or behind.iloc[-1] == 0:
        open_days = {"first": iso(loan.terms["start"]), "last": iso(_last_day(loan))}
        raise JiebeiError("error.nothing_owed", on=iso(day), **open_days)
    return round(float(behind.iloc[-1]) * 100)


def day_of(loan: Loan, on: Any) -> int:
    """Return a day as days since 1970-01-01, also where it counts from the drawdown."""
    return one_day(on, "on", since=int(loan.terms["start"]))


def _last_day(loan: Loan) -> Ints:
    return np.asarray(loan.summary().payoff_date).astype("M8[D]").astype(np.int64)


def _cost(loan: Loan) -> Ints:
    total = loan.summary()
    return np.asarray(np.rint((total.interest + total.fee) * 100)).astype(np.int64)


def least(
    value: Callable[[Ints], Any], low: int, high: int, goal: float, tried: int = POINTS
) -> tuple[int, Any]:
    """Find the least whole number whose value reaches a goal, else the best (最少要多少).

    The one search for an amount that is enough. For the largest, search the negative numbers.

    Parameters
    ----------
    value : callable
        An array of numbers to their values, which should rise, but may wobble where each instalment
        is rounded.
    low, high : int
        Both are among those tried.
    goal
        The least value that will do.
    tried : int
        How many are tried at once, 5 or more. Almost as many below a first hit are tried one by
        one.

    Returns
    -------
    number, value
        Where no value reaches the goal, the highest, of equals the last; it is exact where the
        values rise to it and fall from it.

    Examples
    --------
    >>> least(lambda numbers: numbers**2, 0, 10**9, 2 * 10**9)
    (44722, 2000057284)
    >>> least(lambda numbers: -((numbers - 600) ** 2), 0, 10**9, 1)
    (600, 0)

    Notes
    -----
    Each round tries a grid and goes on around the first hit, or else the best, with a finer one,
    until the grid holds every number.
    """
    cells = max(tried // 256, 1)  # of a grid, around which a finer one is laid
    first, last = low, high
    while True:
        step = max(1, -(-(last - first) // (tried - 1)))
        numbers = np.append(np.arange(first, last, step, dtype=np.int64), last)
        values = np.asarray(value(numbers))
        hits = np.flatnonzero(values >= goal)
        best = values.size - 1 - int(values[::-1].argmax())  # of equals the last: debt is repaid
        place = int(hits[0]) if hits.size else best
        if step == 1:
            return int(numbers[place]), values[place].item()
        before, after = max(cells * step, tried - cells * 4), 0
        if not hits.size:
            before = after = max(before // 2, step)
        first = max(first, int(numbers[place]) - before)
        last = min(last, int(numbers[place]) + after)
