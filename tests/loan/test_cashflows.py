"""How cash flows are written into a frame: nothing is lost, and what has no room is said."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

import jiebei as jb
from jiebei.loan import cashflows
from jiebei.loan.cashflows import COLUMNS

LOAN = jb.Loan(12_000, daily_rate=0.0004, months=3, start="2026-12-01")


def test_a_frame_beyond_memory_is_refused_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """61 rows a loan of 12 columns of 8 bytes: 18,500 loans are 0.1 of 2 ** 30 bytes.

    What is not taken has no row.
    """

    def no_room(*_: Any) -> Any:
        raise MemoryError

    loans = LOAN.but(principal=np.full(18_500, 9_000), months=60).prepay(0, on=5)
    monkeypatch.setattr(cashflows, "_columns", no_room)
    with pytest.raises(jb.JiebeiError, match=r"1,128,500 rows, 0\.1 GB: .*summary\(\)"):
        loans.cashflows()


@pytest.mark.parametrize("failing", [0, 1, 2])
def test_what_goes_wrong_while_rows_are_written_is_said(failing: int) -> None:
    class Writer:
        def take(self, block: int, first: int) -> None:
            if block == failing:
                raise OSError("the lights went out")

    def blocks() -> Iterator[tuple[Any, int]]:
        yield from ((number, 0) for number in range(3))

    with pytest.raises(OSError, match="the lights went out"):
        cashflows._write_while_computing(Writer(), blocks())  # type: ignore[arg-type]


def test_a_block_is_filled_again_only_when_it_has_been_written() -> None:
    """Two are filled in turn: when the third is asked for, the first is in the frame."""
    written: list[int] = []

    class Writer:
        def take(self, block: int, first: int) -> None:
            written.append(block)

    def blocks() -> Iterator[tuple[Any, int]]:
        for number in range(5):
            assert len(written) >= number - 1
            yield number, 0

    cashflows._write_while_computing(Writer(), blocks())  # type: ignore[arg-type]
    assert written == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_alone_is_that_of_all(name: str) -> None:
    late = LOAN.but(prepay_fee_rate=[0.0, 0.01]).miss(1).prepay(500, on="2027-02-10")
    for loan in (LOAN, late):
        for loans in (loan, loan.but(principal=np.full((60, 2), 12_000))):  # kept, and not kept
            whole = loans.cashflows(list(COLUMNS))
            assert loans.cashflows([name])[name].equals(whole[name])


def test_what_falls_due_on_a_row_is_what_is_paid_and_what_it_leaves_overdue() -> None:
    """4,098.01 in January; in February as much, and the 76.22 of penalty."""
    late = LOAN.miss(1).cashflows(["event", "payment", "arrears", "due"])
    assert late["payment"].to_list() == [0, 0, 8_272.24, 4_098.00]
    assert late["arrears"].to_list() == [0, 4_098.01, 0, 0]
    assert late["due"].to_list() == [0, 4_098.01, 4_174.23, 4_098.00]
