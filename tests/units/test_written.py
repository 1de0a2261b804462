"""One day and one figure, in all the ways that people write them."""

from datetime import date

import numpy as np
import pytest

import jiebei as jb
from jiebei.units.days import as_days, iso
from jiebei.units.written import PERCENT, date_of, in_digits, number_of

WRITTEN = [
    "2026-7-10",
    "2026/7/10",
    "2026.07.10",
    "2026年7月10日",
    "2026 年 7 月 10 号",
    "20260710",
]
WRITTEN += ["２０２６－０７－１０", "２０２６年７月１０日", " 2026/07/10 "]


@pytest.mark.parametrize("text", WRITTEN)
def test_one_day_in_all_the_ways_it_is_written(text: str) -> None:
    assert date_of(text) == "2026-07-10"
    loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start=text)
    assert iso(loan.terms["start"]) == "2026-07-10"
    assert loan.prepay(5_000, on="2026年10月10日").summary().payoff_date == np.datetime64(
        "2027-07-10"
    )
    assert iso(as_days([text, date(2026, 7, 10)], "on")[0][0]) == "2026-07-10"


@pytest.mark.parametrize(
    "text", ["2026-13-01", "2026年2月30日", "20260732", "7月10日", "2026/7-10", "26/7/10"]
)
def test_what_is_no_day_stays_none(text: str) -> None:
    assert date_of(text) is None
    with pytest.raises(jb.JiebeiError, match=r"^start="):
        jb.Loan(50_000, daily_rate=0.0004, months=12, start=text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1万", 10_000),
        ("0.5万", 5_000),
        ("1,234,567.89", 1_234_567.89),
        ("12,3456", 123_456),
        ("1百万", 1_000_000),
        ("-0.01", -0.01),
        ("1,23", None),
        ("1,2345,67", None),
        ("1.2.3", None),
        ("1万2", 12_000),
        ("1万2千", 12_000),
        ("3万5000", 35_000),
        ("3万0500", 30_500),
        ("3万500", 30_500),
        ("3万50", None),
        ("3万99.5", None),
        ("3万100", 30_100),
        ("3万5.5", None),
        ("3万5万", None),
        ("1.5万5", None),
        ("三万", 30_000),
        ("两万三千五百", 23_500),
        ("一万五", 15_000),
        ("一千二", 1_200),
        ("三万零五", 30_005),
        ("十五万", 150_000),
        ("二十", 20),
        ("二十五", 25),
        ("一百零三", 103),
        ("三点五万", 35_000),
        ("三百万", 3_000_000),
        ("三五万", None),
        ("一两万", None),
        ("百万", None),
        ("半", None),
        ("一万半", None),
        ("3 5", None),
        ("", None),
        ("万", None),
        ("5%", None),
    ],
)
def test_a_figure_without_a_unit(text: str, number: float | None) -> None:
    assert number_of(text, {}) == number


def test_parts_are_exact() -> None:
    texts = [f"{each / 1000:.3f}%" for each in range(1, 200)]
    assert [number_of(each, PERCENT) for each in texts] == [
        each / 100_000 for each in range(1, 200)
    ]
    for text in ("万分之四点五", "万分之4.5", "万4.5", "万四点五", "零点零四五%"):
        assert number_of(text, PERCENT) == 0.00045
    assert number_of("万分之四", PERCENT) == 0.0004
    assert number_of("万4.5", {"元": 1}) is None
    assert number_of("千分之0.4", PERCENT) == 0.0004
    assert number_of("百分之二", PERCENT) == 0.02


def test_a_half_follows_any_unit() -> None:
    for text in ("3年半", "三年半", "3个月半"):
        assert number_of(text, {"年": 1, "个月": 1}) == 3.5


def test_what_is_spelled_out_stands_behind_its_scale_as_it_is() -> None:
    assert number_of("一万五十", {}) == 10_050
    assert number_of("一万零五", {}) == 10_005
    assert number_of("1万五百", {}) == 10_500


def test_a_figure_has_ten_decimals_and_no_powers_of_ten() -> None:
    assert in_digits(1 / 3) == "0.3333333333"
    assert in_digits(1.23456789012e-5) == "0.0000123457"
    assert in_digits(1e-11) == "0.0"
