"""One unit a chart: the unit that is named is the unit of the ticks and of the labels."""

import ast
import re
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text

import jiebei as jb
from jiebei import charts
from jiebei.charts.drawing.money import money
from jiebei.charts.drawing.text import TITLE
from jiebei.language import table, use, words
from tests.helpers.notebook_runner import run_notebook
from tests.helpers.texts import assert_texts_apart

PACKAGE = Path(jb.__file__).parent
NAMES_AN_AXIS = {"x_label", "y_label", "subtitle"}
AMOUNTS = (50_000.0, 98_000.0, 100_000.0, 1_000_000.0)
MONTHS = np.arange("2026-12", "2027-12", dtype="M8[M]").astype("M8[s]")


pytestmark = pytest.mark.usefixtures("lang")


# The words ---------------------------------------------------------------------------------


def keys_of_axes():
    """Return the keys of all words that name an axis: charts' own, and those given to a chart."""
    own = {key for key in table.table() if re.fullmatch(r"chart\..*subtitle.*", key)}
    own |= {key for key, row in table.table().items() if "{unit}" in row["en"]}
    given = [
        each.value
        for file in PACKAGE.rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text()))
        if isinstance(call, ast.Call)
        for keyword in call.keywords
        if keyword.arg in NAMES_AN_AXIS
        for each in ast.walk(keyword.value)
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    ]
    return own | {each for each in given if each in table.table()}


def test_no_axis_has_its_unit_written_into_the_words():
    keys = keys_of_axes()
    assert {"answer.cheapest_money.amount_label", "chart.balance.subtitle"} <= keys
    assert len(keys) > 50
    fixed = {
        key
        for key in keys
        for text in (table.table()[key]["en"], table.table()[key]["zh"])
        if re.search(r"元|\byuan\b", text)
    }
    assert not fixed


# The ticks ---------------------------------------------------------------------------------


def yuan_of(axis):
    """Return how many yuan each tick stands for where its label says 1."""
    ticks = [(tick.get_loc(), tick.label1.get_text()) for tick in axis.get_major_ticks()]
    figures = [(at, float(text.replace(",", "").replace("−", "-"))) for at, text in ticks if text]
    return {round(at / shown) for at, shown in figures if shown}


def named(ax):
    """Return the unit in yuan that is written on an axis beside each of the words x, y and z."""
    texts = [text.get_text() for text in ax.texts]
    found = [match for text in texts if (match := re.fullmatch(r"([XYZ]) in (.*)", text))]
    units = {"万元": 10_000, "元": 1, "yuan": 1}
    return {match[1].lower(): units[match[2]] for match in found}


UP = np.linspace(0.0, 1.0, 12)
DRAWN = {
    "balance": lambda most, **w: charts.balance(
        {"plan": jb.Loan(most, daily_rate=0.0004, months=12, start="2026-12-01")}, **w
    ),
    "waterfall": lambda most, **w: charts.waterfall(
        {"gift": -0.2 * most, "fee": 12_000.0}, most, **w
    ),
    "columns": lambda most, **w: charts.columns(MONTHS, {"principal": most * UP}, **w),
    "lines": lambda most, **w: charts.lines(MONTHS, {"owed": most * UP}, x_kind="date", **w),
    "fan": lambda most, **w: charts.fan(MONTHS, np.outer([1.0, 1.0], most * UP), **w),
    "lanes": lambda most, **w: charts.lanes(
        MONTHS, {"loan": most * UP[::-1], "card": 20_000 * UP}, **w
    ),
    "duedates": lambda most, **w: charts.duedates({"loan": (MONTHS, most * (0.2 + 0.8 * UP))}, **w),
}


@pytest.mark.parametrize("most", AMOUNTS)
@pytest.mark.parametrize("chart", DRAWN)
def test_the_unit_named_is_the_unit_of_the_ticks(chart, most, lang):
    ax = DRAWN[chart](most, subtitle="Y in {unit}", title="found")
    assert_texts_apart(ax.figure)
    unit = 10_000 if lang == "zh" and most >= 100_000 else 1
    assert named(ax) == {"y": unit}
    if chart not in ("lanes", "duedates"):  # which have no axis of money
        assert yuan_of(ax.yaxis) == {unit}
    assert_one_unit(ax, unit)


@pytest.mark.parametrize("most", AMOUNTS)
def test_dots_are_counted_as_their_axis(most, lang):
    table = pd.DataFrame({"interest": [most, most - 16_760.0, most / 2]}, index=["a", "b", "c"])
    given = {"subtitle": "X in {unit}", "short": {"c": 12_509.0}}
    ax = charts.dumbbell(table, title="found", **given)
    unit = 10_000 if lang == "zh" and most >= 100_000 else 1
    assert named(ax) == {"x": unit}
    assert yuan_of(ax.xaxis) == {unit}
    assert_one_unit(ax, unit)
    said = words.Words("chart.label.saves", amount="¥1,676")
    for small in ({"title": said}, {"title": "found", "short": {"c": 509.0}}):  # less than a 万元
        ax = charts.dumbbell(table, **given | small)
        assert yuan_of(ax.xaxis) == {1}
        assert_one_unit(ax, 1)


@pytest.mark.parametrize("most", [50_000.0, 100_000.0, 1_000_000.0])
def test_every_axis_of_money_names_its_own_unit(most, lang):
    wan = 10_000 if lang == "zh" and most >= 100_000 else 1
    labels = {"x_label": "X in {unit}", "subtitle": "Z in {unit}", "title": "found"}
    ax = charts.frontier(
        most * UP,
        0.2 * most * UP,
        np.subtract.outer(most * UP, 0.3 * most * UP),
        here=(0.5 * most, 0.1 * most),
        x_kind="yuan",
        y_kind="yuan",
        y_label="Y in {unit}",
        **labels,
    )
    assert named(ax) == {"x": wan, "y": wan, "z": wan}
    assert yuan_of(ax.xaxis) == yuan_of(ax.yaxis) == {wan}
    assert_one_unit(ax, wan)
    ax = charts.lines(most * UP, {"saved": 15 * UP}, x_kind="yuan", **labels)
    assert named(ax) == {"x": wan, "z": 1}
    assert (yuan_of(ax.xaxis), yuan_of(ax.yaxis)) == ({wan}, {1})


def assert_one_unit(ax, unit):
    """Check that every amount below the title is written in this unit, with as many decimals."""
    below = [text.get_text() for text in ax.texts if text.get_size() != TITLE]
    amounts = re.findall(r"¥[\d,.]*\d|[\d,.]+万元", " ".join(below))
    assert all(("万" in each) == (unit > 1) for each in amounts), amounts
    amounts = [each for each in amounts if each not in ("¥0", "0万元")]
    assert len({len(each.strip("¥万元").partition(".")[2]) for each in amounts}) <= 1, amounts


# The mechanism -----------------------------------------------------------------------------


def test_the_largest_decides_unless_the_smallest_is_less_than_one():
    use("zh")
    big = money([654_213, -142_700, 47_708, 557_545])
    written = [big.write(each, signed=True) for each in (-142_700, 47_708)]
    assert written == ["−14.27万元", "+4.77万元"]
    both = money([654_213, -1_676])  # nobody says 0.17 万元
    assert [both.write(each) for each in (654_213, -1_676)] == ["¥654,213", "−\u200a¥1,676"]
    assert [money([150_000, 60_000]).write(each) for each in (150_000, 60_000)] == [
        "15万元",
        "6万元",
    ]
    assert money([654_213, 12]).write(12) == "¥12"
    assert money([99_999]).write(99_999) == "¥99,999"
    assert money([]).write(np.nan) == "–"
    assert (big.write(0.0), money([9.04, 1014]).write(9.04)) == ("0万元", "¥9.04")
    assert [money([3650, 0.4]).write(each) for each in (3650, 0.4)] == ["¥3,650", "¥0.40"]
    assert [money([205, 18.11]).write(each) for each in (205, 18.11)] == ["¥205", "¥18"]
    assert money([20.5, 18.11]).write(20.5) == "¥20.50"


# The notebooks of the review ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "change", "axis", "yuan"),
    [
        ("09_cheapest_money", {"needs": {"2026-12-01": 50_000}}, "yaxis", 1),
        (
            "11_budget",
            {"principal": 200_000, "months": 24, "cash_in_hand": 150_000},
            "xaxis",
            10_000,
        ),
        ("13_small_business", {"cash_in_hand": 300_000, "till_reserve": 150_000}, "yaxis", 10_000),
    ],
)
@pytest.mark.parametrize("lang", ["zh"], indirect=True)
def test_the_labels_of_the_review_name_the_unit_of_their_ticks(name, change, axis, yuan):
    label = {
        "09_cheapest_money": "answer.cheapest_money.amount_label",
        "11_budget": "answer.budget.reserve_label",
        "13_small_business": "answer.small_business.frontier_y",
    }[name]
    figures = run_notebook(name, lang="zh", **change).figures
    use("zh")
    wanted = words.say(label, unit={1: "元", 10_000: "万元"}[yuan])
    (figure,) = [
        each for each in figures if wanted in [text.get_text() for text in each.findobj(Text)]
    ]
    assert yuan_of(getattr(figure.axes[0], axis)) == {yuan}


@pytest.mark.parametrize(("beside", "told"), [(1_036.0, "¥24"), (30.0, "¥24.40")])
def test_the_title_tells_an_amount_as_its_label_does(beside: float, told: str) -> None:
    amounts = {"a": 24.40, "b": beside}
    labels = {name: ("{0}", [each]) for name, each in amounts.items()}
    ax = charts.bars(amounts, labels, title=words.Words("answer.grace.cash_more", amount=24.40))
    assert told in [each.get_text() for each in ax.texts]
    assert re.search(rf"{re.escape(told)}(?![\d.])", ax.get_title())


def test_the_title_tells_the_fen_that_the_labels_tell() -> None:
    """1,243.88 and 2,000.40 are told to the fen, for 4.70 is: then the title says so too."""
    amounts = {"a": 1_243.88, "b": 2_000.40, "c": 4.70}
    labels = {name: ("{0}", [each]) for name, each in amounts.items()}
    ax = charts.bars(amounts, labels, title=words.Words("answer.grace.cash_more", amount=1_243.88))
    assert "¥1,243.88" in ax.get_title()


def test_the_ends_of_steps_differ_by_what_a_title_tells() -> None:
    """4,037.40 less 3,699.60 is 337.80, told ¥338; 4,037 less 3,700 is 337."""
    ax = charts.waterfall({"spared": -1_243.40, "new": 862.80, "rest": 42.80}, 4_037.40)
    written = " ".join(each.get_text() for each in ax.texts)
    assert "¥4,037.40" in written
    assert "¥3,699.60" in written


def test_where_the_difference_is_not_that_of_what_is_written_in_wan_all_is_in_yuan() -> None:
    """65.42 less 63.75 is 1.67, and 16,760 is written 1.68."""
    use("zh")
    ax = charts.dumbbell(pd.DataFrame({"cost": [637_454.0, 654_214.0]}, ["甲", "乙"]), "cost")
    texts = [text.get_text() for text in ax.texts]
    assert "¥654,214，多花¥16,760" in texts
    assert not any("万" in each for each in [*texts, ax.get_title()])


def test_a_chart_within_a_figure_counts_in_one_unit_too() -> None:
    """What is written once more leaves nothing of what was there."""
    use("zh")
    table = pd.DataFrame({"cost": [637_454.0, 654_214.0]}, ["甲", "乙"])
    (left, _) = plt.figure(figsize=(12, 4)).subplots(1, 2)
    ax = charts.dumbbell(table, "cost", ax=left)
    texts = [text.get_text() for text in ax.texts]
    assert not any("万" in each for each in [*texts, ax.get_title()])
    assert len(texts) == len(charts.dumbbell(table, "cost").texts)
