"""Plans computed independently are found again to the fen; what cannot be told is left open."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pandas as pd
import pytest

import jiebei as jb
from jiebei.language.errors import JiebeiError
from tests.life.statement.independent import Plan, forty

FORTY = forty()


def is_right(candidate: jb.statement.Candidate, plan: Plan) -> bool:
    loan = candidate.loan
    return (
        candidate.difference == 0
        and loan.method == plan.method
        and loan.day_count == plan.count
        and abs(float(loan.daily_rate) - float(plan.rate)) < 1e-6
        and round(100 * loan.instalment_fee) == plan.fee
    )


def test_the_forty_are_mixed() -> None:
    assert len(FORTY) == 40
    assert len({(each.method, each.count) for each in FORTY}) == 12
    assert sum(each.due_day > 0 for each in FORTY) >= 8
    assert sum(each.fee > 0 for each in FORTY) >= 8


@pytest.mark.parametrize("plan", FORTY, ids=lambda plan: f"{plan.method}-{plan.count}-{plan.start}")
def test_a_plan_is_inferred_to_the_fen(plan: Plan) -> None:
    found = jb.statement.infer(plan.frame(), start=plan.start)
    assert is_right(found[0], plan)
    assert jb.statement.reconcile(plan.frame(), found[0].loan).adds_up


@pytest.mark.parametrize("plan", FORTY[::4], ids=lambda plan: f"{plan.method}-{plan.count}")
def test_sums_alone_give_it_as_one_of_several(plan: Plan) -> None:
    plan = replace(plan, fee=0)
    frame = plan.frame(split=False)
    found = jb.statement.infer(frame, principal=plan.principal / 100, start=plan.start)
    assert any(is_right(each, plan) for each in found)
    assert [each.key for each in found[0].left_open] == ["statement.note.open_split"]


def test_a_fee_is_looked_for_under_every_way_to_count_days() -> None:
    """2 x 1,500, 0.045 % of 3,000 for 32 days and of 1,500 for 30, 2.50 with each: two sums only.

    Without a fee the nearest counts months of 30 days; the one that fits counts both ends.
    """
    plan = jb.statement.read("还款日,月供\n2026-11-18,1545.70\n2026-12-18,1522.75")
    found, *_ = jb.statement.infer(plan, principal=3_000, start="2026-10-18")
    assert found.difference == 0
    assert (found.loan.daily_rate, found.loan.instalment_fee) == (0.00045, 2.5)
    assert found.loan.day_count == "both_ends"


def test_a_fee_inside_the_sums_is_found_where_interest_moves() -> None:
    plan = Plan(3_000_000, Fraction(5, 10_000), dt.date(2026, 12, 1), 6, "interest_only", fee=1_234)
    found = jb.statement.infer(plan.frame(split=False), principal=30_000, start=plan.start)[0]
    assert found.difference == 0
    assert found.loan.instalment_fee == pytest.approx(12.34, abs=0.1)


def test_a_drawdown_that_nobody_states_is_looked_for() -> None:
    plan = Plan(1_000_000, Fraction(4, 10_000), dt.date(2026, 12, 1), 6, due_day=15, first_off=0)
    found = jb.statement.infer(plan.frame())
    assert found[0].difference == 0
    assert found[0].left_open[0].key == "statement.note.open_start"
    assert any(each.loan.start == "2026-12-01" for each in found)


def test_the_rest_of_a_plan_is_a_loan_of_what_is_still_owed() -> None:
    plan = Plan(3_000_000, Fraction(4, 10_000), dt.date(2026, 12, 1), 12)
    rest = plan.frame().iloc[5:]
    best = jb.statement.infer(rest)[0]
    assert best.difference <= 4
    assert abs(best.loan.daily_rate - 0.0004) < 1e-7
    assert best.loan.months == 7


@pytest.mark.parametrize(
    ("change", "setting"),
    [
        ({"cut": True}, {"rounding": "down"}),
        ({"residual_first": True}, {"residual": "first"}),
        (
            {"residual_first": True, "cut": True, "method": "equal_principal"},
            {"rounding": "down", "residual": "first"},
        ),
    ],
)
def test_how_sums_are_rounded_is_found(change: dict[str, Any], setting: dict[str, str]) -> None:
    plan = replace(Plan(3_000_000, Fraction(4, 10_000), dt.date(2026, 12, 1), 11), **change)
    best = jb.statement.infer(plan.frame(), start=plan.start)[0]
    assert is_right(best, plan)
    usual = {"rounding": "half_up", "residual": "last"}
    assert {name: getattr(best.loan, name) for name in usual} == usual | setting
    assert jb.statement.reconcile(plan.frame(), best.loan).adds_up


def test_instalment_number_and_sum_alone_give_the_rate() -> None:
    found = jb.statement.infer(jb.statement.read("月供 913.94, 12 期, 借 10,000"))
    best = found[0]
    month = 30 * best.loan.daily_rate  # and by the textbook:
    assert round(10_000 * month / (1 - (1 + month) ** -12), 2) == 913.94
    assert best.difference == 0
    assert best.loan.summary().instalment == 913.94
    assert [each.key for each in best.left_open] == ["statement.note.open_days"]
    assert best.effective_rate > best.advertised


def test_a_loan_repaid_once() -> None:
    frame = pd.DataFrame({"date": ["2026-12-31"], "payment": [10_120.0]})
    frame["date"] = pd.to_datetime(frame["date"])
    best = jb.statement.infer(frame, principal=10_000, start="2026-12-01")[0]
    assert (best.loan.method, best.loan.daily_rate, best.difference) == ("bullet", 0.0004, 0)


@pytest.mark.parametrize(
    ("rows", "given", "key"),
    [
        ("还款日,月供\n2027-01-01,100\n2027-02-01,100", {}, "how_much"),
        ("还款日,月供\n2027-01-01,100", {"principal": 10_000}, "nothing_fits"),
        ("还款日,月供\n2027-01-01,100", {"principal": 90, "start": "2027-05-01"}, "before_start"),
        ("还款日,月供\n2027-01-01,0", {"principal": 90}, "no_payments"),
    ],
)
def test_what_cannot_be_is_refused(rows: str, given: dict[str, object], key: str) -> None:
    with pytest.raises(JiebeiError) as found:
        jb.statement.infer(jb.statement.read(rows), **given)
    assert found.value.words.key == f"statement.error.{key}"
