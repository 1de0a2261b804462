"""Every notebook at the edge of what makes sense, in both languages: it runs and reads well.

What it says at its first edges is written down, to be read where it changes:

    python -m tools.said 03_repay_early
"""

from typing import Any

import pytest

from tests.helpers.edges import EDGES, TOLD
from tests.helpers.nonsense import assert_words
from tests.helpers.notebook_runner import Run, run_notebook
from tests.helpers.texts import assert_texts_apart
from tools.said import at, heading, said, stored, told
from tools.stored import NOTEBOOKS

STORED = sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))


def look_at(run: Run) -> None:
    """Demand of a notebook what every reader may expect."""
    assert run.warned == ""
    assert run.answers, "no answer is shown"
    for answer in run.answers:
        assert answer.headline.strip()
    assert_words(run)
    for figure in run.figures:
        assert_texts_apart(figure)


def test_every_notebook_has_its_edges() -> None:
    assert sorted(EDGES) == STORED
    assert {name: len(edges) for name, edges in EDGES.items() if len(edges) < 5} == {}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Take a page as it stands in both languages, its edges by turns; all with --any-loan=all."""
    if "edge" not in metafunc.fixturenames:
        return
    both = metafunc.config.getoption("--any-loan") == "all"
    cases = [
        (name, edge, lang)
        for name in STORED
        for place, edge in enumerate([{}, *EDGES.get(name, [])])
        for turn, lang in enumerate(("en", "zh"))
        if both or not edge or (place > TOLD and turn == place % 2)
    ]
    ids = [f"{name}-{edge!r}-{lang}" for name, edge, lang in cases]
    metafunc.parametrize(("name", "edge", "lang"), cases, ids=ids)


def test_a_notebook_at_an_edge(name: str, edge: dict[str, Any], lang: str) -> None:
    look_at(run_notebook(name, lang=lang, **edge))


@pytest.mark.parametrize("place", range(TOLD))
@pytest.mark.parametrize("name", STORED)
def test_a_notebook_says_what_was_written_down(name: str, place: int) -> None:
    edge, lang = told(name)[place]
    run = at(name, edge, lang)
    assert said(run).splitlines() == stored(name)[heading(edge, lang)].splitlines()
    look_at(run)


def test_nothing_else_is_written_down() -> None:
    for name in STORED:
        assert list(stored(name)) == [heading(edge, lang) for edge, lang in told(name)]
