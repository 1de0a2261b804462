from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pytest

import jiebei as jb
from jiebei.compare.compare import cash_left
from jiebei.language.errors import JiebeiError
from jiebei.language.words import Words
from jiebei.life.negotiation import carried, least, standing
from jiebei.life.negotiation.split import parts_of

LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
ON = "2027-06-01"
DEBT = standing.behind(LOAN, 3, ON)
CASH = carried.means(DEBT, 3_000, 1_400, 1_000)


def test_what_is_owed_is_the_sum_of_its_parts_by_hand() -> None:
    """Missed instalments keep their parts; each bears 0.06 % a day from its due day on."""
    plan = LOAN.cashflows().iloc[3:6]
    days = [92, 61, 31]
    penalty = sum(
        Decimal(str(row.payment)) * day * Decimal("0.0006")
        for row, day in zip(plan.itertuples(), days, strict=True)
    )
    left = Decimal(str(plan["closing"].iloc[-1]))
    interest = Decimal(str(round(plan["interest"].sum(), 2))) + left * 31 * Decimal("0.0004")
    cent = Decimal("0.01")
    assert DEBT.owed["penalty"] == float(penalty.quantize(cent, ROUND_HALF_UP))
    assert DEBT.owed["interest"] == float(interest.quantize(cent, ROUND_HALF_UP))
    assert DEBT.owed["principal"] == LOAN.cashflows()["closing"].iloc[2]
    assert (DEBT.missed, DEBT.days_late) == (3, 92)


def test_what_is_owed_settles_it() -> None:
    """On a due day the instalment collects the arrears first, and the rest settles the loan."""
    flows = DEBT.late.settle(on=ON).cashflows()
    assert round(flows["payment"][flows["date"] == ON].sum(), 2) == DEBT.total
    other = standing.behind(LOAN, 3, "2027-05-20")
    assert other.late.settle(on=other.on).cashflows()["payment"].iloc[-1] == other.total


@pytest.mark.parametrize(
    ("late_instalment", "on", "missed", "days_late"),
    [
        (0, ON, 0, 0),
        (6, ON, 0, 0),  # due that very day: not late yet
        (6, "2027-06-02", 1, 1),
        (12, "2028-03-10", 1, 100),  # after the end
        (1, "2026-12-01", 0, 0),
    ],
)
def test_what_counts_as_missed(late_instalment: int, on: str, missed: int, days_late: int) -> None:
    debt = standing.behind(LOAN, late_instalment, on)
    assert (debt.missed, debt.days_late) == (missed, days_late)
    assert debt.name == Words(f"strategy.{'catch_up' if missed else 'as_agreed'}")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((13, ON), r"late_instalment=13: .* 12, or 0"),
        ((1.5, ON), r"late_instalment=1.5"),
        ((3, "2026-11-30"), r"offer_on=2026-11-30: the loan was drawn on 2026-12-01"),
        ((0, "2027-12-02"), r"offer_on=2027-12-02: nothing is missed, so all is repaid by"),
        ((3, "some day"), r"offer_on='some day'"),
        ((3, [ON, ON]), r"offer_on=\["),
    ],
)
def test_a_debt_that_cannot_be(arguments: Any, message: str) -> None:
    with pytest.raises(JiebeiError, match=message):
        standing.behind(LOAN, *arguments)


@pytest.mark.parametrize("name", ["cash_now", "surplus_now", "keep_back"])
def test_money_that_cannot_be_is_named(name: str) -> None:
    amounts = {"cash_now": 0.0, "surplus_now": 0.0, "keep_back": 0.0, name: -1.0}
    with pytest.raises(JiebeiError, match=f"{name}=-1"):
        carried.means(DEBT, **amounts)


def test_at_your_own_rate_of_the_loan_a_plan_costs_what_is_owed() -> None:
    """A plan at the loan's rate, valued at its own effective rate, is worth just what is owed."""
    plan = DEBT.late.restructure(24, on=ON)
    flows = standing.payments(plan, ON)
    dates = [ON, *flows["date"].iloc[1:].astype(str)]
    rate = jb.effective_rate(dates, [DEBT.total, *-flows["payment"].iloc[1:]])
    assert standing.cost_today(plan, ON, rate) == pytest.approx(DEBT.total, abs=0.01)
    assert rate == pytest.approx(LOAN.summary().effective_rate, abs=2e-4)


def test_many_plans_at_once_leave_the_cash_of_each() -> None:
    months = np.array([1, 7, 36, 60])
    rates = np.array([0.0, 0.0004])[:, None]
    plans = DEBT.late.restructure(months, on=ON, daily_rate=rates, down=500.0)
    left = carried.lowest(plans, DEBT, CASH)
    for row, rate in enumerate(rates[:, 0]):
        for place, number in enumerate(months):
            one = DEBT.late.restructure(int(number), on=ON, daily_rate=float(rate), down=500.0)
            assert left[row, place] == jb.lowest_cash(one, CASH)[0]


@pytest.mark.parametrize(
    ("start", "on"), [("2027-01-31", "2027-06-28"), ("2026-12-01", "2026-12-01")]
)
def test_paydays_at_the_end_of_a_month_count_alike(start: str, on: str) -> None:
    loan = jb.Loan(9_000, daily_rate=0.0004, months=12, start=start)
    debt = standing.behind(loan, 2, on)
    cash = carried.means(debt, 300, 650, 50)
    for months in (0, 1, 13, 20):
        plan = debt.late.restructure(np.array([months]), on=debt.on)
        one = debt.late.restructure(months, on=debt.on)
        assert carried.lowest(plan, debt, cash)[0] == jb.lowest_cash(one, cash)[0]


@pytest.mark.parametrize("terms", [{"months": 24}, {"months": 48}, {"months": 0}])
def test_what_is_to_spare_makes_every_payment_just_bearable(terms: dict[str, int]) -> None:
    """With so much more (or less) a month from the income, the cash ends at zero."""
    way = DEBT.late.restructure(**terms, on=ON)
    each = carried.spare(way, DEBT, CASH)
    paid = standing.payments(way, ON)
    paid = paid[paid["payment"] > 0]
    left = cash_left(way, CASH).reindex(paid["date"])
    after = left.to_numpy() - each * np.arange(1, len(paid) + 1)
    assert after.min() == pytest.approx(0, abs=1e-6)
    assert (each >= 0) is (jb.lowest_cash(way, CASH)[0] >= 0)


def test_who_has_less_than_is_kept_back_has_nothing_to_spare() -> None:
    broke = carried.means(DEBT, 500, 9_000, 800)
    assert carried.spare(DEBT.late.restructure(60, on=ON), DEBT, broke) == -300


def test_what_is_kept_back_is_not_used() -> None:
    spare = carried.means(DEBT, 3_000, 1_400)
    way = DEBT.late.restructure(24, on=ON)
    assert jb.lowest_cash(way, spare)[0] - jb.lowest_cash(way, CASH)[0] == 1_000


def test_the_least_share_is_the_least() -> None:
    """Over 60 months without interest; what the income carries is 60 times what it leaves."""
    held = carried.means(DEBT, 0, 500)
    share = least.least_share(DEBT, held)
    by_hand = (DEBT.total - 60 * 500) / DEBT.owed["principal"]
    assert share is not None
    assert by_hand <= share < by_hand + 0.0011
    assert least.least_share(DEBT, carried.means(DEBT, 0, 0)) is None


def test_fees_are_a_part_of_their_own() -> None:
    loan = replace(LOAN, instalment_fee=10.0)
    debt = standing.behind(loan, 3, ON)
    assert debt.owed["fee"] == 30.0
    split = parts_of(debt.caught_up, debt)
    assert split["fee_to_come"] == 70.0  # that day's and the six after it
    plan = parts_of(debt.late.restructure(5, on=ON), debt)
    assert plan["fee_to_come"] == 50.0
