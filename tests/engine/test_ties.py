"""Large populations where half a fen is common, against the exact reference: not one fen wrong."""

import random
from itertools import chain as joined
from typing import Any

import numpy as np
import pandas as pd
import pytest

import jiebei as jb
from tests.helpers.in_fen import COLUMNS, built, in_fen, rows_in_fen
from tests.helpers.populations import METHODS, all_at_once, population, some_loan
from tests.reference import schedule, tie_heavy_loans

HALF = 10**10 // 2


def test_100_000_plain_loans_agree_with_the_reference_in_every_fen_of_every_row():
    loans, schedules = zip(*tie_heavy_loans(100_000), strict=True)
    wanted = np.array([*joined.from_iterable(schedules)])
    portfolio = pd.DataFrame(list(loans))
    flows = jb.Loan.from_frame(portfolio).cashflows(["loan", "event", "interest", "principal"])
    frame = in_fen(flows[flows["event"] == "instalment"])
    assert (np.bincount(frame["loan"]) == [len(each) for each in schedules]).all()
    assert (frame[["interest", "principal"]].to_numpy() != wanted).sum() == 0
    assert set(portfolio["method"]) == set(METHODS)


def test_the_population_is_full_of_ties():
    ties = rows = 0
    for loan, plain in tie_heavy_loans(2_000):
        if loan["method"] != "interest_only":
            continue
        fen, rate = loan["principal"] * 100, round(loan["daily_rate"] * 10**10)
        rows += len(plain)
        ties += sum(fen * rate * days % 10**10 == HALF for days in (28, 29, 30, 31))
    assert ties > rows / 100


def test_floats_would_get_the_well_known_tie_wrong():
    loan = jb.Loan(153_700, daily_rate=0.00045, days=29, method="bullet", start="2026-12-01")
    assert loan.summary().interest == 2005.79
    assert np.round(153_700 * 0.00045 * 29, 2) == 2005.78


def test_thousands_of_loans_with_decisions_agree_with_the_reference_in_every_row():
    compared, events = 0, set()
    for kept, wanted, _ in population(18, seed=2):
        found = rows_in_fen(all_at_once(kept), ["loan", *COLUMNS])
        rows = [
            (number, *(getattr(row, name) for name in COLUMNS))
            for number, contract in enumerate(wanted)
            for row in contract
        ]
        for number, each, row in zip(range(len(rows)), found, rows, strict=False):
            assert each == row, (number, kept[row[0]])
        assert len(found) == len(rows)
        compared += len(kept)
        events |= {row[2] for row in rows}
    assert compared > 2_500
    assert events == {"draw", "instalment", "prepayment", "payoff", "extension", "coupon"}


def test_what_the_reference_refuses_is_refused_in_words():
    refused = [each for _, _, some in population(2, seed=3) for each in some]
    assert len(refused) > 150
    for loan, chain in refused:
        with pytest.raises(jb.JiebeiError, match=r"[:;] .+\."):
            built(loan, chain).summary()


def test_lines_that_are_borrowed_on_again_agree_with_the_reference():
    pick = random.Random(4)
    compared = 0
    for _ in range(200):
        loan = some_loan(pick, in_days=pick.random() < 0.2)
        first = ("prepay", {"amount": round(loan["principal"] / 3, 2), "on": 10, "then": "lower"})
        again: dict[str, Any] = {
            "amount": pick.choice((500, 3_000, 12_345.67)),
            "on": pick.randint(11, 90),
        }
        if pick.random() < 0.5:
            again |= {"months": pick.randint(3, 9), "method": pick.choice(METHODS)}
        elif pick.random() < 0.3:
            again |= {"days": pick.randint(1, 40), "method": "bullet"}
        if pick.random() < 0.5:
            again["daily_rate"] = 0.00055
        then = ("pay_extra", {"amount": 200, "on": pick.randint(90, 150)})
        chain = [first, ("reborrow", again), *pick.sample([then], pick.randint(0, 1))]
        try:
            wanted = [row for contract in schedule(loan, chain) for row in contract]
        except ValueError:
            continue
        rows = [tuple(getattr(row, name) for name in COLUMNS) for row in wanted]
        assert rows_in_fen(built(loan, chain)) == rows, (loan, chain)
        compared += 1
    assert compared > 120
