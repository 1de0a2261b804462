"""Years of borrowing and repaying: where score, tier, rate and limit go, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from jiebei.language.errors import JiebeiError
from jiebei.life.credit.score import LATEST, Behaviour, rules, total
from jiebei.life.credit.tiers import HISTORY_MONTHS, Borrower, tier_of, tier_table
from jiebei.loan.plan import Plan
from jiebei.units.days import Ints, as_days, month_of
from jiebei.units.reading import money, whole_number

__all__ = ["Years", "line_of", "seen_before", "years"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Years:
    """Hold where years of behaviour lead: arrays of shape (scenarios..., months + 1).

    Attributes
    ----------
    date : datetime64[D] of shape (months + 1,)
        The day of the first drawdown, then every due date.
    score, tier, limit, daily_rate
        On that date, from all that was seen before it: they set what is lent that day.
    counted_late : int
        Days late of a payment later than the tier's grace; 0 where nothing fell due, and for what
        falls due while an earlier payment is late: it is paid with that one.
    utilisation, lenders
        As that day ends.
    here, elsewhere : yuan
        Drawn that day on the line, and from another lender.
    owed, due : yuan
        Principal owed on the line as the day ends; what the line takes that day.
    charges_here, charges_elsewhere : yuan
        Interest and fees of the loans drawn that day, up to their ends.
    penalty : yuan
        Paid in that month; in the last, what is paid later too.
    """

    date: npt.NDArray[np.datetime64]
    score: Floats
    tier: Ints
    limit: Floats
    daily_rate: Floats
    counted_late: Ints
    utilisation: Floats
    lenders: Ints
    here: Floats
    elsewhere: Floats
    owed: Floats
    due: Floats
    charges_here: Floats
    charges_elsewhere: Floats
    penalty: Floats

    @property
    def cost(self) -> Any:
        """Return interest, fees and penalty in all, in yuan, a scenario a place."""
        fen = np.rint((self.charges_here + self.charges_elsewhere + self.penalty) * 100)
        return fen.sum(axis=-1) / 100


def years(borrower: Borrower, days_late: Any) -> Years:
    """Live through years of borrowing and repaying, and see score, tier, rate and limit move.

    Parameters
    ----------
    borrower : Borrower
    days_late : int array (scenarios..., months)
        How late the payment of each month is made, 0 to 90 days; 0 is on time.

    Notes
    -----
    Month by month, all scenarios at once: the score of all that was seen sets the tier; the tier
    sets limit, rate, longest term and grace; what is needed that day is drawn on the line as far as
    it goes, the rest elsewhere, on the same terms but the rate, so that every scenario holds the
    same money. What a late payment costs (罚息) is what `Loan.pay_late` says; for the score, the
    share of the limit that is drawn goes on as agreed meanwhile.

    Examples
    --------
    >>> from jiebei.life.credit.tiers import Borrower
    >>> borrower = Borrower(50_000, 12, "equal_instalment", "2026-12-01", 20_000, 4, 6, 2, 0.00065)
    >>> on_time, late = np.zeros(36, int), np.zeros(36, int)
    >>> late[4] = 5
    >>> found = years(borrower, np.stack([on_time, late]))
    >>> found.tier[:, [0, 6, 12, 24, 36]]
    array([[2, 2, 1, 0, 0],
           [2, 3, 2, 0, 0]])
    """
    tiers = tier_table(borrower.tiers)
    late = whole_number(days_late, "days_late", 0, LATEST)
    if late.ndim == 0 or not 1 <= late.shape[-1] <= HISTORY_MONTHS:
        raise JiebeiError("error.tiers.months", most=HISTORY_MONTHS)
    points = rules(borrower.points)
    seen = _start(borrower, late.reshape(-1, late.shape[-1]))
    for month in range(late.shape[-1] + 1):
        _judge(seen, month, borrower, tiers, points)
        _lend(seen, month, borrower, tiers)
        _observe(seen, month, borrower, tiers)
    for month in np.flatnonzero(seen["here"].any(axis=0)).tolist():
        _penalise(seen, month, borrower)
    dates = borrower.due_day(np.arange(late.shape[-1] + 1, dtype=np.int64))
    shape = (*late.shape[:-1], -1)
    found = {
        each.name: (seen[each.name] / (100 if each.name in _YUAN else 1)).reshape(shape)
        for each in fields(Years)[1:]
    }
    found |= {name: found[name].astype(np.int64) for name in _WHOLE}
    return Years(dates.astype("M8[D]"), **found)


_YUAN = (
    "limit",
    "here",
    "elsewhere",
    "owed",
    "due",
    "charges_here",
    "charges_elsewhere",
    "penalty",
)
_WHOLE = ("tier", "counted_late", "lenders")


def _start(borrower: Borrower, late: Ints) -> dict[str, Any]:
    """Return what is to be seen, month by month, money in fen; nothing has happened yet."""
    scenarios, months = late.shape[0], late.shape[1] + 1
    names = [each.name for each in fields(Years)[1:]]
    names += ["late", "behind_until", "owed_elsewhere"]
    seen = {name: np.zeros((scenarios, months), np.int64) for name in names}
    for name in ("score", "daily_rate", "utilisation"):
        seen[name] = np.zeros((scenarios, months))
    seen["late"][:, 1:] = late
    seen["lenders"][:] = borrower.lenders
    return seen


def _judge(
    seen: dict[str, Any],
    month: int,
    borrower: Borrower,
    tiers: pd.DataFrame,
    points: dict[str, Any],
) -> None:
    """Score what was seen so far, and set the tier and its terms."""
    names = ("counted_late", "utilisation", "lenders")
    behaviour = _behaviour(borrower, *(seen[name][:, :month] for name in names))
    seen["score"][:, month] = total(behaviour, points)
    tier = tier_of(seen["score"][:, month], tiers)
    seen["tier"][:, month] = tier
    seen["limit"][:, month] = money(tiers["limit"], "limit", zero=True)[tier]
    seen["daily_rate"][:, month] = tiers["daily_rate"].to_numpy()[tier]


def _behaviour(borrower: Borrower, late: Any, used: Any, lenders: Any) -> Behaviour:
    """Put the months before the first drawdown, all of them on time, before what was seen."""
    ahead = [(0, 0)] * (np.ndim(late) - 1) + [(borrower.past_months, 0)]
    firsts = zip((late, used, lenders), (0, 0.0, borrower.lenders), strict=True)
    return Behaviour(*(np.pad(each, ahead, constant_values=first) for each, first in firsts))


def _lend(seen: dict[str, Any], month: int, borrower: Borrower, tiers: pd.DataFrame) -> None:
    """Draw what is needed on the line as far as it goes, and the rest elsewhere."""
    wanted = borrower.needs(month)
    free = seen["limit"][:, month] - seen["owed"][:, month]
    long_enough = tiers["longest_months"].to_numpy()[seen["tier"][:, month]] >= borrower.months
    here = np.where(long_enough, np.clip(free, 0, wanted), 0)
    _draw(seen, month, borrower, "here", "owed", here, seen["daily_rate"][:, month])
    elsewhere = np.full(here.shape, borrower.elsewhere_rate)
    _draw(seen, month, borrower, "elsewhere", "owed_elsewhere", wanted - here, elsewhere)


def _draw(
    seen: dict[str, Any],
    month: int,
    borrower: Borrower,
    name: str,
    owed: str,
    amount: Ints,
    daily_rate: Floats,
) -> None:
    """Enter the loans of a day: what is drawn, owed, due and paid in interest for them."""
    some = np.flatnonzero(amount)
    seen[name][:, month] = amount
    if not some.size:
        return
    loan = borrower.contract(amount[some] / 100, daily_rate[some], month)
    flows = loan.cashflows(["loan", "date", "drawn", "principal", "payment"])
    place = some[flows["loan"].to_numpy()]
    days = as_days(flows["date"].to_numpy(), "date")[0]
    first = flows["drawn"].to_numpy() > 0  # the start has a month of its own: 0
    at = np.where(first, month, month_of(days) - borrower.clock[0])
    fen = {
        each: np.rint(flows[each].to_numpy() * 100).astype(np.int64) for each in flows.columns[2:]
    }
    np.add.at(seen[f"charges_{name}"], (place, month), fen["payment"] - fen["principal"])
    ahead = at < seen[name].shape[1]
    change = np.zeros_like(seen[owed])
    moved = fen["drawn"] - fen["principal"]
    np.add.at(change, (place[ahead], at[ahead]), moved[ahead])
    seen[owed] += change.cumsum(axis=1)
    if name == "here":
        due = ahead & ~first  # a fee of the drawdown is not a payment that could be late
        np.add.at(seen["due"], (place[due], at[due]), fen["payment"][due])


def _observe(seen: dict[str, Any], month: int, borrower: Borrower, tiers: pd.DataFrame) -> None:
    """See how the month was paid, and how much of the limit and how many lenders it ends with."""
    grace = tiers["grace_days"].to_numpy()[seen["tier"][:, month]]
    days, today = seen["late"][:, month], int(borrower.due_day(month))
    until = seen["behind_until"].max(axis=1)  # what falls due in between is paid with it
    begins = (seen["due"][:, month] > 0) & (days > grace) & (until < today)
    seen["counted_late"][:, month] = np.where(begins, days, 0)
    seen["behind_until"][:, month] = np.where(begins, today + days, 0)
    limit, owed = seen["limit"][:, month], seen["owed"][:, month]
    full = np.where(owed > 0, 1.0, 0.0)  # of a limit of nothing, all is drawn
    seen["utilisation"][:, month] = np.divide(owed, limit, out=full, where=limit > 0)
    seen["lenders"][:, month] += seen["owed_elsewhere"][:, month] > 0


def _penalise(seen: dict[str, Any], month: int, borrower: Borrower) -> None:
    """Enter what the late payments of the loans of a day cost: the engine knows."""
    at_first, instalments = _due_on(borrower, month)
    ahead = seen["counted_late"][:, at_first : at_first + instalments]
    some = np.flatnonzero((seen["here"][:, month] > 0) & ahead.any(axis=1))
    if not some.size:
        return
    amounts, rates = seen["here"][some, month] / 100, seen["daily_rate"][some, month]
    loan = borrower.contract(amounts, rates, month)
    for place in np.flatnonzero(ahead[some].any(axis=0)).tolist():
        loan = loan.pay_late(place + 1, days=ahead[some, place])
    flows = loan.cashflows(["loan", "date", "penalty"])
    days = as_days(flows["date"].to_numpy(), "date")[0]
    at = np.maximum(month_of(days) - borrower.clock[0], 0)
    fen = np.rint(flows["penalty"].to_numpy() * 100).astype(np.int64)
    at = np.minimum(at, seen["penalty"].shape[1] - 1)
    np.add.at(seen["penalty"], (some[flows["loan"].to_numpy()], at), fen)


def _due_on(borrower: Borrower, month: int) -> tuple[int, int]:
    """Return on which due day of the line a loan of that day first falls due, and how often."""
    terms = borrower.contract(borrower.principal, borrower.elsewhere_rate, month).terms
    return int(terms["anchor"]) + 1 - borrower.clock[0], int(terms["instalments"])


def seen_before(borrower: Borrower, found: Years, place: Any, month: int) -> Behaviour:
    """Return what one scenario's score on a date rests on; see `jiebei.life.credit.score.parts`."""
    rows = (found.counted_late[place], found.utilisation[place], found.lenders[place])
    return _behaviour(borrower, *(each[:month] for each in rows))


def line_of(
    borrower: Borrower, found: Years, place: Any = ()
) -> tuple[Plan | None, dict[Any, float]]:
    """Return the loans that one scenario draws on the line, and its limit from each date on.

    None stands for no loan at all.

    `jiebei.life.credit.line.available(plan, 0, changes=limits)` follows the line.

    Parameters
    ----------
    place : index
        Which scenario.
    """
    here, rates = found.here[place], found.daily_rate[place]
    loans = [
        borrower.contract(here[month], rates[month], month)
        for month in np.flatnonzero(here > 0).tolist()
    ]
    limit = found.limit[place]
    moves = np.append(True, np.diff(limit) != 0)
    limits = dict(zip(found.date[moves].tolist(), limit[moves].tolist(), strict=True))
    return Plan(tuple(loans)) if loans else None, limits
