"""What holds for every loan and every decision, whatever the numbers; in whole fen."""

import datetime as dt
import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, note
from hypothesis import strategies as st

import jiebei as jb
from jiebei.loan.cashflows import COLUMNS
from tests.helpers.in_fen import built, in_fen
from tests.helpers.populations import METHODS, all_at_once, is_taken, population

KINDS = ["prepay", "pay_extra", "extend", "coupon", "settle"]
PARTS = ["interest", "penalty", "fee", "principal"]

amounts = st.one_of(
    st.integers(1, 30_000_000), st.integers(1, 300).map(lambda x: x * 100_000), st.integers(1, 5)
).map(lambda fen: fen / 100)
rates = st.one_of(st.integers(0, 6_000_000), st.sampled_from([4_000_000, 4_500_000])).map(
    lambda units: units / 1e10
)


@st.composite
def loans(draw: st.DrawFn, methods: Any = METHODS, **fixed: Any) -> dict[str, Any]:
    """Make up the terms of a loan."""
    method = draw(st.sampled_from(methods))
    months = draw(st.integers(1 + (method == "interest_then_equal"), 12) | st.just(24))
    terms = {
        "principal": draw(amounts),
        "daily_rate": draw(rates),
        "start": draw(st.dates(dt.date(2026, 1, 1), dt.date(2029, 12, 31))),
        "months": months,
        "method": method,
        "interest_only_months": draw(st.integers(1, max(months - 1, 1))),
        "due_day": draw(st.none() | st.integers(1, 31)),
        "month_end": draw(st.sampled_from(["clamp", "25_to_27", "1_to_3"])),
        "day_count": draw(st.sampled_from(["actual", "both_ends", "thirty"])),
        "rounding": draw(st.sampled_from(["half_up", "half_even", "down", "up"])),
        "residual": draw(st.sampled_from(["last", "first"])),
        "prepay_fee_rate": draw(st.sampled_from([0.0, 0.01])),
        "prepay_settles": draw(st.sampled_from(["part", "whole"])),
    }
    return terms | fixed


@st.composite
def arguments(draw: st.DrawFn, kind: str, loan: dict[str, Any]) -> dict[str, Any]:
    """Make up the arguments of a decision on that loan, while it runs."""
    keeps = loan["method"] in ("equal_instalment", "equal_principal")
    then = draw(st.sampled_from(["lower", "shorten"])) if keeps else "lower"
    on = draw(st.integers(0, 27 * loan["months"]))
    amount = math.ceil(loan["principal"] * draw(st.integers(0, 40))) / 100
    return {
        "prepay": {"amount": amount, "on": on, "then": then},
        "pay_extra": {"amount": amount, "on": on, "times": draw(st.integers(1, 3)), "then": then},
        "extend": {
            "months": draw(st.integers(0, 6)),
            "on": on,
            "fee": draw(st.sampled_from([0, 9.9])),
        },
        "coupon": {
            "days": draw(st.integers(0, 60)),
            "off": draw(st.sampled_from([1, 0.3])),
            "on": on,
        },
        "settle": {"on": on},
    }[kind]


@st.composite
def strategies(draw: st.DrawFn, most: int = 4, **fixed: Any) -> jb.Loan:
    """Make up a loan with decisions that the package does not refuse."""
    loan = draw(loans(**fixed))
    kinds = draw(st.lists(st.sampled_from(KINDS[:4]), max_size=most))
    kinds += draw(st.sampled_from([[], [], [], ["settle"]]))
    chain = [(kind, draw(arguments(kind, loan))) for kind in kinds]
    note(f"{loan} {chain}")
    strategy: jb.Loan = built(loan, chain)
    assume(is_possible(strategy))
    return strategy


def is_possible(strategy: Any) -> bool:
    """Tell whether no decision is refused on its day."""
    try:
        strategy.cashflows(["closing"])
    except jb.JiebeiError:
        return False
    return True


def fen(yuan: Any) -> Any:
    """Return yuan as whole fen."""
    return np.rint(np.asarray(yuan) * 100).astype(np.int64)


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


@given(st.data())
def test_an_array_is_its_scalars(data):
    """Three loans at once, each with its own terms and decisions, against one after the other."""
    kinds = data.draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=3))
    kept, frames = [], []
    for _ in range(3):
        loan = data.draw(loans(due_day=data.draw(st.integers(1, 31))))
        chain = [(kind, data.draw(arguments(kind, loan))) for kind in kinds]
        try:
            frames.append(built(loan, chain).cashflows(list(COLUMNS)))
        except jb.JiebeiError:
            continue
        kept.append((loan, chain))
    assume(kept)
    together = jb.Loan(**columns_of([loan for loan, _ in kept]))
    for place, kind in enumerate(kinds):
        values = columns_of([chain[place][1] for _, chain in kept])
        together = getattr(together, kind)(**values)
    pd.testing.assert_frame_equal(together.cashflows(list(COLUMNS)), numbered(frames))


def test_a_large_array_is_its_scalars():
    for kept, _, _ in population(6, seed=6):
        kept = kept[:25]
        frames = [
            built(loan, [each for each in chain if is_taken(*each)]).cashflows(list(COLUMNS))
            for loan, chain in kept
        ]
        together = all_at_once(kept).cashflows(list(COLUMNS))
        pd.testing.assert_frame_equal(together, numbered(frames))


def test_arguments_broadcast_like_numpy_arrays():
    rates, days = np.array([0.0, 0.0003, 0.0006]), np.arange(0, 160, 20)
    loan = jb.Loan(9_000, daily_rate=rates[:, None], months=6, start="2026-12-01")
    swept = loan.prepay(3_000, on=days, then="shorten").extend(2, on=100, daily_rate=0.0005)
    total = swept.summary()
    assert swept.shape == total.interest.shape == total.payoff_date.shape == (3, 8)
    for row, column in np.ndindex(swept.shape):
        alone = jb.Loan(9_000, daily_rate=rates[row], months=6, start="2026-12-01")
        alone = alone.prepay(3_000, on=int(days[column]), then="shorten")
        one = alone.extend(2, on=100, daily_rate=0.0005).summary()
        assert total.interest[row, column] == one.interest
        assert total.effective_rate[row, column] == pytest.approx(one.effective_rate, rel=1e-12)


def numbered(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Put the frames of single loans together as those of a portfolio."""
    return pd.concat(
        [frame.assign(loan=number) for number, frame in enumerate(frames)], ignore_index=True
    )


def columns_of(records: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """Turn a list of arguments into arguments that are lists."""
    return {name: [each[name] for each in records] for name in records[0]}


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


def test_a_portfolio_of_more_than_one_block_is_its_parts():
    size, pick = 20_000, np.random.default_rng(8)
    given_ = pd.DataFrame(
        {
            "principal": pick.integers(100, 3_000, size) * 100,
            "daily_rate": pick.integers(15, 60, size) * 1e-5,
            "start": np.datetime64("2026-01-01", "s")
            + pick.integers(0, 900, size) * np.timedelta64(86_400, "s"),
            "months": pick.integers(1, 25, size),
        }
    )
    on, amount = pick.integers(0, 28, size), pick.integers(0, 50, size) * 100.0

    def part(rows: slice) -> Any:
        loan = jb.Loan.from_frame(given_.iloc[rows])
        return loan.prepay(amount[rows], on=on[rows]).extend(3, on=on[rows])

    columns = ["loan", "date", "interest", "closing"]
    whole, parts = part(slice(None)), [slice(0, 1), slice(1, 8_200), slice(8_200, size)]
    frames = [part(rows).cashflows(columns) for rows in parts]
    for frame, rows in zip(frames, parts, strict=True):
        frame["loan"] += rows.start
    pd.testing.assert_frame_equal(whole.cashflows(columns), pd.concat(frames, ignore_index=True))
    summaries = [part(rows).summary() for rows in parts]
    for name in ("interest", "payoff_date", "largest_payment", "yuan_days"):
        pieces = np.concatenate([getattr(each, name) for each in summaries])
        np.testing.assert_array_equal(getattr(whole.summary(), name), pieces)
    pieces = np.concatenate([each.effective_rate for each in summaries])
    np.testing.assert_allclose(whole.summary().effective_rate, pieces, rtol=1e-12)


def test_another_order_of_the_loans_gives_their_results_in_that_order():
    for kept, _, _ in population(2, seed=9):
        order = np.random.default_rng(9).permutation(len(kept))
        frame = all_at_once(kept).cashflows(list(COLUMNS))
        other = all_at_once([kept[number] for number in order]).cashflows(list(COLUMNS))
        other["loan"] = order[other["loan"]]
        other = other.sort_values("loan", kind="stable", ignore_index=True)
        pd.testing.assert_frame_equal(other, frame)


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


def test_loans_of_many_terms_come_to_what_each_comes_to_alone() -> None:
    pick, size = np.random.default_rng(6), 120
    terms = {
        "principal": np.where(pick.random(size) < 0.3, 0.01, pick.integers(1, 9_000, size) * 1.0),
        "daily_rate": pick.integers(0, 60, size) * 1e-5,
        "months": pick.integers(2, 25, size),
        "method": pick.choice([*METHODS], size),
        "interest_only_months": np.ones(size, np.int64),
    }
    together = jb.Loan(**terms, start="2026-12-01")
    flows, totals = together.cashflows(), together.summary().to_frame()
    for place in range(0, size, 7):
        alone = jb.Loan(**{name: each[place] for name, each in terms.items()}, start="2026-12-01")
        mine = flows[flows["loan"] == place].assign(loan=0).reset_index(drop=True)
        pd.testing.assert_frame_equal(mine, alone.cashflows(), check_exact=True)
        pd.testing.assert_series_equal(
            totals.loc[place], alone.summary().to_frame().loc[0], check_names=False
        )
