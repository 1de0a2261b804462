"""A figure as a picture, with its finding in words for those who do not see it."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

import matplotlib as mpl
from matplotlib.figure import Figure
from PIL import Image

from jiebei.language import words

__all__ = ["beside", "finding", "in_notebooks", "png"]

SHARP = 2  # dots of a stored picture for each of the screen's, so that it is sharp on paper
COLOURS = 128  # of a stored picture: the chart's own stay as they are, in a third of the room
Bundle = Mapping[str, Callable[[Figure], Any]]  # by kind of output
_CHARTS: WeakSet[Figure] = WeakSet()
_BESIDE: WeakKeyDictionary[Figure, Bundle] = WeakKeyDictionary()


def finding(figure: Figure) -> str:
    """Return what a figure shows, 图表说明: the titles of its charts.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> figure = Figure()
    >>> for place, title in enumerate(("You are free in June", "", "June is dear")):
    ...     _ = figure.add_subplot(1, 3, place + 1).set_title(title)
    >>> finding(figure)
    'You are free in June; June is dear'
    """
    titles = [title for chart in figure.axes if (title := chart.get_title())]
    return words.say("chart.findings", titles=titles) if titles else ""


def png(figure: Figure, sharp: int = 1) -> bytes:
    """Return the picture of a figure as it stands, for the screen, or so many times as sharp."""
    picture = io.BytesIO()
    _without_names(figure)
    if sharp == 1:  # while somebody waits: to choose few colours takes longer than to send all
        with mpl.rc_context({"text.hinting": "no_hinting"}):  # and to fit letters to dots, too
            whole = _drawn(figure, sharp)
        whole.save(picture, "PNG", compress_level=1)
    else:
        whole = _drawn(figure, sharp)
        few = whole.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        few.save(picture, "PNG")
    return picture.getvalue()


def _drawn(figure: Figure, sharp: int) -> Image.Image:
    drawn, dpi = io.BytesIO(), sharp * figure.dpi
    figure.savefig(drawn, format="rgba", dpi=dpi)
    wide, high = (int(side * dpi) for side in figure.get_size_inches())
    raw = Image.frombuffer("RGBA", (wide, high), drawn.getvalue(), "raw", "RGBA", 0, 1)
    return raw.convert("RGB")


def _without_names(figure: Figure) -> None:
    """Give the names of axes that have none a place: to find one, all ticks are measured."""
    for chart in figure.axes:
        for axis in (chart.xaxis, chart.yaxis):
            if not axis.label.get_text():
                axis.set_label_coords(0, 0)


def beside(figure: Figure, kind: str, make: Callable[[Figure], Any]) -> None:
    """Have the notebook show what is made of a figure beside its picture, if it is anything."""
    _BESIDE[figure] = {kind: make}


def in_notebooks(figure: Figure) -> None:
    """Have the notebook show a chart sharp and whole, with its finding as alternative text.

    Whole, because the margins are right, and cropping draws twice. Figures that are no charts of
    ours are shown as ever; who has changed how pictures are shown, or does so later, has the last
    word.
    """
    _CHARTS.add(figure)
    _hooked()


@cache
def _hooked() -> None:
    inline = sys.modules.get("matplotlib_inline.config")
    if inline is None or not inline.InlineBackend.initialized():
        return
    backend = inline.InlineBackend.instance()
    pictures = backend.shell.display_formatter.formatters["image/png"]
    draw = pictures.lookup_by_type(Figure)

    def shown(figure: Figure) -> Any:
        is_usual = backend.print_figure_kwargs == {"bbox_inches": "tight"}
        return _shown(figure) if is_usual and figure in _CHARTS else draw(figure)

    pictures.for_type(Figure, shown)
    backend.shell.display_formatter.mimebundle_formatter.for_type(Figure, _bundle)


def _bundle(figure: Figure) -> dict[str, Any]:
    """Return what is shown beside the picture of a figure."""
    made = {kind: make(figure) for kind, make in _BESIDE.get(figure, {}).items()}
    return {kind: each for kind, each in made.items() if each is not None}


def _shown(figure: Figure) -> tuple[bytes, dict[str, Any]]:
    """Return the picture of a chart, with what is known about it."""
    wide, _ = figure.get_size_inches() * figure.dpi
    return png(figure, SHARP), {"width": round(float(wide)), "alt": finding(figure)}
