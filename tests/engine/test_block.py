"""Rows of many loans: written as they come, read loan by loan in the order the loans came."""

import numpy as np
import pytest

import jiebei as jb
from jiebei.engine.block import Block
from jiebei.engine.run import run
from jiebei.loan.cashflows import most_rows


def filled(loan: jb.Loan) -> Block:
    """Run a few loans and return their block."""
    room = Block({"closing", "event"}, rows=40, loans=loan.shape[0])
    ((block, first),) = run(*loan.flat(), [room])
    assert first == 0
    return block


def test_the_loans_that_still_run_stand_side_by_side() -> None:
    """So what goes on is a slice of the columns, not a choice of places."""
    loan = jb.Loan(9_000, daily_rate=0.0004, months=[3, 12, 6], start="2026-12-01")
    block = filled(loan)
    assert block.loan[: block.size].tolist() == [1, 2, 0] * 4 + [1, 2] * 3 + [1] * 6
    assert block.counts().tolist() == [4, 13, 7]
    closing = block.by_loan(block.column("closing"), block.places())
    assert np.flatnonzero(closing == 0).tolist() == [3, 16, 23]


def test_loans_that_last_alike_stay_as_they_came() -> None:
    loan = jb.Loan([9_000, 50_000], daily_rate=0.0004, months=12, start="2026-12-01")
    block = filled(loan)
    assert block.places() is None
    assert block.padded(["closing"])["closing"][0].tolist() == [900_000, 5_000_000]


def test_a_fen_is_lent_where_another_loan_is_not_taken() -> None:
    line = jb.Loan(9_000, daily_rate=0.0004, months=3, start="2026-12-01")
    assert line.reborrow([0, 0.01], on=10, months=2).summary().drawn.tolist() == [9_000, 9_000.01]


LOAN = jb.Loan(9_000, daily_rate=0.0004, months=3, start="2026-12-01")
ONCE = LOAN.but(months=None, days=30, method="bullet")


@pytest.mark.parametrize(
    "strategy",
    [
        LOAN.extend(2, on=5),
        ONCE.miss(1).extend(days=30, on=40),
        LOAN.defer(3, on=5),
        LOAN.defer(1, on=5, interest="billed"),
        LOAN.miss(1, times=3).restructure(6, on=100),
        LOAN.pay_extra(10, on=5, times=2),
        LOAN.pay_late(3, days=10),
        LOAN.reprice(0.0003, on=5),
    ],
)
def test_no_more_room_is_made_than_is_filled(strategy) -> None:
    assert most_rows(strategy.flat()).tolist() == [len(strategy.cashflows())]


def test_no_loan_leaves_a_gap_while_another_acts() -> None:
    """One repays early, once before the first instalment: its rows follow each other."""
    loan = jb.Loan([9_000, 9_000], daily_rate=0.0004, months=2, start="2026-12-01")
    block = filled(loan.prepay([0.01, 4_000], on=["NaT", "2026-12-11"]))
    events = block.padded(["event"])["event"]
    assert events.tolist() == [[0, 0], [1, 2], [1, 1], [0, 1]]
    assert block.counts().tolist() == [3, 4]
