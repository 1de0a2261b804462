"""The table of tiers, and who borrows under it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import jiebei as jb
from jiebei.language.errors import JiebeiError
from jiebei.life.credit.score import Behaviour, latest, rules
from jiebei.life.credit.tiers import Borrower, tier_of, tier_table
from jiebei.life.credit.years import years
from jiebei.life.rules.facts import facts

GIVEN: dict[str, Any] = {
    "principal": 50_000,
    "months": 12,
    "method": "equal_instalment",
    "start": "2026-12-01",
    "again_amount": 20_000,
    "again_every": 4,
    "past_months": 6,
    "lenders": 2,
    "elsewhere_rate": 0.00065,
}


def test_the_tiers_lie_within_what_is_published() -> None:
    tiers = tier_table()
    assert tiers["daily_rate"].between(0.00015, 0.0006).all()
    assert tiers["limit"].between(1_000, 300_000).all()
    assert (facts("credit_tiers")["source"] == "assumption").all()


@pytest.mark.parametrize(
    ("score", "tier"),
    [(100, "A"), (85, "A"), (84.99, "B"), (70, "B"), (50, "C"), (35, "D"), (34.9, "E"), (0, "E")],
)
def test_the_tier_of_a_score(score: float, tier: str) -> None:
    table = tier_table()
    assert table.index[tier_of(score, table)] == tier


def test_a_better_score_is_never_a_worse_tier() -> None:
    assert (np.diff(tier_of(np.linspace(0, 100, 1001), tier_table())) <= 0).all()


def change(**values: object) -> pd.DataFrame:
    tiers = facts("credit_tiers")
    for name, value in values.items():
        tiers.loc[1, name] = value
    return tiers


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (facts("credit_tiers").drop(columns="limit"), r"^the table of tiers needs the column 'lim"),
        (
            facts("credit_tiers")[:-1],
            r"^the least scores of the tiers fall from row to row and end",
        ),
        (facts("credit_tiers")[::-1], r"^the least scores of the tiers fall"),
        (facts("credit_tiers")[:0], r"^the least scores of the tiers fall"),
        (change(score_from=85), r"^the least scores of the tiers fall"),
        (
            change(daily_rate=0.0001),
            r"^daily_rate: 1 of 5 .* number 1, 0.0001: a tier may not be b",
        ),
        (change(limit=200_000), r"^limit: 1 of 5 values .* a tier may not be better than the one"),
        (change(longest_months=36), r"^longest_months: 1 of 5 values"),
        (change(grace_days=9), r"^grace_days: 1 of 5 values"),
        (change(daily_rate=0.03), r"^daily_rate: 1 of 5 values"),
        (change(limit=-5), r"^limit: 1 of 5 values"),
        (change(longest_months=0), r"^longest_months: 1 of 5 values"),
    ],
)
def test_a_table_that_makes_no_sense_is_refused(table: pd.DataFrame, message: str) -> None:
    with pytest.raises(JiebeiError, match=message):
        tier_table(table)


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (
            lambda: tier_table(facts("credit_tiers").drop(columns="limit")),
            "等级表缺少'limit'一列；各列说明见data/README.zh.md。",
        ),
        (
            lambda: tier_table(facts("credit_tiers")[:-1]),
            "各等级的最低分要逐行下降，最后一行为0，这样每个分数都有对应的等级。",
        ),
        (
            lambda: tier_table(change(limit=200_000)),
            "limit：5个值中有1个不行，从0数第一个是1号，200000：下面的等级不能比上面的更优惠；"
            "请把等级表从优到劣排列。",
        ),
        (
            lambda: years(Borrower(**GIVEN), 5),
            "逾期天数按月给出，共1到120个月，每月一个数，放在最后一维。",
        ),
        (
            lambda: latest(Behaviour([], 0.0, 1)),
            "评分至少需要一个月的行为记录，最近的月份放在最后。",
        ),
        (
            lambda: latest(Behaviour([0], -1.0, 1)),
            "utilisation=-1：额度使用率是不小于0的小数：0.5表示用了一半。",
        ),
        (
            lambda: rules(facts("credit_score").assign(points=1)),
            "points：7个值中有4个不行，从0数第一个是3号，1：base、history、on_time三项加分，"
            "其余各项扣分（不大于0）。",
        ),
    ],
)
def test_the_refusals_in_chinese(act: Any, words: str) -> None:
    jb.use("zh")
    with pytest.raises(JiebeiError) as caught:
        act()
    assert str(caught.value) == words


def test_a_table_may_be_given_again() -> None:
    pd.testing.assert_frame_equal(tier_table(tier_table()), tier_table())


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("principal", 0, r"^principal=0: "),
        ("months", 61, r"^months=61: "),
        ("method", "equal", r"method.*equal"),
        ("start", "2027-02-30", r"^start='2027-02-30': "),
        ("again_amount", -1, r"^again_amount=-1: "),
        ("again_every", 0, r"^again_every=0: "),
        ("past_months", 0, r"^past_months=0: "),
        ("lenders", 0, r"^lenders=0: "),
        ("elsewhere_rate", 0.06, r"^daily_rate=0\.06: "),
        ("penalty_multiple", -1, r"^penalty_multiple=-1: "),
    ],
)
def test_a_borrower_that_makes_no_sense_is_refused(name: str, value: object, message: str) -> None:
    with pytest.raises(JiebeiError, match=message):
        Borrower(**(GIVEN | {name: value}))


def test_what_is_needed_and_when() -> None:
    borrower = Borrower(**GIVEN)
    assert [borrower.needs(month) for month in range(9)] == [
        5_000_000, 0, 0, 0, 2_000_000, 0, 0, 0, 2_000_000,
    ]  # fmt: skip
    assert Borrower(**(GIVEN | {"again_amount": 0})).needs(4) == 0


def test_later_loans_keep_the_due_day() -> None:
    borrower = Borrower(**(GIVEN | {"start": "2027-01-31"}))
    loan = borrower.contract(1_000, 0.0004, 1)
    dates = loan.cashflows(["date"])["date"].dt.strftime("%m-%d").to_list()
    assert dates[:4] == ["02-28", "03-31", "04-30", "05-31"]
