"""Where does the answer turn? A gain over two quantities, counted at the reader's own place too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes

from jiebei import charts
from jiebei.charts.drawing.style import INK
from jiebei.compare.compare import Strategy
from jiebei.language.words import Text
from jiebei.units.fen import FEN

__all__ = ["Along", "Frontier", "along", "over", "savings_rates", "through"]

Floats = npt.NDArray[np.float64]


def through(here: float, grid: Any) -> Any:
    """Return a grid with the reader's own place on it, so that it need not be interpolated.

    Examples
    --------
    >>> through(0.18, np.linspace(0.0, 0.5, 3)).tolist()
    [0.0, 0.18, 0.25, 0.5]
    """
    return np.sort(np.append(grid[~np.isclose(grid, here)], here))


def savings_rates(loan: Strategy, savings_rate: float) -> Any:
    """Return the savings rates that a gauge shows: beyond the loan's own and the reader's."""
    own = loan.summary().effective_rate
    most = max(0.1, 1.6 * own if np.isfinite(own) else 0.0, 1.25 * savings_rate)
    return np.linspace(0.0, min(np.ceil(20 * most) / 20, 1.0), 61)


@dataclass(frozen=True)
class Along:
    """One of the two quantities.

    Attributes
    ----------
    tried : array
        What is tried of it, ascending.
    here : number or None
        Where the reader stands; None where that is nowhere on the chart.
    label : str
        What it is called.
    kind : {"percent", "days", "yuan", "number", "date"}
    shown : callable
        What is tried to what is shown of it: a daily rate to one a year, a day's number to a date.
    """

    tried: Any
    here: Any
    label: Text
    kind: str = "percent"
    shown: Callable[[Any], Any] = lambda tried: tried

    @property
    def grid(self) -> Any:
        """Return what is tried, and the reader's own."""
        return np.asarray(self.tried) if self.here is None else through(self.here, self.tried)

    @property
    def place(self) -> int | None:
        """Return the reader's place on the grid."""
        return None if self.here is None else int(np.searchsorted(self.grid, self.here))


@dataclass(frozen=True)
class Frontier:
    """A gain over two quantities, of shape (y, x); NaN where there is none."""

    x: Along
    y: Along
    gain: Floats

    @property
    def nothing(self) -> bool:
        """Return whether it makes no difference anywhere."""
        return bool(np.nanmax(np.abs(self.gain)) < FEN)

    @property
    def flat(self) -> bool:
        """Return whether it is the same everywhere: a map of one colour shows nothing."""
        return bool(np.nanmax(self.gain) - np.nanmin(self.gain) < FEN)

    @property
    def row(self) -> Floats:
        """Return the gain along x at the reader's own y."""
        return np.asarray(self.gain[self.y.place])

    @property
    def here(self) -> float:
        """Return the gain where the reader stands; NaN where that is nowhere on the chart."""
        at = (self.y.place, self.x.place)
        return float("nan") if None in at else float(self.gain[at])

    def draw(self, *, regions: tuple[Text, Text], subtitle: Text, **words: Any) -> Axes:
        """Draw it; `words` are those of `charts.frontier`, its title the computed one if not given.

        Where there is no gain to name, the reader's place is a ring without a figure.
        """
        at = None
        if self.x.here is not None and self.y.here is not None:
            at = (self.x.shown(self.x.here), self.y.shown(self.y.here))
        known = bool(np.isfinite(self.here))
        ax = charts.frontier(
            self.x.shown(self.x.grid),
            self.y.shown(self.y.grid),
            self.gain,
            here=at if known else None,
            regions=regions,
            x_kind=self.x.kind,
            y_kind=self.y.kind,
            x_label=self.x.label,
            y_label=self.y.label,
            subtitle=subtitle,
            **words,
        )
        if at is not None and not known:
            ring: dict[str, Any] = {"mfc": "white", "mec": INK, "mew": 2.2}
            ax.plot(*at, "o", markersize=9, clip_on=False, zorder=6, **ring)
        return ax


def over(measure: Callable[[Any, Any], Any], x: Along, y: Along) -> Frontier:
    """Measure a gain over two quantities; the reader's own place is one of those measured.

    Parameters
    ----------
    measure : callable
        What is tried of x and of y, two arrays, to the gain, of shape (len(y), len(x)).
    x, y : Along

    Examples
    --------
    >>> rate = Along(np.linspace(0.0, 0.3, 4), 0.02, "rate")
    >>> days = Along(np.array([100, 300]), 180, "days", "days")
    >>> def saved(rate, days):
    ...     return 20_000 * (0.146 - rate) * days[:, None] / 365
    >>> found = over(saved, rate, days)
    >>> found.gain.shape, round(found.here, 2)
    ((3, 5), 1242.74)
    """
    return Frontier(x, y, np.asarray(measure(x.grid, y.grid), np.float64))


def along(gain: Any, x: Along, *, regions: tuple[Text, Text], **words: Any) -> Axes:
    """Draw where a gain, measured on the grid of one quantity, turns.

    `words` are those of `charts.gauge`, its title the computed one if not given.
    """
    return charts.gauge(
        x.shown(x.grid),
        np.asarray(gain, np.float64),
        here=None if x.here is None else x.shown(x.here),
        regions=regions,
        x_kind=x.kind,
        x_label=x.label,
        **words,
    )
