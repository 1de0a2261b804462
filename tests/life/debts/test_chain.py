"""The chain of new loans for old bills: conserved to the fen, and broken where it must be."""

from typing import Any

import numpy as np
import pytest

import jiebei as jb
from jiebei.language.errors import JiebeiError
from jiebei.life.credit.rollover import month_by_month, rollover
from jiebei.life.debts.chain import collapse, links
from jiebei.life.debts.debt import read
from jiebei.life.debts.payments import frame

START = "2026-12-01"
CARD = {"name": "c", "kind": "card", "balance": 9_000, "daily_rate": 0.0005, "limit": 10_000}
LOAN = {"name": "l", "kind": "loan", "balance": 20_000, "daily_rate": 0.0004, "months": 12}
FAMILY = {"name": "f", "kind": "family", "balance": 5_000, "due": "2027-06-20"}


def flows(debts: Any, own: float, new_months: int = 12, until: int = 60) -> Any:
    run = links(debts, own, new_months, until)
    return frame(debts, (each.month for each in run))


def test_a_line_that_pays_itself_is_the_rollover_of_the_engine() -> None:
    """Every bill paid with a new loan on the same terms: the same debts, to the fen."""
    debts = read([LOAN | {"limit": 8_000_000}], START)
    ours = flows(debts, 0.0, until=12)
    loan = jb.Loan(20_000, daily_rate=0.0004, months=12, start=START)
    theirs = month_by_month(rollover(loan, 12)).iloc[1:]
    assert ours["due"].tolist() == theirs["due"].tolist()
    assert ours["drawn"].tolist() == theirs["drawn"].tolist()
    assert ours["closing"].tolist() == theirs["owed"].tolist()


def test_what_is_owed_grows_by_the_interest_less_your_own_money() -> None:
    debts = read([LOAN | {"limit": 40_000}, CARD, FAMILY], START)
    found = collapse(debts, [0, 500, 1_500], 12)
    owed = sum(int(each.balance) for each in debts)
    assert (found.owed == owed + found.cost - found.own).all()


def test_every_fen_of_the_chain_is_accounted_for() -> None:
    debts = read([LOAN | {"limit": 40_000}, CARD, FAMILY], START)
    ours = flows(debts, 400)
    fen = (ours.select_dtypes("float") * 100).round().astype("int64")
    added = fen["drawn"] + fen["capitalised"]
    assert (fen["closing"] == fen["opening"] + added - fen["principal"]).all()
    own = (fen["payment"] - fen["drawn"]).groupby(ours["date"]).sum()
    assert (own == 40_000).all()
    for debt, limit in (("l", 4_000_000), ("c", 1_000_000)):
        assert fen[ours["debt"] == debt]["closing"].max() <= limit


def test_it_breaks_in_the_month_that_no_lender_covers() -> None:
    """A card of 9,000 with 1,000 free: nothing of your own, so only the interest uses it up."""
    debts = read([CARD], START)
    found = collapse(debts, 0, 12)
    assert found.month[0] == 8
    run = list(links(debts, 0, 12))
    assert [bool(each.month.counts[0]) for each in run] == [True] * 7 + [False]
    last = run[-1]
    assert found.missing[0] == last.month.due.sum() - last.room[0] > 0
    assert found.room[0] == last.room[0]


def test_the_cheapest_lender_lends_first() -> None:
    debts = read([CARD, LOAN | {"limit": 22_000}], START)
    ours = flows(debts, 0.0)
    first = ours[ours["date"] == ours["date"].min()].set_index("debt")
    assert first.loc["l", "drawn"] > 0
    need = first["due"].sum()
    assert first["drawn"].sum() == pytest.approx(need)
    assert first.loc["c", "drawn"] == pytest.approx(
        max(need - 22_000 + first.loc["l"].opening - first.loc["l"].principal, 0)
    )


def test_family_money_falls_due_as_a_whole() -> None:
    debts = read([CARD | {"limit": 12_000}, FAMILY], START)
    found = collapse(debts, 300, 12)
    assert found.month[0] == 6, "1 June is the last payday before 20 June"
    assert found.due[0] > 500_000


def test_more_of_your_own_wider_limits_and_lower_rates_never_break_it_sooner() -> None:
    debts = read([LOAN | {"limit": 26_000}, CARD], START)
    found = collapse(debts, np.arange(0, 1_500, 50), 12)
    when = np.where(found.month == 0, 61, found.month)
    assert (np.diff(when) >= 0).all()
    assert found.free[-1]


def test_what_is_lent_only_once_ends_sooner() -> None:
    debts = read([LOAN | {"limit": 26_000}, CARD], START)
    again = collapse(debts, [0, 0], 12, lends_again=np.array([True, False]))
    assert 0 < again.month[1] < again.month[0]
    assert again.drawn[1] <= 700_000, "6,000 and 1,000 were free"


def test_the_term_of_new_loans_changes_the_bills_not_what_is_owed() -> None:
    debts = read([LOAN | {"limit": 26_000}], START)
    found = collapse(debts, [100, 100, 100], np.array([3, 12, 24]))
    assert found.month.min() == found.month.max() > 0
    assert np.ptp(found.owed) <= 10


def test_with_enough_of_your_own_all_is_repaid() -> None:
    found = collapse(read([CARD], START), 3_000, 12)
    assert (found.month[0], found.owed[0], found.free[0]) == (0, 0, True)
    assert found.own[0] == 900_000 + found.cost[0]


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(JiebeiError, match=r"^nobody lends: "):
        collapse(read([{**CARD, "limit": None}], START), 0, 12)
    with pytest.raises(JiebeiError, match=r"^new_months=0: a loan runs 1 to 60 months"):
        collapse(read([CARD], START), 0, 0)
    with pytest.raises(JiebeiError, match=r"^own=-1: "):
        collapse(read([CARD], START), -1, 12)
