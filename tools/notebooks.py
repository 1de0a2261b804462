"""Run the notebooks and store them in one canonical form, or look at what is stored.

    python tools/notebooks.py                run all of notebooks/, two at a time
    python tools/notebooks.py --check        only look, no kernel is started
    python tools/notebooks.py --jobs 1 notebooks/00_start_here.ipynb

A notebook is stored whole or not at all: one that fails, or writes a warning, stays as it was.
Where nothing has changed, running the notebooks again changes no byte.
"""

from __future__ import annotations

import argparse
import ast
import asyncio
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
MOST_CELLS = 30
MOST_BYTES = 600_000
SECONDS_A_CELL = 120
PARAMETERS = "parameters"
LIVE = "nbval-ignore-output"  # sliders: their output is of no use without a kernel
KEPT = ("tags", "jupyter")  # "jupyter" says which cells are folded
KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
MARKER = re.compile(r"^\s*#\s*(NBVAL_|PYTEST_VALIDATE)", re.MULTILINE)


# ---- the canonical form --------------------------------------------------------------------------


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """Return the cells that run."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def tags(cell: NotebookNode) -> list[str]:
    """Return the tags of a cell."""
    return list(cell.metadata.get("tags", []))


def folded(cell: NotebookNode) -> bool:
    """Tell whether a cell shows what it found, and its code only to whom opens it."""
    return bool(cell.metadata.get("jupyter", {}).get("source_hidden"))


def canonical(notebook: NotebookNode) -> str:
    """Return the text to store: cells counted 1 to n, no trace of when, where and by whom."""
    notebook = nbformat.from_dict(notebook)
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    for cell in notebook.cells:
        cell.metadata = {name: cell.metadata[name] for name in KEPT if cell.metadata.get(name)}
    for count, cell in enumerate(code_cells(notebook), start=1):
        cell.execution_count = count
        if LIVE in tags(cell):
            cell.outputs = []
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = count
    return nbformat.writes(notebook, version=4) + "\n"


# ---- what a stored notebook must be --------------------------------------------------------------


def faults(path: Path) -> list[str]:
    """Return, in words, all that is wrong with a stored notebook; no kernel is started."""
    text = path.read_bytes().decode("utf-8")
    notebook = nbformat.reads(text, as_version=4)
    found = [*size_faults(notebook, text), *tag_faults(notebook), *run_faults(notebook)]
    if not found and text != canonical(notebook):
        found.append("is not in canonical form")
    return found


def size_faults(notebook: NotebookNode, text: str) -> Iterator[str]:
    """Yield what makes a notebook too long to read."""
    cells = sum(not folded(each) for each in notebook.cells)
    if cells > MOST_CELLS:
        yield f"has {cells} cells, more than {MOST_CELLS}"
    size = len(text.encode())
    if size > MOST_BYTES:
        yield f"has {size:,} bytes, more than {MOST_BYTES:,}"


def tag_faults(notebook: NotebookNode) -> Iterator[str]:
    """Yield what would let a cell escape the comparison, or a rerun miss the parameters."""
    cells = code_cells(notebook)
    used = [tag for cell in notebook.cells for tag in tags(cell)]
    parameters = [cell for cell in cells if PARAMETERS in tags(cell)]
    if len(parameters) != 1 or used.count(PARAMETERS) != 1:
        yield f"has {len(parameters)} code cells tagged {PARAMETERS}, not 1"
    for cell in parameters:
        if not only_literals(cell.source):
            yield "has something else than 'name = literal' among its parameters"
    if used.count(LIVE) > 1:
        yield f"has {used.count(LIVE)} cells tagged {LIVE}, more than 1"
    for tag in sorted(set(used) - {PARAMETERS, LIVE}):
        yield f"has an unknown tag: {tag}"
    if any(MARKER.search(cell.source) for cell in cells):
        yield "has a comment that keeps a cell from being compared"


def only_literals(source: str) -> bool:
    """Tell whether every statement gives a name a literal value."""
    try:
        for statement in ast.parse(source).body:
            if not isinstance(statement, ast.Assign):
                return False
            ast.literal_eval(statement.value)
    except (SyntaxError, ValueError):
        return False
    return True


def run_faults(notebook: NotebookNode) -> Iterator[str]:
    """Yield what shows that a notebook was not run from top to bottom, or not without trouble."""
    for count, cell in enumerate(code_cells(notebook), start=1):
        if not cell.source.strip():
            yield f"code cell {count} is empty"
        elif cell.execution_count is None:
            yield f"code cell {count} was not run"
        elif cell.execution_count != count:
            yield f"code cell {count} was run as number {cell.execution_count}"
        if any(output.output_type == "error" for output in cell.outputs):
            yield f"code cell {count} shows an error"
        for words in warnings(cell):
            yield f"code cell {count} shows a warning: {words}"
        for output in cell.outputs:
            if "image/png" in output.get("data", {}) and not alternative(output):
                yield f"code cell {count} shows a picture without words for who does not see it"


def alternative(output: NotebookNode) -> str:
    """Return the words of a picture for those who do not see it."""
    return str(output.metadata.get("image/png", {}).get("alt", ""))


def warnings(cell: NotebookNode) -> list[str]:
    """Return what a cell wrote to stderr."""
    return [output.text.strip() for output in cell.outputs if output.get("name") == "stderr"]


# ---- running -------------------------------------------------------------------------------------


async def run(path: Path) -> str:
    """Run a notebook in a kernel of its own, from its own folder, and return the text to store."""
    from nbclient import NotebookClient  # here, so that looking needs no kernel

    notebook = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
    client = NotebookClient(
        notebook,
        timeout=SECONDS_A_CELL,
        kernel_name=KERNEL["name"],
        resources={"metadata": {"path": str(path.parent)}},
        extra_arguments=["--log-level=ERROR"],  # not a warning a kernel
        record_timing=False,
        coalesce_streams=True,  # what is printed in two goes is stored as one
    )
    await client.async_execute()
    for count, cell in enumerate(code_cells(notebook), start=1):
        for words in warnings(cell):
            raise RuntimeError(f"code cell {count} shows a warning: {words}")
    return canonical(notebook)


def store(path: Path, text: str) -> None:
    """Put the text in the place of the file in one step."""
    beside = path.with_suffix(".new")
    beside.write_bytes(text.encode())
    os.replace(beside, path)


async def refresh(path: Path, free: asyncio.Semaphore) -> list[str]:
    """Run and store one notebook, and return its faults."""
    async with free:
        print(f"{path.name}: running ...", flush=True)
        try:
            text = await run(path)
        except Exception as reason:  # whatever it is, the file stays and the others go on
            return [f"stays as it was. {reason}"]
    same = text.encode() == path.read_bytes()
    if not same:
        store(path, text)
    print(f"{path.name}: {'as before' if same else 'stored'}", flush=True)
    return faults(path)


async def refresh_all(paths: list[Path], jobs: int) -> list[list[str]]:
    """Run and store notebooks, so many at a time."""
    free = asyncio.Semaphore(jobs)
    return await asyncio.gather(*(refresh(path, free) for path in paths))


def main(words: list[str] | None = None) -> int:
    """Refresh or check notebooks; return 1 if something is wrong with one."""
    parser = argparse.ArgumentParser(description="Run the notebooks and store what they show.")
    parser.add_argument("notebooks", nargs="*", type=Path, help="default: all")
    parser.add_argument("--check", action="store_true", help="only look at what is stored")
    parser.add_argument("--jobs", type=int, default=2, help="how many at a time (default 2)")
    asked = parser.parse_args(words)
    paths = asked.notebooks or sorted(NOTEBOOKS.glob("*.ipynb"))
    if asked.check:
        found = [faults(path) for path in paths]
    else:
        found = asyncio.run(refresh_all(paths, asked.jobs))
    for path, sentences in zip(paths, found, strict=True):
        for sentence in sentences:
            print(f"{path.name}: {sentence}", file=sys.stderr)
    return 1 if any(found) else 0


if __name__ == "__main__":
    sys.exit(main())
