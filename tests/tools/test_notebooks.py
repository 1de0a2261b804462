"""tools/notebooks.py stores a notebook whole or not at all."""

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from tools.notebooks import main
from tools.stored import MOST_CELLS, canonical, code_cells, size_faults

PARAMETERS = new_code_cell("amount = 20_000", id="first", metadata={"tags": ["parameters"]})


def write(path: Path, *sources: str) -> bytes:
    """Store a notebook that was never run, and return its bytes."""
    cells = [new_code_cell(source, id=f"cell-{n}") for n, source in enumerate(sources)]
    nbformat.write(new_notebook(cells=[PARAMETERS, *cells]), path)
    return path.read_bytes()


def test_notebooks_are_run_from_their_own_folder_and_stored(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "sound.ipynb"
    write(
        path, "print('one'); print('two')\namount + 1", "import os; os.path.exists('sound.ipynb')"
    )
    assert main(["--check", str(path)]) == 1
    assert "was not run" in capfd.readouterr().err
    assert main([str(path)]) == 0
    assert main(["--check", str(path)]) == 0

    cells = code_cells(nbformat.read(path, as_version=4))
    assert [cell.execution_count for cell in cells] == [1, 2, 3]
    assert cells[1].outputs[0].text == "one\ntwo\n"
    assert cells[1].outputs[1].data["text/plain"] == "20001"
    assert cells[2].outputs[0].data["text/plain"] == "True"

    stored = path.read_bytes()
    assert main([str(path)]) == 0
    assert path.read_bytes() == stored


def test_a_notebook_that_fails_or_warns_stays_as_it_was(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    fails, warns = tmp_path / "fails.ipynb", tmp_path / "warns.ipynb"
    before = (
        write(fails, "amount", "amount / 0"),
        write(warns, "import warnings; warnings.warn('!')"),
    )
    assert main([str(fails), str(warns)]) == 1
    assert (fails.read_bytes(), warns.read_bytes()) == before
    assert sorted(tmp_path.iterdir()) == [fails, warns]

    told = capfd.readouterr().err
    assert "fails.ipynb: stays as it was" in told
    assert "ZeroDivisionError" in told
    assert "warns.ipynb: stays as it was. code cell 2 shows a warning" in told


def test_a_folded_cell_stays_folded_and_makes_no_notebook_longer() -> None:
    fold = {"jupyter": {"source_hidden": True}}
    cells = [new_code_cell("1", metadata={"collapsed": True}) for _ in range(MOST_CELLS)]
    full = new_notebook(cells=[*cells, new_code_cell("2", metadata=fold)])
    stored = nbformat.reads(canonical(full), as_version=4)
    assert [cell.metadata for cell in stored.cells] == [{}] * MOST_CELLS + [fold]
    assert list(size_faults(stored, "")) == []
    stored.cells[-1].metadata = {}
    assert list(size_faults(stored, "")) == ["has 31 cells, more than 30"]


def test_folded_cells_count_in_all() -> None:
    fold = {"jupyter": {"source_hidden": True}}
    folded = [new_code_cell("1", metadata=fold) for _ in range(33)]
    assert list(size_faults(new_notebook(cells=folded[:32]), "")) == []
    assert list(size_faults(new_notebook(cells=folded), "")) == [
        "has 33 cells in all, more than 32"
    ]
