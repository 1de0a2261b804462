"""A page says first what it speaks; what is said is chosen when it is shown."""

from collections.abc import Iterator

import pytest

import jiebei as jb
from tests.helpers.notebook_runner import cells, run_notebook
from tools.stored import NOTEBOOKS, SETS

NAMES = [path.stem for path in sorted(NOTEBOOKS.glob("*.ipynb"))]


@pytest.fixture(autouse=True)
def back_to_english() -> Iterator[None]:
    yield
    jb.use("en")


@pytest.mark.parametrize("lang", SETS)
@pytest.mark.parametrize("name", NAMES)
def test_the_first_cell_is_its_language_and_the_second_the_grey_one(name: str, lang: str) -> None:
    first, second, *others = cells(name, lang)
    assert first == (f'import jiebei as jb\njb.use("{lang}")', False)
    assert second[1]
    assert not any(holds or "jb.use(" in source for source, holds in others)


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_made_in_english_is_shown_in_chinese(name: str) -> None:
    made = run_notebook(name, lang="en").answers
    meant = run_notebook(name, lang="zh").answers
    jb.use("zh")
    for answer, chinese in zip(made, meant, strict=True):
        assert repr(answer) == repr(chinese)
