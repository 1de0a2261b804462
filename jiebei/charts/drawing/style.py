"""The one look of all charts: colours, axes, and the frame of title, subtitle and note.

A chart lives in a *cell*: the whole figure, or the grid cell of the axes it was given. The frame
puts title, subtitle and note flush with the cell's left edge and computes the margins from what
has to stand in them, in points, so that no layout engine and no tight box is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, wraps
from itertools import cycle
from types import NoneType
from typing import Any, NamedTuple, ParamSpec, TypeAlias, TypeVar

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.transforms import Bbox

from jiebei.charts.drawing import pictures
from jiebei.charts.drawing.retold import YUAN, retold
from jiebei.charts.drawing.text import (
    BASELINE,
    FAMILY,
    LABEL,
    LEADING,
    NOTE,
    SUBTITLE,
    TICK,
    TITLE,
    hang,
    register_fonts,
    text_size,
    text_width,
    wrap,
)
from jiebei.language import table, words
from jiebei.language.errors import refuse_kind
from jiebei.language.shown import spoken
from jiebei.language.words import Words

Given = ParamSpec("Given")
Said: TypeAlias = Any  # a text, or words; a text once a chart draws it
Drawn = TypeVar("Drawn")
GIVEN: dict[str, tuple[tuple[type, ...], str]] = {  # what charts share
    "ax": ((Axes,), "error.chart.ax"),
    **dict.fromkeys(
        ("title", "subtitle", "note", "x_label", "y_label", "row_label", "column_label"),
        ((str, Words), "error.chart.text"),
    ),
    "regions": ((tuple, list), "error.chart.pair"),
    "short": ((Mapping,), "error.kind_figures"),
}

# One meaning a colour, here and nowhere else. All stand out from white, and differ in lightness: in
# greyscale they are told apart too. Words take them as `legible` makes them.
INK, GREY, RULE, GRID = "#222222", "#666666", "#888888", "#E3E3E3"  # limits of the law are ink
OUT = "#767676"  # what cash cannot carry
ACCENT = "#004A80"  # the way that is recommended, and what is cheaper
CHEAPER, DEARER = ACCENT, "#CA4B00"
BASELINE_GREY = "#636363"
SERIES = (BASELINE_GREY, "#087F82", "#A866B4", "#529949", "#B28F14", "#9B2E4E")
PRINCIPAL, FEE = "#7F93A1", "#4A4A4A"
MARKERS = ("o", "s", "^", "D", "v", "P")
# A strategy keeps its colour and mark in every chart of every notebook, but where it is recommended
# or cash cannot carry it. Those that never meet in one chart share a place.
PLACES = {
    "as_agreed": 0,
    "keep": 0,
    "repay_lower": 1,
    "repay_early": 1,
    "repay_shorten": 2,
    "extend": 3,
    "reborrow": 4,
    "own_list": 4,
    "own_list_extended": 4,
    "settle": 5,
    "grace_paid": 1,
    "grace_billed": 2,
    "grace_capitalised": 3,
    "grace_waived": 4,
}
MASK = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}  # hides the grid under a label
EDGE = 12.0  # points between the cell's edge and everything in it
WIDTH, HEIGHT = 8.0, 4.5  # inches
SWATCH = "■"  # of a key; a mark, no word
TEXT_CONTRAST = 4.5  # with white, what the Web Content Accessibility Guidelines ask of words
SHORT = 44  # columns that a name may take within a title
MOST_SERIES = 5  # more lines than this become small multiples

STYLE: dict[Any, Any] = {
    "font.family": FAMILY,
    "font.size": LABEL,
    "text.color": INK,
    "text.parse_math": False,  # a strategy may have dollar signs in its name
    "axes.unicode_minus": True,
    "figure.dpi": 100,
    "figure.facecolor": "white",
}


@cache
def legible(colour: str) -> str:
    """Return a colour as words take it: darker, where it would be too pale on white.

    Examples
    --------
    >>> legible(ACCENT) == ACCENT, legible("#B28F14")
    (True, '#8F7310')
    """
    rgb = np.array(to_rgb(colour))
    while 1.05 / (_luminance(rgb) + 0.05) < TEXT_CONTRAST:
        rgb = 0.98 * rgb
    return to_hex(tuple(rgb)).upper()


def _luminance(rgb: Any) -> float:
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


@contextmanager
def style() -> Iterator[None]:
    """Draw in the suite's look, 统一样式."""
    register_fonts()
    with mpl.rc_context(STYLE):
        yield


def chart(draw: Callable[Given, Drawn]) -> Callable[Given, Drawn]:
    """Draw in the suite's look, and say what is given as words: a picture is drawn at once.

    A chart counts in one unit: where it tells of an amount too small for 万元, all is in yuan.
    """

    @wraps(draw)
    def drawn(*given: Given.args, **named: Given.kwargs) -> Drawn:
        for name, (kinds, rule) in GIVEN.items():
            refuse_kind(named.get(name), (NoneType, *kinds), name, rule)
        if isinstance(title := named.get("title"), Words):
            named["title"] = Words("text.heading", text=title)
        with style(), table.all_in_yuan(YUAN in str(title)):
            made = draw(*spoken(given), **spoken(named))
            again = retold(made) if isinstance(made, Axes) else None
            if again is None or not isinstance(made, Axes):
                return made
            if named.get("ax") is None:
                plt.close(made.figure.figure)
            else:
                made.clear()
            with again:
                return draw(*spoken(given), **spoken(named))

    return drawn


class Series(NamedTuple):
    """How one strategy is drawn."""

    colour: str
    marker: str
    width: float
    dash: str = "-"

    @property
    def level(self) -> float:
        """How high its line lies: beneath the narrower ones, so that of equal ones all are seen."""
        return 4 - 0.2 * self.width

    @property
    def face(self) -> str:
        """What fills its mark: nothing where its line is dashed."""
        return self.colour if self.dash == "-" else "white"

    @property
    def edge(self) -> str:
        """What surrounds its mark, the reverse of what fills it."""
        return "white" if self.dash == "-" else self.colour


@cache
def _known() -> Mapping[str, int]:
    """Return the place of each strategy that has one, by its names in every language."""
    return {
        name: place
        for key, place in PLACES.items()
        for name in table.in_each_language(f"strategy.{key}")
    }


def series(names: Iterable[str]) -> list[Series]:
    """Return colour, marker and line width of each strategy of a chart, in their order.

    Strategies that the suite knows, by their names in either language, keep theirs everywhere;
    others take what is left, in order.
    Lines get thinner from the first on, so that of two equal curves both can be seen.

    Examples
    --------
    >>> [each.colour for each in series(["as agreed", "extend", "my own plan"])]
    ['#636363', '#529949', '#087F82']
    """
    names = list(names)
    known = _known()
    taken = {known[name] for name in names if name in known}
    free = [place for place in range(len(SERIES)) if place not in taken] or [0]
    others = cycle(free)
    found, used = [], set()
    for order, name in enumerate(names):
        place = known.get(name, -1)
        if place < 0 or place in used:
            place = next(others)
        used.add(place)
        width = (3.8, 3.1, 2.5, 2.0, 1.5)[order % 5]
        found.append(Series(SERIES[place], MARKERS[place], width))
    return found


def axes(ax: Axes | None, height: float = HEIGHT) -> Axes:
    """Return the axes to draw on, new ones on a figure of their own when none are given."""
    if ax is None:
        ax = plt.figure(figsize=(WIDTH, height)).add_axes((0.1, 0.1, 0.8, 0.8))
    pictures.in_notebooks(ax.figure.figure)
    ax.set_facecolor("none")
    ax.set_axisbelow(True)
    ax.spines[["left", "right", "top"]].set_visible(False)
    ax.spines["bottom"].set_color(RULE)
    ax.grid(False)
    ax.grid(axis="y", color=GRID, linewidth=0.8)
    # Ticks are made when the figure is drawn, outside the style: tell them all of it now.
    ax.tick_params(labelsize=TICK, labelcolor=GREY, labelfontfamily=FAMILY, color=RULE)
    ax.tick_params(axis="y", length=0, pad=5)
    ax.tick_params(axis="x", length=3.5, pad=4)
    ax.margins(0)
    return ax


def cell(ax: Axes) -> Bbox:
    """Return the room of a chart within its figure, in points."""
    whole, dpi = ax.figure.bbox, ax.figure.dpi
    width, height = whole.width * 72 / dpi, whole.height * 72 / dpi
    spec = ax.get_subplotspec()
    if spec is None:
        return Bbox.from_extents(0, 0, width, height)
    grid = spec.get_gridspec()
    across = _shares(grid.get_width_ratios(), grid.ncols) * width
    down = height - _shares(grid.get_height_ratios(), grid.nrows) * height
    rows, columns = spec.rowspan, spec.colspan
    return Bbox.from_extents(
        across[columns.start], down[rows.stop], across[columns.stop], down[rows.start]
    )


def _shares(ratios: Any, number: int) -> Any:
    """Return where the rows or columns of a grid begin and end, as shares of the whole."""
    sizes = np.ones(number) if ratios is None else np.asarray(ratios, float)
    return np.cumsum([0.0, *sizes]) / sizes.sum()


def frame(
    ax: Axes,
    title: str,
    subtitle: str = "",
    note: str = "",
    *,
    unit: str = "",
    x_label: str = "",
    y_label: str = "",
    key: Sequence[tuple[str, str]] = (),
    left: float | None = None,
    right: float = 0.0,
) -> None:
    """Set title, subtitle, key and note around the axes, and the margins to fit.

    Parameters
    ----------
    ax : Axes
        Axes whose limits and ticks are already set.
    title, subtitle, note : str
        The finding; quantity, unit and who; the assumptions that would change the picture.
    unit : str
        What "{unit}" in the subtitle becomes.
    x_label, y_label : str
        Small words under the axes, and above them, at the left; they begin as sentences do.
    key : sequence of (words, colour)
        Swatches in a row under the subtitle.
    left : float, optional
        Points to keep at the left; otherwise what the tick labels take.
    right : float
        Points to keep at the right for labels.
    """
    room = cell(ax)
    width = room.width - 2 * EDGE
    tall = room.height > 250
    x, y = room.x0 + EDGE, room.y1 - EDGE + 3
    ax.set_title(title, y=1, visible=False)  # for whoever asks the axes; shown are the lines
    for line in wrap(title, width, TITLE, "bold", most=3 if tall else 2):
        y = write(ax, x - hang(line, TITLE), y, [line], TITLE, INK, "bold")
    subtitle, y = subtitle.replace("{unit}", unit), y - 3
    for line in wrap(subtitle, width, SUBTITLE, most=2):
        y = write(ax, x - hang(line, SUBTITLE), y, [line], SUBTITLE, GREY)
    y = _key_row(ax, x, y, key, width)
    if y_label:
        y = write(ax, x, y - 5, wrap(words.sentence(y_label), width, TICK, most=1), TICK, GREY)
    notes = wrap(note, width, NOTE, most=3 if tall else 2)
    bottom = room.y0 + EDGE - 4 + len(notes) * NOTE * LEADING
    write(ax, x, bottom, notes, NOTE, GREY)
    bottom += (5 if notes else 0) + (TICK * LEADING if x_label else 0)
    left = _tick_width(ax) if left is None else left
    left, right = _overhang(ax, left, right, width)
    x_texts = [label.get_text() for label in ax.get_xticklabels()]
    deep = max((text_size(each, TICK)[1] for each in x_texts if each), default=0.0)
    _set_position(ax, Bbox.from_extents(x + left, bottom + deep + 8, x + width - right, y - 9))
    if x_label:
        write(
            ax,
            x + left,
            bottom,
            wrap(words.sentence(x_label), width - left, TICK, most=1),
            TICK,
            GREY,
        )


def write(
    ax: Axes,
    x: float,
    y: float,
    lines: Sequence[str],
    size: float = LABEL,
    colour: str = INK,
    weight: str = "normal",
    **options: Any,
) -> float:
    """Write lines under a place of the figure in points; return the height below them.

    Each line is a text of its own: the line height of a longer text depends on its letters.
    """
    whole, dpi = ax.figure.bbox, ax.figure.dpi
    across, down = dpi / 72 / whole.width, dpi / 72 / whole.height
    for place, line in enumerate(lines):
        base = y - (place * LEADING + BASELINE) * size
        ax.text(
            x * across,
            base * down,
            line,
            transform=ax.figure.transSubfigure,
            size=size,
            color=colour if line == SWATCH else legible(colour),
            weight=weight,
            linespacing=1.0,
            **options,
        )
    return y - len(lines) * size * LEADING


def _key_row(ax: Axes, x: float, y: float, key: Sequence[tuple[str, str]], width: float) -> float:
    at = x
    for name, colour in key:
        name = "".join(wrap(name, width / 3, SUBTITLE, most=1))
        wide = 15 + text_width(name, SUBTITLE)
        if at > x and at + wide > x + width:
            at, y = x, y - SUBTITLE * LEADING
        write(ax, at, y, [SWATCH], SUBTITLE, colour)
        write(ax, at + 15, y, [name], SUBTITLE, GREY)
        at += wide + 16
    return y - SUBTITLE * LEADING if key else y


def _tick_width(ax: Axes) -> float:
    texts = [label.get_text() for label in ax.get_yticklabels()]
    widest = max((text_size(each, TICK)[0] for each in texts if each), default=0.0)
    return widest + 6 if widest else 0.0


def _overhang(ax: Axes, left: float, right: float, width: float) -> tuple[float, float]:
    """Widen the margins to hold the halves of x tick labels beyond the ends of the axis."""
    low, high = ax.get_xlim()
    for tick, label in zip(ax.get_xticks(), ax.get_xticklabels(), strict=True):
        half = text_size(label.get_text(), TICK)[0] / 2
        share = (tick - low) / (high - low)
        left = max(left, half - share * (width - left - right))
        right = max(right, half - (1 - share) * (width - left - right))
    return left, right


def _set_position(ax: Axes, place: Bbox) -> None:
    whole, dpi = ax.figure.bbox, ax.figure.dpi
    across, down = dpi / 72 / whole.width, dpi / 72 / whole.height
    width, height = max(place.width, 20.0), max(place.height, 20.0)
    ax.set_position((place.x0 * across, place.y0 * down, width * across, height * down))
