"""Lanes: the balances under the axes, the finding as the title, texts that stand apart."""

from typing import Any

import numpy as np
import pytest

from jiebei import charts
from jiebei.charts.drawing.geometry import trace
from jiebei.charts.lanes import FULL
from jiebei.language.errors import JiebeiError
from tests.helpers.texts import assert_texts_apart, seen

MONTHS = (np.datetime64("2026-12") + np.arange(61)).astype("M8[D]")
FALLING = np.linspace(50_000, 0, 13)
LONG = "what I still owe my brother in law for the second hand car that he sold me in spring"
LONG_ZH = "春节前向表哥借来装修房子、说好年底之前一次还清的那一笔钱"

CASES: dict[str, Any] = {
    "normal": (13, {"a": FALLING, "b": FALLING[::-1] * 0 + 500, "c": FALLING.clip(0, 18_000)}, {}),
    "others": (13, {"a": FALLING, "b": FALLING / 3}, {"a": FALLING * 0 + 50_000}),
    "one": (13, {"a": FALLING}, {}),
    "one day": (1, {"a": [100.0], "b": [0.01]}, {}),
    "gone at once": (3, {"a": [900, 0, 0], "b": [400, 0, 0]}, {}),
    "never owed": (3, {"a": [0, 0, 0], "b": [400, 200, 0]}, {}),
    "sixty": (61, {f"d{at}": np.linspace(8e6 / (at + 1), 0, 61) for at in range(6)}, {}),
    "eight": (13, {f"d{at}": FALLING * 0.7**at for at in range(8)}, {}),
    "long names": (13, {LONG: FALLING, LONG_ZH: FALLING / 2, "x" * 80: FALLING / 9}, {}),
    "tiny": (13, {"a": np.r_[0.01, np.zeros(12)], "b": FALLING}, {}),
}


def drawn(case: str) -> Any:
    number, balances, others = CASES[case]
    return charts.lanes(MONTHS[:number], balances, others)


@pytest.mark.parametrize("case", CASES)
def test_texts_stand_apart_and_within_the_figure(lang: str, case: str) -> None:
    assert_texts_apart(drawn(case).figure)


def test_all_lanes_have_one_scale() -> None:
    ax = drawn("others")
    lines = [line for line in ax.lines if len(line.get_xdata()) > 2]
    solid = [line for line in lines if line.get_linestyle() == "-"]
    for place, (line, balance) in enumerate(zip(solid, (FALLING, FALLING / 3), strict=True)):
        heights = (place - line.get_ydata()) / FULL * 50_000
        assert np.allclose(heights, balance)
    (dashed,) = [line for line in lines if line.get_linestyle() == "--"]
    assert np.allclose(dashed.get_ydata(), -FULL)


def test_a_lane_ends_where_the_debt_is_gone() -> None:
    words = [text for text, _ in seen(drawn("normal").figure)]
    assert "gone in Dec 2027" in words
    assert "still ¥500" in words


@pytest.mark.parametrize(
    ("case", "english", "chinese"),
    [
        ("normal", "¥500 is still owed in Dec 2027", "到2027年12月还欠¥500"),
        ("others", "Everything is paid off in Dec 2027", "2027年12月全部还清"),
        ("gone at once", "Everything is paid off in Jan 2027", "2027年1月全部还清"),
        (
            "tiny",
            "Everything is paid off in Dec 2027; the debt to a is paid off first",
            "2027年12月全部还清，最先还清a",
        ),
    ],
)
def test_the_title_is_the_finding(lang: str, case: str, english: str, chinese: str) -> None:
    assert drawn(case).get_title() == (english if lang == "en" else chinese)


def test_what_makes_no_sense_is_refused_in_words() -> None:
    with pytest.raises(JiebeiError, match=r"^lanes\(\): 0 balances; draw 1 to 8"):
        charts.lanes(MONTHS[:1], {})


def test_a_small_debt_beside_a_large_one_has_a_scale_of_its_own() -> None:
    debts = {"loan": [1_200.0, 600.0, 0.0], "card": [100.0, 50.0, 0.0]}

    def heights(subtitle: str) -> list[float]:
        ax = charts.lanes(MONTHS[:3], debts, subtitle=subtitle)
        areas = [line for line in ax.lines if line.get_drawstyle() == "steps-post"]
        return [float(np.ptp(np.asarray(each.get_ydata()))) for each in areas]

    one, own = heights("owed"), heights("owed, {scale}")
    assert np.isclose(own[0], own[1])
    assert np.isclose(one[1], one[0] / 12)


def test_what_is_said_of_an_end_stands_off_the_dashed_line() -> None:
    """Beside the end of the lower lane the dashed line is low: the words stand above it."""
    for otherwise in (FALLING * 0 + 4_000, FALLING * 0 + 40_000):
        gone = np.r_[FALLING[:6], np.zeros(7)]
        ax = charts.lanes(MONTHS[:13], {"a": FALLING, "b": gone}, {"b": otherwise})
        (dashed,) = [line for line in ax.lines if line.get_linestyle() == "--"]
        (box,) = [box for text, box in seen(ax.figure) if text == "gone in Jun 2027"]
        level = trace(dashed)[0, 1] * ax.figure.dpi / 72
        assert not box.y0 - 1 < level < box.y1 + 1
