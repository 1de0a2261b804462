"""The futures: the same with any number of threads, and as often as closed forms say."""

from threading import Thread
from typing import Any

import numpy as np
import pandas as pd
import pytest

import jiebei as jb
from jiebei.language.errors import JiebeiError
from jiebei.life.household.budget import Budget
from jiebei.life.household.futures import CHUNK, assumed, chance_within, futures, standard_error

START = "2026-12-01"
BUDGET = Budget(12_000, 7_000, 25_000, START)
SEASONS = Budget([30_000, 2_000] * 6, 9_000, 4_000, START, other_loans=1_000)
MANY = 100_000


def shock(**row: float) -> pd.DataFrame:
    """Return one shock that does nothing but what is given."""
    nothing = {"chance": 0.0, "months": 1.0, "lost": 0.0, "late": 0.0, "costs": 0.0, "swing": 0.0}
    return pd.DataFrame([nothing | row], index=pd.Index(["mine"], name="shock"))


# ---- streams -------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["household", "shop"])
@pytest.mark.parametrize("households", [1, CHUNK - 1, 3 * CHUNK + 7])
def test_the_number_of_threads_changes_nothing(who: str, households: int) -> None:
    shocks = assumed(who)
    one = futures(BUDGET, shocks, "2027-12-01", households, threads=1)
    for threads in (2, 3, 5):
        more = futures(BUDGET, shocks, "2027-12-01", households, threads=threads)
        for ours, theirs in zip(one, more, strict=True):
            assert (ours == theirs).all()


@pytest.mark.parametrize("can_start", [0, 1])
def test_where_no_more_threads_can_start_the_same_is_drawn(
    can_start: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    shocks, start, left = assumed("household"), Thread.start, [None] * can_start
    wanted = futures(BUDGET, shocks, "2027-12-01", 3 * CHUNK, threads=3)

    def refuse(thread: Thread) -> None:
        if not left:
            raise RuntimeError("can't start new thread")
        left.pop()
        start(thread)

    monkeypatch.setattr(Thread, "start", refuse)
    found = futures(BUDGET, shocks, "2027-12-01", 3 * CHUNK, threads=3)
    for ours, theirs in zip(found, wanted, strict=True):
        assert (ours == theirs).all()


def test_a_seed_draws_the_same_and_another_does_not() -> None:
    first, again, other = (
        futures(BUDGET, assumed("household"), "2027-12-01", 500, seed).cash for seed in (3, 3, 4)
    )
    assert (first == again).all()
    assert (first != other).any()


def test_a_longer_horizon_prolongs_the_same_futures() -> None:
    near = futures(SEASONS, assumed("shop"), "2027-06-01", 2 * CHUNK)
    far = futures(SEASONS, assumed("shop"), "2028-12-01", 2 * CHUNK)
    assert (far.cash[: len(near.cash)] == near.cash).all()


def test_more_households_are_added_to_the_same_ones() -> None:
    few = futures(BUDGET, assumed("household"), "2027-12-01", CHUNK)
    more = futures(BUDGET, assumed("household"), "2027-12-01", 2 * CHUNK)
    assert (more.cash[:, :CHUNK] == few.cash).all()
    assert (more.cash[:, CHUNK:] != few.cash).any()  # the second chunk has luck of its own


def test_a_greater_chance_strikes_whom_the_smaller_one_does() -> None:
    rare = futures(BUDGET, assumed("household"), "2027-12-01", CHUNK)
    often = futures(BUDGET, assumed("household", {"job loss": 0.05}), "2027-12-01", CHUNK)
    assert (often.struck[0] >= rare.struck[0]).all()
    assert often.struck[0].sum() > rare.struck[0].sum()
    assert (often.struck[1] == rare.struck[1]).all()  # the luck with illness is as it was


# ---- closed forms --------------------------------------------------------------------------------


@pytest.mark.parametrize(("chance", "months"), [(0.01, 4), (0.2, 1), (0.05, 2.5), (0.5, 12)])
def test_a_shock_comes_as_often_as_the_formula_says(chance: float, months: float) -> None:
    for seed in (1, 2):
        found = futures(BUDGET, shock(chance=chance, months=months), "2028-12-01", MANY, seed)
        exact = chance_within(chance, 24)
        assert abs(found.struck.mean() - exact) <= 4 * standard_error(exact, MANY)


@pytest.mark.parametrize(("chance", "months"), [(0.01, 4), (0.2, 1), (0.05, 2.5), (0.5, 12)])
def test_a_shock_runs_as_often_as_the_two_state_chain(chance: float, months: float) -> None:
    """From off, on at month k with p / (p + q) x (1 - (1 - p - q)^k); q = (1 - p) / months."""
    found = futures(
        Budget(100, 0, 0, START), shock(chance=chance, months=months, lost=1.0), "2028-12-01", MANY
    )
    runs = (np.diff(found.cash, axis=0) == 0).mean(axis=1)
    ends = (1 - chance) / months
    k = np.arange(1, 25)
    exact = chance / (chance + ends) * (1 - (1 - chance - ends) ** k)
    assert (np.abs(runs - exact) <= 4.5 * np.sqrt(exact * (1 - exact) / MANY)).all()


def test_a_spell_lasts_as_long_as_it_should_on_average() -> None:
    """Spells that begin in the first month."""
    shocks = shock(chance=0.02, months=3, lost=1.0)
    found = futures(Budget(100, 0, 0, START), shocks, "2030-12-01", MANY)
    off = np.diff(found.cash, axis=0) == 0
    lengths = np.cumprod(off[:, off[0]], axis=0).sum(axis=0)
    mean = 3 / (1 - 0.02)  # the next spell may begin at once
    spread = np.sqrt(mean * (mean - 1) / len(lengths))  # of the mean of a geometric number
    assert abs(lengths.mean() - mean) < 4 * spread


def test_the_mean_cash_is_that_of_the_chain() -> None:
    found = futures(BUDGET, assumed("household"), "2028-12-01", MANY)
    k = np.arange(1, 25)
    keeps, cost = np.ones(24), np.zeros(24)
    for row in assumed("household").itertuples():
        ends = (1 - row.chance) / row.months
        runs = row.chance / (row.chance + ends) * (1 - (1 - row.chance - ends) ** k)
        keeps *= 1 - row.lost * runs
        cost += row.costs * runs
    exact = np.cumsum(12_000 * keeps - cost - 7_000) + 25_000
    spread = found.cash[1:].std(axis=1) / 100 / np.sqrt(MANY)
    assert (np.abs(found.cash[1:].mean(axis=1) / 100 - exact) < 4.5 * spread).all()


# ---- what a shock does ---------------------------------------------------------------------------


def test_without_a_shock_every_future_is_the_plan() -> None:
    for shocks in (shock(), assumed("household").iloc[:0], assumed("shop").assign(chance=0.0)):
        found = futures(SEASONS, shocks, "2028-03-01", 50)
        assert (found.cash == SEASONS.months("2028-03-01").cash[:, None]).all()
        assert not found.struck.any()
        assert not found.owing.any()


def test_what_comes_late_comes_a_month_later_and_none_is_lost() -> None:
    late = futures(SEASONS, shock(chance=1.0, late=1.0), "2028-03-01", 3)
    months = SEASONS.months("2028-03-01")
    one_later = np.concatenate([[0, 0], months.income[1:-1]])
    cash = 400_000 + np.cumsum(one_later - months.expenses - months.other_loans)
    assert (late.cash == cash[:, None]).all()
    assert (late.owing == months.income[-1]).all()


def test_income_is_conserved_to_the_fen_whatever_is_late() -> None:
    shocks = pd.concat([shock(chance=0.3, late=0.37), shock(chance=0.2, months=3, late=0.5)])
    found = futures(SEASONS, shocks, "2028-12-01", 5_000)
    planned = SEASONS.months("2028-12-01").cash[-1]
    assert (found.cash[-1] + found.owing == planned).all()
    assert len(np.unique(found.owing)) > 3


def test_two_losses_multiply_and_costs_add() -> None:
    shocks = pd.concat([shock(chance=1, lost=0.5, costs=10.01), shock(chance=1, lost=0.5, costs=5)])
    found = futures(Budget(100, 0, 0, START), shocks, "2027-02-01", 2)
    assert found.cash[:, 0].tolist() == [0, 2_500 - 1_501, 2 * (2_500 - 1_501)]


def test_a_swing_stays_in_its_bounds_and_is_even() -> None:
    found = futures(Budget(100, 0, 0, START), shock(chance=1.0, swing=0.2), "2027-12-01", MANY)
    income = np.diff(found.cash, axis=0)
    assert income.min() >= 8_000
    assert income.max() <= 12_000
    assert income.min() < 8_010
    assert income.max() > 11_990
    even = 2 * 2_000 / np.sqrt(12)  # the standard deviation of an even spread
    assert abs(income.mean() - 10_000) < 4 * even / np.sqrt(income.size)
    assert income.std() == pytest.approx(even, rel=0.01)


def test_no_month_but_the_first_day() -> None:
    found = futures(BUDGET, assumed("household"), START, 7)
    assert (found.cash == 2_500_000).all()
    assert found.cash.shape == (1, 7)


# ---- what is assumed -----------------------------------------------------------------------------


def test_other_chances_leave_the_table_as_it_is() -> None:
    assert assumed("household", {"job loss": 0.5}).loc["job loss", "chance"] == 0.5
    assert assumed("household").loc["job loss", "chance"] == 0.01


@pytest.mark.parametrize(
    ("call", "match"),
    [
        (lambda: assumed("houshold"), r"^who='houshold' is unknown: did you mean 'household'\?$"),
        (
            lambda: assumed("shop", {"job loss": 0.1}),
            r"^chance='job loss' is unknown: choose 'cust",
        ),
        (
            lambda: assumed("shop", {"owner ill": 1.2}),
            r"^chance \(owner ill\)=1\.2: a number from 0 to 1\.$",
        ),
        (lambda: assumed("shop", {"owner ill": float("nan")}), r"^chance \(owner ill\)=nan: "),
        (lambda: futures(BUDGET, assumed("shop"), START, 0), r"^households=0: a whole number"),
        (lambda: futures(BUDGET, assumed("shop"), START, seed=-1), r"^seed=-1: "),
        (lambda: futures(BUDGET, assumed("shop"), START, threads=0), r"^threads=0: "),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(call: Any, match: str) -> None:
    with pytest.raises(JiebeiError, match=match):
        call()


def test_a_chance_that_is_none_is_refused_in_chinese() -> None:
    jb.use("zh")
    with pytest.raises(JiebeiError, match=r"=1\.2：应为0到1之间的数。$"):
        assumed("shop", {"owner ill": 1.2})
