"""What may be agreed and decided reaches its bounds and not beyond; they stand in the reference."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import jiebei as jb

LOAN = jb.Loan(12_000, daily_rate=0.0004, months=12, start="2026-12-01")
LAST = {"daily_rate": 0.0004, "last_due": "2027-03-01"}
EXTRA: dict[str, dict[str, Any]] = {"days": {"months": None}}
EXTRA["interest_only_months"] = {"months": 60, "method": "interest_then_equal"}
BOUNDS: dict[str, tuple[Callable[[Any], Any], float, float]] = {
    **{
        name: (lambda value, name=name: LOAN.but(**EXTRA.get(name, {}) | {name: value}), *ends)
        for name, ends in {
            "months": (1, 60),
            "days": (1, 1_827),
            "interest_only_months": (1, 59),
            "due_day": (1, 31),
            "shortest_first_period": (0, 31),
            "grace_days": (0, 30),
            "accelerate_after": (0, 3_650),
        }.items()
    },
    "extend": (lambda value: LOAN.extend(value, on=5), 0, 60),
    "extend, days": (lambda value: LOAN.extend(days=value, on=5), 0, 1_827),
    "defer": (lambda value: LOAN.defer(value, on=5), 0, 60),
    "defer, days": (lambda value: LOAN.defer(days=value, on=5, interest="billed"), 0, 1_827),
    "pay_extra, times": (lambda value: LOAN.pay_extra(5, on=5, times=value), 1, 120),
    "coupon": (lambda value: LOAN.coupon(value), 0, 1_827),
    "coupon, instalments": (lambda value: LOAN.coupon(instalments=value), 0, 60),
    "restructure": (lambda value: LOAN.restructure(value, on=5), 0, 60),
    "miss": (lambda value: LOAN.miss(value), 0, 600),
    "miss, times": (lambda value: LOAN.miss(1, times=value), 1, 120),
    "pay_late": (lambda value: LOAN.pay_late(1, days=value), 0, 3_650),
    "with_history": (lambda value: LOAN.with_history([], days_ahead=value), 0, 31),
    "running": (lambda value: jb.running(12_000, instalments=value, **LAST), 1, 60),
    "running, interest only": (
        lambda value: jb.running(
            12_000,
            instalments=60,
            method="interest_then_equal",
            interest_only_months=value,
            **LAST,
        ),
        0,
        59,
    ),
}


@pytest.mark.parametrize("name", BOUNDS)
def test_a_whole_number_reaches_its_bounds(name: str) -> None:
    act, least, most = BOUNDS[name]
    for value in (least, most):
        act(value)
    for value in (least - 1, most + 1):
        with pytest.raises(jb.JiebeiError, match=f"{least} to {most:,}|{least} to {most}"):
            act(value)


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: LOAN.extend(on=5), "say how much longer"),
        (
            lambda: LOAN.extend([1, 2], days=[0, 3], on=5),
            "number 1, 3: extend by months or by days",
        ),
        (lambda: LOAN.defer(on=5), "give months= or days=: how long"),
        (
            lambda: LOAN.defer([1, 2], days=[0, 3], on=5, interest="billed"),
            "number 1, 3: give months= or days=, not both",
        ),
        (lambda: LOAN.defer(days=[0, 3], on=5), "number 1, 3: with interest='paid'"),
        (lambda: LOAN.coupon(), "a coupon runs for days="),
        (lambda: LOAN.coupon(30, instalments=3), "a coupon runs for days="),
    ],
)
def test_a_length_is_given_in_months_or_in_days(act: Callable[[], Any], words: str) -> None:
    with pytest.raises(jb.JiebeiError, match=words):
        act()


def test_shares_and_multiples_reach_theirs() -> None:
    for name, most in (("prepay_fee_rate", 0.1), ("penalty_multiple", 2.0)):
        LOAN.but(**{name: [0.0, most]})
        with pytest.raises(jb.JiebeiError, match=f"^{name}=.*0 to"):
            LOAN.but(**{name: most + 0.001})


def test_a_first_period_has_a_day_at_least_where_months_have_thirty() -> None:
    """From the 30th to the 1st one, from the 31st none, which counts as one: 12,000 x 0.04 %."""
    for start in ("2027-01-30", "2027-01-31"):
        loan = LOAN.but(start=start, due_day=1, shortest_first_period=0, day_count="thirty")
        assert loan.cashflows(["interest"])["interest"].iloc[1] == 4.80


def test_without_a_number_the_part_of_interest_only_is_over() -> None:
    left = {"instalments": 9, "method": "interest_then_equal", **LAST}
    assert (
        jb.running(12_000, **left).summary() == jb.running(12_000, instalments=9, **LAST).summary()
    )


def test_of_several_loans_each_has_its_own_part_of_interest_only() -> None:
    left = {"instalments": 9, "method": "interest_then_equal", **LAST}
    together = jb.running(12_000, interest_only_months=[0, 3, 1], **left).summary().interest
    alone = [
        jb.running(12_000, interest_only_months=each, **left).summary().interest
        for each in (0, 3, 1)
    ]
    assert together.tolist() == alone
    with pytest.raises(jb.JiebeiError, match=r"^instalment is what is kept equal"):
        jb.running(12_000, interest_only_months=[0, 3], instalment=1_400, **left)


@pytest.mark.parametrize(("months", "more"), [(9, ""), (10, "1 more row"), (12, "3 more rows")])
def test_rows_that_are_not_shown_are_counted(months: int, more: str) -> None:
    """Of a loan ten rows are shown, that of the drawdown is the first."""
    html = LOAN.but(months=months)._repr_html_()
    assert html.count("<tr>") == 10
    assert more in html
    assert ("more row" in html) == bool(more)


# ---- what was paid and does not fit --------------------------------------------------------------


@pytest.mark.parametrize(
    ("loan", "paid", "words"),
    [
        (  # 12,240.00 settles it: 148.80 of January wait, and 19 days cost 91.20
            LOAN.but(months=3).defer(1, on=0, interest="billed"),
            [("2027-01-20", 12_150)],
            r"^2027-01-20: of the 12,150.00 paid, .* leave room for 12,091.19 only",
        ),
        (
            LOAN.but(months=1),
            [("2027-01-01", 12_148.80), ("2027-01-20", 0.05)],
            r"2027-01-20.*0\.05.* 2027-01-01",
        ),
        (
            LOAN.but(months=3),
            [("2027-01-01", 4_098.01), ("2027-01-20", 12_000)],
            r"2027-01-20.*12,000\.00.*8,111\.98",
        ),
    ],
)
def test_what_was_paid_and_cannot_be_booked_is_said_with_its_sums(
    loan: jb.Loan, paid: list[tuple[str, float]], words: str
) -> None:
    """Of three instalments of 4,098.01, 8,050.79 is left, with 19 days of 3.2203 it is 8,111.98."""
    with pytest.raises(jb.JiebeiError, match=words):
        loan.with_history(paid)


def test_a_payment_for_what_is_overdue_is_one_for_that() -> None:
    late = LOAN.with_history([("2027-01-01", 500), ("2027-01-05", 100)], as_of="2027-01-10")
    assert [each.name for each in late.decisions] == ["miss", "pay", "pay"]
    assert late.owed("2027-01-10").overdue == pytest.approx(
        LOAN.miss(1).pay(500, on="2027-01-01").pay(100, on="2027-01-05").owed("2027-01-10").overdue
    )


def test_what_was_paid_on_the_day_of_the_drawdown_counts() -> None:
    paid = LOAN.with_history([("2026-12-01", 1_000)], as_of="2026-12-05")
    assert paid.cashflows().equals(LOAN.pay_extra(1_000, on=0).cashflows())
    assert np.isclose(paid.owed("2026-12-05").principal, 11_000, atol=0.5)


# ---- what is counted exactly ---------------------------------------------------------------------

DEAR = LOAN.but(daily_rate=0.0006, months=60, principal=8_108_584.52)


def test_all_interest_has_room_in_the_whole_numbers_of_the_engine() -> None:
    """61 months are begun, of 31 days at most: 9.2e18 / (1,891 x 6,000,000) are 810,858,452 fen."""
    assert DEAR.summary().drawn == 8_108_584.52
    assert DEAR.extend(1, on=None).reprice(0.005, on=None).summary() == DEAR.summary()
    with pytest.raises(jb.JiebeiError, match=r"^principal=8108584.53: .* counts exactly"):
        DEAR.but(principal=8_108_584.53).summary()


@pytest.mark.parametrize(
    "loan",
    [
        DEAR.extend(1, on=5),
        DEAR.reprice(0.0007, on=5),
        DEAR.but(principal=[9_000, 2e7]),
        DEAR.but(principal=2e7, daily_rate=[0.0006, 0.0]),
        DEAR.but(principal=2e7, start=["2026-12-01", "2031-11-01"], months=[60, 1]),
        LOAN.but(principal=1e9, daily_rate=0.0, prepay_fee_rate=[0.0, 0.1]),
    ],
)
def test_one_that_has_no_room_is_refused(loan: jb.Loan) -> None:
    with pytest.raises(jb.JiebeiError, match=r"^principal(=|: 1 of 2 ).* counts exactly"):
        loan.summary()
