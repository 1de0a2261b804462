"""What was entered in a notebook is refused under the names of its cell."""

from typing import Any

import pytest

import jiebei as jb
from jiebei.answers.entered import day_in_life, repayment
from tests.notebook_runner import run_notebook

LOAN = jb.Loan(5_000, daily_rate=0.0004, months=3, start="2026-12-01")


@pytest.mark.parametrize(
    ("amount", "on", "words"),
    [
        (20_000, "2027-01-01", r"^repay_amount=20,000: on 2027-01-01 only ¥3,\d{3}\.\d\d of"),
        (1_000, "2027-03-01", r"^repay_on=2027-03-01: the loan runs from 2026-12-01 and is paid"),
        (1_000, "2026-11-30", r"^repay_on=2026-11-30: .* choose a day between them\.$"),
        (-1, "2027-01-01", r"^repay_amount=-1: "),
    ],
)
def test_an_early_repayment_that_the_loan_does_not_allow(amount: Any, on: str, words: str) -> None:
    with pytest.raises(jb.JiebeiError, match=words):
        repayment(LOAN, amount, on)


def test_all_that_is_owed_and_nothing_at_all_are_allowed() -> None:
    repayment(LOAN, 5_000, "2026-12-01")
    repayment(LOAN, 0, "2099-01-01")
    day_in_life(LOAN, "2027-03-01", "extend_on")  # before the instalment of that day


@pytest.mark.parametrize(
    ("notebook", "given", "words"),
    [
        ("00_start_here", {"principal": 5_000}, r"^repay_amount=20,000：2027年3月1日只欠本金¥3"),
        ("03_repay_early", {"months": 3}, r"^repay_on=2027年3月1日：借款从2026年12月1日起"),
        ("05_reborrow", {"repay_amount": 49_000}, r"^repay_amount=49,000："),
        ("04_extend", {"extend_on": "2028-01-01"}, r"^extend_on=2028年1月1日："),
    ],
)
def test_a_notebook_names_the_parameter(notebook: str, given: Any, words: str) -> None:
    with pytest.raises(jb.JiebeiError, match=words):
        run_notebook(notebook, lang="zh", **given)
    jb.use("en")
