"""What several notebooks say: up to which savings rate an answer holds, and whether cash lasts."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from jiebei.language.words import Text, Words, percent
from jiebei.loan.plan import Strategy
from jiebei.notebook.how import runs
from jiebei.units.fen import FEN
from jiebei.value.worth import BreakEven

__all__ = [
    "LEAST_RATE",
    "Turns",
    "flip_words",
    "lasts",
    "leaders",
    "to_come",
    "turns",
    "unless",
]

Floats = npt.NDArray[np.float64]

LEAST_RATE = 1e-6  # a flip at zero is none: nobody's savings earn less


class Turns(NamedTuple):
    """For which savings rates a way is the better one.

    Attributes
    ----------
    when : {"equal", "always", "never", "below", "above", "outside", "between", "several"}
        Below or above one rate, outside or between two; several where there are more.
    rates : array
        At which the answer turns, ascending. Where both ways are worth the same at no gain at all,
        or at one rate without changing places, nothing turns.
    """

    when: str
    rates: Floats


def turns(found: BreakEven) -> Turns:
    """Read where an answer turns, in the one way for all notebooks (答案在哪里反转).

    Examples
    --------
    >>> from jiebei.value.worth import break_even
    >>> turns(break_even([-100, 106], [0, 365])).when
    'below'
    >>> turns(break_even([-100, 99], [0, 365])).when
    'never'
    """
    if found.kind == "equal":
        return Turns("equal", found.roots)
    rates = found.roots[found.signs[:-1] != found.signs[1:]]
    rates = rates[rates > LEAST_RATE]
    better = bool(found.signs[-1] > 0)  # above the last rate
    whens = {0: ("never", "always"), 1: ("below", "above"), 2: ("between", "outside")}
    return Turns(whens[rates.size][better] if rates.size in whens else "several", rates)


def _around(found: BreakEven, savings_rate: float) -> tuple[float | None, float | None]:
    """Return the nearest rates below and above the savings rate at which the sign changes."""
    turns_at = turns(found).rates
    below, above = turns_at[turns_at <= savings_rate], turns_at[turns_at > savings_rate]
    return (
        float(below[-1]) if below.size else None,
        float(above[0]) if above.size else None,
    )


def unless(found: BreakEven, savings_rate: float) -> Words:
    """Say, as the end of a sentence, for which savings rates a verdict does not hold (除非).

    Parameters
    ----------
    found : BreakEven
        Where the one strategy is worth as much as the other.
    savings_rate : decimal
        For which the verdict was given.

    Examples
    --------
    >>> from jiebei.value.worth import break_even
    >>> found = break_even([-10_000, 10_600], [0, 365])
    >>> unless(found, 0.02)
    as long as your savings earn 6.00% a year or less
    >>> unless(found, 0.08)
    as long as your savings earn 6.00% a year or more
    """
    below, above = _around(found, savings_rate)
    if below is None and above is None:
        return Words("answer.shared.unless_always")
    if below is None or above is None:
        key, rate = ("above", above) if below is None else ("below", below)
        return Words(f"answer.shared.unless_{key}", rate=rate)
    return Words("answer.shared.unless_between", low=below, high=above)


def flip_words(found: BreakEven) -> Text:
    """Say in a table at which savings rate an answer flips.

    Examples
    --------
    >>> from jiebei.value.worth import break_even
    >>> [flip_words(break_even(cash, [0, 365])) for cash in ([-100, 106], [-100, 99], [-100, 250])]
    ['6.00%', does not pay up to 100%, pays up to 100%]
    """
    when, rates = turns(found)
    if when == "equal":
        return Words("chart.label.same")
    if rates.size:
        return " / ".join(percent(each) for each in rates)
    return Words(f"answer.shared.flip_{when}")


def lasts(table: pd.DataFrame) -> pd.Series[bool]:
    """Tell of each strategy of a comparison whether the cash never falls below zero."""
    return (table["lowest_cash"] > -FEN).astype(bool)


def leaders(worth: pd.Series[float], fits: pd.Series[bool]) -> tuple[Any, ...]:
    """Name the ways that are best to the fen among those that fit; none where all are alike.

    Examples
    --------
    >>> worth = pd.Series({"keep": 0.0, "repay": 9.0, "settle": 11.0})
    >>> leaders(worth, worth < 10)
    ('repay',)
    """
    open_to = worth[fits]
    if len(open_to) > 1 and open_to.max() - open_to.min() < FEN:
        return ()
    return tuple(open_to.index[open_to.max() - open_to < FEN])


def to_come(table: pd.DataFrame, agreed: Strategy) -> pd.DataFrame:
    """Tell of a loan that runs already only the interest and fees that are still to come.

    What was paid beyond what was due stands in the plan as agreed as an early repayment, and in
    every way alike.

    Examples
    --------
    >>> import jiebei as jb
    >>> loan = jb.Loan(9_000, daily_rate=0.0004, months=3, start="2026-12-01")
    >>> list(to_come(pd.DataFrame({"interest": [1.5]}), loan.rest("2027-01-01")))
    ['interest_to_come']
    """
    if not runs(agreed):
        return table
    flows = agreed.cashflows(["event", "interest", "fee"])
    behind = flows[flows["event"] == "prepayment"].sum(numeric_only=True)
    names = [name for name in ("interest", "fee") if name in table]
    less = {name: (table[name] - behind[name]).round(2) + 0.0 for name in names}
    return table.assign(**less).rename(columns={name: f"{name}_to_come" for name in names})
