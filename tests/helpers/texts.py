"""What a reader can see written on a figure."""

from itertools import combinations

from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

TOLERANCE = 0.6  # pixels


def seen(figure: Figure) -> list[tuple[str, Bbox]]:
    """Return every text that is drawn, with its box in pixels."""
    figure.canvas.draw()
    hidden: set[Text] = set()
    for ax in [child for child in figure.findobj() if hasattr(child, "get_xticklabels")]:
        for axis in (ax.xaxis, ax.yaxis):
            low, high = sorted(axis.get_view_interval())
            slack = 1e-6 * (high - low)
            for tick in axis.get_major_ticks():
                shown = ax.axison and low - slack <= tick.get_loc() <= high + slack
                hidden |= set() if shown else {tick.label1, tick.label2}
    texts = [text for text in figure.findobj(Text) if text.get_visible() and text not in hidden]
    return [(text.get_text(), text.get_window_extent()) for text in texts if text.get_text()]


def assert_texts_apart(figure: Figure) -> None:
    """Check that no two texts overlap and none leaves the figure."""
    boxes = seen(figure)
    assert boxes, "nothing is written on the figure"
    width, height = figure.bbox.width, figure.bbox.height
    for text, box in boxes:
        inside = box.x0 >= -TOLERANCE and box.y0 >= -TOLERANCE
        inside &= box.x1 <= width + TOLERANCE and box.y1 <= height + TOLERANCE
        assert inside, f"{text!r} leaves the figure: {box.extents.round(1)}"
    for (one, first), (two, second) in combinations(boxes, 2):
        across = min(first.x1, second.x1) - max(first.x0, second.x0)
        down = min(first.y1, second.y1) - max(first.y0, second.y0)
        apart = across <= TOLERANCE or down <= TOLERANCE
        assert apart, f"{one!r} overlaps {two!r} by {across:.1f} x {down:.1f} pixels"
