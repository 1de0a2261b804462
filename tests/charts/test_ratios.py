"""The columns of ratios: the data under the axes, and everything readable."""

import warnings
from collections.abc import Iterator
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex

from jiebei import charts
from jiebei.charts.drawing.style import CHEAPER, DEARER
from jiebei.language import use, words
from jiebei.language.errors import JiebeiError
from tests.helpers.texts import assert_texts_apart, seen

MONTHS = np.arange("2026-12", "2031-12", dtype="M8[M]").astype("M8[s]")
LONG = "what comes in for each yuan that falls due in the month up to the due day"
LONG_ZH = "截至还款日的这一个月里每应还一元钱所对应的进账金额"
CASES: dict[str, tuple[Any, Any, dict[str, Any]]] = {
    "normal": (MONTHS[:12], np.linspace(-1, 3, 12), {}),
    "all reach it": (MONTHS[:6], np.full(6, 1.0), {}),
    "none does": (MONTHS[:6], np.linspace(-5, 0.99, 6), {}),
    "all below zero": (MONTHS[:4], [-3.0, -2.0, -1.0, -0.004], {}),
    "zero": (MONTHS[:3], np.zeros(3), {}),
    "gaps": (MONTHS[:5], [np.nan, 2.0, np.nan, 0.5, np.nan], {}),
    "nothing": (MONTHS[:4], np.full(4, np.nan), {}),
    "one": (MONTHS[:1], [1.5], {}),
    "huge": (MONTHS[:12], np.linspace(-4_117.41, 88_888.0, 12), {}),
    "tiny": (MONTHS[:12], np.linspace(0, 0.02, 12), {"mark": 0.01}),
    "sixty": (MONTHS, np.sin(np.arange(60)), {}),
    "long names": (MONTHS[:12], np.arange(12.0), {"mark_name": LONG, "title": LONG + LONG}),
    "long Chinese names": (MONTHS[:12], np.arange(12.0), {"mark_name": LONG_ZH, "note": LONG_ZH}),
}


@pytest.fixture(autouse=True, params=["en", "zh"])
def lang(request: pytest.FixtureRequest) -> Iterator[str]:
    use(request.param)
    yield request.param
    use("en")
    plt.close("all")


@pytest.mark.parametrize("case", CASES)
def test_texts_stand_apart_and_within_the_figure(case: str) -> None:
    months, values, options = CASES[case]
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a missing glyph is a warning
        ax = charts.ratios(months, values, **options)
        assert_texts_apart(ax.figure)
    assert ax.get_title()


def test_columns_stand_on_zero_and_tell_by_hatch_what_reaches_the_line() -> None:
    ax = charts.ratios(MONTHS[:4], [1.0, 0.999, -2.0, np.nan])
    assert [bar.get_height() for bar in ax.patches] == [1.0, 0.999, -2.0, 0.0]
    assert {bar.get_y() for bar in ax.patches} == {0.0}
    colours = [to_hex(bar.get_facecolor()).upper() for bar in ax.patches]
    assert colours == [CHEAPER, DEARER, DEARER, DEARER]
    assert [bool(bar.get_hatch()) for bar in ax.patches] == [False, True, True, True]
    written = [text for text, _ in seen(ax.figure)]
    assert {"1.00", "0.99", "−2.00", "–"} <= set(written)


@pytest.mark.parametrize(
    ("case", "title"),
    [
        ("gaps", "Below 1 in 1 of 2 months; lowest in Mar 2027: 0.50"),
        ("all reach it", "1 or more in all 6 months; lowest in Dec 2026: 1.00"),
        ("nothing", "No month with a ratio"),
    ],
)
def test_the_title_is_the_finding(lang: str, case: str, title: str) -> None:
    shown = charts.ratios(*CASES[case][:2]).get_title()
    assert shown == title if lang == "en" else shown != title


def test_it_draws_on_the_axes_it_is_given() -> None:
    figure, grid = plt.subplots(1, 2, figsize=(12, 5))
    for ax in grid:
        assert charts.ratios(MONTHS[:12], np.arange(12.0), ax=ax) is ax
    assert_texts_apart(figure)


@pytest.mark.parametrize("figures", [0, 3])
def test_as_many_figures_as_months(figures: int) -> None:
    with pytest.raises(JiebeiError, match=rf"^ratios\(\).*({figures}|one|一)"):
        charts.ratios(MONTHS[: figures and 4], np.ones(figures))


@pytest.mark.parametrize(
    ("case", "hatched", "empty"),
    [("gaps", True, True), ("all reach it", False, False), ("nothing", False, True)],
)
def test_the_note_explains_what_is_to_be_seen(case: str, hatched: bool, empty: bool) -> None:
    written = " ".join(text for text, _ in seen(charts.ratios(*CASES[case][:2]).figure))
    assert (words.say("chart.ratios.note_hatched") in written) == hatched
    assert (words.say("chart.ratios.note_empty") in written) == empty
