"""Fill a copy of the pages with the reader's own numbers: my_numbers.toml becomes mine/.

    python -m tools.mine zh                    in Chinese
    python -m tools.mine en 03_repay_early     one page of it only

Where there is no my_numbers.toml, it is made, to be filled in. Otherwise every page is copied into
mine/ with the reader's numbers in its grey cell, run, and mine/report.html made of what they say.
The folder is made beside the old one, which it then replaces: nothing is half written. A page that
the reader has changed stays as it is.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import re
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from nbformat import NotebookNode, ValidationError

from jiebei.answers import my_statement
from jiebei.language import use
from jiebei.language.errors import JiebeiError
from jiebei.language.table import LANGUAGES
from jiebei.language.words import say
from jiebei.notebook.fit import literal
from jiebei.notebook.lenient import statements
from jiebei.notebook.numbers.filling import settings_of, typed_into
from jiebei.notebook.numbers.reading import Numbers, read
from jiebei.notebook.numbers.sections import FILE
from jiebei.notebook.numbers.writing import label, template
from jiebei.notebook.numbers.writing import write as write_numbers
from tools import report, stored
from tools.notebooks import execute
from tools.parameters import page_of

HERE = Path(__file__).resolve().parent.parent
FOLDER, RECORD, REPORT = "mine", ".filled.json", "report.html"
AT_ONCE = 2  # pages
AGREED = "parameters.agreed("  # what a page with a loan of its own calls
WIDEST = 100  # of a line of a grey cell, without its comment


# ---- a page --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Page:
    """Hold a page filled with the reader's numbers.

    Attributes
    ----------
    name : str
        Of its file.
    notebook : NotebookNode
        Its cells, run as far as they go.
    own, example : dict
        Name to value: what is the reader's, and what is still the example of the page.
    refused : str
        Why it stopped; empty if it did not.
    kept : bool
        Whether the reader had changed it, so that it was not written anew.
    """

    name: str
    notebook: NotebookNode
    own: Mapping[str, Any]
    example: Mapping[str, Any]
    refused: str = ""
    kept: bool = False


def example_of(name: str) -> Mapping[str, Any]:
    """Return what a page asks, each with the value it comes with.

    Examples
    --------
    >>> example_of("03_repay_early.ipynb")["repay_amount"]
    20000
    """
    room = import_module(f"jiebei.answers.{page_of(Path(name))}")
    return dict(room.EXAMPLE)


def filled(path: Path, numbers: Numbers) -> Page:
    """Return a page with the reader's numbers in its grey cell; it has not run yet."""
    example, notebook = example_of(path.name), stored.read(path)
    own = typed_into(example, numbers)
    takes = any(AGREED in cell.source for cell in stored.code_cells(notebook))
    settings = settings_of(example, numbers) if takes else {}
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = relinked(cell.source)
        elif stored.PARAMETERS in stored.tags(cell):
            cell.source = typed(cell.source, own | settings, example)
    left = {name: value for name, value in example.items() if name not in own}
    return Page(path.name, notebook, own | settings, left)


def typed(source: str, own: Mapping[str, Any], example: Mapping[str, Any]) -> str:
    r"""Return a grey cell with the reader's numbers; what is the example's is marked as one.

    Examples
    --------
    >>> cell = "principal = 50_000  # yuan\nmonths = 12  # term\nexport_to = \"\"  # a file"
    >>> print(typed(cell, {"principal": 30_000}, {"principal": 50_000, "months": 12}))
    principal = 30_000  # yuan
    months = 12  # [the page's example] term
    export_to = ""  # a file
    """
    lines, given = [], set()
    for each in statements(source + "\n"):
        first = each.source.partition("\n")[0]
        comment = first.partition("  # ")[2]
        given.add(each.name)
        if each.name in own:
            lines.append(line(each.name, own[each.name], comment))
        elif each.name in example:
            marked = first.replace("  # ", f"  # {say('mine.example')} ", 1)
            lines.append(each.source.replace(first, marked, 1))
        else:
            lines.append(each.source)
    more = [name for name in own if name not in given]
    lines += [line(name, own[name], label(name)) for name in more]
    return "".join(lines).rstrip("\n")


def line(name: str, value: Any, comment: str) -> str:
    """Return the line of a parameter; rows stand below one another where they are long."""
    text = literal(value)
    if len(text) > WIDEST and isinstance(value, Mapping):
        rows = (f"    {literal(key)}: {literal(each)},\n" for key, each in value.items())
        return f"{name} = {{  # {comment}\n{''.join(rows)}}}\n"
    if len(text) > WIDEST and isinstance(value, list):
        rows = (f"    {literal(each)},\n" for each in value)
        return f"{name} = [  # {comment}\n{''.join(rows)}]\n"
    return f"{name} = {text}  # {comment}\n"


def relinked(text: str) -> str:
    """Return a text whose links lead from mine/ to where they led from the page's own folder.

    Examples
    --------
    >>> relinked("[English](../03_repay_early.ipynb) [a](01_methods.ipynb) [b](../../docs/a.md)")
    '[English](../notebooks/03_repay_early.ipynb) [a](01_methods.ipynb) [b](../docs/a.md)'
    >>> relinked("[中文](zh/03_repay_early.ipynb)")
    '[中文](../notebooks/zh/03_repay_early.ipynb)'
    """
    text = re.sub(r"\]\((?:\.\./)(\d\d_\w+\.ipynb)", r"](../notebooks/\1", text)
    text = re.sub(r"\]\((zh/\d\d_\w+\.ipynb)", r"](../notebooks/\1", text)
    return text.replace("](../../", "](../")


# ---- running -------------------------------------------------------------------------------------


async def run(page: Page, folder: Path, free: asyncio.Semaphore) -> Page:
    """Run a page in a kernel of its own; where it refuses a number it stops, and says why."""
    from nbclient.exceptions import CellExecutionError

    async with free:
        print(say("mine.running", page=page.name), flush=True)
        for cell in stored.code_cells(page.notebook):
            cell.outputs, cell.execution_count = [], None
        try:
            await execute(page.notebook, folder)
        except CellExecutionError as why:
            in_words = why.ename in ("JiebeiError", "AssertionError")  # a number, a check
            said = why.evalue if in_words else f"{why.ename}: {why.evalue}"
            return Page(page.name, page.notebook, page.own, page.example, said)
        return page


async def run_all(pages: list[Page], folder: Path) -> list[Page]:
    """Run pages, so many at a time."""
    free = asyncio.Semaphore(AT_ONCE)
    return await asyncio.gather(*(run(page, folder, free) for page in pages))


# ---- the folder ----------------------------------------------------------------------------------


def digest(notebook: NotebookNode) -> str:
    """Return what tells whether the cells were changed; what they show does not count."""
    sources = "\0".join(f"{cell.cell_type}\0{cell.source}" for cell in notebook.cells)
    return hashlib.sha256(sources.encode()).hexdigest()


def changed(folder: Path) -> set[str]:
    """Return the notebooks of a folder that are not as they were written there."""
    record = folder / RECORD
    known = json.loads(record.read_text(encoding="utf-8")) if record.exists() else {}
    found = set()
    for path in folder.glob("*.ipynb"):
        try:
            same = digest(stored.read(path)) == known.get(path.name)
        except (ValueError, ValidationError):
            same = False  # no notebook any more: it is not for us to throw away
        if not same:
            found.add(path.name)
    return found


def write(pages: list[Page], numbers: Numbers, target: Path) -> list[str]:
    """Put the pages and the report in the place of the folder; return whose pages were kept.

    What the reader made there, or changed, is taken over as it is.
    """
    kept = sorted(changed(target))
    beside, old = target.with_name(f"{target.name}.new"), target.with_name(f"{target.name}.old")
    shutil.rmtree(beside, ignore_errors=True)
    if target.exists():
        ours = {page.name for page in pages} - {*kept} | {RECORD, REPORT}
        leave = shutil.ignore_patterns(".ipynb_checkpoints", *ours)
        shutil.copytree(target, beside, ignore=leave)
    beside.mkdir(exist_ok=True)
    record = {}
    for page in pages:
        if page.name not in kept:
            text = stored.written(page.notebook)
            (beside / page.name).write_text(text, encoding="utf-8", newline="\n")
            record[page.name] = digest(page.notebook)
    html = report.report(pages, numbers, kept)
    (beside / REPORT).write_text(html, encoding="utf-8", newline="\n")
    (beside / RECORD).write_text(json.dumps(record, indent=1), encoding="utf-8")
    swap(target, beside, old)
    return kept


def swap(target: Path, beside: Path, old: Path) -> None:
    """Put a folder in the place of another, which stays where that cannot be done."""
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    try:
        beside.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


# ---- make mine -----------------------------------------------------------------------------------


def from_statement(file: Path, numbers: Numbers) -> Numbers:
    """Return the numbers with the loan that the lender's own file tells, which is written down."""
    found = my_statement.from_files(numbers.values, f"{file.parent}/")
    new = {name: value for name, value in found.items() if name not in numbers.values}
    write_numbers(file, new)
    print(say("mine.found", statement=numbers.values["statement"], file=file.name))
    return read(file)


def make(lang: str, home: Path = HERE, names: list[str] | None = None) -> int:
    """Make the file, or all pages and the report from it; return 1 where that could not be done."""
    use(lang)
    file, target = home / FILE, home / FOLDER
    if not file.exists():
        stored.store(file, template())
        print(say("mine.made", file=FILE, folder=home))
        return 0
    try:
        numbers = read(file)
        if numbers.loan is None and "statement" in numbers.values:
            numbers = from_statement(file, numbers)
    except JiebeiError as refused:
        print(f"{refused}\n\n{say('mine.nothing_written')}", file=sys.stderr)
        return 1
    if not numbers.values.keys() - {"as_of"}:
        print(say("mine.empty", file=FILE), file=sys.stderr)
        return 1
    paths = stored.pages(stored.SETS[lang])
    pages = [filled(path, numbers) for path in paths if not names or path.stem in names]
    work = home / f"{FOLDER}.run"
    work.mkdir(exist_ok=True)
    try:
        pages = asyncio.run(run_all(pages, work))
        kept = write(pages, numbers, target)
    except OSError as why:
        print(say("mine.not_written", folder=target, why=why), file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(work, ignore_errors=True)
    for name in kept:
        print(say("mine.kept", page=name))
    stopped = sum(bool(page.refused) for page in pages)
    key = "mine.done_some" if stopped else "mine.done"
    print(say(key, n=len(pages), stopped=stopped, report=target / REPORT))
    return 0


def main(words: list[str] | None = None) -> int:
    """Make my numbers, or my pages from them."""
    parser = argparse.ArgumentParser(description="Fill a copy of the pages with your own numbers.")
    parser.add_argument("lang", choices=LANGUAGES)
    parser.add_argument("pages", nargs="*", help="such as 03_repay_early; default: all")
    asked = parser.parse_args(words)
    return make(asked.lang, names=asked.pages)


if __name__ == "__main__":
    sys.exit(main())
