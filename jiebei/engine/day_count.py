"""The day count (计息天数): the days of the calendar, or thirty a due period where that was agreed.

The first day counts and the last does not; where both do, `drawdown` opens the book a day ahead.
"""

from __future__ import annotations

import numpy as np

from jiebei.engine.columns import Bools, Columns, Rows
from jiebei.engine.holiday import Holiday
from jiebei.units.days import Ints, due_date, month_of

__all__ = ["Thirty"]


class Thirty(Columns):
    """Thirty days a due period (每月按 30 天计息): those counted in the one that runs."""

    agreed: Bools
    period: Ints  # how many days it counts
    since: Ints  # the day on which it began
    counted: Ints  # how many of its days have been counted

    def days(
        self, rows: Rows, days: Ints, at: Ints, due: Ints, due_day: Ints, holiday: Holiday | None
    ) -> Ints:
        """Return the days of interest until `at`, where the calendar counts `days`."""
        elapsed = self._until(rows, at, due)
        if holiday is not None:
            paused = self._until_in_holiday(rows, at, due, due_day, holiday.paused[rows])
            elapsed = np.where(holiday.runs(rows), paused, elapsed)
        return np.where(self.agreed[rows], np.maximum(elapsed - self.counted[rows], 0), days)

    def _until(self, rows: Rows, at: Ints, due: Ints) -> Ints:
        """Return the days of the period behind us on the day `at`: on the due day all of them."""
        period = self.period[rows]
        return np.where(at == due, period, np.minimum(at - self.since[rows], period))

    def _until_in_holiday(
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
