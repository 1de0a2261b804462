"""Run the notebooks and store them in one canonical form, or look at what is stored.

    python -m tools.notebooks                run all pages of both sets, two at a time
    python -m tools.notebooks --check        only look, no kernel is started
    python -m tools.notebooks --jobs 1 notebooks/00_start_here.ipynb

A page is run in both languages: its Chinese twin first takes over the code of the English one
(`tools/twins.py`). A notebook is stored whole or not at all: one that fails, or writes a warning,
stays as it was. Where nothing has changed, running the notebooks again changes no byte.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from nbformat import NotebookNode

from tools.stored import (
    KERNEL,
    NOTEBOOKS,
    canonical,
    code_cells,
    faults,
    pages,
    read,
    shown_as,
    store,
    warnings,
)
from tools.twins import carry_over, twin

SECONDS_A_CELL = 120


async def execute(notebook: NotebookNode, folder: Path) -> None:
    """Run the cells of a notebook in a kernel of its own, from a folder."""
    from nbclient import NotebookClient  # here, so that looking needs no kernel

    client = NotebookClient(
        notebook,
        timeout=SECONDS_A_CELL,
        kernel_name=KERNEL["name"],
        resources={"metadata": {"path": str(folder)}},
        extra_arguments=["--log-level=ERROR"],  # not a warning a kernel
        record_timing=False,
        coalesce_streams=True,  # what is printed in two goes is stored as one
    )
    await client.async_execute()


async def run(path: Path) -> str:
    """Run a notebook from its own folder, and return the text to store."""
    notebook = read(path)
    await execute(notebook, path.parent)
    for count, cell in enumerate(code_cells(notebook), start=1):
        for words in warnings(cell):
            raise RuntimeError(f"code cell {count} shows a warning: {words}")
    return canonical(notebook)


async def refresh(path: Path, free: asyncio.Semaphore) -> list[str]:
    """Run and store one notebook, and return its faults."""
    async with free:
        print(f"{shown_as(path)}: running ...", flush=True)
        try:
            text = await run(path)
        except Exception as reason:  # whatever it is, the file stays and the others go on
            return [f"stays as it was. {reason}"]
    same = text.encode() == path.read_bytes()
    if not same:
        store(path, text)
    print(f"{shown_as(path)}: {'as before' if same else 'stored'}", flush=True)
    return faults(path)


async def refresh_all(paths: list[Path], jobs: int) -> list[list[str]]:
    """Run and store notebooks, so many at a time."""
    free = asyncio.Semaphore(jobs)
    return await asyncio.gather(*(refresh(path, free) for path in paths))


def in_both(paths: list[Path]) -> list[Path]:
    """Return the pages with their twins; a notebook of no set is alone."""
    return list(dict.fromkeys(each for path in paths for each in (path, twin(path)) if each))


def main(words: list[str] | None = None) -> int:
    """Refresh or check notebooks; return 1 if something is wrong with one."""
    parser = argparse.ArgumentParser(description="Run the notebooks and store what they show.")
    parser.add_argument("notebooks", nargs="*", type=Path, help="default: all")
    parser.add_argument("--check", action="store_true", help="only look at what is stored")
    parser.add_argument("--jobs", type=int, default=2, help="how many at a time (default 2)")
    asked = parser.parse_args(words)
    paths = in_both(asked.notebooks or pages(NOTEBOOKS))
    if asked.check:
        found = [faults(path) for path in paths]
    else:
        carry_over(paths)
        found = asyncio.run(refresh_all(paths, asked.jobs))
    for path, sentences in zip(paths, found, strict=True):
        for sentence in sentences:
            print(f"{shown_as(path)}: {sentence}", file=sys.stderr)
    return 1 if any(found) else 0


if __name__ == "__main__":
    sys.exit(main())
