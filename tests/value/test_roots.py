"""How rates are found: those of plain loans in a few steps, the others by a short search."""

from typing import Any

import numpy as np
import pytest

from jiebei.value import rates, roots
from jiebei.value.rates import HIGHEST_RATE, LOWEST_RATE, _in_order
from jiebei.value.worth import break_even

LOW, HIGH = np.log1p([LOWEST_RATE, HIGHEST_RATE]) / 365
# by loan: the day and the cash of each flow, and its yearly rate
PLAIN = {
    "two payments": ([0, 30, 60, 60, 60], [100, -52, -53, 0, 0], None),
    "drawn again": ([0, 30, 60, 90, 120], [100, -40, 80, -90, -60], None),
    "drawn again on the day of a payment": ([0, 100, 100, 300, 300], [100, -110, 90, -95, 0], None),
    "for nothing": ([0, 30, 60, 60, 60], [100, -50, -50, 0, 0], 0.0),
    "for a day": ([0, 0, 0, 0, 1], [100, 0, 0, 0, -101], 1.01**365 - 1),
    "for a year": ([0, 365, 365, 365, 365], [100, -112, 0, 0, 0], 0.12),
    "for half of it lost": ([0, 365, 365, 365, 365], [100, -50, 0, 0, 0], -0.5),
}


def columns() -> tuple[Any, Any]:
    days, cash, _ = zip(*PLAIN.values(), strict=True)
    return np.array(cash, float).T, np.array(days, float).T


def test_the_rates_of_plain_loans_are_proved_without_a_search() -> None:
    cash, days = columns()
    rate, single = roots.single_roots(cash, days, LOW, HIGH)
    assert single.all()
    flows = cash * np.exp(-rate * days)
    assert np.abs(flows.sum(axis=0)).max() < 1e-12
    for place, (_, _, yearly) in enumerate(PLAIN.values()):
        if yearly is not None:
            assert np.expm1(365 * rate[place]) == pytest.approx(yearly, abs=1e-12, rel=1e-12)
        alone = roots.single_roots(cash[:, [place]], days[:, [place]], LOW, HIGH)
        assert alone[0] == pytest.approx(rate[[place]], abs=1e-16)
        assert alone[1].all()


def test_a_loan_that_takes_longer_than_most_is_proved_all_the_same() -> None:
    """Three for nothing are done at the first step; 0.5 % a day is found by steps of its own."""
    cash = np.array([[100, -50, -50]] * 3 + [[100, -60, -60]], float).T
    days = np.array([[0, 30, 60]] * 3 + [[0, 24, 49]], float).T
    rate, single = roots.single_roots(cash, days, LOW, HIGH)
    assert single.all()
    assert (cash * np.exp(-rate * days)).sum(axis=0) == pytest.approx([0, 0, 0, 0], abs=1e-12)


def test_what_is_not_plain_is_left_to_the_search() -> None:
    """Two rates; in credit for a while; nothing held; a rate beyond the range."""
    days = np.array([[0, 365, 730], [0, 365, 730], [5, 5, 5], [0, 1, 1]], float).T
    cash = np.array([[1, -2.3, 1.32], [100, -150, 45], [100, -50, -50], [100, -200, 0]], float).T
    with np.errstate(all="ignore"):
        assert not roots.single_roots(cash, days, LOW, HIGH)[1].any()


def test_so_little_in_credit_as_rounding_leaves_is_even() -> None:
    """For a month 8 or 12 too much of a thousand million has been paid, then it comes back."""
    cash = np.array([[1e9, -1e9 - more, more] for more in (8, 12)]).T
    days = np.tile([[0.0], [30], [60]], 2)
    assert roots.single_roots(cash, days, LOW, HIGH)[1].tolist() == [True, False]


def test_who_owes_no_more_than_rounding_leaves_holds_nothing() -> None:
    """A ten-millionth of 100 is owed for a year, and twice that is paid: no rate of 100 %."""
    cash, days = np.array([[100, -100 + 1e-7, -2e-7]]).T, np.array([[0.0, 0, 365]]).T
    with np.errstate(all="ignore"):
        assert not roots.single_roots(cash, days, LOW, HIGH)[1].any()
    assert rates.effective_rates(cash, days)[1].tolist() == [rates.NOTHING_HELD]


def test_who_is_in_credit_at_the_rate_but_not_without_interest_is_left_to_the_search() -> None:
    """Of 100 0.001 is left on day 900; at the rate, -0.0024 % a year, 0.005 too much is paid."""
    cash = np.array([[100, -99.999, 0.5, -0.495]]).T
    days = np.array([[0, 900, 901, 1_000]], float).T
    assert not roots.single_roots(cash, days, LOW, HIGH)[1].any()


@pytest.fixture
def widths(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that grows with each step, by the number of loans that take it."""
    found, work = [], roots._step

    def noted(flows: Any, *given: Any) -> Any:
        found.append(flows.shape[1])
        return work(flows, *given)

    monkeypatch.setattr(roots, "_step", noted)
    return found


@pytest.mark.parametrize(("done", "go_on"), [(1, 2), (2, 1)])
def test_loans_that_are_done_are_left_out_once_they_are_most(
    done: int, go_on: int, widths: list[int]
) -> None:
    """Without interest the first step is the last."""
    cash = np.array([[100, -50, -50]] * done + [[100, -60, -60]], float).T
    days = np.array([[0, 30, 60]] * (done + 1), float).T
    assert roots.single_roots(cash, days, LOW, HIGH)[1].all()
    assert widths[:2] == [done + 1, go_on]


def test_three_steps_find_the_rate_of_a_plain_loan_and_six_are_the_most(widths: list[int]) -> None:
    roots.single_roots(*columns(), LOW, HIGH)
    assert len(widths) <= 3
    widths.clear()
    two_rates = np.array([[1, -2.3, 1.32]]).T, np.array([[0.0, 365, 730]]).T
    roots.single_roots(*two_rates, LOW, HIGH)
    assert widths == [1] * 6


def test_what_is_drawn_is_looked_for_where_any_loan_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the loans above, in yuan, all draw in the first row, two in the third."""
    looked, work = [], roots._step

    def noted(flows: Any, times: Any, draws: Any, longest: Any) -> Any:
        looked.append(draws.tolist())
        return work(flows, times, draws, longest)

    monkeypatch.setattr(roots, "_step", noted)
    cash, days = columns()
    roots.single_roots(cash / 100, days, LOW, HIGH)
    assert looked[0] == [0, 2]


@pytest.mark.parametrize(("less", "found"), [(1e-14, [0.0]), (3e-14, [])])
def test_a_root_at_an_end_may_be_as_far_beyond_it_as_rounding_leaves(
    less: float, found: list[float]
) -> None:
    """Of flows of 2 in all 2e-14 is nothing."""
    cash, days = np.array([[1, -1 + less]]).T, np.array([[0.0, 365]]).T
    assert roots.all_roots(cash, days, 0.0, HIGH).rate.tolist() == found


def test_roots_of_many_loans_are_as_exact_as_those_of_one() -> None:
    cash = np.array([[100, -60, -60, 0], [1, -2.3, 1.32, 0], [-1, 0, 0, 4], [9, -4, -3, -2]]).T
    days = np.array([[0, 30, 60, 60], [0, 365, 730, 730], [0, 1, 2, 40_000], [0, 9, 99, 999]]).T
    together = roots.all_roots(cash, days.astype(float), LOW, HIGH)
    alone = [
        roots.all_roots(cash[:, [each]], days[:, [each]].astype(float), LOW, HIGH).rate
        for each in range(4)
    ]
    assert together.loan.tolist() == [0, 1, 1, 2, 3]
    assert together.rate == pytest.approx(np.concatenate(alone), abs=1e-17)


@pytest.mark.parametrize("end", [LOWEST_RATE, HIGHEST_RATE])
def test_the_ends_of_the_range_are_in_it(end: float) -> None:
    """At the end there is a rate, a thousand-millionth beyond there is none."""
    beyond = 1 + np.sign(end) * 1e-9
    found, reasons = rates.effective_rates(
        [[1, 1], [-(1 + end), -(1 + end) * beyond]], [[0, 0], [365, 365]]
    )
    assert found == pytest.approx([end, np.nan], rel=1e-12, nan_ok=True)
    assert reasons.tolist() == [rates.OK, rates.OUT_OF_RANGE]


@pytest.mark.parametrize("away", [1e-3, -1e-4, 1e-5])
def test_a_step_leads_as_near_as_it_says(away: float) -> None:
    """From so far away a day; of money that is drawn once, or twice."""
    days = np.array([[0, 30, 60, 90, 120], [0, 30, 200, 400, 401]], float).T
    cash = np.array([[100, -52, -53, 0, 0], [1, -0.5, 10, -11, 0]], float).T
    rate, _ = roots.single_roots(cash, days, LOW, HIGH)
    flows = cash * np.exp(-(rate - away) * days)
    step, error, _ = roots._step(flows, days, np.arange(3), days.max(axis=0))
    assert (np.abs(step - away) <= error).all()
    assert (error <= 2e4 * abs(away) ** 3).all()


def test_a_step_by_hand() -> None:
    """104 for 100, half on day 100, half on day 300: held for 200 days, with a spread of 100.

    The parabola bends by 100 ** 2 / (2 * 200) = 25; what is left out is at most, a cubed step,
    2 * 25 ** 2 + 300 ** 3 / (30 * 200) = 5,750.
    """
    flows, days = np.array([[100.0], [-52], [-52]]), np.array([[0.0], [100], [300]])
    straight = np.log(1.04) / 200
    step, error, drawn = roots._step(flows, days, np.array([0]), days.max(axis=0))
    assert step == pytest.approx([straight * (1 + straight * 25)], rel=1e-12)
    assert error == pytest.approx([straight**3 * 5_750], rel=1e-12)
    assert drawn.tolist() == [100]


def test_flows_are_put_in_order_and_counted_from_the_first_one_with_cash() -> None:
    cash = np.array([[0, 100, 0, 0], [100, -100, -100, 0], [-100, 0, 100, 0]], float)
    days = np.array([[0, 5, 7, 0], [20_000, 9, 16, 0], [20_010, 0, 12, 0]])
    ordered, times = _in_order(cash, days)
    found = [
        list(zip(times[held, loan].tolist(), ordered[held, loan].tolist(), strict=True))
        for loan, held in enumerate((ordered != 0).T)
    ]
    assert found == [
        [(0, 100), (10, -100)],
        [(0, 100), (4, -100)],
        [(0, 100), (4, -100)],
        [],
    ]
    assert np.isfinite(times).all()


def test_rows_that_are_in_order_stay_where_they_are() -> None:
    """A row without cash takes the day of the one before it, whatever stands there."""
    cash = np.array([[100.0], [0], [20], [-60], [0], [-65], [0]])
    ordered, times = _in_order(cash, np.array([[10], [90], [10], [20], [0], [30], [0]]))
    assert ordered is cash
    assert times[:, 0].tolist() == [0, 0, 0, 10, 10, 20, 20]


def test_so_many_flows_are_worked_on_at_once_as_fit_into_the_nearest_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of 61 rows 1,057 loans, and at least 64 of the longest."""
    sizes, work = [], rates._block_rates

    def noted(cash: Any, days: Any) -> Any:
        sizes.append(cash.shape)
        return work(cash, days)

    monkeypatch.setattr(rates, "_block_rates", noted)
    for events, loans in ((61, 2_200), (2_000, 130)):
        cash = np.zeros((events, loans))
        cash[0], cash[-1] = 100, -101
        rates.effective_rates(cash, np.tile(np.arange(events)[:, None], loans))
    assert sizes == [(61, 1_057), (61, 1_057), (61, 86), (2_000, 64), (2_000, 64), (2_000, 2)]


def test_so_many_loans_are_searched_at_once_as_leave_room_in_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sizes, search = [], rates.all_roots

    def noted(cash: Any, *given: Any) -> Any:
        sizes.append(cash.shape[1])
        return search(cash, *given)

    monkeypatch.setattr(rates, "all_roots", noted)
    cash, days = np.tile([[1], [-2.3], [1.32]], 1_030), np.tile([[0], [365], [730]], 1_030)
    assert (rates.effective_rates(cash, days)[1] == rates.SEVERAL).all()
    assert sizes == [1_024, 6]


@pytest.mark.parametrize(("drawn", "later"), [(100, [5, 15]), (0, [0, 10])])
def test_where_the_first_row_has_cash_times_begin_there(drawn: float, later: list[int]) -> None:
    """Whether each loan begins in the first row, or only some do."""
    cash = np.array([[100, drawn], [-60, 100], [-50, -250]], float)
    _, times = _in_order(cash, np.array([[50, 40], [60, 45], [70, 55]]))
    assert times[:, 0].tolist() == [0, 10, 20]
    assert times[1:, 1].tolist() == later


@pytest.mark.parametrize(
    ("cash", "days", "ends", "most"),
    [
        ([50_000] + [-4_503.11] * 12, np.arange(13) * 30.4, (LOW, HIGH), 16),
        ([1, -2.3, 1.32], [0, 365, 730], (0, np.log(2) / 365), 16),
        ([1, -2.3, 1.32], [0, 365, 730], (LOW, HIGH), 24),
        ([1, -2, 1], [0, 365, 730], (LOW, HIGH), 60),
    ],
)
def test_few_stretches_are_looked_at(
    cash: Any, days: Any, ends: tuple[float, float], most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first sixteen, and two for each that may hold two roots, or one that only touches."""
    looked, judge = [], roots._judge

    def counted(*given: Any) -> Any:
        looked.append(given[2].size)
        return judge(*given)

    monkeypatch.setattr(roots, "_judge", counted)
    roots.all_roots(np.array(cash, float)[:, None], np.array(days, float)[:, None], *ends)
    assert sum(looked) <= most


@pytest.mark.parametrize(("between", "open_"), [(-0.09, False), (-0.10, True)])
def test_a_stretch_is_done_with_where_the_value_cannot_come_down_to_zero(
    between: float, open_: bool
) -> None:
    """Of 1, b, 1 on three days, up to a rate of 1 a day, 2 + b may fall by 1 + e / 3 = 1.906."""
    cash, days = np.array([[1, between, 1]]).T, np.array([[0.0, 1, 2]]).T
    judged = roots._judge(cash, days, np.array([-1.0]), np.array([1.0]), (-9.0, 9.0))
    assert [each.item() for each in judged] == [False, False, open_]


@pytest.mark.parametrize(("half", "once"), [(0.90, True), (0.91, False)])
def test_a_stretch_is_crossed_once_where_the_value_cannot_turn(half: float, once: bool) -> None:
    """Of 1 and -1 two days later the slope, 2, may fall by half ** 2 x e ** half: 1.992, 2.057."""
    cash, days = np.array([[1.0, -1]]).T, np.array([[0.0, 2]]).T
    judged = roots._judge(cash, days, np.array([-half]), np.array([half]), (-9.0, 9.0))
    assert [each.item() for each in judged] == [once, False, not once]


@pytest.mark.parametrize("low", [0.0, -0.5])
def test_flows_a_thousand_years_apart_have_a_rate(low: float) -> None:
    """Four times as much after 400,000 days: 4 ** (365 / 400,000) - 1."""
    found = break_even([-1, 4], [0, 400_000], low=low)
    assert found.roots == pytest.approx([4 ** (365 / 400_000) - 1], rel=1e-12)
    assert found.signs.tolist() == [1, -1]
