"""Put a bar of links at the end of each notebook, and the list of all of them into the first.

The bar leads to the notebook before, to the contents, and to the next one.

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

from tools.notebooks import NOTEBOOKS, store

MARK = "<!-- navigation -->"
CONTENTS = "Contents · 目录"
LIST = "<!-- contents -->"


def title(notebook: NotebookNode) -> str:
    """Return the first heading."""
    lines = (line for cell in notebook.cells for line in cell.source.splitlines())
    return next(line.removeprefix("# ").strip() for line in lines if line.startswith("# "))


def bar(place: int, names: list[str], titles: list[str]) -> str:
    """Return the links of the notebook at a place; the first one holds the contents.

    Examples
    --------
    >>> print(bar(1, ["a.ipynb", "b.ipynb", "c.ipynb"], ["Start", "How?", "When?"]))
    <!-- navigation -->
    ← [Start](a.ipynb) | **[Contents · 目录](a.ipynb)** | [When?](c.ipynb) →
    """
    parts = []
    if place > 0:
        parts = [f"← [{titles[place - 1]}]({names[place - 1]})", f"**[{CONTENTS}]({names[0]})**"]
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


def with_bar(notebook: NotebookNode, text: str) -> NotebookNode:
    """Return the notebook with the text as its last cell, in place of an earlier bar."""
    cells = [cell for cell in notebook.cells if not cell.source.startswith(MARK)]
    last = nbformat.v4.new_markdown_cell(text, id="navigation")
    return nbformat.from_dict({**notebook, "cells": [*cells, last]})


def outdated(folder: Path = NOTEBOOKS) -> dict[Path, str]:
    """Return the notebooks whose links are not as they should be, and their text put right."""
    paths = sorted(folder.glob("*.ipynb"))
    texts = [path.read_bytes().decode() for path in paths]
    notebooks = [nbformat.reads(text, as_version=4) for text in texts]
    names, titles = [path.name for path in paths], [title(each) for each in notebooks]
    found = {}
    for place, (path, text, notebook) in enumerate(zip(paths, texts, notebooks, strict=True)):
        for cell in notebook.cells:
            if cell.source.startswith(LIST):
                cell.source = contents(names, titles)
        new = nbformat.writes(with_bar(notebook, bar(place, names, titles)), version=4) + "\n"
        if new != text:
            found[path] = new
    return found


def main(words: list[str] | None = None) -> int:
    """Write the links, or name the notebooks where they are out of date and return 1."""
    parser = argparse.ArgumentParser(description="Link the notebooks with each other.")
    parser.add_argument("--check", action="store_true", help="only look")
    asked = parser.parse_args(words)
    found = outdated()
    for path, text in found.items():
        if asked.check:
            print(f"{path.name}: its links are out of date", file=sys.stderr)
        else:
            store(path, text)
            print(f"{path.name}: links written")
    return 1 if asked.check and found else 0


if __name__ == "__main__":
    sys.exit(main())
