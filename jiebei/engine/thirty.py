"""Thirty days a due period (每月按 30 天计息), where that was agreed."""

from __future__ import annotations

import numpy as np

from jiebei.engine.columns import Bools, Columns, Rows
from jiebei.units.days import Ints, due_date, month_of

__all__ = ["Thirty"]


class Thirty(Columns):
    """The days counted in the running due period of each loan."""

    agreed: Bools
    period: Ints  # how many days it counts
    since: Ints  # the day on which it began
    counted: Ints  # how many of its days have been counted

    def until(self, rows: Rows, at: Ints, due: Ints) -> Ints:
        """Return the days of the period behind us on the day `at`: on the due day all of them."""
        period = self.period[rows]
        return np.where(at == due, period, np.minimum(at - self.since[rows], period))

    def until_in_holiday(
        self, rows: Rows, at: Ints, due: Ints, due_day: Ints, paused: Ints
    ) -> Ints:
        """Return the days since a holiday's first period began, 30 for each due period.

        `paused` is the first due day that the holiday lets pass.
        """
        last = due_date(month_of(at), due_day)
        last = np.where(last <= at, last, due_date(month_of(at) - 1, due_day))
        begun = last >= paused
        last = np.where(begun, last, self.since[rows])
        ahead = np.where(begun, month_of(due) - month_of(last), 0)
        before = np.where(begun, self.period[rows] - 30 * ahead, 0)
        return np.asarray(np.minimum(before + np.minimum(at - last, 30), self.period[rows]))

    def begin(self, rows: Rows, today: Ints) -> None:
        """Begin another period of thirty days."""
        self.period[rows], self.since[rows], self.counted[rows] = 30, today, 0
