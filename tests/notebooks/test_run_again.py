"""Run All, change a number, Run All: a notebook answers for as long as its kernel lives."""

import ast
from collections.abc import Iterator
from typing import Any

import pytest

from jiebei.notebook.rules import rules
from tests.helpers.notebook_runner import cells, parameters, run_again, run_notebook
from tools.stored import NOTEBOOKS

NAMES = [path.stem for path in sorted(NOTEBOOKS.glob("*.ipynb"))]
ANOTHER = {"principal": 30_000, "daily_rate": 0.00045, "months": 12, "start": "2026-07-10"}


def assigned(source: str) -> Iterator[str]:
    """Yield every name that a cell gives in the kernel's own namespace."""
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            yield statement.name
            continue
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id
            elif isinstance(node, ast.alias):
                yield node.asname or node.name


@pytest.mark.parametrize("name", NAMES)
def test_no_cell_gives_a_name_that_is_a_parameter(name: str) -> None:
    taken = set(rules()) | set(parameters(name))
    later = [source for source, holds in cells(name) if not holds]
    assert [each for source in later for each in assigned(source) if each in taken] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_kernel_that_goes_on_answers_like_a_new_one(name: str) -> None:
    another = {each: value for each, value in ANOTHER.items() if each in parameters(name)}
    lang = ("en", "zh")[NAMES.index(name) % 2]
    namespace: dict[str, Any] = {"__name__": "__main__"}
    run_again(name, namespace, lang)
    again = run_again(name, namespace, lang, **another)
    assert again.text == run_notebook(name, lang, **another).text
    assert again.warned == ""
