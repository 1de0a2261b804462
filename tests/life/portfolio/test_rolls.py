"""Roll rates against a chain whose probabilities are known, and closed forms."""

from dataclasses import replace

import numpy as np
import pytest

from jiebei.life.portfolio.behaviour import assumed
from jiebei.life.portfolio.borrowers import borrowers, loans_of
from jiebei.life.portfolio.lives import LOST, act, live
from jiebei.life.portfolio.losses import expected_loss, provision
from jiebei.life.portfolio.pool import Span, lost_at, pooled, run
from jiebei.life.portfolio.rolls import chance_of_loss, flow_to_loss, moves, rates_of
from jiebei.life.portfolio.snapshots import LOSS, PAID

ROLLS = np.array([0.5, 0.6, 0.7, 0.8, 0.9, 0.95])
KNOWN = replace(  # nobody pays a few days late, settles early, or negotiates: a plain chain
    assumed(),
    missed=np.full(5, 0.08),
    late=np.zeros(5),
    settled=np.zeros(5),
    again=np.zeros(5),
    rolls=ROLLS,
    plan=0.0,
)
SPAN = Span(683)  # from December 2026


@pytest.fixture(scope="module")
def chain():
    frame = borrowers(20_000, "2026-12-01", KNOWN)
    # All due on the 10th: then k instalments missed are k months late, in any month.
    frame["start"] = frame["start"].to_numpy().astype("M8[M]").astype("M8[D]") + 9
    frame["start"] = frame["start"].astype("M8[s]")
    lives = live(frame, KNOWN, np.random.default_rng(1))
    return frame, lives, *run(act(loans_of(frame), lives), SPAN)


def test_roll_rates_are_those_of_the_chain(chain):
    _, _, _, ends = chain
    counted = moves(ends)[0]
    rates = rates_of(counted).to_numpy()
    for bucket, known in enumerate(ROLLS, start=1):
        seen = counted[bucket].sum()
        spread = np.sqrt(known * (1 - known) / seen)
        assert seen > 500
        assert abs(rates[bucket, bucket + 1] - known) < 4 * spread
        assert set(np.flatnonzero(counted[bucket])) <= {0, bucket + 1, PAID}


def test_a_first_instalment_is_missed_with_its_chance(chain):
    _, lives, _, _ = chain
    share = (lives.missed == 1).mean()
    assert abs(share - 0.08) < 4 * np.sqrt(0.08 * 0.92 / len(lives))


def test_losses_of_one_instalment_are_pd_times_lgd_times_ead():
    frame = borrowers(40_000, "2026-12-01", KNOWN).assign(months=1, principal=1_000.0)
    lives = live(frame, KNOWN, np.random.default_rng(2))
    rows, ends = run(act(loans_of(frame), lives), SPAN)
    chance = 0.08 * ROLLS.prod()
    expected = expected_loss(40_000 * 1_000.0, chance, KNOWN.loss_given_default)
    lost = pooled(rows, ends, frame["tier"].to_numpy(), 5, KNOWN, SPAN).lost.sum() / 100
    spread = 1_000 * KNOWN.loss_given_default * np.sqrt(40_000 * chance * (1 - chance))
    assert abs(lost - expected) < 4 * spread
    assert (lives.end == LOST).sum() == len(lost_at(ends))


def chain_of(missed: float, rolls: np.ndarray) -> np.ndarray:
    """Return a million times the moves of a plain chain, whole numbers."""
    counted = np.zeros((9, 9), np.int64)
    counted[0, [0, 1, PAID]] = 0, round(missed * 1e6), round((1 - missed) * 1e6)
    for bucket, roll in enumerate(rolls, start=1):
        counted[bucket, [bucket + 1, PAID]] = round(roll * 1e6), round((1 - roll) * 1e6)
    return counted


def test_the_chance_of_a_loss_is_the_product_where_nobody_comes_back():
    rates = rates_of(chain_of(0.02, ROLLS))
    chance = chance_of_loss(rates)
    assert chance["M0"] == pytest.approx(0.02 * ROLLS.prod(), abs=1e-15)
    assert chance["M3"] == pytest.approx(ROLLS[2:].prod(), abs=1e-15)
    assert (chance["M6+"], chance["paid"]) == (1.0, 0.0)
    assert np.allclose(chance_of_loss(rates, 7), chance, atol=1e-15)
    assert chance_of_loss(rates, 6)["M0"] == 0.0
    assert np.allclose(flow_to_loss(rates), chance[: LOSS + 1], atol=1e-15)


def test_who_comes_back_may_be_lost_later():
    """Two states by hand: M0 goes to M1 with 0.1 and is paid with 0.9; M1 is lost or back, half."""
    counted = np.zeros((9, 9), np.int64)
    counted[0, [1, PAID]], counted[1, [0, LOSS]] = (1, 9), (5, 5)
    chance = chance_of_loss(rates_of(counted))
    # x0 = 0.1 x1, x1 = 0.5 + 0.5 x0, so x1 = 0.5 / 0.95
    assert chance["M1"] == pytest.approx(0.5 / 0.95, abs=1e-15)
    assert chance["M0"] == pytest.approx(0.05 / 0.95, abs=1e-15)
    assert np.isnan(chance["M2"])


def test_who_is_on_time_counts_for_twelve_months_only():
    """M0 stays with 0.95, else goes to M1, which is lost at once: in 12 months 1 - 0.95^11."""
    counted = np.zeros((9, 9), np.int64)
    counted[0, [0, 1]], counted[1, LOSS] = (95, 5), 1
    table = provision(np.full(9, 100), rates_of(counted), 1.0)
    assert table.loc["M0", "chance"] == pytest.approx(1 - 0.95**11, abs=1e-12)
    assert table.loc["M1", "chance"] == pytest.approx(1.0, abs=1e-12)


def test_provision_by_hand():
    owed = np.array([1_000_000, 10_000, 0, 0, 5_000, 0, 0, 2_000, 0])
    table = provision(owed, rates_of(chain_of(0.02, ROLLS)), 0.85)
    # 10,000 yuan: 0.02 x the product of all; least 1 %
    assert table.loc["M0", "expected_loss"] == pytest.approx(10_000 * 0.02 * ROLLS.prod() * 0.85)
    assert table.loc["M1", "expected_loss"] == pytest.approx(100 * ROLLS.prod() * 0.85)
    assert table.loc["M6+", "expected_loss"] == pytest.approx(20 * 0.85)
    assert table["least_provision"].to_list() == [100.0, 2.0, 0, 0, 12.5, 0, 0, 20.0]
    assert list(table["grade"])[-3:] == ["doubtful", "doubtful", "loss"]
