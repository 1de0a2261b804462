"""The golden schedules, rebuilt with the package and compared row by row in whole fen."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import jiebei as jb
from tests.golden.cases import CASES, REFUSED
from tests.golden.derive import faults
from tests.helpers.in_fen import built, rows_in_fen

GOLDEN = Path(__file__).parents[1] / "golden"


def stored(name: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return the columns and the rows of a golden schedule, its money in fen."""
    lines = (GOLDEN / f"{name}.csv").read_text("utf-8").splitlines()
    columns, *rows = csv.reader(line for line in lines if not line.startswith("#"))
    return columns, [tuple(map(read, columns, row)) for row in rows]


def read(column: str, text: str) -> Any:
    """Return what a golden schedule holds in a column, its money in fen."""
    if column == "date":
        return date.fromisoformat(text)
    if column in ("event", "status"):
        return text
    if column in ("days", "days_late"):
        return int(text)
    assert "." in text
    return int(text.replace(".", ""))


@pytest.mark.parametrize("name", CASES)
def test_the_package_writes_the_golden_schedule(name):
    columns, rows = stored(name)
    assert rows_in_fen(built(*CASES[name]), columns) == rows


def test_the_golden_schedules_are_those_of_the_reference():
    assert list(faults()) == []


@pytest.mark.parametrize("name", REFUSED)
def test_what_must_be_refused_is_refused_in_words(name):
    with pytest.raises(jb.JiebeiError, match=r"[:;] .+\."):
        built(*REFUSED[name]).summary()


def test_cash_below_the_interest_of_the_whole_is_refused_to_the_fen():
    loan = jb.Loan(30_000, daily_rate=0.0004, start="2026-12-01", months=2, prepay_settles="whole")
    words = (
        r"^pay_extra\(120\.00\) on 2026-12-11: the 120\.00 of interest owed that day come first; "
        r"pay more, or on a due date\.$"
    )
    with pytest.raises(jb.JiebeiError, match=words):
        loan.pay_extra(120, on="2026-12-11").summary()
    row = loan.pay_extra(120.01, on="2026-12-11").cashflows().iloc[1]
    assert (row["interest"], row["principal"]) == (120.0, 0.01)
