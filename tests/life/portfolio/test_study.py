"""The whole book: sums that hold to the fen, whatever the threads and the size of the parts."""

from dataclasses import fields, replace

import numpy as np
import pandas as pd
import pytest

from jiebei.language.errors import JiebeiError
from jiebei.life.portfolio.behaviour import assumed
from jiebei.life.portfolio.borrowers import STREAM, WHAT, borrowers, loans_of, lot
from jiebei.life.portfolio.caps import capped
from jiebei.life.portfolio.help import programmes
from jiebei.life.portfolio.lives import ENDS, Lives, act, live
from jiebei.life.portfolio.pool import SPAN, pooled, run
from jiebei.life.portfolio.rolls import moves
from jiebei.life.portfolio.signs import SIGNS, calibration, fitted, lead, worth
from jiebei.life.portfolio.snapshots import LOSS
from jiebei.life.portfolio.study import Question, book
from jiebei.life.rules.facts import facts

START = "2026-12-01"
LOANS = STREAM + 2_000  # two parts
HELP = programmes(3, 12, 24, 0.5, 1.0)


@pytest.fixture(scope="module")
def found():
    return book(Question(LOANS, START, assumed(), programmes=HELP, ceilings=(0.12,)))


def test_threads_change_no_fen(found):
    alone = book(found.question, threads=1)
    assert alone.counts.keys() == found.counts.keys()
    for name, each in alone.counts.items():
        assert np.array_equal(each, found.counts[name]), name


def test_the_first_loans_of_many_are_those_of_few():
    few, many = (borrowers(each, START, assumed()) for each in (500, STREAM + 500))
    assert few.equals(many.iloc[:500])
    assert (
        not many.iloc[:500].reset_index(drop=True).equals(many.iloc[STREAM:].reset_index(drop=True))
    )


def side_by_side(parts: list[Lives]) -> Lives:
    """Put the lives of several parts together; who has fewer spells has empty ones."""
    deep = max(len(each.late) for each in parts)
    found = {}
    for each in fields(Lives):
        values = [getattr(part, each.name) for part in parts]
        if each.name in ("late", "days"):
            values = [np.pad(one, ((0, deep - len(one)), (0, 0))) for one in values]
        found[each.name] = np.concatenate(values, axis=-1)
    return Lives(**found)


def test_all_at_once_comes_to_the_same_as_part_by_part():
    once = replace(assumed(), again=np.zeros(5))
    found = book(Question(LOANS, START, once))
    frame = borrowers(LOANS, START, once)
    parts = [frame.iloc[:STREAM], frame.iloc[STREAM:]]
    lives = [live(part, once, lot(1, place, WHAT)) for place, part in enumerate(parts)]
    tier = frame["tier"].to_numpy()
    rows, ends = run(act(loans_of(frame), side_by_side(lives)), found.span)
    assert np.array_equal(found.counts["moves"].sum(axis=0), moves(ends)[0])
    for name, each in pooled(rows, ends, tier, 5, once, found.span)._asdict().items():
        assert np.array_equal(each, found.counts[f"plain.{name}"]), name


def test_what_becomes_of_a_loan_does_not_depend_on_the_others():
    frame = borrowers(2_000, START, assumed())
    all_, some = (live(each, assumed(), lot(1, 0, WHAT)) for each in (frame, frame.iloc[:300]))
    first = all_.take(np.arange(300))
    for name in ("lost", "settled", "plan", "broken", "missed", "end", "bad"):
        assert np.array_equal(getattr(first, name), getattr(some, name)), name


@pytest.mark.parametrize(("start", "bad"), [("2026-01-15", False), ("2026-07-15", True)])
def test_three_missed_and_then_paid_is_over_90_days_late_where_the_months_are_long(start, bad):
    """The first of 2026-02-15 is paid on 05-15, 89 days late; that of 08-15 on 11-15, 92 days."""
    three = np.array([1.0, 1.0, 0.0, 0.0, 0.0, 0.0])
    each = replace(assumed(), missed=np.ones(5), late=np.zeros(5), rolls=three, plan=0.0)
    frame = pd.DataFrame({"tier": [0], "months": [3], "start": [np.datetime64(start, "s")]})
    assert live(frame, each, lot(1, 0, WHAT)).bad.tolist() == [bad]


def test_vintages_add_up_to_the_book_to_the_fen(found):
    vintages, stock = found.counts["vintages"], found.counts["stock"]
    by_month = np.zeros((SPAN, vintages.shape[-1]), np.int64)
    for drawn_in in range(SPAN):
        by_month[drawn_in:] += vintages[drawn_in, : SPAN - drawn_in]
    assert np.array_equal(by_month[:, 0], stock.sum(axis=(1, 2)))
    assert np.array_equal(by_month[:, 3], stock[:, :, LOSS].sum(axis=1))
    assert by_month[:, 0].max() > 0


def test_what_was_lent_is_what_was_drawn(found):
    assert found.counts["lent"].sum() == found.pool().drawn.sum()
    assert found.counts["loans"].sum() == found.counts["ends"].sum()


def test_money_is_neither_made_nor_lost(found):
    """Lent = paid back as principal, collected after a loss, lost, or let off."""
    pool = found.pool()
    principal = pool.cash.sum(axis=1) + pool.drawn - pool.interest
    # what a new plan adds to the principal comes back as principal, too
    assert (abs(pool.drawn - principal - pool.lost) < 0.002 * pool.drawn).all()
    agreed = found.pool("agreed")
    assert np.array_equal(agreed.cash.sum(axis=1), agreed.interest)
    assert not agreed.lost.any()


def test_worse_tiers_lose_more(found):
    assert (np.diff(found.counts["bad"] / found.counts["loans"]) > 0).all()
    assert set(np.flatnonzero(found.counts["ends"].sum(axis=0))) == set(range(len(ENDS)))


def test_a_ceiling_lowers_what_is_paid_and_lost(found):
    under, plain = found.pool("ceiling0"), found.pool()
    assert np.array_equal(under.drawn, plain.drawn)
    assert (under.interest[:2] == plain.interest[:2]).all() or under.interest[0] <= plain.interest[
        0
    ]
    assert (under.interest[2:] < plain.interest[2:]).all()


def test_a_ceiling_holds_for_the_penalty_too():
    frame = borrowers(500, START, assumed())
    lower = capped(loans_of(frame), 0.24)
    assert (np.asarray(lower.daily_rate) * np.asarray(lower.penalty_multiple) * 365 <= 0.24).all()
    dearest = frame["daily_rate"].to_numpy() == 0.0006
    assert np.allclose(np.asarray(lower.penalty_multiple)[dearest], 0.24 / 365 / 0.0006)


# Signs -------------------------------------------------------------------------------------


def test_signs_are_worth_what_their_shares_say(found):
    """Precision by Bayes: bad x hit / (bad x hit + good x false)."""
    cells = found.counts["cells"]
    table, share = worth(cells), cells[..., 1].sum() / cells.sum()
    loans = cells.sum()
    for name, sign in assumed().signs.items():
        flagged = share * sign.bad + (1 - share) * sign.good
        precision = share * sign.bad / flagged
        spread = np.sqrt(precision * (1 - precision) / (flagged * loans))
        assert abs(table.loc[name, "precision"] - precision) < 4 * spread
        assert table.loc[name, "lift"] == pytest.approx(table.loc[name, "precision"] / share)
    assert list(table.index) == list(SIGNS)


def test_chances_learned_from_one_half_hold_for_the_other(found):
    cells = found.counts["cells"]
    table = calibration(cells, fitted(cells))
    assert table["loans"].sum() == cells[:, :, 1].sum()
    assert (abs(table["observed"] - table["expected"]) < 4 * table["error"] + 0.005).all()
    assert table["observed"].iloc[-1] > 10 * table["observed"].iloc[0]


def test_the_later_the_more_is_known(found):
    shares = lead(found.counts["early"])
    assert (np.diff(shares.to_numpy(), axis=0) <= 0).all()
    assert (shares["any"] >= shares[list(SIGNS)].max(axis=1)).all()


# Help --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HELP)
def test_help_that_is_kept_saves_everybody_and_broken_help_nobody(found, name):
    help_ = {each: found.counts[f"help.{name}.{each}"] for each in ("lost", "over_90", "value")}
    loans = found.counts[f"help.{name}.loans"]
    assert help_["lost"][1] == help_["over_90"][1] == 0
    assert help_["over_90"][2] == loans
    assert help_["value"][1] > help_["value"][0] > help_["value"][2]


def test_at_no_interest_and_no_cost_of_money_help_that_is_kept_brings_back_what_was_lent():
    free = facts("credit_tiers").assign(daily_rate=0.0)
    calm = replace(assumed(), funding=0.0)
    found = book(Question(2_000, START, calm, tiers=free, programmes=HELP))
    for name in HELP:
        of = {each: found.counts[f"help.{name}.{each}"] for each in ("value", "paid", "charged")}
        assert of["value"][1] == of["paid"][1] == found.counts[f"help.{name}.drawn"]
        assert not of["charged"].any()
        assert np.array_equal(of["value"], of["paid"])


# What is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "value", "said"),
    [
        (("missed", "A"), 1.2, r"missed=1\.2: a chance or a share, from 0 to 1"),
        (("borrowers", "A"), 0.5, r"borrowers: the shares of the tiers add up to 1\.3500"),
    ],
)
def test_assumptions_out_of_range_are_refused(row, value, said):
    table = facts("behaviour").set_index(["behaviour", "who"])
    table.loc[row, "value"] = value
    with pytest.raises(JiebeiError, match=said):
        assumed(table.reset_index())


def test_a_missing_assumption_is_named():
    table = facts("behaviour")
    with pytest.raises(JiebeiError, match="behaviour='rolls': the table has no such row"):
        assumed(table[table["behaviour"] != "rolls"])


@pytest.mark.parametrize("loans", [0, -1, 2.5, 10**8])
def test_a_number_of_loans_that_is_none_is_refused(loans):
    with pytest.raises(JiebeiError, match="loans="):
        book(Question(loans, START, assumed()))
