"""One thing changed at a time: the row order, the change, and what weighs most."""

import numpy as np
import pandas as pd
import pytest

from jiebei.compare.vary import vary, weighs_most


def row(case: tuple[float, float]) -> dict[str, float]:
    cost, gain = case
    return {"cost": cost, "gain": gain}


CASES = {"yours": (100.0, 5.0), "dearer": (130.0, 7.0), "cheaper": (40.0, -1.0)}


def test_each_case_is_a_row_in_its_order() -> None:
    table = vary(CASES, row)
    assert list(table.index) == ["yours", "dearer", "cheaper"]
    assert table.index.name == "case"
    assert list(table.columns) == ["cost", "gain"]


@pytest.mark.parametrize(
    ("of", "columns", "change"),
    [
        ("cost", ["cost", "change", "gain"], [30, -60]),
        ("gain", ["cost", "gain", "change"], [2, -6]),
    ],
)
def test_the_change_stands_beside_its_column(
    of: str, columns: list[str], change: list[float]
) -> None:
    table = vary(CASES, row, of)
    assert list(table.columns) == columns
    assert np.isnan(table["change"].iloc[0])
    assert list(table["change"].iloc[1:]) == change


def test_a_fall_weighs_as_a_rise_does() -> None:
    assert weighs_most(vary(CASES, row, "cost")["change"]) == "cheaper"
    assert weighs_most(pd.Series([np.nan, 2.0, -2.0], ["yours", "first", "second"])) == "first"
