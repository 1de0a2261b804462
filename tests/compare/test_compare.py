"""Comparisons against savings and cash ledgers kept day by day, by hand."""

import datetime as dt
from decimal import Decimal, getcontext

import numpy as np
import pandas as pd
import pytest

import jiebei as jb
from jiebei.compare.compare import cash_left

getcontext().prec = 40

LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
STRATEGIES = {
    "as agreed": LOAN,
    "repay early": LOAN.prepay(20_000, on="2027-03-15"),
    "shorten": LOAN.prepay(20_000, on="2027-03-15", then="shorten"),
    "extend": LOAN.extend(6, on="2027-06-01", fee=100),
    "re-borrow": LOAN.prepay(20_000, on="2027-03-15").reborrow(20_000, on="2027-06-20"),
}


def moves(strategy) -> dict[dt.date, Decimal]:
    """Return what a borrower receives less pays, a day an entry, in exact yuan."""
    frame, cash = strategy.cashflows(["date", "drawn", "payment"]), {}
    for date, drawn, payment in frame.itertuples(index=False, name=None):
        moved = Decimal(round((drawn - payment) * 100)) / 100
        cash[date.date()] = cash.get(date.date(), Decimal(0)) + moved
    return cash


def savings_account(strategy, baseline, yearly: str, until: dt.date) -> Decimal:
    """Keep an account day by day: what one strategy leaves more than the other goes in and out."""
    ours, theirs = moves(strategy), moves(baseline)
    daily = (1 + Decimal(yearly)) ** (Decimal(1) / 365)
    day, balance = min(*ours, *theirs), Decimal(0)
    while True:
        balance += ours.get(day, 0) - theirs.get(day, 0)
        if day == until:
            return balance
        balance *= daily
        day += dt.timedelta(1)


@pytest.mark.parametrize("yearly", ["0", "0.02", "0.15", "0.4"])
def test_the_net_benefit_is_what_a_savings_account_holds_more(yearly):
    last = max(day for each in STRATEGIES.values() for day in moves(each))
    assert jb.horizon(*STRATEGIES.values()) == np.datetime64(last)
    table = jb.compare(STRATEGIES, savings_rate=float(yearly))
    for name, strategy in STRATEGIES.items():
        wanted = float(savings_account(strategy, LOAN, yearly, last))
        benefit = jb.net_benefit(strategy, LOAN, float(yearly), at=last)
        assert benefit == pytest.approx(wanted, abs=1e-6)
        assert table.loc[name, "net_benefit"] == pytest.approx(wanted, abs=1e-6)


def test_without_interest_on_savings_the_net_benefit_is_what_is_paid_less():
    for strategy in STRATEGIES.values():
        less = LOAN.summary().total_paid - strategy.summary().total_paid
        less += strategy.summary().drawn - LOAN.summary().drawn
        assert jb.net_benefit(strategy, LOAN, 0.0) == pytest.approx(less, abs=1e-6)


def test_net_benefits_of_arrays_are_those_of_each():
    days, rates = np.array([20, 100, 300]), np.array([0.0, 0.05])
    last = jb.horizon(LOAN)
    swept = jb.net_benefit(LOAN.prepay(2_000, on=days), LOAN, rates[:, None], at=last)
    lines = LOAN.prepay(2_000, on=days).reborrow(2_000, on="2027-10-01", months=2)
    borrowed = jb.net_benefit(lines, LOAN, 0.05, at=last)
    assert swept.shape == (2, 3)
    for place, day in enumerate(days):
        early = LOAN.prepay(2_000, on=int(day))
        one = [jb.net_benefit(early, LOAN, rate, at=last) for rate in rates]
        np.testing.assert_allclose(swept[:, place], one, atol=1e-8)
        line = early.reborrow(2_000, on="2027-10-01", months=2)
        assert borrowed[place] == pytest.approx(jb.net_benefit(line, LOAN, 0.05, at=last), abs=1e-8)


@pytest.mark.parametrize("method", ["equal_instalment", "equal_principal", "interest_only"])
def test_without_a_fee_the_flip_is_the_effective_rate_of_the_loan(method):
    loan = jb.Loan(50_000, daily_rate=0.0004, months=12, method=method, start="2026-12-01")
    for on in ("2027-03-01", "2027-03-15"):
        settled = jb.flip(loan.settle(on=on), loan)
        assert settled.kind == "one"
        assert settled.signs.tolist() == [1, -1]
        assert settled.roots[0] == pytest.approx(loan.summary().effective_rate, abs=3e-4)
    # What is spared later is worth, at that rate, what is paid today: to the last digit.
    paid, today = settled_payment(loan, "2027-03-15")
    spared = {day: float(-cash) for day, cash in moves(loan).items() if day > today}
    years = [(day - today).days / 365 for day in spared]
    rate = settled.roots[0]
    worth = sum(
        cash / (1 + rate) ** each for cash, each in zip(spared.values(), years, strict=True)
    )
    assert worth == pytest.approx(paid, abs=1e-6)


def settled_payment(loan, on: str) -> tuple[float, dt.date]:
    """Return what settles the loan on a day, and the day."""
    last = loan.settle(on=on).cashflows(["date", "payment"]).iloc[-1]
    return last["payment"], last["date"].date()


def test_a_loan_repaid_once_flips_at_what_its_simple_interest_still_earns():
    loan = jb.Loan(10_000, daily_rate=0.0004, days=365, method="bullet", start="2026-12-01")
    # After 100 days 10,400 are owed, after 365 days 11,460
    found = jb.flip(loan.settle(on=100), loan)
    assert found.roots[0] == pytest.approx((11_460 / 10_400) ** (365 / 265) - 1, rel=1e-9)


def test_with_a_fee_the_flip_is_below_it():
    flips = []
    for fee in (0.0, 0.01, 0.03):
        loan = jb.Loan(
            50_000, daily_rate=0.0004, months=12, start="2026-12-01", prepay_fee_rate=fee
        )
        flips.append(jb.flip(loan.settle(on="2027-03-01"), loan).roots[0])
    assert flips[0] > flips[1] > flips[2] > 0
    dear = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01", prepay_fee_rate=0.1)
    never = jb.flip(dear.settle(on="2027-09-01"), dear)
    assert (never.kind, never.signs.tolist()) == ("none", [-1])


def test_the_same_strategy_flips_nowhere():
    assert jb.flip(LOAN, LOAN.prepay(0, on=9)).kind == "equal"


def test_the_table_holds_the_figures_of_each_strategy():
    table = jb.compare(STRATEGIES, baseline="repay early", savings_rate=0.02)
    assert list(table.index) == list(STRATEGIES)
    assert table.index.name == "strategy"
    for name, strategy in STRATEGIES.items():
        total, row = strategy.summary(), table.loc[name]
        for each in ("total_paid", "interest", "fee", "penalty", "largest_payment", "days_in_debt"):
            assert row[each] == getattr(total, each)
        assert row["effective_rate"] == total.effective_rate
        assert row["payoff_date"] == pd.Timestamp(total.payoff_date)
        cost = (total.interest + total.fee) / total.yuan_days * 10_000
        assert row["cost_per_10k_day"] == pytest.approx(cost)
    assert table.loc["as agreed", "cost_per_10k_day"] == pytest.approx(4, abs=1e-3)
    assert table.loc["repay early", "net_benefit"] == 0
    assert np.isnan(table.loc["repay early", "flip_rate"])
    assert table.loc["as agreed", "net_benefit"] < 0


def test_the_first_strategy_is_the_baseline_and_one_is_enough():
    table = jb.compare(STRATEGIES)
    assert table["net_benefit"].iloc[0] == 0
    pd.testing.assert_frame_equal(table, jb.compare(STRATEGIES, baseline="as agreed"))
    alone = jb.compare({"as agreed": LOAN}, baseline="as agreed", savings_rate=0.4)
    assert (alone["net_benefit"].item(), len(alone)) == (0, 1)


def cash_ledger(strategy, cash: jb.Cash) -> tuple[Decimal, dt.date]:
    """Keep the cash in hand day by day, and return the lowest and its first day."""
    since = dt.date.fromisoformat(cash.since)
    events = strategy.cashflows(["date", "event", "drawn", "payment"])
    flows: dict[dt.date, Decimal] = {}
    for date, event, drawn, payment in events.itertuples(index=False, name=None):
        if date.date() > since or (date.date() == since and event != "draw"):
            moved = Decimal(round((drawn - payment) * 100)) / 100
            flows[date.date()] = flows.get(date.date(), Decimal(0)) + moved
    for date, spent in cash.spends.items():
        day = dt.date.fromisoformat(date)
        flows[day] = flows.get(day, Decimal(0)) - Decimal(str(spent))
    day, left = since, Decimal(str(cash.in_hand)) + flows.get(since, 0)
    lowest, lowest_day = left, since
    while day < max([*flows, since]):
        day += dt.timedelta(1)
        is_payday = day.day == since.day or (
            day.day < since.day and (day + dt.timedelta(1)).day == 1  # a short month
        )
        left += flows.get(day, 0) + (Decimal(str(cash.monthly)) if is_payday else 0)
        if left < lowest:
            lowest, lowest_day = left, day
    return lowest, lowest_day


@pytest.mark.parametrize(
    "since", ["2026-12-01", "2026-12-31", "2027-03-15", "2027-06-01", "2030-01-01"]
)
@pytest.mark.parametrize("name", [*STRATEGIES, "at once"])
@pytest.mark.parametrize(("in_hand", "monthly"), [(25_000, 5_000), (60_000.5, 0), (0, 4_321.99)])
def test_the_lowest_cash_is_that_of_a_ledger(name, since, in_hand, monthly):
    strategy = (STRATEGIES | {"at once": LOAN.prepay(20_000, on=0).settle(on="2027-01-05")})[name]
    cash = jb.Cash(in_hand, monthly, since)
    lowest, day = cash_ledger(strategy, cash)
    assert jb.lowest_cash(strategy, cash) == (float(lowest), pd.Timestamp(day))


def test_the_table_shows_the_lowest_cash():
    cash = jb.Cash(
        25_000, 5_000, "2026-12-01", spends={"2027-04-10": 9_000.5, "2028-08-01": 90_000}
    )
    table = jb.compare(STRATEGIES, cash=cash)
    assert (table["lowest_cash_date"] == "2028-08-01").sum() == 5
    cash = jb.Cash(25_000, 5_000, "2026-12-01", spends={"2027-04-10": 9_000.5})
    table = jb.compare(STRATEGIES, cash=cash)
    for name, strategy in STRATEGIES.items():
        lowest, day = cash_ledger(strategy, cash)
        row = table.loc[name]
        assert (row["lowest_cash"], row["lowest_cash_date"]) == (float(lowest), pd.Timestamp(day))


def test_the_cash_left_at_the_end_has_had_every_payday():
    """The 12 paydays after the first day, that of the last instalment too."""
    left = cash_left(LOAN, jb.Cash(25_000, 5_000, "2026-12-01"))
    paid = LOAN.summary().total_paid
    assert left.iloc[-1] == pytest.approx(25_000 + 12 * 5_000 - paid, abs=0.005)
    assert left.index[-1] == pd.Timestamp("2027-12-01")


def test_a_table_of_scenarios_is_compared_at_one_rate():
    swept = LOAN.prepay([1_000, 2_000, 3_000], on=[[20], [100]])
    found = jb.net_benefit(swept, LOAN, 0.02)
    assert found.shape == (2, 3)
    alone = jb.net_benefit(LOAN.prepay(3_000, on=100), LOAN, 0.02)
    assert found[1, 2] == pytest.approx(alone, abs=1e-8)
    with pytest.raises(jb.JiebeiError, match=r"^savings_rate of shape \(2,\)"):
        jb.net_benefit(swept, LOAN, [0.01, 0.02])


@pytest.mark.parametrize(
    "left_open",
    [LOAN.miss(12), LOAN.prepay(1_000, on=5).miss(12), LOAN.miss([1, 12]), LOAN.miss([12, 1])],
)
def test_what_is_left_open_is_refused_whatever_else_is_decided(left_open):
    with pytest.raises(jb.JiebeiError, match=r"still owes 4,\d{3}\.\d\d in arrears"):
        jb.horizon(LOAN, left_open)
    assert jb.horizon(LOAN.miss(1), LOAN.settle(on=9)) == np.datetime64("2027-12-01")
