import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jiebei as jb
from jiebei.language.errors import JiebeiError
from jiebei.life.offers.cover import best_use
from jiebei.life.offers.entered import read, read_coupons, read_need, read_offers
from jiebei.life.offers.offers import Coupon, Market, Need, Offer
from jiebei.life.rules.facts import facts
from jiebei.loan.plan import Plan
from tests.helpers.notebook_runner import parameters

CARD = {"name": "card", "monthly_fee": 0.0049}
PLATFORM = {"name": "platform", "daily_rate": 0.0005, "off": 0.1}
FAMILY = {"name": "family", "daily_rate": 0.0, "limit": 8_000}
FREE = {"days": 30, "principal": 20_000, "use_by": "2026-12-31"}
EIGHTY = {"instalments": 6, "off": 0.2, "cap": 300}


def market(**changes: Any) -> Market:
    """Return the market of the notebook, with changes."""
    given: dict[str, Any] = {
        "needs": {"2026-12-01": 30_000, "2027-01-15": 10_000},
        "needed_months": 6,
        "method": "equal_instalment",
        "daily_rate": 0.0004,
        "coupons": [FREE, EIGHTY],
        "other_offers": [CARD, PLATFORM, FAMILY],
        "savings_rate": 0.02,
        "cash_in_hand": 25_000,
        "monthly_surplus": 5_000,
    }
    return read(**given | changes)


def test_the_offers_of_the_notebook_are_those_seen_in_public() -> None:
    seen = facts("other_offers")
    given = {each["name"]: each for each in parameters("09_cheapest_money")["other_offers"]}
    card = seen[seen["offer"] == "card"].iloc[0]
    platform = seen[seen["product"] == "京东金条"].iloc[0]
    assert given["card"]["monthly_fee"] == card["monthly_fee"]
    assert given["platform"]["daily_rate"] == platform["daily_rate"]
    assert given["platform"]["off"] == platform["off"]


def test_a_flat_fee_is_charged_on_the_first_principal_as_published() -> None:
    [offer] = read_offers([CARD])
    [loan] = offer.loans(read_need({"2026-12-01": 300}, 9, "bullet"))
    paid = loan.cashflows()["payment"].tolist()[1:]
    # 300 / 9 + 300 x 0.49 %: the remainder of a few fen is in the last one here.
    assert paid == [34.80] * 8 + [34.83]
    assert offer.quoted == pytest.approx(0.0588)
    # The page says 10.95 % to 10.98 %, in equal months; days move it by some hundredths.
    assert loan.summary().effective_rate == pytest.approx(0.1096, abs=0.002)


def test_a_flat_fee_is_rounded_half_up() -> None:
    [offer] = read_offers([{"name": "x", "monthly_fee": 0.005}])
    need = read_need({"2026-12-01": 101.0}, 2, "bullet")  # 0.505 yuan
    assert offer.loans(need)[0].summary().fee == 2 * 0.51


def test_a_lender_lends_its_limit_and_no_fen_more() -> None:
    [offer] = read_offers([{"name": "x", "daily_rate": 0.0004, "limit": 10_000}])
    assert offer.lends(10_000)
    assert not offer.lends(10_000.01)


def test_a_discount_lowers_the_rate() -> None:
    """As published: 10,000 yuan for 25 days at 0.045 % a day are 112.50."""
    [offer] = read_offers([PLATFORM])
    [loan] = offer.loans(read_need({"2026-12-01": 10_000}, 6, "bullet"))
    assert loan.settle(on=25).summary().interest == 112.5
    assert offer.quoted == 0.1825


def test_all_drawdowns_of_a_lender_share_the_first_due_day() -> None:
    plan = Plan(Offer("x", 0.0004).loans(market().need))
    flows = plan.cashflows()
    assert set(flows.loc[flows["event"] == "instalment", "date"].dt.day) == {1}


@settings(max_examples=50, deadline=None)
@given(
    amounts=st.lists(st.integers(1, 10_000_00), min_size=1, max_size=5),
    limit=st.integers(1, 2_000_000),
)
def test_a_need_is_split_without_losing_a_fen(amounts: list[int], limit: int) -> None:
    days = [f"2027-01-{place:02}" for place in range(1, len(amounts) + 1)]
    need = Need({day: fen / 100 for day, fen in zip(days, amounts, strict=True)}, 6, "bullet")
    first, rest = need.split(limit / 100)
    assert round(100 * first.total) == min(limit, sum(amounts))
    for day, amount in need.amounts.items():
        parts = first.amounts.get(day, 0.0) + rest.amounts.get(day, 0.0)
        assert round(100 * parts) == round(100 * amount)


@pytest.mark.parametrize(
    ("changes"),
    [
        {"needs": {None: 1}},
        {"needs": {"2026-12-01": 0}},
        {"needed_months": 61},
        {"method": "rent"},
        {"daily_rate": 0.04},
        {"subsidised_share": 1.5},
        {"savings_rate": 2},
        {"cash_in_hand": -1},
        {"monthly_surplus": -1},
    ],
)
def test_other_mistakes_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(JiebeiError):
        market(**changes)


def test_coupons_are_named_by_what_they_do() -> None:
    given = [FREE, EIGHTY, {"expires": "2026-12-20", "off": 0.1}, {"expires": "2026-12-20"}]
    words = [str(each.words) for each in read_coupons([*given, {"days": 1, "name": "mine"}])]
    assert words == [
        "30 days free, on up to ¥20,000",
        "20% off for 6 instalments, at most ¥300 off",
        "10% off until 2026-12-20",
        "free until 2026-12-20",
        "mine",
    ]


def test_a_discount_in_chinese_is_what_remains() -> None:
    jb.use("zh")
    words = [str(each.words) for each in read_coupons([EIGHTY, {"days": 9, "off": 0.15}])]
    jb.use("en")
    assert words == ["6期利率8折（最多减¥300）", "9天利率8.5折"]


@settings(max_examples=15, deadline=None)
@given(
    days=st.lists(st.integers(1, 90), min_size=1, max_size=3),
    amounts=st.lists(st.integers(100, 9_000), min_size=1, max_size=3),
)
def test_coupons_go_where_together_they_save_most(days: list[int], amounts: list[int]) -> None:
    """Against all ways to hand them out."""
    coupons = [Coupon(days=each) for each in days]
    loans = [
        jb.Loan(amount, daily_rate=0.0004, months=6, start=f"2027-0{place + 1}-01")
        for place, amount in enumerate(amounts)
    ]
    used = best_use(coupons, loans)
    assert len(set(used.values())) == len(used)
    saved = [[float(c.on(x).summary().waived) for c in coupons] for x in loans]
    size = max(len(coupons), len(loans))
    best = max(
        sum(saved[at][c] for at, c in enumerate(order) if at < len(loans) and c < len(coupons))
        for order in itertools.permutations(range(size))
    )
    assert sum(saved[at][c] for at, c in used.items()) == pytest.approx(best, abs=1e-6)


def test_a_day_sooner_never_costs_more() -> None:
    found = market(coupons=[FREE])
    [loan, _] = found.line.loans(found.need)
    days = np.arange(1, 182)
    cost = found.coupons[0].on(loan).settle(on=days).summary().interest
    assert (np.diff(cost) >= -0.01).all()
