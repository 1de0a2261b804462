"""The behaviour score: by hand, within its bounds, and moving the way it should."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import jiebei as jb
from jiebei.language.errors import JiebeiError
from jiebei.life.credit.line import available
from jiebei.life.credit.score import (
    PARTS,
    Behaviour,
    days_late,
    latest,
    monthly,
    parts,
    rules,
    score,
)
from jiebei.life.rules.facts import facts

histories = st.lists(st.sampled_from([0, 0, 0, 1, 5, 30, 90]), min_size=1, max_size=60)
shares = st.floats(0, 2)
lenders = st.integers(0, 12)


# ---- by hand -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("late", "used", "owed_to", "expected"),
    [
        ([0], 0.0, 1, 50 + 0.5 + 1.25),
        ([0] * 6, 0.0, 2, 50 + 3 + 7.5),
        ([0] * 24, 0.3, 2, 50 + 12 + 30),
        ([0] * 60, 0.0, 1, 50 + 20 + 30),  # 40 months of history and 24 on time count at most
        ([0] * 60, 0.65, 1, 100 - 7),
        ([0] * 60, 1.0, 1, 100 - 14),
        ([0] * 60, 1.7, 1, 100 - 14),  # a limit cut below what is drawn
        ([0] * 60, 0.0, 4, 100 - 8),
        ([0] * 60, 0.0, 50, 100 - 20),
        ([5], 0.0, 1, 50 + 0.5 - 10 - 1.5),
        ([0, 90], 0.0, 1, 50 + 1 + 1.25 - 10 - 27),
        ([6] + [0] * 12, 0.0, 1, 50 + 6.5 + 15 - 10 / 2 - 1.8 / 2),  # half of it has faded
        ([90] + [0] * 24, 0.0, 1, 50 + 12.5 + 30),  # all of it
        ([30, 30, 30, 30], 1.0, 9, 0.0),  # not below 0: 50 + 2 - 72.83 ...
    ],
)
def test_by_hand(late: list[int], used: float, owed_to: int, expected: float) -> None:
    assert latest(Behaviour(late, used, owed_to)) == pytest.approx(expected)


def test_the_parts_add_up_to_the_score() -> None:
    behaviour = Behaviour([[0, 3, 0, 40], [0, 0, 0, 0]], 0.5, [[3], [1]])
    found = parts(behaviour)
    assert tuple(found) == PARTS
    np.testing.assert_allclose(np.clip(sum(found.values()), 0, 100), latest(behaviour))


def test_a_score_a_month() -> None:
    late, used = [0, 7, 0, 0, 1], [0.1, 0.9, 0.5, 0.2, 0.4]
    month_by_month = [latest(Behaviour(late[:n], used[:n], [2] * n)) for n in range(1, 6)]
    np.testing.assert_array_equal(score(Behaviour(late, used, 2)), month_by_month)


def test_an_array_equals_its_scalars() -> None:
    late = np.array([[0, 7, 0], [0, 0, 90]])
    used = np.array([0.2, 0.8])[:, None]
    many = score(Behaviour(late, used, 3))
    for row in range(2):
        np.testing.assert_array_equal(many[row], score(Behaviour(late[row], used[row], 3)))


# ---- any history ---------------------------------------------------------------------------------


@given(histories, shares, lenders)
def test_the_score_is_bounded_and_the_same_twice(late: list[int], used: float, n: int) -> None:
    found = score(Behaviour(late, used, n))
    assert ((found >= 0) & (found <= 100)).all()
    np.testing.assert_array_equal(found, score(Behaviour(late, used, n)))


@given(histories, st.integers(0, 59), st.integers(1, 90), shares, lenders)
def test_later_is_never_better(late: list[int], at: int, more: int, used: float, n: int) -> None:
    later = late.copy()
    later[at % len(late)] = min(later[at % len(late)] + more, 90)
    better, worse = (score(Behaviour(each, used, n)) for each in (late, later))
    assert (worse <= better).all()
    assert (worse < better)[at % len(late)] or late[at % len(late)] == 90 or worse.min() == 0


@given(histories, shares, shares, lenders, st.integers(0, 5))
def test_more_drawn_and_more_lenders_are_never_better(
    late: list[int], used: float, more: float, n: int, others: int
) -> None:
    now = latest(Behaviour(late, used, n))
    assert latest(Behaviour(late, used + more, n)) <= now
    assert latest(Behaviour(late, used, n + others)) <= now


@given(histories, shares, lenders)
def test_another_month_on_time_is_never_worse(late: list[int], used: float, n: int) -> None:
    now, then = latest(Behaviour(late, used, n)), latest(Behaviour([*late, 0], used, n))
    assert then >= now - 1e-9


# ---- other points --------------------------------------------------------------------------------


def test_other_points_may_be_given() -> None:
    points = facts("credit_score")
    points.loc[points["part"] == "lenders", "points"] = 0
    assert latest(Behaviour([0], 0, 9), points) == latest(Behaviour([0], 0, 1))
    assert rules()["on_time"] == {"points": 1.25, "above": 0.0, "up_to": 24.0, "months": 24.0}


@pytest.mark.parametrize("bound", ["above", "up_to", "months"])
def test_an_empty_bound_is_none(bound: str) -> None:
    """Late by 2 days in one month of two: what is counted from 0 on, without end, is both days."""
    points = change("late", **{bound: np.nan})
    meant = change("late", **{bound: 0 if bound == "above" else np.inf})
    assert parts(Behaviour([2, 0], 0, 1), points) == parts(Behaviour([2, 0], 0, 1), meant)


def change(part: str, /, **values: object) -> pd.DataFrame:
    points = facts("credit_score")
    for name, value in values.items():
        points[name] = points[name].where(points["part"] != part, value)
    return points


@pytest.mark.parametrize(
    ("points", "message"),
    [
        (change("late", part="lates"), r"^part 'late': the table of points has one row for each"),
        (pd.concat([facts("credit_score"), change("late", part="x")[3:4]]), r"^part 'x': "),
        (change("late", points=5), r"^points: 1 of 7 values are refused, the first is number 3, 5"),
        (change("on_time", points=-1), r"^points: 1 of 7 .* number 2, -1: the parts base, history"),
        (change("base", points=np.nan), r"^points: 1 of 7 .* number 0, nan"),
    ],
)
def test_points_that_make_no_sense_are_refused(points: pd.DataFrame, message: str) -> None:
    with pytest.raises(JiebeiError, match=message):
        latest(Behaviour([0], 0.0, 1), points)


@pytest.mark.parametrize(
    ("behaviour", "message"),
    [
        (Behaviour(0, 0.0, 1), r"^a score needs at least one month"),
        (Behaviour([], 0.0, 1), r"^a score needs at least one month"),
        (Behaviour([0, 91], 0.0, 1), r"^days_late: 1 of 2 values .* number 1, 91"),
        (Behaviour([0.5], 0.0, 1), r"^days_late: 1 of 1"),
        (Behaviour([0], -0.1, 1), r"^utilisation=-0\.1: the share of the limit"),
        (Behaviour([0], np.nan, 1), r"^utilisation=nan: "),
        (Behaviour([0], 0.0, -1), r"^lenders=-1: "),
    ],
)
def test_behaviour_that_makes_no_sense_is_refused(behaviour: Behaviour, message: str) -> None:
    with pytest.raises(JiebeiError, match=message):
        latest(behaviour)


# ---- from cash flows -----------------------------------------------------------------------------


def flows(*rows: tuple[int, str, float]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["loan", "date", "arrears"])
    return table.assign(date=pd.to_datetime(table["date"]))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(0, "2027-01-01", 0.0), (0, "2027-02-01", 0.0)], {}),
        ([(0, "2027-01-31", 9.0), (0, "2027-02-05", 0.0)], {"2027-01-01": 5}),
        # on time in the end: paid on the day it fell due
        ([(0, "2027-01-31", 9.0), (0, "2027-01-31", 0.0)], {}),
        # a part payment does not end it
        (
            [(0, "2027-01-01", 9.0), (0, "2027-01-04", 3.0), (0, "2027-01-11", 0.0)],
            {"2027-01-01": 10},
        ),
        # the longest of two loans; one more month later
        (
            [
                (0, "2027-01-01", 9.0),
                (0, "2027-01-03", 0.0),
                (0, "2027-02-01", 9.0),
                (0, "2027-02-02", 0.0),
                (1, "2027-01-01", 5.0),
                (1, "2027-01-08", 0.0),
            ],
            {"2027-01-01": 7, "2027-02-01": 1},
        ),
        # never paid: to the end of the flows, 90 days at most
        ([(0, "2027-01-01", 9.0), (0, "2027-02-01", 18.0)], {"2027-01-01": 31}),
        ([(0, "2027-01-01", 9.0), (0, "2027-12-01", 18.0)], {"2027-01-01": 90}),
    ],
)
def test_days_late(rows: list[tuple[int, str, float]], expected: dict[str, int]) -> None:
    found = days_late(flows(*rows))
    assert {f"{month:%Y-%m-%d}": days for month, days in found.items()} == expected


def test_a_loan_paid_as_agreed_is_never_late() -> None:
    loan = jb.Loan(9_000, daily_rate=0.0004, months=3, start="2026-12-01")
    assert days_late(loan.cashflows(["loan", "date", "arrears"])).empty


@pytest.mark.parametrize("days", [1, 7, 40, 90])
def test_the_days_late_of_the_engine(days: int) -> None:
    """A payment so many days late is read back from the cash flows; what it delays is one spell."""
    loan = jb.Loan(9_000, daily_rate=0.0004, months=6, start="2026-12-01").pay_late(2, days=days)
    found = days_late(loan.cashflows(["loan", "date", "arrears"]))
    assert {f"{month:%Y-%m}": days for month, days in found.items()} == {"2027-02": days}


def test_behaviour_by_month() -> None:
    loan = jb.Loan(9_000, daily_rate=0.0, months=3, start="2026-12-15").settle(on="2027-02-20")
    line = available(loan, 10_000, changes={"2027-02-18": 0})
    late = pd.Series({pd.Timestamp("2027-01-01"): 4})
    table = monthly(line, late, lenders=2)
    assert table["month"].dt.strftime("%Y-%m").to_list() == ["2026-12", "2027-01", "2027-02"]
    assert table["days_late"].to_list() == [0, 4, 0]
    assert table["utilisation"].to_list() == [0.9, 0.6, 0.0]
    assert latest(Behaviour(table["days_late"], table["utilisation"], table["lenders"])) > 0
    closed = monthly(available(loan, 10_000, changes={"2027-01-18": 0}))
    assert closed["utilisation"].to_list() == [0.9, 1.0, 0.0]
    with pytest.raises(JiebeiError, match=r"^this table holds 2 lines"):
        monthly(available(loan, [10_000, 20_000]))
