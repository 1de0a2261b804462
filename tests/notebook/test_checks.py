"""The checks of a page cannot vanish, and the number it tells is that of the checks made."""

import ast
import subprocess
import sys

import pytest

from jiebei.notebook.checks import Checks
from tests.helpers.notebook_runner import cells
from tools.stored import NOTEBOOKS

NAMES = [path.stem for path in sorted(NOTEBOOKS.glob("*.ipynb"))]


def test_a_check_that_fails_stops_the_page_also_where_python_runs_optimised() -> None:
    code = "from jiebei.notebook.checks import Checks; holds = Checks(); holds(1); holds(2 > 3)"
    ended = subprocess.run([sys.executable, "-OO", "-c", code], capture_output=True, text=True)
    assert ended.returncode == 1
    assert ended.stderr.endswith("AssertionError: check 2 does not hold.\n")


def test_all_that_hold_are_counted() -> None:
    holds = Checks()
    for _ in range(3):
        holds([0])
    assert repr(holds) == "All 3 checks hold."


@pytest.mark.parametrize("name", NAMES)
def test_no_page_has_a_check_that_python_may_leave_out(name: str) -> None:
    trees = [ast.parse(source) for source, _ in cells(name)]
    assert not [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Assert)]
    assert sum("holds = Checks()" in source for source, _ in cells(name)) == 1
