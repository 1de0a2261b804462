"""Who sees no colour, little contrast, or nothing at all, reads the same answer."""

import re
from itertools import combinations, pairwise
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text

import jiebei as jb
from jiebei.charts.columns import OTHER_PARTS, PARTS
from jiebei.charts.drawing import style
from jiebei.charts.drawing.pictures import finding
from jiebei.language.words import passage
from jiebei.notebook.answer import Answer
from tests.helpers.contrast import MARK, TEXT, contrast, luminance
from tests.helpers.notebook_runner import run_notebook
from tools.stored import NOTEBOOKS

STORED = sorted(NOTEBOOKS.rglob("*.ipynb"))
LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
STRATEGIES = {
    "as agreed": LOAN,
    "repay early": LOAN.prepay(20_000, on="2027-03-01"),
    "extend": LOAN.extend(6, on="2027-06-01"),
    "settle in full": LOAN.settle(on="2027-03-01"),
    "again": LOAN.prepay(20_000, on="2027-03-01").reborrow(20_000, on="2027-06-01"),
}


# Colours ------------------------------------------------------------------------------------------


APART = 1.13  # the least contrast of two lines of one chart
DRAWN = [*style.SERIES, style.ACCENT, style.DEARER, style.OUT, *PARTS.values(), *OTHER_PARTS]


@pytest.mark.parametrize("colour", [style.INK, style.GREY, *map(style.legible, DRAWN)])
def test_words_can_be_read_on_white(colour: str) -> None:
    assert contrast(colour, "white") >= TEXT


@pytest.mark.parametrize("colours", [(style.ACCENT, *style.SERIES), (style.CHEAPER, style.DEARER)])
def test_colours_that_stand_side_by_side_are_apart_in_greyscale(colours: tuple[str, ...]) -> None:
    for one, other in combinations(colours, 2):
        assert contrast(one, other) >= APART, (one, other)


def test_better_and_worse_are_the_colours_of_no_strategy() -> None:
    assert not {style.ACCENT, style.DEARER, style.OUT, style.INK} & set(style.SERIES)


@pytest.mark.parametrize("colour", [style.RULE, *DRAWN])
def test_marks_stand_out_from_white(colour: str) -> None:
    assert contrast(colour, "white") >= MARK


def test_parts_get_darker_as_they_are_stacked() -> None:
    bright = [luminance(colour) for colour in PARTS.values()]
    assert all(above <= 0.8 * below for below, above in pairwise(bright))


def drawn_texts(figure: Figure) -> list[Text]:
    return [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.stem)
def test_charts_have_words_that_can_be_read_and_a_finding(path: Path) -> None:
    for figure in run_notebook(path.stem).figures:
        assert to_hex(figure.get_facecolor()) == "#ffffff"
        assert finding(figure)
        for text in drawn_texts(figure):
            if text.get_text() != "■":  # a swatch of the key is a mark
                assert contrast(to_hex(text.get_color()), "white") >= TEXT, text.get_text()
            assert text.get_alpha() in (None, 1), text.get_text()


# Without colour -----------------------------------------------------------------------------------


def test_every_strategy_has_a_mark_of_its_own() -> None:
    assert len(set(style.MARKERS)) == len(style.SERIES) == len(style.MARKERS)
    for one, other in combinations(style.series(STRATEGIES), 2):
        assert one.marker != other.marker


CHARTS = {  # of strategies on top of each other; in the others each has a row of its own
    "balance": lambda: jb.charts.balance(STRATEGIES),
    "lines": lambda: jb.charts.lines(
        [1, 2, 3], {name: [0, place, 9 * place] for place, name in enumerate(STRATEGIES)}
    ),
    "slope": lambda: jb.charts.slope(
        {name: (place, 2 * place) for place, name in enumerate(STRATEGIES, 1)}
    ),
}


@pytest.mark.parametrize("chart", CHARTS)
def test_in_a_chart_each_strategy_has_a_mark_of_its_own(chart: str) -> None:
    marks: dict[str, set[str]] = {}
    for line in CHARTS[chart]().lines:
        if line.get_marker() in style.MARKERS:
            marks.setdefault(to_hex(line.get_color()), set()).add(str(line.get_marker()))
    assert len(marks) == len(STRATEGIES)
    assert all(len(each) == 1 for each in marks.values())
    assert len(set.union(*marks.values())) == len(STRATEGIES)


# Tables and headings ------------------------------------------------------------------------------


def test_a_table_has_one_row_of_heads_and_thousands_at_the_right() -> None:
    frame = pd.DataFrame({"interest": [12345.6]}, index=pd.Index(["as agreed"], name="strategy"))
    html = Answer("It costs.", frame)._repr_html_()
    assert "<td>¥12,345.60</td>" in html
    assert '<tr style="text-align: right;">' in html
    assert re.findall("<th.*?>(.*?)</th>", html) == ["strategy", "interest", "as agreed"]


def test_dates_and_negative_amounts_are_not_broken_into_lines() -> None:
    cells = ["2027-12-01", "2027年12月1日", "−¥11,664.33", "¥1.00", "repay-early or not", "–"]
    html = Answer("It costs.", pd.DataFrame({"what": cells}))._repr_html_()
    kept = re.findall('<td style="[^"]*white-space: nowrap">(.*?)</td>', html)
    assert kept == cells[:3]


def test_words_stand_at_the_left() -> None:
    frame = pd.DataFrame({"terms": ["36 months", "12 months"], "interest": [1.0, 2.0]}, ["a", "b"])
    html = Answer("It costs.", frame)._repr_html_()
    left = re.findall('<t[dh] style="text-align: left">(.*?)</t[dh]>', html)
    assert left == ["terms", "a", "36 months", "b", "12 months"]


def test_what_is_best_is_bold_and_what_cash_cannot_carry_is_grey() -> None:
    names = ["keep", "repay", "settle"]
    frame = pd.DataFrame({"net_benefit": [0.0, 5.0, 9.0], "lowest_cash": [1.0, 0.0, -1.0]}, names)
    html = Answer("Repay.", frame, best=("repay",))._repr_html_()
    rows = html.split("<tr>")[1:]
    assert ["<b>" in row for row in rows] == [False, True, False]
    assert ["color: #767676" in row for row in rows] == [False, False, True]


def test_only_the_first_sentence_is_bold() -> None:
    said = passage(["it costs nothing.", "<b> is no mark."])
    html = Answer(said, pd.DataFrame({"fee": [1.0]}))._repr_html_()
    assert "<p><strong>It costs nothing.</strong> &lt;b&gt; is no mark.</p>" in html


def test_what_is_the_same_for_all_ways_is_told_once() -> None:
    frame = pd.DataFrame({"interest": [1.0, 2.0], "fee": [0.0, 0.0]}, ["keep", "repay"])
    answer = Answer("It costs.", frame, "Fees as the app shows them.")
    assert "<th>fee</th>" not in answer._repr_html_()
    note = "The same in every row: fee ¥0.00. Fees as the app shows them."
    assert note in answer._repr_html_()
    assert repr(answer).endswith(note)
    alone = Answer("It costs.", frame.iloc[:1])
    assert "<th>fee</th>" in alone._repr_html_()


@pytest.mark.parametrize("path", STORED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_headings_are_in_order_and_in_the_language_of_the_page(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    texts = [re.sub("```.*?```", "", each.source, flags=re.DOTALL) for each in cells]
    markdown = [
        text for text, each in zip(texts, cells, strict=True) if each.cell_type == "markdown"
    ]
    heads = re.findall(r"^(#+) (.*)$", "\n".join(markdown), re.MULTILINE)
    levels = [len(marks) for marks, _ in heads]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for _, words in heads:
        assert bool(re.search("[一-鿿]", words)) == (path.parent.name == "zh"), words
