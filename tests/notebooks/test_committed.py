"""The stored notebooks are what readers see on the web, and what every run is compared with.

nbval passes a cell that was never run in silence, and one tagged or marked to be left out; so the
notebooks are looked at here as well, and the looking is tried on notebooks with one fault each.
"""

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import start
from tools.stored import all_pages, canonical, code_cells, faults, shown_as


def test_the_first_page_is_there() -> None:
    assert {start.HERE / each for each in start.FIRST_PAGES.values()} <= set(all_pages())


@pytest.mark.parametrize("path", all_pages(), ids=shown_as)
def test_a_stored_notebook_has_no_fault(path: Path) -> None:
    assert faults(path) == []


# ---- a fault is seen -----------------------------------------------------------------------------


def sound() -> NotebookNode:
    """Return a small notebook without a fault."""
    cells = [
        new_markdown_cell("# Repay early?", id="title"),
        new_code_cell(
            'principal = 50_000  # yuan\nstart = "2026-12-01"\nrates = [0.0002, -0.0]',
            id="parameters",
            metadata={"tags": ["parameters"]},
            execution_count=1,
        ),
        new_code_cell(
            "principal + 1",
            id="answer",
            execution_count=2,
            outputs=[new_output("execute_result", {"text/plain": "50001"}, execution_count=2)],
        ),
        new_code_cell(
            "slider()",
            id="slider",
            metadata={"tags": ["nbval-ignore-output"]},
            execution_count=3,
        ),
    ]
    return new_notebook(cells=cells)


@pytest.fixture
def look(tmp_path: Path) -> Callable[[str], str]:
    """Return a function that stores a text as a notebook and tells its faults."""

    def told(text: str) -> str:
        path = tmp_path / "notebook.ipynb"
        path.write_bytes(text.encode())
        return "\n".join(faults(path))

    return told


def test_a_sound_notebook_has_no_fault(look: Callable[[str], str]) -> None:
    assert look(canonical(sound())) == ""


def test_the_canonical_form_is_final() -> None:
    once = canonical(sound())
    assert canonical(nbformat.reads(once, as_version=4)) == once


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        ('"execution_count": 2', '"execution_count": 7', "code cell 2 was run as number 7"),
        ('"execution_count": 1', '"execution_count": null', "code cell 1 was not run"),
        ('"principal + 1"', '""', "code cell 2 is empty"),
        ('"principal + 1"', '"# NBVAL_SKIP"', "keeps a cell from being compared"),
        ('"principal + 1"', '"# NBVAL_IGNORE_OUTPUT"', "keeps a cell from being compared"),
        ("nbval-ignore-output", "nbval-skip", "unknown tag: nbval-skip"),
        ("nbval-ignore-output", "raises-exception", "unknown tag: raises-exception"),
        ("nbval-ignore-output", "parameters", "2 code cells tagged parameters"),
        ('"tags": [\n     "parameters"\n    ]', "", "0 code cells tagged parameters"),
        ("50_000", "10 * 5_000", "something else than 'name = literal'"),
        ("50_000", "int(5e4)", "something else than 'name = literal'"),
    ],
)
def test_a_changed_text_is_seen(
    was: str, becomes: str, fault: str, look: Callable[[str], str]
) -> None:
    text = canonical(sound())
    assert was in text
    assert fault in look(text.replace(was, becomes))


def put(*outputs: NotebookNode) -> Callable[[NotebookNode], None]:
    """Return a change that gives the second code cell other outputs."""

    def change(notebook: NotebookNode) -> None:
        code_cells(notebook)[1].outputs = list(outputs)

    return change


def pad(cells: int) -> Callable[[NotebookNode], None]:
    """Return a change that adds cells of text."""

    def change(notebook: NotebookNode) -> None:
        notebook.cells += [new_markdown_cell("more", id=f"more-{n}") for n in range(cells)]

    return change


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (put(new_output("error", ename="ValueError")), "code cell 2 shows an error"),
        (put(new_output("stream", name="stderr", text="Glyph missing")), "warning: Glyph missing"),
        (put(new_output("display_data", {"image/png": "A" * 600_000})), "more than 600,000"),
        (put(new_output("display_data", {"image/png": "A"})), "2 shows a picture without words"),
        (pad(27), "has 31 cells, more than 30"),
    ],
)
def test_a_fault_is_seen(
    change: Callable[[NotebookNode], None], fault: str, look: Callable[[str], str]
) -> None:
    notebook = sound()
    change(notebook)
    assert fault in look(canonical(notebook))


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('"name": "python"', '"name": "python", "version": "3.13.0"'),
        ('   "metadata": {},\n   "outputs": [\n', '   "metadata": {"a": 1},\n   "outputs": [\n'),
        ("\n", "\r\n"),
        ("}\n", "}"),
    ],
)
def test_another_form_is_seen(was: str, becomes: str, look: Callable[[str], str]) -> None:
    text = canonical(sound())
    assert was in text
    assert look(text.replace(was, becomes)) == "is not in canonical form"
