"""A payment holiday (延期还本, 宽限期): due days pass on which nothing is due."""

from __future__ import annotations

from jiebei.engine.columns import Bools, Columns, Rows
from jiebei.units.days import Ints

__all__ = ["BILLED", "CAPITALISED", "NO_HOLIDAY", "Holiday"]

NO_HOLIDAY, BILLED, CAPITALISED = range(3)  # what becomes of the interest of a payment holiday


class Holiday(Columns):
    """The holiday that each loan is in, and those behind it."""

    kind: Ints  # what becomes of the interest on the next due day, on which nothing is due
    paused: Ints  # the first due day that it lets pass
    carried: Ints  # interest of a holiday, billed, to be paid with the next instalment
    ended: Ints  # due days behind us that were the end of one

    def runs(self, rows: Rows) -> Bools:
        """Tell which loans are in one."""
        return self.kind[rows] > 0
