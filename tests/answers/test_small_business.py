"""The small business: figures against sums done by hand, and every sentence reached."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt

import jiebei as jb
from jiebei.answers import small_business as answers
from jiebei.answers.small_business import delays, season, way_out
from jiebei.language.words import Words, say
from jiebei.life.shop.carried_loans import carried_loans
from jiebei.life.shop.delays import beyond, window
from jiebei.life.shop.shop import Shop
from jiebei.life.shop.till import Lowest, Strategy, cash_by_day, lowest, sweep
from tests.helpers.said import says
from tests.helpers.texts import assert_texts_apart, seen

SEASON = [40_000, 110_000, 50_000, 25_000, 28_000, 32_000, 28_000, 22_000, 25_000, 30_000, 35_000]
SEASON.append(40_000)
UNTIL = "2027-12-01"


class Case:
    """A shop, its loan, and the ways to repay it, as the notebook hands them over."""

    def __init__(self, **change: Any) -> None:
        usual: dict[str, Any] = {"sales": SEASON, "goods_share": 0.62, "fixed_costs": 9_500}
        usual |= {"customer_days": 15, "supplier_days": 30, "stock_days": 60}
        usual |= {"start": "2026-12-01"}
        self.shop = Shop(**{name: change.get(name, value) for name, value in usual.items()})
        self.principal = change.get("principal", 50_000)
        self.rate = change.get("daily_rate", 0.0004)
        self.own, self.reserve = change.get("own", 25_000), change.get("reserve", 10_000)
        self.limit, self.months = change.get("limit", 200_000), change.get("months", 12)
        self.season_months = change.get("season_months", 4)

    def borrow(
        self, principal: Any = None, daily_rate: Any = None, **delays: Any
    ) -> Mapping[str, Strategy]:
        amount = self.principal if principal is None else principal
        rate = self.rate if daily_rate is None else daily_rate
        terms = {"daily_rate": rate, "start": self.shop.start}
        equal = jb.Loan(amount, months=self.months, **terms)
        only = jb.Loan(amount, months=self.months, method="interest_only", **terms)
        once = jb.Loan(amount, months=self.season_months, method="bullet", **terms)
        swept = sweep(only, self.shop, self.own, self.reserve, **delays)
        return dict(zip(answers.ways(), (equal, only, swept, once), strict=True))

    @property
    def until(self) -> np.datetime64:
        return jb.horizon(*self.borrow().values())

    @property
    def equal(self) -> Strategy:
        return next(iter(self.borrow().values()))

    def answer(self) -> str:
        money = (self.own, self.reserve, self.limit)
        return answers.answer(self.borrow, self.principal, self.shop, *money).headline

    def way_out(self, late: int = 0) -> Any:
        where = (self.shop, self.own, self.until, self.limit)
        return way_out.way_out(self.borrow, self.principal, *where, late=late)


USUAL = Case()
LOSING = Case(fixed_costs=17_000)
DEAR = Case(daily_rate=0.005, start="2027-01-31")


def all_said(text: str, keys: str) -> None:
    """Demand that each of the sentences is in the text."""
    for key in keys.split():
        assert says(f"answer.small_business.{key}", text), (key, text)


# ---- the answer ----------------------------------------------------------------------------------


def test_the_figures_are_those_of_the_till_and_of_the_months() -> None:
    """25,000 + 50,000 - 37,097.85 for goods and rent - 4,503.11 leave 33,399.04 on 1 January."""
    table = answers.figures(USUAL.borrow(), USUAL.shop, 25_000)
    first = table.iloc[0]
    assert (first["lowest_cash"], str(first["lowest_cash_date"].date())) == (33399.04, "2027-01-01")
    assert first["cover_least"] == pytest.approx(-37_097.85 / 4_503.11, abs=1e-6)
    assert str(first["tightest_month"].date()) == "2027-01-01"
    assert table["runs_out"].isna().all()
    assert table["cover_life"].iloc[1] == pytest.approx(table["cover_life"].iloc[2], abs=5e-3)


def test_the_headline_as_it_reads() -> None:
    assert USUAL.answer() == (
        "Equal instalments: the shop carries the loan; on its tightest day, 2027-01-01, ¥33,399 is "
        "left in the till. In the tightest month, up to 2027-01-01, you spend more than you take "
        "in even before the loan is paid (coverage −8.24). Over the whole loan, goods and fixed "
        "costs leave 1.19 yuan (in today's money) for each yuan borrowed. The shop "
        "carries these as well: interest only; repay from good months; once, after the season. "
        "The cheapest that is carried: repay from good months, ¥3,136 less "
        "interest. Equal instalments: if customers pay 21 days later than now, the cash runs out "
        "on 2027-02-01."
    )


@pytest.mark.parametrize(
    ("case", "keys"),
    [
        (USUAL, "carried tight_negative life_covered others_too cheapest late"),
        (Case(reserve=40_000), "touched"),
        (Case(daily_rate=0.0), "carried others_too late"),
        (LOSING, "broken out_own life_negative others_not"),
        (Case(principal=5_000, own=0), "broken_long out_more others_not"),
        (Case(principal=12_800), "broken out_more others_do"),
        (Case(fixed_costs=13_500, months=6), "tight_negative life_short"),
        (Case(sales=[60_000] * 12, months=3), "tight_short life_short"),
        (Case(sales=[90_000] * 12, fixed_costs=5_000), "tight_covered"),
        (Case(sales=[0] * 12, fixed_costs=0), "carried tight_short life_short late_never"),
        (DEAR, "carried others_too others_not cheapest late"),
        (Case(daily_rate=0.005, start="2027-01-31", principal=90_000), "broken_long out_less"),
        (Case(daily_rate=0.005, sales=[0] * 12, fixed_costs=0, own=0), "broken_long out_without"),
    ],
)
def test_the_verdict(lang: str, case: Case, keys: str) -> None:
    all_said(case.answer(), keys)


def test_a_shop_that_breaks_is_not_asked_about_late_customers(lang: str) -> None:
    assert not says("answer.small_business.late", LOSING.answer())
    assert not says("answer.small_business.cheapest", LOSING.answer())


def test_without_any_interest_none_is_the_cheapest(lang: str) -> None:
    assert not says("answer.small_business.cheapest", Case(daily_rate=0.0).answer())


def test_a_loan_that_is_not_needed_is_called_so(lang: str) -> None:
    """Goods and rent take 37,097.85 at most before the season pays: 200,000 of one's own do."""
    assert says("answer.small_business.not_needed", Case(own=200_000).answer())
    assert not says("answer.small_business.not_needed", USUAL.answer())
    assert not says("answer.small_business.not_needed", Case(own=200_000, daily_rate=0.0).answer())


def test_nothing_falls_due_where_the_first_way_settles_at_once(lang: str) -> None:
    def borrow(principal: Any, **_: Any) -> Mapping[str, Strategy]:
        loan = jb.Loan(principal, daily_rate=0.0004, months=3, start="2026-12-01")
        return {"now": loan.settle(on="2026-12-20"), "later": loan}

    found = answers.answer(borrow, 50_000, USUAL.shop, 90_000, 0, 100_000)
    all_said(found.headline, "tight_none")
    assert found.table["cover_least"].iloc[0] == "–"


def test_the_way_out_is_one(lang: str) -> None:
    """What the headline offers, tried out: the loan a yuan on the wrong side breaks."""
    case = Case(daily_rate=0.005, start="2027-01-31", principal=90_000)
    days = window(case.shop, case.until)
    (most,) = (int(each) for each in [case.way_out().table["carried_to"].iloc[0]])
    for principal, carried in ((most, True), (most + 1, False)):
        way = next(iter(case.borrow(principal).values()))
        assert (cash_by_day(way, case.shop, case.own, days).min() >= 0) == carried
    missing = case.way_out().table["own_missing"].iloc[0]
    way = case.equal
    assert cash_by_day(way, case.shop, round(case.own + missing, 2), days).min() == 0


# ---- the season ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "keys"),
    [
        (USUAL, "cycle need bridge leaves"),
        (Case(stock_days=15), "cycle_none leaves"),
        (Case(stock_days=0, supplier_days=90), "cycle_before need_none leaves"),
        (Case(own=200_000), "need_none"),
        (LOSING, "need loses"),
        (Case(sales=[0] * 12), "need loses"),
        (Case(months=1, season_months=1), "need takes"),
        (Case(own=36_000), "need_once bridge"),
    ],
)
def test_the_season(lang: str, case: Case, keys: str) -> None:
    found = season.season(case.shop, case.own, case.until)
    all_said(found.headline, keys)
    assert ("bridge" in keys.split()) == says("answer.small_business.bridge", found.headline)
    last = found.table["cash_without_loan"].iloc[-1]
    assert last == pytest.approx(case.own + found.table["available_for_debt"].sum())


@pytest.mark.parametrize(
    ("case", "way", "key"),
    [
        (USUAL, 0, "months_some"),
        (Case(sales=[90_000] * 12, fixed_costs=5_000), 0, "months_all"),
        (Case(sales=[0] * 12), 0, "months_none"),
        (USUAL, 3, "months_one_no"),
        (Case(sales=[300_000] * 12), 3, "months_one_yes"),
    ],
)
def test_the_months(lang: str, case: Case, way: int, key: str) -> None:
    name = answers.ways()[way]
    found = season.months(name, case.borrow()[name], case.shop, case.own)
    all_said(found.headline, key)
    assert bool(found.note) == (way == 3)
    assert ("repaid_early" in found.table) == (way == 2)
    ax = season.cover_chart(name, case.borrow()[name], case.shop, case.own)
    if isinstance(ax, Words):
        assert found.said == Words("text.sentence", text=ax)
        assert "one" in key
        return
    assert found.headline.startswith(ax.get_title())
    assert_texts_apart(ax.figure)


def test_what_is_repaid_early_has_its_column(lang: str) -> None:
    name = answers.ways()[2]
    table = season.months(name, USUAL.borrow()[name], USUAL.shop, USUAL.own).table
    assert table["repaid_early"].sum() == 50_000


@pytest.mark.parametrize(
    ("case", "key"),
    [
        (USUAL, "cash_holds_all"),
        (LOSING, "cash_breaks_all"),
        (DEAR, "cash_holds_but"),
        (Case(principal=12_400), "cash_breaks_but"),
        (Case(principal=3_000, months=3, start="2026-12-10", reserve=0), "cash_breaks_all"),
    ],
)
def test_the_cash_day_by_day(lang: str, case: Case, key: str) -> None:
    ax = season.cash_chart(case.borrow(), case.shop, case.own, case.until, case.reserve)
    kept = say("answer.small_business.cash_reserve", reserve=case.reserve)
    assert (kept in " ".join(text for text, _ in seen(ax.figure))) == (case.reserve > 0)
    all_said(ax.get_title(), key)
    assert_texts_apart(ax.figure)
    days = window(case.shop, case.until)
    (drawn, *_) = (each.get_ydata() for each in ax.lines if len(each.get_xdata()) == days.size)
    assert np.allclose(drawn, cash_by_day(case.equal, case.shop, case.own, days) / 100)


def test_the_picture_names_the_way_with_the_least_interest_and_each_interest() -> None:
    ax = season.cash_chart(USUAL.borrow(), USUAL.shop, USUAL.own, USUAL.until, USUAL.reserve)
    assert ax.get_title().endswith(
        "; cheapest: repay from good months, ¥902 interest, and ¥10,000 left at the tightest"
    )
    written = " ".join(text.replace("\n", " ") for text, _ in seen(ax.figure))
    # 50,000 at 0.04 % a day: 365 days of it, and 121 days until April.
    assert "interest ¥7,300" in written
    assert "interest ¥2,420" in written
    free = Case(daily_rate=0.0)
    ax = season.cash_chart(free.borrow(), free.shop, free.own, free.until, free.reserve)
    assert "cheapest" not in ax.get_title()


@pytest.mark.parametrize(
    ("left", "interest", "key"),
    [
        ([1, 1, 1], [900, 700, 800], "cheapest"),
        ([1, 1, 1], [600, 700, 800], "cheapest_first"),
        ([-1, 1, 1], [600, 900, 800], "cheapest_held"),
        ([-1, 1, -1], [600, 900, 800], None),  # of one there is no cheapest
        ([1, -1, 1], [800, 700, 800], None),
    ],
)
def test_the_cheapest_is_one_that_the_till_carries(
    left: list[int], interest: list[float], key: str | None
) -> None:
    day = np.datetime64("2027-01-01")
    lows = {name: Lowest(np.array(fen), day, day) for name, fen in zip("abc", left, strict=True)}
    told = season._cheapest(lows, dict(zip("abc", interest, strict=True)))
    assert (told.key.rpartition(".cash_")[2] if isinstance(told, Words) else None) == key


@pytest.mark.parametrize(("least", "hollow"), [(1, True), (0, True), (-1, False)])
def test_what_breaks_is_hollow_where_one_way_holds(
    monkeypatch: pytest.MonkeyPatch, least: int, hollow: bool
) -> None:
    """Where none holds there is nothing to tell apart; a till that is just empty holds."""
    day = np.datetime64("2027-01-01")
    lows = iter([Lowest(np.array(fen), day, day) for fen in (-900, least, -500, -700)])
    drawn: dict[str, Any] = {}
    monkeypatch.setattr(season, "lowest", lambda *_: next(lows))
    monkeypatch.setattr(season.charts, "lines", lambda *_, **given: drawn.update(given))
    season.cash_chart(USUAL.borrow(), USUAL.shop, USUAL.own, USUAL.until, 0)
    assert (drawn["short"] is not None) == hollow


@pytest.mark.parametrize(
    ("case", "keys", "cases"),
    [
        (USUAL, "depends_none depends_most", 8),
        (LOSING, "depends_all depends_most", 8),
        (Case(own=8_000), "depends_some depends_most", 8),
        (Case(goods_share=0.96, daily_rate=0.005), "depends_all depends_most", 6),
    ],
)
def test_what_it_depends_on(lang: str, case: Case, keys: str, cases: int) -> None:
    found = season.depends(case.borrow, case.principal, case.rate, case.shop, case.own, case.until)
    all_said(found.headline, keys)
    assert len(found.table) == cases
    change = found.table["lowest_cash"] - found.table["lowest_cash"].iloc[0]
    assert np.allclose(found.table["change"].iloc[1:], change.iloc[1:])


def test_what_changes_is_what_its_name_says() -> None:
    """A loan of 40,000 for 50,000, goods at 67 % for 62, 10,450 of costs for 9,500."""
    cases = {str(name): case for name, case in season._cases(50_000, 0.0004, USUAL.shop).items()}
    assert cases["a loan 20% smaller"] == ({"principal": 40_000}, USUAL.shop, {})
    assert cases["the loan at 0.050% a day"][0] == {"daily_rate": pytest.approx(0.0005)}
    assert cases["goods 5 points dearer"][1].goods_share == pytest.approx(0.67)
    assert cases["fixed costs 10% higher"][1].fixed_costs == 10_450
    assert cases["sales 10% lower"][1].sales[:2] == [36_000, 99_000]


def test_of_nothing_nothing_weighs_most(monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    alone = {"yours": ({}, USUAL.shop, {}), "same": ({}, USUAL.shop, {})}
    monkeypatch.setattr(season, "_cases", lambda *_: alone)
    found = season.depends(USUAL.borrow, 50_000, 0.0004, USUAL.shop, 25_000, UNTIL)
    assert not says("answer.small_business.depends_most", found.headline)


def test_lower_sales_hurt_in_the_end() -> None:
    table = season.depends(USUAL.borrow, 50_000, 0.0004, USUAL.shop, 25_000, UNTIL).table
    row = table.loc["sales 10% lower"]
    assert row["change"] > 0, "less is bought beforehand"
    assert row["cash_at_the_end"] - table["cash_at_the_end"].iloc[0] == pytest.approx(-17_670)


# ---- late customers, goods that lie --------------------------------------------------------------


@pytest.mark.parametrize("change", ["late", "longer"])
@pytest.mark.parametrize("case", [USUAL, Case(own=60_000), DEAR])
def test_the_longest_delay_by_trial(case: Case, change: str) -> None:
    found = beyond(case.equal, case.shop, case.own, case.until, change)
    days = window(case.shop, case.until)
    for more, carried in ((found.days, True), (found.days + 1, False)):
        cash = cash_by_day(case.equal, case.shop, case.own, days, **{change: more})
        assert (cash.min() >= 0) == carried
    assert found.runs_out == days[(cash < 0).argmax()].astype("M8[D]")


def test_a_plan_is_made_anew_for_each_delay() -> None:
    """Who sees customers pay late keeps the cash: then a sweep is as safe as interest only."""
    table = delays.limits(USUAL.borrow, USUAL.shop, 25_000, UNTIL, 30).table
    only, swept = table.iloc[1], table.iloc[2]
    assert only.equals(swept)


@pytest.mark.parametrize(
    ("case", "late", "keys"),
    [
        (USUAL, 20, "asked_holds stock"),
        (USUAL, 30, "asked_breaks stock"),
        (USUAL, 21, "asked_breaks_once stock"),
        (Case(sales=[0] * 12, fixed_costs=0), 365, "asked_holds stock_all"),
        (LOSING, 0, "stock_none"),
    ],
)
def test_the_limits(lang: str, case: Case, late: int, keys: str) -> None:
    found = delays.limits(case.borrow, case.shop, case.own, case.until, late)
    all_said(found.headline, keys)
    days = window(case.shop, case.until)
    least = lowest(cash_by_day(case.equal, case.shop, case.own, days, late), days)
    assert found.table["cash_if_late"].iloc[0] == least.fen / 100
    broken = found.table["late_days"] == say("answer.small_business.none")
    assert broken.all() == (case is LOSING)


@pytest.mark.parametrize(
    ("case", "late", "reserve", "key"),
    [
        (USUAL, 18, 10_000, "frontier_beyond"),
        (USUAL, 0, 0, "frontier_within"),
        (USUAL, 10, 40_000, "frontier_always"),
        (USUAL, 30, 10_000, "frontier_spent"),
        (USUAL, 120, 60_000, "frontier_spent_always"),
        (Case(sales=[0] * 12, fixed_costs=0), 5, 0, "frontier_never"),
    ],
)
def test_the_frontier(lang: str, case: Case, late: int, reserve: float, key: str) -> None:
    ax = delays.frontier(case.equal, case.shop, case.own, case.until, late, reserve)
    all_said(ax.get_title(), key)
    assert_texts_apart(ax.figure)


@pytest.mark.parametrize(
    ("spare", "asked", "key", "fields"),
    [
        ([9, 5, 1, 0], 1, "never", {"most": 3}),
        ([9, 5, 0, -1], 1, "within", {"asked": 1, "days": 3}),
        ([9, 5, -1, -2], 3, "beyond", {"asked": 3, "days": 1}),
        ([9, 5, -1, -30], 3, "spent", {"asked": 3, "days": 1, "amount": 10.0}),
        ([-1, -2, -3, -4], 3, "always", {}),
        ([-1, -2, -3, -30], 3, "spent_always", {"asked": 3, "amount": 10.0}),
    ],
)
def test_up_to_which_delay_the_reserve_stays_whole(
    spare: list[float], asked: int, key: str, fields: dict[str, Any]
) -> None:
    """A reserve of 20; what is spare beyond it is 9, ... after a delay of 0, 1, 2, 3 days."""
    found = delays._frontier_title(np.arange(4), np.array(spare), asked, 20.0)
    assert found.key == f"answer.small_business.frontier_{key}"
    assert fields.items() <= found.fields.items()


# ---- the loan that is carried --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "late"),
    [
        (Case(own=26, principal=60, limit=300, sales=[each / 1_000 for each in SEASON]), 0),
        (Case(own=26, principal=60, limit=300, sales=[each / 1_000 for each in SEASON]), 25),
        (Case(own=9, principal=60, limit=600, sales=[each / 1_000 for each in SEASON]), 12),
    ],
)
def test_the_loans_that_are_carried_by_trying_every_one(case: Case, late: int) -> None:
    """A tiny shop, and every loan of its line tried out."""
    small = Case(
        own=case.own,
        limit=case.limit,
        sales=[each / 1_000 for each in SEASON],
        fixed_costs=9.5,
        daily_rate=0.002,
    )
    days = window(small.shop, UNTIL)
    tried = np.arange(1, small.limit + 1)
    for name in answers.ways():
        way = small.borrow(tried, late=late)[name]
        carried = tried[cash_by_day(way, small.shop, small.own, days, late).min(axis=1) >= 0]
        found = carried_loans(
            lambda each, name=name: small.borrow(each, late=late)[name],
            small.shop,
            small.own,
            UNTIL,
            small.limit,
            late,
        )
        without = small.shop.available(days, late).min() + small.own * 100 >= 0
        if carried.size:
            assert found == (0 if without else carried[0], carried[-1])
        else:
            assert found == ((0, 0) if without else None)


@pytest.mark.parametrize(
    ("case", "late", "keys"),
    [
        (USUAL, 0, "loans_from"),
        (USUAL, 30, "loans_from name_late loans_own"),
        (Case(own=200_000), 0, "loans_any"),
        (DEAR, 0, "loans_up_to"),
        (DEAR, 30, "loans_range name_late loans_own"),
        (LOSING, 0, "loans_none loans_own"),
        (Case(daily_rate=0.005, sales=[0] * 12, fixed_costs=0, own=0), 0, "loans_only_without"),
    ],
)
def test_the_way_out(lang: str, case: Case, late: int, keys: str) -> None:
    found = case.way_out(late)
    all_said(found.headline, keys)
    assert found.table["own_missing"].ge(0).all()
    assert isinstance(found.table, pd.DataFrame)


def test_the_need_is_named_before_the_line() -> None:
    """A shop is not told to borrow the whole line because it could."""
    assert USUAL.way_out().headline == (
        "Equal instalments: repaid this way, it takes a loan of ¥13,296 at least; with less the "
        "cash runs out. The shop carries more too, up to the whole line of ¥200,000, but what is "
        "not needed costs its interest all the same."
    )


def test_the_reserve_stays_whole_up_to_the_last_day_tried() -> None:
    """A day later the till holds less than the reserve."""
    days = window(USUAL.shop, USUAL.until)
    title = delays.frontier(USUAL.equal, USUAL.shop, 25_000, USUAL.until, 30, 10_000).get_title()
    last = next(int(word) for word in title.split("up to ")[1].split() if word.isdigit())
    least = [
        cash_by_day(USUAL.equal, USUAL.shop, 25_000, days, last + each).min() for each in (0, 1)
    ]
    assert least[0] >= 1_000_000 > least[1]
    plt.close("all")
