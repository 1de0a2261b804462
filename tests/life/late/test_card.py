"""A card bill that is not paid, month by month, against sums done by hand."""

import pytest

from jiebei.language.errors import JiebeiError
from jiebei.life.late.card import CardBill, unpaid_card


def test_three_months_by_hand() -> None:
    """All 5,000 bear 0.05 % a day from 30 days before 1 March on.

    To 1 April 61 days: 5,000 x 0.0005 x 61 = 152.50, and 5 % of 10 % of 5,000 = 25. To 1 May 30
    days: 5,152.50 x 0.0005 x 30 = 77.2875, and 0.005 x 5,152.50 = 25.7625; fees bear nothing. To
    1 June 31 days: 5,229.79 x 0.0005 x 31 = 81.061745, and 0.005 x 5,229.79 = 26.14895.
    """
    found = unpaid_card(CardBill(5_000), "2027-03-01", 3)
    assert found["days"].tolist() == [61, 30, 31]
    assert found["interest"].tolist() == [152.50, 77.29, 81.06]
    assert found["fee"].tolist() == [25.00, 25.76, 26.15]
    assert found["extra_cost"].tolist() == [177.50, 280.55, 387.76]
    assert found["owed"].tolist() == [5_177.50, 5_280.55, 5_387.76]
    assert found["minimum"].tolist() == [515.25, 522.98, 531.09]


def test_other_terms_by_hand() -> None:
    bill = CardBill(10_000, minimum_share=0.2, late_fee_share=0, daily_rate=0.0, booked_before=0)
    assert unpaid_card(bill, "2027-01-31", 2)["owed"].tolist() == [10_000, 10_000]
    dear = CardBill(0.01, minimum_share=1, late_fee_share=1)  # of one fen, a fen
    assert unpaid_card(dear, "2027-01-31", 1)["fee"].tolist() == [0.01]
    ends = unpaid_card(bill, "2027-01-31", 2)["date"].dt.strftime("%m-%d")
    assert ends.tolist() == ["02-28", "03-31"]


@pytest.mark.parametrize(
    ("bad", "name"),
    [
        ({"balance": -1}, "card_balance"),
        ({"minimum_share": 1.1}, "card_minimum"),
        ({"late_fee_share": -0.1}, "card_late_fee"),
    ],
)
def test_bad_bills_are_refused_by_the_name_of_the_parameter(
    bad: dict[str, float], name: str
) -> None:
    with pytest.raises(JiebeiError, match=f"^{name}="):
        CardBill(**({"balance": 5_000} | bad))
