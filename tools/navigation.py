"""Link the notebooks: a bar at the end of each, the way to its twin, the list of all in the first.

The bar leads to the notebook before, to the contents, and to the next one of the same language;
the first line of a page leads to the page in the other language.

    python -m tools.navigation            write the links
    python -m tools.navigation --check    only look

A second time it changes no byte. The titles are the first headings of the notebooks.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from tools.stored import SETS, pages, read, shown_as, store, written

MARK = "<!-- navigation -->"
LIST = "<!-- contents -->"
TWIN = "<!-- twin -->"
CONTENTS = {"en": "Contents", "zh": "目录"}
OTHER = {"en": "中文", "zh": "English"}  # what the page in the other language is called


def title(notebook: NotebookNode) -> str:
    """Return the first heading."""
    lines = (line for cell in notebook.cells for line in cell.source.splitlines())
    return next(line.removeprefix("# ").strip() for line in lines if line.startswith("# "))


def bar(place: int, names: list[str], titles: list[str], lang: str) -> str:
    """Return the links of the notebook at a place; the first one holds the contents.

    Examples
    --------
    >>> print(bar(1, ["a.ipynb", "b.ipynb", "c.ipynb"], ["Start", "How?", "When?"], "en"))
    <!-- navigation -->
    ← [Start](a.ipynb) | **[Contents](a.ipynb)** | [When?](c.ipynb) →
    """
    parts = []
    if place > 0:
        before = f"← [{titles[place - 1]}]({names[place - 1]})"
        parts = [before, f"**[{CONTENTS[lang]}]({names[0]})**"]
    if place + 1 < len(names):
        parts.append(f"[{titles[place + 1]}]({names[place + 1]}) →")
    return "\n".join([MARK, " | ".join(parts)])


def contents(names: list[str], titles: list[str]) -> str:
    """Return the list of all notebooks but the first, which holds it.

    Examples
    --------
    >>> print(contents(["a.ipynb", "b.ipynb"], ["Start", "How?"]))
    <!-- contents -->
    1. [How?](b.ipynb)
    """
    links = zip(titles[1:], names[1:], strict=True)
    return "\n".join([LIST, *(f"1. [{heading}]({name})" for heading, name in links)])


def to_twin(path: Path, lang: str) -> str:
    """Return the link of a page to the same page in the other language.

    Examples
    --------
    >>> print(to_twin(SETS["zh"] / "03_repay_early.ipynb", "zh"))
    <!-- twin -->
    [English](../03_repay_early.ipynb)
    """
    way = {"en": "zh", "zh": ".."}
    return f"{TWIN}\n[{OTHER[lang]}]({way[lang]}/{path.name})"


def with_links(notebook: NotebookNode, first: str, last: str) -> NotebookNode:
    """Return the notebook with these texts as its first and last cell, in place of earlier ones."""
    cells = [cell for cell in notebook.cells if not cell.source.startswith((MARK, TWIN))]
    top = nbformat.v4.new_markdown_cell(first, id="twin")
    end = nbformat.v4.new_markdown_cell(last, id="navigation")
    return nbformat.from_dict({**notebook, "cells": [top, *cells, end]})


def outdated(folder: Path, lang: str) -> dict[Path, str]:
    """Return the notebooks of a set whose links are not as they should be, put right."""
    paths = pages(folder)
    notebooks = [read(path) for path in paths]
    names, titles = [path.name for path in paths], [title(each) for each in notebooks]
    found = {}
    for place, (path, notebook) in enumerate(zip(paths, notebooks, strict=True)):
        for cell in notebook.cells:
            if cell.source.startswith(LIST):
                cell.source = contents(names, titles)
        links = to_twin(path, lang), bar(place, names, titles, lang)
        new = written(with_links(notebook, *links))
        if new != path.read_bytes().decode():
            found[path] = new
    return found


def main(words: list[str] | None = None) -> int:
    """Write the links, or name the notebooks where they are out of date and return 1."""
    parser = argparse.ArgumentParser(description="Link the notebooks with each other.")
    parser.add_argument("--check", action="store_true", help="only look")
    asked = parser.parse_args(words)
    found = {}
    for lang, folder in SETS.items():
        found |= outdated(folder, lang)
    for path, text in found.items():
        if asked.check:
            print(f"{shown_as(path)}: its links are out of date", file=sys.stderr)
        else:
            store(path, text)
            print(f"{shown_as(path)}: links written")
    return 1 if asked.check and found else 0


if __name__ == "__main__":
    sys.exit(main())
