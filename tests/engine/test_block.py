"""Rows of many loans: those that last longest come first, and are read in the order they came."""

import numpy as np

import jiebei as jb
from jiebei.engine.block import Block
from jiebei.engine.run import run


def filled(loan: jb.Loan) -> Block:
    """Run a few loans and return their block."""
    room = Block({"closing"}, steps=2, loans=loan.shape[0])  # it makes room for more
    ((block, first),) = run(*loan.flat(), [room])
    assert first == 0
    return block


def test_the_loans_that_still_run_stand_side_by_side() -> None:
    """So a step is a slice of the columns, not a choice of places."""
    loan = jb.Loan(9_000, daily_rate=0.0004, months=[3, 12, 6], start="2026-12-01")
    block = filled(loan)
    assert block.held[: block.steps].sum(axis=0).tolist() == [13, 7, 4]
    assert block.counts().tolist() == [4, 13, 7]
    closing = block.by_loan("closing", block.places())
    assert np.flatnonzero(closing == 0).tolist() == [3, 16, 23]


def test_loans_that_last_alike_stay_as_they_came() -> None:
    loan = jb.Loan([9_000, 50_000], daily_rate=0.0004, months=12, start="2026-12-01")
    block = filled(loan)
    assert block.lane is None
    assert block.padded(["closing"])["closing"][0].tolist() == [900_000, 5_000_000]
