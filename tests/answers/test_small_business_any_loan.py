"""The shop for loans of every kind: nothing untrue is said, no picture of nothing is drawn."""

import pytest

from jiebei.answers import small_business
from jiebei.language.errors import JiebeiError
from jiebei.language.words import Words
from tests.answers.test_small_business import LOSING, USUAL, Case, all_said
from tests.helpers.said import says

HALF_DASHED = Case(principal=13_200)


pytestmark = pytest.mark.usefixtures("lang")


def test_a_shop_that_just_gets_by_leaves_nothing() -> None:
    """To the fen: a sum of floats may lie a hair below."""
    even = Case(goods_share=1.0, fixed_costs=0, customer_days=0, supplier_days=90, stock_days=20)
    found = small_business.season.season(even.shop, even.own, even.until)
    assert not says("answer.small_business.loses", found.headline)


def test_where_no_season_pays_none_is_waited_for() -> None:
    nothing = Case(sales=[0] * 12, fixed_costs=2_000, start="2027-01-15", own=5_000)
    found = small_business.season.season(nothing.shop, nothing.own, nothing.until)
    assert not says("answer.small_business.bridge", found.headline)


def test_not_borrowing_is_named_where_it_is_cheaper() -> None:
    """No sales, 12 x 9,500 of rent and 1,000 in hand: 113,000 are missing without the loan."""
    closed = Case(sales=[0] * 12, own=1_000)
    all_said(closed.answer(), "out_cheaper")
    assert says("answer.small_business.out_cheaper", closed.answer())
    assert any(sum in closed.answer() for sum in ("¥113,000", "11.3万元"))


def test_where_there_is_nothing_to_draw_a_sentence_stands() -> None:
    delays = small_business.delays
    told = delays.frontier(LOSING.equal, LOSING.shop, LOSING.own, LOSING.until, 30, 10_000)
    assert isinstance(told, Words)
    all_said(str(told), "frontier_none")
    one = Case(months=1, season_months=1)
    told = small_business.season.cover_chart("x", one.equal, one.shop, one.own)
    assert isinstance(told, Words)


def test_what_the_till_cannot_carry_is_hollow_and_named_in_the_title() -> None:
    ways = HALF_DASHED.borrow()
    table = small_business.figures(ways, HALF_DASHED.shop, HALF_DASHED.own)
    broken = table.index[table["lowest_cash"] < 0]
    assert 0 < len(broken) < len(ways)
    args = (HALF_DASHED.shop, HALF_DASHED.own, HALF_DASHED.until)
    ax = small_business.season.cash_chart(ways, *args, 0)
    all_said(ax.get_title(), "cash_breaks_but")
    assert all(str(name).lower() in ax.get_title().lower() for name in broken)
    dashed = [line for line in ax.lines if line.get_linestyle() == "--"]
    assert len(dashed) == len(broken)


def test_the_limit_is_fitted_or_refused(lang: str) -> None:
    cell = dict(small_business.EXAMPLE)
    assert small_business.fitted(cell | {"principal": 785_443}).shop_limit == 950_000
    assert small_business.fitted(cell).said is None
    mine = small_business.fitted(cell | {"principal": 785_443, "shop_limit": 300_000})
    name = {"en": "principal", "zh": "借款本金（principal）"}[lang]
    with pytest.raises(JiebeiError, match=f"^{name}=785,443"):
        small_business.within(mine.principal, mine.shop_limit)
    assert USUAL.limit == cell["shop_limit"]
