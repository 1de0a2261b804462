"""What is asked of a comparison at its edges: a fen, the highest rate, the last day of a month."""

import numpy as np
import pytest

import jiebei as jb
from jiebei.compare.affordable import affordable
from jiebei.compare.compare import Cash, cash_left, lowest_cash
from jiebei.compare.goals import can_shorten
from jiebei.compare.turns import turns

LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")


@pytest.mark.parametrize("in_hand", [0.0, 0.05, 0.06, 0.07, 0.11, 0.12])
def test_the_most_that_cash_repays_is_found_by_trying_every_fen(in_hand: float) -> None:
    """Of 20 fen, with a month's wage that pays the rest when it is due."""
    loan = LOAN.but(principal=0.20, months=2)
    cash = Cash(in_hand, 1, "2026-12-01")
    fits = [fen for fen in range(21) if lowest_cash(loan.prepay(fen / 100, on=5), cash)[0] > -0.005]
    assert affordable(loan, 5, cash) == max(fits) / 100 == pytest.approx(in_hand)


def test_a_flip_is_looked_for_up_to_a_hundred_percent_a_year() -> None:
    """0.3 % a day is 109 % a year without interest on interest: no savings earn that."""
    dear = LOAN.but(daily_rate=0.003)
    found = jb.flip(dear.settle(on="2027-03-01"), dear)
    assert (found.kind, found.roots.size, found.signs.tolist()) == ("none", 0, [1])
    assert np.isnan(jb.compare({"a": dear, "b": dear.settle(on=90)})["flip_rate"]["b"])


def test_the_money_of_a_month_comes_on_its_31st_at_the_latest() -> None:
    left = cash_left(LOAN, Cash(0, 9_000, "2026-12-01", payday=31))
    days = left.index[left.diff().round(2) == 9_000]
    assert [f"{each:%m-%d}" for each in days[:4]] == ["12-31", "01-31", "02-28", "03-31"]
    with pytest.raises(jb.JiebeiError, match=r"^payday=32: .*0 to 31"):
        lowest_cash(LOAN, Cash(0, 9_000, "2026-12-01", payday=32))


def test_a_single_fen_can_be_repaid_early() -> None:
    assert can_shorten(LOAN.but(principal=0.01), 5)


def test_unless_asked_otherwise_a_turn_is_found_to_the_eighth_decimal() -> None:
    ((low, high),) = turns(lambda tried: tried - 0.7, 0.0, 1.0)
    assert low <= 0.7 <= high <= low + 1e-8
