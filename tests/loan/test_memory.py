"""What is kept of few loans is what would be worked out again, and nobody can change it."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

import jiebei as jb
from jiebei.loan import memory
from tests.helpers.example import loan

START = "2026-12-01"


@pytest.fixture(autouse=True)
def forget() -> None:
    memory._answer.cache_clear()


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that grows with each run of the engine."""
    from jiebei.loan import cashflows

    run, found = cashflows.run, []

    def counted(*given: Any) -> Any:
        found.append(1)
        return run(*given)

    monkeypatch.setattr(cashflows, "run", counted)
    return found


@pytest.mark.parametrize("late", [False, True])
def test_one_run_answers_all_questions_about_a_loan(runs: list[int], late: bool) -> None:
    for _ in range(2):
        each = loan().miss(3).restructure(6, on="2027-04-01") if late else loan()
        each.summary()
        each.cashflows()
        each.cashflows(["date", "payment", "capitalised", "waived_interest"])
    assert len(runs) == 1


@pytest.mark.parametrize(
    "other",
    [
        loan(principal=50_001),
        loan(daily_rate=0.00041),
        loan(months=13),
        loan(start="2026-12-02"),
        loan(method="interest_only"),
        loan(drawdown_fee=1.0),
        loan().prepay(1_000, on="2027-03-01"),
        loan().prepay(1_000, on="2027-03-01", then="shorten"),
        loan().prepay(1_000.01, on="2027-03-01"),
        loan().pay_extra(1_000, on="2027-03-01"),
        loan().pay_late(3, days=30),
        loan().reborrow(1_000, on="2027-03-01"),
    ],
    ids=repr,
)
def test_what_differs_is_asked_anew(other: Any) -> None:
    loan().cashflows(), loan().prepay(1_000, on="2027-03-02").cashflows()
    loan().summary(), loan().prepay(1_000, on="2027-03-02").summary()
    after, total = other.cashflows(), other.summary()
    memory._answer.cache_clear()
    pd.testing.assert_frame_equal(other.cashflows(), after)
    assert other.summary() == total


def test_what_a_reader_does_to_a_frame_stays_with_the_reader() -> None:
    first = loan().cashflows()
    kept = first.copy()
    first.loc[:, "interest"] = -1.0
    first["loan"] += 7
    pd.testing.assert_frame_equal(loan().cashflows(), kept)


def test_two_readers_share_no_memory() -> None:
    first, second = loan().cashflows(), loan().cashflows()
    for name in first.select_dtypes("number"):
        assert not np.shares_memory(first[name].to_numpy(), second[name].to_numpy()), name


def test_the_totals_of_scenarios_are_a_readers_own() -> None:
    total = loan(principal=np.array([1_000, 2_000])).summary()
    total.interest[:] = 0
    assert loan(principal=np.array([1_000, 2_000])).summary().interest.all()


@pytest.mark.parametrize(("loans", "kept"), [(100, True), (101, False)])
def test_nothing_is_kept_of_large_batches(runs: list[int], loans: int, kept: bool) -> None:
    many = loan(principal=np.arange(1.0, loans + 1) * 1_000)
    for _ in range(2):
        many.cashflows(["payment"])
    assert len(runs) == (1 if kept else 2)
    assert bool(memory._answer.cache_info().currsize) == kept


def test_what_is_refused_is_refused_again_in_the_language_of_the_moment() -> None:
    wrong = loan().settle(on="2028-06-01")
    for language, words in (("en", "paid off"), ("zh", "已经结清")):
        jb.use(language)
        with pytest.raises(jb.JiebeiError, match=words):
            wrong.summary()
    jb.use("en")
