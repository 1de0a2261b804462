"""Write what the table of parameters says into the grey cells and into docs/parameters.md.

    python -m tools.parameters            write it
    python -m tools.parameters --check    only look

The table is jiebei/notebook/parameters.csv: what stands behind a value in a grey cell comes from
there, in the language of the page, with its range as the check has it. The values are the
notebook's own and stay.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from jiebei.language.frames import NAMED
from jiebei.language.table import table
from jiebei.notebook.numbers.sections import FILE
from jiebei.notebook.rules import Comment, rules, shown
from tools.stored import NOTEBOOKS, PARAMETERS, SETS, pages, read, shown_as, store, tags, written

DOCS = NOTEBOOKS.parent / "docs" / "parameters.md"
NAME = re.compile(rf'"name": "({"|".join(NAMED)})"')
LINE = re.compile(r"(?P<name>[a-z_]+) = (?P<value>[\[{]|.*?)(?:  # .*)?")
HEAD = """# The parameters of the grey cells · 灰色格子的参数

Written by `python -m tools.parameters` from `jiebei/notebook/parameters.csv`, which the check, the
sliders and the grey cells read as well. 滑块的范围可以比能填的小。

| 名称 name | 页 pages | 说明 | what it is | 滑块 slider | 写法 typed like |
|---|---|---|---|---|---|
"""


def page_of(path: Path) -> str:
    """Return the name of a page, as its folder in jiebei/answers has it.

    Examples
    --------
    >>> page_of(Path("notebooks/03_repay_early.ipynb"))
    'repay_early'
    """
    return path.stem.partition("_")[2]


def with_comments(source: str, page: str, lang: str) -> str:
    r"""Return a grey cell with the comments of the table, in one language.

    Examples
    --------
    >>> print(with_comments("months = 6\nmy_own = {\n    1: 2,  # mine\n}", "budget", "en"))
    months = 6  # term, 1 to 60
    my_own = {
        1: 2,  # mine
    }
    """
    lines = "\n".join(_line(each, page, lang) for each in source.split("\n"))
    return NAME.sub(_in_chinese, lines) if lang == "zh" else lines


def _in_chinese(found: re.Match[str]) -> str:
    return f'"name": "{table()["column." + found[1]]["zh"]}"'


def _line(line: str, page: str, lang: str) -> str:
    found = LINE.fullmatch(line)
    if not found or found["name"] not in rules():
        return line
    comment = rules()[found["name"]].worded(page)
    return f"{found['name']} = {found['value']}  # {getattr(comment, lang)}"


def documentation(pages: dict[str, list[str]]) -> str:
    """Return docs/parameters.md, from the numbers of the pages that have each parameter.

    The settings of a loan are on no page by themselves, but may be in my_numbers.toml.
    """
    rows = (row for name in sorted(rules()) for row in _rows(name, pages.get(name, [])))
    return HEAD + "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _rows(name: str, pages: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield the parameter, and the pages that say it in words of their own below it."""
    rule = rules()[name]
    slide = rule.slide
    slider = f"{shown(slide.least)}–{shown(slide.most)}, {shown(slide.step)}" if slide else ""
    by_comment: dict[Comment, list[str]] = {}
    for page in pages:
        by_comment.setdefault(rule.worded(page_of(Path(page))), []).append(page[:2])
    by_comment = by_comment or {rule.worded(""): [f"`{FILE}`"]}
    for place, (said, numbers) in enumerate(by_comment.items()):
        first = (f"`{name}`", slider, f"`{rule.typed}`") if place == 0 else ("", "", "")
        yield first[0], " ".join(numbers), said.zh, said.en, *first[1:]


def outdated(docs: Path = DOCS) -> dict[Path, str]:
    """Return the files that do not say what the table says, and their text put right."""
    found, numbers = {}, dict[str, list[str]]()
    for lang, folder in SETS.items():
        for path in pages(folder):
            notebook = read(path)
            (cell,) = (each for each in notebook.cells if PARAMETERS in tags(each))
            cell.source = with_comments(cell.source, page_of(path), lang)
            found[path] = written(notebook)
            if folder == NOTEBOOKS:
                for name in _named(cell.source):
                    numbers.setdefault(name, []).append(path.stem)
    found[docs] = documentation(numbers)
    return {path: text for path, text in found.items() if text != _text(path)}


def _named(source: str) -> Iterator[str]:
    """Yield the parameters of a grey cell."""
    for line in source.split("\n"):
        if (match := LINE.fullmatch(line)) and match["name"] in rules():
            yield match["name"]


def _text(path: Path) -> str:
    return path.read_bytes().decode() if path.exists() else ""


def main(words: list[str] | None = None) -> int:
    """Write what the table says, or name the files that say something else and return 1."""
    parser = argparse.ArgumentParser(description="Write the table of parameters where it is read.")
    parser.add_argument("--check", action="store_true", help="only look")
    asked = parser.parse_args(words)
    found = outdated()
    for path, text in found.items():
        if asked.check:
            print(
                f"{shown_as(path)}: does not say what the table of parameters says", file=sys.stderr
            )
        else:
            store(path, text)
            print(f"{shown_as(path)}: written")
    return 1 if asked.check and found else 0


if __name__ == "__main__":
    sys.exit(main())
