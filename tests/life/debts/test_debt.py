"""Debts as people write them down: read, completed, and refused in words that name the debt."""

from typing import Any

import pytest

import jiebei as jb
from jiebei.language.errors import JiebeiError
from jiebei.life.debts.debt import NO_DAY, NO_LIMIT, payday, read
from jiebei.units.days import iso

LOAN = {"name": "my line", "kind": "loan", "balance": 50_000, "daily_rate": 0.0004, "months": 12}
CARD = {"name": "card", "kind": "card", "balance": 18_000, "daily_rate": 0.0005}
FAMILY = {"name": "family", "kind": "family", "balance": 15_000, "due": "2027-09-01"}
START = "2026-12-01"


def test_what_is_left_out_has_a_usual_value() -> None:
    loan, card, family = read([LOAN, CARD, FAMILY], START)
    assert (int(loan.balance), int(loan.rate), int(loan.months)) == (5_000_000, 4_000_000, 12)
    assert loan.method == "equal_instalment"
    assert (int(card.minimum_share), int(card.minimum_floor)) == (10**9, 10_000)
    assert [each.limit == NO_LIMIT for each in (loan, card, family)] == [True] * 3
    assert [each.deadline for each in (loan, card)] == [NO_DAY, NO_DAY]
    assert (int(family.rate), int(family.late_fee)) == (0, 0)


@pytest.mark.parametrize(
    ("due_day", "last_due", "dues"),
    [
        (None, "2026-12-01", ["2027-01-01", "2027-02-01", "2027-03-01"]),
        (1, "2026-12-01", ["2027-01-01", "2027-02-01", "2027-03-01"]),
        (2, "2026-11-02", ["2026-12-02", "2027-01-02", "2027-02-02"]),
        (26, "2026-11-26", ["2026-12-26", "2027-01-26", "2027-02-26"]),
        (31, "2026-11-30", ["2026-12-31", "2027-01-31", "2027-02-28"]),
    ],
)
def test_a_debt_has_its_due_day_or_todays(
    due_day: int | None, last_due: str, dues: list[str]
) -> None:
    (card,) = read([CARD | {"due_day": due_day}], START)
    assert iso(card.last_due) == last_due
    assert [iso(card.payday(each)) for each in (1, 2, 3)] == dues
    assert card.free_until == card.last_due


def test_a_free_period_ends_on_the_own_due_day_or_later() -> None:
    (card,) = read([CARD | {"due_day": 12, "free_until": "2026-12-12"}], START)
    assert iso(card.deadline) == "2026-12-12"
    with pytest.raises(JiebeiError, match="first on 2026-12-12"):
        read([CARD | {"due_day": 12, "free_until": "2026-12-11"}], START)


def test_a_free_period_is_a_deadline() -> None:
    (card,) = read([CARD | {"free_until": "2027-03-01"}], START)
    assert card.deadline == payday(card.start, 3)


def test_known_names_follow_the_language() -> None:
    jb.use("zh")
    assert [str(each.name) for each in read([LOAN, CARD, FAMILY], START)] == [
        "my line",
        "信用卡",
        "亲友",
    ]


def test_paydays_do_not_drift() -> None:
    (debt,) = read([LOAN], "2027-01-31")
    days = [payday(debt.start, month) - debt.start for month in (1, 2, 3)]
    assert days == [28, 59, 89]


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ([], "0 debts: give 1 to 6 of them, a dict each."),
        ([CARD] * 7, "7 debts: give 1 to 6"),
        ([CARD, CARD], "two debts are called 'card'"),
        ([CARD, {"kind": "card"}], "debt 2 of the list has no name"),
        (["card"], "debt 1 of the list has no name"),
        ([CARD | {"kind": "cards"}], "card: kind='cards' is none: did you mean 'card'?"),
        (
            [CARD | {"limits": 9}],
            "card: a debt of kind 'card' has no 'limits': did you mean 'limit",
        ),
        ([{**FAMILY, "due": None}], "family: due=None: give a date"),
        ([{"name": "x", "kind": "loan", "balance": 1, "daily_rate": 0}], "x: 'months' is missing"),
        ([CARD | {"balance": -5}], "card: balance=-5: an amount of money in yuan"),
        ([CARD | {"balance": [1, 2]}], "card: balance=[1, 2]: give one value, not several."),
        ([CARD | {"balance": 9e6}], "card: balance=9000000.0: one amount of at most 8,000,000"),
        ([CARD | {"daily_rate": 0.05}], "card: daily_rate=0.05: a daily rate is a decimal of at"),
        ([CARD | {"minimum_share": 10}], "card: minimum_share=10: "),
        ([CARD | {"limit": 17_000}], "card: limit=17,000.00: 18,000.00 are owed already"),
        ([LOAN | {"months": 61}], "my line: months=61: a loan runs 1 to 60 months"),
        ([LOAN | {"method": "equal"}], "my line: method='equal'"),
        (
            [LOAN | {"method": "interest_then_equal", "months": 6}],
            "my line: interest_only_months=6",
        ),
        ([FAMILY | {"due": "2026-12-31"}], "family: due=2026-12-31: here all debts are paid"),
        ([FAMILY | {"due": 30}], "family: due=30: give a date"),
    ],
)
def test_a_mistake_is_said_with_the_name_of_the_debt(table: list[Any], says: str) -> None:
    with pytest.raises(JiebeiError) as mistake:
        read(table, START)
    assert str(mistake.value).startswith(says)


def test_the_day_must_be_a_date() -> None:
    with pytest.raises(JiebeiError, match=r"^start=3: give a date"):
        read([CARD], 3)
