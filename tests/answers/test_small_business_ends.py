"""The small business: a till of just nothing, of just the reserve, and a limit that is fitted."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from jiebei.answers import small_business
from jiebei.answers.small_business import delays, season, verdict
from jiebei.language.words import Words
from tests.answers.test_small_business import LOSING, USUAL, Case
from tests.truth import told


def ends(said: Any) -> str:
    return str(said.key.rpartition(".")[2])


@pytest.mark.parametrize(
    ("typed", "limit"),
    [
        ({"principal": 200_000}, 200_000),
        ({"principal": 250_000}, 300_000),  # a fifth more
        ({"principal": 250_000, "shop_limit": 230_000}, 230_000),
    ],
)
def test_a_limit_that_nobody_typed_has_room_for_the_loan(typed: dict[str, int], limit: int) -> None:
    assert small_business.fitted({**small_business.EXAMPLE, **typed}).shop_limit == limit


@pytest.mark.parametrize(
    ("least", "reserve", "state"),
    [(0, 0, "carried"), (10, 10, "carried"), (9.99, 10, "touched"), (-0.01, 0, "broken")],
)
def test_a_till_that_is_just_empty_is_not_broken(least: float, reserve: float, state: str) -> None:
    assert verdict._state(least, reserve) == state


@pytest.mark.parametrize(
    ("cover", "key"), [(-0.01, "negative"), (0.0, "short"), (0.99, "short"), (1.0, "covered")]
)
def test_one_yuan_for_each_covers(cover: float, key: str) -> None:
    row = pd.Series({"cover_least": cover, "cover_life": cover, "tightest_month": pd.NaT})
    assert ends(verdict._tightest(row)) == f"tight_{key}"
    assert ends(verdict._life(row)) == f"life_{key}"


@pytest.mark.parametrize(
    ("most", "key"), [(0, "without"), (49_999, "less"), (50_000, "more"), (70_000, "more")]
)
def test_the_way_out_is_a_smaller_loan_or_a_larger_one(
    monkeypatch: pytest.MonkeyPatch, most: int, key: str
) -> None:
    monkeypatch.setattr(verdict, "carried_loans", lambda *_: (0, most))
    table = pd.DataFrame({"lowest_cash": [-5.0]}, ["a"])
    said = verdict._way_out(USUAL.borrow, 50_000, USUAL.shop, 0, table, 90_000)
    assert ends(said) == f"out_{key}"


@pytest.mark.parametrize(
    ("missing", "key"), [(37_097.85, "own"), (37_097.84, "own"), (37_097.86, "cheaper")]
)
def test_money_of_ones_own_is_cheaper_only_where_less_of_it_does(missing: float, key: str) -> None:
    """50,000 of cash: 37,097.85 go for goods and rent before anything comes in."""
    table = pd.DataFrame({"lowest_cash": [-missing]}, ["a"])
    assert ends(verdict._own_money(USUAL.shop, 0, table, USUAL.until)) == f"out_{key}"


@pytest.mark.parametrize(
    ("table", "keys"),
    [
        ([[0, 9.0], [0, 9.0]], ["others_too"]),
        ([[0, 9.0], [5, 8.0]], ["others_too", "cheapest"]),
        ([[-1, 9.0], [0, 8.0]], ["others_do"]),
        ([[0, 9.0], [-1, 8.0]], ["others_not"]),
    ],
)
def test_a_way_that_just_holds_holds(table: list[list[float]], keys: list[str]) -> None:
    frame = pd.DataFrame(table, ["a", "b"], ["lowest_cash", "interest"]).assign(
        runs_out="2027-02-01"
    )
    assert [ends(each) for each in verdict._others(frame)] == keys


@pytest.mark.parametrize(
    ("share", "rate", "cases"),
    [(0.95, 0.0049, 8), (0.96, 0.0049, 7), (0.95, 0.005, 7)],
)
def test_what_can_be_dearer_still_is_a_case(share: float, rate: float, cases: int) -> None:
    assert len(season._cases(50_000, rate, Case(goods_share=share).shop)) == cases


@pytest.mark.parametrize(
    ("late", "reserve", "days", "most"),
    [
        (0, 900_000.0, 30, 1_800_000.0),  # twice the reserve, a month at least
        (80, 900_000.0, 120, 1_800_000.0),  # half as late again
        (0, 0.0, None, 41_748.80),  # a quarter more than is left: 1.25 x 33,399.04
    ],
)
def test_the_map_of_delays_reaches_beyond_the_readers_place(
    monkeypatch: pytest.MonkeyPatch, late: int, reserve: float, days: int | None, most: float
) -> None:
    axes: list[Any] = []

    def over(_: Any, *given: Any) -> Any:
        axes.extend(given)
        raise StopIteration

    monkeypatch.setattr(delays, "over", over)
    with pytest.raises(StopIteration):
        delays.frontier(USUAL.equal, USUAL.shop, USUAL.own, USUAL.until, late, reserve)
    assert days is None or np.max(axes[0].tried) == days
    assert (np.min(axes[1].tried), np.max(axes[1].tried)) == (0.0, pytest.approx(most))


@pytest.mark.parametrize(
    ("lows", "key", "most"),
    [
        ([5, 5, -1], "some", -6.0),  # one that changes nothing does not hide the other
        ([5, 9, 5], "none", 4.0),
        ([-1, -1, -1], "all", None),
        ([0, 0, 0], "none", None),
    ],
)
def test_what_weighs_most_is_named_if_anything_does(
    lows: list[float], key: str, most: float | None
) -> None:
    table = pd.DataFrame({"lowest_cash": lows}, list("abc"), dtype=float)
    said = told(season._weighs(table.assign(change=table["lowest_cash"] - lows[0])))
    assert ends(said[0]) == f"depends_{key}"
    assert [each.fields["amount"] for each in said[1:]] == ([] if most is None else [most])


@pytest.mark.parametrize(("limit", "most"), [(90_000, 90_000), (20_000, 50_000), (0.5, 50_000)])
def test_no_loan_above_the_limit_or_the_one_planned_is_offered(
    monkeypatch: pytest.MonkeyPatch, limit: float, most: int
) -> None:
    offered: list[int] = []

    def way_out(*given: Any) -> Words:
        offered.append(given[-1])
        return Words("answer.small_business.out_own", own=1.0, without=1.0)

    monkeypatch.setattr(verdict, "_way_out", way_out)
    verdict.answer(LOSING.borrow, 50_000, LOSING.shop, LOSING.own, 0, limit)
    assert offered == [most]


def test_of_a_loan_below_one_yuan_another_of_one_is_looked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[int] = []

    def carried_loans(*asked: Any) -> None:
        tried.append(asked[-1])

    monkeypatch.setattr(verdict, "carried_loans", carried_loans)
    Case(principal=0.5, own=0, limit=0.5).answer()
    assert tried == [1]
