"""What rounding leaves of equal instalments (尾差), where the first one takes it, not the last."""

from __future__ import annotations

import numpy as np

from jiebei.engine.columns import Bools, Columns, Rows
from jiebei.units.days import Ints

__all__ = ["Residual"]


class Residual(Columns):
    """What the next instalment takes beside its equal part."""

    first: Bools  # whether that was agreed
    more: Ints  # by how much the last one would differ from the others, 0 once it has been taken

    def put(self, rows: Rows, more: Ints) -> None:
        """Put what the last instalment would take more, or less, on the next one."""
        self.more[rows] = more * self.first[rows]

    def take(self) -> Ints:
        """Return what the instalment of today takes, once."""
        taken, self.more = self.more, np.zeros_like(self.more)
        return taken
