"""Every notebook in a real JupyterLab and a real browser, as a reader uses it.

In one of them a reader does all there is to do, and what is seen is compared with what the same
notebook shows in this process; in the others it has to follow the numbers.
"""

import html
import re
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

import jiebei as jb
from jiebei.language.chosen import speaking
from jiebei.language.words import say
from jiebei.notebook.answer import shown
from tests.browser.conftest import MEASURED
from tests.browser.jupyterlab import Desk, Server, Sliders
from tests.helpers.notebook_runner import Run, cells, parameters, run_notebook
from tools.stored import NOTEBOOKS

pytestmark = pytest.mark.browser

CORE = "03_repay_early"
OTHERS = [name for path in sorted(NOTEBOOKS.glob("*.ipynb")) if (name := path.stem) != CORE]
CHANGE = {"principal": 60_000, "daily_rate": 0.0003}
MISTAKE = {"daily_rate": 0.04}  # 0.04 % written as if it were the number
FILE = "taken_home.xlsx"

# Here all cells run three times in one kernel: changed, in the other language, with another loan.
AGAIN = ("00_start_here", "07_overdue", "10_credit_tiers", "12_many_lenders")
LOAN = {"principal": 30_000, "daily_rate": 0.00045, "months": 12, "start": "2026-07-10"}

# What a reader types who has never seen Python, and what is meant.
TYPED = {
    "lang": "中文",
    "principal": "3万",
    "daily_rate": "０.045％",
    "start": "2026年7月10日",
    "method": "先息后本",
}
MEANT = LOAN | {"lang": "zh", "method": "interest_only"}
UNREADABLE = {"lang": "“zh”", "principal": "", "start": "2026年7月10日"}

Picture = Callable[[str], None]


def source(name: str, **values: Any) -> str:
    """Return the cell of the parameters with some of them set anew."""
    return typed(name, **{each: repr(value) for each, value in values.items()})


def typed(name: str, **values: str) -> str:
    """Return the cell of the parameters with some of its lines as they were typed."""
    (text,) = (each for each, holds in cells(name) if holds)
    for parameter, value in values.items():
        line = re.compile(rf"^{parameter} = .*$", re.MULTILINE)
        assert line.search(text)
        text = line.sub(lambda _: f"{parameter} = {value}", text)  # noqa: B023
    return text


def expected(run: Run, lang: str = "en") -> tuple[str, list[str]]:
    """Return the headline of a notebook and the cells of its first table."""
    answer = run.answers[0]
    with speaking(lang):
        table = shown(answer.table)
        return answer.headline, [str(each) for each in table.to_numpy().ravel()]


def panel_of(run: Run) -> jb.controls.Panel:
    """Return the sliders of a notebook."""
    (panel,) = (each for each in run.shown if isinstance(each, jb.controls.Panel))
    return panel


def shown_by(panel: jb.controls.Panel) -> tuple[str, str, str]:
    """Return the parameters to copy, the headline, and the words of the picture."""
    text, alt = (
        re.search("<pre>(.*)</pre>", panel.text.value, re.DOTALL),
        re.search('alt="(.*?)"', panel.chart.value),
    )
    assert text
    assert alt
    return html.unescape(text[1]), panel.headline, html.unescape(alt[1])


def press_a_key(sliders: Sliders, panel: jb.controls.Panel) -> None:
    """Move the first slider with a key."""
    slider = next(iter(panel.sliders.values()))
    slider.index += 1
    assert sliders.press(slider.description, "ArrowRight") == slider.label
    sliders.assert_show(*shown_by(panel))


def drag_with_the_mouse(sliders: Sliders, panel: jb.controls.Panel) -> None:
    """Move the second slider with the mouse."""
    slider = list(panel.sliders.values())[1]
    before = shown_by(panel)
    slider.label = sliders.drag(slider.description, 0.75)
    assert shown_by(panel) != before
    sliders.assert_show(*before)  # nothing follows before the slider is let go
    sliders.let_go()
    sliders.assert_show(*shown_by(panel))


@pytest.mark.parametrize("name", OTHERS)
def test_a_notebook_answers_anew(
    name: str, desk: Desk, picture: Picture, record_property: Any
) -> None:
    notebook = desk.go_to(name)
    stored = notebook.seen()
    known = parameters(name)
    changed = next(each for each in ("daily_rate", "principal", "loans") if each in known)
    notebook.write(source(name, **{changed: ({"loans": 2_000} | CHANGE)[changed]}))
    notebook.start()
    sliders = Sliders(notebook)  # they come last, and are not stored
    notebook.finish()
    assert all(now != before for now, before in zip(notebook.seen(), stored, strict=True))

    before = sliders.seen()
    sliders.press_first("ArrowRight")
    record_property(MEASURED, sliders.latencies(1))
    assert all(now != before for now, before in zip(sliders.seen(), before, strict=True))
    picture("sliders")
    for values in ({"lang": "zh"}, LOAN) if name in AGAIN else ():
        given = {each: value for each, value in values.items() if each in parameters(name)}
        notebook.write(source(name, **given))
        notebook.clear()
        notebook.start()
        notebook.finish()
        assert notebook.panels.count() == 1
        picture("again")


def test_a_reader_changes_all_there_is_to_change(
    desk: Desk, lab: Server, picture: Picture, record_property: Any
) -> None:
    notebook = desk.go_to(CORE)

    def see(lang: str = "en", export_to: str = "", **values: Any) -> Run:
        """Set parameters anew, run all cells, and see what this process finds as well."""
        notebook.write(source(CORE, lang=lang, export_to=export_to, **values))
        notebook.clear()
        notebook.start()
        run = run_notebook(CORE, lang=lang, **values)
        notebook.finish()
        notebook.assert_shows(*expected(run, lang))
        return run

    run = see()
    first_picture = notebook.pictures.first.get_attribute("src")
    panel, sliders = panel_of(run), Sliders(notebook)
    press_a_key(sliders, panel)
    drag_with_the_mouse(sliders, panel)
    sliders.copy(say("control.copied"))
    record_property(MEASURED, sliders.latencies(2))
    picture("sliders")

    for _ in range(2):  # the second time, the file is there already
        see(**CHANGE, export_to=FILE)
        assert notebook.pictures.first.get_attribute("src") != first_picture
        assert openpyxl.load_workbook(lab.notebooks / FILE).sheetnames
        assert notebook.panels.count() == 1
    picture("changed")

    with pytest.raises(jb.JiebeiError) as words:
        run_notebook(CORE, **MISTAKE)
    notebook.write(source(CORE, **MISTAKE))
    notebook.clear()
    notebook.start()
    notebook.assert_says(str(words.value))
    picture("mistake")

    notebook.write(typed(CORE, **UNREADABLE))
    notebook.clear()
    notebook.start()
    notebook.assert_says(
        "JiebeiError: 灰色格子第2行“principal =”看不懂：请照这样写 principal = 30000"
    )
    picture("unreadable")

    notebook.write(typed(CORE, **TYPED))
    notebook.clear()
    notebook.start()
    run = run_notebook(CORE, **MEANT)
    notebook.finish()
    notebook.assert_shows(*expected(run, "zh"))
    picture("typed")
