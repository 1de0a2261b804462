"""What a cell of a written table may hold: a figure, a day, or whatever it is as text."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

import jiebei as jb
from jiebei.language.errors import JiebeiError

CELLS: list[tuple[Any, Any]] = [
    (1.5, 1.5),
    (np.int64(3), 3),
    (np.nan, None),
    (pd.NaT, None),
    ([1, 2], "[1, 2]"),
    (np.array([1, 2]), "[1 2]"),
    ({"a": 1}, "{'a': 1}"),
    (1e300, "1e+300"),
    (-(10**20), "-100000000000000000000"),
    (np.inf, "inf"),
    ("\ud800x\x00", "\ufffdx\ufffd"),
]


@pytest.mark.parametrize(("given", "written"), CELLS, ids=ascii)
def test_a_cell_is_written(given: Any, written: Any, tmp_path: Path) -> None:
    column = pd.Series([None], dtype=object)
    column[0] = given
    frame = pd.DataFrame({"interest": column})
    jb.save(frame, tmp_path / "a.xlsx")
    jb.save(frame, tmp_path / "a.csv")
    assert load_workbook(tmp_path / "a.xlsx").active["A2"].value == written
    text = (tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()[1]
    assert str("" if written is None else written) in text


@pytest.mark.parametrize("tables", [5, None, {"a": 5}, {"a": None}, [1]], ids=ascii)
def test_only_tables_are_written(tables: Any, tmp_path: Path) -> None:
    with pytest.raises(JiebeiError, match="give a DataFrame, and not"):
        jb.save(tables, tmp_path / "a.xlsx")
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("strategy", [5, None, "loan", pd.DataFrame()], ids=ascii)
def test_only_a_loan_has_a_calendar(strategy: Any, tmp_path: Path) -> None:
    with pytest.raises(JiebeiError, match="a loan is needed here"):
        jb.save_calendar(strategy, tmp_path / "a.ics")
