"""What a contract says beside the grey cell reaches the loan of a page, and its checks hold."""

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
UNHEARD = {
    ("13_small_business", "prepay_settles")
}  # a shop's small sums would not pay the interest
CONTRACT: dict[str, Any] = {
    "due_day": "20",
    "day_count": "both_ends",
    "rounding": "四舍六入五成双",
    "residual": "first",
    "instalment_fee": 5,
    "drawdown_fee": 50,
    "prepay_settles": "whole",
    "payment_order": "principal_first",
    "grace_days": 2,
    "penalty_on": "principal",
}


def test_every_page_with_a_loan_of_its_own_takes_them() -> None:
    assert {name[:2] for name in TAKING} == {
        f"{each:02}" for each in (*range(9), *range(10, 15), 16)
    }


@pytest.mark.parametrize("name", TAKING)
def test_what_the_contract_says_reaches_the_loan(name: str) -> None:
    said = {each: CONTRACT[each] for each in CONTRACT if (name, each) not in UNHEARD}
    found = run_again(name, {"__name__": "__main__"} | said).namespace
    loan = loan_of(name[:2], found)
    assert isinstance(loan, jb.Loan)
    assert (loan.due_day, loan.day_count, loan.instalment_fee) == (20, "both_ends", 5)
    assert (loan.rounding, loan.residual) == ("half_even", "first")
    first = loan.cashflows(["date", "event"]).query("event == 'instalment'")["date"].iloc[0]
    assert first.day == 20


def loan_of(page: str, found: dict[str, Any]) -> Any:
    """Return the loan of a page as agreed, or with what was paid."""
    match page:
        case "01":
            return found["equal"]
        case "10":
            return found["borrower"].contract(found["principal"], 0.0004, 0)
        case "12":
            return found["drawn"][0].loan
        case "13":
            return found["ways"][found["equal"]]
        case "08" | "16":
            return found["now"].whole
    return found["loan"]
