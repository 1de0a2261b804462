"""Write down what the pages say at numbers that are not the example.

    python -m tools.said                     all pages
    python -m tools.said 03_repay_early      only this one

`tests/said/NAME.txt` holds what a page says at its first edges (`tests/helpers/edges.py`), Chinese
and English by turns: answers with their tables and notes, the words of its charts and how far their
axes reach. `tests/notebooks/test_edges.py` holds the pages to it. Read what has changed before it
is stored: a false sentence stored is worse than none.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.text import Text

from tests.helpers.edges import EDGES, TOLD
from tests.helpers.notebook_runner import Run, run_notebook

SAID = Path(__file__).resolve().parent.parent / "tests" / "said"
LANGUAGES = ("zh", "en")
HEAD, TAIL = 5, 2  # lines of a long table
SENTENCE_ENDS = re.compile(r'(?<=[.?!]) (?=[A-Z"¥])|(?<=[。？！])(?=[^\n”」）|])')


def told(name: str) -> list[tuple[dict[str, Any], str]]:
    """Return the numbers at which a page is written down, and in which language."""
    return [(edge, LANGUAGES[place % 2]) for place, edge in enumerate(EDGES[name][:TOLD])]


def heading(edge: dict[str, Any], lang: str) -> str:
    """Return the line that a part of a file begins with.

    Examples
    --------
    >>> heading({"months": 1, "method": "bullet"}, "zh")
    "==== zh: months=1, method='bullet'"
    """
    return f"==== {lang}: " + ", ".join(f"{key}={value!r}" for key, value in edge.items())


def at(name: str, edge: dict[str, Any], lang: str) -> Run:
    """Run a page at other numbers, its tables as wide as they are."""
    with pd.option_context("display.expand_frame_repr", False, "display.max_columns", None):
        return run_notebook(name, lang, **edge)


def said(run: Run) -> str:
    """Return what a page says: once, a sentence a line, long tables cut, the charts at the end."""
    written = [each for each in run.written if not each.startswith("<")]
    blocks = [_block(block) for each in [run.printed, *written] for block in each.split("\n\n")]
    charts = ["\n".join(_chart(figure)) for figure in run.figures]
    return "\n\n".join(filter(None, dict.fromkeys([*blocks, *charts])))


def _block(block: str) -> str:
    """Return a table with its long middle left out, or a text with a sentence a line."""
    lines = [re.sub(r" {2,}", "  ", each.strip()) for each in block.strip().splitlines()]
    if len(lines) > HEAD + TAIL + 1:
        lines = [*lines[:HEAD], "…", *lines[-TAIL:]]
    return "\n".join(SENTENCE_ENDS.sub("\n", each) for each in lines)


def _chart(figure: Figure) -> Iterator[str]:
    """Yield the words of a chart, and how far each panel reaches."""
    ticks = {tick for ax in figure.axes for axis in (ax.xaxis, ax.yaxis) for tick in _labels(axis)}
    texts = [each for each in figure.findobj(Text) if each.get_visible() and each not in ticks]
    yield "[" + " | ".join(" ".join(each.get_text().split()) for each in texts if each.get_text())
    for ax in figure.axes:
        if ax.axison:
            yield f"x {_span(ax.get_xlim())}, y {_span(ax.get_ylim())}"


def _labels(axis: Any) -> Iterator[Text]:
    for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]:
        yield from (tick.label1, tick.label2)


def _span(ends: tuple[float, float]) -> str:
    return " to ".join(f"{each:.5g}" for each in ends)


def file_of(name: str) -> Path:
    """Return where it is written what a page says."""
    return SAID / f"{name}.txt"


def stored(name: str) -> dict[str, str]:
    """Return what a page said when it was written down, by heading."""
    parts = file_of(name).read_text(encoding="utf-8").split("\n\n\n")
    return dict(each.strip("\n").split("\n\n", 1) for each in parts)


def main(words: list[str] | None = None) -> int:
    """Run pages and write down what they say."""
    parser = argparse.ArgumentParser(description="Write down what the pages say.")
    parser.add_argument("pages", nargs="*", help="as 03_repay_early, or its file; default: all")
    asked = [Path(each).stem for each in parser.parse_args(words).pages]
    for name in asked or EDGES:
        parts = [
            f"{heading(edge, lang)}\n\n{said(at(name, edge, lang))}" for edge, lang in told(name)
        ]
        file_of(name).write_text("\n\n\n".join(parts) + "\n", encoding="utf-8")
        print(f"{name}: {len(parts)} written", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
