"""What there is each month against what is asked: data under the axes, everything readable."""

import warnings
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex

from jiebei import charts
from jiebei.charts.drawing.style import CHEAPER, DEARER
from jiebei.language import words
from jiebei.language.errors import JiebeiError
from tests.helpers.texts import assert_texts_apart, seen

MONTHS = np.arange("2026-12", "2031-12", dtype="M8[M]").astype("M8[s]")
LONG = "what falls due in the month up to the due day"
LONG_ZH = "截至还款日的这一个月里应还的金额合计"
CASES: dict[str, tuple[Any, Any, Any, dict[str, Any]]] = {
    "normal": (MONTHS[:12], np.linspace(-9_000, 30_000, 12), 4_503.11, {}),
    "all reach it": (MONTHS[:6], np.full(6, 100.0), 100.0, {}),
    "none does": (MONTHS[:6], np.linspace(-500, 99.0, 6), 100.0, {}),
    "all below zero": (MONTHS[:4], [-3.0, -2.0, -1.0, -0.04], 0.5, {}),
    "zero": (MONTHS[:3], np.zeros(3), np.zeros(3), {}),
    "now and then": (MONTHS[:4], [50.0, 20.0, 70.0, 30.0], [0.0, 30.0, 0.0, 90.0], {}),
    "one": (MONTHS[:1], [1.5], 1.0, {}),
    "huge": (MONTHS[:12], np.linspace(-4_117_000, 8_888_000.0, 12), 26_000, {}),
    "sixty": (MONTHS, 900 * np.sin(np.arange(60)), 300.0, {}),
    "long names": (MONTHS[:12], np.arange(12.0), 5.0, {"asked_name": LONG, "title": LONG + LONG}),
    "long Chinese names": (MONTHS[:12], np.arange(12.0), 5.0, {"asked_name": LONG_ZH}),
}


pytestmark = pytest.mark.usefixtures("lang")


@pytest.mark.parametrize("case", CASES)
def test_texts_stand_apart_and_within_the_figure(case: str) -> None:
    *data, options = CASES[case]
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a missing glyph is a warning
        ax = charts.against(*data, **options)
        assert_texts_apart(ax.figure)
    assert ax.get_title()


def test_columns_stand_on_zero_and_tell_by_hatch_what_reaches_the_line() -> None:
    ax = charts.against(MONTHS[:4], [100.0, 99.99, -200.0, 5.0], [100.0, 100.0, 0.0, 0.0])
    bars = ax.containers[0]
    assert [bar.get_height() for bar in bars] == [100.0, 99.99, -200.0, 5.0]
    assert {bar.get_y() for bar in bars} == {0.0}
    colours = [to_hex(bar.get_facecolor()).upper() for bar in bars]
    assert colours == [CHEAPER, DEARER, DEARER, CHEAPER]
    assert [bool(bar.get_hatch()) for bar in bars] == [False, True, True, False]


@pytest.mark.parametrize(
    ("case", "title"),
    [
        ("now and then", "Too little in 2 of 4 months; Mar 2027 is worst, ¥60 short"),
        ("all reach it", "Enough in all 6 months; Dec 2026 is the tightest, ¥0 left over"),
    ],
)
def test_the_title_is_the_finding(lang: str, case: str, title: str) -> None:
    shown = charts.against(*CASES[case][:3]).get_title()
    assert shown == title if lang == "en" else shown != title


def test_it_draws_on_the_axes_it_is_given() -> None:
    figure, grid = plt.subplots(1, 2, figsize=(12, 5))
    for ax in grid:
        assert charts.against(MONTHS[:12], np.arange(12.0), 5.0, ax=ax) is ax
    assert_texts_apart(figure)


@pytest.mark.parametrize("figures", [0, 3])
def test_as_many_figures_as_months(figures: int) -> None:
    with pytest.raises(JiebeiError, match=rf"^against\(\).*({figures}|one|一)"):
        charts.against(MONTHS[: figures and 4], np.ones(figures), 1.0)


@pytest.mark.parametrize(("case", "hatched"), [("now and then", True), ("all reach it", False)])
def test_the_note_explains_what_is_hatched(case: str, hatched: bool) -> None:
    written = " ".join(text for text, _ in seen(charts.against(*CASES[case][:3]).figure))
    assert (words.say("chart.against.note") in written) == hatched
