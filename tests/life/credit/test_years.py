"""Years of borrowing: every column against the rooms it rests on, and against sums by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiebei.language.errors import JiebeiError
from jiebei.life.credit.line import available, on_days
from jiebei.life.credit.score import Behaviour, days_late, monthly, parts, score
from jiebei.life.credit.tiers import Borrower, tier_of, tier_table
from jiebei.life.credit.years import Years, line_of, seen_before, years
from jiebei.life.rules.facts import facts
from tests.life.credit.test_tiers import GIVEN

BORROWER = Borrower(**GIVEN)


def late(months: int = 36, **days: int) -> Any:
    """Return days late by month: late(m5=3) is the fifth payment 3 days late."""
    found = np.zeros(months, np.int64)
    for name, each in days.items():
        found[int(name[1:]) - 1] = each
    return found


def one(**change: Any) -> Years:
    return years(replace(BORROWER, **change), late())


# ---- by hand -------------------------------------------------------------------------------------


def test_the_first_months_by_hand() -> None:
    """6 months on time: 60.5, tier C; then 5/6 of the limit is drawn, 16/30 of it above 30 %."""
    found = one()
    assert found.score[0] == 50 + 3 + 7.5
    assert (found.limit[0], found.daily_rate[0], found.here[0]) == (60_000, 0.0004, 50_000)
    assert found.utilisation[0] == 50_000 / 60_000
    assert found.score[1] == pytest.approx(50 + 3.5 + 8.75 - 20 * (50 / 60 - 0.3))
    assert found.due[1] == 4_503.11
    assert found.owed[1] == 50_000 - 3_883.11
    assert found.charges_here[0] == 4_037.33


def test_the_penalty_by_hand() -> None:
    found = years(BORROWER, late(m1=7))
    bill = Decimal("4503.11") * Decimal("0.0004") * Decimal("1.5") * 7
    assert found.penalty[1] == float(bill.quantize(Decimal("0.01"), ROUND_HALF_UP)) == 18.91
    assert found.penalty.sum() == found.penalty[1]


def test_what_else_the_contract_says_by_hand() -> None:
    """Due on the 20th: 19 days of 20 yuan, then 31; 354 days in all, 100 and 12 x 5 of fees."""
    fees = {"drawdown_fee": 100.0, "instalment_fee": 5.0}
    found = one(method="interest_only", agreed={"due_day": 20, **fees})
    assert found.date[[0, 1, 4]].astype(str).tolist() == ["2026-12-01", "2026-12-20", "2027-03-20"]
    assert found.due[:3].tolist() == [0.0, 385.0, 625.0]
    assert found.charges_here[0] == 354 * 20 + 100 + 60
    assert (found.here[4], found.owed[3], found.owed[4]) == (10_000, 50_000, 60_000)


@pytest.mark.parametrize(("due_day", "month"), [(20, 2), (10, 1)])  # 9 days to the 10th: too few
def test_a_late_payment_is_the_one_that_falls_due_that_month(due_day: int, month: int) -> None:
    """On 2027-01-20 the interest of 31 days falls due, on 2027-01-10 that of 40: 7 days late."""
    only = replace(BORROWER, method="interest_only", agreed={"due_day": due_day})
    found = years(only, late(**{f"m{month}": 7}))
    interest = {20: Decimal(620), 10: Decimal(800)}[due_day]
    bill = interest * Decimal("0.0006") * 7
    expected = float(bill.quantize(Decimal("0.01"), ROUND_HALF_UP))
    assert str(found.date[month]) == f"2027-01-{due_day}"
    assert found.penalty[month] == found.penalty.sum() == expected
    spared = replace(only, agreed={"due_day": due_day, "penalty_on": "principal"})
    assert years(spared, late(**{f"m{month}": 7})).penalty.sum() == 0


def test_all_at_the_end_is_due_whole_months_after_the_drawdown() -> None:
    once = replace(BORROWER, method="bullet", months=3, agreed={"due_day": 20})
    assert np.flatnonzero(years(once, late()).due)[0] == 3
    assert str(years(once, late()).date[3]) == "2027-03-01"


@pytest.mark.parametrize("days", [1, 29, 45, 90])
def test_the_penalty_is_that_of_the_engine(days: int) -> None:
    """Two loans are open in June 2027, the first drawn in December, the second in April."""
    found = years(BORROWER, late(m6=days))
    loans = line_of(BORROWER, years(BORROWER, late()))[0].loans
    both = loans[0].pay_late(6, days=days), loans[1].pay_late(2, days=days)
    assert found.penalty.sum() == pytest.approx(sum(each.summary().penalty for each in both))
    assert found.penalty.sum() > 0


@pytest.mark.parametrize("method", ["bullet", "interest_only", "equal_principal"])
def test_the_penalty_of_other_methods(method: str) -> None:
    alone = replace(BORROWER, method=method, months=3, again_amount=0)
    loan = alone.contract(50_000, 0.0004, 0)
    expected = loan.pay_late(1 if method == "bullet" else 3, days=9).summary().penalty
    assert years(alone, late(m3=9)).penalty.sum() == expected > 0


def test_the_penalty_rounds_half_up() -> None:
    """12.35 yuan and 0.15 of interest fall due; a day of 12.50 at 0.04 % is half a fen: one fen."""
    tiers = facts("credit_tiers").assign(daily_rate=0.0004, grace_days=0)
    terms = {"principal": 12.35, "months": 1, "method": "bullet", "again_amount": 0}
    small = replace(BORROWER, **terms, tiers=tiers, penalty_multiple=1.0)
    found = years(small, late(1, m1=1))
    assert (found.due[1], found.penalty[1]) == (12.50, 0.01)


def test_days_of_grace_count_as_on_time() -> None:
    tiers = facts("credit_tiers").assign(grace_days=3)
    within = years(replace(BORROWER, tiers=tiers), late(m6=3))
    on_time = years(replace(BORROWER, tiers=tiers), late())
    np.testing.assert_array_equal(within.score, on_time.score)
    assert within.penalty.sum() == 0
    beyond = years(replace(BORROWER, tiers=tiers), late(m6=4))
    assert beyond.counted_late[6] == 4
    assert beyond.cost > on_time.cost


def test_a_month_without_a_bill_cannot_be_late() -> None:
    alone = replace(BORROWER, again_amount=0, months=3)
    np.testing.assert_array_equal(years(alone, late(m4=30)).score, years(alone, late()).score)
    assert years(alone, late(m3=30)).counted_late[3] == 30


def test_what_the_tier_does_not_lend_comes_from_elsewhere() -> None:
    found = one(principal=80_000, again_amount=0)
    assert (found.here[0], found.elsewhere[0]) == (60_000, 20_000)
    assert found.lenders[0] == 3
    assert found.lenders[11:13].tolist() == [3, 2]
    long = one(months=36)  # longer than any tier lends
    assert long.here.sum() == 0
    assert long.utilisation.max() == 0


# ---- every column against what it rests on -------------------------------------------------------


def check(borrower: Borrower, days: Any) -> None:
    found = years(borrower, days)
    months = len(days)
    tiers = tier_table(borrower.tiers)
    behaviour = seen_before(borrower, found, (), months + 1)
    past = borrower.past_months
    # each month's score is that of all before it; the tier follows
    np.testing.assert_allclose(found.score, score(behaviour, borrower.points)[past - 1 : -1])
    np.testing.assert_array_equal(found.tier, tier_of(found.score, tiers))
    np.testing.assert_array_equal(found.limit, tiers["limit"].to_numpy()[found.tier])
    # what is needed is there, and never more than the line has
    needs = np.array([borrower.needs(month) for month in range(months + 1)])
    np.testing.assert_array_equal(np.rint((found.here + found.elsewhere) * 100), needs)
    # the line agrees with the room that follows lines
    plan, limits = line_of(borrower, found)
    if plan.loans:
        line = available(plan, 0, changes=limits)
        first = next(iter(np.flatnonzero(found.here)))
        on = on_days(line, found.date[first:])
        np.testing.assert_array_equal(on["drawn"], found.owed[first:])
        np.testing.assert_array_equal(on["limit"], found.limit[first:])
        assert plan.summary().interest == pytest.approx(found.charges_here.sum(), abs=1e-6)
    total = found.charges_here.sum() + found.charges_elsewhere.sum() + found.penalty.sum()
    assert found.cost == pytest.approx(total, abs=1e-6)
    assert (found.counted_late <= np.append(0, days)).all()


@settings(max_examples=12)
@given(
    st.lists(st.sampled_from([0, 0, 0, 0, 1, 2, 5, 40]), min_size=1, max_size=30),
    st.sampled_from([100, 50_000, 123_456.78]),
    st.sampled_from([1, 3, 12]),
    st.sampled_from(["equal_instalment", "interest_only", "equal_principal", "bullet"]),
    st.sampled_from(["2026-12-01", "2027-01-31"]),
    st.sampled_from([1, 4, 7]),
    st.sampled_from([1, 40]),
)
def test_any_years(
    days: list[int],
    principal: float,
    months: int,
    method: str,
    start: str,
    every: int,
    past: int,
) -> None:
    terms = {"principal": principal, "months": months, "method": method, "start": start}
    check(replace(BORROWER, **terms, again_every=every, past_months=past), np.array(days))


def test_an_array_equals_its_scalars() -> None:
    days = np.stack([late(), late(m3=5), late(m3=40, m9=1), late(m36=90)]).reshape(2, 2, 36)
    many = years(BORROWER, days)
    for place in np.ndindex(2, 2):
        alone = years(BORROWER, days[place])
        for name in ("score", "tier", "here", "owed", "penalty", "charges_elsewhere"):
            np.testing.assert_array_equal(getattr(many, name)[place], getattr(alone, name))
        assert many.cost[place] == alone.cost


def test_the_cash_flows_tell_the_same_story() -> None:
    """What the loans' own cash flows say of a late payer leads to the same score."""
    found = years(BORROWER, late(m2=9))
    plan, limits = line_of(BORROWER, found)
    paid_late = plan.pay_late(2, days=9, loan=0)
    line = available(paid_late, 0, changes=limits)
    told = days_late(paid_late.cashflows(["loan", "date", "arrears"]))
    seen = monthly(line, told)[:36]
    past = ((BORROWER.past_months, 0),)
    behaviour = Behaviour(
        np.pad(seen["days_late"], past),
        np.pad(seen["utilisation"], past),
        np.pad(found.lenders[:36], past, constant_values=BORROWER.lenders),
    )
    np.testing.assert_allclose(score(behaviour)[BORROWER.past_months :], found.score[1:])


def test_the_parts_of_a_score_on_a_date() -> None:
    found = years(BORROWER, late(m3=5))
    for month in (0, 3, 12):
        seen = seen_before(BORROWER, found, (), month)
        assert sum(parts(seen).values()) == pytest.approx(found.score[month])
    assert isinstance(seen, Behaviour)


def test_other_points_change_the_score() -> None:
    points = facts("credit_score")
    points["points"] = points["points"].where(points["part"] != "base", 20)
    assert years(replace(BORROWER, points=points), late()).score[0] == 30.5


@pytest.mark.parametrize(
    ("days", "message"),
    [
        (5, r"^days late are given for 1 to 120 months"),
        ([], r"^days late are given for 1 to 120 months"),
        (np.zeros(121, int), r"^days late are given for 1 to 120 months"),
        ([91], r"^days_late: 1 of 1 values"),
        ([-1], r"^days_late: 1 of 1 values"),
    ],
)
def test_bad_days_are_refused(days: Any, message: str) -> None:
    with pytest.raises(JiebeiError, match=message):
        years(BORROWER, days)


def test_the_limits_are_told_where_they_change() -> None:
    _, limits = line_of(BORROWER, one())
    assert [f"{date:%Y-%m}" for date in limits] == ["2026-12", "2027-11", "2028-03"]
    assert list(limits.values()) == [60_000, 100_000, 150_000]
    assert pd.Series(limits).is_monotonic_increasing
