"""What was repaid early on one day: its interest and fee are rounded once, on the total."""

from __future__ import annotations

import numpy as np

from jiebei.engine.columns import Columns, Rows
from jiebei.units.days import Ints

__all__ = ["Prepaid"]


class Prepaid(Columns):
    """The day of the last prepayment of each loan, and the totals of that day."""

    on: Ints
    principal: Ints
    interest: Ints
    waived: Ints
    by_coupon: Ints  # of what is waived
    fee: Ints

    def today(self, rows: Rows, today: Ints) -> dict[str, Ints]:
        """Return the totals of this very day by name; none where no loan prepaid today."""
        now = self.on[rows] == today
        if not np.count_nonzero(now):
            return {}
        totals = self.__annotations__.keys() - {"on"}
        return {name: getattr(self, name)[rows] * now for name in totals}

    def add(self, rows: Rows, today: Ints, **more: Ints) -> None:
        """Add to the totals of today."""
        before = self.today(rows, today)
        for name, each in more.items():
            getattr(self, name)[rows] = before[name] + each if before else each
        self.on[rows] = np.asarray(today)

    def forget_interest(self, rows: Rows) -> None:
        """Begin anew: the interest on all that is owed has just been settled."""
        self.interest[rows] = self.waived[rows] = self.by_coupon[rows] = 0
