"""What a chart is given to draw: figures, one for each place, or a sentence on why they are not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from jiebei.charts.drawing.geometry import Floats
from jiebei.language.errors import JiebeiError, refuse_kind

__all__ = ["check_loans", "check_names", "figures", "known", "refuse_unequal"]


def figures(chart: str, name: str, values: Any, *, gaps: bool = False) -> Floats:
    """Return figures as numbers; with `gaps`, what is infinite is as empty as what is NaN.

    Examples
    --------
    >>> figures("lines", "settle", [1, np.inf], gaps=True)
    array([ 1., nan])

    Raises
    ------
    JiebeiError
        For text, and without `gaps` for what is empty or infinite: a chart would lie about it.
    """
    try:
        found = np.asarray(values, float)
    except (TypeError, ValueError) as cause:
        raise JiebeiError("error.chart.number", chart=chart, name=name) from cause
    if np.isfinite(found).all():
        return found
    if not gaps:
        raise JiebeiError("error.chart.number", chart=chart, name=name)
    return np.where(np.isfinite(found), found, np.nan)


def check_names(chart: str, data: object) -> None:
    """Refuse what is no dict of names, or has a name that cannot be written."""
    refuse_kind(data, (Mapping,), f"{chart}()", "error.kind_figures")
    for name in data:  # type: ignore[attr-defined]
        if any("\ud800" <= each <= "\udfff" for each in str(name)):  # half a sign
            raise JiebeiError("error.chart.name", chart=chart, name=ascii(name))


def check_loans(given: Mapping[str, Any]) -> None:
    """Refuse what has no payments that could be drawn."""
    for name, each in given.items():
        if not hasattr(each, "cashflows"):
            raise JiebeiError("error.kind_loan", name=str(name), kind=type(each).__name__)


def known(data: Mapping[str, Floats]) -> Mapping[str, Floats]:
    """Return the data without the names that have no figure at all; all of it if none has one."""
    return {name: each for name, each in data.items() if np.isfinite(each).any()} or data


def refuse_unequal(chart: str, places: int, data: Mapping[str, Any]) -> None:
    """Refuse data that do not have one figure for each place, or nothing to draw."""
    if not places or not data:
        raise JiebeiError("error.chart.nothing", chart=chart)
    for name, each in data.items():
        if np.shape(each) != (places,):
            size = np.size(each)
            raise JiebeiError("error.chart.length", chart=chart, name=name, n=size, places=places)
