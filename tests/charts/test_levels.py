"""Steps on named levels: the data under the axes, the title, and texts that stay apart."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import jiebei as jb
from jiebei import charts
from jiebei.charts.drawing.style import SERIES
from jiebei.language.errors import JiebeiError
from tests.charts.test_charts import LONG, LONG_ZH
from tests.helpers.texts import assert_texts_apart, seen

MONTHS = np.arange("2026-12", "2029-12", dtype="M8[M]").astype("M8[D]")
NAMES = ["A · 0.020% · ¥150,000", "B · 0.030% · ¥100,000", "C · 0.040% · ¥60,000", "D", "E"]


def path(*levels: int) -> Any:
    return np.repeat(levels, len(MONTHS) // len(levels))


CASES: dict[str, tuple[Any, dict[str, Any], list[str]]] = {
    "normal": (MONTHS, {"on time": path(2, 1, 0), "late": path(2, 3, 2)}, NAMES),
    "one line": (MONTHS, {"on time": path(2, 1, 0)}, NAMES),
    "all alike": (MONTHS, {f"way {each}": path(2, 2) for each in range(5)}, NAMES),
    "five apart": (MONTHS, {f"way {each}": path(2, each) for each in range(5)}, NAMES),
    "one level": (MONTHS, {"on time": path(0)}, ["A"]),
    "eight levels": (MONTHS, {"up": path(7, 0), "down": path(0, 7)}, [*"ABCDEFGH"]),
    "one date": (MONTHS[:1], {"on time": [1]}, NAMES),
    "long names": (
        MONTHS,
        {f"{LONG}{each}": path(1, each) for each in range(5)},
        [f"{LONG_ZH}{each}" for each in range(5)],
    ),
    "numbers": ([0, 1, 2], {"on time": [1, 1, 0]}, ["A", "B"]),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.usefixtures("lang")
def test_texts_stay_apart(case: str) -> None:
    x, places, names = CASES[case]
    ax = charts.levels(x, places, names, x_kind="number" if case == "numbers" else "date")
    assert_texts_apart(ax.figure)


def test_the_data_under_the_axes() -> None:
    x, places, names = CASES["normal"]
    ax = charts.levels(x, places, names)
    for line, each in zip(ax.lines, places.values(), strict=False):
        height = np.asarray(line.get_ydata(), float)
        np.testing.assert_array_equal(np.rint(height[:-1]), each)
        assert line.get_drawstyle() == "steps-post"
    assert ax.yaxis_inverted()  # the best at the top
    assert [line.get_color() for line in ax.lines[:2]] == list(SERIES[:2])


def test_lines_on_one_level_do_not_hide_each_other() -> None:
    x, places, names = CASES["all alike"]
    ends = sorted(float(line.get_ydata()[-1]) for line in charts.levels(x, places, names).lines[:5])
    assert np.diff(ends).min() > 0.1
    assert max(ends) - min(ends) < 0.6


def test_every_level_is_named() -> None:
    x, places, names = CASES["normal"]
    shown = [text for text, _ in seen(charts.levels(x, places, names).figure)]
    assert set(names) <= set(shown)


@pytest.mark.parametrize(
    ("case", "en", "zh"),
    [
        ("one line", "At the end: on time at A · 0.020% · ¥150,000", "最后，「on time」在A"),
        ("all alike", "At the end all stand at C · 0.040% · ¥60,000", "最后都一样，在C"),
        ("normal", "At the end: on time at A · 0.020% · ¥150,000, late at C", "最后，「on time」"),
    ],
)
def test_the_title_is_the_finding(case: str, en: str, zh: str) -> None:
    x, places, names = CASES[case]
    assert charts.levels(x, places, names).get_title().startswith(en)
    jb.use("zh")
    assert charts.levels(x, places, names).get_title().startswith(zh[:6])
    jb.use("en")
    assert charts.levels(x, places, names, title="mine").get_title() == "mine"


def test_it_draws_where_it_is_told() -> None:
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, 2, figsize=(16, 4.5))
    x, places, names = CASES["normal"]
    assert [charts.levels(x, places, names, ax=each) for each in axes] == list(axes)
    assert_texts_apart(figure)


@pytest.mark.parametrize(
    ("places", "names", "message"),
    [
        ({}, NAMES, r"^levels\(\): 0 lines; draw 1 to 5\."),
        ({str(each): [0] for each in range(6)}, NAMES, r"^levels\(\): 6 lines"),
        ({"a": [0]}, [], r"^levels\(\): 0 levels; name 1 to 8\."),
        ({"a": [0]}, ["x"] * 9, r"^levels\(\): 9 levels"),
        ({"a": [2]}, ["x", "y"], r"^levels\(\): 'a' stands on no level; a place is 0 .* to 1 for"),
        ({"a": [-1]}, ["x", "y"], r"'a' stands on no level"),
        ({"a": []}, ["x", "y"], r"'a' stands on no level"),
    ],
)
def test_what_cannot_be_drawn_is_refused(places: Any, names: list[str], message: str) -> None:
    with pytest.raises(JiebeiError, match=message):
        charts.levels([0], places, names, x_kind="number")
