from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jiebei as jb
from jiebei.language.errors import JiebeiError
from jiebei.life.late import catching_up, costs, repair
from jiebei.life.late.catching_up import Means
from jiebei.life.late.costs import Elsewhere, late_cost

LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
CALLED = replace(LOAN, accelerate_after=60)
BULLET = jb.Loan(10_000, daily_rate=0.0004, months=1, method="bullet", start="2026-12-01")
AT_18 = Elsewhere(0.18)
ROWS = [
    {"name": "A", "principal": 20_000, "daily_rate": 0.0005, "months": 12},
    {"name": "B", "principal": 12_000, "daily_rate": 0.0003, "months": 6, "accelerate_after": 60},
    {"name": "C", "principal": 8_000, "daily_rate": 0.0004, "months": 6},
]
PLAIN = [{key: value for key, value in row.items() if key != "accelerate_after"} for row in ROWS]


def half_up(amount: Decimal) -> float:
    return float(amount.quantize(Decimal("0.01"), ROUND_HALF_UP))


def fen(amount: float) -> Decimal:
    return Decimal(str(amount))


@pytest.mark.parametrize("days", [1, 7, 30, 31])
def test_one_instalment_late_costs_its_amount_by_rate_by_days(days: int) -> None:
    due = fen(4_503.11)
    assert late_cost(LOAN, 3, days).cost == half_up(due * Decimal("0.0006") * days)


def test_further_instalments_bear_penalty_from_their_own_due_days() -> None:
    """Instalments of March to May, paid on 30 May: 90, 59 and 29 days."""
    flows = LOAN.cashflows(["payment"])["payment"]
    penalty = sum(fen(flows[3 + k]) * days for k, days in enumerate((90, 59, 29)))
    assert late_cost(LOAN, 3, 90).cost == half_up(penalty * Decimal("0.0006"))


def test_a_due_day_on_the_very_day_is_paid_on_time() -> None:
    assert late_cost(LOAN, 3, 31).cost == half_up(fen(4_503.11) * Decimal("0.0006") * 31)


def test_acceleration_charges_all_of_the_loan_and_stops_its_interest() -> None:
    """Called on 30 April: penalty on all of it for 30 days, and no contract interest meanwhile."""
    flows = LOAN.cashflows(["payment", "closing"])
    left = fen(flows["closing"][4])  # after the instalment of April
    interest = half_up(left * Decimal("0.0004") * 29)  # 1 to 30 April, billed when it is called
    bears = sum(fen(flows["payment"][3 + k]) * days for k, days in enumerate((90, 59)))
    bears += (left + fen(interest)) * 30
    penalty = half_up(bears * Decimal("0.0006"))
    # on time: the interest of April is paid on 1 May, that of 1 to 30 May is owed on 30 May
    may = half_up(fen(flows["closing"][5]) * Decimal("0.0004") * 29)
    april = half_up(left * Decimal("0.0004") * 30)
    found = late_cost(CALLED, 3, 90)
    assert found.penalty == penalty
    assert found.interest == pytest.approx(interest - april - may)
    assert found.cost == pytest.approx(penalty + interest - april - may)


def test_grace_lets_off_all_or_nothing() -> None:
    graced = replace(LOAN, grace_days=7)
    found = late_cost(graced, 3, [7, 8]).cost
    assert found[0] == 0
    assert found[1] == late_cost(LOAN, 3, 8).cost


def test_paying_late_and_settling_that_day_cost_the_same() -> None:
    days = np.array([0, 1, 29, 31, 60, 200, 400])
    for loan in (LOAN, replace(LOAN, penalty_on="principal"), replace(LOAN, grace_days=30)):
        paid = loan.pay_late(3, days).summary().penalty
        assert np.allclose(paid, late_cost(loan, 3, days).penalty)


def test_the_parts_of_the_cost() -> None:
    parts = costs.parts_of(LOAN, 3, 30)
    owed = fen(LOAN.cashflows(["principal"])["principal"][3])
    assert parts["ordinary"] == half_up(owed * Decimal("0.0004") * 30)
    assert parts["surcharge"] == pytest.approx(parts["ordinary"] / 2, abs=0.01)
    assert parts["compound"] == pytest.approx((4_503.11 - float(owed)) * 0.0006 * 30, abs=0.01)
    assert parts["spared"] == 0


@settings(max_examples=10, deadline=None)
@given(
    multiple=st.integers(0, 40).map(lambda each: each / 20),
    instalment=st.integers(1, 6),
    days=st.integers(0, 500),
    after=st.sampled_from([0, 0, 30, 90]),
)
def test_the_parts_add_up(multiple: float, instalment: int, days: int, after: int) -> None:
    loan = jb.Loan(20_000, daily_rate=0.0005, months=6, start="2026-12-01")
    loan = replace(loan, penalty_multiple=multiple, accelerate_after=after)
    parts = costs.parts_of(loan, instalment, days)
    assert sum(parts.values()) == pytest.approx(late_cost(loan, instalment, days).cost, abs=1e-6)
    later = late_cost(replace(loan, accelerate_after=0), instalment, [days, days + 1]).cost
    assert later[1] >= later[0]


def test_money_from_elsewhere_by_hand() -> None:
    """Two instalments borrowed on their due days, given back 60 days after the first."""
    first, second = LOAN.cashflows(["payment"])["payment"][3:5]
    by_hand = first * (1.18 ** (60 / 365) - 1) + second * (1.18 ** (29 / 365) - 1)
    assert AT_18.cost(LOAN, 3, 60) == pytest.approx(by_hand)
    assert Elsewhere(0.18, 20).cost(LOAN, 3, [0, 60]) == pytest.approx([0, by_hand + 20])


@pytest.mark.parametrize("fee", [0.0, 15.0])
def test_at_the_flip_rate_both_cost_the_same(fee: float) -> None:
    days = np.array([1, 30, 90, 365])
    cost = late_cost(LOAN, 3, days).cost
    rates = costs.flip_rates(LOAN, 3, days, cost, fee)
    known = np.isfinite(rates)
    assert (known == (cost > fee)).all()
    same = costs.borrowed(LOAN, 3, days[known], rates[known]) + fee
    assert np.allclose(same, cost[known])


def test_the_flip_rate_of_one_year_is_the_penalty_rate_on_what_is_due() -> None:
    cost = late_cost(BULLET, 1, 365).cost
    assert costs.flip_rates(BULLET, 1, 365, cost) == pytest.approx(0.0006 * 365, rel=1e-5)


@pytest.mark.parametrize("bad", [{"rate": 18}, {"rate": 0.1, "fee": -1}])
def test_bad_money_from_elsewhere_is_refused(bad: dict[str, float]) -> None:
    with pytest.raises(JiebeiError, match="other_"):
        Elsewhere(**bad)


def test_an_instalment_that_falls_overdue_in_2026_keeps_the_whole_delay_on_the_record() -> None:
    """Due 2025-12-01, paid 2026-01-05: the instalment of 2026-01-01 is late too."""
    loan = jb.Loan(5_000, daily_rate=0.0004, months=12, start="2025-06-01")
    late = repair.delay(loan, 6, 35)
    assert [str(each) for each in late[:3]] == ["2025-12-02", "2026-01-02", "2026-01-05"]
    assert repair.credit_repair().refuses(late) == "arose"
    assert repair.credit_repair().refuses(repair.delay(loan, 6, 31)) == ""  # paid on 2026-01-01


def test_what_was_called_counts_as_overdue() -> None:
    """Called after 10 days, paid on a due day: nothing of that day's payment is on time."""
    loan = jb.Loan(12_000, daily_rate=0.0004, months=12, start="2025-03-01", accelerate_after=10)
    late = repair.delay(loan, 1, 30)
    assert str(late.paid_on) == "2025-05-01"
    assert late.most > 12_000
    assert repair.credit_repair().refuses(late) == "amount"


def loans(rows: Any = ROWS) -> dict[str, jb.Loan]:
    return catching_up.loans_of(rows, "2026-12-01")


def test_two_loans_by_hand() -> None:
    """What the first loan leaves pays a part of the second; the rest is a month late."""
    rows = [
        {"name": "dear", "principal": 1_000, "daily_rate": 0.0006, "months": 2},
        {"name": "cheap", "principal": 1_000, "daily_rate": 0.0002, "months": 2},
    ]
    both = loans(rows)
    found = catching_up.catch_up(both, Means(short=520, months=1, later=2_000))
    dues = [fen(each.summary().instalment) for each in both.values()]
    late = sum(dues) - 520
    rates = (Decimal("0.0003"), Decimal("0.0009"))  # the cheap loan is last, then the dear one
    assert found.cost.tolist() == [half_up(late * rate * 31) for rate in rates]
    assert found.days_late.tolist() == [[0, 31], [31, 0]]
    assert (found.caught_up == np.datetime64("2027-02-01")).all()


def test_a_loan_of_which_nothing_falls_due_for_months_can_be_among_the_late_ones() -> None:
    """A bullet loan asks for nothing until its end; with enough money nothing is ever late."""
    rows = [PLAIN[0], {"name": "F", "principal": 8_000, "daily_rate": 0.0004, "months": 6}]
    rows[1] = rows[1] | {"method": "bullet"}
    rich = catching_up.catch_up(loans(rows), Means(12_000, 0, 12_000))
    assert rich.cost.tolist() == [0.0, 0.0]
    assert not rich.days_late.any()
    poor = catching_up.catch_up(loans(rows), Means(12_000, 0, 2_000))
    assert poor.days_late.max() > 0
    free = {"name": "G", "principal": 600, "daily_rate": 0.0, "months": 6}
    free |= {"method": "interest_only"}
    assert catching_up.catch_up(loans([free]), Means(100, 36, 100)).cost.tolist() == [0.0]


def one_by_one(both: dict[str, jb.Loan], order: list[int], cash: list[int]) -> float:
    """Pay by one order, one loan after the other, from the arrears that the schedules show."""
    late = [each.miss(1, times=12) for each in both.values()]
    left = Decimal(0)
    for month, comes_in in enumerate(cash, start=1):
        today = np.datetime64(f"{2026 + (11 + month) // 12}-{(11 + month) % 12 + 1:02}-01")
        left += comes_in
        for place in order:
            flows = late[place].cashflows(["date", "arrears"])
            owed = flows.loc[flows["date"] == today, "arrears"].to_list()
            paid = min(fen(owed[-1]), left) if owed else Decimal(0)
            late[place] = late[place].pay(float(paid), on=today)
            left -= paid
    assert all(each.summary().arrears == 0 for each in late)
    return sum(each.summary().penalty for each in late)


def test_all_orders_are_followed_until_the_last_has_caught_up() -> None:
    """In different months, long after the last due day: as soon as the money is enough."""
    rows = [{"name": "free", "principal": 3_000, "daily_rate": 0.0, "months": 6}]
    rows += [{"name": "dear", "principal": 12_000, "daily_rate": 0.0006, "months": 6}]
    both, a_month = loans(rows), Decimal("1314.66")
    found = catching_up.catch_up(both, Means(0, 1, float(a_month)))
    agreed = sum(fen(each.summary().total_paid) for each in both.values())
    for cost, day in zip(found.cost, found.caught_up, strict=True):
        months = int((day.astype("M8[M]") - np.datetime64("2027-01")).astype(int))
        assert a_month * (months - 1) < agreed + fen(cost) <= a_month * months
    assert len(set(found.caught_up)) == 2


@pytest.mark.parametrize("first", [0, 1, 2])
def test_of_equally_cheap_orders_the_named_one_comes_first(first: int) -> None:
    found = SimpleNamespace(cost=np.array([5.0, 5.0, 5.0, 4.0, np.nan]))
    ranked = catching_up.ranking(cast(Any, found), first).tolist()
    assert ranked[0] == 3
    assert ranked[1] == first
    assert ranked[-1] == 4


def test_every_order_one_loan_after_the_other() -> None:
    both = loans([row | {"months": 6} for row in PLAIN])
    found = catching_up.catch_up(both, Means(4_000, 2, 9_000))
    cash = [4_000, 4_000, 9_000, 9_000, 9_000, 9_000]
    for order, cost in zip(found.orders, found.cost, strict=True):
        assert cost == pytest.approx(one_by_one(both, list(order), cash), abs=1e-6)
    assert len(set(found.cost)) > 3


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ([], "late_loans: 0 loans given; give 1 to 4"),
        ([{"principal": 1}], "the name None is empty or given twice"),
        ([ROWS[0], ROWS[0]], "the name 'A' is empty or given twice"),
        ([ROWS[0] | {"rate": 1}], "a loan has no 'rate'; choose 'accelerate_after'"),
        ([{"name": "A", "principal": 9}], "A has no daily_rate; each loan needs name"),
        ([ROWS[0] | {"months": 0}], "months=0"),
    ],
)
def test_bad_rows_are_refused_in_words(rows: Any, text: str) -> None:
    with pytest.raises(JiebeiError, match=text):
        loans(rows)


def test_bad_means_are_refused_in_words() -> None:
    for bad, name in ((Means(-1, 1, 5), "short_cash"), (Means(1, 99, 5), "short_months")):
        with pytest.raises(JiebeiError, match=name):
            catching_up.catch_up(loans(PLAIN[:1]), bad)
