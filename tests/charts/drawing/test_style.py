import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import font_manager

from jiebei import charts
from jiebei.charts.drawing.labels import spread
from jiebei.charts.drawing.scales import as_numbers, scale
from jiebei.charts.drawing.style import (
    EDGE,
    MARKERS,
    PLACES,
    SERIES,
    axes,
    cell,
    frame,
    series,
    style,
)
from jiebei.charts.drawing.text import FAMILY, TITLE, text_width, ways, wrap
from jiebei.language import table, use, words
from tests.helpers.texts import assert_texts_apart, seen

pytestmark = pytest.mark.usefixtures("lang")


def labels_of(axis):
    return [label.get_text() for label in axis.get_ticklabels()]


# Fonts and lines of text -------------------------------------------------------------------


def test_the_fonts_are_found():
    with style():
        for weight in ("normal", "bold"):
            font = font_manager.FontProperties(family=FAMILY[:1], weight=weight)
            found = font_manager.findfont(font, fallback_to_default=False)
            assert found.endswith(f"NotoSansSC-{'Bold' if weight == 'bold' else 'Regular'}.ttf")


def test_the_style_leaves_the_settings_of_others_alone():
    before = dict(mpl.rcParams)
    with style():
        pass
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("text", ["Repay early saves ¥1,024", "提前还款可以省¥1,024的利息"])
def test_text_is_as_wide_as_it_is_measured(text):
    widths = []
    for dpi in (100, 200):  # on the screen, and stored
        with style():
            figure = plt.figure(dpi=dpi)
            drawn = figure.text(0, 0.5, text, size=TITLE, weight="bold")
            figure.canvas.draw()
        widths.append(drawn.get_window_extent().width * 72 / dpi)
    assert max(widths) == pytest.approx(text_width(text, TITLE, "bold"), abs=1.5)


WORDS = st.text(st.sampled_from("ab ¥1,234 提前还款。，（）《》+-"), max_size=80)


@given(WORDS, st.floats(30, 300))
def test_wrapped_lines_fit_and_keep_every_character(text, width):
    lines = wrap(text, width, most=99)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(text_width(line) <= width or len(line) == 1 for line in lines)


@given(WORDS, st.floats(60, 300), st.integers(1, 3))
def test_cut_lines_keep_to_their_number(text, width, most):
    lines = wrap(text, width, most=most)
    assert len(lines) <= most
    assert all(text_width(line) <= width for line in lines)


def test_no_line_begins_with_a_closing_mark():
    lines = wrap("提前还款，缩短期限，可以省下不少利息（见下表）。" * 3, 100)
    assert all(line[0] not in "，。）" and line[-1] != "（" for line in lines)


def test_the_check_of_texts_finds_what_is_wrong():
    figure = plt.figure()
    figure.text(0.5, 0.5, "one")
    assert_texts_apart(figure)
    figure.text(0.51, 0.51, "two")
    with pytest.raises(AssertionError, match="'one' overlaps 'two'"):
        assert_texts_apart(figure)
    outside = plt.figure()
    outside.text(0.99, 0.5, "too long")
    with pytest.raises(AssertionError, match="'too long' leaves the figure"):
        assert_texts_apart(outside)


# Scales ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("high", "unit", "last"),
    [
        (0.03, {"en": "yuan", "zh": "元"}, {"en": "0.03", "zh": "0.03"}),
        (50_000, {"en": "yuan", "zh": "元"}, {"en": "50,000", "zh": "50,000"}),
        (120_000, {"en": "yuan", "zh": "万元"}, {"en": "100,000", "zh": "10.0"}),
        (8_000_000, {"en": "yuan", "zh": "万元"}, {"en": "8,000,000", "zh": "800"}),
    ],
)
def test_money_is_counted_as_the_reader_counts(lang, high, unit, last):
    ax = axes(None)
    ax.set_ylim(0, high)
    assert scale(ax.yaxis, 0, high) == unit[lang]
    assert labels_of(ax.yaxis)[-1] == last[lang]


def test_ticks_below_zero_have_a_real_minus():
    ax = axes(None)
    scale(ax.yaxis, -100, 100, "number")
    assert labels_of(ax.yaxis) == ["−100", "−50", "0", "50", "100"]


@pytest.mark.parametrize("days", [0, 1, 7, 44, 45, 200, 400, 800, 2000, 11_000])
def test_dates_are_few_and_carry_their_year_once(lang, days):
    start = np.datetime64("2026-12-10")
    low, high = as_numbers([start, start + np.timedelta64(days, "D")], "date")
    ax = axes(None)
    ax.set_xlim(low, high + 1)
    scale(ax.xaxis, low, high, "date")
    labels = labels_of(ax.xaxis)
    assert 1 <= len(labels) <= 10
    years = [label.split("\n")[1] for label in labels if "\n" in label]
    assert years == sorted(set(years))


# The frame ---------------------------------------------------------------------------------


def framed(ax=None, **more):
    with style():
        ax = axes(ax)
        ax.set(xlim=(0, 1), ylim=(0, 1e6))
        unit = scale(ax.yaxis, 0, 1e6)
        scale(ax.xaxis, 0, 1, "percent")
        title = "Repaying early is worth it 提前还款更划算 " * 3
        frame(ax, title, "Interest 利息, {unit}", "A note 说明 " * 30, unit=unit, **more)
    return ax


def test_title_subtitle_and_note_are_flush_with_the_left_edge():
    ax = framed(x_label="rate", y_label="days", key=[("interest", "#D55E00"), ("本金", "#999999")])
    assert_texts_apart(ax.figure)
    shown = seen(ax.figure)
    starts = [box.x0 for text, box in shown if text.startswith(("Repay", "Interest", "A note"))]
    assert starts == pytest.approx([EDGE * 100 / 72] * len(starts), abs=1.5)
    assert "Repaying" in ax.get_title()


def test_the_unit_stands_in_the_subtitle(lang):
    written = " ".join(text for text, _ in seen(framed().figure))
    assert {"en": ", yuan", "zh": "万元"}[lang] in written


def test_charts_keep_to_their_cells():
    figure, grid = plt.subplots(2, 2, figsize=(11, 8), width_ratios=(2, 1))
    for ax in grid.flat:
        framed(ax)
    assert_texts_apart(figure)
    for ax in grid.flat:
        box, room = ax.get_window_extent(), cell(ax)
        assert box.x0 > room.x0 * 100 / 72
        assert box.x1 < room.x1 * 100 / 72


def test_strategies_of_ones_own_take_colours_and_marks_in_order():
    looks = series(f"plan {place}" for place in range(5))
    assert [each.colour for each in looks] == list(SERIES[:5])
    assert len({each.marker for each in looks}) == 5


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_known_strategy_keeps_its_colour_and_mark_whatever_stands_beside_it(lang):
    use(lang)
    names = [words.say(f"strategy.{key}") for key in ("as_agreed", "extend")]
    pair = series(names)
    three = series([names[0], "my own plan", names[1]])
    use("en")
    assert pair[1][:2] == three[2][:2] == (SERIES[3], "D")
    assert len({each.colour for each in three}) == 3


# Pushing labels apart ----------------------------------------------------------------------


@given(st.lists(st.floats(0, 100), min_size=1, max_size=6))
def test_labels_that_are_spread_do_not_overlap(wanted):
    placed = np.sort(spread(wanted, [12.0] * len(wanted), 0, 100))
    assert (np.diff(placed) >= 12 - 1e-6).all()
    assert placed[0] >= 6 - 1e-6
    assert placed[-1] <= 94 + 1e-6


def test_labels_with_room_stay_where_they_are():
    assert spread([20.0, 80.0, 50.0], [12.0] * 3, 0, 100).tolist() == [20.0, 80.0, 50.0]


def test_a_short_name_in_quotation_marks_is_not_broken():
    text = "按折算利率2.00%，还得起的办法里「免息分期」最划算；到23.14%以上，「利率减半」最划算"
    for width in range(120, 500, 7):
        lines = wrap(text, width)
        assert "".join(lines) == text
        assert all(line.count("「") == line.count("」") for line in lines)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (
            "利率18%时，「从别处借」划算¥19.38；高于24.2%，换成「晚还」划算",
            "利率18%时，「从别处借」划算¥19.38；",
        ),
        ("晚还30天多花¥81.06，其中40%才是逾期的代价", "晚还30天多花¥81.06，"),
        (
            "这5种办法里，「提前还款」最划算：到2027年12月1日，多¥1,577",
            "这5种办法里，「提前还款」最划算：",
        ),
        ("按原计划还清日是2027年12月1日", "按原计划还清日是"),
        ("宽限3个月以后净收益是−¥1,590", "宽限3个月以后"),
    ],
)
def test_a_title_is_broken_where_a_reader_pauses_and_in_no_word(text, first):
    lines = wrap(text, 0.62 * text_width(text))
    assert lines[0] == first
    assert "".join(lines) == text


@pytest.mark.parametrize("key", PLACES)
def test_a_strategy_is_known_by_its_key_in_either_language(lang, key):
    english, chinese = table.in_each_language(f"strategy.{key}")
    assert series([english]) == series([chinese])
    assert series([english])[0].colour == SERIES[PLACES[key]]


@pytest.mark.parametrize("named_in", ["en", "zh"])
def test_a_picture_has_the_same_colours_in_both_languages(lang, named_in):
    """Extend is green: the review found it blue in Chinese where the names stayed English."""
    place = ("en", "zh").index(named_in)
    keys = ("as_agreed", "repay_lower", "extend", "settle")
    names = [table.in_each_language(f"strategy.{key}")[place] for key in keys]
    ax = charts.lines([0, 1, 2], {name: [at, at, at] for at, name in enumerate(names)})
    drawn = [
        (line.get_color(), line.get_marker()) for line in ax.lines if len(line.get_xdata()) == 3
    ]
    expected = [(SERIES[place], MARKERS[place]) for place in (0, 1, 3, 5)]
    assert drawn == expected


def test_no_word_is_broken_to_set_a_name_on_two_lines():
    """07[12] of the review: "borrow e / lsewhere"."""
    assert ways("borrow elsewhere", 150) == ["borrow elsewhere", "borrow\nelsewhere"]
    for name in ("borrow elsewhere", "keep extraordinarilylongword", "an indivisible"):
        for way in ways(name, 400):
            assert way.replace("\n", " ") == name
