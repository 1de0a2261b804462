import pytest

from jiebei.language.errors import JiebeiError
from jiebei.life.shop.carried_loans import within


def test_more_than_the_line_is_refused(lang: str) -> None:
    within(50_000, 50_000, 365)
    name = {"en": "principal", "zh": "借款本金（principal）"}[lang]
    with pytest.raises(JiebeiError, match=rf"^{name}=50,000.*40,000.*shop_limit"):
        within(50_000, 40_000)
    with pytest.raises(JiebeiError, match=r"^customers_late=366"):
        within(50_000, 60_000, 366)
    with pytest.raises(JiebeiError, match=r"^season_months=0"):
        within(50_000, 60_000, 30, 0)
