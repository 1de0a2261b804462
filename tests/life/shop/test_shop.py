"""A shop's cash against sums done day by day, and what must hold for any shop."""

import calendar
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jiebei as jb
from jiebei.language.errors import JiebeiError
from jiebei.life.shop.coverage import by_month, cover
from jiebei.life.shop.shop import Shop, last_day
from jiebei.life.shop.till import cash_by_day, lowest, sweep

START = date(2026, 12, 1)
SEASON = [40_000, 110_000, 50_000, 25_000, 28_000, 32_000, 28_000, 22_000, 25_000, 30_000, 35_000]
SEASON.append(40_000)


def shop(**change: Any) -> Shop:
    usual: dict[str, Any] = {"sales": SEASON, "goods_share": 0.62, "fixed_costs": 9_500}
    usual |= {"customer_days": 15, "supplier_days": 30, "stock_days": 60, "start": "2026-12-01"}
    return Shop(**usual | change)


SHOP = shop()
DAYS = np.arange(SHOP.first_day, SHOP.first_day + 366)
LOAN = jb.Loan(50_000, daily_rate=0.0004, months=12, start="2026-12-01")
INTEREST_ONLY = jb.Loan(
    50_000, daily_rate=0.0004, months=12, method="interest_only", start="2026-12-01"
)

days_of_credit = st.integers(0, 365)
shops = st.builds(
    shop,
    sales=st.lists(st.integers(0, 10**8).map(lambda fen: fen / 100), min_size=12, max_size=12),
    goods_share=st.integers(0, 1000).map(lambda share: share / 1000),
    fixed_costs=st.integers(0, 50_000),
    customer_days=days_of_credit,
    supplier_days=days_of_credit,
    stock_days=days_of_credit,
    start=st.dates(date(2020, 1, 1), date(2040, 12, 31)),
)


# ---- sales, day by day ---------------------------------------------------------------------------


def sold_on(day: date, figures: list[float], start: date, share: float = 1.0) -> Fraction:
    """Return what a day sells: its month's figure over the days of the month."""
    months = (day.year - start.year) * 12 + day.month - start.month
    if months < 0:
        months %= 12
    elif months >= len(figures):
        months = len(figures) - 12 + (months - len(figures)) % 12
    length = calendar.monthrange(day.year, day.month)[1]
    return Fraction(round(figures[months] * 100 * share)) / length


def sum_of_days(first: date, last: date, *how: Any) -> Fraction:
    """Add up the days after the first through the last."""
    days = [first + timedelta(each) for each in range(1, (last - first).days + 1)]
    return sum((sold_on(day, *how) for day in days), Fraction(0))


@pytest.mark.parametrize("figures", [SEASON, [*SEASON, *range(1_000, 13_000, 1_000)]])
@pytest.mark.parametrize("until", ["2026-12-02", "2027-02-28", "2028-02-29", "2029-07-04"])
def test_what_moves_is_the_sum_of_the_days(figures: list[float], until: str) -> None:
    here, last = shop(sales=figures), date.fromisoformat(until)
    day = (last - date(1970, 1, 1)).days
    back, ahead = timedelta(15), timedelta(30)
    received = sum_of_days(START - back, last - back, figures, START)
    goods = sum_of_days(START + ahead, last + ahead, figures, START, 0.62)
    assert abs(here.received(day) - received) <= 1  # rounded at either end
    assert abs(here.paid_for_goods(day) - goods) <= 1
    months = (last.year - 2026) * 12 + last.month - 12
    assert here.paid_fixed(day) == 950_000 * months
    assert here.available(day) == (
        here.received(day) - here.paid_for_goods(day) - here.paid_fixed(day)
    )


def test_whole_months_are_whole_to_the_fen() -> None:
    """1,000.01 yuan do not divide by 31, and yet a month holds just that."""
    here = shop(sales=[1_000.01] * 12, customer_days=0)
    ends = np.arange("2026-12", "2028-01", dtype="M8[M]").astype("M8[D]").astype(int) - 1
    assert (np.diff(here.sold(ends)) == 100_001).all()


@settings(max_examples=30)
@given(shops)
def test_what_is_sold_is_received_or_owed(any_shop: Shop) -> None:
    days = np.arange(any_shop.first_day, any_shop.first_day + 400)
    for late in (0, 13):
        owed = any_shop.owed_by_customers(days, late)
        assert (owed >= 0).all()
        change = owed - any_shop.owed_by_customers(any_shop.first_day)
        assert (change == any_shop.sold(days) - any_shop.received(days, late)).all()
    assert all(any_shop.balances(day) for day in days[[0, 1, 200, 399]].astype("M8[D]"))


@settings(max_examples=30)
@given(shops)
def test_nobody_pays_backwards_and_later_is_never_more(any_shop: Shop) -> None:
    days = np.arange(any_shop.first_day, any_shop.first_day + 400)
    more = np.array([0, 1, 30, 365])[:, None]
    received, goods = any_shop.received(days, more), any_shop.paid_for_goods(days, more)
    assert (np.diff(received, axis=1) >= 0).all()
    assert (np.diff(goods, axis=1) >= 0).all()
    assert (np.diff(received, axis=0) <= 0).all()
    assert (np.diff(goods, axis=0) >= 0).all()
    assert (received[:, 0] == 0).all()


def test_late_customers_pay_nothing_until_the_delay_is_over() -> None:
    received = SHOP.received(DAYS, 30)
    assert (received[:31] == 0).all()
    assert (received[31:] == SHOP.received(DAYS)[1:336]).all()


def test_the_till_lacks_what_was_sold_in_the_days_of_the_delay() -> None:
    short = SHOP.received(DAYS) - SHOP.received(DAYS, 30)
    window = SHOP.sold(DAYS[60:] - 15) - SHOP.sold(DAYS[60:] - 45)
    assert (short[60:] == window).all()


def test_suppliers_who_want_their_money_earlier_are_goods_that_lie_longer() -> None:
    sooner, longer = shop(supplier_days=20), shop(stock_days=70)
    assert (sooner.paid_for_goods(DAYS) == longer.paid_for_goods(DAYS)).all()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"sales": [1_000] * 7}, r"^sales: 7 figures; give one a calendar month for whole years"),
        ({"sales": []}, r"^sales: 0 figures"),
        ({"sales": 5_000}, r"^sales: 1 figures"),
        ({"sales": [*SEASON[:11], -1]}, r"^sales: 1 of 12 values are refused, the first is number"),
        ({"sales": [*SEASON[:11], "x"]}, r"^sales: 1 of 12 values .* 'x': .* 0 or more"),
        ({"goods_share": 1.2}, r"^goods_share=1\.2: a share is a decimal from 0 to 1"),
        ({"fixed_costs": -1}, r"^fixed_costs=-1: an amount of money"),
        ({"customer_days": 366}, r"^customer_days=366: a whole number from 0 to 365"),
        ({"supplier_days": 1.5}, r"^supplier_days=1\.5: a whole number"),
        ({"stock_days": -1}, r"^stock_days=-1: a whole number"),
        ({"start": 5}, r"^start=5: give a date"),
        ({"start": "soon"}, r"^start=.soon.: there is no such date"),
    ],
)
def test_what_cannot_be_is_refused_in_words(change: dict[str, Any], words: str) -> None:
    with pytest.raises(JiebeiError, match=words):
        shop(**change)
    jb.use("zh")
    with pytest.raises(JiebeiError, match=r"。$"):
        shop(**change)
    jb.use("en")


def test_a_shop_is_shown_in_a_line() -> None:
    assert repr(SHOP) == "Shop(sales of 465,000 in 12 months, from 2026-12-01)"


# ---- the till ------------------------------------------------------------------------------------


def test_no_fen_gets_lost() -> None:
    """What is in the till is what went in less what went out, in whole fen, on any day."""
    cash = cash_by_day(LOAN, SHOP, 25_000, DAYS)
    flows = LOAN.cashflows()
    day = flows["date"].to_numpy().astype("M8[D]").astype(int)
    paid = np.rint(flows["payment"].to_numpy() * 100).astype(int)
    for place in (0, 1, 30, 31, 200, 365):
        taken = paid[day <= DAYS[place]].sum()
        assert cash[place] == 7_500_000 - taken + SHOP.available(DAYS[place])


def test_an_array_is_its_scalars() -> None:
    late = np.array([0, 7, 30])[:, None]
    principals = np.array([10_000, 50_000, 199_999])
    loans = jb.Loan(principals, daily_rate=0.0004, months=12, start="2026-12-01")
    together = cash_by_day(loans, SHOP, 25_000, DAYS, late)
    for place, (principal, days) in enumerate(zip(principals, late.flat, strict=True)):
        one = jb.Loan(principal, daily_rate=0.0004, months=12, start="2026-12-01")
        assert (together[place] == cash_by_day(one, SHOP, 25_000, DAYS, days)).all()


def test_the_loans_of_a_plan_share_the_till() -> None:
    plan = LOAN.prepay(20_000, on="2027-03-01").reborrow(20_000, on="2027-06-01", months=6)
    cash = cash_by_day(plan, SHOP, 25_000, DAYS)
    flows = plan.cashflows()
    total = round((flows["drawn"] - flows["payment"]).sum() * 100)
    assert cash[-1] == 2_500_000 + total + SHOP.available(DAYS[-1])


def test_the_lowest_cash_and_the_day_it_runs_out() -> None:
    cash = np.array([[5, -1, -9, -9], [3, 2, 2, 7]])
    least = lowest(cash, np.arange(10, 14))
    assert (least.fen == [-9, 2]).all()
    assert (least.day == [12, 11]).all()
    assert (least.runs_out == [11, 0]).all()


@pytest.mark.parametrize("reserve", [0, 10_000, 40_000, 300_000])
@pytest.mark.parametrize("late", [0, 20, 40])
def test_a_sweep_leaves_the_reserve_to_every_later_day(reserve: int, late: int) -> None:
    swept = sweep(INTEREST_ONLY, SHOP, 25_000, reserve, late=late)
    before = cash_by_day(INTEREST_ONLY, SHOP, 25_000, DAYS[:-1], late)
    after = cash_by_day(swept, SHOP, 25_000, DAYS[:-1], late)
    spare = np.minimum.accumulate(before[::-1])[::-1]
    assert (after >= np.minimum(spare, reserve * 100)).all()
    assert swept.summary().interest <= INTEREST_ONLY.summary().interest


def test_a_sweep_repays_as_much_as_the_reserve_allows() -> None:
    """On 1 January 37,282.15 are left, the least of the year: 27,282.15 of them are spare."""
    rows = sweep(INTEREST_ONLY, SHOP, 25_000, 10_000).cashflows()
    early = rows[rows["event"].isin(["prepayment", "payoff"])]
    assert early["payment"].iloc[0] == 27_282.15
    assert early["principal"].sum() == 50_000


def test_a_sweep_repays_on_the_days_the_loan_falls_due() -> None:
    """Also where an early repayment settles all interest: on a due day none is owed."""
    loan = INTEREST_ONLY.but(due_day=10, prepay_settles="whole")
    rows = sweep(loan, SHOP, 25_000, 10_000).cashflows(["date", "event"])
    early = rows.loc[rows["event"].isin(["prepayment", "payoff"]), "date"]
    assert len(early)
    assert (early.dt.day == 10).all()


def test_sweeps_of_many_loans_are_those_of_each() -> None:
    principals = np.array([15_000, 50_000, 120_000])
    loans = jb.Loan(
        principals, daily_rate=0.0004, months=12, method="interest_only", start="2026-12-01"
    )
    together = cash_by_day(sweep(loans, SHOP, 25_000, 10_000), SHOP, 25_000, DAYS)
    for place, principal in enumerate(principals):
        one = jb.Loan(
            principal, daily_rate=0.0004, months=12, method="interest_only", start="2026-12-01"
        )
        swept = sweep(one, SHOP, 25_000, 10_000)
        assert (together[place] == cash_by_day(swept, SHOP, 25_000, DAYS)).all()


# ---- a shop and its loan go together ---------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "loan_start", "says"),
    [
        ({"start": "2027-01-01"}, "2021-01-01", "^the loan is drawn on 2021-01-01, before the"),
        ({"start": "2027-01-01"}, "2022-06-01", "^the loan is drawn on 2022-06-01, before the"),
        ({}, "2037-01-01", "^the shop's sales reach from 2023-12-01 to 2036-11-30, and 20"),
        ({"start": "1990-01-01"}, "2024-01-01", "^the shop's sales reach from 1987-01-01 to"),
    ],
)
def test_a_shop_far_from_its_loan_is_refused(change: Any, loan_start: str, says: str) -> None:
    loan = jb.Loan(5_000, daily_rate=0.0004, months=12, start=loan_start)
    asked = [
        lambda: by_month(loan, shop(**change), 1_000),
        lambda: cover(loan, shop(**change)),
        lambda: cash_by_day(loan, shop(**change), 1_000, DAYS + 366 * 36),
    ]
    for each in asked:
        with pytest.raises(JiebeiError, match=says):
            each()


@pytest.mark.parametrize("late", [9999, -30, 1.5, "a"])
def test_a_delay_that_is_none_is_refused(late: Any) -> None:
    loan = jb.Loan(5_000, daily_rate=0.0004, months=12, start="2026-12-01")
    for change in ("late", "longer"):
        with pytest.raises(JiebeiError, match=f"^{change}="):
            cover(loan, SHOP, **{change: late})
        with pytest.raises(JiebeiError, match=f"^{change}="):
            by_month(loan, SHOP, 1_000, **{change: late})


@pytest.mark.parametrize("until", ["2027-13-01", "soon", 2**63 - 1, 400, None, "2026-11-30"])
def test_a_last_day_that_is_none_is_refused(until: Any) -> None:
    with pytest.raises(JiebeiError, match=r"^until"):
        last_day(until, SHOP.first_day)


def test_a_last_day_is_read_as_it_is_written() -> None:
    loan = jb.Loan(5_000, daily_rate=0.0004, months=3, start="2026-12-01")
    frames = [by_month(loan, SHOP, 1_000, each) for each in ("20270301", "2027-03-01")]
    assert frames[0].equals(frames[1])
