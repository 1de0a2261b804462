"""A revolving line: drawn + available = limit on every day, and nothing drawn beyond it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jiebei as jb
from jiebei.language.errors import JiebeiError
from jiebei.life.credit.line import available, drawdowns, on_days

START = np.datetime64("2026-12-01")
LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01", method="interest_only")


def rows(table: pd.DataFrame) -> list[tuple[str, float, float, float, float]]:
    return [
        (f"{row.date:%m-%d}", row.limit, row.drawn, row.waiting, row.available)
        for row in table.itertuples()
    ]


# ---- by hand -------------------------------------------------------------------------------------


def test_several_drawdowns_are_open_at_once() -> None:
    plan = LOAN.reborrow(6_000, on="2027-01-10", months=1).prepay(20_000, on="2027-01-20", loan=0)
    assert rows(available(plan, 60_000))[:4] == [
        ("12-01", 60_000, 50_000, 0, 10_000),
        ("01-10", 60_000, 56_000, 0, 4_000),
        ("01-20", 60_000, 36_000, 0, 24_000),
        ("02-01", 60_000, 30_000, 0, 30_000),
    ]


def test_repaid_principal_comes_back_later() -> None:
    table = available(LOAN.settle(on="2027-02-01"), 50_000, delay_days=[0, 10])
    assert rows(table[table["line"] == 0]) == [
        ("12-01", 50_000, 50_000, 0, 0),
        ("02-01", 50_000, 0, 0, 50_000),
    ]
    assert rows(table[table["line"] == 1]) == [
        ("12-01", 50_000, 50_000, 0, 0),
        ("02-01", 50_000, 50_000, 50_000, 0),
        ("02-11", 50_000, 0, 0, 50_000),
    ]


def test_what_does_not_come_back_lowers_the_limit() -> None:
    table = available(LOAN.settle(on="2027-02-01"), 60_000, chance=0.0)
    assert rows(table)[-1] == ("02-01", 10_000, 0, 0, 10_000)


def test_a_new_limit_is_a_new_start() -> None:
    changes = {"2027-03-01": 30_000, "2027-02-01": 55_000}
    table = available(LOAN.settle(on="2027-01-15"), 60_000, chance=0.0, changes=changes)
    assert rows(table)[1:] == [
        ("01-15", 10_000, 0, 0, 10_000),
        ("02-01", 55_000, 0, 0, 55_000),
        ("03-01", 30_000, 0, 0, 30_000),
    ]


def test_a_closed_line_lends_nothing_and_what_is_owed_stays_owed() -> None:
    table = available(LOAN.prepay(20_000, on="2027-03-01"), 60_000, changes={"2027-02-01": 0})
    assert rows(table)[1:3] == [("02-01", 0, 50_000, 0, -50_000), ("03-01", 0, 30_000, 0, -30_000)]
    with pytest.raises(JiebeiError, match=r"of the limit of ¥0\.00 only ¥0\.00 is available"):
        available(LOAN.reborrow(100, on="2027-02-01"), 60_000, changes={"2027-02-01": 0})


def test_the_luck_is_the_same_for_the_same_seed() -> None:
    loan = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
    chance = np.full(400, 0.7)
    once, again = (available(loan, 50_000, chance=chance, seed=3) for _ in range(2))
    pd.testing.assert_frame_equal(once, again)
    assert not once.equals(available(loan, 50_000, chance=chance, seed=4))
    lost = 50_000 - once.groupby("line")["limit"].last().mean()
    assert lost == pytest.approx(0.3 * 50_000, rel=0.05)


# ---- what does not fit ---------------------------------------------------------------------------


def test_the_last_fen_can_be_drawn_and_not_one_more() -> None:
    again = {"on": "2027-01-10", "months": 1}
    assert available(LOAN.reborrow(9_999.99, **again), 59_999.99)["available"].min() == 0
    with pytest.raises(
        JiebeiError,
        match=r"^¥10,000\.00 drawn on 2027-01-10: of the limit of ¥59,999\.99 only ¥9,999\.99",
    ):
        available(LOAN.reborrow(10_000, **again), 59_999.99)


def test_what_is_repaid_that_day_can_be_drawn_that_day() -> None:
    plan = LOAN.settle(on="2027-01-10").reborrow(50_000, on="2027-01-10", months=1)
    assert available(plan, 50_000)["available"].min() == 0
    with pytest.raises(JiebeiError, match=r"only ¥0\.00 is available"):
        available(plan, 50_000, delay_days=1)


def test_many_lines_say_how_many_do_not_fit() -> None:
    with pytest.raises(JiebeiError, match=r"^2 of 3 lines, the first at 0: ¥50,000\.00 drawn on"):
        available(LOAN, [40_000, 60_000, 10_000])


def test_the_refusals_in_chinese() -> None:
    jb.use("zh")
    with pytest.raises(
        JiebeiError, match=r"^2026年12月1日借¥50,000\.00：当天额度只有¥40,000\.00；"
    ):
        available(LOAN, 40_000)
    with pytest.raises(
        JiebeiError, match=r"^2条额度中有1条不合规则，第一条的编号是1：2026年12月1日"
    ):
        available(LOAN, [50_000, 40_000])


def test_drawdowns_are_told_and_not_refused() -> None:
    plan = LOAN.reborrow(20_000, on="2027-01-10", months=1)
    table = drawdowns(plan, 60_000)
    assert table["fits"].to_list() == [True, False]
    assert table["available"].to_list() == [60_000, 10_000]


@pytest.mark.parametrize(
    ("given_", "message"),
    [
        ({"limit": -1}, r"^limit=-1: "),
        ({"delay_days": 4000}, r"^delay_days=4000: "),
        ({"chance": 1.5}, r"^chance=1\.5: "),
        ({"changes": {"2027-02-30": 0}}, r"^changes='2027-02-30': there is no such date"),
        ({"changes": {30: 0}}, r"^changes=30: give a date"),
        ({"changes": {"2027-02-01": -5}}, r"^changes: 1 of 1 values"),
    ],
)
def test_bad_arguments_are_refused(given_: dict[str, object], message: str) -> None:
    with pytest.raises(JiebeiError, match=message):
        available(LOAN, **({"limit": 60_000} | given_))  # type: ignore[arg-type]


# ---- by date -------------------------------------------------------------------------------------


def test_a_day_between_two_rows_is_as_the_one_before() -> None:
    table = available(LOAN.settle(on="2027-02-01"), 60_000)
    on = on_days(table, ["2026-12-01", "2027-01-31", "2027-02-01", "2030-01-01"])
    assert on["available"].to_list() == [10_000, 10_000, 60_000, 60_000]
    with pytest.raises(JiebeiError, match=r"2026-11-30"):
        on_days(table, ["2026-11-30"])
    with pytest.raises(JiebeiError, match=r"^this table holds 2 lines"):
        on_days(available(LOAN, [60_000, 70_000]), ["2027-01-01"])


# ---- any history ---------------------------------------------------------------------------------


@st.composite
def plans(draw: st.DrawFn) -> jb.Plan:
    """Draw a line with up to four loans of any kind, some of them repaid early."""
    loans = []
    for _ in range(draw(st.integers(1, 4))):
        loan = jb.Loan(
            draw(st.integers(100, 3_000_000)) / 100,
            daily_rate=draw(st.sampled_from([0.0, 0.0004, 0.0006])),
            months=draw(st.integers(1, 8)),
            method=draw(st.sampled_from(["equal_instalment", "interest_only", "equal_principal"])),
            start=START + draw(st.integers(0, 200)),
        )
        days = draw(st.integers(1, 25))
        loans.append(draw(st.sampled_from([loan, loan.settle(on=days), loan.pay_extra(50, days)])))
    return jb.Plan(tuple(loans))


def follow(plan: jb.Plan, limit: int, delay: int, changes: dict[str, float]) -> dict[str, int]:
    """Follow a line day by day in whole fen, the plain way: what is available each evening."""
    flows = plan.cashflows(["date", "drawn", "principal"])
    moves = [
        (row.date.date(), round(row.drawn * 100), round(row.principal * 100))
        for row in flows.itertuples()
    ]
    first = min(day for day, _, _ in moves)
    last = max(day for day, _, _ in moves) + pd.Timedelta(days=delay)
    before = [when for when in sorted(changes) if when < str(first)]
    now = round((changes[before[-1]] if before else limit) * 100)
    found, drawn = {}, 0
    for day in pd.date_range(first, last).date:
        if str(day) in changes:
            now = round(changes[str(day)] * 100)
        drawn += sum(amount for when, amount, _ in moves if when == day)
        back = day - pd.Timedelta(days=delay)
        drawn -= sum(repaid for when, _, repaid in moves if when == back)
        found[str(day)] = now - drawn
    return found


@settings(max_examples=40)
@given(
    plan=plans(),
    delay=st.sampled_from([0, 1, 30]),
    changes=st.dictionaries(
        st.sampled_from(["2026-12-15", "2027-02-01", "2027-06-30"]),
        st.sampled_from([0.0, 20_000.0, 150_000.0]),
        max_size=2,
    ),
    chance=st.sampled_from([0.0, 0.5, 1.0]),
)
def test_any_history(plan: jb.Plan, delay: int, changes: dict[str, float], chance: float) -> None:
    loans = drawdowns(plan, 120_000, changes=changes, delay_days=delay)
    plain = follow(plan, 120_000, delay, changes)
    for row in loans.itertuples():
        left = plain[f"{row.date:%Y-%m-%d}"]
        assert round((row.available - row.amount) * 100) == left
        assert row.fits == (left >= 0)
    if not loans["fits"].all():
        with pytest.raises(JiebeiError, match=r"is available that day|the limit is"):
            available(plan, 120_000, changes=changes, delay_days=delay)
        return
    table = available(plan, 120_000, changes=changes, delay_days=delay)
    fen = {name: np.rint(table[name] * 100).astype(int) for name in table.columns[2:]}
    assert (fen["drawn"] + fen["available"] == fen["limit"]).all()
    assert (fen["waiting"] >= 0).all()
    assert (fen["drawn"] >= fen["waiting"]).all()
    assert fen["drawn"].iloc[-1] == 0
    for date, left in zip(table["date"], fen["available"], strict=True):
        if f"{date:%Y-%m-%d}" in plain:
            assert left == plain[f"{date:%Y-%m-%d}"]
    unlucky = drawdowns(plan, 120_000, changes=changes, delay_days=delay, chance=chance)
    if not changes:  # less luck, less to draw
        assert (unlucky["available"] <= loans["available"]).all()


def test_an_array_equals_its_scalars() -> None:
    limits, delays = np.array([60_000, 70_000]), np.array([[0], [9]])
    plan = jb.Loan([40_000, 50_000], daily_rate=0.0004, months=3, start="2026-12-01")
    table = available(plan, limits, delay_days=delays)
    for line, (row, column) in enumerate(np.ndindex(2, 2)):
        loan = jb.Loan([40_000, 50_000][column], daily_rate=0.0004, months=3, start="2026-12-01")
        one = available(loan, limits[column], delay_days=delays[row, 0])
        many = table[table["line"] == line].reset_index(drop=True).assign(line=0)
        pd.testing.assert_frame_equal(many, one)


def test_a_loan_a_list_and_a_plan_are_one() -> None:
    one = available(LOAN, 60_000)
    pd.testing.assert_frame_equal(one, available([LOAN], 60_000))
    pd.testing.assert_frame_equal(one, available(jb.Plan((LOAN,)), 60_000))
    nothing = LOAN.reborrow(0, on="2027-01-01")  # not taken: no row
    pd.testing.assert_frame_equal(one, available(nothing, 60_000))
