"""Decide now, adapt later: what is decided today fits all futures, and no way beats hindsight."""

import numpy as np
import pytest

from jiebei.life.best.best import best
from jiebei.life.best.borrower import Borrower
from jiebei.life.best.scenarios import Futures, futures_of, policies
from jiebei.life.household.budget import Budget
from jiebei.life.household.futures import assumed
from jiebei.loan.loan import Loan

START = "2026-12-01"


def household() -> Borrower:
    loan = Loan(30_000, daily_rate=0.0004, months=9, start=START)
    return Borrower((loan,), Budget(9_000, 4_000, 12_000, START), keep=2_000, savings_rate=0.02)


def test_one_certain_future_is_the_plan_without_a_reserve() -> None:
    found = best(household())
    assert found is not None
    certain = Futures(found.ground.net[None, :], np.zeros(1, np.bool_))
    tried = policies(found, certain)
    free = best(Borrower(found.ground.borrower.loans, household().budget, 0.0, 0.02))
    assert free is not None
    assert tried.hindsight[0] == pytest.approx(free.proved, abs=0.05)
    assert tried.ways["on_average"].left[0] == pytest.approx(tried.hindsight[0], abs=0.05)
    assert tried.ways["least_regret"].left[0] == pytest.approx(tried.hindsight[0], abs=0.05)


def test_no_way_beats_hindsight_and_each_is_best_at_its_own() -> None:
    found = best(household())
    assert found is not None
    tried = policies(found, futures_of(found.ground, assumed("household"), number=12))
    table = tried.table()
    for way in tried.ways.values():
        assert (way.left <= tried.hindsight + 0.01).all()
    assert table["average"].max() - table["average"]["on_average"] < 0.01
    assert table["regret"]["least_regret"] - table["regret"].min() < 0.01
    assert table["repaid_today"]["nothing"] == 0


def test_a_loss_of_income_makes_it_better_to_keep_cash() -> None:
    """Nothing comes in for half a year in one of two futures: what is missing costs the penalty."""
    found = best(household())
    assert found is not None
    net = np.array([found.ground.net, found.ground.net])
    net[1, 1:7] = -4_000
    tried = policies(found, Futures(net, np.zeros(2, np.bool_)))
    table = tried.table()
    assert table["repaid_today"]["plan"] > table["repaid_today"]["on_average"]
    assert table["average"]["on_average"] > table["average"]["plan"] + 1


def test_where_savings_earn_more_than_the_debt_costs_nobody_borrows_to_save() -> None:
    """A loan at rate nothing: repaid today or not, only the interest on savings is lost."""
    loan = Loan(5_000, daily_rate=0.0, months=12, start=START)
    found = best(Borrower((loan,), Budget(9_000, 7_000, 20_000, START), 0, 0.02))
    assert found is not None
    table = policies(found, futures_of(found.ground, assumed("household"), number=3)).table()
    assert table.loc["on_average", "repaid_today"] == 0


def test_what_nobody_knows_yet_is_decided_alike() -> None:
    """Income stops on the fourth payday of one future: until then both look alike.

    Who knows it keeps cash in the one and repays in the other; who does not must do one of them.
    """
    found = best(household())
    assert found is not None
    net = np.array([found.ground.net, found.ground.net])
    net[1, 4:9] = -4_000
    table = policies(found, Futures(net, np.zeros(2, np.bool_))).table()
    assert (table["at_least"] <= table["average"] + 0.01).all()
    assert table["average"]["plan"] - table["at_least"]["plan"] > 1


def test_where_nothing_is_uncertain_knowing_is_worth_nothing() -> None:
    found = best(household())
    assert found is not None
    certain = Futures(np.array([found.ground.net] * 3), np.zeros(3, np.bool_))
    table = policies(found, certain).table()
    assert (table["average"] - table["at_least"]).abs().max() < 0.01


def test_a_line_that_is_lost_is_seen_after_today() -> None:
    found = best(household())
    assert found is not None
    tried = policies(found, Futures(np.array([found.ground.net] * 2), np.array([False, True])))
    for way in tried.ways.values():
        assert (way.unknowing <= way.left + 0.01).all()


def test_today_no_more_is_repaid_than_there_is_in_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    # what is missing costs little
    monkeypatch.setattr("jiebei.life.best.scenarios.PENALTY_MULTIPLE", 0.5)
    found = best(household())
    assert found is not None
    tried = policies(found, futures_of(found.ground, assumed("household"), number=12))
    assert 11_000 < tried.ways["on_average"].repaid <= 12_000.005
