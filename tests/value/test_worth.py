"""Values of dated flows, and break-even rates, against published tables and plain algebra."""

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import pyxirr
from hypothesis import given
from hypothesis import strategies as st

from jiebei.language.errors import JiebeiError
from jiebei.value.rates import effective_rate
from jiebei.value.worth import break_even, future_value, present_value

ORACLES = Path(__file__).parents[1] / "golden" / "oracles"
UK_CASES = json.loads((ORACLES / "uk_early_settlement_2004.json").read_text(encoding="utf-8"))


def frame(loan, date, drawn, payment):
    """Make cash flows as the engine does, as far as values need them."""
    dates = np.array(date, "M8[s]")
    return pd.DataFrame({"loan": loan, "date": dates, "drawn": drawn, "payment": payment})


TWO_LOANS = frame(
    [0, 0, 0, 7, 7],
    ["2026-01-10", "2026-07-10", "2027-01-10", "2026-03-01", "2027-03-01"],
    [10_000.0, 0.0, 0.0, 5_000.0, 0.0],
    [0.0, 600.0, 10_700.0, 0.0, 5_500.0],
)


# ---- values --------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", UK_CASES["cases"], ids=lambda case: case["ex"])
def test_rebates_of_the_uk_early_settlement_regulations(case):
    count, _, payment, _ = case["payments"].split()
    periods = case["settled_after_period"]
    # The examples round the rate per month to six decimals.
    month = round((1 + float(case["apr"]) / 100) ** (1 / 12) - 1, 6)
    days = np.arange(periods + 1) * 365 / 12
    cash = np.append(float(case["advance"]), np.full(periods, -float(payment)))
    at = (periods + float(Fraction(case["part_period"]))) * 365 / 12
    owed = future_value((days, cash), (1 + month) ** 12 - 1, at=at)[0]
    rebate = (int(count) - periods) * float(payment) - owed
    assert rebate == pytest.approx(float(case["rebate"]), abs=0.00501)


def test_agrees_with_pyxirr_on_one_list():
    dates = ["2026-01-10", "2026-02-10", "2026-05-31", "2027-01-10"]
    cash = [10_000, -917.63, -4_000, -6_000]
    found = present_value((dates, cash), 0.146)
    assert found == pytest.approx([pyxirr.xnpv(0.146, dates, cash)], abs=1e-9)


def test_a_frame_gives_one_value_a_loan():
    at = "2027-06-30"
    found = future_value(TWO_LOANS, 0.03, at=at)
    for place, loan in enumerate((0, 7)):
        rows = TWO_LOANS[TWO_LOANS["loan"] == loan]
        days = (np.datetime64(at) - rows["date"].to_numpy()) / np.timedelta64(1, "D")
        expected = ((rows["drawn"] - rows["payment"]) * 1.03 ** (days / 365)).sum()
        assert found[place] == pytest.approx(expected, abs=1e-9)


def test_without_a_day_values_are_of_the_first_day_of_each_and_the_last_of_all():
    assert present_value(TWO_LOANS, 0.05) == pytest.approx(
        present_value(TWO_LOANS, 0.05, at=["2026-01-10", "2026-03-01"])
    )
    assert future_value(TWO_LOANS, 0.05) == pytest.approx(
        future_value(TWO_LOANS, 0.05, at="2027-03-01")
    )


def test_rates_broadcast_against_loans():
    each = future_value(TWO_LOANS, [0.01, 0.04])
    assert each == pytest.approx(
        [future_value(TWO_LOANS, 0.01)[0], future_value(TWO_LOANS, 0.04)[1]]
    )
    grid = future_value(TWO_LOANS, np.array([[0.0], [0.02], [0.04]]))
    assert grid.shape == (3, 2)
    assert grid[2] == pytest.approx(future_value(TWO_LOANS, 0.04))
    one = TWO_LOANS[TWO_LOANS["loan"] == 7]
    assert future_value(one, [0.0, 0.1]) == pytest.approx([-500, 0], abs=1e-9)
    assert future_value(one.drop(columns="loan"), 0.1).shape == (1,)


def test_at_a_rate_of_zero_the_value_is_the_sum_of_cash():
    assert future_value(TWO_LOANS, 0.0).tolist() == [-1_300.0, -500.0]


@given(
    flows=st.lists(
        st.tuples(st.integers(0, 2_000), st.integers(-(10**7), 10**7)), min_size=1, max_size=8
    ),
    rate=st.floats(-0.5, 2),
    at=st.integers(-1_000, 3_000),
)
def test_a_value_moves_through_time_at_the_rate(flows, rate, at):
    days, cash = np.array(sorted(flows)).T
    now = present_value((days, cash), rate)
    then = future_value((days, cash), rate, at=at)
    growth = (1 + rate) ** ((at - days[0]) / 365)
    size = np.abs(cash).sum() * (1 + abs(rate)) ** 9 * max(growth, 1) + 1
    assert then == pytest.approx(now * growth, rel=1e-10, abs=1e-10 * size)


def test_errors_of_values_say_what_is_wrong():
    with pytest.raises(JiebeiError, match=r"^yearly_rate=-1: a yearly rate is more than -1"):
        future_value(TWO_LOANS, -1)
    with pytest.raises(JiebeiError, match=r"this one lacks the column 'payment'\.$"):
        future_value(TWO_LOANS.drop(columns="payment"), 0.02)
    with pytest.raises(JiebeiError, match=r"this one lacks the column 'date'\.$"):
        future_value(TWO_LOANS.drop(columns=["payment", "date"]), 0.02)
    with pytest.raises(JiebeiError, match=r"this one lacks any rows\.$"):
        present_value(TWO_LOANS.iloc[:0], 0.02)
    with pytest.raises(JiebeiError, match=r"a loan is in two places of the frame; sort it by"):
        present_value(TWO_LOANS.iloc[[0, 3, 1]], 0.02)
    with pytest.raises(JiebeiError, match=r"^at: number 0 is no date\.$"):
        present_value(TWO_LOANS, 0.02, at=np.datetime64("NaT"))
    with pytest.raises(JiebeiError, match=r"^at: 3 days for 2 loans: give one day for all"):
        present_value(TWO_LOANS, 0.02, at=[1, 2, 3])
    with pytest.raises(JiebeiError, match=r"^at: 2 days for 2 loans: give one day for all"):
        present_value(TWO_LOANS, 0.02, at=[[1, 2]])
    with pytest.raises(JiebeiError, match=r"^yearly_rate: 3 rates for 2 loans"):
        present_value(TWO_LOANS, [0.01, 0.02, 0.03])


# ---- break-even ----------------------------------------------------------------------------------


def from_roots(*yearly):
    """Return flows a year apart that are worth nothing at exactly these rates."""
    cash = np.array([-1.0])
    for rate in yearly:
        cash = np.convolve(cash, [1, -(1 + rate)])
    return cash * 1e6, np.arange(cash.size) * 365


@pytest.mark.parametrize(
    ("yearly", "kind", "signs"),
    [
        ((0.1,), "one", [1, -1]),
        ((0.1, 0.2), "several", [-1, 1, -1]),
        ((0.02, 0.3, 0.9), "several", [1, -1, 1, -1]),
        ((0.05, 0.0501), "several", [-1, 1, -1]),
    ],
)
def test_all_roots_are_found_with_the_signs_between(yearly, kind, signs):
    # Seen from above: at very high rates only the first flow, which is paid, counts.
    found = break_even(*from_roots(*yearly))
    assert found.kind == kind
    assert found.roots == pytest.approx(yearly, abs=2e-9)
    assert found.signs.tolist() == signs


def test_a_root_that_only_touches_zero_has_the_same_sign_on_both_sides():
    found = break_even(*from_roots(0.15, 0.15))
    assert found.kind == "one"
    assert found.roots == pytest.approx([0.15], abs=1e-5)
    assert found.signs.tolist() == [-1, -1]


def test_no_root_in_the_range():
    always, never = break_even(*from_roots(1.5)), break_even(*from_roots(-0.2))
    assert (always.kind, always.roots.size, always.signs.tolist()) == ("none", 0, [1])
    assert (never.kind, never.roots.size, never.signs.tolist()) == ("none", 0, [-1])
    assert break_even(*from_roots(1.5), high=2.0).roots == pytest.approx([1.5])


def test_a_root_at_either_end_of_the_range_counts():
    for root, signs in ((0.0, [1, -1]), (1.0, [1, -1])):
        found = break_even(*from_roots(root))
        assert found.roots == pytest.approx([root], abs=1e-15)
        assert found.signs.tolist() == signs
    # in yuan the sum of these is not zero but 1e-17
    assert break_even([-0.1, -0.2, 0.3], [0, 9, 30]).roots == pytest.approx([0], abs=1e-12)


def test_equal_flows_are_said_to_be_equal():
    cash = np.array([-917.63, 917.63, 0.1 + 0.2, -0.3])
    found = break_even(cash, [5, 5, 9, 9])
    assert (found.kind, found.roots.size, found.signs.tolist()) == ("equal", 0, [0])


def test_a_millionth_of_a_yuan_is_the_least_that_is_money():
    assert break_even([-1e-6, 1.02e-6], [0, 365]).roots == pytest.approx([0.02])
    assert break_even([-0.99e-6, 0.99e-6], [0, 365]).kind == "equal"


def test_the_order_of_flows_does_not_matter():
    cash, days = from_roots(0.02, 0.3, 0.9)
    found = break_even(cash[::-1], np.datetime64("2026-12-01") + days[::-1])
    assert found.roots == pytest.approx([0.02, 0.3, 0.9], abs=1e-9)


def test_repaying_early_without_a_fee_flips_at_the_rate_of_the_loan():
    """Repaying is a riskless investment at the loan's own effective rate."""
    dates = ["2026-12-01", "2027-03-01", "2027-12-01"]
    spared = [0, -20_000, 20_000 * (1 + 0.0004 * 275)]
    found = break_even(spared, dates)
    assert found.kind == "one"
    assert found.roots == pytest.approx([effective_rate(dates, spared)], abs=1e-12)
    assert found.signs.tolist() == [1, -1]


@given(roots=st.lists(st.integers(1, 99), min_size=1, max_size=4, unique=True))
def test_flows_made_from_roots_give_them_back(roots):
    yearly = sorted(root / 100 for root in roots)
    found = break_even(*from_roots(*yearly))
    assert found.roots == pytest.approx(yearly, abs=1e-7)
    assert np.all(found.signs[1:] == -found.signs[:-1])


@given(
    flows=st.lists(
        st.tuples(st.integers(0, 1_500), st.integers(-(10**6), 10**6)), min_size=2, max_size=12
    )
)
def test_the_signs_are_those_of_the_future_value(flows):
    days, cash = np.array(flows).T
    found = break_even(cash, days)
    grid = np.linspace(0, 1, 501)
    values = future_value((days, cash), grid)
    sure = np.abs(values) > 1e-6 * np.abs(cash).sum()
    expected = found.signs[np.searchsorted(found.roots, grid)]
    assert np.array_equal(np.sign(values[sure]), expected[sure])


def test_errors_of_break_even_say_what_is_wrong():
    with pytest.raises(JiebeiError, match=r"^low=0.5, high=0.1: break-even rates are looked for"):
        break_even([-1, 2], [0, 1], low=0.5, high=0.1)
    with pytest.raises(JiebeiError, match=r"both above -1 \(-100 %\)\.$"):
        break_even([-1, 2], [0, 1], low=-1)
    with pytest.raises(JiebeiError, match=r"^2 dates for 1 amounts"):
        break_even([-1], [0, 1])


def test_days_are_counted_up_to_ten_million() -> None:
    assert present_value(([0, 10_000_000], [3, -1]), 0.0).tolist() == [2]
    for days in ([0, 10_000_001], [-10_000_001, 0]):
        with pytest.raises(JiebeiError, match="up to 10,000,000"):
            present_value((days, [3, -1]), 0.0)


def test_a_root_between_two_stretches_of_the_search_counts_once() -> None:
    """Halving and doubling lie alike around a rate of nothing, at which this is worth nothing."""
    found = break_even([-100, 100], [0, 365], low=-0.5, high=1.0)
    assert (found.kind, found.signs.tolist()) == ("one", [1, -1])
    assert found.roots == pytest.approx([0], abs=1e-15)
