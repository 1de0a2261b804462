"""What a debt's row lacks, or tells of another time, is answered with what to write."""

import pytest

import jiebei as jb
from jiebei.life.debts.debt import read

TODAY = "2026-11-26"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"kind": "card"}, "where nothing is charged as long as it is paid on time .* write 0"),
        ({"kind": "family", "due": "2026-11-01"}, "this day has passed, today is 2026-11-26"),
        ({"kind": "family", "due": "2026-12-01"}, "first on 2026-12-26.* take it off there"),
    ],
)
def test_a_row_is_refused_with_the_way_out(row: dict[str, str], said: str) -> None:
    with pytest.raises(jb.JiebeiError, match=said):
        read([{"name": "A", "balance": 4_000, **row}], TODAY)


def test_a_card_that_is_paid_on_time_costs_nothing() -> None:
    (debt,) = read([{"name": "A", "kind": "card", "balance": 4_000, "daily_rate": 0}], TODAY)
    assert debt.rate == 0
