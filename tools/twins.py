"""Keep the two sets of pages together: one code, and texts that were read side by side.

    python -m tools.twins            bring the code of the Chinese pages in line with the English
    python -m tools.twins --check    only look

A page has the same name and the same cells in both sets. The code is the English page's; its twin
differs in its language, in the comments of the grey cell, in its texts and in what it shows.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from tools.parameters import page_of, with_comments
from tools.stored import NOTEBOOKS, PARAMETERS, SETS, pages, read, shown_as, store, tags, written

LANGUAGE = "language"  # the cell in which a page says what it speaks
ZH = SETS["zh"].name


def twin(path: Path) -> Path | None:
    """Return the same page in the other language; None for a notebook of no set.

    Examples
    --------
    >>> print(twin(Path("notebooks/03_repay_early.ipynb")))
    notebooks/zh/03_repay_early.ipynb
    >>> print(twin(Path("notebooks/zh/03_repay_early.ipynb")))
    notebooks/03_repay_early.ipynb
    """
    if path.parent.name == ZH:
        return path.parent.parent / path.name
    return path.parent / ZH / path.name if (path.parent / ZH).is_dir() else None


# ---- one code ------------------------------------------------------------------------------------


def carried(english: NotebookNode, chinese: NotebookNode, page: str) -> NotebookNode:
    """Return the Chinese page with the cells and the code of the English one.

    What it says and shows stays. A text that it does not have yet stands there in English, to be
    written.
    """
    own = {cell.id: cell for cell in chinese.cells}
    cells = [_carried(cell, own.get(cell.id, cell), page) for cell in english.cells]
    return nbformat.from_dict({**english, "cells": cells})


def _carried(cell: NotebookNode, own: NotebookNode, page: str) -> NotebookNode:
    """Return a cell of the Chinese page."""
    if cell.cell_type != own.cell_type:
        own = cell
    if cell.cell_type == "markdown":
        return nbformat.from_dict({**cell, "source": own.source})
    kept = {name: own[name] for name in ("outputs", "execution_count")}
    return nbformat.from_dict({**cell, **kept, "source": in_chinese(cell, page)})


def in_chinese(cell: NotebookNode, page: str) -> str:
    """Return the code of a cell as the Chinese page has it."""
    if cell.id == LANGUAGE:
        return cell.source.replace('"en"', '"zh"')
    return with_comments(cell.source, page, "zh") if PARAMETERS in tags(cell) else cell.source


def outdated(paths: Iterable[Path] = ()) -> dict[Path, str]:
    """Return the Chinese pages whose code is not the English page's, and their text put right.

    Parameters
    ----------
    paths : iterable of Path
        Pages of either set; none for all.
    """
    found = {}
    for path in dict.fromkeys(map(_english, paths or pages(NOTEBOOKS))):
        other = twin(path)
        if other is None:
            continue
        chinese = read(other) if other.exists() else read(path)
        text = written(carried(read(path), chinese, page_of(path)))
        if not other.exists() or other.read_bytes().decode() != text:
            found[other] = text
    return found


def _english(path: Path) -> Path:
    return path.parent.parent / path.name if path.parent.name == ZH else path


def carry_over(paths: Iterable[Path] = ()) -> None:
    """Bring the code of Chinese pages in line with the English ones."""
    for path, text in outdated(paths).items():
        store(path, text)
        print(f"{shown_as(path)}: takes over the code of its twin")


def main(words: list[str] | None = None) -> int:
    """Carry the code over, or name the pages where it differs and return 1."""
    parser = argparse.ArgumentParser(description="Keep the two sets of pages together.")
    parser.add_argument("--check", action="store_true", help="only look")
    asked = parser.parse_args(words)
    if not asked.check:
        carry_over()
    found = outdated()
    for path in found:
        print(f"{shown_as(path)}: its code is not that of its twin", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
