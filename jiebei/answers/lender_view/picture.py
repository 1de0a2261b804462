"""The first picture: who does not pay back, and beneath it whether leniency pays."""

from __future__ import annotations

from matplotlib.axes import Axes

from jiebei.answers.lender_view import leniency, who
from jiebei.charts.drawing.panels import stacked
from jiebei.language.words import Text
from jiebei.life.portfolio.study import Book

__all__ = ["picture"]


def picture(found: Book, share: float) -> Axes | Text:
    """Draw what lending earns in each tier, and what help gains if that share keeps to it."""
    if not any(each.loans for each in leniency.worths(found, share).values()):
        return who.chart(found)
    made: Axes | Text = stacked(
        (4.6, lambda ax: who.chart(found, ax)),
        (3.0, lambda ax: leniency.in_short(found, share, ax)),
    )
    return made
