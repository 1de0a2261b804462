"""A figure as a picture, with its finding in words for those who do not see it."""

from __future__ import annotations

import io
import sys
from functools import cache
from typing import Any

from matplotlib.figure import Figure

__all__ = ["finding", "in_notebooks", "png"]


def finding(figure: Figure) -> str:
    """Return what a figure shows, 图表说明: the titles of its charts.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> figure = Figure()
    >>> for place, title in enumerate(("You are free in June.", "", "June is dear.")):
    ...     _ = figure.add_subplot(1, 3, place + 1).set_title(title)
    >>> finding(figure)
    'You are free in June. June is dear.'
    """
    return " ".join(title for chart in figure.axes if (title := chart.get_title()))


def png(figure: Figure) -> bytes:
    """Return the picture of a figure as it stands, for the screen."""
    picture = io.BytesIO()
    figure.savefig(picture, format="png", dpi=figure.dpi)
    return picture.getvalue()


@cache
def in_notebooks() -> None:
    """Tell the notebook to show pictures whole, and to keep their finding as alternative text.

    Whole, because the margins are right, and cropping draws twice. Who has changed how pictures
    are shown, or does so later, has the last word.
    """
    inline = sys.modules.get("matplotlib_inline.config")
    if inline is None or not inline.InlineBackend.initialized():
        return
    backend = inline.InlineBackend.instance()
    if backend.print_figure_kwargs == {"bbox_inches": "tight"}:
        backend.print_figure_kwargs = {"bbox_inches": None}
        pictures = backend.shell.display_formatter.formatters["image/png"]
        draw = pictures.lookup_by_type(Figure)
        pictures.for_type(Figure, lambda figure: _described(draw(figure), figure))


def _described(picture: Any, figure: Figure) -> Any:
    """Return a picture, if there is one, with what is known about it."""
    if picture is None:
        return None
    data, about = picture if isinstance(picture, tuple) else (picture, {})
    return data, {**about, "alt": finding(figure)}
