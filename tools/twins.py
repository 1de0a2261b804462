"""Keep the two sets of pages together: one code, and texts that were read side by side.

    python -m tools.twins            bring the code of the Chinese pages in line with the English
    python -m tools.twins --check    only look: at the code, and at texts changed without their twin
    python -m tools.twins --read     after reading both: record that the texts say the same

A page has the same name and the same cells in both sets. The code is the English page's; its twin
differs in its language, in the comments of the grey cell, in its texts and in what it shows. Which
texts were read side by side is recorded, as short digests, in tools/twins.csv.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Iterable
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from tools.navigation import LIST, MARK, TWIN
from tools.parameters import page_of, with_comments
from tools.stored import NOTEBOOKS, PARAMETERS, SETS, pages, read, shown_as, store, tags, written

LANGUAGE = "language"  # the cell in which a page says what it speaks
GENERATED = (LIST, MARK, TWIN)  # nobody writes these
ZH = SETS["zh"].name
RECORD = Path(__file__).with_suffix(".csv")
HEADS = ("page", "cell", *SETS)
CHANGED = {
    (True, False): "its Chinese was changed, its English was not",
    (False, True): "its English was changed, its Chinese was not",
    (False, False): "both texts were changed",
}

Texts = dict[tuple[str, str], tuple[str, ...]]  # page and cell to the digests of its texts


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


# ---- texts that were read together ---------------------------------------------------------------


def texts() -> Texts:
    """Return the digests of every paragraph of every page, in the order of the pages."""
    found: dict[tuple[str, str], list[str]] = {}
    for folder in SETS.values():
        for path in pages(folder):
            for cell in read(path).cells:
                if cell.cell_type == "markdown" and not cell.source.startswith(GENERATED):
                    found.setdefault((path.stem, cell.id), []).append(_digest(cell.source))
    return {place: tuple(digests) for place, digests in found.items()}


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:8]


def recorded() -> Texts:
    """Return the digests of the texts as they were when they were read side by side."""
    with RECORD.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row["page"], row["cell"]): tuple(row[lang] for lang in SETS) for row in rows}


def unread(now: Texts, then: Texts) -> list[str]:
    """Say which paragraphs were changed since they were read together, and on which side.

    Examples
    --------
    >>> now = {("03_repay_early", "title"): ("a1", "b2"), ("03_repay_early", "why"): ("c3", "d4")}
    >>> unread(now, {("03_repay_early", "title"): ("a1", "b1")})
    ['03_repay_early, title: its Chinese was changed, its English was not', \
'03_repay_early, why: it is new']
    """
    found = []
    for place in dict.fromkeys([*now, *then]):
        if place not in now or place not in then:
            words = "it is new" if place in now else "it is gone"
        elif now[place] != then[place]:
            english, chinese = (one == was for one, was in zip_longest(now[place], then[place]))
            words = CHANGED[english, chinese]
        else:
            continue
        found.append(f"{', '.join(place)}: {words}")
    return found


def record() -> None:
    """Record the texts as they are now as read side by side."""
    file = io.StringIO()
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(HEADS)
    rows.writerows((*place, *digests) for place, digests in texts().items())
    store(RECORD, file.getvalue())


def faults() -> list[str]:
    """Return, in words, where the two sets have parted."""
    code = [f"{shown_as(path)}: its code is not that of its twin" for path in outdated()]
    return [*code, *unread(texts(), recorded())]


def main(words: list[str] | None = None) -> int:
    """Carry the code over, record what was read; name what has parted, and return 1."""
    parser = argparse.ArgumentParser(description="Keep the two sets of pages together.")
    parser.add_argument("--check", action="store_true", help="only look")
    parser.add_argument("--read", action="store_true", help="the texts were read side by side")
    asked = parser.parse_args(words)
    if not asked.check:
        carry_over()
    if asked.read:
        record()
    found = faults()
    for sentence in found:
        print(sentence, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
