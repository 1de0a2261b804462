"""What cash cannot carry is hollow, dashed and grey, named so, and never the title's hero."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

import jiebei as jb
from jiebei import charts
from jiebei.charts.drawing.short import OUT
from tests.helpers.texts import assert_texts_apart, seen

LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
EARLY = LOAN.prepay(20_000, on="2027-03-01")
WAYS = {"plan": LOAN, "prepay": EARLY, "settle": LOAN.settle(on="2027-03-01")}
SHORT = {"plan": -487.0, "settle": 11_664.0, "not drawn": 9.0}  # the review's 03[7]
STAIRS = {"plan": [0, 1, 2], "prepay": [1, 1, 1], "settle": [0, 0, 0]}
AMOUNTS = {"plan": [900.0, 0.0, 800.0], "prepay": [700.0, 0.0, 600.0], "settle": [9e3, 5.0, 0.0]}

CASES = {
    "balance": lambda ways, **more: charts.balance({n: WAYS[n] for n in ways}, **more),
    "many": lambda ways, **more: charts.balance(
        {n: WAYS[n] for n in ways} | {f"way {n}": EARLY for n in range(4)}, **more
    ),
    "dumbbell": lambda ways, **more: charts.dumbbell(
        jb.compare({n: WAYS[n] for n in ways}), "interest", **more
    ),
    "levels": lambda ways, **more: charts.levels(
        [0, 1, 2], {n: STAIRS[n] for n in ways}, ["A", "B", "C"], x_kind="number", **more
    ),
    "lines": lambda ways, **more: charts.lines([0, 1, 2], {n: AMOUNTS[n] for n in ways}, **more),
    "columns": lambda ways, **more: charts.columns(
        list(ways), {"principal": [AMOUNTS[n][0] for n in ways]}, income=1000.0, **more
    ),
}


pytestmark = pytest.mark.usefixtures("lang")


@pytest.mark.parametrize("case", CASES)
def test_a_way_out_of_reach_is_no_finding_but_is_named_so(case, lang):
    without = {name: each for name, each in WAYS.items() if name != "settle"}
    expected = CASES[case](without).get_title()
    assert "ettle" in CASES[case](WAYS).get_title()
    ax = CASES[case](WAYS, short=SHORT)
    assert ax.get_title() == expected
    assert_texts_apart(ax.figure)
    shown = "".join(text for text, _ in seen(ax.figure)).replace("\n", "").replace(" ", "")
    amount = {"en": "cash¥11,664short", "zh": "钱还差¥11,664"}[lang]
    assert amount in shown or case == "many"  # a panel's head may be cut


@pytest.mark.parametrize("case", ["balance", "many", "dumbbell", "levels", "lines"])
def test_it_is_drawn_hollow_dashed_and_grey(case):
    def out_of_reach(ax):
        drawn = [line for each in (ax, *ax.child_axes) for line in each.lines]
        return [line for line in drawn if line.get_color() == OUT or line.get_linestyle() == "--"]

    assert not out_of_reach(CASES[case](WAYS, short={"settle": 0.0, "plan": np.nan}))
    lines = out_of_reach(CASES[case](WAYS, short=SHORT))
    # What has two points may be the leader of a label.
    ways = [line for line in lines if len(line.get_xdata()) > 2 or case == "dumbbell"]
    ways = [line for line in ways if line.get_linestyle() != "None" and len(line.get_xdata()) > 1]
    assert {line.get_linestyle() for line in ways} == {"--"}
    assert {line.get_color() for line in ways} == {OUT}
    assert {line.get_markerfacecolor() for line in lines if line.get_marker() != "None"} == {
        "white"
    }
    plt.close("all")


def test_a_column_out_of_reach_is_an_outline():
    bars = CASES["columns"](WAYS, short=SHORT).patches
    assert [bar.get_linestyle() for bar in bars[:3]] == ["solid", "solid", "--"]
    assert bars[2].get_facecolor() == (1, 1, 1, 1)


def test_dots_out_of_reach_stand_below_the_others():
    short = {"prepay": 9.0}
    ax = CASES["dumbbell"](WAYS, short=short)
    names = [text.get_text() for text in ax.texts if text.get_text() in WAYS]
    assert names == ["plan", "settle", "prepay"]


@pytest.mark.parametrize("case", [case for case in CASES if case != "many"])
def test_where_cash_carries_one_or_none_that_is_the_finding(case, lang):
    one = {"en": 'Your cash carries only "plan"; "prepay" is ¥509 short'}
    one["zh"] = "钱只够「plan」；「prepay」还差¥509"
    short = {"prepay": 509.0, "settle": 700.0}
    assert CASES[case](WAYS, short=short).get_title() == one[lang]
    none = {"en": 'Cash carries none of these ways; "plan" comes nearest, ¥5 short'}
    none["zh"] = "哪种办法钱都不够；「plan」差得最少，也差¥5"
    assert CASES[case](WAYS, short={**short, "plan": 5.0}).get_title() == none[lang]
