"""What a page comes with stands in one place: its grey cell and its EXAMPLE are the same."""

from importlib import import_module

import pytest

from tests.helpers.notebook_runner import parameters
from tools.stored import NOTEBOOKS

STORED = sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))
NO_EXAMPLE = {"export_to", "calendar_to"}  # of the page, not of the question


@pytest.mark.parametrize("name", STORED)
def test_the_cell_of_a_page_holds_its_example(name: str) -> None:
    question = import_module(f"jiebei.answers.{name.partition('_')[2]}")
    cell = {each: value for each, value in parameters(name).items() if each not in NO_EXAMPLE}
    assert list(question.EXAMPLE.items()) == list(cell.items())
