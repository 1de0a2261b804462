"""What holds for every loan and every decision, whatever the numbers; in whole fen."""

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import jiebei as jb
from jiebei.loan.cashflows import COLUMNS
from tests.helpers.in_fen import built, in_fen
from tests.helpers.made_up import (
    KINDS,
    amounts,
    arguments,
    fen,
    is_possible,
    loans,
    rates,
    strategies,
)
from tests.helpers.populations import all_at_once, population

PARTS = ["interest", "penalty", "fee", "principal"]


def few(loan: dict[str, Any]) -> int:
    """Return what a fen wrong in each instalment grows to, with interest, until the last."""
    return math.ceil(sum((1 + 31 * loan["daily_rate"]) ** k for k in range(loan["months"] + 1)))


def check_identities(strategy: Any) -> None:
    """Check the contract of the columns on every row."""
    frame = in_fen(strategy.cashflows(list(COLUMNS)))
    first = frame["loan"].diff().ne(0)
    last = first.shift(-1, fill_value=True)
    assert (frame["payment"] == frame[PARTS].sum(axis=1)).all()
    moved = frame["drawn"] + frame["capitalised"] - frame["principal"] - frame["waived_principal"]
    assert (frame["closing"] == frame["opening"] + moved).all()
    for rolling, after in (("opening", "closing"), ("before", "arrears")):
        before = frame[after].shift(fill_value=0).where(~first, 0)
        if rolling == "opening":
            assert (frame["opening"] == before).all()
        else:
            assert (frame["arrears"] == before + frame["due"] - frame["payment"]).all()
    assert (frame["closing"][last] == 0).all()
    assert (frame["closing"][~last] > 0).all()
    assert (frame["status"].isin(["closed", "settled"]) == last).all()
    total = frame.groupby("loan").sum(numeric_only=True)
    came_in = total["drawn"] + total["capitalised"]
    assert (total["principal"] + total["waived_principal"] == came_in).all()
    assert (frame[[*PARTS, "opening", "drawn", "closing", "waived_interest", "days"]] >= 0).all(
        axis=None
    )
    assert (frame["payoff"] >= frame["closing"]).all()
    assert (frame["payoff"][last] == 0).all()
    assert frame["loan"].is_monotonic_increasing
    assert (frame["date"].diff()[~first] >= pd.Timedelta(0)).all()


@given(strategies())
def test_every_row_keeps_the_contract_of_the_columns(strategy):
    check_identities(strategy)


def test_every_row_of_a_large_population_keeps_it_too():
    for kept, _, _ in population(3, seed=7):
        check_identities(all_at_once(kept))


@given(strategies(most=1), st.integers(1, 3_000_000), st.integers(1, 700))
def test_a_line_is_its_loans(loan, amount, on):
    line = loan.reborrow(amount / 100, on=on, method="equal_principal", months=5)
    check_identities(line)
    whole = line.cashflows(["loan", "date", "opening", "payment", "closing"])
    for place, each in enumerate(line.loans):
        mine = whole[whole["loan"] == place].drop(columns="loan").reset_index(drop=True)
        pd.testing.assert_frame_equal(mine, each.cashflows(list(mine)))
    total, parts = line.summary(), [each.summary() for each in line.loans]
    for name in ("drawn", "total_paid", "interest", "fee", "principal"):
        assert fen(getattr(total, name)) == sum(fen(getattr(each, name)) for each in parts)
    assert total.payoff_date == max(each.payoff_date for each in parts)


@given(loans(prepay_fee_rate=0.0), st.data())
def test_prepaying_a_yuan_or_more_never_raises_the_interest(loan, data):
    given_ = data.draw(arguments("prepay", loan))
    assume(given_["amount"] >= 1)
    frame = built(loan).cashflows(["date", "interest"])
    less = built(loan, [("prepay", given_)])
    assume(is_possible(less))
    day = np.datetime64(loan["start"]) + given_["on"]
    remaining = int((frame["date"].to_numpy() > day).sum())
    assert fen(less.summary().interest) <= fen(frame["interest"]).sum() + remaining


@given(loans(), st.data(), st.integers(1, 10**6))
def test_two_prepayments_on_one_day_equal_one_of_the_sum(loan, data, part):
    one = data.draw(arguments("prepay", loan))
    total = fen(one["amount"])
    assume(total >= 2)
    first = part % (total - 1) + 1
    two = [one | {"amount": first / 100}, one | {"amount": (total - first) / 100}]
    assume(is_possible(built(loan, [("prepay", one)])))
    single = in_fen(built(loan, [("prepay", one)]).cashflows(["date", "closing", *PARTS]))
    double = in_fen(built(loan, [("prepay", each) for each in two]).cashflows(list(single)))
    place = int(
        np.argmax((double["date"] == double["date"].shift(-1)) & (double["principal"] == first))
    )
    pair = double.iloc[place : place + 2]
    assert (pair[PARTS].sum() == single[PARTS].iloc[place]).all()
    rest = double.drop(index=place).reset_index(drop=True)
    rest.loc[place, PARTS] = single.loc[place, PARTS]
    pd.testing.assert_frame_equal(rest, single)


@given(loans(), st.data())
def test_decisions_on_different_dates_commute_in_the_chain(loan, data):
    kinds = data.draw(st.lists(st.sampled_from(KINDS[:4]), min_size=2, max_size=3))
    chain = [(kind, data.draw(arguments(kind, loan)) | {}) for kind in kinds]
    for kind, given_ in chain:
        if kind == "pay_extra":
            given_["times"] = 1
    assume(len({given_["on"] for _, given_ in chain}) == len(chain))
    assume(is_possible(built(loan, chain)))
    wanted = built(loan, chain).cashflows(list(COLUMNS))
    for other in (chain[::-1], [*chain[1:], chain[0]]):
        pd.testing.assert_frame_equal(built(loan, other).cashflows(list(COLUMNS)), wanted)


@given(loans(), st.lists(st.integers(0, 6_000_000), min_size=3, max_size=6))
def test_interest_rises_with_the_rate(loan, units):
    rates = np.unique(units) / 1e10
    loan |= {"daily_rate": rates}
    interest = fen(jb.Loan(**loan).summary().interest)
    # Where the instalment is rounded too, a fen of it may come back with interest.
    level = loan["method"] in ("equal_instalment", "interest_then_equal")
    slack = few(loan | {"daily_rate": rates[-1]}) if level else 0
    assert (np.diff(interest) >= -slack).all()


@given(strategies(daily_rate=0.0))
def test_at_rate_zero_there_is_no_interest(strategy):
    total = strategy.summary()
    assert total.interest == 0
    assert fen(total.total_paid) == fen(total.drawn) + fen(total.fee)


@given(loans(["equal_instalment"], daily_rate=0.0, rounding="half_up", residual="last"))
def test_at_rate_zero_the_instalment_is_the_principal_divided(loan):
    share = (2 * fen(loan["principal"]) + loan["months"]) // (2 * loan["months"])
    instalment = fen(built(loan).summary().instalment)
    assert instalment == (share if loan["months"] > 1 else fen(loan["principal"]))


@given(amounts, rates, st.sampled_from(["actual", "thirty"]))
def test_one_day_costs_one_day(principal, rate, day_count):
    terms = {"daily_rate": rate, "start": "2026-12-01", "day_count": day_count}
    one_day = (fen(principal) * round(rate * 1e10) + 5 * 10**9) // 10**10
    for loan in (
        jb.Loan(principal, **terms, days=1, method="bullet"),
        jb.Loan(principal, **terms, months=12).settle(on=1),
        jb.Loan(principal, **terms, months=12).settle(on=0),
        jb.Loan(principal, **terms, months=12).prepay(principal, on=1),
    ):
        assert fen(loan.summary().interest) == one_day


@given(loans(principal=0.01), st.integers(0, 700))
def test_one_fen_is_a_loan(loan, on):
    strategy = built(loan).pay_extra(5, on=on)
    check_identities(strategy)
    assert strategy.summary().drawn == strategy.summary().principal == 0.01


@given(loans(methods=["equal_instalment", "equal_principal", "interest_then_equal"]))
def test_the_last_instalment_differs_by_a_few_fen(loan):
    frame = in_fen(built(loan).cashflows(["date", *PARTS, "payment"]))
    assume(len(frame) > 3)
    column = "principal" if loan["method"] == "equal_principal" else "payment"
    begins = loan["interest_only_months"] + 1 if loan["method"] == "interest_then_equal" else 1
    parts = frame[column].to_numpy()[begins:]
    first = int(loan["residual"] == "first")  # it takes what rounding leaves
    equal = parts[min(first, len(parts) - 1)]
    assert (parts[first:-1] == equal).all() or equal <= few(loan)
    assert abs(parts[0] - equal) <= few(loan)
    assert parts[-1] - equal <= few(loan)


def test_the_first_instalment_takes_what_rounding_leaves_where_that_is_agreed():
    """7.62 yuan in 24 parts: 31.75 fen each, rounded 32; 762 - 23 x 32 = 26 are left for one."""
    terms = {"daily_rate": 0.0, "start": "2026-01-01", "months": 24}
    for residual, odd in (("first", 0), ("last", 23)):
        loan = jb.Loan(7.62, **terms, residual=residual)
        wanted = [0.32] * 24
        wanted[odd] = 0.26
        assert loan.cashflows(["payment"])["payment"].tolist()[1:] == wanted


@given(strategies(), st.lists(st.sampled_from(COLUMNS), min_size=1, unique=True))
def test_chosen_columns_are_those_of_the_whole_frame(loan, names):
    pd.testing.assert_frame_equal(loan.cashflows(names), loan.cashflows(list(COLUMNS))[names])


@given(strategies())
def test_the_summary_is_the_frame_added_up(loan):
    total, frame = loan.summary(), in_fen(loan.cashflows())
    for name in ("drawn", "interest", "penalty", "fee", "principal"):
        assert fen(getattr(total, name)) == frame[name].sum()
    assert fen(total.total_paid) == frame["payment"].sum()
    assert total.payoff_date == frame["date"].iloc[-1]
    assert total.days_in_debt == (frame["date"].iloc[-1] - frame["date"].iloc[0]).days
    assert (
        fen(total.largest_payment)
        == frame.groupby(frame["date"].dt.to_period("M"))["payment"].sum().max()
    )
    instalments = frame["payment"][frame["event"] == "instalment"]
    assert fen(total.instalment) == (instalments.iloc[0] if len(instalments) else 0)
    held = frame["date"].diff().dt.days.fillna(0) * frame["opening"]
    assert total.yuan_days == pytest.approx(held.sum() / 100, abs=1e-6)
    if np.isnan(total.effective_rate):
        assert total.reason > 0
    else:
        worth = jb.present_value(loan.cashflows(), total.effective_rate).item()
        assert abs(worth) < 1e-6 * total.total_paid


@given(loans(), st.data())
def test_the_payoff_shown_is_what_settles_the_loan_that_day(loan, data):
    kind = data.draw(st.sampled_from(KINDS[:4]))
    given_ = data.draw(arguments(kind, loan)) | ({"times": 1} if kind == "pay_extra" else {})
    assume(is_possible(built(loan, [(kind, given_)])))
    frame = in_fen(built(loan, [(kind, given_)]).cashflows(["date", "payoff", "closing"]))
    today = frame[frame["date"] == np.datetime64(loan["start"]) + given_["on"]]
    assume(len(today) and today["closing"].iloc[-1])
    settled = built(loan, [(kind, given_), ("settle", {"on": given_["on"]})])
    assert fen(settled.cashflows(["payment"])["payment"].iloc[-1]) == today["payoff"].iloc[-1]
