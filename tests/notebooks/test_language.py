"""What is said is chosen when it is shown: an answer speaks the language then in use."""

from collections.abc import Iterator

import pytest

import jiebei as jb
from tests.helpers.notebook_runner import run_notebook
from tools.stored import NOTEBOOKS

NAMES = [path.stem for path in sorted(NOTEBOOKS.glob("*.ipynb"))]


@pytest.fixture(autouse=True)
def back_to_english() -> Iterator[None]:
    yield
    jb.use("en")


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_made_in_english_is_shown_in_chinese(name: str) -> None:
    made = run_notebook(name, lang="en").answers
    meant = run_notebook(name, lang="zh").answers
    jb.use("zh")
    for answer, chinese in zip(made, meant, strict=True):
        assert repr(answer) == repr(chinese)
