"""Page 12: what a bill that has to wait costs, the minimum of a card beside a late instalment."""

import datetime as dt
from fractions import Fraction
from itertools import pairwise

import pytest

from jiebei.answers import many_lenders
from jiebei.life.debts.debt import read
from tests.reference.agreement import half_up
from tests.truth import told

START = "2026-12-01"
LOAN = {"name": "A", "kind": "loan", "balance": 12_000, "daily_rate": 0.0004, "months": 12}
CARD = {"name": "B", "kind": "card", "balance": 900, "daily_rate": 0.0005}


def minimum(fen: int) -> int:
    return min(max(half_up(Fraction(fen, 10)), 10_000), fen)


def plain_card(balance: int) -> list[Fraction]:
    """Return in yuan what three missed minima cost more than three paid ones, month by month."""
    days = [dt.date(2027, month, 1) for month in (1, 2, 3, 4)]
    a_day = Fraction(5, 10_000)
    unpaid = balance + half_up(balance * a_day * 31)
    paid, more, found = unpaid, 0, []
    for before, after in pairwise(days):
        length = (after - before).days
        more += half_up(minimum(unpaid) * Fraction(5, 100))
        paid -= minimum(paid)
        on_unpaid, on_paid = (half_up(each * a_day * length) for each in (unpaid, paid))
        unpaid, paid, more = unpaid + on_unpaid, paid + on_paid, more + on_unpaid - on_paid
        found.append(Fraction(more, 100))
    return found


@pytest.mark.parametrize("balance", [900, 18_000, 50])
def test_a_missed_minimum_costs_what_a_plain_calculation_says(balance: int) -> None:
    debts = read([LOAN, CARD | {"balance": balance}], START)
    row = many_lenders.missed.answer(debts, {}).figures.loc["B"]
    months = plain_card(100 * balance)
    assert row["extra_cost"] == float(months[0])
    assert row["three_months_late"] == float(months[2])
    assert row["interest"] + row["fee"] == pytest.approx(row["extra_cost"])


def test_a_late_instalment_stands_beside_it_under_its_own_contract() -> None:
    # overdue principal and interest bear the penalty rate for the 31 days
    debts = read([LOAN, CARD], START)
    usual = many_lenders.missed.answer(debts, {}).figures.loc["A"]
    due = usual["due_first"]
    assert usual["penalty"] == round(due * 0.0006 * 31, 2)
    milder = many_lenders.missed.answer(debts, {"penalty_multiple": 1.0}).figures.loc["A"]
    assert milder["penalty"] == round(due * 0.0004 * 31, 2)


@pytest.mark.usefixtures("lang")
@pytest.mark.parametrize(
    ("rows", "key"),
    [
        ([LOAN, CARD], "two"),
        ([LOAN], "one"),
        ([LOAN, LOAN | {"name": "C"}], "even"),
        ([LOAN | {"method": "interest_only", "daily_rate": 0.0}], "none"),
    ],
)
def test_every_sentence_is_said(rows: list[dict[str, object]], key: str) -> None:
    said = many_lenders.missed.answer(read(rows, START), {}).said
    assert told(said)[0].key == f"answer.many_lenders.missed_{key}"
    assert "{" not in str(said)
