"""What differs is told in fen, with the reason, found by asking the engine again."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pandas as pd
import pytest

import jiebei as jb
from jiebei.language.chosen import use
from jiebei.language.errors import JiebeiError
from jiebei.language.words import Words
from jiebei.life.statement.frame import fen_of
from tests.life.statement.independent import Plan

PLAN = Plan(3_000_000, Fraction(4, 10_000), dt.date(2026, 12, 1), 12)
LOAN = jb.Loan(30_000, daily_rate=0.0004, months=12, start="2026-12-01")


def reasons(found: jb.statement.Reconciled) -> set[str]:
    told = [each for each in found.table["reason"] if isinstance(each, Words)]
    return {each.key.removeprefix("statement.reason.") for each in told}


def test_a_plan_that_adds_up_says_so() -> None:
    found = jb.statement.reconcile(PLAN.frame(), LOAN)
    assert found.adds_up
    assert reasons(found) == set()
    total = sum(part + interest for _, part, interest in PLAN.rows) / 100
    assert str(found.headline) == f"It adds up to the fen: 12 rows, ¥{total:,.2f} in all."


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"count": "both_ends"}, "both_ends"),
        ({"count": "thirty"}, "thirty"),
        ({"rate": Fraction(4, 10_000) * 365 / 360}, "year_360"),
        ({"rate": Fraction(4, 10_000) * 360 / 365}, "year_365"),
        ({"fee": 500}, "fee"),
        ({"rate": Fraction(5, 10_000)}, "rate"),
        ({"principal": 2_000_000}, "principal"),
        ({"residual_first": True}, "residual_first"),
        ({"cut": True}, "rounding_down"),
    ],
)
def test_the_usual_differences_have_their_reason(change: dict[str, object], reason: str) -> None:
    plan = replace(PLAN, **change)
    found = jb.statement.reconcile(plan.frame(), LOAN)
    assert not found.adds_up
    assert reason in reasons(found)
    stated = sum(part + interest + plan.fee for _, part, interest in plan.rows)
    assert fen_of(found.table["stated"]).sum() == stated
    off = fen_of(found.table["stated"] - found.table["by_terms"])
    assert (off == fen_of(found.table["difference"])).all()
    assert found.explained_by is not None
    assert jb.statement.reconcile(plan.frame(), found.explained_by).adds_up
    assert "One thing explains it all" in str(found.headline)


def test_two_conventions_together_are_found() -> None:
    plan = replace(PLAN, count="both_ends", fee=300)
    found = jb.statement.reconcile(plan.frame(), LOAN)
    assert found.explained_by is not None
    assert jb.statement.reconcile(plan.frame(), found.explained_by).adds_up
    assert reasons(found) == {"both"}


def test_a_short_first_period_is_found() -> None:
    plan = replace(PLAN, due_day=12, first_off=-1)
    found = jb.statement.reconcile(plan.frame(), LOAN.but(due_day=12))
    assert reasons(found) == {"first_period"}


def record(frame: pd.DataFrame, later: dict[int, int]) -> pd.DataFrame:
    """Return payments as they were booked, some of them days later."""
    paid = frame[["date", "payment"]].copy()
    for row, days in later.items():
        paid.loc[row, "date"] += pd.Timedelta(days=days)
    paid.attrs = {"kind": "record"}
    return paid


def test_a_payment_booked_later_is_told_from_a_weekend() -> None:
    # 2027-05-01 is a Saturday, 2027-03-01 a Monday
    found = jb.statement.reconcile(record(PLAN.frame(), {2: 1, 4: 2}), LOAN)
    assert found.adds_up
    assert reasons(found) == {"later", "holiday"}
    assert "2 rows on another day than expected" in str(found.headline)


def test_an_early_repayment_that_the_terms_do_not_have_is_named() -> None:
    early = LOAN.prepay(5_000, on="2027-03-20")
    flows = early.cashflows(["date", "event", "payment"]).iloc[1:][["date", "payment"]]
    found = jb.statement.reconcile(flows, LOAN)
    assert "early_lower" in reasons(found)
    assert found.explained_by is not None
    assert jb.statement.reconcile(flows, found.explained_by).adds_up


def test_what_nothing_explains_is_said_to_be_so() -> None:
    frame = PLAN.frame()
    frame.loc[3, "payment"] += 111.0
    found = jb.statement.reconcile(frame, LOAN)
    assert found.difference == 11_100
    assert reasons(found) == {"unknown"}
    for lang in ("en", "zh"):
        use(lang)
        text = str(found.headline)
        use("en")
        assert "111.00" in text


def test_rows_that_stand_alone_are_kept() -> None:
    frame = record(PLAN.frame(), {}).drop(index=[4])
    found = jb.statement.reconcile(frame, LOAN)
    assert "not_stated" in reasons(found)
    assert len(found.table) == 12


@pytest.mark.parametrize(
    ("frame", "loan", "key"),
    [
        (5, LOAN, "statement.error.no_frame"),
        (PLAN.frame(), 5, "error.kind_loan"),
        (PLAN.frame(), LOAN.but(daily_rate=[0.0004, 0.0005]), "statement.error.one_loan"),
        (PLAN.frame()[["date"]], LOAN, "statement.error.no_column"),
        (PLAN.frame().iloc[:0], LOAN, "statement.error.no_payments"),
    ],
)
def test_what_cannot_be_compared_is_refused(frame: object, loan: object, key: str) -> None:
    with pytest.raises(JiebeiError) as found:
        jb.statement.reconcile(frame, loan)  # type: ignore[arg-type]
    assert found.value.words.key == key
