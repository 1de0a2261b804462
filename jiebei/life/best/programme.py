"""A linear programme with some whole numbers, written down term by term, and its solver.

The solver is HiGHS through `scipy.optimize`, loaded on first use: it takes a third of a second.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["GAP", "Programme", "Solved"]

Floats = npt.NDArray[np.float64]
Terms = Iterable[tuple[int, float]]
NUMERICAL = 4  # what scipy answers where the solver met trouble with its numbers
GAP = 0.01  # yuan: plans no farther apart are equally good


@dataclass(frozen=True, eq=False)
class Solved:
    """What the solver found.

    Attributes
    ----------
    x : float array
        One value a variable.
    value : float
        Of what is maximised.
    bound : float
        No choice of the variables makes it more.
    worth : float array
        What a unit more on the right of each row would add (对偶值); NaN where whole numbers were
        free to move.
    """

    x: Floats
    value: float
    bound: float
    worth: Floats


@dataclass(eq=False)
class Programme:
    """Maximise the sum of some variables under rows that are equal to, or at most, a number.

    Examples
    --------
    >>> found = Programme()
    >>> bread, wine = found.new(most=3.0), found.new()
    >>> row = found.at_most([(bread, 1.0), (wine, 2.0)], 5.0)
    >>> found.gain([(bread, 1.0), (wine, 1.0)])
    >>> found.solve().value
    4.0
    """

    least: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    entries: list[tuple[int, int, float]] = field(default_factory=list)
    gains: dict[int, float] = field(default_factory=dict)

    def new(self, least: float = 0.0, most: float = np.inf, whole: bool = False) -> int:
        """Add a variable and return its number."""
        self.least.append(least)
        self.most.append(most)
        self.whole.append(whole)
        return len(self.least) - 1

    def row(self, terms: Terms, low: float, high: float) -> int:
        """Add a row between two numbers and return its number."""
        number = len(self.low)
        self.entries.extend((number, variable, factor) for variable, factor in terms)
        self.low.append(low)
        self.high.append(high)
        return number

    def equal(self, terms: Terms, right: float) -> int:
        """Add a row that is equal to a number."""
        return self.row(terms, right, right)

    def at_most(self, terms: Terms, right: float) -> int:
        """Add a row that is at most a number."""
        return self.row(terms, -np.inf, right)

    def gain(self, terms: Terms) -> None:
        """Add to what is maximised."""
        for variable, factor in terms:
            self.gains[variable] = self.gains.get(variable, 0.0) + factor

    def _cost(self) -> Floats:
        cost = np.zeros(len(self.least))
        for variable, factor in self.gains.items():
            cost[variable] -= factor
        return cost

    def _matrix(self) -> Any:
        from scipy.sparse import csr_array

        rows, columns, values = zip(*self.entries, strict=True)
        shape = (len(self.low), len(self.least))
        return csr_array((np.array(values), (np.array(rows), np.array(columns))), shape=shape)

    def solve(self, scale: float = 1.0, gap: float = GAP, presolve: bool = True) -> Solved | None:
        """Return the best choice but for a gap, None where there is none.

        `scale` is about what it is worth. To solve anew, but for little, what has been solved is
        quicker without the solver's own preparations.
        """
        from scipy.optimize import Bounds, LinearConstraint, milp

        if not any(self.whole):
            return self.settle(np.zeros(len(self.least)))
        rows = LinearConstraint(self._matrix(), np.array(self.low), np.array(self.high))
        with _quiet():
            found = milp(
                self._cost(),
                integrality=np.array(self.whole, np.int64),
                bounds=Bounds(np.array(self.least), np.array(self.most)),
                constraints=rows,
                options={"mip_rel_gap": gap / max(abs(scale), 1.0), "presolve": presolve},
            )
        if found.x is None:
            return None
        nothing = np.full(len(self.low), np.nan)
        return Solved(found.x, -float(found.fun), -float(found.mip_dual_bound), nothing)

    def settle(self, at: Floats, low: Any = None, high: Any = None) -> Solved | None:
        """Return the best choice with the whole numbers where they are in `at`.

        `low` and `high` are other limits of the rows.
        """
        from scipy.optimize import linprog

        low = np.array(self.low) if low is None else low
        high = np.array(self.high) if high is None else high
        fixed = np.array(self.whole)
        bounds = np.column_stack([self.least, self.most])
        bounds[fixed] = np.rint(at[fixed])[:, None]
        matrix, same = self._matrix(), low == high
        above, below = ~same & np.isfinite(high), ~same & np.isfinite(low)
        solve = partial(
            linprog,
            self._cost(),
            A_ub=_stacked(matrix[above], -matrix[below]),
            b_ub=np.concatenate([high[above], -low[below]]),
            A_eq=matrix[same],
            b_eq=low[same],
            bounds=bounds,
        )
        found = solve(method="highs")
        if found.status == NUMERICAL:  # what the one method cannot finish, the other may
            found = solve(method="highs-ipm")
        if found.x is None:
            return None
        worth = np.zeros(len(low))
        worth[same] = -found.eqlin.marginals
        ups = int(above.sum())
        worth[above] -= found.ineqlin.marginals[:ups]
        worth[below] += found.ineqlin.marginals[ups:]
        return Solved(found.x, -float(found.fun), -float(found.fun), worth)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep a line off the page that the solver prints at times, past Python's own output."""
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def _stacked(one: Any, two: Any) -> Any:
    from scipy.sparse import vstack

    return vstack([one, two], format="csr")
