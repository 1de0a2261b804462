"""Show a chart, or the sentence that stands where a chart would show nothing."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.axes import Axes

from jiebei.language.table import language
from jiebei.notebook.files import Note

__all__ = ["show"]


def show(picture: Axes | str) -> Note | None:
    """Show a chart; where there is nothing to draw, return the sentence instead (无图可画).

    Examples
    --------
    >>> show("No difference anywhere.")
    No difference anywhere.
    """
    if isinstance(picture, str):
        stop = "" if picture.endswith((".", "。")) else "." if language() == "en" else "。"
        return Note(picture + stop)
    plt.show()
    return None
