"""What an offer costs if it is settled early, against sums by hand."""

from typing import Any

import pytest

from jiebei.language.errors import JiebeiError
from jiebei.life.offers.entered import read_need, read_offers
from jiebei.life.offers.settled import Settled, settled

CARD = {"name": "card", "monthly_fee": 0.0049}
SHOP = {"name": "shop", "daily_rate": 0.0004, "prepay_fee_rate": 0.01}


def after(months: int, offer: dict[str, Any], amount: float = 30_000, **more: Any) -> Settled:
    [read] = read_offers([offer | more])
    return settled(read, read_need({"2026-12-01": amount}, 6, "interest_only"), months)


@pytest.mark.parametrize(("months", "stays"), [(1, 735), (2, 588), (5, 147), (6, 0), (8, 0)])
def test_a_fee_that_stays_is_due_in_full(months: int, stays: float) -> None:
    """30,000 at 0.49 % are 147 with each of six instalments, 882, whenever it is settled."""
    found = after(months, CARD, fee_stays=True)
    assert (found.cost, found.stays, found.asked) == (882.0, stays, 0.0)


def test_the_rate_counts_the_fee_on_the_day_it_is_paid() -> None:
    """After 31 days 30,000 are paid back, and 882."""
    expected = (30_882 / 30_000) ** (365 / 31) - 1
    assert after(1, CARD, fee_stays=True).effective_rate == pytest.approx(expected, abs=1e-9)


def test_a_fee_that_does_not_stay_ends_with_the_loan() -> None:
    assert after(2, CARD)[1:4] == (294.0, 0.0, 0.0)
    assert after(2, CARD, drawdown_fee=50)[1:4] == (344.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("months", "interest", "asked"),
    [(1, 31 * 4, 100), (2, 62 * 4, 100), (3, 90 * 4, 0), (5, 151 * 4, 0), (6, 182 * 4, 0)],
)
def test_a_fee_for_settling_ends(months: int, interest: float, asked: float) -> None:
    """10,000 at 0.04 % are 4 a day; 1 % of it is 100, until three months have passed."""
    found = after(months, SHOP, 10_000, prepay_fee_months=3)
    assert (found.cost, found.stays, found.asked) == (interest + asked, 0.0, asked)


def test_a_fee_for_settling_without_an_end_lasts_to_the_last_instalment() -> None:
    assert [after(each, SHOP, 10_000).asked for each in (3, 5, 6)] == [100.0, 100.0, 0.0]


def test_the_last_day_of_a_shorter_month_stands_for_the_31st() -> None:
    [shop] = read_offers([SHOP])
    need = read_need({"2027-01-31": 10_000.0}, 6, "interest_only")
    assert str(settled(shop, need, 1).date) == "2027-02-28"


@pytest.mark.parametrize(
    ("offer", "said"),
    [
        (SHOP | {"fee_stays": True}, "monthly_fee"),
        (CARD | {"fee_stays": "yes"}, "fee_stays='yes'"),
        (CARD | {"prepay_fee_months": 3}, "prepay_fee_rate"),
        (SHOP | {"prepay_fee_months": 0}, "prepay_fee_months=0"),
        (SHOP | {"prepay_fee_rate": 0.2}, "prepay_fee_rate=0.2"),
    ],
)
def test_what_cannot_be_said_of_settling_is_refused(offer: dict[str, Any], said: str) -> None:
    with pytest.raises(JiebeiError, match=said):
        read_offers([offer])
