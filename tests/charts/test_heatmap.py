"""The heat map: shares under the squares, and everything readable."""

import warnings
from typing import Any

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from jiebei import charts
from jiebei.language.errors import JiebeiError
from tests.helpers.texts import assert_texts_apart, seen

NAMES = ["M0", "M1", "M2", "M3", "M4", "M5", "M6", "M6+", "paid"]
LONG = ["thirty one to sixty days past due and still counting"] * 9
CASES: dict[str, tuple[Any, Any, Any]] = {
    "rolls": (NAMES[:7], NAMES, np.eye(7, 9, 1) * 0.8 + np.eye(7, 9) * 0.2),
    "one": (["M0"], ["M0"], [[1.0]]),
    "nothing known": (NAMES[:2], NAMES[:2], np.full((2, 2), np.nan)),
    "tiny": (NAMES[:2], NAMES[:2], [[0.0002, 0.9998], [0.0, 1.0]]),
    "most": ([str(each) for each in range(12)], [str(each) for each in range(12)], np.eye(12)),
    "long names": (LONG[:7], LONG, np.full((7, 9), 1 / 9)),
}


pytestmark = pytest.mark.usefixtures("lang")


@pytest.mark.parametrize("case", CASES)
def test_texts_stand_apart_and_within_the_figure(case: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a missing glyph is a warning
        ax = charts.heatmap(*CASES[case], row_label="now", column_label="later", note="a note")
        assert_texts_apart(ax.figure)
    assert ax.get_title()


def test_each_square_is_as_deep_as_its_share_and_says_it() -> None:
    ax = charts.heatmap(["a"], ["b", "c", "d", "e"], [[0.0, 0.04, 0.64, np.nan]])
    shades = [to_rgb(each.get_facecolor()) for each in ax.patches]
    assert shades[0] == shades[3] != shades[1]
    assert sum(shades[2]) < sum(shades[1]) < sum(shades[0])
    written = [text for text, _ in seen(ax.figure)]
    assert {"4.0%", "64.0%", "–"} <= set(written)
    assert "0.0%" not in written


def test_the_title_is_the_largest_share(lang: str) -> None:
    title = charts.heatmap(*CASES["rolls"]).get_title()
    assert title == "Largest share: from M0 to M1, 80.0%" if lang == "en" else "80.0%" in title
    assert charts.heatmap(*CASES["nothing known"]).get_title()


@pytest.mark.parametrize(
    ("shares", "said"),
    [([[0.5]], r"heatmap\(\).*\(1, 1\)"), ([[0.5, 1.5]], "1.5"), ([[-0.1, 0]], "-0.1")],
)
def test_what_is_no_table_of_shares_is_refused(shares: Any, said: str) -> None:
    with pytest.raises(JiebeiError, match=said):
        charts.heatmap(["a"], ["b", "c"], shares)
