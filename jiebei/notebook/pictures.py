"""Show a chart, or the sentence that stands where a chart would show nothing."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.axes import Axes

from jiebei.language.words import Text, Words

__all__ = ["show"]


def show(picture: Axes | Text) -> Words | None:
    """Show a chart; where there is nothing to draw, return the sentence instead (无图可画).

    Examples
    --------
    >>> show("No difference anywhere.")
    No difference anywhere.
    """
    if isinstance(picture, str) and not picture:  # the sentence stands above already
        return None
    if isinstance(picture, str | Words):
        return Words("text.sentence", text=picture)
    plt.show()
    return None
