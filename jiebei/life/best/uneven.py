"""A loan whose instalments are not what lowering them anew would make of it.

A term that was shortened earlier (缩短期限) leaves a last instalment smaller than the others. The
first early repayment that lowers the instalment spreads what is left evenly. So such a loan has
two parts: as it stands, in yuan and unbroken until the first early repayment, and as it then is,
in proportion to what is owed, like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from jiebei.life.best.lanes import Lane, of_loan
from jiebei.life.best.programme import Programme
from jiebei.loan.loan import Loan
from jiebei.units.days import iso

__all__ = ["spread_anew", "stands"]

ONE = 0.01  # yuan: a fen


def spread_anew(lane: Lane, loan: Loan, today: int) -> Lane:
    """Read a loan as its instalments are once lowered, and what is paid and kept else besides.

    Parameters
    ----------
    lane : Lane
        The loan as it stands.
    loan : Loan
        The same, without a coupon.
    today : int
        Days since 1970-01-01.

    Examples
    --------
    >>> loan = Loan(9_000, daily_rate=0.0004, months=6, start="2026-10-01")
    >>> loan = loan.prepay(2_000, on="2026-11-15", then="shorten")
    >>> lane = of_loan(0, "line", lambda _: loan, loan, 20_788)
    >>> found = spread_anew(lane, loan, 20_788)
    >>> (lane.pays * lane.agreed[:-1]).round(2), (found.pays * found.spread[:-1]).round(2)
    (array([1564.65, 1564.65, 1012.41]), array([1382.68, 1382.68, 1382.69]))
    """
    if not loan.decisions or lane.owed < 1:  # nothing has changed since it was drawn
        return lane
    probe = loan.prepay(ONE, on=iso(today), then="lower")
    anew = of_loan(lane.debt, lane.name, lambda _: probe, probe, today)
    if len(anew.due) != len(lane.due):
        return lane
    parts = {name: getattr(anew, name) for name in ("keeps", "pays", "interest")}
    if loan.terms["settles_whole"]:  # the probe did that too; nothing is repaid before a due day
        for name, each in parts.items():
            each[0] = getattr(lane, name)[0]
    stood = lane.spread
    spread = replace(lane, keeps=parts["keeps"]).spread
    rounding = ONE * np.arange(len(stood), dtype=np.int64)
    if np.all(np.abs(stood - spread) <= rounding):
        return lane
    return replace(
        lane,
        **parts,
        stands_paid=(lane.pays - parts["pays"]) * stood[:-1],
        stands_kept=stood[1:] - parts["keeps"] * stood[:-1],
    )


def stands(model: Programme, lane: Lane, early: Sequence[int], taken: int | None) -> list[int]:
    """Write for each due day whether the loan still stands as it did, nothing repaid early.

    Parameters
    ----------
    model : Programme
    lane : Lane
    early : sequence of int
        The variables of what is repaid early on each of its days.
    taken : int, optional
        The variable that is 1 where the lane is taken.

    Returns
    -------
    list of int
        A variable a due day, 1 or 0; none for a loan whose instalments stay even.
    """
    if not len(lane.stands_paid):
        return []
    found: list[int] = []
    for place in range(len(lane.due)):
        here = [(x, 1.0) for x, at in zip(early, lane.behind, strict=True) if at == place]
        before = found[-1] if found else taken
        if not here and before is not None:
            found.append(before)
            continue
        each = model.new(most=1.0, whole=True)
        less = [(variable, -factor) for variable, factor in here]
        least = lane.anew_from
        was, right = ([], -least) if before is None else ([(before, least)], 0.0)
        model.at_most([*was, (each, -least), *less], right)
        model.at_most([*here, (each, lane.owed)], lane.owed)
        if before is not None:
            model.at_most([(each, 1.0), (before, -1.0)], 0.0)
        found.append(each)
    return found
