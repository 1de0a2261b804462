"""Where is money cheapest: figures against sums done by hand, and every sentence reached."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from matplotlib.text import Text

import jiebei as jb
from jiebei.answers import cheapest_money
from jiebei.answers.cheapest_money.verdict import _best
from jiebei.answers.shared.frontier import Along, Frontier
from jiebei.language.errors import JiebeiError
from jiebei.language.words import Words, say
from jiebei.life.offers.entered import read, read_need
from jiebei.life.offers.offers import Coupon, Market, Need, Offer
from jiebei.loan.plan import Plan
from jiebei.units.term import ForDays
from tests.helpers.said import says
from tests.helpers.texts import assert_texts_apart
from tests.truth import told

A = "answer.cheapest_money."
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


def once(days: int = 60, **changes: Any) -> Market:
    """Return a need of 10,000 yuan, repaid once after two months, without other lenders."""
    given = {"needs": {"2026-12-01": 10_000}, "needed_months": 2, "method": "bullet"}
    return market(**{**given, "other_offers": [], "coupons": [{"days": days}], **changes})


# Reading -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"needs": {}}, "need"),
        ({"needs": [30_000]}, "need"),
        ({"needs": {"2026-12-01": 1, date(2026, 12, 1): 2}}, "day_twice"),
        ({"needs": {"2026-12-01": 9_000_000}}, "most"),
        ({"coupons": [FREE] * 6}, "rows"),
        ({"coupons": "30 days"}, "rows"),
        ({"coupons": [30]}, "row"),
        ({"coupons": [{"day": 30}]}, "key"),
        ({"coupons": [{"days": 0}]}, "coupon"),
        ({"coupons": [{}]}, "coupon"),
        ({"coupons": [{"days": 3, "use_by": 5}]}, "coupon"),
        ({"other_offers": [{"daily_rate": 0.0}]}, "name"),
        ({"other_offers": [FAMILY, FAMILY]}, "twice"),
        ({"other_offers": [{"name": "x"}]}, "price"),
        ({"other_offers": [{**CARD, "daily_rate": 0.0}]}, "price"),
        ({"other_offers": [{"name": "x", "daily_rate": 0.04}]}, "offer"),
        ({"other_offers": [{"name": "x", "daily_rate": 0.0, "limit": 0}]}, "offer"),
    ],
)
def test_mistakes_are_said_in_words(lang: str, changes: dict[str, Any], key: str) -> None:
    with pytest.raises(JiebeiError) as mistake:
        market(**changes)
    assert says(f"error.cheapest_{key}", str(mistake.value))


def test_an_offer_may_not_be_called_like_this_line(lang: str) -> None:
    with pytest.raises(JiebeiError) as mistake:
        market(other_offers=[{"name": say("offers.this_line"), "daily_rate": 0.0}])
    assert says("error.cheapest_twice", str(mistake.value))


# The ways ----------------------------------------------------------------------------------


def test_every_way_covers_the_same_need_on_the_same_days() -> None:
    for name, plan in cheapest_money.ways(market(subsidised_share=0.5)).items():
        drawn = plan.cashflows().query("drawn > 0").groupby("date")["drawn"].sum()
        assert drawn.to_list() == [30_000, 10_000], name
        assert [str(each.date()) for each in drawn.index] == ["2026-12-01", "2027-01-15"], name


def test_the_ways_of_the_notebook() -> None:
    plans = {str(name): plan for name, plan in cheapest_money.ways(market()).items()}
    assert list(plans) == [
        "this line",
        "this line, 30 days free, on up to ¥20,000",
        "this line, 20% off for 6 instalments, at most ¥300 off",
        "this line, 2 coupons",
        "card",
        "another platform",
        "family plus card",
    ]
    card = plans["card"].summary()
    assert card.fee == 40_000 * 0.0049 * 6
    assert plans["family plus card"].summary().fee == round(32_000 * 0.0049 * 6, 2)
    line = plans["this line"].summary().interest
    # 30 days free on 20,000 at 0.04 % a day.
    assert line - plans["this line, 30 days free, on up to ¥20,000"].summary().interest == 240


def test_the_cap_of_the_subsidy_is_shared_by_the_drawdowns() -> None:
    needs = {"2026-01-01": 2_000_000, "2026-02-01": 2_000_000}
    found = market(needs=needs, subsidised_share=1.0, coupons=[], needed_months=12)
    assert cheapest_money.ways(found)[Words("offers.with_subsidy")].summary().waived == 3_000


def test_no_way_beats_money_for_nothing_and_cost_is_never_negative() -> None:
    table = cheapest_money.answer(
        market(other_offers=[{"name": "family", "daily_rate": 0.0}])
    ).table
    assert (table["cost"] >= 0).all()
    assert table["net_benefit"].idxmax() == "family"


def test_more_than_free_is_not_had() -> None:
    """Coupons never bring the cost below zero, whatever they are."""
    found = market(coupons=[{"days": 1827}, {"instalments": 60, "cap": 1e9}], other_offers=[])
    assert cheapest_money.answer(found).table["cost"].min() == 0


@pytest.mark.parametrize(
    ("changes", "keys"),
    [
        ({}, ["best_rate", "ahead"]),
        ({"other_offers": [], "coupons": []}, ["best_rate"]),
        ({"daily_rate": 0.0, "other_offers": [], "savings_rate": 0.0}, ["best_rate", "same"]),
        ({"cash_in_hand": 0, "monthly_surplus": 100}, ["none_holds"]),
        ({"cash_in_hand": 0, "monthly_surplus": 0}, ["none_holds_less"]),
    ],
)
def test_the_headline(lang: str, changes: dict[str, Any], keys: list[str]) -> None:
    headline = cheapest_money.answer(market(**changes)).headline
    said = [
        each.key.removeprefix(A) for each in told(cheapest_money.answer(market(**changes)).said)
    ]
    assert said == keys
    assert all(says(A + key, headline) for key in keys)


def test_a_way_that_cash_cannot_pay_is_not_recommended(lang: str) -> None:
    """The family is cheaper, but wants all of it back after a month."""
    soon = {"name": "family", "daily_rate": 0.0, "months": 1, "method": "bullet"}
    found = cheapest_money.answer(
        market(other_offers=[soon], coupons=[], cash_in_hand=5_000, monthly_surplus=7_500)
    )
    assert says(A + "but_short", found.headline)
    assert found.headline.startswith(say(A + "best_rate", name="@", cost="", rate="").split("@")[0])


def test_without_an_effective_rate_yuan_are_said(lang: str) -> None:
    dear = {"name": "x", "daily_rate": 0.0, "drawdown_fee": 9_999, "months": 1}
    table = jb.compare(
        {"x": Plan(Offer(**dear).loans(read_need({"2026-12-01": 10_000}, 1, "bullet")))},
        cash=jb.Cash(0, 0, "2026-12-01"),
    ).assign(cost=9_999.0, effective_rate=np.nan)
    [text] = _best(table)
    assert says(A + "best", text)


# Coupons -----------------------------------------------------------------------------------


def test_the_worth_of_free_days_by_hand() -> None:
    table = cheapest_money.coupons.worth(once(days=7)).table
    assert table["coupon_worth"].to_list() == [28.0]  # 10,000 x 0.04 % x 7


def test_a_coupon_is_worth_more_on_a_larger_and_on_a_longer_loan() -> None:
    small, large = (
        cheapest_money.coupons.worth(once(needs={"2026-12-01": amount}))
        .table["coupon_worth"]
        .iloc[0]
        for amount in (5_000, 10_000)
    )
    assert large == 2 * small
    discount = [{"instalments": 60, "off": 0.2}]
    short, long = (
        cheapest_money.coupons.worth(market(coupons=discount, needed_months=each))
        .table["coupon_worth"]
        .iloc[0]
        for each in (3, 12)
    )
    assert long > 2 * short


@pytest.mark.parametrize(
    ("changes", "keys"),
    [
        ({}, {"use", "use_too", "together"}),
        ({"coupons": []}, {"no_coupon"}),
        ({"needs": {"2027-02-01": 1_000}, "coupons": [FREE]}, {"all_expired"}),
        ({"needs": {"2027-02-01": 1_000}}, {"use", "expired"}),
        ({"daily_rate": 0.0}, {"worth_nothing"}),
        ({"needs": {"2026-12-01": 1_000}}, {"use", "left_over"}),
    ],
)
def test_which_coupon_to_use(lang: str, changes: dict[str, Any], keys: set[str]) -> None:
    headline = cheapest_money.coupons.worth(market(**changes)).headline
    known = {"no_coupon", "all_expired", "worth_nothing", "use", "use_too", "together"}
    for key in known | {"left_over", "expired"}:
        if key == "use_too" and lang == "zh":
            continue  # in Chinese it is a part of the first sentence
        assert says(A + key, headline) == (key in keys), (key, headline)


@pytest.mark.parametrize("key", ["use", "use_too"])
def test_without_a_rate_a_coupon_is_worth_yuan(lang: str, key: str) -> None:
    row = {"coupon": "c", "date": "2026-12-01", "drawn": 1.0, "coupon_worth": 0.5, "lower": None}
    assert says(f"{A}{key}_yuan", cheapest_money.coupons._used(row, key))


def test_what_a_drawdown_costs_by_the_day_it_is_repaid() -> None:
    table = cheapest_money.coupons.when_to_repay(once(days=30)).table
    rows = table[["without_coupon", "with_coupon"]]
    assert [int(each.split()[0]) for each in rows.index] == [1, 7, 30, 31, 60, 62]
    assert rows.loc["30 days"].to_list() == [120.0, 0.0]
    assert rows.loc["31 days"].to_list() == [124.0, 4.0]
    assert rows.loc["62 days"].to_list() == [248.0, 128.0]


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"coupons": [{"days": 30}]}, "repay_free"),
        ({"coupons": [{"days": 30, "principal": 4_000}]}, "repay_until"),
        ({"coupons": [{"days": 90, "off": 0.5}]}, "repay_any"),
        ({"coupons": []}, "no_coupon"),
        ({"daily_rate": 0.0}, "repay_none"),
    ],
)
def test_when_to_repay(lang: str, changes: dict[str, Any], key: str) -> None:
    assert says(A + key, cheapest_money.coupons.when_to_repay(once(**changes)).headline)


def test_a_coupon_of_less_than_a_fen_is_worth_nothing(lang: str) -> None:
    tiny = jb.Loan(1, daily_rate=0.0001, days=1, method="bullet", start="2026-12-01")
    assert cheapest_money.coupons._repay(Coupon(days=1), tiny) == Words(A + "worth_nothing")


def test_borrowing_for_the_coupon_by_hand() -> None:
    table = cheapest_money.needless.answer(once(days=30)).table
    row = table.loc[say(A + "rate_yours", rate=0.02)]
    assert row["best_days"] == "30 days"
    assert row["earned"] == pytest.approx(10_000 * (1.02 ** (30 / 365) - 1), abs=0.005)
    # 16.29 earned in 30 days; 4.00 a day against 0.54 afterwards: gone after 5 more days.
    assert row["loss_from"] == "35 days"


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({}, "needless"),
        ({"savings_rate": 1.0}, "needless_always"),
        ({"savings_rate": 0.0}, "needless_never"),
        ({"coupons": []}, "no_coupon"),
    ],
)
def test_borrowing_for_the_coupon(lang: str, changes: dict[str, Any], key: str) -> None:
    assert says(A + key, cheapest_money.needless.answer(once(**{"days": 30, **changes})).headline)


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({}, "title_turns"),
        ({"coupons": [FREE]}, "title_one"),
        ({"coupons": [{"days": 30}, {"days": 60}]}, "title_always"),
        ({"coupons": [{"days": 1827}], "needed_months": 1, "method": "bullet"}, "title_one"),
    ],
)
def test_the_chart_over_days(lang: str, changes: dict[str, Any], key: str) -> None:
    ax: Any = cheapest_money.coupons.over_days(market(**changes))
    assert says(A + key, ax.get_title())
    assert_texts_apart(ax.figure)


def test_free_days_win_first_and_the_discount_later() -> None:
    """20 % off of 12 yuan a day takes 100 days to be worth 20,000 x 0.04 % x 30 = 240."""
    found = market(method="interest_only", other_offers=[])
    ax: Any = cheapest_money.coupons.over_days(found)
    assert ax.get_title().startswith("Repaid within 99 days: 30 days free")


def test_without_a_coupon_there_is_no_chart(lang: str) -> None:
    none = Words(A + "no_coupon")
    assert cheapest_money.coupons.over_days(market(coupons=[])) == none
    title = cheapest_money.coupons._title(np.array([1]), ["x"], np.zeros((1, 1)))
    assert title == Words(A + "worth_nothing")


# The subsidy -------------------------------------------------------------------------------


def test_what_the_subsidy_pays(lang: str) -> None:
    found = cheapest_money.subsidy.answer(once(subsidised_share=0.3))
    assert says(A + "subsidy", found.headline)
    # Four of five of a point a year on 10,000 for 31 days are 8.49.
    assert found.table["subsidy_paid"].to_list() == [0.0, 2.55, 4.25, 8.49]
    assert says(A + "subsidy_none", cheapest_money.subsidy.answer(once(daily_rate=0.0)).headline)
    assert says(A + "subsidy_note_part", found.note)
    late = once(needs={"2027-01-01": 10_000})
    assert says(A + "subsidy_none", cheapest_money.subsidy.answer(late).headline)


# What it depends on ------------------------------------------------------------------------


def test_what_it_depends_on(lang: str) -> None:
    found = cheapest_money.flips.depends(market())
    assert says(A + "turns", found.headline)
    case = say("answer.methods.case_yours")
    mine = cheapest_money.answer(market()).table
    assert found.table.loc[case, "cheapest"] == mine["net_benefit"].idxmax()
    assert found.table.loc[case, "cost"] == mine.loc[found.table.loc[case, "cheapest"], "cost"]
    alone = cheapest_money.flips.depends(
        market(coupons=[], other_offers=[], needs={"2027-02-01": 900})
    )
    assert says(A + "stays", alone.headline)


def test_the_only_case_that_turns_is_no_example(lang: str) -> None:
    """A family at 0.01 % a day is the cheapest until there is no other lender."""
    family = {"name": "family", "daily_rate": 0.0001}
    found = cheapest_money.flips.depends(market(other_offers=[family], coupons=[]))
    assert (found.figures["cheapest"] != found.figures["cheapest"].iloc[0]).sum() == 1
    assert says(A + "turns_one", found.headline)


def test_the_frontier_says_whom_it_does_not_compare(lang: str) -> None:
    """A lender with a limit is not drawn: neither title nor region speaks for all lenders."""
    both: Any = cheapest_money.flips.frontier(market(other_offers=[CARD, PLATFORM, FAMILY]))
    title = both.get_title().replace("\n", " " if lang == "en" else "")
    assert str(say(A + "theirs_open")) in title
    family = str(market().offers[-1].name)
    assert any(family in each.get_text() for each in both.figure.findobj(Text))
    assert_texts_apart(both.figure)
    every: Any = cheapest_money.flips.frontier(market(other_offers=[CARD, PLATFORM]))
    assert str(say(A + "theirs_open")) not in every.get_title()


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({}, "small"),
        ({"needs": {"2026-12-01": 10_000}}, "short"),
        ({"other_offers": [PLATFORM]}, "ours"),
        ({"other_offers": [{"name": "card", "monthly_fee": 0.001}]}, "theirs"),
        ({"other_offers": [{"name": "x", "daily_rate": 0.0004}], "coupons": []}, "same"),
        ({"other_offers": [{"name": "x", "daily_rate": 0.0003, "drawdown_fee": 300}]}, "short"),
        ({"other_offers": [{"name": "card", "monthly_fee": 0.0075}], "coupons": []}, "long"),
        ({"coupons": [{"instalments": 3, "off": 0.5}]}, "between"),
    ],
)
def test_the_frontier(lang: str, changes: dict[str, Any], key: str) -> None:
    ax: Any = cheapest_money.flips.frontier(market(**changes))
    if key == "same":  # no difference: a sentence
        assert says(f"{A}frontier_{key}", ax)
        return
    assert says(f"{A}frontier_{key}", ax.get_title())
    assert_texts_apart(ax.figure)


def test_a_line_that_wins_in_one_place_only(lang: str) -> None:
    need, gain = Need({"2026-12-01": 2_000.0}, 6, "bullet"), np.array([[6.0, -2.0], [-6.0, -2.0]])
    places = np.array([1, 2]), np.array([1_000.0, 2_000.0])
    title = cheapest_money.flips._title(field(need, *places, gain), ("x", "y"), need)
    assert says(A + "frontier_small_one", title)
    assert "¥1,500" in str(title)  # half way between what it gains and what it loses


def test_the_ends_of_the_corner_are_those_of_the_first_and_the_last_term() -> None:
    need, gain = Need({"2026-12-01": 3_000.0}, 6, "bullet"), np.full((3, 3), -6.0)
    gain[0, :2] = gain[1, 0] = 6.0
    places = np.array([1, 4, 9]), np.array([1_000.0, 2_000.0, 3_000.0])
    title = cheapest_money.flips._title(field(need, *places, gain), ("x", "y"), need)
    assert str(title).endswith("up to about ¥2,500 over 1 month")


def field(need: Need, months: Any, amounts: Any, gain: Any) -> Frontier:
    return Frontier(Along(months, months[0], ""), Along(amounts, need.total, ""), gain)


def test_without_a_lender_of_all_there_is_no_frontier() -> None:
    found = cheapest_money.flips.frontier(market(other_offers=[FAMILY, {**CARD, "months": 12}]))
    assert found == Words(A + "frontier_alone")


def test_the_frontier_stands_where_the_answer_stands() -> None:
    """At the reader's place the gain is the one of two loans taken by themselves."""
    found = market(needs={"2026-12-01": 10_000}, coupons=[], other_offers=[CARD])
    months, amount = np.array([6]), np.array([[10_000.0]])
    swept = Need({"2026-12-01": amount}, months, found.need.method)
    gain = cheapest_money.flips._worth({"card": found.offers[0].loans}, swept, found)
    table = cheapest_money.answer(found).table
    assert gain[0, 0] == pytest.approx(table.loc["card", "net_benefit"], abs=0.005)


def test_the_amount_at_which_another_lender_wins() -> None:
    amounts = np.array([1_000.0, 2_000.0, 3_000.0])
    assert (
        cheapest_money.flips._turns_at(amounts, np.array([3.0, 1.0, -3.0])) == 2_200
    )  # by hand: 2,250
    assert cheapest_money.flips._turns_at(amounts, np.array([3.0, 1.0, 1.0])) == 3_000


def test_every_turn_of_the_frontier_is_in_its_title(lang: str) -> None:
    """A coupon for three instalments wins for 2 to 7 months: not for one, and not for longer."""
    ax: Any = cheapest_money.flips.frontier(market(coupons=[{"instalments": 3, "off": 0.5}]))
    words = ax.get_title().replace("\n", " " if lang == "en" else "")
    assert ("from 2 to 7 months only" if lang == "en" else "只有借2到7个月时") in words
    need = Need({"2026-12-01": 2_000.0}, 6, "bullet")
    places = np.array([1, 2, 3, 4]), np.array([2_000.0])
    for gain, key in (([9.0, -9, -9, 9], "outside"), ([9.0, -9, 9, -9], "mixed")):
        title = cheapest_money.flips._title(
            field(need, *places, np.array([gain])), ("x", "y"), need
        )
        assert says(f"{A}frontier_{key}", title)


# What people met ---------------------------------------------------------------------------


def test_one_coupon_more_never_makes_the_answer_dearer(lang: str) -> None:
    """Two coupons that read alike are two ways: 927 with the one that lasts, not 1,227."""
    alike = [{"days": 30}, {"days": 30, "expires": "2026-12-05"}]
    for coupons in (alike, alike[::-1]):
        found = cheapest_money.answer(
            market(needs={"2026-12-01": 30_000}, coupons=coupons, other_offers=[])
        )
        assert "¥927" in found.headline
        assert len(found.table) == 3


@pytest.mark.parametrize(("limit", "cost"), [(20_000, 352.80), (32_000, 0.0)])
def test_lenders_with_a_limit_are_combined(limit: int, cost: float) -> None:
    """8,000 and 20,000 for nothing, 12,000 by card: 12,000 x 0.49 % x 6."""
    aunt = {"name": "aunt", "daily_rate": 0, "limit": limit}
    found = cheapest_money.answer(market(other_offers=[CARD, PLATFORM, aunt, FAMILY]))
    assert told(found.said)[0].fields["cost"] == pytest.approx(cost, abs=0.005)
    assert found.headline.startswith("Aunt plus family")


def test_all_that_are_as_good_are_named() -> None:
    free = [{"name": each, "daily_rate": 0.0} for each in ("P", "Q", "R")]
    found = cheapest_money.answer(market(other_offers=free, coupons=[]))
    assert [each.key.removeprefix(A) for each in told(found.said)] == ["best_rate", "ahead", "same"]
    assert "Just as good for you: Q; R." in found.headline


def test_what_costs_less_in_yuan_and_is_not_the_cheapest_is_told() -> None:
    """At 5 % of savings it is better to owe longer at less a year, though it costs more yuan."""
    long = [{"name": "Y", "daily_rate": 0.0001, "months": 24}]
    found = cheapest_money.answer(market(other_offers=long, savings_rate=0.05))
    said = told(found.said)[-1]
    assert said.key == A + "less_yuan"
    assert said.fields["cost"] == found.figures["cost"].min() < told(found.said)[0].fields["cost"]


def test_three_coupons_that_take_turns(lang: str) -> None:
    """Free days win first, a discount for longer next, one for good at last."""
    several = [{"days": 7}, {"days": 60, "off": 0.3}, {"instalments": 12, "off": 0.2}]
    changes = {"needs": {"2026-12-01": 10_000}, "needed_months": 12, "method": "interest_only"}
    ax: Any = cheapest_money.coupons.over_days(market(**changes, coupons=several))
    assert says(A + "title_several", ax.get_title().replace("\n", " " if lang == "en" else ""))


def test_a_fee_of_the_first_drawdown_leaves_the_cash() -> None:
    lender = {"name": "X", "daily_rate": 0.0001, "drawdown_fee": 500}
    poor = {"cash_in_hand": 100, "monthly_surplus": 5_300, "coupons": []}
    found = cheapest_money.answer(
        market(needs={"2026-12-01": 30_000}, other_offers=[lender], **poor)
    )
    assert found.table.loc["X", "lowest_cash"] == -400
    assert found.headline.startswith("This line leaves you with most")


def test_a_fen_of_rounding_moves_no_day(lang: str) -> None:
    """Seven days free: nothing until 2026-12-09, whatever the fen of the days after."""
    seven = market(
        needs={"2026-12-02": 36_338},
        coupons=[{"days": 7}],
        daily_rate=0.0005,
        method="interest_only",
    )
    text = cheapest_money.coupons.when_to_repay(seven).headline
    assert says(A + "repay_free", text)
    assert ("2026-12-09" if lang == "en" else "2026年12月9日") in text


def test_what_cash_does_not_carry_is_no_finding(lang: str) -> None:
    """The card is dearer than the family's money, but nothing at all is carried."""
    found = cheapest_money.answer(market(cash_in_hand=0, monthly_surplus=0))
    ax: Any = cheapest_money.chart(found)
    assert says("chart.short.none", ax.get_title().replace("\n", " "))
    assert_texts_apart(ax.figure)
    free = [{"name": "aunt", "daily_rate": 0.0}]
    nothing = cheapest_money.answer(market(daily_rate=0.0, coupons=[], other_offers=free))
    assert cheapest_money.chart(nothing) == Words(A + "chart_free")


# Any need ----------------------------------------------------------------------------------


def test_the_example_is_fitted_to_the_need() -> None:
    cell = dict(cheapest_money.EXAMPLE)
    later = cheapest_money.fitted(cell | {"needs": {"2028-02-29": 1_000}})
    assert later.coupons[0] == {"days": 30, "principal": 20_000, "use_by": "2028-03-30"}
    assert cheapest_money.fitted(cell).said is None
    assert cheapest_money.fitted(cell | {"method": "interest_then_equal"}).needed_months == 12
    typed = cell | {"needs": {"2028-02-29": 1_000}, "coupons": [{"days": 7}]}
    assert cheapest_money.fitted(typed).said is None
    with pytest.raises(JiebeiError):
        cheapest_money.fitted(cell | {"method": "interest_then_equal", "needed_months": 5})


# The charts --------------------------------------------------------------------------------


def test_the_charts(lang: str) -> None:
    drawn: Any = cheapest_money.chart(cheapest_money.answer(market()))
    for ax in (drawn, cheapest_money.slope(market(), cheapest_money.answer(market()))):
        assert_texts_apart(ax.figure)
        assert ax.get_title()


def test_the_best_coupon_to_borrow_for_is_not_the_one_to_use() -> None:
    """30 days free on 20,000 earn 20,000 x (1.02 ^ (30/365) - 1); 20 % off earns nothing."""
    changes = {"needs": {"2026-12-01": 30_000}, "needed_months": 12, "daily_rate": 0.00045}
    found = cheapest_money.needless.answer(market(**changes))
    row = found.table.loc[say("answer.cheapest_money.rate_yours", rate=0.02)]
    assert row["earned"] == pytest.approx(20_000 * (1.02 ** (30 / 365) - 1), abs=0.005)
    assert row["coupon"].startswith("30 days free")
    assert "¥20,000" in found.headline
    found = cheapest_money.needless.answer(market(**changes, coupons=[EIGHTY]))
    assert set(found.table["loss_from"]) == {"1 day"}  # at a rate above all savings
    assert "20% off" in found.headline


def test_a_coupon_lowers_the_rate() -> None:
    table = cheapest_money.coupons.worth(market()).table
    assert all(each.startswith("−") for each in table["points"])


@pytest.mark.parametrize("needs", [{"2026-07-10": 30_000}, {"2026-07-10": 333.33}])
def test_the_ring_of_the_frontier_shows_what_the_table_does(needs: dict[str, float]) -> None:
    found = market(needs=needs, needed_months=7, daily_rate=0.00045)
    gains = cheapest_money.answer(found).table["net_benefit"]
    ours = max(gain for name, gain in gains.items() if str(name).startswith("this line"))
    gap = ours - max(gains["card"], gains["another platform"])
    ax: Any = cheapest_money.flips.frontier(found)
    [label] = [each.get_text() for each in ax.texts if each.get_text().startswith("you")]
    shown = float(label.split(": ")[1].replace("−\u200a", "-").replace("¥", "").replace(",", ""))
    assert shown == pytest.approx(gap, abs=0.5)


# ---- settled early -------------------------------------------------------------------------------

KEEPS = {"name": "card", "monthly_fee": 0.0049, "fee_stays": True}
ASKS = {**PLATFORM, "prepay_fee_rate": 0.01, "prepay_fee_months": 3}
SETTLE: list[tuple[dict[str, Any], list[str]]] = [
    ({"other_offers": [KEEPS, ASKS]}, ["settle_turns", "settle_stays", "settle_asks_until"]),
    ({"other_offers": [{**PLATFORM, "prepay_fee_rate": 0.01}]}, ["settle_same", "settle_asks"]),
    ({"other_offers": [CARD]}, ["settle_same"]),
    ({"other_offers": [], "daily_rate": 0.0}, ["settle_free"]),
    ({"needed_months": 1}, ["settle_none"]),
    ({"needed_months": ForDays(7)}, ["settle_none"]),
]


def test_where_no_coupon_saves_none_is_a_reason_to_borrow() -> None:
    found = cheapest_money.needless.answer(market(daily_rate=0.0, other_offers=[]))
    assert told(found.said)[0].key == A + "repay_none"
    assert found.figures.empty


@pytest.mark.parametrize(("changes", "keys"), SETTLE)
def test_who_is_cheapest_if_settled_early(changes: dict[str, Any], keys: list[str]) -> None:
    said = told(cheapest_money.settle.answer(market(**changes)).said)
    assert [each.key.removeprefix("answer.cheapest_money.") for each in said] == keys


@pytest.mark.parametrize(
    ("needs", "left_out", "keys"),
    [
        ({"2026-12-01": 9_000}, [], ["note_line", "note_here"]),
        ({"2026-12-01": 9_000, "2027-01-01": 9_000}, [], ["note_line", "frontier_once"]),
        ({"2026-12-01": 9_000}, ["family"], ["note_line", "note_here", "frontier_note"]),
    ],
)
def test_what_the_note_of_the_frontier_says(
    needs: dict[str, float], left_out: list[Any], keys: list[str]
) -> None:
    found: Any = SimpleNamespace(gain=np.array([-1.0, 1.0]))
    said = told(cheapest_money.flips._note(found, left_out, market(needs=needs).need))
    assert [each.key.rpartition(".")[2] for each in said] == keys


def test_who_does_not_lend_so_much_is_named() -> None:
    for offers, keys in (([CARD], []), ([CARD, FAMILY], ["settle_left_out"])):
        notes = told(cheapest_money.settle.answer(market(other_offers=offers)).remark)
        assert [each.key for each in notes] == [A + each for each in ("settle_note", *keys)]


def test_settled_early_each_lender_alone() -> None:
    """The family lends 8,000 only; a card over 12 months goes on while the others are over."""
    longer = {**KEEPS, "months": 12}
    found = cheapest_money.settle.answer(market(other_offers=[longer, FAMILY]))
    table = found.table
    shown = table.loc[["card"], "repaid_after"].tolist()
    assert shown == ["1 month", "3 months", "6 months", "12 months"]
    assert table.loc[["card"], "cost"].tolist() == [12 * 147.0] * 4
    assert table.loc[["card"], "fee_stays"].tolist() == [11 * 147.0, 9 * 147.0, 6 * 147.0, 0.0]
    assert "family" not in table.index
    assert "family" in str(found.note)


def test_a_coupon_on_a_small_sum_saves_to_its_last_day() -> None:
    """A fen a day: 500 x 0.002 % are 0.01, so that 7 days free save 0.07, and 6 days 0.06."""
    small = np.array([0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.07, 0.07])
    assert cheapest_money.coupons._full(np.arange(1, 10), small) == 6
    large = np.array([90.0, 180.0, 270.0, 270.01, 270.0])  # a fen more is rounding alone
    assert cheapest_money.coupons._full(np.arange(1, 6), large) == 2


def test_the_picture_says_how_a_mix_is_split() -> None:
    """40,000 in two sums: family lends 8,000 of the first, the card the other 32,000."""
    ax: Any = cheapest_money.chart(cheapest_money.answer(market()))
    written = " ".join(text.get_text() for text in ax.texts)
    assert "¥8,000 from family" in written
    assert "¥32,000 from card" in written
