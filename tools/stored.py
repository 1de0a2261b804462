"""What a stored notebook is: where the two sets of pages lie, their canonical form, their faults.

`notebooks/` is English, `notebooks/zh/` Chinese; a page has the same name in both.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from jiebei.notebook.places import replace
from tools.languages import foreign

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
SETS = {"en": NOTEBOOKS, "zh": NOTEBOOKS / "zh"}
MOST_CELLS, MOST_IN_ALL = 30, 32  # unfolded ones, and with those that are folded
MOST_BYTES = 600_000
PARAMETERS = "parameters"
LIVE = "nbval-ignore-output"  # sliders: their output is of no use without a kernel
KEPT = ("tags", "jupyter")  # "jupyter" says which cells are folded
KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
MARKER = re.compile(r"^\s*#\s*(NBVAL_|PYTEST_VALIDATE)", re.MULTILINE)

# ---- the two sets --------------------------------------------------------------------------------


def pages(folder: Path = NOTEBOOKS) -> list[Path]:
    """Return the notebooks of a folder, in their order."""
    return sorted(folder.glob("*.ipynb"))


def all_pages() -> list[Path]:
    """Return the notebooks of both sets."""
    return [path for folder in SETS.values() for path in pages(folder)]


def shown_as(path: Path) -> str:
    """Return the name of a notebook with its folder, where that is not the first set's.

    Examples
    --------
    >>> shown_as(SETS["zh"] / "03_repay_early.ipynb"), shown_as(SETS["en"] / "11_budget.ipynb")
    ('zh/03_repay_early.ipynb', '11_budget.ipynb')
    """
    return f"zh/{path.name}" if language_of(path) == "zh" else path.name


def language_of(path: Path) -> str:
    """Return the language of a page: that of its folder, English for a notebook of no set.

    Examples
    --------
    >>> language_of(SETS["zh"] / "03_repay_early.ipynb"), language_of(Path("mine.ipynb"))
    ('zh', 'en')
    """
    return "zh" if path.parent.name == "zh" else "en"


def read(path: Path) -> NotebookNode:
    """Return a stored notebook."""
    return nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)


def written(notebook: NotebookNode) -> str:
    """Return the text of a notebook as it lies in its file."""
    return nbformat.writes(notebook, version=4) + "\n"


def store(path: Path, text: str) -> None:
    """Put the text in the place of the file in one step."""
    replace(path, text.encode())


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
    return written(notebook)


# ---- what a stored notebook must be --------------------------------------------------------------


def faults(path: Path) -> list[str]:
    """Return, in words, all that is wrong with a stored notebook; no kernel is started."""
    text = path.read_bytes().decode("utf-8")
    notebook = nbformat.reads(text, as_version=4)
    found = [*size_faults(notebook, text), *tag_faults(notebook), *run_faults(notebook)]
    found += foreign(notebook, language_of(path))
    if not found and text != canonical(notebook):
        found.append("is not in canonical form")
    return found


def size_faults(notebook: NotebookNode, text: str) -> Iterator[str]:
    """Yield what makes a notebook too long to read."""
    cells = sum(not folded(each) for each in notebook.cells)
    if cells > MOST_CELLS:
        yield f"has {cells} cells, more than {MOST_CELLS}"
    if len(notebook.cells) > MOST_IN_ALL:
        yield f"has {len(notebook.cells)} cells in all, more than {MOST_IN_ALL}"
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
