"""Help for borrowers in trouble: a grace period, a longer term, a negotiated plan.

Everybody who misses an instalment is offered help, also those who would have caught up by
themselves. Each helped loan is run three times through the engine: as it would go without help, if
what was agreed is kept, and if it is broken from its first instalment on. What help is worth with
any share that keeps it is the mean of the last two, weighed by that share: no chance is in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from jiebei.life.portfolio.behaviour import Behaviour
from jiebei.life.portfolio.borrowers import loans_of
from jiebei.life.portfolio.lives import BAD_AFTER, MOST_TIMES, NO_DAY, Lives, act, due_day, joined
from jiebei.life.portfolio.pool import Span, collected, fen, lost_at, run
from jiebei.loan.loan import Loan
from jiebei.units.days import Ints, due_date
from jiebei.value.worth import DAYS_A_YEAR

__all__ = [
    "HELP",
    "OUTCOMES",
    "Programme",
    "Trouble",
    "as_it_goes",
    "helped",
    "in_trouble",
    "programmes",
    "together",
]

HELP = ("grace", "extension", "negotiation")
OUTCOMES = ("as it goes", "kept", "broken")
SUMS = ("value", "paid", "charged", "over_90", "lost")
PLAN_DAY = 15  # days after the third instalment missed
MISSED_BEFORE_A_PLAN = 3


class Programme(NamedTuple):
    """Who is helped, when, and how.

    Attributes
    ----------
    after : int
        Instalments missed in a row before it, 0 on the due day of the first.
    agree : callable
        (loan, days on which it is agreed) to the loan with help.
    """

    after: int
    agree: Callable[[Loan, Any], Loan]


def programmes(
    grace_months: int, longer: int, plan_months: int, rate_off: float, waive: float
) -> Mapping[str, Programme]:
    """Return the three ways to help (宽限期, 展期, 协商还款).

    Parameters
    ----------
    grace_months : int
        Nothing is due for so many due days; the interest is billed afterwards.
    longer : int
        So many instalments more.
    plan_months : int
        A new plan for all that is owed, with three instalments missed, over so many months,
    rate_off, waive : decimal
        at a rate lower by that share, and with that share of the penalty let off.
    """

    def grace(loan: Loan, on: Any) -> Loan:
        return loan.defer(grace_months, on=on, interest="billed")

    def extension(loan: Loan, on: Any) -> Loan:
        return loan.extend(longer, on=on)

    def negotiation(loan: Loan, on: Any) -> Loan:
        rate = np.asarray(loan.daily_rate) * (1 - rate_off)
        return loan.restructure(plan_months, on=on, daily_rate=rate, waive=waive)

    return {
        "grace": Programme(0, grace),
        "extension": Programme(0, extension),
        "negotiation": Programme(MISSED_BEFORE_A_PLAN, negotiation),
    }


class Trouble(NamedTuple):
    """The loans that are helped with so many instalments missed, and what becomes of them so.

    Attributes
    ----------
    after : int
        Instalments missed in a row, as `Programme` has it.
    frame : DataFrame
        The loans as agreed, one row each.
    lives : Lives
        What becomes of them without help.
    """

    after: int
    frame: pd.DataFrame
    lives: Lives


def in_trouble(frame: pd.DataFrame, lives: Lives, after: int) -> Trouble:
    """Return those of some loans that are helped with so many instalments missed."""
    eligible = (lives.missed > 0) & (lives.times >= max(after, 1))
    mine = np.flatnonzero(eligible & (lives.plan == NO_DAY))
    return Trouble(after, frame.iloc[mine], lives.take(mine))


def together(parts: Sequence[Trouble]) -> Trouble:
    """Return the loans of several places as one, to be run at once."""
    frame = pd.concat([each.frame for each in parts], ignore_index=True)
    return Trouble(parts[0].after, frame, joined([each.lives for each in parts]))


def helped(
    trouble: Trouble,
    programme: Programme,
    behaviour: Behaviour,
    span: Span,
    without: dict[str, int] | None = None,
) -> dict[str, Ints]:
    """Run the loans that are helped, three times each.

    Parameters
    ----------
    trouble : Trouble
    programme : Programme
    behaviour : Behaviour
    span : Span
        The months looked at.
    without : dict, optional
        What they come to without help, if it is known already.

    Returns
    -------
    dict
        `loans` and `drawn` (fen) of those helped; by outcome, in the order of `OUTCOMES`, sums over
        them: `value` to the lender on the day of the drawdown at its cost of money, `paid` and
        `charged` (interest and penalty), all in fen; `over_90`, loans ever over 90 days late, and
        `lost`, what is lost in the end, in fen.
    """
    some, life = trouble.frame, trouble.lives
    agreed = loans_of(some)
    before = life.until_missed()
    on = due_day(some, life.missed + max(programme.after - 1, 0)) + PLAN_DAY * (programme.after > 0)
    months = some["months"].to_numpy()
    next_one = np.minimum(life.missed + programme.after, months + 1)
    so_far = act(agreed, before)
    if programme.after:
        so_far = so_far.miss(life.missed, times=MOST_TIMES)
    kept = programme.agree(so_far, on.astype("M8[D]"))
    broken = kept.miss(next_one, times=MOST_TIMES)
    sums: list[dict[str, int]] = []
    if len(some):
        goes = as_it_goes(trouble, behaviour, span) if without is None else without
        sums = [goes, *(_sums(each, some, behaviour, span) for each in (kept, broken))]
    found = {name: np.array([each[name] for each in sums] or [0] * 3, np.int64) for name in SUMS}
    return found | {
        "loans": np.array(len(some)),
        "drawn": fen(some["principal"]).sum(),
    }


def as_it_goes(trouble: Trouble, behaviour: Behaviour, span: Span) -> dict[str, int]:
    """Return what loans in trouble come to without help."""
    lived = act(loans_of(trouble.frame), trouble.lives)
    return _sums(lived, trouble.frame, behaviour, span)


def _sums(loan: Loan, frame: pd.DataFrame, behaviour: Behaviour, span: Span) -> dict[str, int]:
    rows, ends = run(loan, span)
    start = frame["start"].to_numpy().astype("M8[D]").astype(np.int64)
    of, day = rows["loan"].to_numpy(), rows["date"].to_numpy().astype("M8[D]").astype(np.int64)
    paid = fen(rows["payment"])
    lost = lost_at(ends)
    back = collected(ends.owed[lost], behaviour)
    when = due_date(ends.month[lost] + 1 + behaviour.recovered_after, 1) - 1
    loans, flows = np.append(of, ends.loan[lost]), np.append(paid, back)
    later = np.append(day, when) - start[loans]
    worth = np.bincount(
        loans, flows * (1 + behaviour.funding) ** (-later / DAYS_A_YEAR), len(frame)
    )
    over_90 = np.zeros(len(frame), np.bool_)
    over_90[of[rows["days_late"] > BAD_AFTER]] = True  # paid between two months' ends
    over_90[ends.loan[ends.days > BAD_AFTER]] = True
    return {
        "value": int(np.rint(worth).astype(np.int64).sum()),
        "paid": int(flows.sum()),
        "charged": int(fen(rows["interest"]).sum() + fen(rows["penalty"]).sum()),
        "over_90": int(over_90.sum()),
        "lost": int((ends.owed[lost] - back).sum()),
    }
