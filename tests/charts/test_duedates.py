"""The calendar of due dates: every payment on its day, texts apart, the finding as the title."""

import warnings
from typing import Any

import numpy as np
import pytest

import jiebei as jb
from jiebei import charts
from jiebei.language import use
from jiebei.language.errors import JiebeiError
from jiebei.language.words import say
from tests.helpers.texts import assert_texts_apart, seen


def every_month(number: int, day: int, amount: float, first: str = "2027-01") -> tuple[Any, Any]:
    months = np.datetime64(first, "M") + np.arange(number)
    return months.astype("M8[D]") + (day - 1), np.full(number, amount)


def loan(**terms: Any) -> tuple[Any, Any]:
    given = {"principal": 50_000, "daily_rate": 4e-4, "months": 12, "start": "2026-12-01"} | terms
    flows = jb.Loan(**given).cashflows()
    return flows["date"].to_numpy(), flows["payment"].to_numpy()


CASES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "one loan": ({"this loan": loan()}, {"payday": 5}),
    "early": ({"this loan": loan(), "by choice": (["2027-03-20"], [20_000.0])}, {"payday": 1}),
    "one day": ({"all": loan(months=None, days=7, method="bullet")}, {}),
    "close": ({name: every_month(6, day, 4_321.0) for day, name in enumerate("abcdef", 9)}, {}),
    "one due day": ({name: every_month(6, 31 - 3, 4_321.0) for name in "abc"}, {"payday": 28}),
    "long": (
        {
            "a": loan(principal=8e6, months=60, start="2026-12-31"),
            "b": every_month(30, 30, 900_000.0),
        },
        {"payday": 28},
    ),
    "gap": ({"a": (["2027-01-05", "2028-06-30"], [100.0, 0.01])}, {"note": "x " * 90}),
    "none": ({"nothing": ([], [])}, {}),
    "alike": ({"a": every_month(6, 31 - 3, 5.0)}, {}),
}


pytestmark = pytest.mark.usefixtures("lang")


@pytest.mark.parametrize("case", CASES)
def test_texts_stand_apart_and_within_the_figure(case: str) -> None:
    payments, options = CASES[case]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ax = charts.duedates(payments, **options)
    assert_texts_apart(ax.figure)


def marks(ax: Any) -> set[tuple[int, int]]:
    """Return the row and the day of each mark."""
    points = [line for line in ax.lines if line.get_marker() not in ("None", None, "")]
    return {(int(p.get_ydata()[0]), round(float(p.get_xdata()[0]))) for p in points}


def test_every_payment_stands_on_its_day() -> None:
    dates = np.array(["2026-12-31", "2027-01-02", "2027-01-31", "2027-03-15"], "M8[D]")
    ax = charts.duedates({"a": (dates, [1.0, 2.0, 3.0, 4.0])})
    assert marks(ax) == {(0, 31), (1, 2), (1, 31), (3, 15)}
    written = [text for text, _ in seen(ax.figure)]
    assert {"1", "2", "3", "4", "¥1", "¥5", "¥4"} <= set(written)


def test_payments_of_one_day_are_added_up() -> None:
    day = (["2027-01-10"], [1_000.0])
    ax = charts.duedates({"a": day, "b": day, "c": (["2027-01-10"] * 2, [1.0, 2.0])})
    assert "2,003" in [text for text, _ in seen(ax.figure)]
    assert len(ax.lines) == 3


def test_what_is_drawn_is_no_payment_and_later_months_are_told(lang: str) -> None:
    ax = charts.duedates(CASES["long"][0])
    assert max(row for row, _ in marks(ax)) == 23
    months = {"en": "The later 36 months are not shown", "zh": "之后的36个月没有画"}[lang]
    assert months in " ".join(text for text, _ in seen(ax.figure))


def test_payday_is_a_line() -> None:
    with_line, without = (charts.duedates(CASES["one loan"][0], payday=day) for day in (5, None))
    assert len(with_line.lines) == len(without.lines) + 1
    assert list(with_line.lines[0].get_xdata()) == [5, 5]


@pytest.mark.parametrize(
    ("case", "english", "chinese"),
    [
        (
            "early",
            "The heaviest day is 2027-03-20: ¥20,000 of the ¥74,037 to pay",
            "要还最多的一天是2027年3月20日：¥20,000（一共要还¥74,037）",
        ),
        ("one day", "¥50,140 to pay, all on 2026-12-08", "一共¥50,140，全在2026年12月8日还"),
        ("one loan", "¥4,503 to pay on each of 12 days", "一共12天，每天都要还¥4,503"),
        ("none", "Nothing to pay", "没有要还的"),
    ],
)
def test_the_title_is_the_finding(lang: str, case: str, english: str, chinese: str) -> None:
    payments, options = CASES[case]
    assert charts.duedates(payments, **options).get_title() == {"en": english, "zh": chinese}[lang]


@pytest.mark.parametrize("payments", [{}, {"a": (["2027-01-01"], [1.0, 2.0])}])
def test_what_makes_no_sense_is_refused_in_words(payments: dict[str, Any]) -> None:
    with pytest.raises(JiebeiError) as refused:
        charts.duedates(payments)
    assert str(refused.value) == say("error.duedates")


def test_chinese_notes_follow_each_other_without_a_space():
    use("zh")
    dates = np.arange("2027-01", "2030-01", dtype="M8[M]").astype("M8[D]")
    ax = charts.duedates({"loan": (dates, np.full(36, 900.0))}, note="假设：还款日不顺延。")
    written = "".join(text.get_text() for text in ax.texts)
    use("en")
    assert "顺延。之后的12个月" in written
