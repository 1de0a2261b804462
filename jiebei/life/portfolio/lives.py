"""What becomes of each loan: drawn month by month, and said to the loan as decisions.

With none missed an instalment is paid, paid some days late, or missed. With so many missed in a row
the next one is missed with the chance `rolls`; if it is not, all that is overdue is paid that day.
After the last instalment the chain goes on from month to month. Seven missed in a row are lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from jiebei.life.portfolio.behaviour import LOST_AFTER, Behaviour
from jiebei.loan.loan import Loan
from jiebei.units.days import Ints, day_of_month, due_date, month_of

__all__ = ["ENDS", "Lives", "act", "due_day", "joined", "live"]

ENDS = ("on time", "late", "cured", "prepaid", "negotiated", "lost")
ON_TIME, LATE, CURED, PREPAID, NEGOTIATED, LOST = range(len(ENDS))
MOST_DAYS_LATE = 25  # paid late, but before the next instalment is due
SETTLED_AFTER = 10  # days after a due day
PLAN_AFTER = 15
PLAN_MONTHS = 24
BAD_AFTER = 90  # days late
NO_DAY = np.iinfo(np.int64).min  # NaT
YEAR = 12
MOST_TIMES = 120  # instalments missed in a row, the rest of any loan


@dataclass(frozen=True, eq=False)
class Lives:
    """What the borrowers of some loans do; one place a loan, 0 or NaT where they do not.

    Attributes
    ----------
    late, days : (spells, loans)
        Instalment from which on nothing is paid, and for how many days.
    lost : instalment from which on nothing is ever paid
    settled, plan : day on which all is repaid early, or a new plan is agreed
    broken : first instalment of the plan that is missed, and all after it
    missed, times : the first instalment that is not paid within its month, and how many in a row
    end : place in `ENDS`
    bad : whether it was ever over 90 days late
    """

    late: Ints
    days: Ints
    lost: Ints
    settled: Ints
    plan: Ints
    broken: Ints
    missed: Ints
    times: Ints
    end: Ints
    bad: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        """Return the number of loans."""
        return len(self.lost)

    def take(self, places: Ints) -> Lives:
        """Return the lives of some of the loans."""
        return Lives(**{name: each[..., places] for name, each in vars(self).items()})

    def until_missed(self) -> Lives:
        """Return the lives as far as they go before the first instalment is missed."""
        before = self.late < np.where(self.missed > 0, self.missed, MOST_TIMES)
        nothing, never = np.zeros_like(self.lost), np.full_like(self.plan, NO_DAY)
        return replace(
            self,
            late=self.late * before,
            lost=nothing,
            broken=nothing,
            plan=never,
            settled=np.where(self.missed > 0, never, self.settled),
        )


def joined(parts: Sequence[Lives]) -> Lives:
    """Return the lives of several lots of loans as those of one."""
    deepest = max(len(each.late) for each in parts)

    def column(name: str) -> Any:
        each = [getattr(part, name) for part in parts]
        if each[0].ndim > 1:  # spells: some loans have more of them than others
            each = [np.pad(one, ((0, deepest - len(one)), (0, 0))) for one in each]
        return np.concatenate(each, axis=-1)

    return Lives(**{name: column(name) for name in vars(parts[0])})


def due_day(frame: pd.DataFrame, instalment: Ints) -> Ints:
    """Return the day on which an instalment falls due, or would after the last one."""
    start = frame["start"].to_numpy().astype("M8[D]").astype(np.int64)
    return due_date(month_of(start) + instalment, day_of_month(start))


def live(frame: pd.DataFrame, behaviour: Behaviour, lot: np.random.Generator) -> Lives:
    """Draw what becomes of the loans of a frame (还款行为模拟).

    Parameters
    ----------
    frame : DataFrame
        Of `borrowers`: `tier`, `months`, `start`.
    behaviour : Behaviour
    lot : Generator
        Every loan takes as many random numbers, whatever becomes of it and of the others.
    """
    size, tier = len(frame), frame["tier"].to_numpy()
    months = frame["months"].to_numpy()
    chance = {name: getattr(behaviour, name)[tier] for name in ("missed", "late", "settled")}
    free = np.ones(size, np.int64)  # the first instalment at which something new may begin
    lost, broken, missed, first_times = (np.zeros(size, np.int64) for _ in range(4))
    settled, plan = (np.full(size, NO_DAY) for _ in range(2))
    bad = np.zeros(size, np.bool_)
    spells: list[tuple[Ints, Ints, Ints]] = []
    gone = np.int64(months.max(initial=0) + 1)
    lots = lot.random((size, -(-int(gone) // YEAR) * YEAR, 5))
    for number in range(1, int(gone)):
        luck, length, again, agrees, keeps = lots[:, number - 1].T
        open_ = (free <= number) & (number <= months)
        misses = open_ & (luck < chance["missed"])
        late = open_ & ~misses & (luck < chance["missed"] + chance["late"])
        leaves = open_ & ~misses & ~late & (number < months) & (again < chance["settled"])
        row, times = np.flatnonzero(misses), _times(length[misses], behaviour)
        agreed = (times >= behaviour.plan_after) & (agrees[row] < behaviour.plan)
        gives_up = ~agreed & (times == LOST_AFTER)
        comes_back = row[~agreed & ~gives_up]
        due = due_day(frame, np.full(size, number))
        back = due_day(frame, number + _spread(times, row, size))
        spells.append((comes_back, np.full(len(comes_back), number), (back - due)[comes_back]))
        some = np.flatnonzero(late)
        days = 1 + (length[some] * MOST_DAYS_LATE).astype(np.int64)
        spells.append((some, np.full(len(some), number), days))
        first_times[row] = np.where(missed[row] == 0, times, first_times[row])
        missed[row] = np.where(missed[row] == 0, number, missed[row])
        free[row] = np.where(agreed | gives_up, gone, number + times + 1)
        lost[row[gives_up]] = number
        signs = row[agreed]
        plan[signs] = due_day(frame, np.full(size, number + behaviour.plan_after - 1))[signs]
        plan[signs] += PLAN_AFTER
        back[signs] = plan[signs]
        bad[row] |= (back - due)[row] > BAD_AFTER
        lost[signs] = number  # until the plan
        fails = signs[keeps[signs] >= behaviour.plan_kept]
        passed = np.minimum(number + behaviour.plan_after - 1, months[fails])
        broken[fails] = passed + 1
        bad[fails] = True
        free[leaves] = gone
        settled[leaves] = due[leaves] + SETTLED_AFTER
    first, long = _slots(spells, size)
    end = np.where((first > 0).any(axis=0), LATE, ON_TIME)
    end = np.where(missed > 0, CURED, end)
    end = np.where(settled != NO_DAY, np.maximum(end, PREPAID), end)
    end = np.where(plan != NO_DAY, NEGOTIATED, np.where(lost > 0, LOST, end))
    end = np.where(broken > 0, LOST, end)
    return Lives(first, long, lost, settled, plan, broken, missed, first_times, end, bad)


def _times(luck: npt.NDArray[np.float64], behaviour: Behaviour) -> Ints:
    """Return how many instalments in a row are missed, seven at most."""
    reaches = np.cumprod(behaviour.rolls)
    return np.asarray(1 + (luck[:, None] < reaches).sum(axis=1), np.int64)


def _spread(values: Ints, row: Ints, size: int) -> Ints:
    out = np.zeros(size, np.int64)
    out[row] = values
    return out


def _slots(spells: list[tuple[Ints, Ints, Ints]], size: int) -> tuple[Ints, Ints]:
    """Put the spells of each loan one below the other."""
    if not spells:
        return np.zeros((0, size), np.int64), np.zeros((0, size), np.int64)
    loan, number, days = (np.concatenate(each) for each in zip(*spells, strict=True))
    order = np.argsort(loan, kind="stable")
    loan = loan[order]
    slot = np.arange(len(loan), dtype=np.int64) - np.searchsorted(loan, loan)
    depth = int(slot.max(initial=-1)) + 1
    first, long = (np.zeros((depth, size), np.int64) for _ in range(2))
    first[slot, loan], long[slot, loan] = number[order], days[order]
    return first, long


def act(loan: Loan, lives: Lives) -> Loan:
    """Say to the loans what the borrowers do, as decisions of the engine.

    Parameters
    ----------
    loan : Loan
        As agreed, one scenario a life.
    lives : Lives
    """
    for number, days in zip(lives.late, lives.days, strict=True):
        loan = loan.pay_late(number, days=days)
    loan = loan.miss(lives.lost, times=MOST_TIMES)
    loan = loan.restructure(PLAN_MONTHS, on=lives.plan.astype("M8[D]"), waive=1.0)
    loan = loan.miss(lives.broken, times=MOST_TIMES)
    return loan.settle(on=lives.settled.astype("M8[D]"))
