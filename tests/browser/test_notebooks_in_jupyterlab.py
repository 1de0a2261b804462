"""Every notebook in a real JupyterLab and a real browser, as a reader uses it.

In one of them a reader does all there is to do, in both languages, and what is seen is compared
with what the same page shows in this process; the others have to follow the numbers, each in one
language, by turns.
"""

import html
import re
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import expect

import jiebei as jb
from jiebei.language.chosen import speaking
from jiebei.language.frames import column
from jiebei.language.words import say
from jiebei.notebook.answer import shown, whole_yuan
from tests.browser.conftest import MEASURED
from tests.browser.jupyterlab import FIRST, MENUS, Desk, Sliders
from tests.helpers.notebook_runner import Run, cells, parameters, run_notebook
from tools.stored import NOTEBOOKS, SETS, folded, pages, read

pytestmark = pytest.mark.browser

CORE = "03_repay_early"
OTHERS = [name for path in pages(NOTEBOOKS) if (name := path.stem) != CORE]
BY_TURNS = [(name, ("en", "zh")[place % 2]) for place, name in enumerate(OTHERS)]
CHANGE = {"principal": 60_000, "daily_rate": 0.0003}
MISTAKE = {"daily_rate": 0.04}  # 0.04 % written as if it were the number
FILE = "taken_home.xlsx"

# Here all cells run twice in one kernel: changed, and with another loan.
AGAIN = ("00_start_here", "07_overdue", "10_credit_tiers", "12_many_lenders")
LOAN = {"principal": 30_000, "daily_rate": 0.00045, "months": 12, "start": "2026-07-10"}

# What a reader types who has never seen Python, and what is meant.
TYPED = {
    "principal": "3万",
    "daily_rate": "０.045％",
    "start": "2026年7月10日",
    "method": "先息后本",
}
MEANT = LOAN | {"method": "interest_only"}
UNREADABLE = {"principal": "", "start": "2026年7月10日"}

Picture = Callable[[str], None]


def source(name: str, lang: str, **values: Any) -> str:
    """Return the cell of the parameters with some of them set anew."""
    return typed(name, lang, **{each: repr(value) for each, value in values.items()})


def typed(name: str, lang: str, **values: str) -> str:
    """Return the cell of the parameters with some of its lines as they were typed."""
    (text,) = (each for each, holds in cells(name, lang) if holds)
    for parameter, value in values.items():
        line = re.compile(rf"^{parameter} = .*$", re.MULTILINE)
        assert line.search(text)
        text = line.sub(lambda _: f"{parameter} = {value}", text)  # noqa: B023
    return text


def expected(run: Run, lang: str) -> tuple[str, list[str]]:
    """Return the headline of a notebook and the cells of its first table."""
    answer = next(each for each in run.answers if not each.figures.empty)
    with speaking(lang):
        figures = answer.apart()[0]
        table = shown(figures, whole_yuan(figures))
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


@pytest.mark.parametrize(("name", "lang"), BY_TURNS)
def test_a_notebook_answers_anew(
    name: str, lang: str, desk: Desk, picture: Picture, record_property: Any
) -> None:
    notebook = desk.go_to(name)
    stored = notebook.seen()
    known = parameters(name)
    # The lanes of the best plan come first, and are the same at a rate a little lower.
    first = "principal" if name == "16_best_plan" else "daily_rate"
    changed = next(each for each in (first, "principal", "loans") if each in known)
    notebook.write(source(name, lang, **{changed: ({"loans": 2_000} | CHANGE)[changed]}))
    notebook.start()
    sliders = Sliders(notebook)  # they come last, and are not stored
    notebook.finish()
    assert all(now != before for now, before in zip(notebook.seen(), stored, strict=True))

    before = sliders.seen()
    sliders.press_first("ArrowRight")
    record_property(MEASURED, sliders.latencies(1))
    assert all(now != before for now, before in zip(sliders.seen(), before, strict=True))
    picture("sliders")
    if name in AGAIN:
        given = {each: value for each, value in LOAN.items() if each in parameters(name)}
        notebook.write(source(name, lang, **given))
        notebook.clear()
        notebook.start()
        notebook.finish()
        assert notebook.panels.count() == 1
        picture("again")


@pytest.mark.parametrize("lang", SETS)
def test_a_reader_changes_all_there_is_to_change(
    lang: str, desk: Desk, picture: Picture, record_property: Any
) -> None:
    notebook = desk.go_to(CORE)

    def run_all(cell: str) -> None:
        """Write the grey cell anew, and run all cells."""
        notebook.write(cell)
        notebook.clear()
        notebook.start()

    def see(export_to: str = "", **values: Any) -> Run:
        """Set parameters anew, run all cells, and see what this process finds as well."""
        run_all(source(CORE, lang, export_to=export_to, **values))
        run = run_notebook(CORE, lang, **values)
        notebook.finish()
        notebook.assert_shows(*expected(run, lang))
        return run

    run = see()
    first_picture = notebook.pictures.first.get_attribute("src")
    with speaking(lang):
        panel, sliders = panel_of(run), Sliders(notebook)
        press_a_key(sliders, panel)
        drag_with_the_mouse(sliders, panel)
        sliders.copy(say("control.copied"))
    record_property(MEASURED, sliders.latencies(2))
    picture("sliders")
    with speaking(lang):
        expect(notebook.under_the_pointer()).to_contain_text(column("date"))
    picture("pointer")

    for _ in range(2):  # the second time, the file is there already
        see(**CHANGE, export_to=FILE)
        assert notebook.pictures.first.get_attribute("src") != first_picture
        book = openpyxl.load_workbook(desk.server.notebooks / FILE)
        assert bool(re.search("[一-鿿]", "".join(book.sheetnames))) == (lang == "zh")
        assert notebook.panels.count() == 1
    picture("changed")

    with pytest.raises(jb.JiebeiError) as words:
        run_notebook(CORE, lang, **MISTAKE)
    run_all(source(CORE, lang, **MISTAKE))
    notebook.assert_says(str(words.value))
    picture("mistake")

    run_all(typed(CORE, lang, **UNREADABLE))
    how = {"line": 1, "text": "principal =", "how": "principal = 30000"}
    with speaking(lang):
        notebook.assert_says(say("typed.line", **how))
    picture("unreadable")

    run_all(typed(CORE, lang, **TYPED))
    run = run_notebook(CORE, lang, **MEANT)
    notebook.finish()
    notebook.assert_shows(*expected(run, lang))
    picture("typed")


@pytest.mark.parametrize("lang", SETS)
def test_menus_folds_files_and_the_way_to_the_twin(lang: str, desk: Desk, picture: Picture) -> None:
    desk.open()  # the kernel of the first page may have been ended
    notebook, page = desk.go_to(FIRST), desk.page
    names = [desk.called(each) for each in MENUS["zh"]][:8]
    expect(page.locator(".lm-MenuBar-item")).to_have_text(names)
    expect(page.locator(".Toastify__toast")).to_have_count(0)  # nobody asks about news

    opens = notebook.panel.locator(".jp-CodeCell .jp-Placeholder")
    expect(opens).to_have_count(sum(map(folded, read(SETS[lang] / f"{FIRST}.ipynb").cells)))
    picture("folded")
    desk.choose("View", "Expand All Code")
    expect(opens).to_have_count(0)

    notebook.panel.locator(f'a[href*="{FIRST}.ipynb"]').first.click()
    here = page.locator(".lm-TabBar-tab.jp-mod-current", has_text=FIRST)
    twin = SETS[{"en": "zh", "zh": "en"}[lang]].relative_to(NOTEBOOKS.parent).as_posix()
    expect(here).to_have_attribute("title", re.compile(f"{twin}/{FIRST}"))

    page.locator(".jp-BreadCrumbs-home").click()
    expect(page.locator(".jp-DirListing-item", has_text=re.compile("^data"))).to_be_visible()
    picture("files")
