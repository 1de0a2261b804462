"""A figure is sharp, small, and carries its finding in words wherever it is shown."""

import io
import struct

import matplotlib.pyplot as plt
import numpy as np
import pytest
from IPython.core.formatters import DisplayFormatter
from matplotlib.figure import Figure
from matplotlib_inline.config import InlineBackend
from PIL import Image

from jiebei import charts
from jiebei.charts.drawing import pictures


def chart():
    ax = charts.lines([1, 2, 3], {"yours": [0.0, 2.0, 1.0]}, title="Repaying early is best.")
    return ax.figure


def size(picture):
    return struct.unpack(">II", picture[16:24])


@pytest.fixture
def shown(monkeypatch):
    """Return a function that shows a figure as a notebook with given settings would."""

    def show(figure, settings=None):
        class Shell:
            display_formatter = DisplayFormatter()

        class Backend:
            shell = Shell
            print_figure_kwargs = settings or {"bbox_inches": "tight"}

        Shell.display_formatter.formatters["image/png"].for_type(Figure, lambda figure: b"as ever")
        monkeypatch.setattr(InlineBackend, "initialized", lambda: True)
        monkeypatch.setattr(InlineBackend, "instance", lambda: Backend)
        pictures._hooked.__wrapped__()
        return Shell.display_formatter.format(figure)

    return show


def test_a_notebook_shows_a_chart_sharp_and_with_its_finding(shown):
    data, about = shown(chart())
    assert size(data["image/png"]) == (1600, 900)
    assert about["image/png"] == {"width": 800, "alt": "Repaying early is best."}


def test_a_figure_that_is_no_chart_is_shown_as_ever(shown):
    data, about = shown(plt.figure())
    assert data["image/png"] == b"as ever"
    assert about == {}


def test_who_has_other_settings_keeps_them(shown):
    data, about = shown(chart(), {"bbox_inches": "tight", "dpi": 50})
    assert data["image/png"] == b"as ever"
    assert about == {}


def test_a_picture_is_as_large_as_its_figure():
    figure = plt.figure(figsize=(3, 2), dpi=100)
    assert size(pictures.png(figure)) == (300, 200)
    assert size(pictures.png(figure, 2)) == (600, 400)


def test_a_few_colours_are_all_that_a_chart_needs():
    figure = chart()
    plain = io.BytesIO()
    figure.savefig(plain, format="png", dpi=2 * figure.dpi)
    few = pictures.png(figure, 2)
    assert len(few) < 0.5 * len(plain.getvalue())
    wanted, got = (
        np.asarray(Image.open(each).convert("RGB"), int) for each in (plain, io.BytesIO(few))
    )
    assert np.abs(wanted - got).mean() < 0.1
    colours, often = np.unique(wanted.reshape(-1, 3), axis=0, return_counts=True)
    for colour in colours[np.argsort(often)[-6:]]:  # white, the grid, the line and so on
        assert (got[(wanted == colour).all(axis=2)] == colour).all()
