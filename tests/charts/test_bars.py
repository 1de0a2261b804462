"""Bars against a limit: no word across its line, and what is broken off ends at the edge."""

import matplotlib.pyplot as plt
import pytest
from matplotlib.axes import Axes
from matplotlib.text import Text

from jiebei import charts

ALIKE = [1_220.0, 876.0, 1_399.0, 1_400.0, 1_401.0, 0.0]
CASES = {
    "one beyond": ([*ALIKE, 4_503.0, 19_421.0], 1_400.0),
    "a small limit": ([29_207.0, 22_843.0, 123_202.0, 0.0], 1_400.0),
    "a large limit": ([9.49, 6.99, 0.0], 1_400.0),
    "nothing left": (ALIKE, 0.0),
    "nothing at all": ([0.0, 0.0], 0.0),
}


def _draw(amounts: list[float], limit: float) -> Axes:
    takes = {f"way {place}": each for place, each in enumerate(amounts)}
    labels = {
        name: ("{0} a month at most, cash {1} short", [each, 9e5]) for name, each in takes.items()
    }
    return charts.bars(takes, labels, limit=limit, limit_name="left each month: {0}")


def test_what_is_something_else_stands_apart() -> None:
    labels = {name: ("{0}", [each]) for name, each in (("a", 9.0), ("b", 8.0), ("gain", 3.0))}
    ax = charts.bars({"a": 9.0, "b": 8.0, "gain": 3.0}, labels, best=["a"], apart=["gain"])
    first, second, last = (each.get_y() for each in ax.patches)
    assert last - second > 1.3 * (second - first)
    assert len({each.get_facecolor() for each in ax.patches}) == 3
    plt.close("all")


def _left_right(text: Text) -> tuple[float, float]:
    box = text.get_window_extent()
    return box.x0, box.x1


@pytest.mark.parametrize(("amounts", "limit"), CASES.values(), ids=CASES)
def test_no_label_stands_across_the_limit_or_beyond_the_picture(
    amounts: list[float], limit: float
) -> None:
    ax = _draw(amounts, limit)
    at = ax.transData.transform((limit, 0))[0]
    beside = [each for each in ax.texts if "short" in each.get_text() or "month" in each.get_text()]
    for text in beside:
        low, high = _left_right(text)
        assert high <= ax.figure.bbox.x1 - 8
        assert "left" in text.get_text() or not low < at < high, text.get_text()
    (name,) = (each for each in ax.texts if "left each" in each.get_text())
    (line,) = ax.lines
    assert line.get_window_extent().y1 <= name.get_window_extent().y0 + 1
    plt.close(ax.figure.figure)


def test_a_bar_that_is_broken_off_has_no_end_within_the_axis() -> None:
    ax = _draw(*CASES["one beyond"])
    _, edge = ax.get_xlim()
    *others, longest = (bar.get_width() for bar in ax.patches)
    assert max(others) < edge < longest
    (broken,) = (each for each in ax.texts if each.get_text() == "//")
    low, high = _left_right(broken)
    assert low < ax.transData.transform((edge, 0))[0] < high
    plt.close(ax.figure.figure)
