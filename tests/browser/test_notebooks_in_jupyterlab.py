"""Every notebook in a real JupyterLab and a real browser, as a reader uses it.

What is seen there is compared with what the same notebook shows in this process.
"""

import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import jiebei as jb
from jiebei.report import shown
from tests.notebook_runner import Run, cells, parameters, run_notebook
from tools.notebooks import NOTEBOOKS

pytestmark = pytest.mark.browser

STORED = sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))
FIRST, *OTHERS = STORED
MISTAKE = {"daily_rate": 0.04}  # 0.04 % written as if it were the number
FILE = "taken_home.xlsx"


def source(name: str, **values: Any) -> str:
    """Return the cell of the parameters with some of them set anew."""
    (text,) = (each for each, holds in cells(name) if holds)
    for parameter, value in values.items():
        line = re.compile(rf"^{parameter} = .*$", re.MULTILINE)
        assert line.search(text)
        text = line.sub(lambda _: f"{parameter} = {value!r}", text)  # noqa: B023
    return text


def expected(run: Run, lang: str = "en") -> tuple[str, list[str]]:
    """Return the headline of a notebook and the cells of its first table."""
    answer = run.answers[0]
    jb.use(lang)
    table = shown(answer.table)
    jb.use("en")
    return answer.headline, [str(each) for each in table.to_numpy().ravel()]


def shown_by(panel: Any) -> tuple[str, str, str]:
    """Return the parameters to copy, the headline, and the words of the picture."""
    text, alt = (
        re.search("<pre>(.*)</pre>", panel.text.value, re.DOTALL),
        re.search('alt="(.*?)"', panel.chart.value),
    )
    assert text
    assert alt
    return html.unescape(text[1]), panel.headline, html.unescape(alt[1])


def move_sliders(notebook: Any, run: Run) -> list[float]:
    """Move a slider with a key and another with the mouse, and return how long it took."""
    from tests.browser.jupyterlab import Sliders

    (panel,) = (each for each in run.shown if isinstance(each, jb.controls.Panel))
    sliders = Sliders(notebook)
    by_key, by_mouse = list(panel.sliders.values())[:2]

    by_key.index += 1
    assert sliders.press(by_key.description, "ArrowRight") == by_key.label
    sliders.assert_show(*shown_by(panel))

    before = shown_by(panel)
    by_mouse.label = sliders.drag(by_mouse.description, 0.75)
    assert shown_by(panel) != before
    sliders.assert_show(*before)  # nothing follows before the slider is let go
    sliders.let_go()
    sliders.assert_show(*shown_by(panel))
    sliders.copy(jb.words.say("control.copied"))
    return sliders.latencies()


@pytest.mark.parametrize("name", STORED)
def test_a_notebook_answers_anew(
    name: str, lab: Any, page: Any, picture: Callable[[str], None], artefacts: Path
) -> None:
    notebook = lab.open(page, name)
    run = run_notebook(name)
    notebook.run()
    notebook.assert_shows(*expected(run))
    first_picture = notebook.pictures.first.get_attribute("src")

    times = move_sliders(notebook, run)
    (artefacts / f"{name}-latencies.json").write_text(json.dumps(times))
    picture("sliders")

    takes_away = {"export_to": FILE} if "export_to" in parameters(name) else {}
    notebook.write(source(name, principal=60_000, **takes_away))
    notebook.run()
    notebook.assert_shows(*expected(run_notebook(name, principal=60_000)))
    assert notebook.pictures.first.get_attribute("src") != first_picture
    if takes_away:
        assert openpyxl.load_workbook(lab.notebooks / FILE).sheetnames
        (lab.notebooks / FILE).unlink()
    picture("changed")

    with pytest.raises(jb.JiebeiError) as words:
        run_notebook(name, **MISTAKE)
    notebook.write(source(name, **MISTAKE))
    notebook.start()
    notebook.assert_says(str(words.value))
    picture("mistake")

    notebook.write(source(name, lang="zh"))
    notebook.run()
    notebook.assert_shows(*expected(run_notebook(name, lang="zh"), "zh"))
    picture("chinese")


def test_the_first_page_leads_to_the_others(lab: Any, page: Any) -> None:
    notebook = lab.open(page, FIRST)
    notebook.follow(OTHERS[0]).run()
