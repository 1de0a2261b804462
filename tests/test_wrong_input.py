"""Whatever is handed to a public name by mistake is refused in words, and not by bare Python."""

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

import jiebei as jb

LOAN = jb.Loan(9_000, daily_rate=0.0004, months=6, start="2026-12-01")
TABLE = pd.DataFrame({"id": ["A", "B", "C"], "principal": 9_000.0, "months": [6, 12, 3]})
TERMS: dict[str, Any] = {"daily_rate": 0.0004, "start": "2026-12-01"}
MANY = jb.Loan.from_frame(TABLE, **TERMS)
WRONG: list[Any] = [
    None, "x", "", True, -1, 1.5, float("nan"), float("inf"), 10**30, [], [[1, 2], [3]], {},
    {"a": 1}, pd.DataFrame(), pd.DataFrame({"zz": [1]}), np.array([1, 2]), np.array(["a"]),
    object(), LOAN, MANY, pd.NaT, b"x", 1 + 2j, {1, 2},
]  # fmt: skip
GIVEN: dict[str, Any] = {
    "strategy": LOAN, "baseline": LOAN,
    "strategies": {"a": LOAN, "b": LOAN.settle(on="2027-03-01")},
    "savings_rate": 0.02, "yearly_rate": 0.02, "flows": LOAN.cashflows(), "loans": MANY,
    "dates": ["2026-12-01", "2027-12-01"], "cash": jb.Cash(9_000, 500, "2026-12-01"),
    "principal": 9_000, "daily_rate": 0.0004, "months": 6, "start": "2026-12-01", "instalments": 6,
    "last_due": "2026-12-01", "limit": 20_000, "income": 9_000, "expenses": 6_000, "reserve": 9_000,
    "since": "2026-12-01", "in_hand": 9_000, "monthly": 500, "on": "2027-03-01", "amount": 500,
    "which": 0, "paid": {"2027-01-01": 500}, "instalment": 1, "days": 3, "off": 0.5,
    "budget": jb.Budget(9_000, 6_000, 20_000, "2026-12-01"), "rate": 0.02, "frame": TABLE,
    "borrow": lambda amount: LOAN.but(principal=amount),
}  # fmt: skip
HERE = [
    jb.Budget, jb.Cash, jb.Loan, jb.annual_rate, jb.available, jb.break_even, jb.cashflows_of,
    jb.compare, jb.effective_rate, jb.flip, jb.future_value, jb.horizon, jb.largest_loan,
    jb.latest_lpr, jb.lowest_cash, jb.net_benefit, jb.net_benefit_ledger, jb.present_value,
]  # fmt: skip
METHODS = [
    name
    for name, each in inspect.getmembers(jb.Loan, inspect.isfunction)
    if not name.startswith("_") and name not in ("flat", "from_frame", "but")
]


def asked(call: Callable[..., Any]) -> list[inspect.Parameter]:
    known = inspect.signature(call).parameters.values()
    kinds = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return [each for each in known if each.kind not in kinds and each.name != "self"]


def poke(call: Callable[..., Any]) -> list[str]:
    """Return what ends in another error than ours, a wrong argument at a time."""
    needed = {each.name: GIVEN.get(each.name) for each in asked(call) if each.default is each.empty}
    found = []
    for each in asked(call):
        for value in WRONG:
            try:
                call(**needed | {each.name: value})
            except jb.JiebeiError:
                continue
            except Exception as error:
                found.append(f"{each.name}={type(value).__name__}: {error!r}")
    return found


@pytest.mark.parametrize("call", HERE, ids=lambda call: call.__name__)
def test_a_wrong_argument_is_refused_in_words(call: Callable[..., Any]) -> None:
    assert poke(call) == []


@pytest.mark.parametrize("name", METHODS)
def test_so_it_is_by_what_a_loan_can_do(name: str) -> None:
    assert poke(getattr(LOAN, name)) + poke(getattr(MANY, name)) == []


@pytest.mark.parametrize(
    ("do", "says"),
    [
        (lambda: MANY[1], r"a Loan is no list.*one\(1\) picks one"),
        (lambda: MANY["B"], r"one\('B'\) picks one"),
        (lambda: len(MANY), "shape says how many"),
        (lambda: list(MANY), "is no list"),
        (lambda: 3 in MANY, "is no list"),
        (lambda: len(LOAN.settle(on=3).reborrow(500, on=9, months=3)), "a Plan is no list"),
        (lambda: MANY.summary()[0], r"a Summary is no list.*to_frame\(\) is a table"),
        (lambda: jb.cashflows_to_parquet(MANY, "x"), "give a DataFrame of loans.*and not Loan"),
        (lambda: jb.cashflows_to_parquet(TABLE, 5), "folder: give the path"),
        (lambda: jb.cashflows_to_parquet(TABLE, "x", make=5), "make: give a function"),
        (lambda: jb.controls.explore(5), "question: give a function"),
        (lambda: jb.charts.balance({"a": LOAN}, title=5), "title: give a text"),
        (lambda: jb.charts.balance({"a": LOAN}, ax=5), "ax: give the axes"),
        (lambda: jb.charts.balance({"a": LOAN}, past=5), "past: a loan is needed"),
        (lambda: jb.charts.gauge(["a"], [1]), "along an axis stand figures"),
        (lambda: jb.charts.timeline({"a": LOAN}, {}), "steps: 'a' is missing"),
    ],
)
def test_what_people_try_first_is_told_the_way_out(do: Callable[[], Any], says: str) -> None:
    with pytest.raises(jb.JiebeiError, match=says):
        do()


def test_what_is_no_list_is_true_and_one_thing_to_numpy() -> None:
    assert MANY
    assert MANY.summary()
    assert np.array([MANY, LOAN], object).shape == (2,)


@pytest.mark.parametrize(
    "do",
    [
        lambda: jb.Loan.from_frame(TABLE.assign(months=[6, 0, 0]), **TERMS),
        lambda: jb.Loan.from_frame(TABLE.assign(method=["bullet", "x", "x"]), **TERMS),
        lambda: jb.Loan.from_frame(TABLE.set_index("id").assign(principal=[1, -1, 1]), **TERMS),
        lambda: MANY.prepay([1.0, 99_999.0, 1.0], on="2026-12-20").summary(),
        lambda: MANY.prepay(1, on=["2027-01-05", "2029-01-01", "2027-01-05"]).cashflows(),
    ],
)
def test_the_first_of_many_that_is_refused_is_named_by_place_and_id(do: Callable[[], Any]) -> None:
    with pytest.raises(jb.JiebeiError, match=r"(number|scenario) 1[, ].*Its id is B\.$"):
        do()


def test_without_ids_the_place_is_enough() -> None:
    with pytest.raises(jb.JiebeiError, match="first is number 1, 0: a loan runs 1 to 60 months, a"):
        jb.Loan.from_frame(TABLE.drop(columns="id").assign(months=[6, 0, 0]), **TERMS)
