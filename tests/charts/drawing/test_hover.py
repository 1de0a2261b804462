"""What stands under the pointer says what the picture shows."""

import csv
import io
import json

import matplotlib.pyplot as plt
import numpy as np
import pytest

import jiebei as jb
from jiebei import charts
from jiebei.charts.drawing import hover, pictures

LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
DAYS = np.arange("2027-01", "2027-05", dtype="M8[M]").astype("M8[s]")
CASH = {"as agreed": [900.0, -50.5, 20.0, 70.0], "extend": [900.0, 400.0, 80.25, np.nan]}
PAID = {"principal": [900.0, 910.0, 920.0, 930.0], "interest": [20.0, 10.0, 5.0, 0.0]}
CHARTS = {
    "balance": lambda: charts.balance({"as agreed": LOAN, "settle": LOAN.settle(on="2027-03-01")}),
    "cash": lambda: charts.lines(DAYS, CASH, x_kind="date", steps=True),
    "payments": lambda: charts.columns(DAYS, PAID, income=915.0),
}


pytestmark = pytest.mark.usefixtures("lang")


def spec_of(figure):
    return pictures._bundle(figure).get(hover.TYPE)


def rows_of(layer):
    """Return the data of a layer as rows."""
    values = layer["data"]["values"]
    if layer["data"]["format"]["type"] == "json":
        return json.loads(values)
    return [{k: float(v) for k, v in row.items()} for row in csv.DictReader(io.StringIO(values))]


def layers_of(spec, kind):
    return [each for each in spec["layer"] if each["mark"]["type"] == kind]


@pytest.mark.parametrize("chart", CHARTS)
def test_the_words_are_those_of_the_picture_where_they_stand(chart):
    ax = CHARTS[chart]()
    spec = spec_of(ax.figure)
    assert spec["description"] == pictures.finding(ax.figure) == ax.get_title()
    assert (spec["width"], spec["height"]) == tuple(ax.figure.bbox.size)
    rows = [row for layer in layers_of(spec, "text") for row in rows_of(layer)]
    written = {(row["s"], row["x"], row["y"]) for row in rows}
    for text in ax.texts:
        across, up = text.get_transform().transform(text.get_position())
        place = (round(across, 1), round(ax.figure.bbox.height - up, 1))
        assert (text.get_text(), *place) in written
    labels = [*ax.get_xticklabels(), *ax.get_yticklabels()]
    said = {line for each in labels for line in each.get_text().split("\n")}
    assert said <= {row["s"] for row in rows}


@pytest.mark.parametrize("chart", ["balance", "cash"])
def test_the_points_are_those_of_the_picture(chart):
    ax = CHARTS[chart]()
    drawn = {tuple(row.values()) for row in points_of(layers_of(spec_of(ax.figure), "line"))}
    for line in (each for each in ax.lines if "steps" in each.get_drawstyle()):
        for x, y in line.get_transform().transform(line.get_xydata()):
            is_drawn = (round(x, 1), round(ax.figure.bbox.height - y, 1)) in drawn
            assert is_drawn == np.isfinite(y)


def points_of(layers):
    return [row for layer in layers for row in rows_of(layer)]


def test_the_columns_are_those_of_the_picture():
    ax = CHARTS["payments"]()
    bars = points_of(layers_of(spec_of(ax.figure), "rect"))
    heights = sorted(round(abs(row["y2"] - row["y"]), 0) for row in bars)
    wanted = [bar.get_window_extent().height for bar in ax.patches if hasattr(bar, "get_bbox")]
    assert heights == pytest.approx(sorted(wanted), abs=1)


def test_every_day_says_in_the_readers_language_what_each_way_has(lang):
    pointer = spec_of(CHARTS["cash"]().figure)["layer"][-1]
    rows = rows_of(pointer)
    day = {"en": "2027-03-01", "zh": "2027年3月1日"}[lang]
    assert rows[2] == {"x": rows[2]["x"], "k0": day, "k1": "¥20.00", "k2": "¥80.25"}
    assert rows[3]["k2"] == "–"
    head = {"en": "date", "zh": "日期"}[lang]
    assert [each["title"] for each in pointer["encoding"]["tooltip"]] == [head, *CASH]


def test_a_month_says_its_parts_and_their_sum(lang):
    row = rows_of(spec_of(CHARTS["payments"]().figure)["layer"][-1])[1]
    month = {"en": "Feb 2027", "zh": "2027年2月"}[lang]
    assert list(row.values())[1:] == [month, "¥910.00", "¥10.00", "¥920.00"]


def test_what_is_owed_is_told_on_every_day_on_which_it_changes():
    rows = rows_of(spec_of(CHARTS["balance"]().figure)["layer"][-1])
    assert len(rows) == 13
    assert [row["k2"] for row in rows[3:]] == ["¥0.00"] * 10  # settled on the third due day


def test_a_figure_of_two_charts_has_both_and_the_pointer_of_the_one_that_tells():
    above, beneath = pictures_of_two()
    spec = spec_of(above.figure)
    said = {row["s"] for layer in layers_of(spec, "text") for row in rows_of(layer)}
    assert {each.get_text() for ax in (above, beneath) for each in ax.texts} <= said
    pointer = spec["layer"][-1]
    assert len(rows_of(pointer)) == len(DAYS)
    top, bottom = (pointer["encoding"][each]["value"] for each in ("y", "y2"))
    assert top < bottom < above.figure.bbox.height / 2
    uprights = [row for row in rows_of(layers_of(spec, "rule")[-3]) if row["x"] == row["x2"]]
    assert len(uprights) == len(beneath.get_xticks())


def pictures_of_two():
    above, beneath = plt.figure(figsize=(8, 8)).subplots(2, 1)
    charts.lines(DAYS, CASH, x_kind="date", steps=True, ax=above)
    table = jb.compare({"as agreed": LOAN, "settle": LOAN.settle(on="2027-03-01")})
    charts.dumbbell(table, "interest", ax=beneath)
    return above, beneath


def test_other_charts_have_no_pointer():
    table = jb.compare({"as agreed": LOAN, "settle": LOAN.settle(on="2027-03-01")})
    for ax in (charts.dumbbell(table, "interest"), charts.lines([1, 2], {"rate": [0.1, 0.2]})):
        assert spec_of(ax.figure) is None
