"""Every notebook for every loan, in both languages, when nothing but the loan is changed.

The daily run takes a few loans of the grid for each notebook. All of it, which takes hours:

    make test ARGS="tests/notebooks --any-loan=all"
"""

import random
from typing import Any

import pytest

from jiebei.language.errors import JiebeiError
from tests.helpers.loans import KNOWN, as_typed, cannot_be, grid
from tests.helpers.nonsense import assert_sense
from tests.helpers.notebook_runner import run_notebook
from tests.helpers.texts import assert_texts_apart
from tools.stored import NOTEBOOKS

STORED = sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))
LANGUAGES = ("zh", "en")
DAILY = 2  # loans of the grid for each notebook, the first in Chinese


def chosen(name: str, every: bool) -> list[tuple[int, str]]:
    """Return which loans of the grid a notebook is run with, and in which language.

    The first loan of all is the one that a Chinese reader came with; the others follow by lot.
    """
    if every:
        return [(place, lang) for place in range(len(grid())) for lang in LANGUAGES]
    others = random.Random(name).sample(range(1, len(grid())), DAILY - 1)
    return [(0, "zh"), *((place, "en") for place in others)]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "place" in metafunc.fixturenames:
        every = metafunc.config.getoption("--any-loan") == "all"
        cases = [(name, *each) for name in STORED for each in chosen(name, every)]
        metafunc.parametrize(("name", "place", "lang"), cases)


def test_a_notebook_with_any_loan(name: str, place: int, lang: str) -> None:
    look_at(name, grid()[place], lang)


def look_at(name: str, loan: dict[str, Any], lang: str) -> None:
    """Run a notebook with another loan and demand what every reader may expect."""
    typed = as_typed(name, loan)
    if cannot_be(name, loan):
        with pytest.raises(JiebeiError, match="interest_then_equal"):
            run_notebook(name, lang=lang, **typed)
        return
    run = run_notebook(name, lang=lang, **typed)
    assert run.warned == ""
    assert run.answers, "no answer is shown"
    assert_sense(run, loan)
    for figure in run.figures:
        assert_texts_apart(figure)


def test_the_grid_holds_what_it_should() -> None:
    loans = grid()
    assert len(loans) >= 200
    assert [{**loans[0], **each} for each in KNOWN[:1]] == [loans[0]]
    assert {each["method"] for each in loans} >= {"bullet", "interest_then_equal"}
    assert min(each["months"] for each in loans) == 1
    assert max(each["months"] for each in loans) == 60
    assert min(each["principal"] for each in loans) == 1_000
    assert max(each["principal"] for each in loans) == 1_000_000
    assert min(each["daily_rate"] for each in loans) == 0.00001
    assert max(each["daily_rate"] for each in loans) == 0.001
    assert {each["start"] < "2026-01-01" for each in loans} == {True, False}
