"""What a contract says beside the grey cell reaches the loan of a page, and its checks still hold."""

from typing import Any

import pytest

import jiebei as jb
from tests.helpers.notebook_runner import cells, run_again
from tools.stored import pages

TAKING = [
    path.stem
    for path in pages()
    if any("parameters.agreed(" in source for source, _ in cells(path.stem))
]
USUAL = ("prepay_fee_rate", "penalty_multiple", "penalty_on", "grace_days", "accelerate_after")
CONTRACT: dict[str, Any] = {
    "due_day": "20",
    "day_count": "both_ends",
    "instalment_fee": 5,
    "drawdown_fee": 50,
    "prepay_settles": "whole",
    "payment_order": "principal_first",
    "grace_days": 2,
    "penalty_on": "principal",
}


def test_every_page_with_a_loan_of_its_own_takes_them() -> None:
    assert [name[:2] for name in TAKING] == "00 01 02 03 04 05 06 07 08 11 13 14".split()


@pytest.mark.parametrize("name", TAKING)
def test_what_the_contract_says_reaches_the_loan(name: str) -> None:
    found = run_again(name, {"__name__": "__main__"} | CONTRACT).namespace
    loan = found.get("loan") or found["equal"]
    assert isinstance(loan, jb.Loan)
    assert (loan.due_day, loan.day_count, loan.instalment_fee) == (20, "both_ends", 5)
    first = loan.cashflows(["date", "event"]).query("event == 'instalment'")["date"].iloc[0]
    assert first.day == 20
