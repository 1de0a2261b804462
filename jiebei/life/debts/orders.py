"""Which debt first? The known orders, the cheapest of all, and the least amount that suffices."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations, permutations
from typing import Any, NamedTuple

import numpy as np

from jiebei.compare import goals
from jiebei.language.errors import JiebeiError, nearest
from jiebei.life.debts.debt import NO_DAY, Debt, payday
from jiebei.life.debts.outcome import Bools, Freedom, freedom
from jiebei.life.debts.payments import LEFT, last_payday
from jiebei.units.arrays import alone
from jiebei.units.days import Ints
from jiebei.units.reading import money

__all__ = ["ORDERS", "ROUNDING", "Choice", "cheapest", "least", "named", "paid", "ranks"]

ORDERS = ("only_due", "highest_rate", "smallest_balance", "earliest_deadline")
LONGEST_LEAD = 12  # months
ROUNDING = 10  # fen: orders no farther apart are equally cheap

Places = tuple[int, ...]  # debts by their place in the list, the first to be paid first


class Choice(NamedTuple):
    """An order of paying: what is not in it is paid only what must be paid."""

    places: Places
    lead: int = 0  # on so many paydays up to a deadline that debt goes first


def named(debts: Sequence[Debt], order: str) -> Choice:
    """Return one of the orders that people know.

    Parameters
    ----------
    debts : list of Debt
    order : str
        "only_due" (只还当期应还), "highest_rate" (雪崩法), "smallest_balance" (雪球法) or
        "earliest_deadline" (先到期先还). Family money counts as free of interest.

    Examples
    --------
    >>> from jiebei.life.debts.debt import read
    >>> debts = read(
    ...     [
    ...         {"name": "card", "kind": "card", "balance": 9_000, "daily_rate": 0.0004},
    ...         {"name": "x", "kind": "loan", "balance": 20_000, "daily_rate": 0.0006, "months": 6},
    ...     ],
    ...     "2026-12-01",
    ... )
    >>> [named(debts, each).places for each in ORDERS]
    [(), (1, 0), (0, 1), (1, 0)]
    """
    keys: dict[str, Callable[[Debt], Any]] = {
        "highest_rate": lambda debt: (-_rate(debt), int(debt.balance)),
        "smallest_balance": lambda debt: (int(debt.balance), -_rate(debt)),
        "earliest_deadline": lambda debt: (_ends(debt), -_rate(debt)),
    }
    if order not in ORDERS:
        raise JiebeiError("error.debt_order", order=order, nearest=nearest(order, ORDERS))
    if order == "only_due":
        return Choice(())
    return Choice(tuple(sorted(range(len(debts)), key=lambda place: keys[order](debts[place]))))


def _rate(debt: Debt) -> int:
    return 0 if debt.kind == "family" else int(debt.rate)


def _ends(debt: Debt) -> int:
    """Return the day on which a debt must be gone, or costs more."""
    if debt.kind == "loan":
        return payday(debt.start, int(debt.months))
    return debt.deadline


def ranks(debts: Sequence[Debt], choices: Sequence[Choice]) -> Ints:
    """Return the rank of each debt in each choice, of shape (debts, choices)."""
    found = np.full((len(debts), len(choices)), LEFT, np.int64)
    for column, choice in enumerate(choices):
        for rank, place in enumerate(choice.places):
            found[place, column] = rank
    return found


def leads(debts: Sequence[Debt]) -> range:
    """Return on how many paydays up to its deadline a debt may go first.

    Family money goes first on the last of them in any case: 0 would be the same as 1.
    """
    with_deadline = [each for each in debts if each.deadline != NO_DAY]
    most = min(max(map(last_payday, with_deadline), default=0), LONGEST_LEAD)
    only_family = bool(with_deadline) and all(each.kind == "family" for each in with_deadline)
    return range(min(1, most) if only_family else 0, most + 1)


def every(debts: Sequence[Debt]) -> Iterator[Choice]:
    """Yield every order, at every lead; a debt with a fee on early repayment may be left alone."""
    first = named(debts, "highest_rate").places
    fees = [place for place in first if debts[place].fee_rate > 0]
    for spared in range(len(fees) + 1):
        for left_alone in combinations(fees, spared):
            extra = [place for place in first if place not in left_alone]
            for places in permutations(extra):
                yield from (Choice(places, lead) for lead in leads(debts))


def paid(debts: Sequence[Debt], choices: Sequence[Choice], monthly: Any) -> Freedom:
    """Say what each choice comes to."""
    lead = np.array([each.lead for each in choices])
    return freedom(debts, monthly, ranks(debts, choices), lead)


def cheapest(debts: Sequence[Debt], monthly: float) -> tuple[Choice, int]:
    """Try every order and return the cheapest that meets all deadlines, and how many were tried.

    Where none meets them, the one that is least late; of those within 0.10 yuan of each other the
    one nearest to the highest rate first. Where none leads out, the highest rate first.

    Notes
    -----
    Without deadlines, fees, free periods and interest that is billed only at the end, the highest
    rate first is the cheapest: a yuan paid there spares most, and what it spares can be paid on any
    other debt a month later.
    """
    fen = alone(money(monthly, "monthly"), monthly, "monthly")
    return _cheapest(tuple(debts), float(fen) / 100)


@lru_cache(32)  # the answer and its pictures ask for the same one
def _cheapest(debts: tuple[Debt, ...], monthly: float) -> tuple[Choice, int]:
    choices = list(every(debts))
    found = paid(debts, choices, monthly)
    best = int(np.lexsort((found.months, found.cost, found.late, ~found.free))[0])
    alike = (found.late == found.late[best]) & (found.free == found.free[best])
    alike &= found.cost <= found.cost[best] + ROUNDING
    return choices[int(np.flatnonzero(alike)[0])], len(choices)


def least(debts: Sequence[Debt], *, kept: bool) -> int:
    """Return the smallest monthly amount in whole yuan that in any order frees you of debt.

    Parameters
    ----------
    debts : list of Debt
    kept : bool
        Whether it must meet every deadline too.

    Examples
    --------
    >>> from jiebei.life.debts.debt import read
    >>> card = {"name": "card", "kind": "card", "balance": 9_000, "daily_rate": 0.0005}
    >>> family = {"name": "mum", "kind": "family", "balance": 8_000, "due": "2027-06-01"}
    >>> debts = read([card, family], "2026-12-01")
    >>> least(debts, kept=False), least(debts, kept=True)
    (914, 2072)
    """
    return _least(tuple(debts), kept)


@lru_cache(32)
def _least(debts: tuple[Debt, ...], kept: bool) -> int:
    most = 1 + int(sum(1.3 * each.balance + each.late_fee for each in debts) // 100)
    high, step, choices = _smallest(debts, _extremes(debts), 0, most, kept), 1, list(every(debts))
    # The extremes come within a few yuan: from there down, by strides, with every order.
    while high > step and _suffices(debts, choices, np.array([high - step]), kept)[0]:
        high, step = high - step, 4 * step
    return _smallest(debts, choices, max(high - step, 0), high, kept)


def _extremes(debts: Sequence[Debt]) -> list[Choice]:
    """Return the orders that spare no debt and see to a deadline at once, or only when late."""
    ends = sorted({leads(debts)[0], leads(debts)[-1]})
    return [Choice(each, lead) for each in permutations(range(len(debts))) for lead in ends]


def _smallest(
    debts: Sequence[Debt], choices: Sequence[Choice], low: int, high: int, kept: bool
) -> int:
    """Return the smallest amount above `low` that suffices in one of the orders; `high` does."""
    tried = max(5, min(66, 20_000 // len(choices)))

    def enough(amounts: Ints) -> Bools:
        return _suffices(debts, choices, amounts, kept)

    return goals.least(enough, low + 1, high, True, tried)[0]


def _suffices(debts: Sequence[Debt], choices: Sequence[Choice], amounts: Ints, kept: bool) -> Bools:
    """Tell which monthly amounts suffice in at least one of the orders."""
    rank, lead = ranks(debts, choices), np.array([each.lead for each in choices])
    monthly = np.repeat(amounts, len(choices))
    found = freedom(debts, monthly, np.tile(rank, len(amounts)), np.tile(lead, len(amounts)))
    enough = found.kept if kept else found.free
    return np.asarray(enough.reshape(len(amounts), -1).any(axis=1))
