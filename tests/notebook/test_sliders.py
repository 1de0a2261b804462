"""Sliders ask the notebook's own question, stay in range, and say mistakes in words."""

import gc
import html
import random
import re
import subprocess
import sys
import weakref
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from ipywidgets.widgets import widget
from matplotlib.axes import Axes
from traitlets import TraitError

import jiebei as jb
from jiebei.notebook import sliders
from jiebei.notebook.answer import Answer
from jiebei.notebook.rules import rules
from jiebei.notebook.sliders import DATES, TIDY_EVERY, Panel, explore
from tests.helpers.notebook_runner import parameters, run_notebook
from tools.stored import NOTEBOOKS

STORED = sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))
TERMS = {"start": "2026-12-01", "principal": 50_000, "daily_rate": 0.0004, "months": 12}
DECISION = {"repay_amount": 20_000, "repay_on": "2027-03-01"}


class Asked:
    """A question that is answered at once, and remembers what it was asked."""

    def __init__(self) -> None:
        self.values: list[dict[str, Any]] = []

    def __call__(self, **values: Any) -> tuple[Answer, Axes]:
        self.values.append(values)
        loan = jb.Loan(
            *(values[each] for each in ("principal",)),
            **{each: values[each] for each in ("start", "daily_rate", "months")},
        )
        if "repay_on" in values:
            loan = loan.prepay(values["repay_amount"], on=values["repay_on"])
        interest = loan.summary().interest
        axes = plt.figure().gca()
        axes.set_title(f'"{interest}" < all')
        return Answer(f'"{interest}" < 元', pd.DataFrame({"interest": [interest]})), axes


def copied(panel: Panel) -> dict[str, Any]:
    """Return what the copied lines set when they are run."""
    lines = re.search("<pre>(.*)</pre>", panel.text.value, re.DOTALL)
    assert lines
    values: dict[str, Any] = {}
    exec(html.unescape(lines[1]), {}, values)
    return values


# One panel ----------------------------------------------------------------------------------------


def test_the_answer_follows_each_move_and_is_asked_for_once() -> None:
    asked = Asked()
    panel = explore(asked, **TERMS, **DECISION)
    assert asked.values == [TERMS | DECISION]
    before = panel.answer.value, panel.headline
    panel.sliders["principal"].value = 60_000
    assert asked.values[1:] == [TERMS | DECISION | {"principal": 60_000}]
    assert panel.answer.value != before[0]
    assert panel.headline != before[1]
    assert html.escape(panel.headline) in panel.answer.value
    assert "<table" in panel.answer.value


def test_the_picture_says_its_finding_and_leaves_no_figure_behind() -> None:
    panel = explore(Asked(), **TERMS)
    assert 'alt="&quot;4037.33&quot; &lt; all"' in panel.chart.value
    assert 'src="data:image/png;base64,' in panel.chart.value
    assert plt.get_fignums() == []


def test_a_slider_follows_only_when_it_is_let_go() -> None:
    for slider in explore(Asked(), **TERMS, **DECISION).sliders.values():
        assert slider.continuous_update is False


def test_a_notebook_shows_the_widgets_and_elsewhere_the_headline() -> None:
    panel = explore(Asked(), **TERMS)
    shown = panel._repr_mimebundle_()
    assert shown["text/plain"] == repr(panel) == panel.headline
    assert shown["application/vnd.jupyter.widget-view+json"]["model_id"] == panel.box.model_id


@pytest.mark.parametrize(
    ("name", "value"),
    [("months", 0), ("months", 61), ("principal", 0), ("daily_rate", 0.0012), ("daily_rate", -1)],
)
def test_nothing_out_of_range_can_be_set(name: str, value: float) -> None:
    panel = explore(Asked(), **TERMS)
    with pytest.raises(TraitError):
        panel.sliders[name].value = value
    assert panel.values == TERMS


@pytest.mark.parametrize(
    "odd", [{"principal": 8_000_000}, {"principal": 51_234.56}, {"daily_rate": 0.00041}]
)
def test_a_value_between_or_beyond_the_steps_is_kept(odd: dict[str, Any]) -> None:
    panel = explore(Asked(), **TERMS | odd)
    assert panel.values == TERMS | odd == copied(panel)


@pytest.mark.parametrize(
    "odd",
    [
        {"reborrow_amount": 60_000},  # a line lends it again and again: no part of the first loan
        {"repay_amount": 60_000},
        {"repay_on": "2027-12-01", "repay_amount": 500},
        {"repay_on": "2026-11-01", "repay_amount": 500},
        {"grace_days": 45},
    ],
)
def test_the_panel_first_asks_what_was_entered(odd: dict[str, Any]) -> None:
    """Also where it cannot be: its slider goes back into the loan when another one is let go."""
    asked = Asked()
    panel = explore(asked, **TERMS, **odd)
    assert asked.values == [TERMS | odd]
    panel.sliders["daily_rate"].value = 0.0005
    name = next(iter(odd))
    assert (panel.values[name] == odd[name]) == (name in ("reborrow_amount", "grace_days"))


def test_a_decision_stays_within_the_loan() -> None:
    panel = explore(Asked(), **TERMS, **DECISION)
    day, amount = panel.sliders["repay_on"], panel.sliders["repay_amount"]
    assert [day.options[0][1], day.options[-1][1]] == ["2026-12-01", "2027-11-30"]
    assert amount.options[-1] == ("¥50,000", 50_000)
    panel.sliders["months"].value = 2
    assert [day.value, day.options[-1][1]] == ["2027-01-31", "2027-01-31"]
    panel.sliders["months"].value = 24
    assert [day.value, day.options[-1][1]] == ["2027-01-31", "2028-11-30"]
    panel.sliders["principal"].value = 1_000
    assert [amount.value, amount.options[-1][1]] == [1_000, 1_000]


def test_a_day_may_be_given_in_days_after_the_drawdown() -> None:
    panel = explore(Asked(), **TERMS, repay_amount=20_000, repay_on=90)
    assert panel.values["repay_on"] == "2027-03-01"


def test_a_mistake_is_said_in_words_and_the_chart_stays() -> None:
    panel = explore(Asked(), **TERMS, **DECISION)
    chart = panel.chart.value
    panel.sliders["repay_amount"].value = 50_000
    assert "owed that day" in panel.headline
    assert html.escape(panel.headline) in panel.answer.value
    assert "<table" not in panel.answer.value
    assert panel.chart.value == chart
    assert "jiebei-before" in panel.chart._dom_classes
    panel.sliders["repay_amount"].value = 10_000
    assert "<table" in panel.answer.value
    assert "jiebei-before" not in panel.chart._dom_classes


def test_what_is_no_mistake_of_the_borrower_is_not_kept_quiet() -> None:
    def broken(**values: Any) -> tuple[Answer, Axes]:
        raise ZeroDivisionError("broken")

    with pytest.raises(ZeroDivisionError, match="broken"):
        explore(broken, **TERMS)


def test_the_copied_lines_give_the_values_back_without_noise() -> None:
    panel = explore(Asked(), **TERMS, **DECISION)
    for label, value in panel.sliders["daily_rate"].options[::7]:
        panel.sliders["daily_rate"].label = label
        assert copied(panel) == panel.values
        assert copied(panel)["daily_rate"] == value
        (line,) = re.findall("daily_rate = (.*)", panel.text.value)
        assert re.fullmatch(r"0\.\d{1,5}", line)
    assert 'repay_on = "2027-03-01"' in html.unescape(panel.text.value)
    assert "principal = 50_000\n" in panel.text.value


def test_a_name_without_a_slider_is_refused() -> None:
    with pytest.raises(jb.JiebeiError, match="'month' has no slider: did you mean 'months'"):
        explore(Asked(), month=12)
    with pytest.raises(jb.JiebeiError, match="repay_on: give start= as well"):
        explore(Asked(), repay_on="2027-03-01")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_slider_has_a_label_and_writes_its_values(lang: str) -> None:
    sliding = {name: rule.slide for name, rule in rules().items() if rule.slide}
    values = {name: each.least for name, each in sliding.items()} | dict.fromkeys(DATES, 0)
    values |= {"start": "2026-12-01", "months": 12, "method": "bullet"}
    jb.use(lang)
    panel = explore(lambda **_: (Answer("!", pd.DataFrame()), plt.figure().gca()), **values)
    for name, slider in panel.sliders.items():
        labels = [label for label, _ in slider.options]
        assert len(set(labels)) == len(labels) > 1, name
        for text in (slider.description, labels[0] if name in (*DATES, "method") else ""):
            chinese = bool(re.search("[一-鿿]", text))
            assert chinese == (lang == "zh" and bool(text)), text


# A cell that runs again --------------------------------------------------------------------------


def live() -> set[str]:
    """Return the widgets that a kernel keeps."""
    return set(widget._instances)


def test_the_panel_of_an_earlier_run_is_closed() -> None:
    def question(**values: Any) -> tuple[Answer, Axes]:
        return Asked()(**values)

    before = live()
    first = explore(question, **TERMS)
    kept = live() - before
    second = explore(question, **TERMS | {"months": 6})
    assert not kept & live()
    assert len(live() - before) == len(kept)
    asked = first.answer.value
    first.sliders["months"].value = 3
    assert first.answer.value == asked, "nobody asks any more"
    assert first._repr_mimebundle_() == {"text/plain": first.headline}
    second.sliders["months"].value = 3
    assert second.headline


def test_the_panels_of_two_cells_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    class Shell:
        cell = "a"

        def get_parent(self) -> dict[str, Any]:
            return {"metadata": {"cellId": self.cell}}

    shell, before = Shell(), live()
    monkeypatch.setattr(sliders, "get_ipython", lambda: shell)
    explore(Asked(), **TERMS)
    one = len(live() - before)
    shell.cell = "b"
    explore(Asked(), **TERMS)
    assert len(live() - before) == 2 * one
    explore(Asked(), **TERMS)
    shell.cell = "a"
    explore(Asked(), **TERMS)
    assert len(live() - before) == 2 * one


def test_a_panel_that_is_used_for_long_keeps_nothing_of_what_it_showed() -> None:
    """Forty releases leave no figure, no widget, and no more objects than ten do."""
    panel = panel_of("03_repay_early")
    chosen = random.Random(1)

    def let_go(times: int) -> int:
        for _ in range(times):
            slider = chosen.choice(list(panel.sliders.values()))
            slider.index = chosen.randrange(len(slider.options))
        gc.collect()
        return len(gc.get_objects())

    few, widgets = let_go(10), live()
    many = let_go(40)
    assert live() == widgets
    assert plt.get_fignums() == []
    assert many - few < 20_000  # a single figure has a tenth of that


def test_charts_that_are_not_shown_any_more_do_not_wait_in_memory() -> None:
    figures = weakref.WeakSet[Any]()

    def question(**values: Any) -> tuple[Answer, Axes]:
        answer, axes = Asked()(**values)
        figures.add(axes.figure)
        return answer, axes

    panel = explore(question, **TERMS)
    gc.disable()
    try:
        for months in range(13, 13 + 2 * TIDY_EVERY):
            panel.sliders["months"].value = months
            assert len(figures) <= TIDY_EVERY + 1
    finally:
        gc.enable()
    assert len(figures) <= 1


# The panel of every notebook ----------------------------------------------------------------------


def panel_of(name: str, **values: Any) -> Panel:
    """Return the sliders under a notebook."""
    shown = [each for each in run_notebook(name, **values).shown if isinstance(each, Panel)]
    assert len(shown) == 1, f"{name} has {len(shown)} cells with sliders"
    return shown[0]


@pytest.mark.parametrize(("lang", "end"), [("en", 0), ("zh", -1)])
@pytest.mark.parametrize("name", STORED)
def test_every_slider_of_a_notebook_to_its_end(name: str, lang: str, end: int) -> None:
    panel = panel_of(name, lang=lang)
    jb.use(lang)
    assert panel.values == {each: parameters(name)[each] for each in panel.values}
    assert "<table" in panel.answer.value
    changed = set()
    for each, slider in panel.sliders.items():
        stood, shown = slider.value, (panel.answer.value, panel.chart.value)
        slider.label = slider.options[end][0]
        assert panel.headline
        assert copied(panel) == panel.values
        if (panel.answer.value, panel.chart.value) != shown:
            changed.add(each)
        elif end == 0:  # at the other end, more than enough cash changes nothing
            assert slider.value == stood, f"nothing follows the slider of {each}"
        for other, value in parameters(name).items():
            if other in panel.sliders:
                panel.sliders[other].value = value
    assert len(changed) > 1


@pytest.mark.parametrize("name", STORED[1:])  # the first page compares more ways than its sliders
def test_the_sliders_begin_with_the_answer_above_them(name: str) -> None:
    run = run_notebook(name)
    (panel,) = (each for each in run.shown if isinstance(each, Panel))
    assert panel.headline in [each.headline for each in run.answers]


def test_importing_the_package_loads_neither_charts_nor_widgets() -> None:
    code = """
import sys
import jiebei
heavy = {"matplotlib", "ipywidgets", "IPython", "scipy", "openpyxl"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
assert {"charts", "controls"} <= set(dir(jiebei))
jiebei.charts.balance
assert "matplotlib" in sys.modules and "ipywidgets" not in sys.modules
jiebei.controls.explore
assert "ipywidgets" in sys.modules
try:
    jiebei.chart
except AttributeError as error:
    assert "no attribute 'chart'" in str(error)
else:
    raise AssertionError
"""
    subprocess.run([sys.executable, "-c", code], check=True)
