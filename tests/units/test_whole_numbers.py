"""Whole numbers are int64 also where numpy's own have 32 bits: the same answers in a browser."""

import ast
import pkgutil
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import jiebei as jb
from jiebei.answers import true_cost
from jiebei.life.household.futures import assumed, futures
from jiebei.life.household.misses import reserve_needed, tightest
from jiebei.life.rules.subsidy import subsidised
from tests.helpers.narrow import narrow

HOUSE = Path(jb.__file__).parent
COUNTED = ["units", "value", "engine", "loan", "compare", "life"]  # the folders that count money
# Python's own numbers: numpy refuses the first beside a 32-bit array in words, the second is only
# compared.
NEVER_IN_AN_ARRAY = {"RATE_SCALE", "NO_DAY"}
START, MONTH_ENDS = "2026-12-01", ["last_day", "jd", "next_month"]
LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start=START)
LARGEST = jb.Loan([1_000_000, 2_000_000], daily_rate=0.001, months=60, start=START)
BUDGET = jb.Budget(12_000, 7_000, 25_000, START)


def missed() -> Any:
    found = futures(BUDGET, assumed("household"), "2027-12-01", 10_000)
    low = tightest(LOAN, found)
    return *low, reserve_needed(low, 25_000, 0.01)


def bill(loan: jb.Loan) -> Any:
    found = loan.summary()
    return loan.cashflows(), found.total_paid, found.payoff_date, found.largest_payment


COUNTS: dict[str, Callable[[], Any]] = {
    "a loan": lambda: bill(LOAN),
    "the largest loans": lambda: bill(LARGEST),
    "not always taken": lambda: bill(LOAN.prepay([0, 20_000], on="2027-03-01")),
    "lent again": lambda: bill(
        LOAN.prepay([0, 20_000], on="2027-03-01").reborrow(9_000, on=200, months=6)
    ),
    "many days": lambda: bill(LOAN.prepay(3_000, on=np.arange(1, 300))),
    "late": lambda: bill(LOAN.pay_late(3, [0, 30])),
    "missed and mended": lambda: bill(LOAN.miss(3, times=[1, 3]).restructure(36, on="2027-06-01")),
    "a coupon": lambda: bill(LOAN.coupon([30, 0], 0.5, on=[0, 40])),
    "grace": lambda: bill(LOAN.defer([0, 3], on="2027-02-01")),
    "a subsidy": lambda: bill(subsidised(LOAN, spent=[0.0, 0.5])),
    "the end of a month": lambda: bill(
        jb.Loan(9_000, daily_rate=0.0004, months=5, start="2026-12-31")
    ),
    "a worth": lambda: jb.present_value(LARGEST.cashflows(), 0.05, at=START),
    "a worth of pairs": lambda: jb.present_value(([START, "2027-12-01"], [-5_000, 5_100]), 0.02),
    "effective rates": lambda: LARGEST.summary().effective_rate,
    "turning points": lambda: jb.break_even([-100.0, 230.0, -132.0], [0, 365, 730]).roots,
    "a comparison": lambda: jb.compare(
        {"as agreed": LOAN, "repay": LOAN.prepay(20_000, on=100)}, savings_rate=0.02
    ),
    "the cost": lambda: true_cost.answer(LOAN, START).table,
    "futures": missed,
}


@pytest.mark.parametrize("name", COUNTS)
def test_the_same_is_counted_with_numbers_of_32_bits(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide = COUNTS[name]()
    narrow(monkeypatch)
    same(COUNTS[name](), wide)


def same(ours: Any, theirs: Any) -> None:
    if isinstance(theirs, tuple):
        for each in zip(ours, theirs, strict=True):
            same(*each)
    elif isinstance(theirs, pd.DataFrame):
        pd.testing.assert_frame_equal(ours, theirs)
    else:
        np.testing.assert_array_equal(ours, theirs)


def test_a_number_beyond_32_bits_that_goes_into_arrays_says_so() -> None:
    for each in pkgutil.walk_packages([str(HOUSE)], "jiebei."):
        for name, value in vars(import_module(each.name)).items():
            if name.isupper() and type(value) is int and abs(value) >= 2**31:
                assert name in NEVER_IN_AN_ARRAY, f"{each.name}.{name} is no np.int64"


def test_no_row_of_numbers_leaves_its_type_to_the_machine() -> None:
    for folder in COUNTED:
        for file in sorted((HOUSE / folder).rglob("*.py")):
            text = file.read_text(encoding="utf-8")
            assert ".astype(int)" not in text, file
            for each in ast.walk(ast.parse(text)):
                if isinstance(each, ast.Call) and ast.unparse(each.func) == "np.arange":
                    assert "dtype" in {given.arg for given in each.keywords}, ast.unparse(each)
