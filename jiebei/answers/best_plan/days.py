"""The best plan by day, for a calendar: what is to be done, and what each debt takes."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from jiebei.answers.best_plan.steps import by_day, in_words, say_
from jiebei.life.best.best import Best, best
from jiebei.life.best.borrower import Borrower
from jiebei.life.best.played import Step, owed_by_day
from jiebei.units.days import as_dates

__all__ = ["due_days"]


def due_days(there: Borrower) -> pd.DataFrame | None:
    """Return the plan by day, for a calendar file: what to do and whom to pay; None without one.

    Returns
    -------
    DataFrame
        As `save_calendar` takes it, of all debts together.
    """
    found = best(there)
    if found is None:
        return None
    flows, steps = found.played.flows, by_day(found)
    owed = owed_by_day(found.ground, found.played).sum(axis=1).round(2)
    paid = flows.groupby("day")[["payment", "interest", "fee"]].sum().round(2)
    days = paid.reindex(sorted({*paid.index, *steps}), fill_value=0.0)
    days["early"] = [round(found.played.early(day), 2) for day in days.index]
    days["principal"] = (days["payment"] - days["interest"] - days["fee"]).round(2)
    days["penalty"] = 0.0
    days["closing"] = owed.reindex(days.index)
    days["to_do"] = [_to_do(found, day, steps.get(day, [])) for day in days.index]
    days = days[(days["payment"] > 0) | (days["to_do"] != "")]
    return days.set_index(pd.DatetimeIndex(as_dates(days.index.to_numpy())))


def _to_do(found: Best, day: int, steps: Sequence[Step]) -> str:
    """Say what is to be done on a day, and what each debt takes, a line each."""
    done = [str(in_words(found, each)) for each in steps]
    rows = found.played.flows[(found.played.flows["day"] == day).to_numpy()]
    sums = [
        str(
            say_(
                "paid_to",
                name=found.ground.lanes[int(str(at))].name,
                amount=float(each["payment"].sum()),
                left=float(each["closing"].iloc[-1]),
            )
        )
        for at, each in rows.groupby("lane")
        if each["payment"].sum() > 0
    ]
    return "\n".join([*done, *sums])
