"""A figure carries its finding in words wherever it is shown."""

import struct

import matplotlib.pyplot as plt
import pytest
from IPython.core.formatters import DisplayFormatter
from matplotlib.figure import Figure
from matplotlib_inline.config import InlineBackend

from jiebei.charts.drawing import pictures


@pytest.fixture
def shown(monkeypatch):
    """Return a function that shows a figure as a notebook with given settings would."""

    def show(settings=None, answer=lambda figure: "picture"):
        class Shell:
            display_formatter = DisplayFormatter()

        class Backend:
            shell = Shell
            print_figure_kwargs = settings or {"bbox_inches": "tight"}

        Shell.display_formatter.formatters["image/png"].for_type(Figure, answer)
        monkeypatch.setattr(InlineBackend, "initialized", lambda: True)
        monkeypatch.setattr(InlineBackend, "instance", lambda: Backend)
        pictures.in_notebooks.__wrapped__()
        figure = plt.figure()
        figure.add_subplot().set_title("Repaying early is best.", visible=False)
        return *Shell.display_formatter.format(figure), Backend.print_figure_kwargs

    return show


def test_a_notebook_keeps_the_finding_and_the_whole_picture(shown):
    data, about, settings = shown()
    assert data["image/png"] == "picture"
    assert about["image/png"] == {"alt": "Repaying early is best."}
    assert settings == {"bbox_inches": None}


def test_what_is_known_of_a_picture_stays(shown):
    _, about, _ = shown(answer=lambda figure: ("picture", {"width": 400}))
    assert about["image/png"] == {"width": 400, "alt": "Repaying early is best."}


def test_an_empty_figure_stays_unseen(shown):
    data, about, _ = shown(answer=lambda figure: None)
    assert "image/png" not in data
    assert about == {}


def test_who_has_other_settings_keeps_them(shown):
    _, about, settings = shown({"bbox_inches": "tight", "dpi": 50})
    assert about == {}
    assert settings == {"bbox_inches": "tight", "dpi": 50}


def test_a_picture_is_as_large_as_its_figure():
    figure = plt.figure(figsize=(3, 2), dpi=100)
    width, height = struct.unpack(">II", pictures.png(figure)[16:24])
    assert (width, height) == (300, 200)
