"""Every notebook leads to the one before, the contents and the next, and the links hold."""

import doctest
import re
from pathlib import Path
from types import ModuleType

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tools import languages, navigation, parameters, readme, stored, twins
from tools.stored import SETS, all_pages, shown_as


@pytest.mark.parametrize("lang", SETS)
def test_the_stored_bars_are_up_to_date(lang: str) -> None:
    assert list(navigation.outdated(SETS[lang], lang)) == []


@pytest.mark.parametrize("path", all_pages(), ids=shown_as)
def test_every_link_in_a_notebook_leads_somewhere(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    text = "\n".join(each.source for each in notebook.cells if each.cell_type == "markdown")
    links = [each for each in re.findall(r"\]\(([^)#]+)", text) if "://" not in each]
    assert links
    assert [each for each in links if not (path.parent / each).exists()] == []


def write(folder: Path, name: str, *cells: object) -> Path:
    path = folder / name
    path.write_text(nbformat.writes(new_notebook(cells=list(cells)), version=4) + "\n", "utf-8")
    return path


def test_bars_are_written_once_and_only_the_last_cell_changes(tmp_path: Path) -> None:
    code = new_code_cell("1 + 1", id="code", execution_count=7)
    listed = new_markdown_cell("<!-- contents -->\nold", id="list")
    write(tmp_path, "00_a.ipynb", new_markdown_cell("# 开始", id="a"), listed, code)
    old = new_markdown_cell("<!-- navigation -->\nold", id="old")
    write(tmp_path, "01_b.ipynb", new_markdown_cell("# 怎么？", id="b"), old, code)
    before = (tmp_path / "01_b.ipynb").read_text("utf-8")
    for path, text in navigation.outdated(tmp_path, "zh").items():
        path.write_text(text, "utf-8")
    assert navigation.outdated(tmp_path, "zh") == {}
    first, second = (nbformat.read(path, 4) for path in sorted(tmp_path.iterdir()))
    assert first.cells[0].source == "<!-- twin -->\n[English](../00_a.ipynb)"
    assert first.cells[-1].source == "<!-- navigation -->\n[怎么？](01_b.ipynb) →"
    assert first.cells[2].source == "<!-- contents -->\n1. [怎么？](01_b.ipynb)"
    assert second.cells[-1].source == (
        "<!-- navigation -->\n← [开始](00_a.ipynb) | **[目录](00_a.ipynb)**"
    )
    assert [each.id for each in second.cells] == ["twin", "b", "code", "navigation"]
    assert second.cells[2] == nbformat.reads(before, 4).cells[2], "no run is made up"


def test_a_missing_bar_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "00_a.ipynb", new_markdown_cell("# Start", id="a"))
    monkeypatch.setattr(navigation, "SETS", {"en": tmp_path})
    assert navigation.main(["--check"]) == 1
    assert "00_a.ipynb: its links are out of date" in capsys.readouterr().err
    assert navigation.main([]) == 0
    assert navigation.main(["--check"]) == 0


@pytest.mark.parametrize(
    "tool",
    [languages, navigation, parameters, readme, stored, twins],
    ids=lambda tool: tool.__name__,
)
def test_the_examples_of_a_tool_run(tool: ModuleType) -> None:
    assert doctest.testmod(tool).failed == 0
