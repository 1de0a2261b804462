"""Loans worked out together come to what each of them comes to alone."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import jiebei as jb
from jiebei.loan.cashflows import COLUMNS
from tests.helpers.in_fen import built
from tests.helpers.made_up import KINDS, arguments, loans
from tests.helpers.populations import METHODS, all_at_once, is_taken, population


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
