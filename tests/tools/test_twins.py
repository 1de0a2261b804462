"""The two sets of pages cannot part: one code, and texts that were read side by side."""

from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tools import twins
from tools.stored import NOTEBOOKS, SETS, pages, read

PAGES = pages(NOTEBOOKS)


def test_both_sets_have_the_same_pages() -> None:
    assert [path.name for path in pages(SETS["zh"])] == [path.name for path in PAGES]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_page_has_the_same_cells_in_both_languages(path: Path) -> None:
    english, chinese = (
        [(cell.id, cell.cell_type, cell.metadata) for cell in read(folder / path.name).cells]
        for folder in SETS.values()
    )
    assert english == chinese


def test_the_code_of_a_page_is_that_of_its_twin() -> None:
    assert list(twins.outdated()) == []


def test_no_text_was_changed_without_its_twin() -> None:
    """Read both, mend them, then: python -m tools.twins --read."""
    assert twins.unread(twins.texts(), twins.recorded()) == []


PLACE = ("03_repay_early", "why")


@pytest.mark.parametrize(
    ("now", "then", "words"),
    [
        (
            {PLACE: ("e2", "c1")},
            {PLACE: ("e1", "c1")},
            "its English was changed, its Chinese was not",
        ),
        (
            {PLACE: ("e1", "c2")},
            {PLACE: ("e1", "c1")},
            "its Chinese was changed, its English was not",
        ),
        ({PLACE: ("e2", "c2")}, {PLACE: ("e1", "c1")}, "both texts were changed"),
        ({PLACE: ("e1", "c1")}, {}, "it is new"),
        ({}, {PLACE: ("e1", "c1")}, "it is gone"),
    ],
)
def test_a_changed_text_is_named_with_its_side(
    now: twins.Texts, then: twins.Texts, words: str
) -> None:
    assert twins.unread(now, then) == [f"03_repay_early, why: {words}"]
    assert twins.unread(now, now) == []


def page(lang: str, *texts: str) -> NotebookNode:
    """Return a page in a language, with these texts."""
    cells = [
        new_code_cell(f'jb.use("{lang}")', id="language"),
        new_code_cell("months = 12  # ?", id="grey", metadata={"tags": ["parameters"]}),
        *(new_markdown_cell(text, id=f"text-{n}") for n, text in enumerate(texts)),
        new_code_cell("answer", id="answer", outputs=[new_output("stream", text=lang)]),
    ]
    return new_notebook(cells=cells)


def test_the_chinese_page_takes_over_cells_and_code_and_keeps_what_it_says_and_shows() -> None:
    english = page("en", "Why?", "When?")
    english.cells[-1].source = "answer + 1"
    found = twins.carried(english, page("zh", "为什么？"), "repay_early")
    assert [cell.id for cell in found.cells] == [cell.id for cell in english.cells]
    first, grey, *others = (cell.source for cell in found.cells)
    assert first == 'jb.use("zh")'
    assert grey.startswith("months = 12  # 期")
    assert others == [
        "为什么？",
        "When?",  # to be written
        "answer + 1",
    ]
    assert found.cells[-1].outputs[0].text == "zh"


def test_a_page_without_a_twin_is_given_one_and_a_notebook_of_no_set_is_left_alone(
    tmp_path: Path,
) -> None:
    path = tmp_path / "16_new.ipynb"
    path.write_bytes(twins.written(page("en", "Why?")).encode())
    assert twins.twin(path) is None
    assert twins.outdated([path]) == {}
    (tmp_path / "zh").mkdir()
    twins.carry_over([path])
    assert read(tmp_path / "zh" / path.name).cells[0].source == 'jb.use("zh")'
    assert twins.outdated([tmp_path / "zh" / path.name]) == {}
