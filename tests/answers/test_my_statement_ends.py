"""The page on what the lender says: what of it is kept, and what was paid fitted to a loan."""

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

import jiebei as jb
from jiebei.answers import my_statement
from jiebei.answers.my_statement import found, keep, verdict

LOAN = jb.Loan(9_000, daily_rate=0.0004, months=3, start="2026-12-01")


@pytest.mark.parametrize(("statement", "kept"), [("plan.csv", True), ("due,amount\n1,2", False)])
def test_a_file_is_kept_by_its_name_and_what_was_pasted_is_not(statement: str, kept: bool) -> None:
    mine = my_statement.fitted({**my_statement.EXAMPLE, "statement": statement})
    plans = jb.statement.infer(LOAN.cashflows())
    values = keep.of_page(mine, plans, pd.DataFrame())
    assert values["principal"] == 9_000
    assert ("statement" in values) == kept
    assert keep.of_page(my_statement.fitted(my_statement.EXAMPLE), plans, pd.DataFrame()) == {}


def test_of_no_plan_that_fits_nothing_is_kept() -> None:
    near: Any = SimpleNamespace(fits=False)
    assert keep._loan([]) == keep._loan([near]) == {}


def test_whole_yuan_are_written_without_fen() -> None:
    assert repr([keep._yuan(9_000.0), keep._yuan(9_000.5)]) == "[9000, 9000.5]"


def test_what_was_paid_is_kept_day_by_day() -> None:
    """On one day in two parts; what was drawn, with nothing paid, is no payment."""
    days = pd.to_datetime(["2026-12-01", "2027-01-01", "2027-02-01", "2027-02-01"])
    account = pd.DataFrame({"date": days, "payment": [0.0, 5.0, 2.0, 3.0]})
    plan: Any = SimpleNamespace(loan=SimpleNamespace(with_history=lambda _: None))
    assert keep._paid([plan], account) == {"paid": {"2027-01-01": 5.0, "2027-02-01": 5.0}}


@pytest.mark.parametrize(
    ("months", "paid", "today"),
    [
        # 1,000 a month: two are paid, of the third three quarters, after 14 and 13 days more
        (
            12,
            {"2027-07-30": 1_000, "2027-08-30": 1_000, "2027-11-13": 750, "2027-12-13": 750},
            "2027-12-18",
        ),
        (
            4,
            {"2027-07-30": 3_000, "2027-08-30": 3_000, "2027-11-13": 2_250, "2027-12-13": 2_250},
            "2027-12-18",
        ),
        # of the last one two fifths: the same again leaves something of it
        (
            3,
            {"2027-07-30": 4_000, "2027-08-30": 4_000, "2027-11-13": 1_600, "2027-12-13": 1_600},
            "2027-12-18",
        ),
        (1, {"2027-09-13": 4_800, "2027-10-13": 4_800}, "2027-10-18"),
    ],
)
def test_what_was_paid_is_like_the_example(months: int, paid: dict[str, float], today: str) -> None:
    """12,000 without interest, drawn on 30 June."""
    own = {"principal": 12_000, "daily_rate": 0.0, "months": months, "start": "2027-06-30"}
    mine = my_statement.fitted({**my_statement.EXAMPLE, **own})
    assert (mine.paid, mine.today) == (paid, today)


@pytest.mark.parametrize(
    ("days", "may"), [([62, 900], True), ([63, 900], False), ([1_860], True), ([1_861], False)]
)
def test_a_plan_may_begin_within_two_months_of_the_drawdown(days: list[int], may: bool) -> None:
    """A single payment may come as late as a loan may end: after sixty months of 31 days."""
    start = pd.Timestamp("2026-12-01")
    dates = [start + pd.Timedelta(days=each) for each in days]
    frame = pd.DataFrame({"date": dates, "payment": 5.0})
    assert found._may_begin(frame, "2026-12-01") == may


DAY, NONE = pd.Timestamp("2027-01-01"), pd.NaT


@pytest.mark.parametrize(
    ("date", "reason", "columns"),
    [
        ([DAY, DAY], ["", ""], ["date"]),
        ([DAY, NONE], ["", ""], ["date", "due"]),
        ([NONE, NONE], ["", "x"], ["due", "reason"]),
        ([DAY, DAY], ["", "x"], ["date", "reason"]),
    ],
)
def test_a_column_that_says_nothing_is_left_out(
    date: list[Any], reason: list[str], columns: list[str]
) -> None:
    table = pd.DataFrame({"date": pd.to_datetime(date), "due": [DAY, DAY], "reason": reason})
    assert list(verdict._short(table)) == columns


def test_only_what_was_paid_is_counted() -> None:
    """A drawdown stands in the file with nothing paid."""
    days = pd.to_datetime(["2026-12-01", "2027-01-01", "2027-02-01"])
    frame = pd.DataFrame({"date": days, "payment": [0.0, 5.0, 7.0]})
    frame.attrs = {"kind": "account", "notes": []}
    fields = {"n": 2, "amount": 12.0, "first": days[1], "last": days[2]}
    said: Any = my_statement.what_was_read(frame).said
    assert {name: each for name, each in said.fields.items() if each != fields[name]} == {}


def test_the_convention_that_changes_most_is_named() -> None:
    found = my_statement.conventions(LOAN)
    said: Any = found.said
    gaps = found.figures["difference"].abs()
    assert said.fields["gap"] == round(gaps.max(), 2)
    assert said.fields["convention"] == gaps.idxmax()
