"""What cannot be drawn is left out or refused in words: no chart says what is not so."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from jiebei import charts
from jiebei.language.errors import JiebeiError

NAN, INF = np.nan, np.inf
DAYS = np.array(["2027-01-01", "2027-02-01", "2027-03-01"], "M8[D]")


pytestmark = pytest.mark.usefixtures("lang")


REFUSED: dict[str, Callable[[float], Any]] = {
    "lanes": lambda bad: charts.lanes(DAYS, {"a": [bad] * 3}),
    "lanes otherwise": lambda bad: charts.lanes(DAYS, {"a": [3, 2, 0]}, {"a": [bad] * 3}),
    "fan": lambda bad: charts.fan([1, 2], [[bad, bad]], x_kind="number"),
    "duedates": lambda bad: charts.duedates({"a": (DAYS, [1, bad, 2])}),
    "waterfall": lambda bad: charts.waterfall({"a": bad}, 100.0),
    "waterfall start": lambda bad: charts.waterfall({"a": 1.0}, bad),
    "columns": lambda bad: charts.columns(["x", "y"], {"p": [1.0, bad]}),
    "columns income": lambda bad: charts.columns(["x"], {"p": [1.0]}, income=bad),
    "slope": lambda bad: charts.slope({"a": (0.1, bad)}),
    "levels": lambda bad: charts.levels([1], {"a": [bad]}, ["A"], x_kind="number"),
}


@pytest.mark.parametrize("bad", [NAN, INF, "x", None])
@pytest.mark.parametrize("chart", REFUSED)
def test_what_is_no_figure_is_refused(chart: str, bad: Any) -> None:
    if chart == "columns income" and bad is None:
        return  # no income is drawn
    with pytest.raises(JiebeiError, match=rf"^{chart.split()[0]}\(\)"):
        REFUSED[chart](bad)


UNEQUAL: dict[str, Callable[[], Any]] = {
    "columns": lambda: charts.columns(["x", "y"], {"p": [1.0]}),
    "columns income": lambda: charts.columns(["x", "y"], {"p": [1.0, 2.0]}, income=[1, 2, 3]),
    "lines": lambda: charts.lines([1, 2, 3], {"a": [1, 2]}),
    "lines of nothing": lambda: charts.lines([], {"a": []}),
    "lanes": lambda: charts.lanes(DAYS, {"a": [1, 2]}),
    "lanes otherwise": lambda: charts.lanes(DAYS, {"a": [2, 1, 0]}, {"a": [1]}),
    "pairs": lambda: charts.pairs({"a": (0.1,)}, ("", "")),  # type: ignore[dict-item]
    "slope": lambda: charts.slope({"a": (0.1, 0.2, 0.3)}),  # type: ignore[dict-item]
    "levels": lambda: charts.levels([1, 2], {"a": [0]}, ["A"], x_kind="number"),
    "fan": lambda: charts.fan([1, 2, 3], [[1, 2]], x_kind="number"),
    "against": lambda: charts.against(DAYS, [1.0], 1.0),
    "against asked": lambda: charts.against(DAYS, [1.0, 2.0, 3.0], [1.0]),
}


@pytest.mark.parametrize("chart", UNEQUAL)
def test_one_figure_for_each_place(chart: str) -> None:
    with pytest.raises(JiebeiError, match=rf"^{chart.split()[0]}\(\)"):
        UNEQUAL[chart]()


def test_a_line_without_figures_is_left_out() -> None:
    ax = charts.lines([1, 2, 3], {"a": [NAN] * 3, "b": [1, 2, INF], "c": [1, 2, 5]})
    assert "a" not in [each.get_text() for each in ax.texts]
    drawn = [line for line in ax.lines if len(line.get_xdata()) == 3]
    assert len(drawn) == 2
    alone = charts.lines([1, 2, 3], {"a": [NAN] * 3, "c": [1, 2, 5]}, ax=None)
    assert alone.get_title() == charts.lines([1, 2, 3], {"c": [1, 2, 5]}).get_title()


def test_where_no_line_has_a_figure_the_title_says_so(lang: str) -> None:
    title = charts.lines([1, 2, 3], {"a": [NAN] * 3, "b": [INF] * 3}).get_title()
    assert title == {"en": "There is no figure to show", "zh": "没有可显示的数"}[lang]


def test_what_is_infinite_is_as_empty_as_nan() -> None:
    table = pd.DataFrame({"interest": [100.0, INF, 90.0]}, index=["as agreed", "never", "settle"])
    assert charts.dumbbell(table).get_title() == (
        charts.dumbbell(table.replace(INF, NAN)).get_title()
    )


@pytest.mark.parametrize("kind", ["foo", 5, None])
def test_a_kind_is_one_of_five(kind: Any) -> None:
    with pytest.raises(JiebeiError, match=r"^kind"):
        charts.lines([1, 2], {"a": [1, 2]}, y_kind=kind)
    with pytest.raises(JiebeiError, match=r"^kind"):
        charts.lines([1, 2], {"a": [1, 2]}, x_kind=kind)


@pytest.mark.parametrize("payday", [0, 99, 1.5, "x"])
def test_a_payday_is_a_day_of_the_month(payday: Any) -> None:
    with pytest.raises(JiebeiError, match=r"^payday="):
        charts.duedates({"a": (DAYS, [1, 1, 2])}, payday=payday)


def test_a_name_may_be_empty() -> None:
    charts.duedates({"": (DAYS, [1, 1, 2]), "b": (DAYS, [1, 1, 2])})
    charts.columns(["", "y"], {"": [1.0, 2.0], "p": [1.0, 2.0]}, income=3.0)
    charts.lines([1, 2], {"": [1, 2], "b": [2, 3]})
    charts.lanes(DAYS, {"": [2, 1, 0]})
    charts.slope({"": (0.1, 0.2)})
    charts.waterfall({"": 5.0}, 10.0)


KINDS: dict[str, Callable[[Any], Any]] = {
    "lines": lambda names: charts.lines([1], names),
    "lanes": lambda names: charts.lanes(DAYS, names),
    "columns": lambda names: charts.columns(["x"], names),
    "duedates": charts.duedates,
    "slope": charts.slope,
    "waterfall": lambda names: charts.waterfall(names, 1.0),
    "levels": lambda names: charts.levels([1], names, ["A"], x_kind="number"),
    "balance": charts.balance,
}


@pytest.mark.parametrize("names", [5, None, [1, 2], {"\ud800": [1]}], ids=ascii)
@pytest.mark.parametrize("chart", KINDS)
def test_names_and_figures_are_a_dict_of_names_that_can_be_written(chart: str, names: Any) -> None:
    with pytest.raises(JiebeiError, match=rf"^{chart}\(\)"):
        KINDS[chart](names)


def test_a_balance_is_that_of_a_loan() -> None:
    with pytest.raises(JiebeiError, match=r"^a"):
        charts.balance({"a": 5})  # type: ignore[dict-item]
    with pytest.raises(JiebeiError, match=r"^dumbbell\(\)"):
        charts.dumbbell(5)  # type: ignore[arg-type]
