"""One way to change a loan, and it keeps what was decided."""

import ast
import dataclasses
from pathlib import Path

import numpy as np
import pytest

import jiebei as jb
from jiebei.answers import grace, repay_early, true_cost

LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
EARLY = LOAN.prepay(20_000, on="2027-03-01")
PACKAGE = Path(jb.__file__).parent


def test_another_rate_keeps_the_chain():
    written_anew = jb.Loan(50_000, daily_rate=0.0005, months=12, start="2026-12-01")
    wanted = written_anew.prepay(20_000, on="2027-03-01").summary()
    for changed in (EARLY.but(daily_rate=0.0005), dataclasses.replace(EARLY, daily_rate=0.0005)):
        assert changed.summary().interest == wanted.interest == 3512.72
    assert written_anew.summary().interest == 5073.73  # without the chain
    assert EARLY.daily_rate == 0.0004


def test_terms_may_be_arrays_and_a_new_length_takes_the_place_of_the_old_one():
    rates = np.array([0.0004, 0.0005])
    assert EARLY.but(daily_rate=rates).summary().interest[1] == 3512.72
    week = LOAN.but(days=7, method="bullet")
    assert (week.months, week.days) == (None, 7)
    assert week.but(months=2).days is None


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"dailyrate": 0.0005}, "a loan has no argument 'dailyrate': did you mean 'daily_rate'"),
        ({"decisions": ()}, "a loan has no argument 'decisions'"),
        ({"start": "2027-03-02"}, "on=2027-03-01: that is before the drawdown on 2027-03-02"),
        ({"months": 6, "days": 7}, "months, days: both are given"),
        ({"daily_rate": 0.05}, "daily_rate=0.05"),
    ],
)
def test_what_cannot_be_is_said_in_words(terms, words):
    with pytest.raises(jb.JiebeiError, match=words):
        EARLY.but(**terms)


def test_a_table_of_loans_has_no_column_of_decisions():
    import pandas as pd

    frame = pd.DataFrame({"principal": [1_000], "decisions": [()]})
    with pytest.raises(jb.JiebeiError, match="'decisions' is unknown"):
        jb.Loan.from_frame(frame, daily_rate=0.0004, months=3, start="2026-12-01")


def test_a_new_contract_on_the_line_inherits_no_decision():
    assert EARLY.reborrow(10_000, on="2027-06-01", months=6).loans[1].decisions == ()


# ---- what the answers make of a loan that has a chain -------------------------------------------


def test_early_repayment_of_a_loan_that_has_become_dearer():
    dear = LOAN.reprice(0.0008, on="2027-01-01")
    early = dear.but(prepay_fee_rate=0.0).prepay(20_000, on="2027-03-01")
    gain = jb.net_benefit(early, dear, 0.02, at=jb.horizon(dear))
    plenty = jb.Cash(1e6, 0, "2026-12-01")
    found = repay_early.flips.fees(dear, 20_000, "2027-03-01", 0.02, plenty).table["gain_lower"]
    assert found.iloc[0] == pytest.approx(float(gain), abs=0.005)
    assert round(float(found.iloc[0]), 2) == 2376.16


def test_the_true_cost_of_a_loan_with_a_coupon_falls_with_its_rate():
    rates = true_cost.extras.depends(LOAN.coupon(30), 300.0).table["effective_rate"]
    yours, lower, higher = rates.iloc[:3]
    assert lower < yours < higher
    less = 0.0004 - true_cost.extras.STEP
    assert lower == LOAN.but(daily_rate=less).coupon(30).summary().effective_rate


def test_a_method_that_has_no_room_for_the_loans_own_interest_only_months_is_left_out():
    loan = LOAN.but(months=8, interest_only_months=10)
    for table in (
        grace.depends.depends(loan, 3, "2026-12-01", "billed", 0.02).table,
        true_cost.extras.depends(loan, 300.0).table,
    ):
        assert not any("then equal" in str(each) for each in table.index)
    short = LOAN.but(months=5, interest_only_months=2)
    table = true_cost.extras.depends(short, 300.0).table
    assert any("then equal" in str(each) for each in table.index)


# ---- no other way is used -----------------------------------------------------------------------


def replaced_loans(path: Path) -> list[str]:
    """Return where `replace` is called on what is called, or said to be, a loan."""
    found = []
    for function in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(function, ast.FunctionDef):
            continue
        every = [*function.args.args, *function.args.kwonlyargs]
        loans = {each.arg for each in every if each.annotation and is_loan(each.annotation)}
        for call in ast.walk(function):
            if isinstance(call, ast.Call) and ast.unparse(call.func).split(".")[-1] == "replace":
                what = ast.unparse(call.args[0]) if call.args else ""
                if what in loans or "loan" in what:
                    found.append(f"{path.name}:{call.lineno} {ast.unparse(call)}")
    return found


def is_loan(annotation: ast.expr) -> bool:
    return "Loan" in ast.unparse(annotation)


def test_no_room_replaces_a_loan():
    assert [each for path in PACKAGE.rglob("*.py") for each in replaced_loans(path)] == []
