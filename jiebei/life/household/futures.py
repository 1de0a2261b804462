"""What may befall a budget: a hundred thousand futures of income lost, late or swinging, and bills.

Futures are drawn in chunks of fixed size, each from a stream of its own, so that they are the same
whatever the number of threads. They do not depend on the loan: a strategy only takes its payments
out of them, and all strategies meet the same luck.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from jiebei.language.errors import JiebeiError, nearest, refuse
from jiebei.life.household.budget import Budget, Months
from jiebei.life.rules.facts import facts
from jiebei.units.days import Ints
from jiebei.units.reading import whole_number

__all__ = ["Futures", "assumed", "chance_within", "futures", "standard_error"]

CHUNK = 6_250  # households that one stream serves
MOST_HOUSEHOLDS = 200_000  # 60 months of them take a hundred megabytes
RANGES = {
    "chance": (0, 1),
    "months": (1, 600),
    "lost": (0, 1),
    "late": (0, 1),
    "costs": (0, 1e7),
    "swing": (0, 1),
}


class Futures(NamedTuple):
    """What may become of a budget, before this loan takes anything.

    Attributes
    ----------
    date : array
        First day of each month, days since 1970-01-01.
    cash : int64 array (months, households)
        In hand when the month's bills are paid, in fen.
    owing : int64 array (households)
        What customers still owe at the end, in fen.
    struck : bool array (shocks, households)
        Whether each shock came at all.
    """

    date: Ints
    cash: Ints
    owing: Ints
    struck: npt.NDArray[np.bool_]


def assumed(who: str, chance: Mapping[str, float] | None = None) -> pd.DataFrame:
    """Return the shocks that are assumed for somebody, with other chances where given (冲击假设).

    Parameters
    ----------
    who : {"household", "shop"}
        Of the column `who` of data/shocks.csv.
    chance : dict of shock to decimal, optional
        Other chances a month.

    Returns
    -------
    DataFrame
        One row a shock: `chance` that it begins in a month in which it does not run already,
        `months` it lasts on average, the shares of income `lost` and paid a month `late`, what it
        `costs` a month in yuan, the `swing` of income up and down; `why`, `otherwise`.

    Examples
    --------
    >>> assumed("household", {"job loss": 0.02})[["chance", "months", "lost"]]
                          chance  months  lost
    shock
    job loss                0.02       4   0.7
    illness                 0.02       1   0.3
    pay goes up and down    1.00       1   0.0
    """
    table = facts("shocks")
    known = list(table["who"].unique())
    if who not in known:
        raise JiebeiError("error.choice", name="who", value=who, nearest=nearest(who, known))
    table = table[table["who"] == who].set_index("shock").drop(columns="who")
    for shock, value in (chance or {}).items():
        if shock not in table.index:
            near = nearest(shock, table.index)
            raise JiebeiError("error.choice", name="chance", value=shock, nearest=near)
        table.loc[shock, "chance"] = value
    for name, (least, most) in RANGES.items():
        for place, value in table[name].items():
            within = least <= float(value) <= most
            rule = {"least": least, "most": f"{most:,}"}
            refuse(not within, float(value), f"{name} ({place})", "error.between", **rule)
    return table


# The futures -------------------------------------------------------------------------------


def futures(
    budget: Budget,
    shocks: pd.DataFrame,
    until: Any,
    households: int = 100_000,
    seed: int = 1,
    threads: int = 2,
) -> Futures:
    """Draw what may become of a budget (蒙特卡洛模拟).

    Parameters
    ----------
    budget : Budget
    shocks : DataFrame
        Of `assumed`, or one of your own with its columns.
    until : date
        The last day of interest.
    households : int
        How many futures, 1 to 200,000.
    seed : int
        The same one draws the same futures, with any number of threads.
    threads : int
        At work at once, 1 to 64.

    Notes
    -----
    Month by month, a shock that does not run begins with its chance; one that runs ends with the
    chance 1 / months, and may begin again at once. Losses of income multiply; what comes late is a
    share of what is then earned, and comes with the next month's income.

    Examples
    --------
    >>> budget = Budget(12_000, 7_000, reserve=25_000, since="2026-12-01")
    >>> found = futures(budget, assumed("household"), until="2027-12-01", households=1_000)
    >>> found.cash.shape, found.cash[0].max() / 100
    ((13, 1000), np.float64(25000.0))
    """
    number = int(whole_number(households, "households", 1, MOST_HOUSEHOLDS))
    months = budget.months(until)
    found = Futures(
        months.date,
        np.empty((len(months.date), number), np.int64),
        np.empty(number, np.int64),
        np.zeros((len(shocks), number), np.bool_),
    )
    places = [slice(at, min(at + CHUNK, number)) for at in range(0, number, CHUNK)]
    root = int(whole_number(seed, "seed", 0, 2**31))
    workers = int(whole_number(threads, "threads", 1, 64))
    rows = [_Shock(*(float(row[name]) for name in RANGES)) for _, row in shocks.iterrows()]

    def draw(place: slice, stream: np.random.SeedSequence) -> None:
        cash, struck = found.cash[:, place], found.struck[:, place]
        chunk = Futures(found.date, cash, found.owing[place], struck)
        _draw(stream, months, rows, chunk)

    def draw_all(each_of: Callable[..., Iterator[None]]) -> None:
        streams = np.random.SeedSequence(root).spawn(len(places))
        list(each_of(draw, places, streams))

    try:
        with ThreadPoolExecutor(workers) as pool:
            draw_all(pool.map)
    except RuntimeError:  # a browser has no threads, a crowded machine has none left
        draw_all(map)
    return found


class _Shock(NamedTuple):
    chance: float
    months: float
    lost: float
    late: float
    costs: float
    swing: float


def _draw(
    stream: np.random.SeedSequence, months: Months, shocks: list[_Shock], out: Futures
) -> None:
    """Fill a chunk of futures; arrays have a row a month, a column a household.

    Each shock has streams of its own, used month by month: a longer horizon prolongs the same
    futures, and a changed shock leaves the luck with the others as it is.
    """
    shape = (len(months.date) - 1, len(out.owing))
    earned = np.empty(shape)
    earned[:] = months.income[1:, None]
    late: Any = 0.0
    costs: Any = 0
    for shock, struck, own in zip(shocks, out.struck, stream.spawn(len(shocks)), strict=True):
        picks = [np.random.Generator(np.random.SFC64(each)) for each in own.spawn(2)]
        runs = _spells(picks[0], shock, shape)
        np.any(runs, axis=0, out=struck)
        if shock.swing:
            luck = picks[1].random(shape, dtype=np.float32)
            earned *= 1 + shock.swing * (2 * luck - 1) * runs
        if shock.lost:
            earned *= 1 - shock.lost * runs
        if shock.late:
            late = late + (1 - late) * shock.late * runs
        if shock.costs:
            costs = costs + round(shock.costs * 100) * runs
    received = np.rint(earned, out=earned).astype(np.int64)
    out.owing[:] = 0
    if np.ndim(late):
        later = np.rint(late * received).astype(np.int64)
        received -= later
        received[1:] += later[:-1]
        out.owing[:] = later[-1:].sum(axis=0)
    spent = (months.expenses + months.other_loans)[1:, None] + costs
    out.cash[0] = months.cash[0]
    for month, net in enumerate(received - spent):
        np.add(out.cash[month], net, out=out.cash[month + 1])


def _spells(pick: np.random.Generator, shock: _Shock, shape: tuple[int, int]) -> Any:
    """Return in which months a shock runs: each spell ends with the chance 1 / months.

    Wherever none runs, one begins with the shock's chance; so a spell that ends may be followed by
    the next at once.
    """
    if shock.chance == 1:
        return np.ones(shape, np.bool_)
    luck = pick.random(shape, dtype=np.float32)
    runs, stays = luck < shock.chance, luck < 1 - (1 - shock.chance) / shock.months
    for month in range(1, len(runs)):
        runs[month] |= runs[month - 1] & stays[month]
    return runs


# Closed forms -------------------------------------------------------------------------------


def chance_within(chance: float, months: int) -> float:
    """Return the chance that a shock comes at all within so many months: 1 - (1 - chance)^months.

    Examples
    --------
    >>> round(chance_within(0.01, 12), 4)
    0.1136
    """
    return float(1 - (1 - chance) ** months)


def standard_error(share: float, households: int) -> float:
    """Return the standard error (标准误) of a share counted among so many futures.

    Examples
    --------
    >>> round(standard_error(0.1, 100_000), 5)
    0.00095
    """
    return float(np.sqrt(share * (1 - share) / households))
